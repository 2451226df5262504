from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cme_rules.domain.ages import (
    SchoolAge,
    age_on,
    is_of_school_age,
    leaving_date,
    school_age_begins,
    school_age_ends,
    school_year_began,
    year_group,
)
from cme_rules.errors import CallError
from tests.domain.given import RULES

LATE_TERM = evolve(RULES, school_year_starts=(9, 3))
DAY = timedelta(days=1)
BORN = st.dates(min_value=date(1985, 1, 1), max_value=date(2060, 12, 31))
YEAR_STARTS = st.sampled_from([RULES, LATE_TERM])

# First and last day of compulsory school age: school year from 1 September, or (where it differs) 3 September.
IPSEA = "worked example of IPSEA, https://www.ipsea.org.uk/faqs/compulsory-school-age"
DERIVED = "worked out from Education Act 1996 s.8"
EXAMPLES = [
    (date(2019, 2, 10), date(2024, 3, 31), date(2035, 6, 29), None, IPSEA + " (start only)"),
    (date(2007, 9, 23), date(2012, 12, 31), date(2024, 6, 28), None, IPSEA + " (end only)"),
    (date(2020, 8, 31), date(2025, 8, 31), date(2036, 6, 27), None, DERIVED + ": five on a prescribed day"),
    (date(2020, 12, 31), date(2025, 12, 31), date(2037, 6, 26), None, DERIVED + ": five on a prescribed day"),
    (date(2021, 3, 31), date(2026, 3, 31), date(2037, 6, 26), None, DERIVED + ": five on a prescribed day"),
    (date(2021, 4, 1), date(2026, 8, 31), date(2037, 6, 26), None, DERIVED + ": five the day after one"),
    (date(2009, 6, 27), date(2014, 8, 31), date(2025, 6, 27), None, DERIVED + ": sixteen on the leaving date"),
    (date(2010, 6, 27), date(2015, 8, 31), date(2026, 6, 26), None, DERIVED + ": sixteen the day after it"),
    (date(2010, 9, 1), date(2015, 12, 31), date(2027, 6, 25), date(2026, 6, 26), DERIVED + ": sixteen on 1 September"),
    (date(2010, 9, 3), date(2015, 12, 31), date(2027, 6, 25), None, DERIVED + ": sixteen on 3 September"),
]
# 29 June 2018 is printed by East Sussex, https://vsb.eastsussex.gov.uk/article/6408?schoolId=0 ; the rest follow.
LAST_FRIDAYS_IN_JUNE = dict(
    zip(
        range(2015, 2041),
        (26, 24, 30, 29, 28, 26, 25, 24, 30, 28, 27, 26, 25, 30, 29, 28, 27, 25, 24, 30, 29, 27, 26, 25, 24, 29),
        strict=True,
    )
)


def birthday(born: date, age: int) -> date:
    """The birthday in the year of an age; 1 March for those born on a 29 February that year lacks."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


class TestWorkedExamples:
    """Education Act 1996 s.8: from the day five is reached, or the prescribed day after, to a leaving date."""

    @pytest.mark.parametrize(("born", "first", "last", "last_if_late", "source"), EXAMPLES)
    def test_school_age_begins_and_ends_as_printed(
        self, born: date, first: date, last: date, last_if_late: date | None, source: str
    ) -> None:
        assert school_age_begins(born, RULES) == first, source
        assert school_age_ends(born, RULES) == last, source
        assert school_age_begins(born, LATE_TERM) == first, source
        assert school_age_ends(born, LATE_TERM) == (last_if_late or last), source

    @pytest.mark.parametrize(("year", "day"), LAST_FRIDAYS_IN_JUNE.items())
    def test_pupils_leave_on_the_last_friday_in_june(self, year: int, day: int) -> None:
        assert leaving_date(year, RULES) == date(year, 6, day)

    def test_a_month_may_end_on_the_leaving_weekday(self) -> None:
        assert leaving_date(2023, evolve(RULES, leaving_weekday=4)).day == 30
        assert leaving_date(2023, evolve(RULES, leaving_weekday=5)).day == 24


class TestEdgesOfSchoolAge:
    """Both days are included, and the days next to them are not."""

    @pytest.mark.parametrize(
        ("on", "expected"),
        [
            (date(2024, 3, 30), False),
            (date(2024, 3, 31), True),
            (date(2035, 6, 29), True),
            (date(2035, 6, 30), False),
        ],
    )
    def test_first_and_last_day_are_included(self, on: date, expected: bool) -> None:  # noqa: FBT001
        assert is_of_school_age(date(2019, 2, 10), on, RULES) is expected

    @pytest.mark.parametrize("september", [1, 2])
    def test_sixteen_before_a_late_term_begins_leaves_the_june_before(self, september: int) -> None:
        born = date(2010, 9, september)
        assert school_age_ends(born, RULES) == date(2027, 6, 25)
        assert school_age_ends(born, LATE_TERM) == date(2026, 6, 26)

    def test_sixteen_on_the_last_day_of_august_leaves_the_june_before(self) -> None:
        assert school_age_ends(date(2010, 8, 31), RULES) == date(2026, 6, 26)

    def test_sixteen_the_day_before_the_leaving_date_leaves_on_it(self) -> None:
        assert school_age_ends(date(2010, 6, 25), RULES) == date(2026, 6, 26)

    def test_born_on_29_february_it_makes_no_difference_which_day_is_the_birthday(self) -> None:
        leap = date(2020, 2, 29)
        for neighbour in (date(2020, 2, 28), date(2020, 3, 1)):
            assert school_age_begins(leap, RULES) == school_age_begins(neighbour, RULES)
            assert school_age_ends(leap, RULES) == school_age_ends(neighbour, RULES)

    def test_after_the_last_prescribed_day_of_a_year_comes_the_first_of_the_next(self) -> None:
        rules = evolve(RULES, prescribed_days=((3, 31), (8, 31)))
        assert school_age_begins(date(2020, 8, 31), rules) == date(2025, 8, 31)
        assert school_age_begins(date(2020, 9, 1), rules) == date(2026, 3, 31)


class TestAge:
    """Age in whole years; the birthday counts."""

    @pytest.mark.parametrize(
        ("born", "on", "age"),
        [
            (date(2014, 5, 2), date(2014, 5, 2), 0),
            (date(2014, 5, 2), date(2026, 5, 1), 11),
            (date(2014, 5, 2), date(2026, 5, 2), 12),
            (date(2020, 2, 29), date(2025, 2, 28), 4),
            (date(2020, 2, 29), date(2025, 3, 1), 5),
            (date(2020, 2, 29), date(2024, 2, 29), 4),
        ],
    )
    def test_age_turns_on_the_birthday(self, born: date, on: date, age: int) -> None:
        assert age_on(born, on) == age


class TestYearGroup:
    """The year of the national curriculum, which turns with the school year."""

    @pytest.mark.parametrize(
        ("born", "on", "year"),
        [
            (date(2020, 8, 31), date(2024, 8, 31), -1),
            (date(2020, 8, 31), date(2024, 9, 1), 0),
            (date(2020, 8, 31), date(2025, 9, 1), 1),
            (date(2020, 9, 1), date(2025, 8, 31), -1),
            (date(2020, 9, 1), date(2025, 9, 1), 0),
            (date(2014, 5, 2), date(2026, 11, 23), 8),
            (date(2010, 9, 1), date(2026, 9, 1), 11),
            (date(2010, 8, 31), date(2026, 9, 1), 12),
        ],
    )
    def test_reception_is_the_school_year_in_which_a_child_turns_five(self, born: date, on: date, year: int) -> None:
        assert year_group(born, on, RULES) == year

    def test_a_late_term_turns_the_year_later_and_leaves_the_cohort_as_it_is(self) -> None:
        born = date(2019, 9, 1)
        assert year_group(born, date(2026, 9, 2), LATE_TERM) == year_group(born, date(2026, 8, 31), RULES) == 0 + 1
        assert year_group(born, date(2026, 9, 3), LATE_TERM) == year_group(born, date(2026, 9, 3), RULES) == 1 + 1

    @pytest.mark.parametrize(
        ("on", "began"), [(date(2026, 8, 31), date(2025, 9, 1)), (date(2026, 9, 1), date(2026, 9, 1))]
    )
    def test_the_school_year_has_a_first_day(self, on: date, began: date) -> None:
        assert school_year_began(on, RULES) == began


class TestRefusals:
    """A moment is no day, nobody has an age before birth, and numbers must fit together."""

    MOMENT = datetime(2026, 9, 1, 12, 0)  # noqa: DTZ001 - a moment is what is refused

    def test_a_moment_is_not_a_day(self) -> None:
        calls: tuple[Callable[[], object], ...] = (
            lambda: school_age_begins(self.MOMENT, RULES),
            lambda: school_age_ends(self.MOMENT, RULES),
            lambda: is_of_school_age(date(2014, 5, 2), self.MOMENT, RULES),
            lambda: age_on(self.MOMENT, date(2026, 9, 1)),
            lambda: year_group(date(2014, 5, 2), self.MOMENT, RULES),
            lambda: school_year_began(self.MOMENT, RULES),
        )
        for call in calls:
            with pytest.raises(CallError, match="datetime"):
                call()

    def test_text_is_not_a_day(self) -> None:
        with pytest.raises(CallError, match="born: a day") as caught:
            school_age_begins("2014-05-02", RULES)  # type: ignore[arg-type]
        assert "2014" not in str(caught.value)

    def test_there_is_no_age_before_birth(self) -> None:
        born, on = date(2014, 5, 2), date(2014, 5, 1)
        calls: tuple[Callable[[], object], ...] = (
            lambda: age_on(born, on),
            lambda: is_of_school_age(born, on, RULES),
            lambda: year_group(born, on, RULES),
        )
        for call in calls:
            with pytest.raises(CallError, match="date of birth") as caught:
                call()
            assert "2014" not in str(caught.value)

    def test_a_birth_so_late_that_no_calendar_reaches_its_end_is_refused(self) -> None:
        for call in (school_age_begins, school_age_ends):
            with pytest.raises(CallError, match="born"):
                call(date(9999, 1, 1), RULES)
        assert school_age_ends(date(9982, 12, 31), RULES).year == 9999

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"end_age": 5}, "end_age"),
            ({"start_age": -1}, "end_age"),
            ({"leaving_weekday": 7}, "leaving_weekday"),
            ({"leaving_month": 0}, "leaving_month"),
            ({"leaving_month": 9}, "leaving_month"),
            ({"prescribed_days": ((2, 29), (8, 31))}, "prescribed_days"),
            ({"prescribed_days": ()}, "school_year_starts"),
            ({"prescribed_days": ((9, 1), (12, 31))}, "school_year_starts"),
            ({"school_year_starts": (9, 31)}, "school_year_starts"),
        ],
    )
    def test_numbers_that_do_not_fit_together_are_refused(self, change: dict[str, Any], field: str) -> None:
        with pytest.raises(CallError, match=f"SchoolAge.{field}: .* was expected, found"):
            evolve(RULES, **change)

    def test_prescribed_days_may_come_in_any_order(self) -> None:
        assert evolve(RULES, prescribed_days=((12, 31), (3, 31), (8, 31))) == RULES


class TestProperties:
    """What holds for every child."""

    @given(BORN, YEAR_STARTS)
    def test_it_begins_before_it_ends(self, born: date, rules: SchoolAge) -> None:
        assert school_age_begins(born, rules) < school_age_ends(born, rules)

    @given(BORN, YEAR_STARTS)
    def test_it_begins_on_a_prescribed_day_not_before_five_and_within_the_months_between_two(
        self, born: date, rules: SchoolAge
    ) -> None:
        begins = school_age_begins(born, rules)
        five = birthday(born, 5)
        assert (begins.month, begins.day) in rules.prescribed_days
        assert five <= begins
        between = (five + DAY * number for number in range((begins - five).days))
        assert not any((day.month, day.day) in rules.prescribed_days for day in between)

    @given(BORN, YEAR_STARTS)
    def test_it_ends_on_a_leaving_date_as_one_of_the_three_limbs_says(self, born: date, rules: SchoolAge) -> None:
        sixteen = birthday(born, 16)
        left, next_year = leaving_date(sixteen.year, rules), date(sixteen.year, *rules.school_year_starts)
        if left < sixteen < next_year:
            expected = left
        elif sixteen == left:
            expected = sixteen
        else:
            expected = next(day for day in (left, leaving_date(sixteen.year + 1, rules)) if day > sixteen)
        assert school_age_ends(born, rules) == expected

    @given(BORN, BORN, YEAR_STARTS)
    def test_the_younger_never_begins_or_ends_first(self, one: date, other: date, rules: SchoolAge) -> None:
        older, younger = sorted((one, other))
        assert school_age_begins(older, rules) <= school_age_begins(younger, rules)
        assert school_age_ends(older, rules) <= school_age_ends(younger, rules)

    @given(BORN, st.integers(0, 20 * 366), YEAR_STARTS)
    def test_a_child_is_of_school_age_for_one_unbroken_time(self, born: date, days: int, rules: SchoolAge) -> None:
        on = born + DAY * days
        today, tomorrow = is_of_school_age(born, on, rules), is_of_school_age(born, on + DAY, rules)
        assert today == tomorrow or on + DAY == school_age_begins(born, rules) or on == school_age_ends(born, rules)

    @given(BORN, st.integers(0, 20 * 366), YEAR_STARTS)
    def test_the_year_group_goes_up_by_one_on_the_day_the_school_year_starts_and_on_no_other(
        self, born: date, days: int, rules: SchoolAge
    ) -> None:
        on = born + DAY * days
        tomorrow = on + DAY
        step = year_group(born, tomorrow, rules) - year_group(born, on, rules)
        assert step == ((tomorrow.month, tomorrow.day) == rules.school_year_starts)

    @given(BORN)
    def test_a_child_begins_school_age_in_reception_or_year_one(self, born: date) -> None:
        assert year_group(born, school_age_begins(born, RULES), RULES) == 0

    @given(BORN)
    def test_a_child_ends_school_age_in_year_eleven(self, born: date) -> None:
        assert year_group(born, school_age_ends(born, RULES), RULES) == 11
