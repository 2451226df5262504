from datetime import date

import pytest
from attrs import evolve

from cme_rules.calendars.days import Certainty, DayKind, SchoolYear, Term
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.errors import OutsideCoverage
from tests.calendars.given import AUTUMN, INSET, MAY_DAY, NEXT_YEAR, YEAR, school

CAL = school()


class TestExplaining:
    """Every day is of one kind, with a reason a person can read."""

    @pytest.mark.parametrize(
        ("day", "kind", "label"),
        [
            (date(2025, 9, 4), DayKind.SCHOOL_DAY, "school day"),
            (INSET, DayKind.INSET, "inset"),
            (date(2025, 9, 6), DayKind.WEEKEND, "weekend"),
            (date(2025, 10, 29), DayKind.BREAK, "between Term 1 and Term 2"),
            (date(2025, 12, 25), DayKind.BANK_HOLIDAY, "bank holiday"),
            (MAY_DAY, DayKind.BANK_HOLIDAY, "bank holiday"),
            (date(2025, 9, 1), DayKind.BREAK, "outside the terms known here"),
            (date(2026, 8, 3), DayKind.BREAK, "between Term 5 and Term 1"),
        ],
    )
    def test_the_kind_and_its_label(self, day: date, kind: DayKind, label: str) -> None:
        told = CAL.explain(day)

        assert (told.kind, told.label) == (kind, label)

    def test_term_year_and_source_are_told(self) -> None:
        told = CAL.explain(date(2025, 10, 24))

        assert told.term == AUTUMN
        assert told.term.half_term_of == "autumn"
        assert (told.school_year, told.source) == ("2025/26", "the council's page")

    def test_where_the_school_year_cannot_be_told_it_is_left_open(self) -> None:
        assert CAL.explain(date(2025, 9, 1)).school_year == ""


class TestSchoolYear:
    """It begins with the first term after July, not on 1 September."""

    def test_the_first_days_of_september_belong_to_the_year_before(self) -> None:
        assert CAL.school_year(date(2026, 9, 1)).label == "2025/26"

    def test_the_first_day_of_term_begins_the_next(self) -> None:
        assert CAL.school_year(date(2026, 9, 2)).label == "2026/27"

    def test_before_the_first_term_known_there_is_no_answer(self) -> None:
        with pytest.raises(OutsideCoverage, match="2024/25"):
            CAL.school_year(date(2025, 9, 2))

    def test_a_term_that_begins_in_august_begins_the_year(self) -> None:
        early = SchoolYear(
            label="2026/27",
            first=date(2026, 8, 24),
            last=date(2027, 8, 20),
            terms=(Term(name="Term 1", first=date(2026, 8, 26), last=date(2026, 10, 16)),),
        )
        cal = SchoolCalendar.from_terms("early", [evolve(YEAR, last=date(2026, 8, 23)), early])

        assert cal.school_year(date(2026, 8, 25)).label == "2025/26"
        assert cal.school_year(date(2026, 8, 26)).label == "2026/27"


class TestAbsence:
    """What a run of days away amounts to, both ends included."""

    def test_a_run_across_a_break(self) -> None:
        away = CAL.absence(date(2025, 10, 23), date(2025, 11, 4))

        assert (away.school_days, away.sessions) == (4, 8)
        assert (away.first_counted, away.last_counted) == (date(2025, 10, 23), date(2025, 11, 4))
        assert [(gap.first, gap.last, gap.label) for gap in away.crosses] == [
            (date(2025, 10, 25), date(2025, 11, 2), "between Term 1 and Term 2")
        ]

    def test_a_run_that_stops_at_a_break_does_not_cross_it(self) -> None:
        assert CAL.absence(date(2025, 10, 23), date(2025, 11, 2)).crosses == ()

    def test_a_run_that_begins_on_a_closed_day_counts_from_the_next_school_day(self) -> None:
        assert CAL.absence(date(2025, 10, 27), date(2025, 11, 4)).first_counted == date(2025, 11, 3)

    def test_a_run_of_closed_days_amounts_to_nothing(self) -> None:
        away = CAL.absence(date(2025, 10, 25), date(2025, 11, 2))

        assert (away.school_days, away.sessions, away.first_counted, away.last_counted) == (0, 0, None, None)
        assert away.crosses == ()

    def test_a_weekend_between_two_terms_is_no_break(self) -> None:
        terms = (
            Term(name="A", first=date(2025, 9, 3), last=date(2025, 9, 12)),
            Term(name="B", first=date(2025, 9, 15), last=date(2025, 9, 26)),
        )
        cal = SchoolCalendar.from_terms("x", [evolve(YEAR, terms=terms)])

        assert cal.absence(date(2025, 9, 10), date(2025, 9, 16)).crosses == ()


class TestSchoolWeeks:
    """A school week is one with at least one session; others are passed over."""

    def test_the_week_of_the_day_is_the_first(self) -> None:
        assert CAL.school_weeks_before(date(2025, 11, 5), 1) == date(2025, 11, 3)

    def test_weeks_without_a_session_do_not_count(self) -> None:
        assert CAL.school_weeks_before(date(2025, 11, 5), 2) == date(2025, 10, 20)

    def test_a_day_in_a_break_counts_back_from_the_last_school_week(self) -> None:
        assert CAL.school_weeks_before(date(2025, 10, 29), 1) == date(2025, 10, 20)

    def test_the_first_week_counts_though_a_part_of_it_is_not_covered(self) -> None:
        cal = SchoolCalendar.from_terms("x", [evolve(YEAR, first=date(2025, 9, 3))])

        assert cal.school_weeks_before(date(2025, 9, 3), 1) == date(2025, 9, 1)

    def test_weeks_before_the_coverage_are_not_made_up(self) -> None:
        with pytest.raises(OutsideCoverage, match="2024/25"):
            CAL.school_weeks_before(date(2025, 9, 10), 3)

    def test_a_week_known_in_part_only_and_empty_there_is_no_answer(self) -> None:
        cal = SchoolCalendar.from_terms("x", [YEAR])

        with pytest.raises(OutsideCoverage, match="2026/27"):
            cal.school_weeks_before(date(2026, 8, 31), 1)


class TestCertainty:
    """An answer is as sure as the least sure year it touches."""

    def test_each_year_has_its_own(self) -> None:
        assert CAL.certainty(date(2025, 9, 1), date(2026, 8, 31)) is Certainty.PUBLISHED
        assert CAL.certainty(date(2026, 8, 31), date(2026, 9, 1)) is Certainty.PROPOSED

    def test_published_days_are_actual_once_closures_are_recorded(self) -> None:
        recorded = evolve(CAL, actual_to=date(2025, 12, 31))

        assert recorded.certainty(date(2025, 9, 1), date(2025, 12, 31)) is Certainty.ACTUAL
        assert recorded.certainty(date(2025, 9, 1), date(2026, 1, 1)) is Certainty.PUBLISHED

    def test_proposed_days_stay_proposed(self) -> None:
        recorded = evolve(CAL, actual_to=NEXT_YEAR.last)

        assert recorded.certainty(date(2026, 10, 1), date(2026, 10, 2)) is Certainty.PROPOSED

    def test_a_calendar_taken_for_another_school_is_assumed(self) -> None:
        assert CAL.assumed().certainty(CAL.first, CAL.last) is Certainty.ASSUMED
        assert CAL.assumed().same_days(CAL)
