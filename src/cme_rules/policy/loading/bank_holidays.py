"""Bank holidays: read from a policy's file, or projected beyond it where somebody asks for that."""

from datetime import date
from itertools import pairwise

from cme_rules.calendars.working import BankHolidays
from cme_rules.policy.loading.calendar_entries import BankHolidaysEntry, BankYearEntry
from cme_rules.policy.loading.calendar_sheet import Part, Sheet

__all__ = ["bank_holidays", "project"]

_SATURDAY = 5


def bank_holidays(sheet: Sheet) -> BankHolidays | None:
    """The list in a file, or None and faults on the sheet."""
    head = sheet.read(sheet.whole, BankHolidaysEntry, besides=("year",))
    parts = sheet.parts(sheet.whole, "year", "year")
    years = [(part, sheet.read(part, BankYearEntry)) for part in parts]
    read = [(part, year) for part, year in years if year is not None]
    for part, year in read:
        _check(sheet, part, year)
    for (_, earlier), (part, later) in pairwise(read):
        if later.year != earlier.year + 1:
            sheet.fault(part, "year", f"{later.year} follows {earlier.year}: years go one by one")
    if not parts:
        sheet.fault(sheet.whole, "year", "there is no [[year]] in it")
    if sheet.faults or head is None:
        return None
    last = date(read[-1][1].year, 12, 31)
    if head.published_through != last:
        sheet.fault(sheet.whole, "published_through", f"the list ends on {last}, not on {head.published_through}")
        return None
    return _list(sheet, head, [year for _, year in read])


def project(holidays: BankHolidays, through: date) -> BankHolidays:
    """The list carried on to a day by the rules that the `holidays` package knows: a guess, and marked as one.

    A one-off bank holiday is never in it, and coronations are announced late. Without a rule in its file, or where
    the list reaches that far already, the list comes back as it is.
    """
    if not holidays.rule or through <= holidays.last:
        return holidays
    from holidays import country_holidays  # noqa: PLC0415 — slow to import, and seldom asked for

    country, *parts = holidays.rule
    years = range(holidays.published_through.year, through.year + 1)
    found = country_holidays(country, subdiv=parts[0] if parts else None, years=years)
    return holidays.projected(tuple(sorted(day for day in found if day.weekday() < _SATURDAY)), through)


def _check(sheet: Sheet, part: Part, year: BankYearEntry) -> None:
    if len(year.days) != year.count:
        sheet.fault(part, "count", f"{len(year.days)} days are listed, but the count says {year.count}")
    for earlier, later in pairwise(year.days):
        if later <= earlier:
            sheet.fault(part, "days", f"{later} stands after {earlier}: list the days in order, each once")
    for day in year.days:
        if day.year != year.year:
            sheet.fault(part, "days", f"{day} is not in {year.year}")
        if day.weekday() >= _SATURDAY:
            sheet.fault(part, "days", f"{day} is at a weekend: list the substitute day only")
    for key, days in (("substitute", year.substitute), ("one_off", year.one_off)):
        for day in days:
            if day not in year.days:
                sheet.fault(part, key, f"{day} is not among the days")


def _list(sheet: Sheet, head: BankHolidaysEntry, years: list[BankYearEntry]) -> BankHolidays:
    return BankHolidays(
        id=head.id,
        first=date(years[0].year, 1, 1),
        published_through=head.published_through,
        days=tuple(day for year in years for day in year.days),
        substitute=tuple(day for year in years for day in year.substitute),
        one_off=tuple(day for year in years for day in year.one_off),
        rule=head.rule,
        source=head.source,
        read=head.read,
        file=sheet.file.name,
    )
