"""Sets of days as whole numbers: bit i stands for the first day of a stretch plus i days."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from cme_rules.calendars.days import DayKind

__all__ = ["Marks", "bits_of", "days_bits", "edge", "marked", "moved", "one_span", "plain_days", "weekday_bits"]

Marks = tuple[tuple[DayKind, int], ...]
"""The days of each kind but plain school days and breaks. No day is in two of them."""


def one_span(origin: date, first: date, last: date) -> int:
    """The days `first` to `last`, both included; days before `origin` are left out."""
    base = origin.toordinal()
    start = max(first.toordinal() - base, 0)
    end = last.toordinal() - base + 1
    return (1 << end) - (1 << start) if end > start else 0


def days_bits(origin: date, last: date, days: Iterable[date]) -> int:
    """These days, as far as they lie between `origin` and `last`."""
    bits = 0
    for day in days:
        if origin <= day <= last:
            bits |= 1 << (day.toordinal() - origin.toordinal())
    return bits


def weekday_bits(origin: date, length: int, weekdays: Iterable[int]) -> int:
    """Every day of a stretch that falls on one of these weekdays (Monday is 0)."""
    wanted = frozenset(weekdays)
    week = sum(1 << place for place in range(7) if (origin.weekday() + place) % 7 in wanted)
    weeks = length // 7 + 1
    every_seventh = ((1 << 7 * weeks) - 1) // 0b111_1111
    return week * every_seventh & ((1 << length) - 1)


def bits_of(marks: Marks, kind: DayKind) -> int:
    """The days marked as this kind."""
    return next((bits for each, bits in marks if each is kind), 0)


def marked(marks: Marks, kind: DayKind, bits: int) -> Marks:
    """The marks with these days moved to `kind`; school days and breaks carry no mark, so those lose theirs."""
    left = {each: held & ~bits for each, held in marks}
    if kind not in {DayKind.SCHOOL_DAY, DayKind.BREAK}:
        left[kind] = left.get(kind, 0) | bits
    return tuple((each, left[each]) for each in DayKind if left.get(each))


def plain_days(
    first: date,
    last: date,
    spans: Iterable[tuple[date, date]],
    *,
    weekdays: Iterable[int],
    bank_holidays: Iterable[date],
) -> tuple[int, Marks]:
    """The open days of these spans, and the marks of weekends and bank holidays, for all days `first` to `last`."""
    weekend = weekday_bits(first, (last - first).days + 1, set(range(7)) - set(weekdays))
    holidays = days_bits(first, last, bank_holidays) & ~weekend
    open_days = reduce(or_, (one_span(first, *span) for span in spans)) & ~weekend & ~holidays
    return open_days, marked(marked((), DayKind.WEEKEND, weekend), DayKind.BANK_HOLIDAY, holidays)


def moved(bits: int, days: int) -> int:
    """The same days seen from an origin that lies `days` earlier (or later, if negative)."""
    return bits << days if days >= 0 else bits >> -days


def edge(origin: date, bits: int, *, latest: bool) -> date:
    """The earliest or the latest of a set of days that is not empty."""
    place = bits.bit_length() - 1 if latest else (bits & -bits).bit_length() - 1
    return date.fromordinal(origin.toordinal() + place)
