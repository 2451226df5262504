from datetime import UTC, date, datetime

import pytest

from cme_rules.calendars.days import Certainty
from cme_rules.errors import CallError, NotADate, OutsideCoverage, ReversedRange
from tests.calendars.given import working

CAL = working()
EVE = date(2025, 12, 24)


class TestWorkingDays:
    """Monday to Friday less bank holidays: they belong to the council, not to the school."""

    @pytest.mark.parametrize(
        ("day", "answer"),
        [(EVE, True), (date(2025, 12, 25), False), (date(2025, 12, 27), False), (date(2025, 12, 29), True)],
    )
    def test_which_days_they_are(self, day: date, *, answer: bool) -> None:
        assert CAL.is_working_day(day) is answer

    def test_half_term_is_working_time(self) -> None:
        assert CAL.working_days_between(date(2025, 10, 27), date(2025, 10, 31)) == 5

    def test_both_ends_are_counted(self) -> None:
        assert CAL.working_days_between(EVE, date(2025, 12, 29)) == 2

    def test_the_nth_counts_its_start_and_the_nth_after_does_not(self) -> None:
        assert CAL.nth_working_day(EVE, 1) == EVE
        assert CAL.working_day_after(EVE) == date(2025, 12, 29)
        assert CAL.working_day_before(date(2025, 12, 29)) == EVE

    def test_the_days_themselves(self) -> None:
        assert list(CAL.iter_working_days(EVE, date(2025, 12, 29))) == [EVE, date(2025, 12, 29)]


class TestHorizon:
    """Beyond the days announced there is no answer, or a projected one if it was asked for."""

    def test_it_speaks_as_far_as_it_was_projected(self) -> None:
        assert (CAL.name, CAL.first, CAL.last) == ("the_land", date(2025, 1, 1), date(2026, 12, 31))
        assert CAL.covers(date(2026, 12, 31))
        assert not CAL.covers(date(2027, 1, 1))

    def test_projected_days_are_marked(self) -> None:
        assert CAL.certainty(EVE, date(2026, 9, 30)) is Certainty.PUBLISHED
        assert CAL.certainty(EVE, date(2026, 10, 1)) is Certainty.PROJECTED

    def test_later_days_are_refused_and_the_file_named(self) -> None:
        with pytest.raises(OutsideCoverage, match=r"2027 to bank_holidays\.toml"):
            CAL.working_day_after(date(2026, 12, 31))

    def test_without_projection_it_ends_with_the_list(self) -> None:
        bank = CAL.bank_holidays.projected((), date(2026, 1, 1))

        assert bank.last == bank.published_through

    def test_a_projection_keeps_the_days_announced_and_adds_only_later_ones(self) -> None:
        days = (date(2025, 5, 5), date(2026, 12, 28), date(2027, 1, 1))
        bank = CAL.bank_holidays.projected(days, date(2026, 12, 31))

        assert bank.days[-1] == date(2026, 12, 28)
        assert date(2025, 5, 5) not in bank.days
        assert date(2026, 12, 25) not in bank.days


class TestWhatIsRefused:
    """As everywhere: an error, never a guess."""

    def test_moments_reversed_ranges_and_odd_counts(self) -> None:
        with pytest.raises(NotADate):
            CAL.is_working_day(datetime(2025, 12, 24, tzinfo=UTC))
        with pytest.raises(ReversedRange):
            CAL.working_days_between(date(2025, 12, 29), EVE)
        with pytest.raises(CallError, match="count working days with a whole number from 1 upwards, not 0"):
            CAL.nth_working_day(EVE, 0)
