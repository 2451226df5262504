"""Making one calendar out of another: closing, opening, INSET days, and going over to another school."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

from cme_rules.calendars.bits import bits_of, days_bits, edge, marked, moved, one_span
from cme_rules.calendars.days import DayKind, Note, SchoolYear, Session, Term
from cme_rules.errors import InconsistentCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cme_rules.calendars.school import SchoolCalendar

    Calendar = TypeVar("Calendar", bound=SchoolCalendar)
    Stretch = TypeVar("Stretch", SchoolYear, Note)

__all__ = ["Closure", "close", "open_up", "splice", "with_inset"]

_A_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Closure:
    """Days (both ends included) and sessions to close, and why."""

    first: date
    last: date
    sessions: frozenset[Session]
    reason: str
    emergency: bool
    kind: DayKind | None
    some_pupils: bool

    @property
    def whole_day(self) -> DayKind:
        """The kind of a day on which no session is left."""
        return self.kind or (DayKind.CLOSURE_EMERGENCY if self.emergency else DayKind.CLOSURE_PLANNED)


def close(cal: Calendar, closure: Closure) -> Calendar:
    """The calendar with a closure in it; see `SchoolCalendar.closed`."""
    cal.school_days_between(closure.first, closure.last)  # refuses days not covered and reversed ranges
    span = one_span(cal.first, closure.first, closure.last)
    am, pm = (
        half & span if session in closure.sessions else 0
        for half, session in ((cal.am, Session.AM), (cal.pm, Session.PM))
    )
    shut = am | pm
    ends = days_bits(cal.first, cal.last, (closure.first, closure.last))
    if ends & ~shut:
        day = edge(cal.first, ends & ~shut, latest=False)
        raise InconsistentCalendar(cal.name, (f"it closes {day}, which is not open: remove a change that is stale",))
    if closure.some_pupils:
        am = pm = 0
    left = (cal.am & ~am) | (cal.pm & ~pm)
    marks = marked(cal.marks, closure.whole_day, shut & ~left)
    closed = evolve(
        cal,
        am=cal.am & ~am,
        pm=cal.pm & ~pm,
        marks=marked(marks, DayKind.PARTLY_CLOSED, shut & left),
        notes=_noted(cal, closure.first, closure.last, closure.reason),
        prevented=(cal.prevented[0] | am, cal.prevented[1] | pm) if closure.emergency else cal.prevented,
    )
    return closed if closure.whole_day is not DayKind.BREAK else _shortened(closed, span & ~left)


def open_up(cal: Calendar, first: date, last: date, *, reason: str) -> Calendar:
    """The calendar with more open days; see `SchoolCalendar.opened`."""
    cal.school_days_between(first, last)
    span = one_span(cal.first, first, last)
    if first != last:
        span &= ~bits_of(cal.marks, DayKind.WEEKEND)
    if already := span & (cal.am | cal.pm | bits_of(cal.marks, DayKind.INSET)):
        day = edge(cal.first, already, latest=False)
        raise InconsistentCalendar(cal.name, (f"it opens {day}, which is open already: remove a change that is stale",))
    return evolve(
        cal,
        am=cal.am | span,
        pm=cal.pm | span,
        marks=marked(cal.marks, DayKind.SCHOOL_DAY, span),
        notes=_noted(cal, first, last, reason),
        years=tuple(_lengthened(year, first, last) for year in cal.years),
    )


def with_inset(cal: Calendar, days: tuple[date, ...]) -> Calendar:
    """The calendar with INSET days; see `SchoolCalendar.with_inset`."""
    wrong = tuple(
        f"the INSET day {day} is not an open day"
        for day in days
        if not cal.covers(day) or not cal.am & cal.pm & one_span(cal.first, day, day)
    )
    if wrong:
        raise InconsistentCalendar(cal.name, wrong)
    bits = days_bits(cal.first, cal.last, days)
    return evolve(cal, am=cal.am & ~bits, pm=cal.pm & ~bits, marks=marked(cal.marks, DayKind.INSET, bits))


def splice(cal: Calendar, other: Calendar, from_: date) -> Calendar:
    """One calendar before a day and the other from that day on; see `SchoolCalendar.spliced`."""
    before = from_ - _A_DAY
    cal.is_school_day(before)
    other.is_school_day(from_)
    kept = one_span(cal.first, cal.first, before)
    shift = (other.first - cal.first).days

    def joined(mine: int, theirs: int) -> int:
        return mine & kept | moved(theirs, shift) & ~kept

    marks = ((kind, joined(bits_of(cal.marks, kind), bits_of(other.marks, kind))) for kind in DayKind)
    return evolve(
        cal,
        name=cal.name if cal.name == other.name else f"{cal.name} then {other.name}",
        last=other.last,
        am=joined(cal.am, other.am),
        pm=joined(cal.pm, other.pm),
        marks=tuple((kind, bits) for kind, bits in marks if bits),
        prevented=(joined(cal.prevented[0], other.prevented[0]), joined(cal.prevented[1], other.prevented[1])),
        years=(*_until(cal.years, before), *_since(other.years, from_)),
        notes=(*_until(cal.notes, before), *_since(other.notes, from_)),
        actual_to=other.actual_to,
        file=other.file,
    )


def _until(stretches: Iterable[Stretch], last: date) -> Iterator[Stretch]:
    return (evolve(each, last=min(each.last, last)) for each in stretches if each.first <= last)


def _since(stretches: Iterable[Stretch], first: date) -> Iterator[Stretch]:
    return (evolve(each, first=max(each.first, first)) for each in stretches if each.last >= first)


def _noted(cal: SchoolCalendar, first: date, last: date, text: str) -> tuple[Note, ...]:
    return (*cal.notes, Note(first=first, last=last, text=text)) if text else cal.notes


def _shortened(cal: Calendar, span: int) -> Calendar:
    """The calendar with its terms cut back where a new break took their first or last days."""
    shut = span | bits_of(cal.marks, DayKind.WEEKEND)
    years = (evolve(year, terms=tuple(_cut(cal, term, shut) for term in year.terms)) for year in cal.years)
    return evolve(cal, years=tuple(years))


def _cut(cal: SchoolCalendar, term: Term, shut: int) -> Term:
    left = one_span(cal.first, term.first, term.last) & ~shut
    if not left:
        return term
    return evolve(term, first=edge(cal.first, left, latest=False), last=edge(cal.first, left, latest=True))


def _lengthened(year: SchoolYear, first: date, last: date) -> SchoolYear:
    """The year with the term nearest to newly opened days stretched over them."""
    if not year.first <= first <= year.last:
        return year

    def days_away(term: Term) -> int:
        return max((term.first - last).days, (first - term.last).days, 0)

    nearest = min(year.terms, key=days_away)
    longer = evolve(nearest, first=min(nearest.first, first), last=max(nearest.last, last))
    return evolve(year, terms=tuple(longer if term is nearest else term for term in year.terms))
