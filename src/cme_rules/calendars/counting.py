"""Which days of a stretch count, and any question about their number in constant time."""

from array import array
from datetime import date
from functools import lru_cache
from itertools import accumulate, compress
from typing import NoReturn

from attrs import field, frozen

from cme_rules.calendars.days import academic_year, checked
from cme_rules.errors import CallError, OutsideCoverage, ReversedRange

__all__ = ["DayCount"]


@lru_cache(maxsize=64)
def _stretch(first: int, length: int) -> tuple[date, ...]:
    """Every day of a stretch that begins on ordinal `first`, made once and shared by all calendars over it."""
    return tuple(date.fromordinal(first + place) for place in range(length))


@lru_cache(maxsize=64)
def _numbers(length: int) -> tuple[int, ...]:
    """0, 1, 2, …: made once, so that the indexes of many calendars share their numbers."""
    return tuple(range(length))


@frozen(kw_only=True, eq=False, repr=False)
class _Index:
    """For each day of a stretch: does it count; how many counted before it; and the days that count, in order."""

    origin: int
    length: int
    holds: tuple[bool, ...]
    before: tuple[int, ...]
    counted: tuple[date, ...]


@lru_cache(maxsize=4096)
def _index(first: date, last: date, bits: int) -> _Index:
    """The index of a set of days, shared between all equal sets."""
    origin = first.toordinal()
    length = last.toordinal() - origin + 1
    holds = tuple(bit == "1" for bit in f"{bits:0{length}b}"[::-1])
    numbers = _numbers(length + 1)
    return _Index(
        origin=origin,
        length=length,
        holds=holds,
        before=tuple(numbers[count] for count in accumulate(holds, initial=0)),
        counted=tuple(compress(_stretch(origin, length), holds)),
    )


@frozen(kw_only=True)
class DayCount:
    """The days of `first` to `last` (both included) that count: bit i of `bits` stands for `first` + i days.

    The bits are the value; the index that makes answers quick is built at the first question, shared between equal
    counts, and left out of comparison and pickles. `days` says in errors what is counted, `file` what to extend.
    """

    name: str
    first: date
    last: date
    bits: int = field(repr=hex)
    file: str = ""
    days: str = "days"
    yearly: bool = False
    _known: _Index | None = field(default=None, init=False, eq=False, repr=False)

    # A cached_property would do, but on a class with slots it slows down every other attribute, and this is the
    # hottest place of the library.
    @property
    def _ready(self) -> _Index:
        """The index, built now if no equal count has one, and kept in `_known`."""
        index = _index(self.first, self.last, self.bits)
        object.__setattr__(self, "_known", index)
        return index

    def __getstate__(self) -> tuple[object, ...]:
        return self.name, self.first, self.last, self.bits, self.file, self.days, self.yearly

    def __setstate__(self, state: tuple[object, ...]) -> None:
        names = ("name", "first", "last", "bits", "file", "days", "yearly")
        for name, value in (*zip(names, state, strict=True), ("_known", None)):
            object.__setattr__(self, name, value)

    def covers(self, day: date) -> bool:
        """Whether the day lies in the stretch."""
        return self.first <= checked(day) <= self.last

    def holds(self, day: date) -> bool:
        """Whether the day counts."""
        index = self._known or self._ready
        if type(day) is date:
            place = day.toordinal() - index.origin
            if 0 <= place < index.length:
                return index.holds[place]
        return index.holds[self._place(day)]

    def between(self, first: date, last: date) -> int:
        """How many days count from `first` to `last`, both included."""
        index = self._known or self._ready
        before = index.before
        if type(first) is date and type(last) is date:
            start = first.toordinal() - index.origin
            end = last.toordinal() - index.origin
            if 0 <= start <= end < index.length:
                return before[end + 1] - before[start]
        start, end = self._place(first), self._place(last)
        if start > end:
            msg = f"calendar {self.name!r}: the first day of the range comes after its last day; swap the two"
            raise ReversedRange(msg)
        return before[end + 1] - before[start]

    def nth(self, start: date, n: int) -> date:
        """The nth counted day beginning with `start`, which is itself the first if it counts."""
        index = self._known or self._ready
        if type(start) is date and type(n) is int and n > 0:
            place = start.toordinal() - index.origin
            if 0 <= place < index.length:
                try:
                    return index.counted[index.before[place] + n - 1]
                except IndexError:
                    self.refuse(self._day(index.length))
        return self._pick(index.before[self._place(start)] + self._number(n) - 1)

    def after(self, start: date, n: int) -> date:
        """The nth counted day after `start`, which never counts itself."""
        index = self._known or self._ready
        if type(start) is date and type(n) is int and n > 0:
            place = start.toordinal() - index.origin
            if 0 <= place < index.length:
                try:
                    return index.counted[index.before[place + 1] + n - 1]
                except IndexError:
                    self.refuse(self._day(index.length))
        return self._pick(index.before[self._place(start) + 1] + self._number(n) - 1)

    def preceding(self, start: date, n: int) -> date:
        """The nth counted day before `start`, which never counts itself."""
        rank = self._ready.before[self._place(start)] - self._number(n)
        if rank < 0:
            self.refuse(self._day(-1))
        return self._ready.counted[rank]

    def through(self, first: date, last: date) -> tuple[date, ...]:
        """The days that count from `first` to `last`, both included, in order."""
        number = self.between(first, last)
        begin = self._ready.before[self._place(first)]
        return self._ready.counted[begin : begin + number]

    def ranks(self) -> "array[int]":
        """For each day and for the day after the last: how many counted before it, as unsigned 16-bit numbers."""
        return array("H", self._ready.before)

    def _number(self, n: int) -> int:
        if type(n) is not int or n < 1:
            found = str(n) if type(n) is int else type(n).__name__
            msg = f"calendar {self.name!r}: count {self.days} with a whole number from 1 upwards, not {found}"
            raise CallError(msg)
        return n

    def _day(self, place: int) -> date:
        return date.fromordinal(self._ready.origin + place)

    def _place(self, day: date) -> int:
        place = checked(day).toordinal() - self._ready.origin
        if not 0 <= place < self._ready.length:
            self.refuse(day)
        return place

    def _pick(self, rank: int) -> date:
        if rank >= len(self._ready.counted):
            self.refuse(self._day(self._ready.length))
        return self._ready.counted[rank]

    def refuse(self, day: date) -> NoReturn:
        """Raise `OutsideCoverage`, naming the year whose dates would be needed for this day."""
        needed = str(day.year) if self.yearly else academic_year(day).label
        raise OutsideCoverage(calendar=self.name, first=self.first, last=self.last, needed_year=needed, file=self.file)
