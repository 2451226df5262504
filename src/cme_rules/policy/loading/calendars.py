"""Reading a policy's calendars: bank holidays, authorities' term dates, and the schools that differ.

Every fault of every file is collected; none is raised.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import methodcaller
from pathlib import Path

from attrs import evolve, field, frozen

from cme_rules.calendars.checks import between
from cme_rules.calendars.collection import Calendars, School
from cme_rules.calendars.days import Session
from cme_rules.calendars.school import MON_FRI, SchoolCalendar
from cme_rules.calendars.working import BankHolidays, WorkingCalendar
from cme_rules.errors import CalendarError, PolicyFault
from cme_rules.policy.loading.bank_holidays import bank_holidays, project
from cme_rules.policy.loading.calendar_entries import AuthorityEntry, ClosureEntry, SchoolEntry
from cme_rules.policy.loading.calendar_sheet import Part, Sheet
from cme_rules.policy.loading.calendar_years import Frame, Plan, build_year, change, read_plan
from cme_rules.policy.loading.tables import read_toml

__all__ = ["LoadedCalendars", "load_calendars", "read_calendars"]

_SHORT_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LISTS = ("year", "closure")
_BANK_HOLIDAYS = "bank_holidays"


@frozen(kw_only=True, eq=False, repr=False)
class LoadedCalendars:
    """What a policy's calendar files hold, all that is wrong with them, and what looks odd though it may be right."""

    calendars: Calendars
    faults: tuple[PolicyFault, ...] = ()
    warnings: tuple[PolicyFault, ...] = ()


@frozen(eq=False, repr=False)
class _Authority:
    calendar: SchoolCalendar
    frame: Frame
    plans: dict[str, Plan]


@frozen(eq=False, repr=False)
class _Desk:
    """The files read so far."""

    bank: list[BankHolidays] = field(factory=list)
    authorities: dict[str, _Authority] = field(factory=dict)
    schools: list[School] = field(factory=list)
    faults: list[PolicyFault] = field(factory=list)
    warnings: list[PolicyFault] = field(factory=list)
    broken: set[str] = field(factory=set)
    """The files that cannot be used, by their names: what rests on them is not blamed for it."""


def load_calendars(folders: Sequence[Path]) -> tuple[Calendars, tuple[PolicyFault, ...]]:
    """The calendars of a policy's folders, the deepest first, and everything wrong with them."""
    loaded = read_calendars(folders)
    return loaded.calendars, loaded.faults


def read_calendars(folders: Sequence[Path], *, projected_through: date | None = None) -> LoadedCalendars:
    """As `load_calendars`, with warnings too.

    With `projected_through`, bank holidays nobody has announced yet are added up to that day by rule, and whatever
    rests on them is marked as projected.
    """
    desk = _Desk()
    for folder in folders:
        here = folder / "calendars"
        if (here / f"{_BANK_HOLIDAYS}.toml").is_file():
            _take_bank_holidays(desk, folder, here / f"{_BANK_HOLIDAYS}.toml", projected_through)
        for path in sorted(here.glob("*.toml")):
            if path.stem != _BANK_HOLIDAYS:
                _take_authority(desk, folder, path)
        for path in sorted(here.glob("schools/*.toml")):
            _take_school(desk, folder, path)
    calendars = Calendars(
        authorities=tuple(each.calendar for each in desk.authorities.values()),
        schools=tuple(desk.schools),
        working=WorkingCalendar(bank_holidays=desk.bank[-1]) if desk.bank else None,
    )
    return LoadedCalendars(calendars=calendars, faults=tuple(desk.faults), warnings=tuple(desk.warnings))


def _sheet(desk: _Desk, folder: Path, path: Path) -> Sheet | None:
    """The file, sharing the desk's lists of faults and warnings; None if it cannot be read at all."""
    file, wrong = read_toml(path, name=f"{folder.name}/{path.relative_to(folder).as_posix()}")
    desk.faults.extend(wrong)
    if wrong:
        desk.broken.add(path.stem)
    return None if wrong else Sheet(file)


def _keep(desk: _Desk, sheet: Sheet) -> bool:
    """File what was found; whether the sheet can be used."""
    desk.faults.extend(sheet.faults)
    desk.warnings.extend(sheet.warnings)
    return not sheet.faults


def _take_bank_holidays(desk: _Desk, folder: Path, path: Path, projected_through: date | None) -> None:
    sheet = _sheet(desk, folder, path)
    if sheet is None:
        return
    found = bank_holidays(sheet)
    if _keep(desk, sheet) and found:
        desk.bank.append(project(found, projected_through) if projected_through else found)
    else:
        desk.broken.add(path.stem)


def _take_authority(desk: _Desk, folder: Path, path: Path) -> None:
    sheet = _sheet(desk, folder, path)
    if sheet is None:
        return
    entry = sheet.read(sheet.whole, AuthorityEntry, besides=_LISTS)
    if entry and entry.id != path.stem:
        sheet.fault(sheet.whole, "id", f"the id is {entry.id!r}, but the file is called {path.name}")
    frame = _frame(desk, sheet, entry) if entry else None
    plans = [read_plan(sheet, part) for part in sheet.parts(sheet.whole, "year", "label")]
    calendar = _build(sheet, frame, plans, entry.actual_to) if entry and frame else None
    if _keep(desk, sheet) and frame and calendar:
        by_label = {plan.year.label: plan for plan in plans if plan}
        desk.authorities[calendar.name] = _Authority(calendar, frame, by_label)
    else:
        desk.broken.add(path.stem)


def _take_school(desk: _Desk, folder: Path, path: Path) -> None:
    sheet = _sheet(desk, folder, path)
    if sheet is None:
        return
    entry = sheet.read(sheet.whole, SchoolEntry, besides=_LISTS)
    base = desk.authorities.get(entry.base) if entry else None
    if entry and path.stem not in {entry.id, entry.urn}:
        sheet.fault(sheet.whole, "id", f"the file is called {path.name}, after neither its id nor its URN")
    if entry and not base and entry.base not in desk.broken:
        known = ", ".join(desk.authorities) or "none"
        sheet.fault(sheet.whole, "base", f"there is no authority's calendar {entry.base!r}; there is {known}")
    bases = base.plans if base else {}
    plans = [read_plan(sheet, part, bases) for part in sheet.parts(sheet.whole, "year", "label")] if base else []
    calendar = None
    if entry and base:
        follows = base.calendar if entry.follows_base else None
        calendar = _build(sheet, evolve(base.frame, name=entry.id), plans, entry.actual_to, follows=follows)
        if entry.id in {school.id for school in desk.schools}:
            sheet.fault(sheet.whole, "id", f"another school's file has the id {entry.id!r}")
    if _keep(desk, sheet) and entry and calendar:
        school = School(id=entry.id, urn=entry.urn, title=entry.title, authority=entry.base, calendar=calendar)
        desk.schools.append(school)


def _frame(desk: _Desk, sheet: Sheet, entry: AuthorityEntry) -> Frame | None:
    first, _, last = entry.weekdays.partition("-")
    weekdays: tuple[int, ...] = ()
    if first in _SHORT_WEEKDAYS and last in _SHORT_WEEKDAYS:
        weekdays = tuple(range(_SHORT_WEEKDAYS.index(first), _SHORT_WEEKDAYS.index(last) + 1))
    if not weekdays:
        sheet.fault(sheet.whole, "weekdays", f"a first and a last weekday are expected, as mon-fri: {entry.weekdays!r}")
    bank = next((each for each in desk.bank if each.id == entry.bank_holidays), None)
    if entry.bank_holidays and not bank:
        if _BANK_HOLIDAYS not in desk.broken:
            known = ", ".join(each.id for each in desk.bank) or "none"
            problem = f"there is no list of bank holidays {entry.bank_holidays!r}; there is {known}"
            sheet.fault(sheet.whole, "bank_holidays", problem)
        return None
    return Frame(
        name=entry.id,
        bank=bank,
        weekdays=weekdays or MON_FRI,
        expect_inset=entry.expect_inset,
        expect_term_days=entry.expect_term_days,
    )


def _build(
    sheet: Sheet,
    frame: Frame,
    plans: list[Plan | None],
    actual_to: date | None,
    *,
    follows: SchoolCalendar | None = None,
) -> SchoolCalendar | None:
    """The years put together, and the closures taken out; with `follows`, that calendar but for these years."""
    read = [plan for plan in plans if plan is not None]
    years = [build_year(sheet, plan, frame) for plan in read]
    if not follows and None not in plans and (plans or not sheet.faults):
        for wrong in between(tuple(plan.year for plan in read)):
            part = next((plan.part for plan in read if plan.year.label == wrong.year), sheet.whole)
            sheet.fault(part, wrong.key, wrong.problem)
    closures = [(part, _closure(sheet, part)) for part in sheet.parts(sheet.whole, "closure", "first")]
    if sheet.faults:
        return None
    built = [year for year in years if year is not None]
    try:
        whole = reduce(_laid_over, built, follows) if follows else reduce(_followed, built)
    except CalendarError as gap:
        sheet.fault(sheet.whole, "year", f"its years and its authority's leave a gap: {gap}")
        return None
    known_to = actual_to or (follows.actual_to if follows else None)
    calendar = evolve(whole, name=frame.name, file=sheet.file.name, actual_to=known_to)
    for part, shut in closures:
        calendar = change(sheet, part, calendar, shut) if shut else calendar
    return calendar


def _followed(calendar: SchoolCalendar, year: SchoolCalendar) -> SchoolCalendar:
    return calendar.spliced(year, from_=year.first)


def _laid_over(calendar: SchoolCalendar, year: SchoolCalendar) -> SchoolCalendar:
    """The calendar with one year of it replaced."""
    if calendar.first < year.first:
        year = calendar.spliced(year, from_=year.first)
    return year.spliced(calendar, from_=year.last + timedelta(days=1)) if year.last < calendar.last else year


def _closure(sheet: Sheet, part: Part) -> Callable[[SchoolCalendar], SchoolCalendar] | None:
    """A `[[closure]]` as a change of a calendar, or None and faults on the sheet."""
    entry = sheet.read(part, ClosureEntry)
    if entry is None:
        return None
    halves = {half.value: half for half in Session}
    if not entry.sessions or not set(entry.sessions) <= set(halves):
        sheet.fault(part, "sessions", 'expected ["AM"], ["PM"] or ["AM", "PM"]')
        return None
    return methodcaller(
        "closed",
        entry.first,
        entry.last or entry.first,
        sessions=frozenset(halves[half] for half in entry.sessions),
        reason=entry.reason,
        emergency=entry.emergency,
        some_pupils=entry.some_pupils,
    )
