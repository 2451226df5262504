"""Whether judging in three values is as strong as it could be: as trying every completion of the unknown facts.

`x or not x` is true whatever x is, and strong Kleene logic leaves it unknown while x is. A rule whose every fact stands
in one place has no such gap. For the others all ways of knowing and not knowing are gone through. Two comparisons
that share a fact beside another one are taken to be free of each other, so a gap that rests on both is not seen; what
is reported is so.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import define, field, frozen

from cme_rules.conditions.nodes import And, Call, Literal, Node, Not, Or
from cme_rules.conditions.words import Phrases, say
from cme_rules.engine.assess import assessor
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.cells import Choice, Variable, atoms_of, variables_of, written_out
from cme_rules.verify.partial import partly
from cme_rules.verify.spelling import spelt

__all__ = ["MOST_WAYS", "Completion", "Weaker", "weaker_than_completion"]

MOST_WAYS = 2**12
"""Ways of knowing and not knowing looked at for one rule before the question is left open."""

_MOST_TOLD = 5


@frozen(kw_only=True)
class Weaker:
    """A place where a rule stays unknown though every completion of the unknown facts gives one answer.

    `answer` is that answer; `unknown` the facts that may stay so; `words` what is known there. `rewritten` is the
    condition that would settle it.
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
        said = f"{self.rule} is unknown without {facts}, and {verdict} whatever they are, when {self.words}"
        return f"{said} (paragraph {self.paragraph})\n    it would be settled by: {self.rewritten}"


@frozen(kw_only=True)
class Completion:
    """What came of going through the rules of a day: how many are exact, where one is weaker, which were left open."""

    policy: str
    on: date
    rules: int
    exact: int
    weaker: tuple[Weaker, ...]
    open_rules: tuple[str, ...]
    ways: int


def weaker_than_completion(policy: Policy, *, on: date, preview: tuple[str, ...] = ()) -> Completion:
    """Every place where three-valued judging is weaker than completion, in the rules in force on a day."""
    moment = assessor(policy, on=on, preview=preview).moment
    weaker: list[Weaker] = []
    open_rules, exact, ways = [], 0, 0
    for rule in moment.law.rules:
        tree = written_out(rule.when, moment.law)
        search = _Search(tree=tree, variables=variables_of((tree,), moment))
        places = search.places()
        ways += search.ways
        weaker += [_told(rule, place, moment.law.phrases) for place in places]
        open_rules += [rule.id] if search.ways > MOST_WAYS else []
        exact += not places and search.ways <= MOST_WAYS
    return Completion(
        policy=policy.id, on=on, rules=len(moment.law.rules), exact=exact, weaker=tuple(weaker),
        open_rules=tuple(open_rules), ways=ways,
    )  # fmt: skip


@frozen
class _Place:
    """What is known, which variables are not, and the answer all completions give."""

    known: Mapping[Node, bool]
    unknown: tuple[Variable, ...]
    answer: bool


@define(kw_only=True)
class _Search:
    """Goes through the ways of knowing some variables and not knowing others."""

    tree: Node
    variables: tuple[Variable, ...]
    ways: int = 0
    _home: dict[Node, Variable] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._home = {atom: each for each in self.variables for choice in each.choices[:1] for atom in choice.atoms}

    def places(self) -> list[_Place]:
        """The places found, each as general as it can be; none at once where every fact stands in one place."""
        found: dict[tuple[object, ...], _Place] = {}
        if self._stand_alone():
            return []
        for known in self._known({}, self.variables):
            place = self._place(known)
            if place is not None:
                found.setdefault((tuple(place.known.items()), place.answer), place)
            if len(found) >= _MOST_TOLD or self.ways > MOST_WAYS:
                break
        return list(found.values())

    def _stand_alone(self) -> bool:
        atoms = list(atoms_of(self.tree))
        homes = [id(self._home[atom]) for atom in atoms if atom in self._home]
        return len(set(homes)) == len(homes)

    def _known(self, known: Mapping[int, Choice], left: tuple[Variable, ...]) -> Iterator[Mapping[int, Choice]]:
        """Every way of knowing some of the variables, the fewest first along each branch; settled branches end."""
        self.ways += 1
        if self.ways > MOST_WAYS or partly(self.tree, self._settled(known))[0] is not None:
            return
        yield known
        for place, variable in enumerate(left):
            for choice in variable.choices:
                yield from self._known({**known, id(variable): choice}, left[place + 1 :])

    def _settled(self, known: Mapping[int, Choice]) -> dict[Node, bool | None]:
        return {atom: truth for choice in known.values() for atom, truth in choice.atoms.items()}

    def _place(self, known: Mapping[int, Choice]) -> _Place | None:
        """The place, where all completions agree although nothing is settled."""
        settled = self._settled(known)
        unknown = tuple(each for each in self.variables if id(each) not in known)
        facts = {name for each in unknown for name in each.facts}
        if any(facts & set(each.facts) for each in self.variables if id(each) in known):
            return None
        answer = self._all_completions(settled)
        if answer is None:
            return None
        needed = tuple(each for each in unknown if self._matters(each, settled))
        certain = {atom: truth for atom, truth in settled.items() if truth is not None}
        return _Place(self._least(certain, answer=answer), needed or unknown, answer)

    def _matters(self, variable: Variable, settled: Mapping[Node, bool | None]) -> bool:
        """Whether knowing it would settle the condition for some of its choices."""
        return any(partly(self.tree, {**settled, **choice.atoms})[0] is not None for choice in variable.choices)

    def _least(self, known: Mapping[Node, bool], *, answer: bool) -> Mapping[Node, bool]:
        kept = dict(known)
        for atom in known:
            fewer = {each: truth for each, truth in kept.items() if each != atom}
            if self._all_completions(fewer) is answer:
                kept = fewer
        return kept

    def _all_completions(self, settled: Mapping[Node, bool | None]) -> bool | None:
        """The one answer every completion gives; None where they differ or some has none."""
        self.ways += 1
        if self.ways > MOST_WAYS:
            return None
        answer, still_open = partly(self.tree, settled)
        if answer is not None or still_open is None or still_open not in self._home:
            return answer
        if isinstance(still_open, Call) and still_open.function == "known":
            return None
        answers = set()
        for choice in self._home[still_open].choices:
            answers.add(self._all_completions({**settled, **choice.atoms}))
            if len(answers) > 1 or None in answers:
                return None
        return answers.pop() if answers else None


def _told(rule: Rule, place: _Place, phrases: Phrases) -> Weaker:
    known = [atom if truth else Not(atom) for atom, truth in place.known.items()]
    words = "; ".join(say(each, phrases) for each in known) or "nothing else is known"
    both: Node = And(tuple(known)) if len(known) > 1 else known[0] if known else Literal(value=True)
    better = Or((*_parts(rule.when, Or), both)) if place.answer else And((*_parts(rule.when, And), Not(both)))
    return Weaker(
        rule=rule.id, paragraph=rule.paragraph, answer=place.answer,
        unknown=tuple(dict.fromkeys(name for each in place.unknown for name in each.facts)),
        words=words, rewritten=spelt(better),
    )  # fmt: skip


def _parts(tree: Node, joint: type[And | Or]) -> tuple[Node, ...]:
    """What a tree joins in this way; the tree by itself where it joins nothing so."""
    return tree.operands if isinstance(tree, And | Or) and isinstance(tree, joint) else (tree,)
