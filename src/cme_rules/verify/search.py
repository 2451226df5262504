"""Looking for a child for whom a condition comes out a given way, and proving that there is none."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from attrs import define, field, frozen

from cme_rules.conditions.nodes import And, Literal, Node, Not, Or
from cme_rules.engine.moment import Moment
from cme_rules.verify.cells import Choice, Variable, signed_atoms, variables_of
from cme_rules.verify.solver import solved

__all__ = ["MOST_CELLS", "Outcome", "Search", "look_for"]

MOST_CELLS = 2**18
"""Cells looked at before a question is left open."""


class Outcome(Enum):
    """What came of a search."""

    FOUND = "found"
    NONE = "none"
    TOO_MANY = "too many"


@frozen(kw_only=True)
class Search:
    """The outcome, how many cells were looked at, and what was found.

    `cell` says what each atom that mattered is; `facts` are a child's facts that make it so, or None where some
    atom turns on several facts at once and no such child was worked out.
    """

    outcome: Outcome
    cells: int
    cell: Mapping[Node, bool] = field(factory=dict)
    facts: Mapping[str, Any] | None = None


def look_for(tree: Node, wanted: bool, moment: Moment) -> Search:  # noqa: FBT001 - the answer looked for
    """Search every cell of a written-out tree for one in which it holds (or fails).

    Parts are settled one variable at a time, in reading order, and a branch ends as soon as the answer is decided;
    so no cell is missed, and few have to be written out. Where there are too many, the solver is asked if it is there.
    """
    hunt = _Hunt(tree=tree, wanted=wanted, variables=variables_of((tree,), moment))
    try:
        found = hunt.on({}, ())
    except _TooManyError:
        try:
            found = solved(tree, wanted, hunt.variables)
        except (ImportError, TimeoutError):
            return Search(outcome=Outcome.TOO_MANY, cells=hunt.cells)
    if found is None:
        return Search(outcome=Outcome.NONE, cells=hunt.cells)
    settled = {atom: truth for choice in found for atom, truth in choice.atoms.items() if truth is not None}
    return Search(outcome=Outcome.FOUND, cells=hunt.cells, cell=settled, facts=_facts(found))


def _facts(found: tuple[Choice, ...]) -> Mapping[str, Any] | None:
    facts: dict[str, Any] = {}
    for choice in found:
        if choice.facts is None:
            return None
        facts |= choice.facts
    return facts


class _TooManyError(Exception):
    """The search has looked at as many cells as it may."""


@define(kw_only=True)
class _Hunt:
    """One search under way."""

    tree: Node
    wanted: bool
    variables: tuple[Variable, ...]
    cells: int = 0
    _home: dict[Node, Variable] = field(factory=dict)
    _helps: dict[Node, bool] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._home = {atom: variable for variable in self.variables for atom in variable.choices[0].atoms}
        for atom, sign in signed_atoms(self.tree):
            self._helps.setdefault(atom, sign is self.wanted)

    def _ordered(self, atom: Node) -> list[Choice]:
        """The choices of an atom's variable, first those that help where the atom is first met."""
        return sorted(self._home[atom].choices, key=lambda choice: choice.atoms[atom] is not self._helps[atom])

    def on(self, settled: Mapping[Node, bool | None], chosen: tuple[Choice, ...]) -> tuple[Choice, ...] | None:
        """The choices that lead to the answer wanted from here on; None when there are none."""
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise _TooManyError
        answer, open_atom = _judge(self.tree, settled)
        if answer is self.wanted:
            return chosen
        if answer is not None or open_atom is None:
            return None
        for choice in self._ordered(open_atom):
            found = self.on({**settled, **choice.atoms}, (*chosen, choice))
            if found is not None:
                return found
        return None


def _judge(tree: Node, settled: Mapping[Node, bool | None]) -> tuple[bool | None, Node | None]:
    """What a tree is, as far as that is settled, and the first atom that could still decide it."""
    match tree:
        case Literal(value=value):
            return bool(value), None
        case Not(operand=operand):
            answer, open_atom = _judge(operand, settled)
            return (None if answer is None else not answer), open_atom
        case And(operands=operands):
            return _joined(operands, settled, by=False)
        case Or(operands=operands):
            return _joined(operands, settled, by=True)
        case _:
            return (settled[tree], None) if tree in settled else (None, tree)


def _joined(
    operands: tuple[Node, ...], settled: Mapping[Node, bool | None], *, by: bool
) -> tuple[bool | None, Node | None]:
    """One part that decides decides all; otherwise the first part still open leaves it open."""
    unknown, first_open = False, None
    for operand in operands:
        answer, open_atom = _judge(operand, settled)
        if answer is by:
            return by, None
        unknown = unknown or answer is None
        first_open = first_open or open_atom
    return (None if unknown else not by), first_open
