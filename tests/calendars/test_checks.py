from datetime import date

from attrs import evolve

from cme_rules.calendars.checks import LONGEST, contradictions
from tests.calendars.given import NEXT_YEAR, YEAR


def problems(*years: object) -> list[str]:
    return [wrong.problem for wrong in contradictions(years)]  # type: ignore[arg-type]


def test_good_years_have_none() -> None:
    assert problems(YEAR, NEXT_YEAR) == []


def test_no_year_at_all() -> None:
    assert problems() == ["there is no school year in it"]


def test_a_year_without_a_term() -> None:
    assert problems(evolve(YEAR, terms=())) == ["the year has no term"]


def test_a_gap_between_two_years() -> None:
    assert problems(YEAR, evolve(NEXT_YEAR, first=date(2026, 9, 2))) == [
        "it covers days from 2026-09-02, but 2025/26 before it ends on 2026-08-31: no gap and no overlap is allowed"
    ]


def test_a_coverage_that_ends_before_it_begins() -> None:
    assert problems(evolve(YEAR, last=date(2025, 8, 1)))[0] == (
        "the coverage ends on 2025-08-01, before it begins on 2025-09-01"
    )


def test_more_days_than_an_index_can_count() -> None:
    assert problems(evolve(YEAR, last=date(2300, 1, 1))) == [f"over {LONGEST} days are covered in all"]
