"""What comes round: every month, or so many times a term, as windows of days between two days."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from attrs import frozen

from cme_rules.calendars.days import SchoolYear, Term
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.domain.verdict import Force
from cme_rules.errors import CallError, UnknownName
from cme_rules.policy.model.policy import Policy, as_day
from cme_rules.policy.model.rules import Schedule

__all__ = ["Occurrence", "occurrences"]

_A_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Occurrence:
    """One time that something comes round, and the days, both included, in which it is to be done.

    `of` names the month or the term, `number` counts within a term from 1. `certainty` says how sure the days are.
    Where a calendar or a number does not reach, `why` says so, `first` and `last` are the days it leaves open, and
    nothing is known of what comes round in them.
    """

    schedule: str
    title: str
    role: str
    force: Force
    paragraph: str
    first: date
    last: date
    of: str = ""
    number: int = 0
    certainty: str = ""
    why: str = ""
    attends: tuple[str, ...] = ()


def occurrences(
    policy: Policy, first: date, last: date, *, schedule: str = "", calendar: SchoolCalendar | None = None
) -> tuple[Occurrence, ...]:
    """Everything that comes round between two days, both included: each whose window touches them.

    `schedule` asks for one only. Terms are those of `calendar`, or else of the policy's own; half terms published in
    pairs are one term, which ends on its last school day. In the order of their windows.

    Raises CallError for a datetime and a `last` before `first`, and UnknownName for a schedule the policy has not.
    """
    if as_day(last, "last") < as_day(first, "first"):
        msg = "last: a day on or after `first` was expected"
        raise CallError(msg)
    wanted = [each for each in policy.schedules if schedule in ("", each.schedule)]
    if not wanted and schedule:
        known = ", ".join(each.schedule for each in policy.schedules) or "none"
        msg = f"policy {policy.id!r} has no schedule {schedule!r}; it has: {known}"
        raise UnknownName(msg)
    terms_of = calendar or (policy.calendars.authority(policy.calendar) if policy.calendar else None)
    found = [one for each in wanted for one in _of(each, policy, terms_of, first, last)]
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.schedule, one.number)))


def _of(
    each: Schedule, policy: Policy, calendar: SchoolCalendar | None, first: date, last: date
) -> Iterator[Occurrence]:
    """What comes round of one schedule on the days it is in force."""
    first, last = max(first, each.since), min(last, each.until or last)
    if first > last:
        return
    if each.every:
        yield from _monthly(each, first, last)
    else:
        yield from _termly(each, policy, calendar, first, last)


def _monthly(each: Schedule, first: date, last: date) -> Iterator[Occurrence]:
    begins = first.replace(day=1)
    while begins <= last:
        following = (begins.replace(day=1) + timedelta(days=31)).replace(day=1)
        yield _occurrence(each, begins, following - _A_DAY, of=f"{begins:%B %Y}", certainty="actual")
        begins = following


def _termly(
    each: Schedule, policy: Policy, calendar: SchoolCalendar | None, first: date, last: date
) -> Iterator[Occurrence]:
    """So many times in each term that touches the days, and a word on the days no calendar covers."""
    if calendar is None:
        yield _occurrence(each, first, last, why="the policy has no school calendar")
        return
    covers = f"calendar {calendar.name!r} covers {calendar.first} to {calendar.last}: no terms are known here"
    if first < calendar.first:
        yield _occurrence(each, first, min(last, calendar.first - _A_DAY), why=covers)
    for term in (term for year in calendar.years for term in _terms(year, calendar)):
        if term.first <= last and first <= term.last:
            certainty = calendar.certainty(term.first, term.last).value
            yield from _in_term(each, policy, term, certainty=certainty)
    if last > calendar.last:
        yield _occurrence(each, max(first, calendar.last + _A_DAY), last, why=covers)


def _in_term(each: Schedule, policy: Policy, term: Term, *, certainty: str) -> Iterator[Occurrence]:
    times = policy.parameters[each.times_a_term].on(term.first)
    if not isinstance(times, int):
        why = f"the policy states no value of {each.times_a_term} for this term"
        yield _occurrence(each, term.first, term.last, of=term.name, certainty=certainty, why=why)
        return
    for number in range(1, times + 1):
        yield _occurrence(each, term.first, term.last, of=term.name, certainty=certainty, number=number)


def _terms(year: SchoolYear, calendar: SchoolCalendar) -> Iterator[Term]:
    """The terms of a year, half terms put together, from the first school day to the last."""
    for name, halves in groupby(year.terms, key=lambda term: term.half_term_of or term.name):
        parts = list(halves)
        first, last = calendar.on_or_after(parts[0].first), calendar.on_or_before(parts[-1].last)
        yield Term(name=f"{name} {year.label}", first=first, last=last)


def _occurrence(
    each: Schedule, first: date, last: date, *, of: str = "", number: int = 0, certainty: str = "", why: str = ""
) -> Occurrence:
    return Occurrence(
        schedule=each.schedule,
        title=each.title,
        role=each.role,
        force=each.force,
        paragraph=each.paragraph,
        first=first,
        last=last,
        of=of,
        number=number,
        certainty=certainty,
        why=why,
        attends=each.attends,
    )
