"""Going through the cells of a condition part by part: what is settled so far, and which atom could settle the rest."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field, frozen

from cme_rules.conditions.nodes import And, Literal, Node, Not, Or
from cme_rules.engine.moment import Moment
from cme_rules.verify.cells import Choice, Variable, variables_of

__all__ = ["Found", "Part", "holds_nowhere", "partly", "parts_found", "parts_where", "settled_by"]

Settled = Mapping[Node, bool | None]
"""What some atoms are; an atom that is known to be unknown stands with None."""


def partly(tree: Node, settled: Settled) -> tuple[bool | None, Node | None]:
    """What a written-out tree is as far as its atoms are settled, and the first atom that could still decide it.

    >>> from cme_rules.conditions.nodes import Name
    >>> partly(And((Name("a"), Name("b"))), {Name("a"): True})
    (None, Name(name='b'))
    """
    match tree:
        case Literal(value=value):
            return bool(value), None
        case Not(operand=operand):
            answer, still_open = partly(operand, settled)
            return (None if answer is None else not answer), still_open
        case And(operands=operands):
            return _joined(operands, settled, by=False)
        case Or(operands=operands):
            return _joined(operands, settled, by=True)
        case _:
            return (settled[tree], None) if tree in settled else (None, tree)


def _joined(operands: tuple[Node, ...], settled: Settled, *, by: bool) -> tuple[bool | None, Node | None]:
    unknown, first_open = False, None
    for operand in operands:
        answer, still_open = partly(operand, settled)
        if answer is by:
            return by, None
        unknown = unknown or answer is None
        first_open = first_open or still_open
    return (None if unknown else not by), first_open


def settled_by(choices: tuple[Choice, ...]) -> dict[Node, bool]:
    """What the atoms of some choices are, leaving out those no day settles."""
    return {atom: truth for choice in choices for atom, truth in choice.atoms.items() if truth is not None}


@frozen(kw_only=True)
class Part:
    """A part of all there can be: what its atoms are, and facts of a child in it, or None where none was worked out."""

    settled: Mapping[Node, bool]
    facts: Mapping[str, Any] | None


def parts_where(tree: Node, moment: Moment, *, at_most: int, cells: int = 2**16) -> Iterator[Part]:
    """The parts in which a written-out tree holds, `at_most` of them; a part ends as soon as the answer is decided.

    No more than `cells` cells are looked at.
    """
    yield from parts_found(tree, moment, at_most=at_most, cells=cells).parts


@frozen(kw_only=True)
class Found:
    """The parts that were found, and whether they are all there are."""

    parts: tuple[Part, ...]
    all_of_them: bool


def parts_found(tree: Node, moment: Moment, *, at_most: int, cells: int = 2**16) -> Found:
    """The same, with whether every cell was looked at."""
    walk = _Walk(tree=tree, variables=variables_of((tree,), moment), left=cells)
    parts: list[Part] = []
    for chosen in walk.through({}, ()):
        if len(parts) == at_most:
            return Found(parts=tuple(parts), all_of_them=False)
        facts: dict[str, Any] | None = {}
        for choice in chosen:
            facts = None if facts is None or choice.facts is None else {**facts, **choice.facts}
        parts.append(Part(settled=settled_by(chosen), facts=facts))
    return Found(parts=tuple(parts), all_of_them=walk.left >= 0)


def holds_nowhere(tree: Node, moment: Moment, *, cells: int = 2**12) -> bool:
    """Whether it is proved, looking at no more than `cells` cells, that a written-out tree never holds."""
    walk = _Walk(tree=tree, variables=variables_of((tree,), moment), left=cells)
    return next(walk.through({}, ()), None) is None and walk.left >= 0


@define(kw_only=True)
class _Walk:
    tree: Node
    variables: tuple[Variable, ...]
    left: int
    _home: dict[Node, Variable] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._home = {atom: each for each in self.variables for choice in each.choices[:1] for atom in choice.atoms}

    def through(self, settled: Settled, chosen: tuple[Choice, ...]) -> Iterator[tuple[Choice, ...]]:
        """The choices that lead to the tree holding, from here on."""
        self.left -= 1
        answer, still_open = partly(self.tree, settled)
        if answer is True:
            yield chosen
        if answer is not None or still_open is None or self.left < 0:
            return
        for choice in self._home[still_open].choices if still_open in self._home else ():
            yield from self.through({**settled, **choice.atoms}, (*chosen, choice))
