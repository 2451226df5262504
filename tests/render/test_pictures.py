"""A case as a line of time, and a year of school days."""

import re
from datetime import date

import pytest

from cme_rules import UnknownName
from cme_rules.render import process_picture, rule_picture, timeline_picture, year_picture
from tests.render.given import ON, council, standing


class TestTimeline:
    """A case with a refused event and an overdue visit."""

    def test_the_cases_own_days_are_left_out(self) -> None:
        assert "14 September 2026" not in timeline_picture(standing())

    def test_and_shown_when_asked_for(self) -> None:
        assert "14 September 2026" in timeline_picture(standing(), reveal=True)

    def test_a_clock_that_ran_out_says_so_in_words(self) -> None:
        assert "overdue since 18" in timeline_picture(standing())

    def test_a_refused_event_says_so_in_words(self) -> None:
        assert "Refused:" in timeline_picture(standing())

    def test_the_day_looked_at_is_there(self) -> None:
        assert "27 November 2026" in timeline_picture(standing())


class TestYear:
    """The school year 2025/26."""

    svg = year_picture(council().calendars.authority("east_sussex"), ON)

    def test_the_twelve_months_are_there(self) -> None:
        assert all(f">{month} 20" in self.svg for month in ("September", "December", "January", "August"))

    def test_every_kind_of_day_is_counted_in_words(self) -> None:
        assert "School day: 194" in self.svg
        assert "Bank holiday: 8" in self.svg

    def test_a_year_that_is_not_covered_shows_no_school_day(self) -> None:
        svg = year_picture(council().calendars.authority("east_sussex"), date(2019, 11, 1))

        assert ">0 school days." in svg


def test_text_is_never_wider_than_we_think() -> None:
    """Every picture's text is measured generously: a line of a box is narrower than its box."""
    svg = process_picture(council(), "emigration")

    assert len(re.findall(r"<text ", svg)) > 50


def test_a_name_the_policy_has_not_is_refused() -> None:
    with pytest.raises(UnknownName):
        process_picture(council(), "no_such_process")
    with pytest.raises(UnknownName):
        rule_picture(council(), "no_such_rule", on=ON)
