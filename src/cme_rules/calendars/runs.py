"""What a calendar says of a day, and of a run of days: its kind, its term and year, an absence, school weeks."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve

from cme_rules.calendars.bits import bits_of, one_span
from cme_rules.calendars.days import (
    Absence,
    Break,
    Certainty,
    Day,
    DayKind,
    SchoolYear,
    Term,
    academic_year,
    checked,
    weakest,
)
from cme_rules.errors import CallError, OutsideCoverage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cme_rules.calendars.school import SchoolCalendar

__all__ = ["absence", "certainty", "explain", "no_surer", "school_weeks_before", "school_year", "term"]

_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)


def term(cal: SchoolCalendar, day: date) -> Term | None:
    """The term the day lies in, if it lies in one."""
    year = cal.years[_published_with(cal, day)]
    return next((each for each in year.terms if each.first <= day <= each.last), None)


def school_year(cal: SchoolCalendar, day: date) -> SchoolYear:
    """The school year that holds the day, by the first days of first terms."""
    place = _published_with(cal, day)
    if day >= cal.years[place].begins:
        return cal.years[place]
    if place == 0:
        needed = academic_year(cal.first - _A_DAY).label
        raise OutsideCoverage(calendar=cal.name, first=cal.first, last=cal.last, needed_year=needed, file=cal.file)
    return cal.years[place - 1]


def explain(cal: SchoolCalendar, day: date) -> Day:
    """All the calendar knows about one day."""
    year = cal.years[_published_with(cal, day)]
    kind = _kind(cal, day)
    reasons = [note.text for note in cal.notes if note.first <= day <= note.last]
    return Day(
        date=day,
        kind=kind,
        label=reasons[-1] if reasons else _label(cal, kind, day),
        sessions=cal.sessions(day),
        term=term(cal, day),
        school_year=_label_of_year(cal, day),
        certainty=certainty(cal, day, day),
        source=year.source,
    )


def certainty(cal: SchoolCalendar, first: date, last: date) -> Certainty:
    """The least sure of the years that the days touch."""
    cal.school_days_between(first, last)
    touched = [year for year in cal.years if year.first <= last and first <= year.last]
    return weakest(*(_certainty_to(cal, year, min(last, year.last)) for year in touched))


def no_surer(year: SchoolYear, than: Certainty) -> SchoolYear:
    """The year, its certainty lowered if need be."""
    return evolve(year, certainty=weakest(year.certainty, than))


def absence(cal: SchoolCalendar, first: date, until: date) -> Absence:
    """What an absence amounts to, both ends included."""
    days = tuple(cal.iter_school_days(first, until))
    return Absence(
        school_days=len(days),
        sessions=cal.sessions_between(first, until),
        first_counted=days[0] if days else None,
        last_counted=days[-1] if days else None,
        crosses=tuple(gap for gap in _breaks(cal) if days and days[0] < gap.first and gap.last < days[-1]),
    )


def school_weeks_before(cal: SchoolCalendar, day: date, n: int) -> date:
    """The Monday of the nth school week, counting back from the week of the day."""
    if type(n) is not int or n < 1:
        msg = f"calendar {cal.name!r}: count school weeks with a whole number from 1 upwards"
        raise CallError(msg)
    monday = checked(day) - timedelta(days=day.weekday())
    cal.is_school_day(day)
    missing = n - _has_session(cal, monday)
    while missing:
        monday -= _A_WEEK
        missing -= _has_session(cal, monday)
    return monday


def _has_session(cal: SchoolCalendar, monday: date) -> bool:
    """Whether a week has a session; a week known only in part has one if the known part has."""
    sunday = monday + 6 * _A_DAY
    known = max(monday, cal.first), min(sunday, cal.last)
    if known[0] <= known[1] and cal.school_days_between(*known):
        return True
    return cal.school_days_between(monday, sunday) > 0


def _published_with(cal: SchoolCalendar, day: date) -> int:
    """The place of the year whose publication covers the day."""
    cal.is_school_day(day)
    return next(place for place, year in enumerate(cal.years) if day <= year.last)


def _certainty_to(cal: SchoolCalendar, year: SchoolYear, last: date) -> Certainty:
    if year.certainty is Certainty.PUBLISHED and cal.actual_to and last <= cal.actual_to:
        return Certainty.ACTUAL
    return year.certainty


def _kind(cal: SchoolCalendar, day: date) -> DayKind:
    bit = one_span(cal.first, day, day)
    for kind, bits in cal.marks:
        if bits & bit:
            return kind
    return DayKind.SCHOOL_DAY if cal.is_school_day(day) else DayKind.BREAK


def _label(cal: SchoolCalendar, kind: DayKind, day: date) -> str:
    if kind is DayKind.BREAK:
        return next((gap.label for gap in _breaks(cal) if gap.first <= day <= gap.last), "outside the terms known here")
    words: str = kind.value
    return words.replace("_", " ")


def _label_of_year(cal: SchoolCalendar, day: date) -> str:
    try:
        return school_year(cal, day).label
    except OutsideCoverage:
        return ""


def _breaks(cal: SchoolCalendar) -> Iterator[Break]:
    """The breaks between terms that hold more than a weekend."""
    terms = [each for year in cal.years for each in year.terms if each.first <= year.last and year.first <= each.last]
    for earlier, later in pairwise(terms):
        first, last = earlier.last + _A_DAY, later.first - _A_DAY
        if one_span(cal.first, first, last) & ~bits_of(cal.marks, DayKind.WEEKEND):
            yield Break(first=first, last=last, label=f"between {earlier.name} and {later.name}")
