"""Looking for what three-valued judging does not see: an answer that stays unknown though every completion agrees.

If a condition has such a gap at all, it has one in which a single thing is wanting. Take what is known there to be as
much as it can be: then learning any one thing more settles the answer, whatever is learnt. So it is enough to ask, of
one variable after another: is there something to be known of the others, with which each of its choices settles the
condition the same way, and without it nothing does? Only a variable that stands in several places, or of which some
atom is always the same, can be wanting in this way.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field, frozen

from cme_rules.conditions.nodes import And, Call, Node, Not, Or
from cme_rules.verify.cells import Variable, atoms_of, signed_atoms
from cme_rules.verify.partial import partly

__all__ = ["MOST_WAYS", "Gap", "Question", "TooMany", "Ways", "least", "questions", "search", "settles", "wanting"]

MOST_WAYS = 2**11
"""Ways of knowing and not knowing looked at for one question before it is left open, or put to a solver."""

_Settled = Mapping[Node, bool | None]


@frozen
class Gap:
    """What is known of some atoms, the variable that is wanting, and the answer all its choices give."""

    known: Mapping[Node, bool]
    wanting: Variable
    answer: bool


@frozen(kw_only=True)
class Question:
    """One variable that may be wanting, the answer its choices may agree on, and the others that may be known.

    `tied` are the atoms that share the unknown fact with it, and are unknown with it.
    """

    tree: Node
    wanting: Variable
    answer: bool
    others: tuple[Variable, ...]
    tied: tuple[Node, ...] = ()


class TooMany(Exception):
    """There are more ways than may be looked at."""


def questions(tree: Node, variables: Sequence[Variable]) -> Iterator[Question]:
    """What has to be asked of a written-out tree; nothing where every fact stands in one place."""
    signs: dict[Node, set[bool]] = defaultdict(set)
    for atom, sign in signed_atoms(tree):
        signs[atom].add(sign)
    for variable in variables:
        for answer in (True, False):
            if not _settled_by_one(variable, signs, answer=answer):
                for fact in variable.facts:
                    others = tuple(each for each in variables if fact not in each.facts)
                    tied = (each for each in variables if each is not variable and fact in each.facts)
                    atoms = tuple(atom for each in tied for atom in each.choices[0].atoms)
                    yield Question(tree=tree, wanting=variable, answer=answer, others=others, tied=atoms)


def _settled_by_one(variable: Variable, signs: Mapping[Node, set[bool]], *, answer: bool) -> bool:
    """Whether one choice speaks against the answer wherever it is heard: what it cannot stop is so without it too."""
    if any(isinstance(atom, Call) and atom.function == "known" for atom in variable.choices[0].atoms):
        return True  # that is what the rule asks: whether it is known
    against = [
        all(truth is not None and signs[atom] == {truth is not answer} for atom, truth in choice.atoms.items())
        for choice in variable.choices
    ]
    return any(against)


def wanting(question: Question, known: _Settled) -> bool:
    """Whether, with this much known, the condition is unknown and each choice of what is wanting settles it."""
    unknown = dict.fromkeys(question.wanting.choices[0].atoms)
    return settles(question, known) and partly(question.tree, {**known, **unknown})[0] is None


def settles(question: Question, known: _Settled) -> bool:
    """Whether each choice of what is wanting gives the answer, with this much known."""
    return all(
        partly(question.tree, {**known, **choice.atoms})[0] is question.answer for choice in question.wanting.choices
    )


def search(question: Question, *, ways: "Ways") -> Iterator[Gap]:
    """Every gap of one question, each with as little known as it needs; the same may come twice.

    Raises TooMany once all the ways that were allowed have been looked at.
    """
    tree, answer = _where_it_bears(question)
    near = _Hunt(question=question, tree=tree, answer=answer, ways=ways)
    whole = _Hunt(question=question, tree=question.tree, answer=question.answer, ways=ways)
    for known in near.below({}):
        found = known if tree is question.tree else next(whole.below(_certain(known)), None)
        if found is not None and wanting(question, found):
            yield Gap(least(question, _certain(found)), question.wanting, question.answer)


@define
class Ways:
    """How many ways have been looked at, of how many."""

    seen: int = 0
    most: int = MOST_WAYS

    def one_more(self) -> None:
        """Count one."""
        self.seen += 1
        if self.seen > self.most:
            raise TooMany


def least(question: Question, known: Mapping[Node, bool]) -> Mapping[Node, bool]:
    """The same gap with nothing known that it does without."""
    kept = dict(known)
    for atom in known:
        fewer = {each: truth for each, truth in kept.items() if each != atom}
        if settles(question, fewer):
            kept = fewer
    return kept


def _certain(known: _Settled) -> dict[Node, bool]:
    return {atom: truth for atom, truth in known.items() if truth is not None}


def _where_it_bears(question: Question) -> tuple[Node, bool]:
    """The part of the tree in which a gap must lie, and its answer there: the others do not speak of the wanting."""
    tree, answer, atoms = question.tree, question.answer, set(question.wanting.choices[0].atoms)
    while isinstance(tree, And | Or | Not):
        if isinstance(tree, Not):
            tree, answer = tree.operand, not answer
            continue
        speaking = tuple(part for part in tree.operands if not atoms.isdisjoint(atoms_of(part)))
        if len(speaking) > 1:
            return (tree if len(speaking) == len(tree.operands) else type(tree)(speaking)), answer
        tree = speaking[0]
    return tree, answer


@define(kw_only=True)
class _Hunt:
    """A search under way in a tree, which may be a part of the question's."""

    question: Question
    tree: Node
    answer: bool
    ways: Ways
    _home: dict[Node, Variable] = field(factory=dict)
    _unknown: dict[Node, None] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._home = {atom: each for each in self.question.others for atom in each.choices[0].atoms}
        self._unknown = dict.fromkeys((*self.question.wanting.choices[0].atoms, *self.question.tied))

    def below(self, known: _Settled) -> Iterator[_Settled]:
        """What may be known beyond this, such that each choice of what is wanting settles the tree and nothing else."""
        self.ways.one_more()
        if partly(self.tree, {**known, **self._unknown})[0] is not None:
            return
        choices = self.question.wanting.choices
        seen = [partly(self.tree, {**self._unknown, **known, **choice.atoms}) for choice in choices]
        if any(answer is not None and answer is not self.answer for answer, _ in seen):
            return
        undecided = [still_open for answer, still_open in seen if answer is None]
        if not undecided:
            yield known
        elif undecided[0] in self._home:
            for choice in self._home[undecided[0]].choices:
                yield from self.below({**known, **choice.atoms})
            yield from self.below({**known, **dict.fromkeys(self._home[undecided[0]].choices[0].atoms)})
