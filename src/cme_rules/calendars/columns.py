"""Counting over whole columns of days at once, in the arrays the caller brings: nothing is imported for it."""

from __future__ import annotations

from array import array
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from cme_rules.errors import NotADate, ReversedRange

if TYPE_CHECKING:
    from cme_rules.calendars.counting import DayCount

__all__ = ["ArrayModule", "DayColumn", "in_columns"]

_EPOCH = date(1970, 1, 1).toordinal()


class ArrayModule(Protocol):
    """What is used of the module that an array comes from."""

    def asarray(self, values: array[int]) -> DayColumn:
        """The same numbers as an array."""
        ...

    def any(self, values: DayColumn) -> bool:
        """Whether any value is true."""
        ...

    def min(self, values: DayColumn) -> int:
        """The least value."""
        ...

    def max(self, values: DayColumn) -> int:
        """The greatest value."""
        ...


@runtime_checkable
class DayColumn(Protocol):
    """An array of days (or of numbers) that follows the Python array API, such as numpy's `datetime64[D]`."""

    @property
    def dtype(self) -> object:
        """What it is an array of."""
        ...

    def __array_namespace__(self) -> ArrayModule: ...
    def __len__(self) -> int: ...
    def astype(self, dtype: str) -> DayColumn:
        """The same values as another type; days become days since 1970."""
        ...

    def __getitem__(self, places: DayColumn) -> DayColumn: ...
    def __sub__(self, other: DayColumn | int) -> DayColumn: ...
    def __gt__(self, other: DayColumn) -> DayColumn: ...


def in_columns(count: DayCount, starts: DayColumn, ends: DayColumn) -> DayColumn:
    """`DayCount.between`, row by row, for arrays of days.

    Raises:
        NotADate: the arrays hold moments, or something else that is no day.
        OutsideCoverage: a day of some row is not covered, or missing.
        ReversedRange: some row ends before it starts.
    """
    for column in (starts, ends):
        if str(column.dtype) != "datetime64[D]":
            msg = f"an array of days (datetime64[D]) is expected, not of {column.dtype}"
            raise NotADate(msg)
    if not len(starts):
        return starts.astype("int64")
    arrays, ranks = starts.__array_namespace__(), count.ranks()
    origin = count.first.toordinal() - _EPOCH
    begin, end = starts.astype("int64") - origin, ends.astype("int64") - origin
    latest = (count.last - count.first).days
    for column in (begin, end):
        if arrays.min(column) < 0:
            count.refuse(count.first - timedelta(days=1))
        if arrays.max(column) > latest:
            count.refuse(count.last + timedelta(days=1))
    if arrays.any(begin > end):
        msg = f"calendar {count.name!r}: in some row the first day of the range comes after its last day"
        raise ReversedRange(msg)
    before = arrays.asarray(ranks[:-1]).astype("int32")
    through = arrays.asarray(ranks[1:]).astype("int32")
    return through[end] - before[begin]
