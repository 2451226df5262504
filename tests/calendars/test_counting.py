from datetime import date

import pytest

from cme_rules.calendars.counting import DayCount
from cme_rules.errors import CallError, OutsideCoverage

WEEK = DayCount(name="week", first=date(2026, 3, 2), last=date(2026, 3, 8), bits=0b0011111, file="week.toml")


class Day(date):
    """A date by another name, as some libraries make them."""


class TestOrdinaryAndUnusualDays:
    """Subclasses of date that are no moments are days like any other, if a little slower."""

    MONDAY, SUNDAY = Day(2026, 3, 2), Day(2026, 3, 8)

    def test_every_question_takes_them(self) -> None:
        assert WEEK.holds(self.MONDAY)
        assert WEEK.between(self.MONDAY, self.SUNDAY) == 5
        assert WEEK.nth(self.MONDAY, 5) == date(2026, 3, 6)
        assert WEEK.after(self.MONDAY, 4) == date(2026, 3, 6)
        assert WEEK.preceding(self.SUNDAY, 1) == date(2026, 3, 6)

    @pytest.mark.parametrize("start", [Day(2026, 3, 2), date(2026, 3, 2)])
    def test_running_past_the_end_is_refused_either_way(self, start: date) -> None:
        for ask, n in ((WEEK.nth, 6), (WEEK.after, 5)):
            with pytest.raises(OutsideCoverage):
                ask(start, n)


def test_the_calendar_year_is_named_where_holidays_are_published_by_calendar_year() -> None:
    yearly = DayCount(name="w", first=date(2026, 1, 1), last=date(2026, 1, 31), bits=1, yearly=True)

    with pytest.raises(OutsideCoverage) as refused:
        yearly.holds(date(2029, 12, 1))

    assert refused.value.needed_year == "2029"


def test_the_message_says_what_is_counted() -> None:
    with pytest.raises(CallError, match=r"calendar 'week': count days with a whole number from 1 upwards, not 0"):
        WEEK.nth(date(2026, 3, 2), 0)


def test_no_day_counts_in_an_empty_count() -> None:
    empty = DayCount(name="none", first=date(2026, 3, 2), last=date(2026, 3, 2), bits=0)

    assert empty.between(date(2026, 3, 2), date(2026, 3, 2)) == 0
    assert empty.through(date(2026, 3, 2), date(2026, 3, 2)) == ()


def test_ranks_count_the_days_before_each_day() -> None:
    assert list(WEEK.ranks()) == [0, 1, 2, 3, 4, 5, 5, 5]
