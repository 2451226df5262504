"""What must hold of every calendar, tried against the plainest way there is: going through the days one by one."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from cme_rules.calendars.days import BOTH, DayKind, SchoolYear, Session, Term
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.calendars.spans import Counted, Span, Unit, deadline, last_day
from cme_rules.calendars.working import BankHolidays, WorkingCalendar
from cme_rules.errors import InconsistentCalendar, OutsideCoverage

FIRST = date(2024, 9, 1)
A_DAY = timedelta(days=1)


def day_at(place: int) -> date:
    return FIRST + place * A_DAY


def days(cal: SchoolCalendar | WorkingCalendar) -> list[date]:
    return [cal.first + place * A_DAY for place in range((cal.last - cal.first).days + 1)]


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    """A year of one to four terms, with bank holidays, INSET days, closures and days opened, where they fit."""
    length = draw(st.integers(30, 200))
    places = sorted(draw(st.lists(st.integers(0, length - 1), min_size=2, max_size=8, unique=True)))
    terms = tuple(
        Term(name=f"Term {number}", first=day_at(start), last=day_at(end))
        for number, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False), 1)
    )
    year = SchoolYear(label="2024/25", first=FIRST, last=day_at(length - 1), terms=terms)
    some_days = st.lists(st.integers(0, length - 1).map(day_at), max_size=5, unique=True)
    cal = SchoolCalendar.from_terms(
        "any", [year], bank_holidays=draw(some_days), weekdays=draw(st.sampled_from([range(5), range(6)]))
    )
    sessions = st.sampled_from([BOTH, frozenset({Session.AM}), frozenset({Session.PM})])
    for day in draw(some_days):
        halves, kind = draw(sessions), draw(st.sampled_from([None, DayKind.BREAK, DayKind.OCCASIONAL]))
        emergency = draw(st.booleans())
        cal = where_it_fits(cal, lambda c: c.closed(day, day, sessions=halves, kind=kind, emergency=emergency))  # noqa: B023
    for day in draw(some_days):
        cal = where_it_fits(cal, lambda c: c.opened(day, day))  # noqa: B023
    for day in draw(some_days):
        cal = where_it_fits(cal, lambda c: c.with_inset([day]))  # noqa: B023
    return cal


def where_it_fits(cal: SchoolCalendar, change: Callable[[SchoolCalendar], SchoolCalendar]) -> SchoolCalendar:
    try:
        return change(cal)
    except InconsistentCalendar:
        return cal


@st.composite
def ranges(draw: st.DrawFn) -> tuple[SchoolCalendar, date, date]:
    cal = draw(calendars())
    start, end = sorted(draw(st.tuples(st.sampled_from(days(cal)), st.sampled_from(days(cal)))))
    return cal, start, end


def held(cal: SchoolCalendar, first: date, last: date) -> list[date]:
    """The school days of a range, by looking at the sessions of each day."""
    return [day for day in days(cal) if first <= day <= last and cal.sessions(day)]


class TestAgainstGoingThroughTheDays:
    """Looking at every day in turn is slow and plainly right."""

    @given(ranges())
    def test_counts_and_lists(self, given_: tuple[SchoolCalendar, date, date]) -> None:
        cal, first, last = given_
        expected = held(cal, first, last)

        assert cal.school_days_between(first, last) == len(expected)
        assert list(cal.iter_school_days(first, last)) == expected
        assert cal.sessions_between(first, last) == sum(len(cal.sessions(day)) for day in expected)
        assert [cal.is_school_day(day) for day in days(cal)] == [bool(cal.sessions(day)) for day in days(cal)]

    @given(ranges(), st.integers(1, 30))
    def test_nth_after_and_before(self, given_: tuple[SchoolCalendar, date, date], n: int) -> None:
        cal, day, _ = given_
        later, earlier = held(cal, day, cal.last), held(cal, cal.first, day)[::-1]
        for ask, among in (
            (cal.nth_school_day, later),
            (cal.school_day_after, [each for each in later if each > day]),
            (cal.school_day_before, [each for each in earlier if each < day]),
        ):
            assert answered(ask, day, n) == (among[n - 1] if n <= len(among) else None)

    @given(ranges())
    def test_an_absence(self, given_: tuple[SchoolCalendar, date, date]) -> None:
        cal, first, last = given_
        expected = held(cal, first, last)
        away = cal.absence(first, last)

        assert away.school_days == len(expected)
        assert (away.first_counted, away.last_counted) == ((expected[0], expected[-1]) if expected else (None, None))
        assert all(not cal.school_days_between(gap.first, gap.last) for gap in away.crosses)


def answered(ask: Callable[[date, int], date], day: date, n: int) -> date | None:
    """The answer, or None where the calendar says it does not reach that far."""
    try:
        return ask(day, n)
    except OutsideCoverage:
        return None


class TestLaws:
    """How the answers of one calendar hang together."""

    @given(ranges(), st.integers(1, 40))
    def test_from_a_day_to_its_nth_school_day_there_are_n(
        self, given_: tuple[SchoolCalendar, date, date], n: int
    ) -> None:
        cal, day, _ = given_
        nth = answered(cal.nth_school_day, day, n)
        assume(nth is not None)
        assert nth is not None

        assert cal.school_days_between(day, nth) == n

    @given(ranges())
    def test_the_nth_school_day_grows_with_n(self, given_: tuple[SchoolCalendar, date, date]) -> None:
        cal, day, _ = given_
        listed = [cal.nth_school_day(day, n) for n in range(1, cal.school_days_between(day, cal.last) + 1)]

        assert all(earlier < later for earlier, later in pairwise(listed))

    @given(ranges(), st.data())
    def test_two_parts_make_the_whole(self, given_: tuple[SchoolCalendar, date, date], data: st.DataObject) -> None:
        cal, first, last = given_
        assume(first < last)
        cut = data.draw(st.sampled_from([day for day in days(cal) if first <= day < last]))

        parts = cal.school_days_between(first, cut) + cal.school_days_between(cut + A_DAY, last)
        assert parts == cal.school_days_between(first, last)

    @given(calendars())
    def test_every_day_is_of_one_kind_and_pupils_come_on_school_days_only(self, cal: SchoolCalendar) -> None:
        for day in days(cal):
            place = 1 << (day - cal.first).days
            assert sum(bool(bits & place) for _, bits in cal.marks) <= 1
            attended = cal.explain(day).kind in {DayKind.SCHOOL_DAY, DayKind.PARTLY_CLOSED}
            assert attended == cal.is_school_day(day)

    @given(ranges())
    def test_many_are_as_many_single_answers(self, given_: tuple[SchoolCalendar, date, date]) -> None:
        cal, first, last = given_
        starts = [day for day in days(cal) if first <= day <= last]

        assert cal.school_days_between_many(starts, [last] * len(starts)) == [
            cal.school_days_between(start, last) for start in starts
        ]

    @given(ranges(), st.integers(1, 20), st.sampled_from(Counted))
    def test_the_next_step_comes_the_day_after_the_last_school_day_of_a_span(
        self, given_: tuple[SchoolCalendar, date, date], n: int, counted: Counted
    ) -> None:
        cal, day, _ = given_
        try:
            end = deadline(Span(n, Unit.SCHOOL_DAY, counted), day, school=cal)
        except OutsideCoverage:
            return
        assert end.act_from - end.last_day == A_DAY
        assert cal.school_days_between(end.counted_from, end.last_day) == n
        assert (end.counted_from > day) or counted is Counted.BEGINNING_WITH

    @given(calendars(), calendars(), st.data())
    def test_spliced_calendars_agree_with_each_on_its_side(
        self, cal: SchoolCalendar, other: SchoolCalendar, data: st.DataObject
    ) -> None:
        shared = [day for day in days(cal) if day > cal.first and other.covers(day)]
        moved = data.draw(st.sampled_from(shared))
        both = cal.spliced(other, from_=moved)

        assert both.last == other.last
        for day in days(both):
            side = cal if day < moved else other
            assert both.sessions(day) == side.sessions(day)
            assert both.explain(day).kind == side.explain(day).kind
            assert both.term(day) == side.term(day)


@given(st.integers(1, 60), st.lists(st.integers(0, 99).map(day_at), max_size=8), st.integers(0, 40))
def test_working_days_against_going_through_the_days(length: int, holidays: list[date], n: int) -> None:
    cal = WorkingCalendar(
        bank_holidays=BankHolidays(
            id="any", first=FIRST, published_through=day_at(length - 1), days=tuple(sorted(set(holidays)))
        )
    )
    expected = [day for day in days(cal) if day.weekday() < 5 and day not in holidays]

    assert list(cal.iter_working_days(cal.first, cal.last)) == expected
    assert cal.working_days_between(cal.first, cal.last) == len(expected)
    assert answered(cal.nth_working_day, FIRST, n + 1) == (expected[n] if n < len(expected) else None)


@given(st.dates(max_value=date(2900, 12, 31)), st.integers(1, 1_200))
def test_months_against_a_library_that_knows_them(start: date, count: int) -> None:
    corresponding = start + relativedelta(months=count)
    day_before = corresponding - A_DAY if corresponding.day == start.day else corresponding

    assert last_day(Span(count, Unit.MONTH, Counted.AFTER), start) == corresponding
    assert last_day(Span(count, Unit.MONTH, Counted.CLEAR), start) == corresponding
    assert last_day(Span(count, Unit.MONTH, Counted.BEGINNING_WITH), start) == day_before
