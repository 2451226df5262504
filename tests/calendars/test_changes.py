from datetime import UTC, date, datetime

import pytest

from cme_rules.calendars.days import DayKind, Session
from cme_rules.errors import InconsistentCalendar, NotADate, OutsideCoverage, ReversedRange
from tests.calendars.given import AUTUMN, INSET, NEXT_YEAR, WINTER, YEAR, school

CAL = school()
LAST_WEEK = date(2025, 10, 20), date(2025, 10, 24)


class TestClosing:
    """A closure takes sessions out; what it is called depends on why."""

    def test_a_planned_closure(self) -> None:
        closed = CAL.closed(*LAST_WEEK, reason="polling station")

        assert closed.school_days_between(*LAST_WEEK) == 0
        assert closed.explain(LAST_WEEK[0]).kind is DayKind.CLOSURE_PLANNED
        assert closed.explain(LAST_WEEK[0]).label == "polling station"

    def test_an_emergency(self) -> None:
        closed = CAL.closed(*LAST_WEEK, emergency=True)

        assert closed.explain(LAST_WEEK[0]).kind is DayKind.CLOSURE_EMERGENCY
        assert closed.explain(LAST_WEEK[0]).label == "closure emergency"

    def test_another_kind_by_name(self) -> None:
        assert CAL.closed(*LAST_WEEK, kind=DayKind.OCCASIONAL).explain(LAST_WEEK[1]).kind is DayKind.OCCASIONAL

    def test_weekends_and_closed_days_inside_stay_what_they_are(self) -> None:
        closed = CAL.closed(date(2026, 5, 1), date(2026, 5, 5))

        assert closed.explain(date(2026, 5, 4)).kind is DayKind.BANK_HOLIDAY
        assert closed.explain(date(2026, 5, 3)).kind is DayKind.WEEKEND

    def test_a_closed_afternoon_leaves_a_school_day_partly_closed(self) -> None:
        closed = CAL.closed(*LAST_WEEK, sessions=frozenset({Session.PM}))

        assert closed.explain(LAST_WEEK[0]).kind is DayKind.PARTLY_CLOSED
        assert closed.explain(LAST_WEEK[0]).sessions == {Session.AM}
        assert closed.school_days_between(*LAST_WEEK) == 5

    def test_the_morning_closed_later_closes_the_day(self) -> None:
        closed = CAL.closed(*LAST_WEEK, sessions=frozenset({Session.PM})).closed(
            *LAST_WEEK, sessions=frozenset({Session.AM})
        )

        assert closed.explain(LAST_WEEK[0]).kind is DayKind.CLOSURE_PLANNED
        assert closed.school_days_between(*LAST_WEEK) == 0

    def test_closed_for_some_pupils_the_sessions_are_still_held(self) -> None:
        closed = CAL.closed(*LAST_WEEK, some_pupils=True, reason="year 7 only")

        assert closed.explain(LAST_WEEK[0]).kind is DayKind.PARTLY_CLOSED
        assert closed.sessions_between(*LAST_WEEK) == 10

    def test_closing_what_is_closed_is_a_stale_change(self) -> None:
        with pytest.raises(InconsistentCalendar, match="it closes 2025-10-25, which is not open: remove a change"):
            CAL.closed(LAST_WEEK[0], date(2025, 10, 25))

    def test_a_reversed_or_uncovered_or_momentary_closure_is_refused(self) -> None:
        with pytest.raises(ReversedRange):
            CAL.closed(LAST_WEEK[1], LAST_WEEK[0])
        with pytest.raises(OutsideCoverage):
            CAL.closed(date(2020, 1, 1), LAST_WEEK[0])
        with pytest.raises(NotADate):
            CAL.closed(datetime(2025, 10, 20, tzinfo=UTC), LAST_WEEK[1])


class TestALongerBreak:
    """A school that breaks up earlier has a shorter term, not a closure."""

    LONGER = CAL.closed(*LAST_WEEK, kind=DayKind.BREAK, reason="two weeks in October")

    def test_the_term_ends_before_it(self) -> None:
        assert self.LONGER.years[0].terms[0].last == date(2025, 10, 17)
        assert self.LONGER.term(LAST_WEEK[0]) is None

    def test_the_other_terms_stay(self) -> None:
        assert self.LONGER.years[0].terms[1:] == YEAR.terms[1:]
        assert self.LONGER.years[1] == NEXT_YEAR

    def test_the_days_are_a_break_with_its_reason(self) -> None:
        day = self.LONGER.explain(LAST_WEEK[0])

        assert (day.kind, day.label) == (DayKind.BREAK, "two weeks in October")

    def test_at_the_beginning_the_term_begins_after_it(self) -> None:
        later = CAL.closed(date(2025, 11, 3), date(2025, 11, 7), kind=DayKind.BREAK)

        assert later.years[0].terms[1].first == date(2025, 11, 10)

    def test_a_break_over_a_whole_term_leaves_the_term_its_name(self) -> None:
        gone = CAL.closed(WINTER.first, WINTER.last, kind=DayKind.BREAK)

        assert gone.years[0].terms[1] == WINTER
        assert gone.school_days_between(WINTER.first, WINTER.last) == 0


class TestOpening:
    """More days than the authority plans."""

    def test_days_after_a_term_make_it_longer(self) -> None:
        opened = CAL.opened(date(2026, 5, 25), date(2026, 5, 26), reason="longer summer term")

        assert opened.is_school_day(date(2026, 5, 26))
        assert opened.years[0].terms[-1].last == date(2026, 5, 26)
        assert opened.explain(date(2026, 5, 26)).label == "longer summer term"

    def test_days_before_a_term_make_it_begin_earlier(self) -> None:
        assert CAL.opened(date(2026, 4, 9), date(2026, 4, 10)).years[0].terms[-1].first == date(2026, 4, 9)

    def test_weekends_inside_stay_closed(self) -> None:
        opened = CAL.opened(date(2025, 10, 27), date(2025, 11, 2))

        assert opened.school_days_between(date(2025, 10, 27), date(2025, 11, 2)) == 5

    def test_a_saturday_by_name_is_opened(self) -> None:
        opened = CAL.opened(date(2025, 10, 11), date(2025, 10, 11))

        assert opened.is_school_day(date(2025, 10, 11))
        assert opened.explain(date(2025, 10, 11)).kind is DayKind.SCHOOL_DAY

    @pytest.mark.parametrize("day", [LAST_WEEK[0], INSET])
    def test_opening_what_is_open_is_a_stale_change(self, day: date) -> None:
        with pytest.raises(InconsistentCalendar, match=f"it opens {day}, which is open already: remove a change"):
            CAL.opened(day, day)

    def test_moments_are_refused(self) -> None:
        with pytest.raises(NotADate):
            CAL.opened(datetime(2025, 10, 27, tzinfo=UTC), date(2025, 10, 28))


class TestInset:
    """Training days keep pupils at home."""

    def test_more_training_days_take_pupils_out(self) -> None:
        trained = CAL.with_inset([LAST_WEEK[1]])

        assert trained.school_days_between(*LAST_WEEK) == 4
        assert trained.explain(LAST_WEEK[1]).kind is DayKind.INSET

    def test_not_on_a_day_already_taken(self) -> None:
        with pytest.raises(InconsistentCalendar, match="the INSET day 2025-09-03 is not an open day"):
            CAL.with_inset([INSET])

    def test_not_on_a_moment(self) -> None:
        with pytest.raises(NotADate):
            CAL.with_inset([datetime(2025, 10, 20, tzinfo=UTC)])


class TestSplicing:
    """A change of school in the middle of an absence: two schools' days, one count."""

    OTHER = school(YEAR, name="other").closed(*LAST_WEEK, kind=DayKind.BREAK)
    MOVED = date(2025, 10, 22)

    def test_each_school_counts_on_its_side_of_the_day(self) -> None:
        both = CAL.spliced(self.OTHER, from_=self.MOVED)

        assert both.school_days_between(*LAST_WEEK) == 2
        assert both.name == "the_shire then other"
        assert (both.first, both.last) == (CAL.first, self.OTHER.last)

    def test_terms_and_years_are_those_of_the_side(self) -> None:
        both = CAL.spliced(self.OTHER, from_=self.MOVED)

        assert both.term(date(2025, 10, 21)) == AUTUMN
        assert both.term(self.MOVED) is None
        assert both.school_year(self.MOVED).label == "2025/26"
        assert [(year.first, year.last) for year in both.years] == [
            (date(2025, 9, 1), date(2025, 10, 21)),
            (self.MOVED, date(2026, 8, 31)),
        ]

    def test_reasons_and_lost_sessions_come_along(self) -> None:
        snow = CAL.closed(date(2025, 10, 20), date(2025, 10, 23), emergency=True, reason="snow")
        both = snow.spliced(snow, from_=self.MOVED)

        assert both.same_days(snow)
        assert both.name == "the_shire"
        assert both.sessions_credited(*LAST_WEEK) == 10
        assert [note.text for note in both.notes] == ["snow", "snow"]

    def test_a_later_calendar_lengthens_the_coverage(self) -> None:
        later = school(YEAR).spliced(CAL, from_=NEXT_YEAR.first)

        assert later.same_days(CAL)

    def test_the_calendar_with_the_later_first_day_is_lined_up(self) -> None:
        next_year = CAL.spliced(CAL, from_=NEXT_YEAR.first)
        only = type(CAL).from_terms("next", [NEXT_YEAR])

        assert CAL.spliced(only, from_=NEXT_YEAR.first).same_days(next_year)
        assert only.spliced(CAL, from_=date(2026, 9, 2)).same_days(only)

    def test_neither_side_may_leave_a_gap(self) -> None:
        with pytest.raises(OutsideCoverage, match="other"):
            CAL.spliced(self.OTHER, from_=date(2026, 9, 1))
        with pytest.raises(OutsideCoverage, match="the_shire"):
            CAL.spliced(self.OTHER, from_=CAL.first)

    def test_moments_are_refused(self) -> None:
        with pytest.raises(NotADate):
            CAL.spliced(self.OTHER, from_=datetime(2025, 10, 22, tzinfo=UTC))
