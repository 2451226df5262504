"""Lengths of time with a unit and a way of counting, and the deadlines they set.

The unit and the way of counting are never left open: the same fifteen days end on three different dates.

| counted | wording it stands for | last day of n calendar days from d |
|---|---|---|
| `beginning_with` | "n days beginning with the day" | d + n - 1 |
| `after` | "within n days of", "by the nth day after" | d + n |
| `clear` | "n clear days' notice" | d + n, the event not before d + n + 1 |
"""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from enum import Enum
from typing import TypeVar

from attrs import field, frozen

from cme_rules.calendars.days import Certainty, checked
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.calendars.working import WorkingCalendar
from cme_rules.errors import CallError

__all__ = ["Certainty", "Counted", "Deadline", "Span", "Unit", "deadline", "first_day_after", "last_day"]

Calendar = TypeVar("Calendar", SchoolCalendar, WorkingCalendar)

_WEEK = 7
_MONTHS = 12
_TOO_LATE = "the span runs past the last day that a date can be (31 December 9999)"


class Unit(Enum):
    """What is counted. A bare "days" in a policy is an ambiguity to record, not to guess."""

    CALENDAR_DAY = "calendar_day"
    SCHOOL_DAY = "school_day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"


class Counted(Enum):
    """From where it is counted: with the day of the event as the first, from the day after, or in clear days."""

    BEGINNING_WITH = "beginning_with"
    AFTER = "after"
    CLEAR = "clear"


@frozen
class Span:
    """A length of time and how it is counted; `count` is 1 or more.

    >>> str(Span(15, Unit.SCHOOL_DAY, Counted.BEGINNING_WITH))
    '15 school days, beginning with'
    """

    count: int = field()
    unit: Unit = field()
    counted: Counted = field()

    @count.validator
    def _is_positive(self, _: object, value: int) -> None:
        if type(value) is not int or value < 1:
            msg = "a span counts a whole number from 1 upwards"
            raise CallError(msg)

    @unit.validator
    def _is_a_unit(self, _: object, value: Unit) -> None:
        if not isinstance(value, Unit):
            msg = f"the unit of a span is one of {', '.join(f'Unit.{unit.name}' for unit in Unit)}"
            raise CallError(msg)

    @counted.validator
    def _is_a_way_of_counting(self, _: object, value: Counted) -> None:
        if not isinstance(value, Counted):
            msg = f"a span is counted as one of {', '.join(f'Counted.{way.name}' for way in Counted)}"
            raise CallError(msg)

    def __str__(self) -> str:
        words = self.unit.value.replace("_", " ") + ("s" if self.count > 1 else "")
        return f"{self.count} {words}, {self.counted.value.replace('_', ' ')}"


@frozen(kw_only=True)
class Deadline:
    """The end of a span: `last_day` still belongs to it, and from `act_from` on the next step is lawful.

    `counted_from` is the day counted as the first. `calendar` names the calendar that was counted in, if any.
    """

    last_day: date
    act_from: date
    span: Span
    counted_from: date
    calendar: str | None
    certainty: Certainty


def last_day(
    span: Span, start: date, *, school: SchoolCalendar | None = None, working: WorkingCalendar | None = None
) -> date:
    """The last day of the span that an event on `start` sets running.

    In school (or working) days and `beginning_with`, a start that is no such day leaves the next one as the first.

    Raises:
        CallError: the span needs a calendar that was not given.
        OutsideCoverage: the calendar does not reach as far as the span.
        NotADate: a datetime or something else was given.

    >>> last_day(Span(15, Unit.CALENDAR_DAY, Counted.BEGINNING_WITH), date(2026, 3, 20))
    datetime.date(2026, 4, 3)
    >>> last_day(Span(15, Unit.CALENDAR_DAY, Counted.AFTER), date(2026, 3, 20))
    datetime.date(2026, 4, 4)
    """
    begins = span.counted is Counted.BEGINNING_WITH
    if span.unit is Unit.SCHOOL_DAY:
        cal = _needed(school, span)
        return cal.nth_school_day(start, span.count) if begins else cal.school_day_after(start, span.count)
    if span.unit is Unit.WORKING_DAY:
        days = _needed(working, span)
        return days.nth_working_day(start, span.count) if begins else days.working_day_after(start, span.count)
    if span.unit is Unit.MONTH:
        return _months(span.count, checked(start), begins=begins)
    days_long = span.count * _WEEK if span.unit is Unit.WEEK else span.count
    return _later(checked(start), days_long - begins)


def first_day_after(
    span: Span, start: date, *, school: SchoolCalendar | None = None, working: WorkingCalendar | None = None
) -> date:
    """The calendar day after the span's last day: the first on which the next step is lawful.

    >>> first_day_after(Span(15, Unit.CALENDAR_DAY, Counted.BEGINNING_WITH), date(2026, 3, 20))
    datetime.date(2026, 4, 4)
    """
    return _later(last_day(span, start, school=school, working=working), 1)


def deadline(
    span: Span, start: date, *, school: SchoolCalendar | None = None, working: WorkingCalendar | None = None
) -> Deadline:
    """The end of the span that an event on `start` sets running, with what it was counted in and how sure it is.

    Raises what `last_day` raises.
    """
    end = last_day(span, start, school=school, working=working)
    calendar, certainty = None, Certainty.ACTUAL
    if span.unit is Unit.SCHOOL_DAY:
        cal = _needed(school, span)
        calendar, certainty = cal.name, cal.certainty(start, end)
    elif span.unit is Unit.WORKING_DAY:
        days = _needed(working, span)
        calendar, certainty = days.name, days.certainty(start, end)
    return Deadline(
        last_day=end,
        act_from=_later(end, 1),
        span=span,
        counted_from=_day_one(span, start, school=school, working=working),
        calendar=calendar,
        certainty=certainty,
    )


def _day_one(span: Span, start: date, *, school: SchoolCalendar | None, working: WorkingCalendar | None) -> date:
    """The day counted as the first: weeks and months are counted from a day, as days are."""
    unit = span.unit if span.unit in {Unit.SCHOOL_DAY, Unit.WORKING_DAY} else Unit.CALENDAR_DAY
    return last_day(Span(1, unit, span.counted), start, school=school, working=working)


def _needed(calendar: Calendar | None, span: Span) -> Calendar:
    if calendar is None:
        kind = span.unit.value.removesuffix("_day")
        msg = f"a span in {kind} days needs a {kind} calendar: give {kind}=…"
        raise CallError(msg)
    return calendar


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise CallError(_TOO_LATE) from None


def _months(count: int, start: date, *, begins: bool) -> date:
    """The day that corresponds `count` months later, or the month's last; beginning with, the day before it.

    A month beginning with 1 March ends on 31 March. One beginning with 31 January has no corresponding day in
    February and ends with February.
    """
    years, month = divmod(start.month - 1 + count, _MONTHS)
    year = start.year + years
    if year > MAXYEAR:
        raise CallError(_TOO_LATE)
    end = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return end - timedelta(days=1) if begins and end.day == start.day else end
