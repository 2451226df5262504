"""What the language's functions answer on a day, and why they cannot."""

from datetime import date
from typing import Any

import pytest

from cme_rules.calendars.spans import Counted, Span, Unit
from cme_rules.engine.assess import assessor
from cme_rules.engine.moment import Moment, needs_calendar
from cme_rules.policy.loading.load import load_policy

TODAY = date(2026, 3, 20)
"""A Friday in term."""
SUSSEX = load_policy("east_sussex")
HERE = assessor(SUSSEX, on=TODAY).moment
BARE = Moment(law=SUSSEX.as_of(TODAY))
AGELESS = Moment(law=SUSSEX.as_of(date(1990, 1, 1)))
BORN = date(2014, 5, 2)
TWO_SCHOOL_DAYS = Span(2, Unit.SCHOOL_DAY, Counted.AFTER)
TWO_WORKING_DAYS = Span(2, Unit.WORKING_DAY, Counted.AFTER)
TWO_DAYS = Span(2, Unit.CALENDAR_DAY, Counted.AFTER)


@pytest.mark.parametrize(
    ("function", "arguments", "answer"),
    [
        ("happened", (TODAY,), True),
        ("happened", (date(2026, 3, 21),), False),
        ("passed", (TODAY,), False),
        ("passed", (date(2026, 3, 19),), True),
        ("days_since", (date(2026, 3, 18),), 2),
        ("days_between", (date(2026, 3, 18), date(2026, 3, 25)), 7),
        ("school_days_from", (date(2026, 3, 18),), 3),
        ("school_days_from", (date(2026, 3, 21),), 0),
        ("school_days_since", (date(2026, 3, 18),), 2),
        ("school_days_since", (date(2026, 3, 15),), 5),
        ("school_days_since", (date(2026, 3, 21),), 0),
        ("working_days_since", (date(2026, 3, 18),), 2),
        ("working_days_since", (TODAY,), 0),
        ("last_day", (TWO_DAYS, TODAY), date(2026, 3, 22)),
        ("first_day_after", (TWO_DAYS, TODAY), date(2026, 3, 23)),
        ("rate", (1, 3), 33),
        ("rate", (1, 0), None),
        ("school_age_begins", (BORN,), date(2019, 8, 31)),
        ("school_age_ends", (BORN,), date(2030, 6, 28)),
        ("year_group", (BORN,), 7),
        ("age", (BORN,), 11),
    ],
)
def test_a_function_answers_for_the_day(function: str, arguments: tuple[Any, ...], answer: object) -> None:
    assert HERE.call(function, arguments) == answer


@pytest.mark.parametrize("function", ["school_age_begins", "school_age_ends", "year_group"])
def test_without_rules_of_school_age_there_is_no_answer(function: str) -> None:
    assert AGELESS.call(function, (BORN,)) is None
    assert AGELESS.obstacle(function, (BORN,)) == f"{function}() cannot be worked out from these facts"


@pytest.mark.parametrize("function", ["school_days_from", "school_days_since", "working_days_since"])
def test_outside_the_calendar_nothing_is_counted(function: str) -> None:
    assert HERE.call(function, (date(1990, 1, 1),)) is None
    assert "covers" in HERE.obstacle(function, (date(1990, 1, 1),))


def test_without_a_calendar_nothing_is_counted_and_the_reason_is_given() -> None:
    assert BARE.call("school_days_since", (TODAY,)) is None
    assert BARE.call("last_day", (TWO_SCHOOL_DAYS, TODAY)) is None
    assert BARE.obstacle("school_days_since", (TODAY,)) == BARE.without_school
    assert BARE.obstacle("working_days_since", (TODAY,)) == "the policy has no working-day calendar"


def test_what_can_be_answered_meets_no_obstacle() -> None:
    assert HERE.obstacle("school_days_from", (TODAY,)) == ""


@pytest.mark.parametrize(
    ("function", "arguments", "calendar"),
    [
        ("last_day", (TWO_SCHOOL_DAYS, TODAY), "school"),
        ("last_day", (TWO_WORKING_DAYS, TODAY), "working"),
        ("last_day", (TWO_DAYS, TODAY), ""),
        ("working_days_since", (TODAY,), "working"),
        ("age", (BORN,), ""),
    ],
)
def test_a_span_decides_which_calendar_is_needed(function: str, arguments: tuple[Any, ...], calendar: str) -> None:
    assert needs_calendar(function, arguments) == calendar
