"""How old a child is in the eyes of school: compulsory school age, and the year of the national curriculum.

The numbers (which days, which ages) are a `SchoolAge`, made from policy data; the working out is here.
A person reaches an age at the start of the birthday. Born on 29 February, the birthday of other years is 1 March.
Each function takes about a microsecond, keeps nothing, and refuses a `datetime` with `CallError`.
"""

from datetime import MAXYEAR, date
from typing import NoReturn

from attrs import Attribute, field, frozen

from cme_rules.domain.checks import the_day
from cme_rules.errors import CallError

__all__ = [
    "MonthDay",
    "SchoolAge",
    "age_on",
    "is_of_school_age",
    "leaving_date",
    "school_age_begins",
    "school_age_ends",
    "school_year_began",
    "year_group",
]

MonthDay = tuple[int, int]
"""A day of every year: month, then day of the month."""

_COMMON_YEAR = 2001
_DAYS_OF_A_WEEK = 7


def _in_order(days: tuple[MonthDay, ...]) -> tuple[MonthDay, ...]:
    """Put days of the year in order, so that data may list them as its source does."""
    return tuple(sorted(days))


@frozen(kw_only=True)
class SchoolAge:
    """The numbers of compulsory school age, as the law of one day has them.

    Ages in years. `prescribed_days` are the days of the year on one of which it begins. It ends with the last
    `leaving_weekday` (Monday is 0) of `leaving_month`. `school_year_starts` is the first day of the first term after
    July: where that day moves from year to year, give that year's with `attrs.evolve`.
    Numbers that do not fit together raise `CallError`.
    """

    start_age: int
    prescribed_days: tuple[MonthDay, ...] = field(converter=_in_order)
    end_age: int = field()
    leaving_weekday: int = field()
    leaving_month: int = field()
    school_year_starts: MonthDay = field()
    cohort_ends: MonthDay = field(init=False, repr=False, eq=False)
    """The last prescribed day before the school year starts: who has reached the start age by then is in year 1."""

    @cohort_ends.default
    def _last_day_before_the_year_starts(self) -> MonthDay:
        return max((day for day in self.prescribed_days if day < self.school_year_starts), default=(0, 0))

    @end_age.validator
    def _ends_after_it_starts(self, _: "Attribute[int]", value: int) -> None:
        if not 0 <= self.start_age < value:
            _refuse("end_age", f"more than start_age ({self.start_age}), itself not below 0,", value)

    @leaving_weekday.validator
    def _is_a_weekday(self, _: "Attribute[int]", value: int) -> None:
        if not 0 <= value < _DAYS_OF_A_WEEK:
            _refuse("leaving_weekday", "a weekday from 0 (Monday) to 6", value)

    @leaving_month.validator
    def _leaves_before_the_year_starts(self, _: "Attribute[int]", value: int) -> None:
        if not 1 <= value < self.school_year_starts[0]:
            _refuse("leaving_month", "a month before the one in which the school year starts", value)

    @prescribed_days.validator
    def _are_days_of_every_year(self, _: "Attribute[tuple[MonthDay, ...]]", value: tuple[MonthDay, ...]) -> None:
        if not all(_is_day_of_every_year(*day) for day in value):
            _refuse("prescribed_days", "each a (month, day) of every year", value)

    @school_year_starts.validator
    def _starts_after_a_prescribed_day(self, _: "Attribute[MonthDay]", value: MonthDay) -> None:
        if not _is_day_of_every_year(*value) or self.cohort_ends not in self.prescribed_days:
            _refuse("school_year_starts", "a (month, day) of every year, with a prescribed day before it,", value)


def school_age_begins(born: date, rules: SchoolAge) -> date:
    """First day of compulsory school age: the first prescribed day on or after the birthday of the start age.

    >>> from cme_rules.domain.ages import SchoolAge, school_age_begins
    >>> rules = SchoolAge(
    ...     start_age=5,
    ...     prescribed_days=((3, 31), (8, 31), (12, 31)),
    ...     end_age=16,
    ...     leaving_weekday=4,
    ...     leaving_month=6,
    ...     school_year_starts=(9, 1),
    ... )
    >>> school_age_begins(date(2019, 2, 10), rules)
    datetime.date(2024, 3, 31)
    """
    _check_born(born, rules)
    birthday = (born.month, born.day)
    year = born.year + rules.start_age
    for month, day in rules.prescribed_days:
        if birthday <= (month, day):
            return date(year, month, day)
    month, day = rules.prescribed_days[0]
    return date(year + 1, month, day)


def school_age_ends(born: date, rules: SchoolAge) -> date:
    """Last day of compulsory school age, that day included: a leaving date.

    The law has three limbs: (a) who reaches the end age after a leaving date but before the next school year begins
    left on that date, (b) who reaches it on a leaving date leaves that day, (c) everyone else leaves on the next one.
    Told by the calendar year of that birthday it is one question: does the birthday come before the school year
    that begins in that year? If so, that year's leaving date; otherwise the next year's.
    """
    _check_born(born, rules)
    year = born.year + rules.end_age
    if (born.month, born.day) >= rules.school_year_starts:
        year += 1
    return leaving_date(year, rules)


def leaving_date(year: int, rules: SchoolAge) -> date:
    """The day in a calendar year at the end of which pupils may leave: the last such weekday of the month."""
    last = date(year, rules.leaving_month + 1, 1).toordinal() - 1
    return date.fromordinal(last - (last - 1 - rules.leaving_weekday) % _DAYS_OF_A_WEEK)


def is_of_school_age(born: date, on: date, rules: SchoolAge) -> bool:
    """Say whether a child is of compulsory school age on a day; first and last day are both included."""
    _check_on(born, on)
    return school_age_begins(born, rules) <= on <= school_age_ends(born, rules)


def age_on(born: date, on: date) -> int:
    """Age in whole years on a day; the birthday itself counts. Before the birth there is no age: `CallError`.

    >>> age_on(date(2020, 2, 29), date(2025, 2, 28)), age_on(date(2020, 2, 29), date(2025, 3, 1))
    (4, 5)
    """
    _check_on(born, on)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def school_year_began(on: date, rules: SchoolAge) -> date:
    """The first day of the school year of a day: figures for the year to date run from here."""
    the_day(on, "on")
    return date(_year_of_autumn(on, rules), *rules.school_year_starts)


def year_group(born: date, on: date, rules: SchoolAge) -> int:
    """National-curriculum year on a day: Reception is 0, nursery years are below 0.

    It turns on the day the school year starts. Who belongs to which year does not move with that day: a child is in
    year 1 from the first school year to begin after a summer prescribed day by which the start age was reached.
    It is the year the date of birth points to; a child taught out of year is not seen. It has no upper bound.
    """
    _check_on(born, on)
    year_one = born.year + rules.start_age + ((born.month, born.day) > rules.cohort_ends)
    return _year_of_autumn(on, rules) - year_one + 1


def _year_of_autumn(on: date, rules: SchoolAge) -> int:
    """The calendar year in which the school year of a day began."""
    return on.year - ((on.month, on.day) < rules.school_year_starts)


def _check_born(born: date, rules: SchoolAge) -> None:
    if type(born) is not date:  # the common case costs no call
        the_day(born, "born")
    if born.year + rules.end_age >= MAXYEAR:
        msg = "born: a year in which the end of compulsory school age can be reckoned was expected"
        raise CallError(msg)


def _check_on(born: date, on: date) -> None:
    if type(on) is not date or type(born) is not date:  # the common case costs no call
        the_day(on, "on")
        the_day(born, "born")
    if on < born:
        msg = "on: a day on or after the date of birth was expected"
        raise CallError(msg)


def _is_day_of_every_year(month: int, day: int) -> bool:
    try:
        date(_COMMON_YEAR, month, day)
    except ValueError:
        return False
    return True


def _refuse(name: str, expected: str, found: object) -> NoReturn:
    msg = f"SchoolAge.{name}: {expected} was expected, found {found}"
    raise CallError(msg)
