from datetime import UTC, date, datetime

import pytest

from cme_rules.calendars.days import Certainty, Session, academic_year, checked, weakest
from cme_rules.errors import NotADate
from tests.calendars.given import YEAR, school


class TestAcademicYear:
    """1 September to 31 August, whatever the terms are."""

    @pytest.mark.parametrize(
        ("day", "label"),
        [
            (date(2025, 8, 31), "2024/25"),
            (date(2025, 9, 1), "2025/26"),
            (date(2026, 1, 1), "2025/26"),
            (date(2099, 9, 1), "2099/00"),
        ],
    )
    def test_it_turns_on_1_september(self, day: date, label: str) -> None:
        assert academic_year(day).label == label

    def test_both_its_ends_are_its_own(self) -> None:
        year = academic_year(date(2025, 12, 25))

        assert (year.first, year.last) == (date(2025, 9, 1), date(2026, 8, 31))


class TestADayIsExpected:
    """A moment is no day until somebody says in which time zone."""

    def test_a_datetime_is_refused_although_it_is_a_date_to_python(self) -> None:
        with pytest.raises(NotADate, match="not a moment"):
            checked(datetime(2025, 9, 3, 23, 30, tzinfo=UTC))

    def test_text_is_refused_and_only_its_type_is_told(self) -> None:
        with pytest.raises(NotADate) as refused:
            checked("2025-09-03")  # type: ignore[arg-type]

        assert str(refused.value) == "a day (datetime.date) is expected, not str"

    def test_the_first_and_the_last_end_with_the_days_there_are(self) -> None:
        assert academic_year(date.min).first == date.min
        assert academic_year(date.max).last == date.max

    def test_academic_years_have_no_moments_either(self) -> None:
        with pytest.raises(NotADate):
            academic_year(datetime(2025, 9, 1, tzinfo=UTC))


class TestCertainty:
    """A chain is as sure as its weakest link."""

    def test_the_least_sure_counts(self) -> None:
        assert weakest(Certainty.ACTUAL, Certainty.PROJECTED, Certainty.PROPOSED) is Certainty.PROJECTED

    def test_nothing_is_as_sure_as_can_be(self) -> None:
        assert weakest() is Certainty.ACTUAL


def test_a_year_begins_with_its_first_term_not_on_1_september() -> None:
    assert YEAR.begins == date(2025, 9, 3)


def test_a_day_reads_well() -> None:
    assert "sessions=AM+PM" in repr(school().explain(date(2025, 9, 4)))
    assert "sessions=none" in repr(school().explain(date(2025, 9, 6)))
    assert Session.AM.value == "AM"
