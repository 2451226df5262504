"""Why, why not, and why nobody can say: in words, without the child's values unless they are asked for."""

from datetime import date
from typing import Any

import pytest

from cme_rules.conditions.words import say
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.explain import Step, clauses, trace
from cme_rules.engine.facts import check_facts
from cme_rules.engine.scope import Scope
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.engine.odd import odd_policy

TODAY = date(2026, 3, 10)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return odd_policy(tmp_path_factory.mktemp("odd"))


def why(policy: Policy, name: str, *, reveal: bool = False, **facts: object) -> Step:
    return assess(facts, policy, on=TODAY).why(name, reveal=reveal)


def values(step: Step) -> list[str]:
    return [step.value, *(value for below in step.steps for value in values(below))]


class TestSteps:
    """The way to an answer, through definitions and findings."""

    def test_a_rule_lists_what_it_asks_for(self, policy: Policy) -> None:
        step = why(policy, "gone", in_area=True, on_roll=False, schooling="tutor")

        assert (step.verdict, step.joint, step.paragraph) == (Verdict.FAILS, "all", "a.1")
        assert [below.words for below in step.steps] == [
            "the child lives in the area", "the child is on no roll", "there is no other education",
        ]  # fmt: skip
        assert [below.verdict for below in step.steps] == [Verdict.HOLDS, Verdict.HOLDS, Verdict.FAILS]

    def test_a_finding_inside_a_rule_is_laid_open(self, policy: Policy) -> None:
        step = why(policy, "long_gone", in_area=True)

        gone, out_for = step.steps
        assert (gone.words, gone.paragraph, len(gone.steps)) == ("the child is gone from education", "a.1", 3)
        assert (out_for.verdict, out_for.steps) == (Verdict.UNKNOWN, ())

    def test_a_definition_inside_a_rule_is_laid_open(self, policy: Policy) -> None:
        step = why(policy, "again", begins=TODAY)

        assert step.steps[0].words == "it has begun"
        assert [below.words for below in step.steps[0].steps] == ["the beginning has come"]

    def test_alternatives_say_that_one_is_enough(self, policy: Policy) -> None:
        step = why(policy, "settled", on_roll=True)

        assert step.joint == "any"

    def test_a_denied_alternative_stands_as_a_whole(self, policy: Policy) -> None:
        step = why(policy, "two_definitions", begins=date(2026, 1, 5), on_roll=False)

        below = step.steps[1]
        assert (below.words, below.verdict) == (
            "the child is on no roll and it is not the case that it has begun",
            Verdict.FAILS,
        )
        assert below.steps[0].words == "at least one of these"

    def test_alternatives_inside_alternatives_keep_their_shape(self, policy: Policy) -> None:
        step = why(policy, "nested", in_area=True, on_roll=True)

        assert step.joint == "any"
        assert {below.words for below in step.steps} >= {"all of these"}

    def test_a_denied_definition_is_laid_open_so_that_what_is_wanting_is_seen(self) -> None:
        facts = {
            "sharing_supports_safeguarding": True,
            "consent": True,
            "sharing_necessary": True,
            "sharing_secure": False,
        }
        step = assess(facts, load_policy("east_sussex"), on=TODAY).why("share_once_met")
        (denied,) = [below for below in step.steps if below.words == "some mark of sharing well is not met"]
        (checklist,) = denied.steps

        assert (denied.verdict, checklist.verdict, checklist.paragraph) == (Verdict.HOLDS, Verdict.FAILS, "9a")
        assert [(below.words, below.verdict) for below in checklist.steps if below.verdict is not Verdict.UNKNOWN] == [
            ("the sharing is necessary", Verdict.HOLDS),
            ("the sharing is secure", Verdict.FAILS),
        ]

    def test_a_denied_finding_is_laid_open_too(self) -> None:
        step = assess({}, load_policy("england"), on=TODAY).why("removal_not_school_age_a")
        (denied,) = [below for below in step.steps if below.words == "the child is not of compulsory school age"]

        assert [below.paragraph for below in denied.steps] == ["s.8"]

    def test_an_action_is_headed_by_its_title(self, policy: Policy) -> None:
        assert why(policy, "look_again", begins=TODAY).words == "Look at it again"


class TestValues:
    """Shown only where they are asked for."""

    def test_nothing_of_the_child_is_shown(self, policy: Policy) -> None:
        step = why(policy, "long_gone", in_area=True, on_roll=False, schooling="none", last_taught=date(2026, 2, 3))

        assert set(values(step)) == {""}

    def test_asked_for_they_are(self, policy: Policy) -> None:
        given: dict[str, Any] = {
            "in_area": True,
            "on_roll": False,
            "schooling": "none",
            "last_taught": date(2026, 2, 3),
        }
        step = why(policy, "long_gone", reveal=True, **given)

        assert "35" in values(step)
        assert "none; none" in values(step)

    @pytest.mark.parametrize(
        ("name", "facts", "shown"),
        [
            ("begins_later", {"begins": date(2026, 3, 11)}, "2026-03-10; 2026-03-11"),
            ("begins_later", {"begins": False}, "2026-03-10; never"),
            ("is_known", {"begins": TODAY}, ""),
            ("enough", {"sessions_absent": 4}, "4"),
            ("turned_round", {"on_roll": True}, ""),
            ("not_at_home", {"schooling": "home"}, ""),
            ("begins_later", {}, "2026-03-10"),
        ],
    )
    def test_each_sort_of_value_reads_plainly(
        self, policy: Policy, name: str, facts: dict[str, Any], shown: str
    ) -> None:
        assert why(policy, name, reveal=True, **facts).steps[0].value == shown


class TestClauses:
    """The parts that made the verdict."""

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"in_area": True, "on_roll": False, "schooling": "none"},
             ("the child lives in the area", "the child is on no roll", "there is no other education")),
            ({"in_area": True, "on_roll": True}, ("the child is on a roll",)),
            ({"in_area": True}, ("it is not known whether the child is on no roll",
                                 "it is not known whether there is no other education")),
        ],
    )  # fmt: skip
    def test_only_those_parts_are_named(self, policy: Policy, facts: dict[str, Any], expected: tuple[str, ...]) -> None:
        assert assess(facts, policy, on=TODAY).because("gone") == expected

    def test_a_rule_of_one_part_names_that(self, policy: Policy) -> None:
        assert assess({"begins": TODAY}, policy, on=TODAY).because("same_again") == ("it has begun",)


class TestAWayThatNobodyHasJudged:
    """A scope made by hand gives the same words as an assessment's."""

    def test_the_steps_are_the_same(self, policy: Policy) -> None:
        facts = {"in_area": True, "begins": date(2026, 1, 5), "schooling": "home"}
        result = assess(facts, policy, on=TODAY)
        scope = Scope(moment=result.assessor.moment, facts=check_facts(facts, policy))

        for rule in result.law.rules:
            assert trace(rule, scope) == trace(rule, result.scope)
            assert clauses(rule, scope) == clauses(rule, result.scope)

    def test_words_are_made_once_and_stay_right(self, policy: Policy) -> None:
        result = assess({"in_area": True}, policy, on=TODAY)
        first, second = result.why("gone"), result.why("gone")
        rule = result.rule("gone")

        assert first == second
        assert first.steps[2].words == say(rule.when.operands[2], result.law.phrases)  # type: ignore[union-attr]
