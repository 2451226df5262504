"""Two policies compared: in words, in children, in counts."""

import json
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from attrs import evolve

from cme_rules import assess, load_policy
from cme_rules.errors import CallError, UnknownName
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.diff.compare import compare, last_change
from cme_rules.verify.diff.model import Region
from tests.toy import broken_toy

ON = date(2026, 3, 9)


@pytest.fixture(scope="module")
def shorter(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The toy with twenty days in place of twenty-eight."""
    return load_policy(broken_toy(tmp_path_factory.mktemp("b"), "shire/parameters.toml", "value = 28", "value = 20"))


def as_facts(region: Region) -> dict[str, Any]:
    """A witness's facts as a caller gives them."""
    words = {"true": True, "false": False}
    made: dict[str, Any] = {}
    for name, text in region.child.facts.items():
        made[name] = words[text] if text in words else text.strip('"') if '"' in text else date.fromisoformat(text)
    return made


class TestAnEdit:
    """A number changed: the region between the two, with a child of it."""

    def test_the_change_is_told_in_words(self, policy: Policy, shorter: Policy) -> None:
        (change,) = compare(policy, shorter, on=ON).changes

        assert str(change) == "changed: number long: values: 28 from 2022-01-01 → 20 from 2022-01-01"

    def test_the_children_between_twenty_and_twenty_seven_days_differ(self, policy: Policy, shorter: Policy) -> None:
        region = next(each for each in compare(policy, shorter, on=ON).regions if each.first == "long_gone")

        assert region.holds_in == "second"
        assert "are less than a long time out of education (28 days)" in region.words
        assert "are at least a long time out of education (20 days)" in region.words
        assert region.child.real

    def test_the_child_has_two_answers(self, policy: Policy, shorter: Policy) -> None:
        for region in compare(policy, shorter, on=ON).regions:
            facts = as_facts(region)
            names = (region.first, region.second)
            if region.first == "call_home":
                continue
            first, second = (
                assess(facts, each, on=ON)[name] for each, name in zip((policy, shorter), names, strict=True)
            )

            assert {first.verdict.value, second.verdict.value} == {"holds", "fails"}

    def test_nothing_differs_from_itself(self, policy: Policy) -> None:
        assert compare(policy, policy, on=ON).same

    def test_only_the_pair_asked_for_is_compared(self, policy: Policy, shorter: Policy) -> None:
        found = compare(policy, shorter, on=ON, pairs=[("settled", "settled")])

        assert (found.compared, found.regions) == (1, ())


class TestRulesAndMore:
    """What only one of the two has."""

    def test_a_rule_added_removed_or_changed_is_told(self, policy: Policy) -> None:
        other = evolve(policy, rules=tuple(evolve(rule, title="Else") for rule in policy.rules[1:]))
        told = [str(change) for change in compare(policy, other, on=ON).changes]

        assert any(text.startswith("removed: rule") for text in told)
        assert any(text.startswith("changed: rule") and "title: " in text and "→ Else" in text for text in told)
        assert any(str(change).startswith("added: rule") for change in compare(other, policy, on=ON).changes)

    def test_a_council_is_compared_with_the_nation_it_extends(self, policy: Policy, folder: Path) -> None:
        land = load_policy(folder.parent / "land")

        found = compare(land, policy, on=ON)

        pairs = {(region.first, region.second) for region in found.regions}
        assert ("gone", "long_gone") in pairs

    def test_two_findings_of_one_policy_can_be_compared(self, policy: Policy) -> None:
        found = compare(policy, policy, on=ON, pairs=[("gone", "long_gone")])

        assert {region.holds_in for region in found.regions} == {"first"}
        assert found.changes == ()

    def test_a_finding_nobody_has_is_refused(self, policy: Policy) -> None:
        with pytest.raises(UnknownName, match="has no finding or action 'zzz'"):
            compare(policy, policy, on=ON, pairs=[("zzz", "gone")])


class TestACohort:
    """Counts and nothing else."""

    CHILD: ClassVar[dict[str, Any]] = {
        "in_area": True,
        "on_roll": False,
        "schooling": "none",
        "last_taught": date(2026, 2, 15),
    }

    def test_those_with_another_answer_are_counted(self, policy: Policy, shorter: Policy) -> None:
        found = compare(policy, shorter, on=ON, cohort=[self.CHILD, {}, {"on_roll": True}])

        count = next(each for each in found.counts if each.first == "long_gone")
        assert found.cohort == 3
        assert (count.differ, dict(count.in_first), dict(count.in_second)) == (
            1,
            {"fails": 2, "unknown": 1},
            {"holds": 1, "unknown": 1, "fails": 1},
        )

    def test_no_child_is_told(self, policy: Policy, shorter: Policy) -> None:
        told = json.dumps(compare(policy, shorter, on=ON, cohort=[self.CHILD]).to_dict()["cohort"])

        assert "2026-02-15" not in told

    def test_a_fact_neither_policy_has_is_refused(self, policy: Policy, shorter: Policy) -> None:
        with pytest.raises(CallError, match="neither policy has such a fact: shoe_size"):
            compare(policy, shorter, on=ON, cohort=[{"shoe_size": 3}])


def test_without_a_day_the_last_change_is_taken(policy: Policy, shorter: Policy) -> None:
    assert last_change(policy, shorter) == date(2022, 1, 1)
