"""What comes round, as windows of days; what a calendar does not reach is said, not guessed."""

from datetime import date, datetime
from pathlib import Path

import pytest

from cme_rules import BrokenPolicy, CallError, Policy, UnknownName, load_policy, occurrences
from tests.policy.packs import added, write_pack
from tests.toy import write_toy

COUNCIL = load_policy("east_sussex")
YEAR = (date(2025, 9, 1), date(2026, 8, 31))

TERMLY = """
["5/reports"]
title = "Reports"
schedule = "reports"
times_a_term = "often_enough"
role = "clerk"
force = "must"
since = 2026-02-01
until = 2026-06-30
"""
NUMBER = """
[often_enough]
title = "Reports a term"
unit = "report"
paragraph = "5"
values = [{ since = 2022-01-01, until = 2026-04-30, value = 2 }]
"""


def shire(root: Path, *, calendar: bool = True) -> Policy:
    folder = write_toy(root)
    with (folder / "parameters.toml").open("a", encoding="utf-8") as file:
        file.write(NUMBER)
    with (folder / "rules" / "3_absence.toml").open("a", encoding="utf-8") as file:
        file.write(TERMLY)
    if not calendar:
        head = folder / "policy.toml"
        head.write_text(head.read_text(encoding="utf-8").replace('calendar = "shire"\n', ""), encoding="utf-8")
    return load_policy(folder)


class TestMonthly:
    """Every calendar month that the days touch, whole."""

    def test_each_month_of_the_year_has_its_panel(self) -> None:
        found = occurrences(COUNCIL, *YEAR, schedule="cme_panel")

        assert len(found) == 12
        assert (found[0].first, found[0].last, found[0].of) == (date(2025, 9, 1), date(2025, 9, 30), "September 2025")
        assert {each.certainty for each in found} == {"actual"}
        assert "admissions" in found[0].attends

    def test_a_single_day_touches_its_month(self) -> None:
        (found,) = occurrences(COUNCIL, date(2026, 2, 28), date(2026, 2, 28), schedule="cme_panel")

        assert (found.first, found.last) == (date(2026, 2, 1), date(2026, 2, 28))

    def test_december_is_followed_by_january(self) -> None:
        found = occurrences(COUNCIL, date(2025, 12, 31), date(2026, 1, 1), schedule="cme_panel")

        assert [each.of for each in found] == ["December 2025", "January 2026"]

    def test_before_the_policy_there_was_no_panel(self) -> None:
        assert occurrences(COUNCIL, date(2022, 1, 1), date(2022, 9, 27), schedule="cme_panel") == ()
        assert len(occurrences(COUNCIL, date(2022, 1, 1), date(2022, 9, 28), schedule="cme_panel")) == 1


class TestTermly:
    """So many times a term, over three terms a year, each to its last school day."""

    def test_two_reports_a_term_make_six_a_year(self) -> None:
        found = occurrences(COUNCIL, *YEAR, schedule="absence_reports")

        assert [(each.of, each.number) for each in found] == [
            (f"{term} 2025/26", number) for term in ("autumn", "spring", "summer") for number in (1, 2)
        ]
        assert found[0].last == date(2025, 12, 19)
        assert found[-1].last == date(2026, 7, 22)

    def test_a_term_begins_on_its_first_school_day(self) -> None:
        assert occurrences(COUNCIL, *YEAR, schedule="absence_reports")[0].first == date(2025, 9, 4)

    def test_dates_that_were_only_proposed_say_so(self) -> None:
        assert occurrences(COUNCIL, *YEAR, schedule="absence_reports")[0].certainty == "proposed"

    def test_a_day_between_terms_touches_none(self) -> None:
        assert occurrences(COUNCIL, date(2025, 12, 24), date(2025, 12, 26), schedule="absence_reports") == ()

    def test_terms_without_halves_stand_for_themselves(self, tmp_path: Path) -> None:
        found = occurrences(shire(tmp_path), date(2026, 2, 1), date(2026, 2, 28), schedule="reports")

        assert [(each.of, each.number, each.first) for each in found] == [
            ("Spring 2025/26", 1, date(2026, 1, 6)),
            ("Spring 2025/26", 2, date(2026, 1, 6)),
        ]

    def test_another_schools_calendar_can_be_asked(self, tmp_path: Path) -> None:
        other = shire(tmp_path).calendars.authority("shire")
        found = occurrences(COUNCIL, date(2026, 1, 1), date(2026, 2, 28), schedule="absence_reports", calendar=other)

        assert {each.of for each in found} == {"Spring 2025/26"}

    def test_a_schedule_ends_with_its_last_day(self, tmp_path: Path) -> None:
        policy = shire(tmp_path)

        assert occurrences(policy, date(2026, 7, 1), date(2026, 7, 31), schedule="reports") == ()
        assert occurrences(policy, date(2025, 12, 1), date(2026, 1, 31), schedule="reports") == ()


class TestWhatIsNotKnown:
    """Days no calendar covers, and a number that is not stated, are said."""

    def test_days_after_the_calendar(self) -> None:
        (found,) = occurrences(COUNCIL, date(2030, 1, 1), date(2030, 3, 31), schedule="absence_reports")

        assert (found.first, found.last) == (date(2030, 1, 1), date(2030, 3, 31))
        assert found.why.startswith("calendar 'east_sussex' covers 2021-09-01 to")
        assert (found.certainty, found.number) == ("", 0)

    def test_days_before_the_calendar(self, tmp_path: Path) -> None:
        calendar = shire(tmp_path).calendars.authority("shire")
        found = occurrences(COUNCIL, date(2025, 6, 1), date(2026, 9, 30), schedule="absence_reports", calendar=calendar)

        assert (found[0].first, found[0].last) == (date(2025, 6, 1), date(2025, 8, 31))
        assert (found[-1].first, found[-1].last) == (date(2026, 9, 1), date(2026, 9, 30))
        assert found[0].why == found[-1].why != ""

    def test_a_policy_without_a_calendar(self, tmp_path: Path) -> None:
        (found,) = occurrences(shire(tmp_path, calendar=False), date(2026, 2, 1), date(2026, 2, 2))

        assert found.why == "the policy has no school calendar"

    def test_a_term_for_which_no_number_is_stated(self, tmp_path: Path) -> None:
        (found,) = occurrences(shire(tmp_path), date(2026, 5, 1), date(2026, 6, 30), schedule="reports")

        assert found.of == "Summer 2025/26"
        assert "states no value of often_enough" in found.why


class TestCalls:
    """Everything is given in the order of its window, and wrong calls are refused."""

    def test_all_schedules_stand_in_the_order_of_their_windows(self) -> None:
        found = occurrences(COUNCIL, *YEAR)

        assert [each.first for each in found] == sorted(each.first for each in found)
        assert {each.schedule for each in found} == {each.schedule for each in COUNCIL.schedules}

    def test_a_schedule_the_policy_has_not_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="it has: cme_panel"):
            occurrences(COUNCIL, *YEAR, schedule="no_such")
        with pytest.raises(UnknownName, match="it has: none"):
            occurrences(load_policy("england"), *YEAR, schedule="no_such")

    def test_days_in_the_wrong_order_and_moments_are_refused(self) -> None:
        with pytest.raises(CallError, match="last"):
            occurrences(COUNCIL, YEAR[1], YEAR[0])
        with pytest.raises(CallError, match="first"):
            occurrences(COUNCIL, datetime(2026, 1, 1), YEAR[1])  # noqa: DTZ001


class TestFiles:
    """A schedule says how often, in one way, with a declared number and declared people."""

    HEAD = '["2/round"]\ntitle = "Round"\nschedule = "round"\nrole = "team"\nforce = "must"\n'

    @pytest.mark.parametrize(
        ("lines", "problem"),
        [
            ("", "either how often"),
            ('every = "month"\ntimes_a_term = "enough_letters"\n', "either how often"),
            ('every = "week"\n', "'week' is not known"),
            ('times_a_term = "long_out"\n', "not a parameter with a bare number"),
            ('times_a_term = "no_such"\n', "not a parameter with a bare number"),
            ('every = "month"\nattends = ["nobody"]\n', "role 'nobody' is not declared"),
        ],
    )
    def test_anything_else_is_a_fault(self, tmp_path: Path, lines: str, problem: str) -> None:
        with pytest.raises(BrokenPolicy, match=problem):
            load_policy(write_pack(tmp_path, added("rules/2_visit.toml", self.HEAD + lines)))
