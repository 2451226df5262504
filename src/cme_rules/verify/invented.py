"""Term dates made up for the cases of one file: for a policy, or for years, that no calendar speaks for."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from attrs import frozen

from cme_rules.calendars.checks import contradictions
from cme_rules.calendars.days import SchoolYear, Term
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile

__all__ = ["invented_calendars"]

_REMEDY = "coverage = [2010-09-01, 2011-08-31], terms = [[2010-09-06, 2010-12-17], [2011-01-05, 2011-04-08]]"


@frozen(kw_only=True)
class _Entry:
    """`[calendar.<name>]`: both ends of the coverage and of every term are included."""

    invented: bool
    coverage: Any
    terms: Any


def invented_calendars(file: TomlFile, faults: list[PolicyFault]) -> Mapping[str, SchoolCalendar | None]:
    """The calendars of a file of cases, by name; None for one that is not sound, and why is added to `faults`.

    Monday to Friday of each term are school days, and no other day is.
    """
    listed = file.data.get("calendar", {})
    if not isinstance(listed, dict) or not all(isinstance(table, dict) for table in listed.values()):
        faults.append(file.fault("expected tables such as [calendar.some_year]", key="calendar"))
        return {}
    return {name: _calendar(name, table, file, faults) for name, table in listed.items()}


def _calendar(name: str, table: object, file: TomlFile, faults: list[PolicyFault]) -> SchoolCalendar | None:
    heading = f"calendar.{name}"
    entry, wrong = structure(table, _Entry, file=file, name=heading)
    faults.extend(wrong)
    if entry is None:
        return None
    problems = list(_problems(entry))
    if not problems:
        year = _year(name, entry, file)
        problems = [
            ("coverage" if each.key == "coverage" else "terms", each.problem) for each in contradictions([year])
        ]
    if problems:
        faults += [file.fault(problem, table=heading, key=key, remedy=_REMEDY) for key, problem in problems]
        return None
    return SchoolCalendar.from_terms(f"{name}, invented", [year], file=file.name)


def _problems(entry: _Entry) -> Iterator[tuple[str, str]]:
    if not entry.invented:
        yield (
            "invented",
            "expected true: term dates in a file of cases are made up; real ones go in calendars/",
        )
    if not _is_span(entry.coverage):
        yield "coverage", "expected a first and a last day"
    if not isinstance(entry.terms, list) or not all(_is_span(term) for term in entry.terms):
        yield "terms", "expected a list of terms, each a first and a last day"


def _is_span(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_day, value))  # noqa: PLR2004 - first and last


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _year(name: str, entry: _Entry, file: TomlFile) -> SchoolYear:
    first, last = entry.coverage
    terms = tuple(Term(name=f"Term {place}", first=one, last=end) for place, (one, end) in enumerate(entry.terms, 1))
    return SchoolYear(label=name, first=first, last=last, terms=terms, source=f"invented for {file.name}")
