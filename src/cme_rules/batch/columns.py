"""The facts of many children at once, a column a fact, and columns worked out from them."""

from collections.abc import Callable, Collection, Hashable, Mapping
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from cme_rules.batch.bits import Plane, Rows, bits_at, none, packed, where

__all__ = ["Chunk", "Column", "Truth"]


@frozen(eq=False)
class Truth:
    """A yes-or-no of every row: where it holds, and where it fails."""

    holds: Plane
    fails: Plane

    def taken(self, rows: Rows) -> "Truth":
        """The same for some rows."""
        return Truth(packed(bits_at(self.holds, rows)), packed(bits_at(self.fails, rows)))


@frozen(eq=False)
class Column:
    """A number of every row: a count, a day since 1970, or the number of a word.

    `known` says where there is an answer, which may be `never`: the event is known not to have happened. What
    `numbers` holds elsewhere means nothing. Where words come as places in a list, as Arrow's dictionaries have them,
    `codes` are the numbers of the listed words: the few are looked up, not the many.
    """

    numbers: NDArray[Any]
    known: Plane
    never: Plane | None = None
    codes: tuple[int, ...] | None = None

    @property
    def given(self) -> Plane:
        """Where there is a number."""
        return self.known if self.never is None else self.known & ~self.never

    @property
    def decoded(self) -> "Column":
        """The same with a number in each row, none of them a place in a list."""
        if self.codes is None:
            return self
        numbers = np.array(self.codes or (0,), np.int32).take(self.numbers, mode="clip")
        return evolve(self, numbers=numbers, codes=None)

    def among(self, wanted: Collection[int]) -> Plane:
        """Where the number is one of those wanted."""
        places = wanted if self.codes is None else [at for at, code in enumerate(self.codes) if code in wanted]
        if not places:
            return np.zeros_like(self.known)
        return reduce(or_, (where(np.equal, self.numbers, place) for place in places)) & self.known

    def taken(self, rows: Rows) -> "Column":
        """The same for some rows."""
        never = None if self.never is None else packed(bits_at(self.never, rows))
        return Column(self.numbers[rows], packed(bits_at(self.known, rows)), never, self.codes)


@frozen(kw_only=True, eq=False)
class Chunk:
    """Some rows of a register: their facts, and the number of the calendar each goes by (None: all by the first)."""

    count: int
    truths: Mapping[str, Truth] = field(repr=False)
    columns: Mapping[str, Column] = field(repr=False)
    calendars: NDArray[np.int64] | None = field(default=None, repr=False)
    _kept: dict[Hashable, Plane] = field(factory=dict, init=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], Plane]) -> Plane:
        """A plane that several conditions need, made for the first of them."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
        return found

    def taken(self, rows: Rows, names: tuple[str, ...]) -> "Chunk":
        """The same for some rows and some facts."""
        return Chunk(
            count=len(rows),
            truths={name: self.truths[name].taken(rows) for name in names if name in self.truths},
            columns={name: self.columns[name].taken(rows) for name in names if name in self.columns},
            calendars=None if self.calendars is None else self.calendars[rows],
        )

    def column(self, name: str) -> Column:
        """The column of a fact; one that the register does not have is unknown throughout."""
        found = self.columns.get(name)
        return found if found is not None else Column(np.zeros(self.count, np.int32), none(self.count))
