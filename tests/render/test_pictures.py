"""A case as a line of time, and a year of school days."""

import re
from datetime import date
from pathlib import Path

import pytest

from cme_rules import UnknownName, load_policy
from cme_rules.render import (
    inspection_mermaid,
    inspection_picture,
    process_picture,
    rule_picture,
    timeline_picture,
    year_picture,
)
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


def test_the_picture_of_the_readme_is_what_the_policy_draws() -> None:
    kept = Path(__file__).parents[2] / "docs" / "images" / "timeline.svg"

    assert kept.read_text(encoding="utf-8") == timeline_picture(standing(), reveal=True)


class TestInspection:
    """The fifth appendix, whose flowchart is lost, from its rules."""

    svg = inspection_picture(council(), on=ON)

    def test_every_finding_and_what_follows_is_there(self) -> None:
        said = inspection_mermaid(council(), on=ON)

        assert all(
            f"{title}" in said for title in ("Off the register, and nobody was told", "On a part-time timetable")
        )
        assert "then - Ask the school for the notification and its ground" in said

    def test_what_is_ours_is_dashed_and_says_so(self) -> None:
        assert "put together by us" in self.svg
        assert "stroke-dasharray" in self.svg

    def test_a_policy_without_one_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="register inspection"):
            inspection_picture(load_policy("england"), on=ON)


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
