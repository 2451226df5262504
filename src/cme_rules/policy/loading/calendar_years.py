"""From a year in a calendar file to a calendar of that year, proved by the totals its publisher gave."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from operator import methodcaller

from attrs import evolve, frozen

from cme_rules.calendars.checks import inside
from cme_rules.calendars.days import Certainty, DayKind, SchoolYear, Term, weakest
from cme_rules.calendars.school import MON_FRI, SchoolCalendar
from cme_rules.calendars.working import BankHolidays
from cme_rules.errors import CalendarError, InconsistentCalendar
from cme_rules.policy.loading.calendar_entries import ChangeEntry, TermDatesEntry, YearEntry
from cme_rules.policy.loading.calendar_sheet import Part, Sheet

__all__ = ["Frame", "Plan", "build_year", "change", "read_plan"]

_STATUS = {
    "actual": Certainty.ACTUAL,
    "agreed": Certainty.PUBLISHED,
    "proposed": Certainty.PROPOSED,
    "adopted": Certainty.ASSUMED,
    "assumed": Certainty.ASSUMED,
}
"""`adopted`: seen in use at schools, not seen from whoever sets the dates, and so no surer than assumed."""

_KINDS = ("break", "occasional", "disaggregated", "closure_planned")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@frozen(kw_only=True, eq=False, repr=False)
class Frame:
    """What all years of a file share: the calendar's name, its weekdays, the bank holidays, what to expect."""

    name: str
    bank: BankHolidays | None = None
    weekdays: tuple[int, ...] = MON_FRI
    expect_inset: int | None = None
    expect_term_days: tuple[int, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Plan:
    """A year as planned: its terms, what is closed and opened besides, and the totals that prove it."""

    part: Part
    entry: YearEntry
    year: SchoolYear
    terms: tuple[tuple[Part, TermDatesEntry], ...]
    closed: tuple[tuple[Part, ChangeEntry], ...] = ()
    opened: tuple[tuple[Part, ChangeEntry], ...] = ()


def read_plan(sheet: Sheet, part: Part, bases: dict[str, Plan] | None = None) -> Plan | None:
    """A `[[year]]`; in a school's file, one without terms of its own changes the authority's year of its label."""
    faults = len(sheet.faults)
    entry = sheet.read(part, YearEntry, besides=("term", "closed", "opened"))
    terms = [(each, sheet.read(each, TermDatesEntry)) for each in sheet.parts(part, "term", "name")]
    changes = {key: list(_changes(sheet, part, key)) for key in ("closed", "opened")}
    if entry is None or len(sheet.faults) > faults:
        return None
    read = tuple((each, term) for each, term in terms if term is not None)
    base = None if read or bases is None else bases.get(entry.label)
    if bases is not None and not read and base is None:
        problem = f"there is no year {entry.label!r} to change in the authority's calendar, and no [[year.term]] here"
        sheet.fault(part, "label", problem)
        return None
    for each, term in read:
        _prove_weekdays(sheet, each, term)
    year = _year(sheet, part, entry, read, base)
    if year is None or len(sheet.faults) > faults:
        return None
    return Plan(
        part=part,
        entry=entry,
        year=year,
        terms=read,
        closed=(*(base.closed if base else ()), *changes["closed"]),
        opened=(*(base.opened if base else ()), *changes["opened"]),
    )


def _changes(sheet: Sheet, part: Part, key: str) -> Iterator[tuple[Part, ChangeEntry]]:
    for each in sheet.parts(part, key, "first"):
        entry = sheet.read(each, ChangeEntry)
        if entry and entry.kind not in _KINDS:
            sheet.fault(each, "kind", f"{entry.kind!r} is none of {', '.join(_KINDS)}")
        elif entry:
            yield each, entry


def _year(
    sheet: Sheet,
    part: Part,
    entry: YearEntry,
    terms: tuple[tuple[Part, TermDatesEntry], ...],
    base: Plan | None,
) -> SchoolYear | None:
    """The year's dates, its own or its authority's, with its own standing and source."""
    if entry.status not in _STATUS:
        sheet.fault(part, "status", f"{entry.status!r} is none of {', '.join(_STATUS)}")
        return None
    if len(entry.coverage) != 2 and (base is None or entry.coverage):  # noqa: PLR2004 — a first and a last day
        problem = f"a first and a last day are expected, found {len(entry.coverage)} days"
        sheet.fault(part, "coverage", problem, remedy="coverage = [2025-09-01, 2026-08-31]")
        return None
    first, last = entry.coverage or (base.year.first, base.year.last) if base else entry.coverage
    dated = (Term(name=t.name, half_term_of=t.half_term_of, first=t.first, last=t.last) for _, t in terms)
    return SchoolYear(
        label=entry.label,
        first=first,
        last=last,
        terms=base.year.terms if base else tuple(dated),
        certainty=weakest(_STATUS[entry.status], Certainty.ACTUAL if entry.inset_known else Certainty.ASSUMED),
        source=entry.source,
        read=entry.read,
        note=entry.note,
    )


def _prove_weekdays(sheet: Sheet, part: Part, term: TermDatesEntry) -> None:
    """The weekdays as printed beside the dates: of the pages read for this library, eight had one wrong."""
    for key, day, printed in zip(("first", "last"), (term.first, term.last), term.weekdays, strict=False):
        if printed != _WEEKDAYS[day.weekday()]:
            sheet.fault(part, key, f"{day} is a {_WEEKDAYS[day.weekday()]}, but its weekday is given as {printed!r}")


def build_year(sheet: Sheet, plan: Plan, frame: Frame) -> SchoolCalendar | None:
    """The calendar of one year, or None and faults on the sheet."""
    faults = len(sheet.faults)
    parts = {term.name: part for part, term in plan.terms}
    for wrong in inside(plan.year):
        sheet.fault(parts.get(wrong.term, plan.part), wrong.key, wrong.problem)
    _check_horizon(sheet, plan, frame)
    if len(sheet.faults) > faults:
        return None
    cal = SchoolCalendar.from_terms(
        frame.name,
        (_surely(plan.year, frame),),
        bank_holidays=frame.bank.days if frame.bank else (),
        weekdays=frame.weekdays,
        file=sheet.file.name,
    )
    for part, each in plan.closed:
        days = (each.first, each.last or each.first)
        cal = change(sheet, part, cal, methodcaller("closed", *days, reason=each.reason, kind=DayKind(each.kind)))
    for part, each in plan.opened:
        days = (each.first, each.last or each.first)
        cal = change(sheet, part, cal, methodcaller("opened", *days, reason=each.reason))
    cal = change(sheet, plan.part, cal, methodcaller("with_inset", plan.entry.inset), key="inset")
    if len(sheet.faults) > faults:
        return None
    _prove(sheet, plan, cal)
    _remark(sheet, plan, cal, frame)
    return cal


def change(
    sheet: Sheet,
    part: Part,
    cal: SchoolCalendar,
    make: Callable[[SchoolCalendar], SchoolCalendar],
    *,
    key: str = "",
) -> SchoolCalendar:
    """The changed calendar, or the same one and a fault on the sheet."""
    try:
        return make(cal)
    except InconsistentCalendar as wrong:
        for problem in wrong.faults:
            sheet.fault(part, key, problem, find=_date_in(problem))
    except CalendarError as wrong:
        sheet.fault(part, key, f"these days do not fit the calendar: {wrong}")
    return cal


def _surely(year: SchoolYear, frame: Frame) -> SchoolYear:
    """The year; projected if it goes beyond the bank holidays that were announced."""
    beyond = frame.bank is not None and year.last > frame.bank.published_through
    return evolve(year, certainty=weakest(year.certainty, Certainty.PROJECTED)) if beyond else year


def _check_horizon(sheet: Sheet, plan: Plan, frame: Frame) -> None:
    if frame.bank is None:
        return
    if plan.year.first < frame.bank.first:
        sheet.fault(plan.part, "coverage", f"the bank holidays are listed from {frame.bank.first} on only")
    if plan.year.last > frame.bank.published_through:
        sheet.warn(
            plan.part,
            "coverage",
            f"bank holidays are announced to {frame.bank.published_through} only: this year counts as projected",
        )


def _prove(sheet: Sheet, plan: Plan, cal: SchoolCalendar) -> None:
    """The totals given against those of the dates."""

    def open_days(first: date, last: date) -> int:
        return cal.school_days_between(first, last) + cal.days_of(DayKind.INSET, first, last)

    found = open_days(cal.first, cal.last)
    if found != plan.entry.open_days:
        sheet.fault(plan.part, "open_days", f"the dates give {found} open days, not {plan.entry.open_days}")
    pupils = cal.school_days_between(cal.first, cal.last)
    if plan.entry.pupil_days not in {None, pupils}:
        sheet.fault(plan.part, "pupil_days", f"the dates give {pupils} pupil days, not {plan.entry.pupil_days}")
    for part, term in plan.terms:
        days = open_days(term.first, term.last)
        if term.days not in {None, days}:
            sheet.fault(part, "days", f"{term.first} to {term.last} has {days} open days, not {term.days}")


def _remark(sheet: Sheet, plan: Plan, cal: SchoolCalendar, frame: Frame) -> None:
    """What is unusual, though it may be right."""
    entry = plan.entry
    inset = len(entry.inset) + entry.inset_left_to_schools
    if frame.expect_inset not in {None, inset} and entry.inset_known:
        sheet.warn(plan.part, "inset", f"{inset} INSET days, listed or left to schools; {frame.expect_inset} expected")
    if not frame.expect_term_days:
        return
    least, most = min(frame.expect_term_days), max(frame.expect_term_days)
    for term in cal.years[0].terms:
        days = cal.school_days_between(term.first, term.last) + cal.days_of(DayKind.INSET, term.first, term.last)
        if not least <= days <= most:
            sheet.warn(plan.part, "term", f"{term.name} has {days} open days; {least} to {most} expected")


def _date_in(text: str) -> str:
    found = _ISO.search(text)
    return found[0] if found else ""
