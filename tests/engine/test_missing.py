"""What keeps an answer open: facts that are wanting, and counts that cannot be made."""

from datetime import date

import pytest

from cme_rules.engine.assess import assess
from cme_rules.engine.facts import check_facts
from cme_rules.engine.missing import missing_from
from cme_rules.engine.scope import Scope
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.engine.odd import odd_policy

TODAY = date(2026, 2, 10)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return odd_policy(tmp_path_factory.mktemp("odd"))


def wanting(policy: Policy, name: str, **facts: object) -> list[str]:
    return [fact.name or fact.question for fact in assess(facts, policy, on=TODAY)[name].missing]


class TestFacts:
    """In reading order, each once, and only where they could matter."""

    def test_they_stand_in_reading_order(self, policy: Policy) -> None:
        assert wanting(policy, "gone") == ["in_area", "on_roll", "schooling"]

    def test_a_part_that_is_settled_asks_for_nothing(self, policy: Policy) -> None:
        assert wanting(policy, "nested", on_roll=True) == ["in_area"]

    def test_a_fact_asked_for_twice_is_named_once(self, policy: Policy) -> None:
        assert wanting(policy, "again") == ["begins"]

    def test_a_count_asks_for_its_date(self, policy: Policy) -> None:
        assert wanting(policy, "two_definitions", on_roll=False) == ["begins"]

    def test_of_two_dates_only_the_one_that_is_wanting(self, policy: Policy) -> None:
        assert wanting(policy, "far_apart", begins=TODAY) == ["ends"]
        assert wanting(policy, "far_apart") == ["begins", "ends"]

    def test_a_word_of_a_list_asks_for_the_word(self, policy: Policy) -> None:
        assert wanting(policy, "not_at_home") == ["schooling"]

    def test_a_settled_finding_misses_nothing(self, policy: Policy) -> None:
        result = assess({"in_area": False}, policy, on=TODAY)

        assert missing_from(result.rule("gone").when, result.scope) == ()
        assert missing_from(result.rule("gone").when.operands[1], result.scope) != ()  # type: ignore[union-attr]


class TestReasons:
    """No fact is wanting, and still there is no answer."""

    def test_a_calendar_that_does_not_reach_is_named_with_its_days(self, policy: Policy) -> None:
        (why,) = wanting(policy, "reportable", absence_began=date(2025, 3, 1))

        assert why == "calendar 'shire' covers 2025-09-01 to 2026-08-31, and this reaches outside it"

    def test_a_school_without_a_calendar_is_told(self, policy: Policy) -> None:
        (why,) = wanting(policy, "reportable", absence_began=TODAY, school="999999")

        assert why == "the policy has no calendar for this child's school"

    def test_a_number_without_a_value_is_told(self, policy: Policy) -> None:
        assert wanting(policy, "never_valued", begins=TODAY) == ["the policy states no value of era for this day"]
        assert wanting(policy, "never_valued") == ["begins", "the policy states no value of era for this day"]

    def test_a_whole_of_nothing_is_told(self, policy: Policy) -> None:
        (why,) = wanting(policy, "often_absent", sessions_possible=0, sessions_absent=0)

        assert why == "rate() cannot be worked out from these facts"


class TestAWayThatNobodyHasJudged:
    """A tree that is no part of the law, and a scope made by hand."""

    def test_they_miss_the_same(self, policy: Policy) -> None:
        facts = {"begins": date(2026, 1, 5), "on_roll": True}
        result = assess(facts, policy, on=TODAY)
        scope = Scope(moment=result.assessor.moment, facts=check_facts(facts, policy))

        for rule in result.law.rules:
            assert missing_from(rule.when, scope) == missing_from(rule.when, result.scope), rule.id

    def test_one_childs_missing_facts_are_not_anothers(self) -> None:
        england, on = load_policy("england"), date(2026, 3, 20)
        bare = assess({}, england, on=on)["cme_statutory"].missing
        assess({"in_area": True, "date_of_birth": date(2014, 5, 2)}, england, on=on).to_dict()

        assert assess({}, england, on=on)["cme_statutory"].missing == bare
