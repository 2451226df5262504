"""Counting in columns, with a small array of our own: it follows the same protocol as the arrays people bring."""

from array import array
from collections.abc import Callable, Iterable
from datetime import date
from typing import cast

import pytest
from attrs import frozen

from cme_rules.calendars.columns import DayColumn
from cme_rules.errors import CallError, NotADate, OutsideCoverage, ReversedRange
from tests.calendars.given import school

CAL = school()
EPOCH = date(1970, 1, 1).toordinal()


@frozen
class Column:
    """An array of numbers with the little arithmetic that counting needs."""

    values: tuple[int, ...]
    dtype: str = "datetime64[D]"

    def __len__(self) -> int:
        return len(self.values)

    def __array_namespace__(self) -> type["Column"]:
        return Column

    @staticmethod
    def asarray(values: "array[int]") -> "Column":
        return Column(tuple(values), "uint16")

    @staticmethod
    def any(values: "Column") -> bool:
        return any(values.values)

    @staticmethod
    def min(values: "Column") -> int:
        return min(values.values)

    @staticmethod
    def max(values: "Column") -> int:
        return max(values.values)

    def astype(self, dtype: str) -> "Column":
        return Column(self.values, dtype)

    def __getitem__(self, places: "Column") -> "Column":
        return Column(tuple(self.values[place] for place in places.values), self.dtype)

    def __sub__(self, other: "Column | int") -> "Column":
        return self._with(other, int.__sub__)

    def __gt__(self, other: "Column") -> "Column":
        return self._with(other, int.__gt__)

    def _with(self, other: "Column | int", work: Callable[[int, int], int]) -> "Column":
        others = other.values if isinstance(other, Column) else [other] * len(self.values)
        return Column(tuple(map(work, self.values, others)), self.dtype)


def column(days: Iterable[date], dtype: str = "datetime64[D]") -> DayColumn:
    return cast("DayColumn", Column(tuple(day.toordinal() - EPOCH for day in days), dtype))


STARTS = [CAL.first, date(2025, 9, 4), date(2025, 10, 24), date(2027, 8, 31)]
ENDS = [CAL.last, date(2025, 9, 4), date(2025, 11, 3), date(2027, 8, 31)]


def test_a_column_gives_what_single_answers_give() -> None:
    counted = CAL.school_days_between_many(column(STARTS), column(ENDS))

    assert isinstance(counted, Column)
    assert list(counted.values) == CAL.school_days_between_many(STARTS, ENDS)


def test_no_rows_give_no_counts() -> None:
    counted = CAL.school_days_between_many(column([]), column([]))

    assert isinstance(counted, Column)
    assert counted.values == ()
    assert CAL.school_days_between_many([], []) == []


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(CallError, match="of the same length"):
        CAL.school_days_between_many(column(STARTS), column(ENDS[:2]))


@pytest.mark.parametrize("day", [date(2025, 8, 31), date(2027, 9, 1)])
def test_one_uncovered_row_refuses_the_column(day: date) -> None:
    for starts, ends in (([STARTS[0], day], ENDS[:2]), (STARTS[:2], [ENDS[0], day])):
        with pytest.raises(OutsideCoverage):
            CAL.school_days_between_many(column(starts), column(ends))


def test_one_reversed_row_refuses_the_column() -> None:
    with pytest.raises(ReversedRange, match="in some row"):
        CAL.school_days_between_many(column(ENDS), column(STARTS))


@pytest.mark.parametrize("dtype", ["datetime64[ns]", "int64"])
def test_columns_of_moments_or_numbers_are_refused(dtype: str) -> None:
    with pytest.raises(NotADate, match=rf"an array of days \(datetime64\[D\]\) is expected, not of {dtype[:5]}"):
        CAL.school_days_between_many(column(STARTS), column(ENDS, dtype))


def test_a_column_and_a_list_do_not_go_together() -> None:
    with pytest.raises(CallError, match="two sequences, or two arrays"):
        CAL.school_days_between_many(column(STARTS), ENDS)
