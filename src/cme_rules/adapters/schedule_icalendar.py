"""What comes round, written as an iCalendar file, with the `ical` extra."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from importlib import import_module
from types import ModuleType

from cme_rules.engine.schedules import Occurrence
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Policy

__all__ = ["occurrences_to_ical"]

_A_DAY = timedelta(days=1)


def occurrences_to_ical(occurrences: Iterable[Occurrence], policy: Policy) -> bytes:
    """Each occurrence as an all-day event over its window. The same occurrences give the same bytes.

    Days no calendar covers become an event too, marked as not known, so that an empty term is not read as a free one.

    Raises:
        CallError: the `ical` extra is not installed.
    """
    ical = _icalendar()
    document = ical.Calendar()
    document.add("prodid", "-//cme_rules//schedules//EN")
    document.add("version", "2.0")
    for each in occurrences:
        entry = ical.Event()
        entry.add("uid", f"{policy.id}-{each.schedule}-{each.first:%Y%m%d}-{each.number}@cme-rules")
        # The standard wants the moment of writing. The last day of the window stands in for it: no clock is read here.
        entry.add("dtstamp", datetime(each.last.year, each.last.month, each.last.day))  # noqa: DTZ001
        entry.add("summary", _summary(each))
        entry.add("description", _description(each, policy))
        entry.add("categories", [each.schedule])
        entry.add("dtstart", each.first)
        entry.add("dtend", each.last + _A_DAY)
        entry.add("transp", "TRANSPARENT")  # a window takes up nobody's day
        document.add_component(entry)
    written: bytes = document.to_ical()
    return written


def _summary(each: Occurrence) -> str:
    if each.why:
        return f"Not known: {each.title}"
    return f"{each.title} ({each.of}, no. {each.number})" if each.number else f"{each.title} ({each.of})"


def _description(each: Occurrence, policy: Policy) -> str:
    who = [policy.roles[role].title for role in (each.role, *each.attends)]
    told = [f"Paragraph {each.paragraph}", ", ".join(who), each.why or f"dates: {each.certainty}"]
    return ". ".join(told)


def _icalendar() -> ModuleType:
    try:
        return import_module("icalendar")
    except ImportError as missing:
        msg = "icalendar cannot be imported: install the extra 'ical' of this library"
        raise CallError(msg) from missing
