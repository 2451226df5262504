import pickle
from datetime import UTC, date, datetime, timedelta

import pytest

from cme_rules.calendars.days import DayKind, SchoolYear, Session, Term
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.errors import CallError, InconsistentCalendar, NotADate, OutsideCoverage, ReversedRange
from tests.calendars.given import AUTUMN, INSET, MAY_DAY, YEAR, school

CAL = school()
BEFORE, AFTER = CAL.first - timedelta(days=1), CAL.last + timedelta(days=1)


class TestSchoolDays:
    """A school day is one on which some session is held for pupils."""

    @pytest.mark.parametrize(
        ("day", "answer"),
        [
            (date(2025, 9, 2), False),  # before term
            (INSET, False),
            (date(2025, 9, 4), True),
            (date(2025, 9, 6), False),  # Saturday
            (date(2025, 10, 24), True),  # last day of term
            (date(2025, 10, 27), False),  # half-term
            (MAY_DAY, False),
            (date(2026, 7, 1), False),  # no term known
        ],
    )
    def test_which_days_they_are(self, day: date, *, answer: bool) -> None:
        assert CAL.is_school_day(day) is answer

    def test_the_calendar_speaks_for_the_days_it_declares_not_only_for_its_terms(self) -> None:
        assert CAL.covers(date(2026, 8, 15))
        assert CAL.is_school_day(date(2026, 8, 15)) is False
        assert not CAL.covers(BEFORE)
        assert not CAL.covers(AFTER)


class TestCounting:
    """Both ends are included, in every count and list."""

    def test_one_school_day_from_a_day_to_itself(self) -> None:
        assert CAL.school_days_between(date(2025, 9, 4), date(2025, 9, 4)) == 1

    def test_no_school_day_in_a_weekend(self) -> None:
        assert CAL.school_days_between(date(2025, 9, 6), date(2025, 9, 7)) == 0

    def test_a_term_less_its_inset_day(self) -> None:
        assert CAL.school_days_between(AUTUMN.first, AUTUMN.last) == 37

    def test_the_twentieth_school_day(self) -> None:
        assert CAL.nth_school_day(date(2025, 10, 13), 20) == date(2025, 11, 14)

    def test_the_nth_school_day_counts_a_school_day_it_starts_on(self) -> None:
        assert CAL.nth_school_day(date(2025, 9, 4), 1) == date(2025, 9, 4)

    def test_the_nth_after_never_does(self) -> None:
        assert CAL.school_day_after(date(2025, 9, 4)) == date(2025, 9, 5)
        assert CAL.school_day_after(date(2025, 10, 24), 2) == date(2025, 11, 4)

    def test_nor_the_nth_before(self) -> None:
        assert CAL.school_day_before(date(2025, 11, 3)) == date(2025, 10, 24)
        assert CAL.school_day_before(date(2025, 11, 4), 2) == date(2025, 10, 24)

    def test_the_nearest_school_day_either_way(self) -> None:
        assert CAL.on_or_after(date(2025, 9, 6)) == date(2025, 9, 8)
        assert CAL.on_or_after(date(2025, 9, 8)) == date(2025, 9, 8)
        assert CAL.on_or_before(date(2025, 9, 6)) == date(2025, 9, 5)
        assert CAL.on_or_before(date(2025, 9, 5)) == date(2025, 9, 5)

    def test_the_days_themselves(self) -> None:
        listed = list(CAL.iter_school_days(date(2025, 10, 24), date(2025, 11, 4)))

        assert listed == [date(2025, 10, 24), date(2025, 11, 3), date(2025, 11, 4)]


class TestSessions:
    """Morning and afternoon are held, or not, by themselves."""

    HALF = CAL.closed(date(2025, 12, 19), date(2025, 12, 19), sessions=frozenset({Session.PM}), reason="end of term")

    def test_a_school_day_has_two(self) -> None:
        assert CAL.sessions(date(2025, 12, 19)) == {Session.AM, Session.PM}
        assert CAL.sessions_between(date(2025, 12, 18), date(2025, 12, 21)) == 4

    def test_a_half_day_has_one_and_is_still_a_school_day(self) -> None:
        assert self.HALF.sessions(date(2025, 12, 19)) == {Session.AM}
        assert self.HALF.sessions_between(date(2025, 12, 18), date(2025, 12, 21)) == 3
        assert self.HALF.is_school_day(date(2025, 12, 19))

    def test_a_closed_day_has_none(self) -> None:
        assert CAL.sessions(date(2025, 12, 25)) == frozenset()

    def test_sessions_lost_to_snow_are_not_held_but_credited(self) -> None:
        snow = CAL.closed(date(2026, 1, 8), date(2026, 1, 9), reason="snow", emergency=True)
        week = date(2026, 1, 5), date(2026, 1, 9)

        assert snow.sessions_between(*week) == 6
        assert snow.sessions_credited(*week) == 10

    def test_planned_closures_are_not_credited(self) -> None:
        assert self.HALF.sessions_credited(date(2025, 12, 19), date(2025, 12, 19)) == 1


class TestKindsOfDay:
    """Days of a kind can be counted."""

    def test_days_of_a_kind_are_counted_within_the_coverage_only(self) -> None:
        assert CAL.days_of(DayKind.BANK_HOLIDAY, CAL.first, CAL.last) == 3
        with pytest.raises(OutsideCoverage):
            CAL.days_of(DayKind.INSET, BEFORE, CAL.last)


class TestManyAtOnce:
    """Row by row, the same answers."""

    def test_many_rows_are_as_many_single_answers(self) -> None:
        starts, ends = [date(2025, 9, 4), date(2025, 10, 24)], [date(2025, 9, 5), date(2025, 11, 3)]

        assert CAL.school_days_between_many(starts, ends) == [2, 2]

    def test_rows_that_do_not_pair_are_refused(self) -> None:
        with pytest.raises(CallError, match="of the same length"):
            CAL.school_days_between_many([date(2025, 9, 4)], [])


DAY_METHODS = ["is_school_day", "sessions", "on_or_after", "on_or_before", "explain", "term", "school_year"]
COUNT_METHODS = ["nth_school_day", "school_day_after", "school_day_before", "school_weeks_before"]
RANGE_METHODS = ["school_days_between", "iter_school_days", "sessions_between", "absence", "certainty"]


class TestWhatIsRefused:
    """Never None, never False, never a clamp: an error that says what to do."""

    @pytest.mark.parametrize("method", DAY_METHODS)
    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    def test_days_outside_the_coverage(self, method: str, day: date) -> None:
        with pytest.raises(OutsideCoverage):
            getattr(CAL, method)(day)

    @pytest.mark.parametrize("method", COUNT_METHODS)
    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    def test_counts_from_outside_the_coverage(self, method: str, day: date) -> None:
        with pytest.raises(OutsideCoverage):
            getattr(CAL, method)(day, 1)

    @pytest.mark.parametrize("method", RANGE_METHODS)
    def test_ranges_that_leave_the_coverage(self, method: str) -> None:
        for first, last in ((BEFORE, CAL.last), (CAL.first, AFTER)):
            with pytest.raises(OutsideCoverage):
                getattr(CAL, method)(first, last)

    @pytest.mark.parametrize("method", RANGE_METHODS)
    def test_ranges_that_end_before_they_begin(self, method: str) -> None:
        with pytest.raises(ReversedRange, match="the first day of the range comes after its last day"):
            getattr(CAL, method)(date(2025, 9, 5), date(2025, 9, 4))

    @pytest.mark.parametrize("method", COUNT_METHODS)
    @pytest.mark.parametrize("n", [0, -3, True, 2.0, "2", None])
    def test_counts_that_are_no_whole_number_from_1(self, method: str, n: int) -> None:
        with pytest.raises(CallError, match="with a whole number from 1 upwards"):
            getattr(CAL, method)(date(2025, 9, 5), n)

    @pytest.mark.parametrize("method", [*DAY_METHODS, "covers"])
    def test_moments(self, method: str) -> None:
        with pytest.raises(NotADate):
            getattr(CAL, method)(datetime(2025, 9, 4, tzinfo=UTC))

    @pytest.mark.parametrize("method", COUNT_METHODS)
    def test_counts_from_a_moment(self, method: str) -> None:
        with pytest.raises(NotADate):
            getattr(CAL, method)(datetime(2025, 9, 4, tzinfo=UTC), 1)

    @pytest.mark.parametrize("method", RANGE_METHODS)
    def test_ranges_of_moments(self, method: str) -> None:
        for first, last in (
            (datetime(2025, 9, 4, tzinfo=UTC), date(2025, 9, 5)),
            (date(2025, 9, 4), datetime(2025, 9, 5, tzinfo=UTC)),
        ):
            with pytest.raises(NotADate):
                getattr(CAL, method)(first, last)

    def test_counts_that_run_past_the_last_day_name_the_year_to_add_and_the_file(self) -> None:
        with pytest.raises(OutsideCoverage) as refused:
            CAL.nth_school_day(date(2026, 10, 1), 50)

        assert str(refused.value) == (
            "calendar 'the_shire' covers 2025-09-01 to 2027-08-31; add the school year 2027/28 to the_shire.toml"
        )

    def test_counts_that_run_past_the_first_day_name_the_year_before(self) -> None:
        with pytest.raises(OutsideCoverage, match="2024/25"):
            CAL.school_day_before(date(2025, 9, 5), 2)

    def test_the_day_asked_for_is_not_in_the_message(self) -> None:
        with pytest.raises(OutsideCoverage) as refused:
            CAL.is_school_day(date(2031, 2, 17))

        assert "2031-02-17" not in str(refused.value)


class TestValue:
    """Equal days and words make equal calendars, wherever they came from."""

    def test_equal_calendars_are_equal_and_hash_alike(self) -> None:
        assert school() == CAL
        assert hash(school()) == hash(CAL)
        assert school(name="other") != CAL
        assert school(name="other").same_days(CAL)
        assert not CAL.with_inset([date(2026, 1, 5)]).same_days(CAL)

    def test_asking_changes_nothing(self) -> None:
        fresh, asked = school(), school()
        asked.nth_school_day(date(2025, 9, 4), 5)

        assert fresh == asked
        assert len(pickle.dumps(fresh)) == len(pickle.dumps(asked))

    def test_it_survives_pickling(self) -> None:
        again = pickle.loads(pickle.dumps(CAL))  # noqa: S301 — our own bytes

        assert again == CAL
        assert again.nth_school_day(date(2025, 10, 13), 20) == date(2025, 11, 14)

    def test_it_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            CAL.am = 0  # type: ignore[misc]

    def test_it_shows_its_name_and_bounds_only(self) -> None:
        assert repr(CAL) == (
            "SchoolCalendar(name='the_shire', first=datetime.date(2025, 9, 1), last=datetime.date(2027, 8, 31))"
        )


class TestWeekdays:
    """Not every school keeps Monday to Friday."""

    def test_a_saturday_school_counts_saturdays(self) -> None:
        saturdays = SchoolCalendar.from_terms("saturdays", [YEAR], weekdays=range(6))

        assert saturdays.is_school_day(date(2025, 9, 6))
        assert not saturdays.is_school_day(date(2025, 9, 7))


class TestWhatCannotBeTrue:
    """Everything wrong is told at once."""

    def test_an_inset_day_must_be_an_open_day(self) -> None:
        with pytest.raises(InconsistentCalendar) as wrong:
            SchoolCalendar.from_terms("x", [YEAR], inset=[date(2025, 9, 6), date(2025, 9, 8), date(2020, 1, 1)])

        assert wrong.value.faults == (
            "the INSET day 2025-09-06 is not an open day",
            "the INSET day 2020-01-01 is not an open day",
        )

    def test_terms_must_lie_in_order_in_the_coverage(self) -> None:
        terms = (
            Term(name="A", first=date(2025, 8, 31), last=date(2025, 10, 1)),
            Term(name="B", first=date(2025, 10, 1), last=date(2025, 9, 30)),
        )
        year = SchoolYear(label="2025/26", first=date(2025, 9, 1), last=date(2026, 8, 31), terms=terms)

        with pytest.raises(InconsistentCalendar) as wrong:
            SchoolCalendar.from_terms("x", [year])

        assert str(wrong.value).splitlines() == [
            "calendar 'x': 2025/26: A has a day, 2025-08-31, outside the coverage 2025-09-01 to 2026-08-31",
            "calendar 'x': 2025/26: B ends on 2025-09-30, before it begins on 2025-10-01",
            "calendar 'x': 2025/26: B begins on 2025-10-01, but A before it runs to 2025-10-01",
        ]
