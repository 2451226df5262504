"""One day seen through one law and one calendar: what the language's functions answer on it."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.calendars.spans import Span, Unit, deadline
from cme_rules.calendars.working import WorkingCalendar
from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.judge import Value
from cme_rules.domain.ages import age_on, school_age_begins, school_age_ends, year_group
from cme_rules.errors import CalendarError, CallError
from cme_rules.policy.model.policy import Law

__all__ = ["Moment", "needs_calendar"]

_PERCENT = 100


@frozen(kw_only=True, eq=False)
class Moment:
    """A day, the law of that day, and the calendars days are counted in; a calendar may be wanting.

    `notes` keeps what was worked out once and is so for every child on that day: ends of spans, words, readings.
    """

    law: Law
    school: SchoolCalendar | None = None
    working: WorkingCalendar | None = None
    without_school: str = "the policy has no school calendar for this child"
    notes: dict[Any, Any] = field(factory=dict, init=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles begin without notes: these go by the identity of the law's parts."""
        return _again, (self.law, self.school, self.working, self.without_school)

    @property
    def today(self) -> date:
        """The day assessed."""
        return self.law.on

    def call(self, function: str, arguments: tuple[Value, ...]) -> Value:
        """A function's answer to known arguments; None where no calendar covers the days it must count."""
        try:
            answer: Value = _ANSWERS[function](self, *arguments)
        except (CalendarError, CallError):
            return None
        return answer

    def obstacle(self, function: str, arguments: tuple[Value, ...]) -> str:
        """Why a function cannot answer known arguments, without naming the days; nothing when it can."""
        wanted = needs_calendar(function, arguments)
        if wanted == "school" and self.school is None:
            return self.without_school
        if wanted == "working" and self.working is None:
            return "the policy has no working-day calendar"
        if self.call(function, arguments) is not None:
            return ""
        return self._uncovered(wanted) if wanted else f"{function}() cannot be worked out from these facts"

    def _uncovered(self, wanted: str) -> str:
        calendar = self.school if wanted == "school" else self.working
        if calendar is None:  # pragma: no cover - the caller has looked
            return ""
        return f"calendar {calendar.name!r} covers {calendar.first} to {calendar.last}, and this reaches outside it"


def _again(law: Law, school: SchoolCalendar | None, working: WorkingCalendar | None, without_school: str) -> Moment:
    return Moment(law=law, school=school, working=working, without_school=without_school)


def needs_calendar(function: str, arguments: tuple[Value, ...] = ()) -> str:
    """Which calendar a function counts in, "school" or "working"; a span decides for the functions that take one."""
    for argument in arguments:
        if isinstance(argument, Span):
            return {Unit.SCHOOL_DAY: "school", Unit.WORKING_DAY: "working"}.get(argument.unit, "")
    return FUNCTIONS[function].needs_calendar


def _days_since(moment: Moment, day: date) -> int:
    return (moment.today - day).days


def _days_between(_: Moment, first: date, last: date) -> int:
    return (last - first).days


def _school_days_from(moment: Moment, day: date) -> int | None:
    school, today = moment.school, moment.today
    if school is None or not (school.covers(day) and school.covers(today)):
        return None
    return 0 if day > today else school.school_days_between(day, today)


def _school_days_since(moment: Moment, day: date) -> int | None:
    counted = _school_days_from(moment, day)
    if not counted or moment.school is None:
        return counted
    return counted - moment.school.is_school_day(day)


def _working_days_since(moment: Moment, day: date) -> int | None:
    working, today = moment.working, moment.today
    if working is None or not (working.covers(day) and working.covers(today)):
        return None
    return 0 if day >= today else working.working_days_between(day, today) - working.is_working_day(day)


def _last_day(moment: Moment, span: Span, day: date) -> date:
    return deadline(span, day, school=moment.school, working=moment.working).last_day


def _first_day_after(moment: Moment, span: Span, day: date) -> date:
    return deadline(span, day, school=moment.school, working=moment.working).act_from


def _rate(_: Moment, part: int, whole: int) -> int | None:
    return part * _PERCENT // whole if whole > 0 else None


def _school_age_begins(moment: Moment, born: date) -> date | None:
    rules = moment.law.school_age
    return school_age_begins(born, rules) if rules else None


def _school_age_ends(moment: Moment, born: date) -> date | None:
    rules = moment.law.school_age
    return school_age_ends(born, rules) if rules else None


def _year_group(moment: Moment, born: date) -> int | None:
    rules = moment.law.school_age
    return year_group(born, moment.today, rules) if rules else None


def _age(moment: Moment, born: date) -> int:
    return age_on(born, moment.today)


_ANSWERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "happened": lambda moment, day: day <= moment.today,
        "passed": lambda moment, day: day < moment.today,
        "days_since": _days_since,
        "days_between": _days_between,
        "school_days_from": _school_days_from,
        "school_days_since": _school_days_since,
        "working_days_since": _working_days_since,
        "last_day": _last_day,
        "first_day_after": _first_day_after,
        "rate": _rate,
        "school_age_begins": _school_age_begins,
        "school_age_ends": _school_age_ends,
        "year_group": _year_group,
        "age": _age,
    }
)
