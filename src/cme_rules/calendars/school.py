"""A school calendar: which days pupils attend, half a day at a time, and every count over them.

It is a value: changing it makes another one. It answers for the days it declares to cover and for no others.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Self

from attrs import evolve, field, frozen

from cme_rules.calendars import changes, runs
from cme_rules.calendars.bits import Marks, bits_of, one_span, plain_days
from cme_rules.calendars.checks import contradictions
from cme_rules.calendars.columns import DayColumn, in_columns
from cme_rules.calendars.counting import DayCount
from cme_rules.calendars.days import (
    BOTH,
    Absence,
    Certainty,
    Day,
    DayKind,
    Note,
    SchoolYear,
    Session,
    Term,
    checked,
)
from cme_rules.domain.shown import mimebundle
from cme_rules.errors import CallError, InconsistentCalendar

__all__ = ["MON_FRI", "SchoolCalendar"]

MON_FRI = (0, 1, 2, 3, 4)
"""Monday to Friday, as `date.weekday` numbers them."""


@frozen(kw_only=True)
class SchoolCalendar:
    """The school days of one school, or of the schools that follow one authority; make it with `from_terms`.

    `first` and `last` are the days it covers, both included. Bit i of `am` and of `pm` stands for `first` + i days
    and says whether that session is held. `actual_to` is the day up to which closures that happened are recorded.
    Every method that takes a day raises `OutsideCoverage` for one not covered and `NotADate` for a datetime.
    """

    _repr_mimebundle_ = mimebundle

    name: str
    first: date
    last: date
    am: int = field(repr=False)
    pm: int = field(repr=False)
    years: tuple[SchoolYear, ...] = field(hash=False, repr=False)
    marks: Marks = field(hash=False, repr=False)
    notes: tuple[Note, ...] = field(default=(), hash=False, repr=False)
    prevented: tuple[int, int] = field(default=(0, 0), hash=False, repr=False)
    actual_to: date | None = field(default=None, hash=False, repr=False)
    file: str = field(default="", eq=False, repr=False)
    _days: DayCount = field(init=False, eq=False, repr=False)
    _sessions: tuple[DayCount, DayCount] = field(init=False, eq=False, repr=False)

    @_days.default
    def _count_days(self) -> DayCount:
        return self._count(self.am if self.am == self.pm else self.am | self.pm)

    @_sessions.default
    def _count_sessions(self) -> tuple[DayCount, DayCount]:
        return self._count(self.am), self._count(self.pm)

    def _count(self, bits: int) -> DayCount:
        return DayCount(name=self.name, first=self.first, last=self.last, bits=bits, file=self.file, days="school days")

    @classmethod
    def from_terms(
        cls,
        name: str,
        years: Iterable[SchoolYear],
        *,
        inset: Iterable[date] = (),
        bank_holidays: Iterable[date] = (),
        weekdays: Sequence[int] = MON_FRI,
        actual_to: date | None = None,
        file: str = "",
    ) -> Self:
        """Put a calendar together from terms, less bank holidays, weekends and INSET days.

        Raises:
            InconsistentCalendar: terms overlap, leave the coverage, or an INSET day is no open day.
        """
        listed = tuple(years)
        if wrong := contradictions(listed):
            raise InconsistentCalendar(name, tuple(f"{each.year}: {each.problem}" for each in wrong))
        first, last = listed[0].first, listed[-1].last
        spans = [(term.first, term.last) for year in listed for term in year.terms]
        held, marks = plain_days(first, last, spans, weekdays=weekdays, bank_holidays=bank_holidays)
        plain = cls(
            name=name,
            first=first,
            last=last,
            am=held,
            pm=held,
            years=listed,
            marks=marks,
            actual_to=actual_to,
            file=file,
        )
        return plain.with_inset(inset)

    def covers(self, day: date) -> bool:
        """Whether the calendar speaks for this day at all."""
        return self._days.covers(day)

    def is_school_day(self, day: date) -> bool:
        """Whether any session is held for pupils on the day."""
        return self._days.holds(day)

    def school_days_between(self, first: date, last: date) -> int:
        """How many school days there are from `first` to `last`, both included.

        Raises:
            ReversedRange: `first` comes after `last`.
        """
        return self._days.between(first, last)

    def nth_school_day(self, start: date, n: int) -> date:
        """The nth school day beginning with `start`: on a school day, `start` is the first; n is 1 or more."""
        return self._days.nth(start, n)

    def school_day_after(self, start: date, n: int = 1) -> date:
        """The nth school day after `start`, which is never counted; n is 1 or more."""
        return self._days.after(start, n)

    def school_day_before(self, start: date, n: int = 1) -> date:
        """The nth school day before `start`, which is never counted; n is 1 or more."""
        return self._days.preceding(start, n)

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a school day, otherwise the next one."""
        return self._days.nth(day, 1)

    def on_or_before(self, day: date) -> date:
        """The day itself if it is a school day, otherwise the one before."""
        return day if self._days.holds(day) else self._days.preceding(day, 1)

    def iter_school_days(self, first: date, last: date) -> Iterator[date]:
        """The school days from `first` to `last`, both included, in order."""
        return iter(self._days.through(first, last))

    def school_days_between_many(
        self, starts: Sequence[date] | DayColumn, ends: Sequence[date] | DayColumn
    ) -> list[int] | DayColumn:
        """`school_days_between`, row by row: a list for sequences of days, an array for arrays of days."""
        if len(starts) == len(ends):
            if isinstance(starts, DayColumn) and isinstance(ends, DayColumn):
                return in_columns(self._days, starts, ends)
            if not isinstance(starts, DayColumn) and not isinstance(ends, DayColumn):
                return list(map(self._days.between, starts, ends))
        msg = "starts and ends must be two sequences, or two arrays, of the same length"
        raise CallError(msg)

    def sessions(self, day: date) -> frozenset[Session]:
        """The sessions held on the day."""
        morning, afternoon = self._sessions
        held = {Session.AM: morning.holds(day), Session.PM: afternoon.holds(day)}
        return frozenset(half for half in Session if held[half])

    def sessions_between(self, first: date, last: date) -> int:
        """How many sessions are held from `first` to `last`, both included."""
        return sum(half.between(first, last) for half in self._sessions)

    def sessions_credited(self, first: date, last: date) -> int:
        """Sessions held, and those an emergency prevented: the law counts the latter as if the school had met."""
        span = one_span(self.first, first, last)
        return self.sessions_between(first, last) + sum((half & span).bit_count() for half in self.prevented)

    def days_of(self, kind: DayKind, first: date, last: date) -> int:
        """How many days of one marked kind (any but school days and breaks) lie from `first` to `last`, included."""
        self._days.between(first, last)
        return (bits_of(self.marks, kind) & one_span(self.first, first, last)).bit_count()

    def absence(self, first: date, until: date) -> Absence:
        """What an absence from `first` until `until`, both included, amounts to."""
        return runs.absence(self, first, until)

    def school_weeks_before(self, day: date, n: int) -> date:
        """The Monday that begins the last n school weeks up to and including the week of the day."""
        return runs.school_weeks_before(self, day, n)

    def term(self, day: date) -> Term | None:
        """The term the day lies in, or None between terms."""
        return runs.term(self, day)

    def school_year(self, day: date) -> SchoolYear:
        """The school year that holds the day: from the first day of its first term until the next one begins.

        Raises:
            OutsideCoverage: also for covered days before the first term known here, which end a year not known here.
        """
        return runs.school_year(self, day)

    def explain(self, day: date) -> Day:
        """What sort of day it is, why, and how sure that is."""
        return runs.explain(self, day)

    def certainty(self, first: date, last: date) -> Certainty:
        """How sure the school days from `first` to `last`, both included, are: as sure as the least sure of them."""
        return runs.certainty(self, first, last)

    def closed(
        self,
        first: date,
        last: date,
        *,
        sessions: frozenset[Session] = BOTH,
        reason: str = "",
        emergency: bool = False,
        kind: DayKind | None = None,
        some_pupils: bool = False,
    ) -> Self:
        """The calendar with these open days (both ends included) closed.

        `kind` is by default a planned closure, or an emergency if `emergency`; `BREAK` also shortens the term.
        With `some_pupils` the sessions are still held, for the other pupils: the days count as partly closed.

        Raises:
            InconsistentCalendar: the first or the last day is not open in any of the sessions.
        """
        closure = changes.Closure(
            first=checked(first),
            last=checked(last),
            sessions=sessions,
            reason=reason,
            emergency=emergency,
            kind=kind,
            some_pupils=some_pupils,
        )
        return changes.close(self, closure)

    def opened(self, first: date, last: date, *, reason: str = "") -> Self:
        """The calendar with these days (both ends included; weekends only if named as a single day) opened.

        Raises:
            InconsistentCalendar: one of the days is open already.
        """
        return changes.open_up(self, checked(first), checked(last), reason=reason)

    def with_inset(self, days: Iterable[date]) -> Self:
        """The calendar with these open days given to staff training.

        Raises:
            InconsistentCalendar: one of the days is not an open day.
        """
        return changes.with_inset(self, tuple(days))

    def spliced(self, other: Self, *, from_: date) -> Self:
        """This calendar up to the day before `from_`, and the other one from that day on (a change of school)."""
        return changes.splice(self, other, checked(from_))

    def assumed(self) -> Self:
        """The same calendar taken for a school that has not published its own: no surer than `ASSUMED`."""
        return evolve(self, years=tuple(runs.no_surer(year, Certainty.ASSUMED) for year in self.years))

    def same_days(self, other: Self) -> bool:
        """Whether both cover the same days and hold the same sessions, whatever they are called."""
        return (self.first, self.last, self.am, self.pm) == (other.first, other.last, other.am, other.pm)
