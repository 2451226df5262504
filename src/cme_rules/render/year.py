"""A school year as twelve months, each day with a letter for what it is: legible without any colour."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from types import MappingProxyType

from cme_rules.calendars.days import DayKind, academic_year
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.engine.sentences import titled
from cme_rules.render.svg import drawing, line, rect, texts

__all__ = ["KINDS", "draw_year", "year_counts"]

KINDS = MappingProxyType(
    {
        DayKind.SCHOOL_DAY: ("", "School day", "#ffffff"),
        DayKind.PARTLY_CLOSED: ("p", "Partly closed", "#fff7e0"),
        DayKind.INSET: ("i", "Staff training (INSET)", "#ffe8cc"),
        DayKind.DISAGGREGATED: ("d", "INSET taken as twilights", "#ffe8cc"),
        DayKind.OCCASIONAL: ("o", "Occasional day", "#ffe8cc"),
        DayKind.CLOSURE_PLANNED: ("c", "Planned closure", "#ffd9d4"),
        DayKind.CLOSURE_EMERGENCY: ("e", "Emergency closure", "#ffd9d4"),
        DayKind.BANK_HOLIDAY: ("b", "Bank holiday", "#d6e8f7"),
        DayKind.WEEKEND: ("·", "Weekend", "#e9ecee"),
        DayKind.BREAK: ("h", "Holiday", "#dfe4d8"),
    }
)
"""For each kind of day its letter, its words and a tint."""

_CELL, _WIDE, _HIGH = 30, 250, 262
_LEFT, _TOP = 24, 70


def year_counts(calendar: SchoolCalendar, first: date, last: date) -> Counter[DayKind]:
    """How many days of each kind a calendar has from `first` to `last`, both included, as far as it covers them."""
    return Counter(calendar.explain(day).kind for day in _days(first, last) if calendar.covers(day))


def draw_year(calendar: SchoolCalendar, day: date) -> str:
    """The academic year, September to August, that holds a day, as one SVG element.

    A day the calendar does not cover is left blank and crossed out.
    """
    year = academic_year(day)
    counts = year_counts(calendar, year.first, year.last)
    title = f"{titled(calendar.name)}, school year {year.label}"
    parts = [texts(_LEFT, 28, [title], size=17, bold=True, anchor="start")]
    said = "Under each day stands the letter of its kind; a school day has none, and a day not covered is crossed out."
    parts.append(texts(_LEFT, 50, [f"{_school_days(counts)} school days. {said}"], anchor="start"))
    for number in range(12):
        begin = _month_begin(year.first, number)
        parts.extend(_month(calendar, begin, _LEFT + number % 4 * _WIDE, _TOP + number // 4 * _HIGH))
    height = _TOP + 3 * _HIGH + 60
    parts.extend(_legend(counts, _TOP + 3 * _HIGH + 8))
    return drawing(2 * _LEFT + 4 * _WIDE, height, parts, title=title, words=_words(title, counts))


def _school_days(counts: Counter[DayKind]) -> int:
    return counts[DayKind.SCHOOL_DAY] + counts[DayKind.PARTLY_CLOSED]


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _month_begin(first: date, number: int) -> date:
    months = first.month - 1 + number
    return date(first.year + months // 12, months % 12 + 1, 1)


def _month(calendar: SchoolCalendar, begin: date, left: float, top: float) -> Iterator[str]:
    yield texts(left, top + 14, [f"{begin:%B %Y}"], size=14, bold=True, anchor="start")
    for place, name in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")):
        yield texts(left + place * _CELL + _CELL / 2, top + 32, [name], size=10)
    day, row = begin, 0
    while day.month == begin.month:
        yield from _day(calendar, day, left + day.weekday() * _CELL, top + 38 + row * 34)
        row += day.weekday() == 6  # noqa: PLR2004 - Sunday
        day += timedelta(days=1)


def _day(calendar: SchoolCalendar, day: date, x: float, y: float) -> Iterator[str]:
    if not calendar.covers(day):
        yield rect(x + 1, y + 1, _CELL - 2, 32, fill="#ffffff", stroke="#b1b4b6", thick=0.8, round_=2)
        yield line(x + 4, y + 30, x + _CELL - 4, y + 4, thick=0.8, stroke="#6f777b")
        return
    letter, _, tint = KINDS[calendar.explain(day).kind]
    school = not letter or letter == "p"
    yield rect(
        x + 1, y + 1, _CELL - 2, 32, fill=tint, thick=1.2 if school else 0.6,
        stroke="#0b0c0c" if school else "#b1b4b6", round_=2,
    )  # fmt: skip
    yield texts(x + _CELL / 2, y + 14, [str(day.day)], size=11, bold=school)
    if letter:
        yield texts(x + _CELL / 2, y + 27, [letter], size=11)


def _legend(counts: Counter[DayKind], top: float) -> Iterator[str]:
    for place, kind in enumerate(kind for kind in KINDS if counts[kind]):
        letter, words, tint = KINDS[kind]
        x, y = _LEFT + place % 4 * _WIDE, top + place // 4 * 24
        yield rect(x, y, 22, 18, fill=tint, thick=1, round_=2)
        yield texts(x + 11, y + 13, [letter], size=11)
        yield texts(x + 30, y + 13, [f"{words}: {counts[kind]}"], size=11, anchor="start")


def _words(title: str, counts: Counter[DayKind]) -> str:
    return f"{title}. " + "; ".join(f"{KINDS[kind][1]}: {counts[kind]}" for kind in KINDS if counts[kind]) + "."
