from datetime import UTC, date, datetime, timedelta

import pytest

from cme_rules.calendars.spans import Certainty, Counted, Deadline, Span, Unit, deadline, first_day_after, last_day
from cme_rules.errors import CallError, NotADate, OutsideCoverage
from tests.calendars.given import school, working

FRIDAY = date(2026, 3, 20)
BEGINNING_WITH, AFTER, CLEAR = Counted


def days(count: int, counted: Counted = AFTER, unit: Unit = Unit.CALENDAR_DAY) -> Span:
    return Span(count, unit, counted)


class TestFifteenDaysOfAnEventOnAFriday:
    """The same fifteen days end on three different dates: the counting word decides."""

    @pytest.mark.parametrize(
        ("counted", "last", "act_from"),
        [
            (BEGINNING_WITH, date(2026, 4, 3), date(2026, 4, 4)),
            (AFTER, date(2026, 4, 4), date(2026, 4, 5)),
            (CLEAR, date(2026, 4, 4), date(2026, 4, 5)),
        ],
    )
    def test_each_way_of_counting(self, counted: Counted, last: date, act_from: date) -> None:
        end = deadline(days(15, counted), FRIDAY)

        assert (end.last_day, end.act_from) == (last, act_from)

    def test_the_fifth_day_after(self) -> None:
        assert last_day(days(5), FRIDAY) == date(2026, 3, 25)

    def test_one_day_beginning_with_a_day_is_that_day(self) -> None:
        assert last_day(days(1, BEGINNING_WITH), FRIDAY) == FRIDAY

    def test_nothing_can_move_calendar_days(self) -> None:
        assert deadline(days(15, BEGINNING_WITH), FRIDAY) == Deadline(
            last_day=date(2026, 4, 3),
            act_from=date(2026, 4, 4),
            span=days(15, BEGINNING_WITH),
            counted_from=FRIDAY,
            calendar=None,
            certainty=Certainty.ACTUAL,
        )


class TestWeeksAndMonths:
    """Weeks are seven days; months end on the corresponding day."""

    @pytest.mark.parametrize(
        ("counted", "last"),
        [(BEGINNING_WITH, date(2026, 4, 16)), (AFTER, date(2026, 4, 17)), (CLEAR, date(2026, 4, 17))],
    )
    def test_four_weeks(self, counted: Counted, last: date) -> None:
        assert last_day(days(4, counted, Unit.WEEK), FRIDAY) == last

    @pytest.mark.parametrize(
        ("start", "counted", "last"),
        [
            (date(2026, 3, 1), BEGINNING_WITH, date(2026, 3, 31)),
            (date(2026, 3, 1), AFTER, date(2026, 4, 1)),
            (date(2026, 1, 31), BEGINNING_WITH, date(2026, 2, 28)),
            (date(2026, 1, 31), AFTER, date(2026, 2, 28)),
            (date(2028, 1, 31), AFTER, date(2028, 2, 29)),
        ],
    )
    def test_a_month(self, start: date, counted: Counted, last: date) -> None:
        assert last_day(days(1, counted, Unit.MONTH), start) == last

    def test_the_first_day_counted_is_said_for_them_too(self) -> None:
        assert deadline(days(4, AFTER, Unit.WEEK), FRIDAY).counted_from == date(2026, 3, 21)
        assert deadline(days(4, BEGINNING_WITH, Unit.MONTH), FRIDAY).counted_from == FRIDAY


class TestSchoolDays:
    """Only days on which pupils are expected count."""

    MONDAY = date(2025, 10, 20)

    def last(self, count: int, counted: Counted, start: date) -> date:
        return last_day(days(count, counted, Unit.SCHOOL_DAY), start, school=school())

    def test_beginning_with_a_school_day_counts_it(self) -> None:
        assert self.last(5, BEGINNING_WITH, self.MONDAY) == date(2025, 10, 24)

    def test_the_sixth_comes_after_the_half_term_break(self) -> None:
        assert self.last(6, BEGINNING_WITH, self.MONDAY) == date(2025, 11, 3)

    def test_after_a_school_day_does_not_count_it(self) -> None:
        assert self.last(5, AFTER, self.MONDAY) == date(2025, 11, 3)

    def test_beginning_with_a_closed_day_makes_the_next_school_day_the_first(self) -> None:
        end = deadline(days(1, BEGINNING_WITH, Unit.SCHOOL_DAY), date(2025, 10, 25), school=school())

        assert (end.last_day, end.counted_from) == (date(2025, 11, 3), date(2025, 11, 3))

    def test_an_inset_day_is_no_school_day(self) -> None:
        assert self.last(1, BEGINNING_WITH, date(2025, 9, 3)) == date(2025, 9, 4)

    def test_clear_days_end_as_after_and_the_event_comes_the_day_after(self) -> None:
        end = deadline(days(5, CLEAR, Unit.SCHOOL_DAY), self.MONDAY, school=school())

        assert (end.last_day, end.act_from) == (date(2025, 11, 3), date(2025, 11, 4))

    def test_the_next_step_is_lawful_on_the_calendar_day_after_even_if_school_is_closed(self) -> None:
        span = days(5, BEGINNING_WITH, Unit.SCHOOL_DAY)

        assert first_day_after(span, self.MONDAY, school=school()) == date(2025, 10, 25)

    def test_the_calendar_and_its_certainty_are_told(self) -> None:
        end = deadline(days(30, AFTER, Unit.SCHOOL_DAY), date(2026, 5, 1), school=school())

        assert (end.calendar, end.certainty) == ("the_shire", Certainty.PROPOSED)

    def test_without_a_calendar_there_is_no_answer(self) -> None:
        with pytest.raises(CallError, match=r"a span in school days needs a school calendar: give school=…"):
            last_day(days(5, AFTER, Unit.SCHOOL_DAY), self.MONDAY)

    def test_beyond_the_calendar_there_is_no_answer(self) -> None:
        with pytest.raises(OutsideCoverage, match="2027/28"):
            self.last(500, AFTER, self.MONDAY)


class TestWorkingDays:
    """Monday to Friday less bank holidays."""

    EVE = date(2025, 12, 24)

    def last(self, count: int, counted: Counted, start: date) -> date:
        return last_day(days(count, counted, Unit.WORKING_DAY), start, working=working())

    def test_christmas_does_not_count(self) -> None:
        assert self.last(1, AFTER, self.EVE) == date(2025, 12, 29)

    def test_beginning_with_a_working_day_counts_it(self) -> None:
        assert self.last(2, BEGINNING_WITH, self.EVE) == date(2025, 12, 29)

    def test_a_deadline_on_announced_holidays_is_published_and_beyond_them_projected(self) -> None:
        span = days(1, AFTER, Unit.WORKING_DAY)
        surely = deadline(span, self.EVE, working=working())
        perhaps = deadline(span, date(2026, 9, 30), working=working())

        assert (surely.calendar, surely.certainty) == ("the_land", Certainty.PUBLISHED)
        assert perhaps.certainty is Certainty.PROJECTED

    def test_without_a_calendar_there_is_no_answer(self) -> None:
        with pytest.raises(CallError, match=r"a span in working days needs a working calendar: give working=…"):
            deadline(days(5, AFTER, Unit.WORKING_DAY), self.EVE)


class TestWhatIsRefused:
    """A clear message each."""

    @pytest.mark.parametrize("count", [0, -1, True, 1.5, "3"])
    def test_counts_that_are_no_whole_number_from_1(self, count: int) -> None:
        with pytest.raises(CallError, match="a span counts a whole number from 1 upwards"):
            Span(count, Unit.WEEK, AFTER)

    def test_a_unit_as_text(self) -> None:
        with pytest.raises(CallError, match=r"the unit of a span is one of Unit.CALENDAR_DAY"):
            Span(1, "week", AFTER)  # type: ignore[arg-type]

    def test_a_way_of_counting_as_text(self) -> None:
        with pytest.raises(CallError, match=r"a span is counted as one of Counted.BEGINNING_WITH"):
            Span(1, Unit.WEEK, "after")  # type: ignore[arg-type]

    @pytest.mark.parametrize("unit", Unit)
    def test_moments(self, unit: Unit) -> None:
        with pytest.raises(NotADate):
            last_day(days(1, AFTER, unit), datetime(2025, 10, 1, tzinfo=UTC), school=school(), working=working())

    @pytest.mark.parametrize("unit", [Unit.CALENDAR_DAY, Unit.WEEK, Unit.MONTH])
    def test_spans_past_the_end_of_time(self, unit: Unit) -> None:
        with pytest.raises(CallError, match="the span runs past the last day"):
            last_day(days(1, AFTER, unit), date.max)

    def test_a_next_step_past_the_end_of_time(self) -> None:
        with pytest.raises(CallError, match="the span runs past the last day"):
            first_day_after(days(1), date.max - timedelta(days=1))


def test_a_span_reads_as_words() -> None:
    assert str(Span(1, Unit.WEEK, AFTER)) == "1 week, after"
    assert str(Span(20, Unit.SCHOOL_DAY, BEGINNING_WITH)) == "20 school days, beginning with"
