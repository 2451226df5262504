"""Other councils are folders: each loads, passes its own cases, is covered, and differs where it says so."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cme_rules import Policy, Status, Verdict, assess, load_policy
from cme_rules.policy.loading.find import policy_folder
from cme_rules.verify.cases import read_cases
from cme_rules.verify.coverage import Coverage, coverage
from cme_rules.verify.run import run_cases

SRC = Path(__file__).parents[2] / "src"
COUNCILS = ("brighton_and_hove", "norfolk")
ABSENT = {
    "date_of_birth": date(2014, 5, 2),
    "in_area": True,
    "on_school_roll": True,
    "education_otherwise": "none",
    "absence_began": date(2026, 2, 2),
    "attends_alternative_provision": False,
}


@cache
def policy(name: str) -> Policy:
    return load_policy(name)


@cache
def covered(name: str) -> Coverage:
    return coverage(policy(name), read_cases(policy(name), policy_folder(name)))


@pytest.mark.parametrize("name", COUNCILS)
class TestEach:
    """Small, and held to what the large packs are held to."""

    def test_it_extends_the_nation(self, name: str) -> None:
        assert policy(name).packs == ("england", name)

    def test_its_cases_pass(self, name: str) -> None:
        results = run_cases(policy(name), read_cases(policy(name), policy_folder(name)))

        assert len(results) > 20
        assert [each.case.name for each in results if not each.passed] == []

    def test_every_paragraph_is_encoded_or_says_why_not(self, name: str) -> None:
        assert covered(name).passed

    def test_its_rules_lack_no_case(self, name: str) -> None:
        own = {rule.id for rule in policy(name).rules if rule.pack == name}

        assert {row.id: row.lacks for row in covered(name).rules_lacking if row.id in own} == {}

    def test_its_thresholds_have_their_three_cases(self, name: str) -> None:
        own = {number.name for number in policy(name).parameters.values() if number.pack == name}
        lacking = [row.parameters for row in covered(name).thresholds_lacking if own.intersection(row.parameters)]

        assert lacking == []

    def test_its_sources_are_cited_with_an_address_and_the_day_they_were_read(self, name: str) -> None:
        rules = [rule for rule in policy(name).rules if rule.pack == name]
        sources = {policy(name).paragraphs[rule.paragraph].source for rule in rules}

        assert sources
        assert all(policy(name).sources[each].url and policy(name).sources[each].read for each in sources)

    def test_the_code_does_not_know_of_it(self, name: str) -> None:
        named = re.compile(name.split("_", maxsplit=1)[0], re.IGNORECASE)

        assert [path.name for path in SRC.rglob("*.py") if named.search(path.read_text(encoding="utf-8"))] == []


class TestADifferentDefinition:
    """One council counts registered pupils; the Act never does, and a neighbour does not either."""

    def test_a_registered_pupil_four_weeks_away_is_missing_in_one_place_only(self) -> None:
        here = assess(ABSENT, policy("brighton_and_hove"), on=date(2026, 3, 9))
        known = {name: value for name, value in ABSENT.items() if name != "attends_alternative_provision"}
        there = assess(known, policy("east_sussex"), on=date(2026, 3, 9))

        assert here["cme_local"].verdict is Verdict.HOLDS
        assert here["cme_statutory"].verdict is Verdict.FAILS
        assert there["cme_local"].verdict is Verdict.FAILS

    def test_four_weeks_to_the_day_are_enough_next_door_and_not_here(self) -> None:
        child = {**ABSENT, "on_school_roll": False, "last_day_of_education": date(2026, 2, 9), "absence_began": False}
        here = assess(child, policy("brighton_and_hove"), on=date(2026, 3, 9))
        child.pop("attends_alternative_provision")
        there = assess(child, policy("east_sussex"), on=date(2026, 3, 9))

        assert here["cme_local"].verdict is Verdict.FAILS
        assert there["cme_local"].verdict is Verdict.HOLDS

    def test_the_difference_is_said(self) -> None:
        found = assess(ABSENT, policy("brighton_and_hove"), on=date(2026, 3, 9))

        assert "never counts a registered pupil" in found["cme_local_absent"].conflict


class TestDifferentSteps:
    """The other council's notice of seven days is not the Act's."""

    def test_working_days_pass_over_easter(self) -> None:
        child = {"enrolment_referral": date(2026, 3, 30), "parent_telephoned": False}
        (call,) = [each for each in assess(child, policy("norfolk"), on=date(2026, 4, 2)).actions if each.due]

        assert call.due == date(2026, 4, 10)
        assert call.status is Status.DUE

    def test_its_first_notice_opens_no_way_to_an_order(self) -> None:
        child = {"first_notice_sent": date(2026, 3, 27), "on_school_roll": False, "parent_satisfied_authority": False}
        found = assess({**child, "notice_served": False}, policy("norfolk"), on=date(2026, 4, 4))

        assert found["first_notice_over"].verdict is Verdict.HOLDS
        assert found["sao_may_be_made"].verdict is Verdict.FAILS
