from pathlib import Path

import pytest

from tests.cli.conftest import Cme, Done
from tests.toy import FILES, write_toy


@pytest.fixture
def calendar(cme: Cme, shire: Path) -> Cme:
    def command(*arguments: object) -> Done:
        return cme("calendar", "--policy", shire, *arguments)

    return command


class TestCount:
    """Both ends of a range are counted."""

    def test_days_and_sessions_are_counted(self, calendar: Cme) -> None:
        assert calendar("count", "2026-01-05", "2026-01-09").out == (
            "4 school days (8 sessions) from 2026-01-05 to 2026-01-09, both counted\n  calendar shire, published\n"
        )

    def test_one_day_is_one_day(self, calendar: Cme) -> None:
        assert calendar("count", "2026-01-06", "2026-01-06").out.startswith("1 school day (2 sessions)")

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            ("2026-01-09", "2026-01-05", "the first day of the range comes after its last day"),
            ("2024-01-09", "2026-01-05", "covers 2025-09-01 to 2026-08-31"),
            ("2026-02-30", "2026-03-05", "expected a day that exists"),
            ("2026-02-03T10:00", "2026-03-05", "expected a day that exists"),
        ],
    )
    def test_what_cannot_be_counted_is_told(self, calendar: Cme, first: str, last: str, said: str) -> None:
        done = calendar("count", first, last)

        assert done.status == 2
        assert said in done.err


class TestAdd:
    """The day itself is never counted."""

    @pytest.mark.parametrize(("number", "found"), [(1, "2026-01-07"), (2, "2026-01-08"), (29, "2026-05-01")])
    def test_the_nth_school_day_after_is_found(self, calendar: Cme, number: int, found: str) -> None:
        assert calendar("add", "2026-01-06", number).out.startswith(found)

    @pytest.mark.parametrize(
        ("number", "nth"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st")]
    )
    def test_it_is_said_as_one_says_it(self, calendar: Cme, number: int, nth: str) -> None:
        assert f"the {nth} school day after 2026-01-06" in calendar("add", "2026-01-06", number).out

    @pytest.mark.parametrize("number", [0, -3])
    def test_n_is_one_or_more(self, calendar: Cme, number: int) -> None:
        done = calendar("add", "2026-01-06", number)

        assert done.status == 2
        assert "1 upwards" in done.err

    def test_n_is_a_number(self, calendar: Cme) -> None:
        assert "N: expected a whole number" in calendar("add", "2026-01-06", "two").err.replace("number:", "N:")

    def test_a_day_too_far_is_told(self, calendar: Cme) -> None:
        assert "add the school year" in calendar("add", "2026-06-26", 5).err


class TestShow:
    """A day explained, a year set out, the years listed."""

    def test_a_school_day(self, calendar: Cme) -> None:
        assert calendar("show", "2026-01-06").out == (
            "2026-01-06 (Tuesday): school day\n  in Spring, 2026-01-05 to 2026-02-13\n  sessions: AM and PM\n"
            "  calendar shire, school year 2025/26\n  published, by the shire's page\n"
        )

    def test_a_bank_holiday(self, calendar: Cme) -> None:
        assert calendar("show", "2026-05-04").out.startswith("2026-05-04 (Monday): bank holiday\n")

    @pytest.mark.parametrize("year", ["2025/26", "2025"])
    def test_a_year(self, calendar: Cme, year: str) -> None:
        out = calendar("show", year).out

        assert "  Spring: 2026-01-05 to 2026-02-13, 29 school days\n" in out
        assert "  in all: 69 school days\n" in out

    def test_the_years_it_covers(self, calendar: Cme) -> None:
        assert "2025/26: 69 school days from 2025-09-01 to 2026-08-31, published" in calendar("show").out

    def test_anything_else_is_told_with_the_years_there_are(self, calendar: Cme) -> None:
        done = calendar("show", "next year")

        assert done.status == 2
        assert "or one of the school years 2025/26" in done.err

    def test_a_closure_is_told_with_its_reason(self, cme: Cme, tmp_path: Path) -> None:
        text = FILES["shire/calendars/shire.toml"] + (
            "\n[[closure]]\nfirst = 2026-01-08\nlast = 2026-01-09\nemergency = true\n"
            'reason = "snow"\nrecorded = 2026-01-10\n'
        )
        folder = write_toy(tmp_path, shire__calendars__shire=text)
        out = cme("calendar", "--policy", folder, "show", "2025").out

        assert "  closure emergency: 2 days\n" in out
        assert "  2026-01-08 to 2026-01-09: snow\n" in out


class TestWhichCalendar:
    """The authority's, or a school's own."""

    def test_a_school_without_its_own_is_not_assumed_to_follow(self, cme: Cme, shire: Path) -> None:
        done = cme("calendar", "--policy", shire, "--school", "123456", "show")

        assert done.status == 2
        assert "this school has no calendar of its own here" in done.err
        assert "123456" not in done.err

    def test_unless_asked_to_assume_it(self, cme: Cme, shire: Path) -> None:
        done = cme("calendar", "--policy", shire, "--school", "123456", "--assume-authority", "count", "2026-01-06", "2026-01-06")  # fmt: skip  # noqa: E501

        assert done.out.endswith("calendar shire, assumed\n")

    def test_a_policy_without_a_calendar_is_told(self, cme: Cme, shire: Path) -> None:
        done = cme("calendar", "--policy", shire.parent / "land", "show")

        assert done.status == 2
        assert "policy 'land' has no school calendar of its own" in done.err
