"""Working days: Monday to Friday less the bank holidays of a list that says how far it was published."""

from collections.abc import Iterator
from datetime import date
from typing import Self

from attrs import evolve, field, frozen

from cme_rules.calendars.bits import days_bits, weekday_bits
from cme_rules.calendars.counting import DayCount
from cme_rules.calendars.days import Certainty

__all__ = ["BankHolidays", "WorkingCalendar"]

_MON_FRI = range(5)


@frozen(kw_only=True)
class BankHolidays:
    """The bank holidays that fall on weekdays from `first` to `published_through`, both included.

    Days after `published_through`, up to `projected_through`, follow from a rule; nobody has announced them. `rule`
    names the country, and its part, whose rule that is.
    """

    id: str
    first: date
    published_through: date
    days: tuple[date, ...] = field(repr=False)
    substitute: tuple[date, ...] = field(default=(), repr=False)
    one_off: tuple[date, ...] = field(default=(), repr=False)
    projected_through: date | None = None
    rule: tuple[str, ...] = ()
    source: str = ""
    read: date | None = None
    file: str = field(default="", eq=False, repr=False)

    @property
    def last(self) -> date:
        """The last day the list speaks for, by announcement or by projection."""
        return self.projected_through or self.published_through

    def projected(self, days: tuple[date, ...], through: date) -> Self:
        """The list carried on to `through` with days that follow from a rule; days already announced stay."""
        added = tuple(day for day in days if self.published_through < day <= through)
        announced = tuple(day for day in self.days if day <= self.published_through)
        return evolve(self, days=announced + added, projected_through=max(through, self.published_through))


@frozen(kw_only=True)
class WorkingCalendar:
    """Monday to Friday less bank holidays, for the days its list of bank holidays speaks for.

    Every method that takes a day raises `OutsideCoverage` for one not covered and `NotADate` for a datetime.

    >>> two_days = (date(2026, 5, 4), date(2026, 5, 25))
    >>> spring = BankHolidays(id="spring", first=date(2026, 5, 1), published_through=date(2026, 5, 31), days=two_days)
    >>> WorkingCalendar(bank_holidays=spring).working_day_after(date(2026, 5, 1), 1)
    datetime.date(2026, 5, 5)
    """

    bank_holidays: BankHolidays
    _days: DayCount = field(init=False, eq=False, repr=False)

    @property
    def name(self) -> str:
        """The id of the list of bank holidays."""
        return self.bank_holidays.id

    @property
    def first(self) -> date:
        """The first day covered."""
        return self.bank_holidays.first

    @property
    def last(self) -> date:
        """The last day covered."""
        return self.bank_holidays.last

    @_days.default
    def _count_days(self) -> DayCount:
        length = (self.last - self.first).days + 1
        bits = weekday_bits(self.first, length, _MON_FRI)
        return DayCount(
            name=self.name,
            first=self.first,
            last=self.last,
            bits=bits & ~days_bits(self.first, self.last, self.bank_holidays.days),
            file=self.bank_holidays.file,
            days="working days",
            yearly=True,
        )

    def covers(self, day: date) -> bool:
        """Whether the calendar speaks for this day at all."""
        return self._days.covers(day)

    def is_working_day(self, day: date) -> bool:
        """Whether the day is a weekday and no bank holiday."""
        return self._days.holds(day)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days there are from `first` to `last`, both included.

        Raises:
            ReversedRange: `first` comes after `last`.
        """
        return self._days.between(first, last)

    def nth_working_day(self, start: date, n: int) -> date:
        """The nth working day beginning with `start`: on a working day, `start` is the first; n is 1 or more."""
        return self._days.nth(start, n)

    def working_day_after(self, start: date, n: int = 1) -> date:
        """The nth working day after `start`, which is never counted; n is 1 or more."""
        return self._days.after(start, n)

    def working_day_before(self, start: date, n: int = 1) -> date:
        """The nth working day before `start`, which is never counted; n is 1 or more."""
        return self._days.preceding(start, n)

    def iter_working_days(self, first: date, last: date) -> Iterator[date]:
        """The working days from `first` to `last`, both included, in order."""
        return iter(self._days.through(first, last))

    def certainty(self, first: date, last: date) -> Certainty:
        """`PUBLISHED` as far as the bank holidays were announced, `PROJECTED` beyond."""
        self._days.between(first, last)
        return Certainty.PUBLISHED if last <= self.bank_holidays.published_through else Certainty.PROJECTED
