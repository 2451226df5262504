"""A law as a list of steps over planes of bits: no yes or no of a child is ever looked at by itself.

Every yes-or-no has two planes, the rows where it holds and the rows where it fails; a row in neither is unknown. So
`and` and `or` are two steps each, `not` changes the two about and costs nothing, and three values come out right by
themselves. A step that was written before is not written again.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from cme_rules.batch.bits import Plane, full, none
from cme_rules.batch.columns import Truth

__all__ = ["FAILS", "HOLDS", "UNKNOWN", "Program", "Slots", "Writer", "run"]

Slots = tuple[int, int]
"""Where a yes-or-no stands: the slot of the plane where it holds, and of the plane where it fails."""

_NONE, _ALL = 0, 1
HOLDS: Slots = (_ALL, _NONE)
FAILS: Slots = (_NONE, _ALL)
UNKNOWN: Slots = (_NONE, _NONE)

Operation = Callable[[Any, Any], Any]
Step = tuple[Operation, int, int, int]


@frozen(kw_only=True)
class Program:
    """Steps in order, each `(operation, out, first, second)`, and the slots that have to be filled beforehand.

    `spent[i]` lists the slots that nothing needs after step i, so that their memory is used again.
    """

    steps: tuple[Step, ...]
    leaves: Mapping[Hashable, Slots]
    size: int
    spent: tuple[tuple[int, ...], ...]


@frozen(eq=False)
class Writer:
    """Collects the steps of a program; a slot is a number, and slots 0 and 1 are no row and every row."""

    steps: list[Step] = field(factory=list)
    leaves: dict[Hashable, Slots] = field(factory=dict)
    _known: dict[tuple[str, int, int], int] = field(factory=dict)
    _opposites: dict[int, int] = field(factory=lambda: {_NONE: _ALL, _ALL: _NONE})
    _count: list[int] = field(factory=lambda: [2])

    def _slot(self) -> int:
        self._count[0] += 1
        return self._count[0] - 1

    def leaf(self, key: Hashable) -> Slots:
        """The two slots of something that is worked out from the register itself."""
        if key not in self.leaves:
            self.leaves[key] = (self._slot(), self._slot())
        return self.leaves[key]

    def both(self, one: int, other: int) -> int:
        """The rows in both planes."""
        if _NONE in (one, other):
            return _NONE
        if other in {one, _ALL}:
            return one
        return other if one == _ALL else self._step("and", np.bitwise_and, one, other)

    def either(self, one: int, other: int) -> int:
        """The rows in at least one plane."""
        if _ALL in (one, other):
            return _ALL
        if other in {one, _NONE}:
            return one
        return other if one == _NONE else self._step("or", np.bitwise_or, one, other)

    def without(self, plane: int) -> int:
        """The rows not in a plane."""
        if plane not in self._opposites:
            self._opposites[plane] = self._step("xor", np.bitwise_xor, plane, _ALL)
        return self._opposites[plane]

    def unknown(self, slots: Slots) -> int:
        """The rows where it neither holds nor fails."""
        return self.without(self.either(*slots))

    def _step(self, name: str, operation: Operation, one: int, other: int) -> int:
        key = (name, min(one, other), max(one, other))
        if key not in self._known:
            self._known[key] = out = self._slot()
            self.steps.append((operation, out, one, other))
        return self._known[key]

    def program(self, results: set[int]) -> Program:
        """The program, given the slots whose planes are wanted at its end."""
        last = {slot: place for place, step in enumerate(self.steps) for slot in step[1:]}
        spent: list[list[int]] = [[] for _ in self.steps]
        for slot, place in last.items():
            if slot > _ALL and slot not in results:
                spent[place].append(slot)
        return Program(
            steps=tuple(self.steps),
            leaves=dict(self.leaves),
            size=self._count[0],
            spent=tuple(tuple(slots) for slots in spent),
        )


def run(program: Program, leaves: Iterable[Truth], count: int) -> list[Plane]:
    """The planes of a program's slots over so many rows, given what each of its leaves says, in their order."""
    planes: list[Any] = [None] * program.size
    planes[_NONE], planes[_ALL] = none(count), full(count)
    for found, (holds, fails) in zip(leaves, program.leaves.values(), strict=True):
        planes[holds], planes[fails] = found.holds, found.fails
    for (operation, out, first, second), spent in zip(program.steps, program.spent, strict=True):
        planes[out] = operation(planes[first], planes[second])
        for slot in spent:
            planes[slot] = None
    return planes
