"""Whether judging in three values is as strong as it could be: as trying every completion of the unknown facts.

`x or not x` is true whatever x is, and strong Kleene logic leaves it unknown while x is. A rule whose every fact stands
in one place has no such gap; of the others `cme_rules.verify.gaps` finds the gaps, and shows that there are no more.
Two comparisons that share a fact beside another one are taken to be free of each other, so a gap that rests on both is
not seen; what is reported is so.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from cme_rules.conditions.nodes import And, Literal, Node, Not, Or
from cme_rules.conditions.words import Phrases, say
from cme_rules.engine.assess import assessor
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.cells import Variable, variables_of, written_out
from cme_rules.verify.gaps import Gap, Question, TooMany, Ways, questions, search
from cme_rules.verify.solver import gaps_by_solver
from cme_rules.verify.spelling import spelt
from cme_rules.verify.standing import standing_moments

__all__ = ["Completion", "Weaker", "weaker_ever", "weaker_than_completion"]

_MOST_TOLD = 5
"""Places told of one rule; one that has so many is better read again as a whole."""


@frozen(kw_only=True)
class Weaker:
    """A place where a rule stays unknown though every completion of the unknown facts gives one answer.

    `answer` is that answer; `unknown` the fact that may stay so; `words` what is known there, all else being unknown.
    `rewritten` is the condition that would settle it.
    """

    rule: str
    paragraph: str
    answer: bool
    unknown: tuple[str, ...]
    words: str
    rewritten: str

    def __str__(self) -> str:
        """The place, the answer nobody gets, and how to get it."""
        facts, verdict = " and ".join(self.unknown), "holds" if self.answer else "fails"
        said = f"{self.rule} is unknown without {facts}, and {verdict} whatever it is, when {self.words}"
        return f"{said} (paragraph {self.paragraph})\n    it would be settled by: {self.rewritten}"


@frozen(kw_only=True)
class Completion:
    """What came of going through rules: how many are exact, where one is weaker, which were left open.

    A rule with `_MOST_TOLD` places may have more; `ways` is how many ways of knowing and not knowing were looked at.
    """

    policy: str
    rules: int
    exact: int
    weaker: tuple[Weaker, ...]
    open_rules: tuple[str, ...]
    ways: int

    @property
    def weaker_rules(self) -> tuple[str, ...]:
        """The rules that have such a place."""
        return tuple(dict.fromkeys(place.rule for place in self.weaker))


def weaker_than_completion(policy: Policy, *, on: date, preview: tuple[str, ...] = ()) -> Completion:
    """Every place where three-valued judging is weaker than completion, in the rules in force on a day."""
    moment = assessor(policy, on=on, preview=preview).moment
    return _gone_through(policy, ((rule, (moment,)) for rule in moment.law.rules))


def weaker_ever(policy: Policy) -> Completion:
    """The same of every rule of a policy, in each stretch of days on which it stands and nothing it uses changes."""
    return _gone_through(policy, ((rule, standing_moments((rule,), policy)) for rule in policy.rules))


def _gone_through(policy: Policy, asked: Iterable[tuple[Rule, Iterable[Moment]]]) -> Completion:
    weaker: list[Weaker] = []
    open_rules, rules, exact, ways = [], 0, 0, 0
    for rule, moments in asked:
        looked = _looked_at(rule, moments)
        rules, ways = rules + 1, ways + looked.ways
        weaker += looked.places
        open_rules += [rule.id] if looked.open and not looked.places else []
        exact += not looked.open and not looked.places
    return Completion(
        policy=policy.id, rules=rules, exact=exact, weaker=tuple(weaker), open_rules=tuple(open_rules), ways=ways,
    )  # fmt: skip


@frozen(kw_only=True)
class _Looked:
    """What came of one rule."""

    places: tuple[Weaker, ...]
    open: bool
    ways: int


def _looked_at(rule: Rule, moments: Iterable[Moment]) -> _Looked:
    places: dict[str, Weaker] = {}
    left_open, ways, seen = False, 0, set[object]()
    for moment in moments:
        tree = written_out(rule.when, moment.law)
        variables = variables_of((tree,), moment)
        if (tree, _shape(variables)) in seen:
            continue
        seen.add((tree, _shape(variables)))
        for question in questions(tree, variables):
            counted = Ways()
            try:
                for gap in _gaps(question, counted):
                    place = _told(rule, gap, moment.law.phrases)
                    places.setdefault(place.rewritten, place)
                    if len(places) >= _MOST_TOLD:
                        return _Looked(places=tuple(places.values()), open=False, ways=ways + counted.seen)
            except (ImportError, TimeoutError):
                left_open = True
            ways += counted.seen
    return _Looked(places=tuple(places.values()), open=left_open, ways=ways)


def _shape(variables: tuple[Variable, ...]) -> object:
    """What the atoms of all the variables can be together: on many days it is the same."""
    return tuple(tuple(tuple(choice.atoms.values()) for choice in each.choices) for each in variables)


def _gaps(question: Question, ways: Ways) -> Iterator[Gap]:
    """The gaps by going through the ways; by the solver, where it is there and they are too many."""
    try:
        yield from search(question, ways=ways)
    except TooMany:
        yield from gaps_by_solver(question)


def _told(rule: Rule, gap: Gap, phrases: Phrases) -> Weaker:
    known = _in_order(gap.known)
    words = "; ".join(say(each, phrases) for each in known) or "nothing else is known"
    both: Node = And(known) if len(known) > 1 else known[0] if known else Literal(value=True)
    better = Or((*_parts(rule.when, Or), both)) if gap.answer else And((*_parts(rule.when, And), Not(both)))
    return Weaker(
        rule=rule.id, paragraph=rule.paragraph, answer=gap.answer, unknown=gap.wanting.facts, words=words,
        rewritten=spelt(better),
    )  # fmt: skip


def _in_order(known: Mapping[Node, bool]) -> tuple[Node, ...]:
    literals = (atom if truth else Not(atom) for atom, truth in known.items())
    return tuple(sorted(literals, key=spelt))


def _parts(tree: Node, joint: type[And | Or]) -> tuple[Node, ...]:
    """What a tree joins in this way; the tree by itself where it joins nothing so."""
    return tree.operands if isinstance(tree, And | Or) and isinstance(tree, joint) else (tree,)
