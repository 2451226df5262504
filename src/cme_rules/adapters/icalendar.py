"""School calendars to and from iCalendar files, with the `ical` extra.

Publishers disagree on whether the end of an all-day event is included. The standard says it is not; every reading
states which is meant, and proves it by the number of open days the publisher gives.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from cme_rules.calendars.days import DayKind, SchoolYear, Term
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.errors import CalendarError, CallError, InconsistentCalendar

if TYPE_CHECKING:
    from icalendar import Component

__all__ = ["Ends", "Event", "calendar_to_ical", "ical_events", "ical_to_calendar", "is_inset", "is_term"]

_A_DAY = timedelta(days=1)
_WRITTEN = {
    DayKind.INSET: "INSET",
    DayKind.DISAGGREGATED: "Closure",
    DayKind.OCCASIONAL: "Closure",
    DayKind.CLOSURE_PLANNED: "Closure",
    DayKind.CLOSURE_EMERGENCY: "Closure",
    DayKind.PARTLY_CLOSED: "Closure",
}


class Ends(Enum):
    """What a file means by the end of an event: the day after its last day (the standard), or the last day itself."""

    EXCLUSIVE = "exclusive"
    INCLUSIVE = "inclusive"


@frozen(kw_only=True)
class Event:
    """An all-day event, `first` to `last`, both included."""

    first: date
    last: date
    summary: str
    categories: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Its summary and categories in small letters, to look for a word in."""
        return " ".join((self.summary, *self.categories)).lower()


def is_term(event: Event) -> bool:
    """Whether an event speaks of a term, by its words."""
    return "term" in event.words and "half term" not in event.words and "half-term" not in event.words


def is_inset(event: Event) -> bool:
    """Whether an event speaks of staff training, by its words."""
    return "inset" in event.words or "training" in event.words


def ical_events(text: str | bytes, *, ends: Ends = Ends.EXCLUSIVE) -> tuple[Event, ...]:
    """The all-day events of an iCalendar file, by their first day.

    Raises:
        CalendarError: it is not iCalendar; or an event has times, repeats, or ends before it begins.
        CallError: the `ical` extra is not installed.
    """
    try:
        components = _icalendar().Calendar.from_ical(text).walk("VEVENT")
        events = [_event(component, ends) for component in components]
    except CalendarError:
        raise
    except (ValueError, KeyError, IndexError) as wrong:
        msg = "this is not an iCalendar file of all-day events that can be read"
        raise CalendarError(msg) from wrong
    return tuple(sorted(events, key=lambda event: (event.first, event.last, event.summary)))


def ical_to_calendar(
    text: str | bytes,
    *,
    year: SchoolYear,
    open_days: int,
    ends: Ends = Ends.EXCLUSIVE,
    bank_holidays: Iterable[date] = (),
    terms_are: Callable[[Event], bool] = is_term,
    inset_is: Callable[[Event], bool] = is_inset,
    name: str = "imported",
) -> SchoolCalendar:
    """The calendar of one school year in an iCalendar file.

    Events are taken that begin in the coverage of the year and are, by their words, a term or INSET; closures are not.

    `year` gives label, coverage, standing and source; its terms are taken from the file. `open_days` is the number
    of open days (INSET included) that the publisher gives, or that the law leads one to expect: the proof.

    Raises:
        InconsistentCalendar: the open days do not come to `open_days`, or a term ends at a weekend, and the message
            says if the other reading of ends were right; or terms overlap, or an INSET day is no open day.
        CalendarError: as `ical_events`.
    """

    def read(meant: Ends) -> SchoolCalendar:
        events = [event for event in ical_events(text, ends=meant) if year.first <= event.first <= year.last]
        terms = tuple(
            Term(name=e.summary, first=e.first, last=e.last) for e in events if terms_are(e) and not inset_is(e)
        )
        inset = tuple(_days(event for event in events if inset_is(event)))
        return SchoolCalendar.from_terms(name, [evolve(year, terms=terms)], inset=inset, bank_holidays=bank_holidays)

    calendar = read(ends)
    wrong = _unproved(calendar, open_days)
    if not wrong:
        return calendar
    other = next(each for each in Ends if each is not ends)
    hint = f"; with ends {other.value} it would be right" if _is_proved(read, other, open_days) else ""
    raise InconsistentCalendar(name, (f"read with ends {ends.value}, {wrong}{hint}",))


def calendar_to_ical(calendar: SchoolCalendar, *, ends: Ends = Ends.EXCLUSIVE) -> bytes:
    """The calendar's terms, INSET days and closures as all-day events. The same calendar gives the same bytes.

    Raises:
        CallError: the `ical` extra is not installed.
    """
    ical = _icalendar()
    document = ical.Calendar()
    document.add("prodid", "-//cme_rules//school calendar//EN")
    document.add("version", "2.0")
    for place, event in enumerate(_events_of(calendar)):
        entry = ical.Event()
        entry.add("uid", f"{calendar.name}-{event.first:%Y%m%d}-{place}@cme-rules")
        # The standard wants the moment of writing. The last day covered stands in for it: no clock is read here.
        entry.add("dtstamp", datetime(calendar.last.year, calendar.last.month, calendar.last.day))  # noqa: DTZ001
        entry.add("summary", event.summary)
        entry.add("categories", list(event.categories))
        entry.add("dtstart", event.first)
        entry.add("dtend", event.last + _A_DAY if ends is Ends.EXCLUSIVE else event.last)
        document.add_component(entry)
    written: bytes = document.to_ical()
    return written


def _icalendar() -> ModuleType:
    try:
        return import_module("icalendar")
    except ImportError as missing:
        msg = "icalendar cannot be imported: install the extra 'ical' of this library"
        raise CallError(msg) from missing


def _event(component: "Component", ends: Ends) -> Event:
    """One VEVENT as an all-day event."""
    if component.get("rrule") or component.get("rdate"):
        msg = "an event repeats: list each of its days as an event of its own"
        raise CalendarError(msg)
    first = _whole_day(component.decoded("dtstart"))
    last = first
    if "dtend" in component:
        last = _whole_day(component.decoded("dtend")) - (_A_DAY if ends is Ends.EXCLUSIVE else timedelta())
    elif "duration" in component:
        last = first + component.decoded("duration") - _A_DAY
    if last < first:
        msg = f"an event ends before it begins, read with ends {ends.value}: perhaps the publisher means the other"
        raise CalendarError(msg)
    categories = component.get("categories")
    words = tuple(str(word) for word in categories.cats) if hasattr(categories, "cats") else ()
    return Event(first=first, last=last, summary=str(component.get("summary", "")), categories=words)


def _whole_day(value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        msg = "an event does not begin and end with whole days: only all-day events (VALUE=DATE) can be read"
        raise CalendarError(msg)
    return value


def _days(events: Iterable[Event]) -> Iterator[date]:
    for event in events:
        for place in range((event.last - event.first).days + 1):
            yield event.first + place * _A_DAY


def _unproved(calendar: SchoolCalendar, open_days: int) -> str:
    """What speaks against a reading: a term that ends at a weekend, or another total; nothing if it is proved."""
    for term in calendar.years[0].terms:
        if calendar.explain(term.last).kind is DayKind.WEEKEND:
            return f"{term.name} ends at a weekend, on {term.last}"
    whole = (calendar.first, calendar.last)
    found = calendar.school_days_between(*whole) + calendar.days_of(DayKind.INSET, *whole)
    return "" if found == open_days else f"the terms have {found} open days, not {open_days}"


def _is_proved(read: Callable[[Ends], SchoolCalendar], ends: Ends, open_days: int) -> bool:
    try:
        return not _unproved(read(ends), open_days)
    except CalendarError:
        return False


def _events_of(calendar: SchoolCalendar) -> tuple[Event, ...]:
    terms = [
        Event(first=term.first, last=term.last, summary=term.name, categories=("Term",))
        for year in calendar.years
        for term in year.terms
    ]
    return tuple(sorted([*terms, *_marked(calendar)], key=lambda event: (event.first, event.last)))


def _marked(calendar: SchoolCalendar) -> Iterator[Event]:
    """INSET days and closures, a day an event."""
    for place in range((calendar.last - calendar.first).days + 1):
        day = calendar.explain(calendar.first + place * _A_DAY)
        if day.kind in _WRITTEN:
            summary = "INSET day" if day.kind is DayKind.INSET else f"Closed: {day.label}"
            yield Event(first=day.date, last=day.date, summary=summary, categories=(_WRITTEN[day.kind],))
