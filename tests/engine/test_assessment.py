"""What an assessment can be asked."""

import json
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cme_rules.conditions.kinds import DATE
from cme_rules.conditions.nodes import Name
from cme_rules.conditions.words import Phrase
from cme_rules.domain.verdict import Status, Verdict
from cme_rules.engine import assessment as room
from cme_rules.engine.assess import assess
from cme_rules.engine.assessment import Assessment
from cme_rules.errors import UnknownName
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Definition, Limit
from tests.engine.odd import odd_policy

TODAY = date(2026, 3, 10)
GONE: dict[str, Any] = {"in_area": True, "on_roll": False, "schooling": "none", "last_taught": date(2026, 2, 10)}


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return odd_policy(tmp_path_factory.mktemp("odd"))


def of(policy: Policy, on: date = TODAY, **facts: object) -> Assessment:
    return assess(facts, policy, on=on)


class TestFindings:
    """By name, and all of them."""

    def test_a_finding_says_what_it_rests_on(self, policy: Policy) -> None:
        found = of(policy, **GONE)["long_gone"]

        assert found.verdict is Verdict.HOLDS
        assert found.paragraphs == ("2", "a.1")
        assert "four weeks to the day are enough" in found.readings
        assert found.conflict == "the Act sets no time"

    def test_an_unknown_finding_says_what_is_missing_and_who_knows(self, policy: Policy) -> None:
        found = of(policy, in_area=True, on_roll=False)["gone"]

        assert [(fact.name, fact.knows) for fact in found.missing] == [("schooling", ("clerk",))]

    def test_children_who_miss_different_facts_get_different_findings(self, policy: Policy) -> None:
        one, other = of(policy, in_area=True)["gone"], of(policy, on_roll=False)["gone"]

        assert {fact.name for fact in one.missing} == {"on_roll", "schooling"}
        assert {fact.name for fact in other.missing} == {"in_area", "schooling"}

    def test_the_verdicts_are_those_of_the_findings(self, policy: Policy) -> None:
        result = of(policy, **GONE)

        assert result.verdicts() == {name: finding.verdict for name, finding in result.findings.items()}
        assert list(result) == list(result.findings)
        assert "gone" in result
        assert "call_home" not in result

    def test_verdicts_may_be_changed_without_harm(self, policy: Policy) -> None:
        result = of(policy, **GONE)
        result.verdicts().clear()

        assert result.verdicts()["gone"] is Verdict.HOLDS

    def test_a_finding_the_law_of_the_day_has_not_fails_and_says_why(self, policy: Policy) -> None:
        found = of(policy, on=date(2021, 1, 1), **GONE)["long_gone"]

        assert (found.verdict, found.in_force) == (Verdict.FAILS, False)

    def test_a_name_the_policy_never_gives_is_refused_with_those_that_are_close(self, policy: Policy) -> None:
        with pytest.raises(UnknownName, match=r"no finding 'gonee'; it has gone"):
            of(policy)["gonee"]
        with pytest.raises(UnknownName, match=r"no finding 'zebra'$"):
            of(policy)["zebra"]

    @pytest.mark.parametrize("name", [3, None, ("gone",)])
    def test_what_is_no_name_is_refused_as_a_name_it_does_not_have(self, policy: Policy, name: Any) -> None:  # noqa: ANN401
        with pytest.raises(UnknownName):
            of(policy)[name]

    def test_its_repr_counts_and_shows_nothing_of_the_child(self, policy: Policy) -> None:
        shown = repr(of(policy, **GONE))

        assert shown.startswith("Assessment(policy='shire', on=2026-03-10, holds=")
        assert "none" not in shown

    def test_findings_are_not_remembered_without_end(self, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(room, "_KEPT", 1)
        result = of(policy, in_area=True)

        assert [result["gone"], result["settled"], result["gone"]] == [
            result.findings["gone"], result.findings["settled"], result.findings["gone"],
        ]  # fmt: skip


class TestActions:
    """Those that have arisen, and those that may have."""

    def test_an_action_has_its_days_and_stands_somewhere(self, policy: Policy) -> None:
        (call,) = of(policy, **GONE).actions

        assert (call.id, call.due, call.status) == ("call_home", date(2026, 2, 20), Status.OVERDUE)

    def test_what_is_done_is_done(self, policy: Policy) -> None:
        (call,) = of(policy, **GONE, called=date(2026, 2, 12)).actions

        assert call.status is Status.DISCHARGED

    def test_children_with_other_dates_get_other_days(self, policy: Policy) -> None:
        (call,) = of(policy, **{**GONE, "last_taught": date(2026, 2, 3)}).actions

        assert call.due == date(2026, 2, 13)

    def test_an_action_without_days_is_the_same_for_everybody(self, policy: Policy) -> None:
        one = of(policy, in_area=True, begins=date(2026, 3, 1))
        other = of(policy, in_area=True, begins=date(2026, 2, 1))

        assert one.actions[-1] is other.actions[-1]
        assert one.actions[-1].id == "look_again"

    def test_actions_are_not_remembered_without_end(self, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(room, "_KEPT", 1)
        days = [date(2026, 2, 3), date(2026, 2, 4), date(2026, 2, 3)]

        due = [of(policy, **{**GONE, "last_taught": day}).actions[0].due for day in days]

        assert due == [date(2026, 2, 13), date(2026, 2, 14), date(2026, 2, 13)]

    def test_an_action_whose_day_is_defined_by_other_facts_moves_with_them(self, policy: Policy) -> None:
        rule = next(rule for rule in policy.rules if rule.name == "call_home")
        assert rule.duty is not None
        assert rule.duty.due is not None
        later = Definition(name="later", means=Name("begins"), kind=DATE, text="begins", phrase=Phrase("the day"),
                           paragraph="2", pack="shire")  # fmt: skip
        moved = evolve(rule, duty=evolve(rule.duty, due=Limit(span=rule.duty.due.span, of="later")))
        changed = evolve(policy, definitions={**policy.definitions, "later": later},
                         rules=tuple(moved if each is rule else each for each in policy.rules))  # fmt: skip

        due = [
            action.due
            for day in (2, 3)
            for action in of(changed, **GONE, begins=date(2026, 3, day)).actions
            if action.id == "call_home"
        ]

        assert due == [date(2026, 3, 12), date(2026, 3, 13)]

    def test_an_action_that_may_have_arisen_says_what_would_decide(self, policy: Policy) -> None:
        result = of(policy, begins=date(2026, 3, 1))

        (again,) = [each for each in result.possible_actions if each.id == "look_again"]
        assert again.trigger is Verdict.UNKNOWN
        assert [fact.name for fact in again.missing] == ["in_area"]

    def test_nothing_arises_where_every_trigger_fails(self, policy: Policy) -> None:
        result = of(policy, in_area=False, begins=False)

        assert result.actions == ()
        assert result.possible_actions == ()


class TestReasons:
    """Why, why not, and what is wanting."""

    def test_missing_facts_stand_once_findings_first(self, policy: Policy) -> None:
        names = [fact.name for fact in of(policy, in_area=True).missing if fact.name]

        assert len(names) == len(set(names))
        assert names[:2] == ["on_roll", "schooling"]

    def test_the_readings_are_those_behind_what_holds_or_may_hold(self, policy: Policy) -> None:
        texts = {reading.text for reading in of(policy, **GONE, begins=date(2026, 3, 1)).readings}

        assert {"below four weeks a person may still decide", "the day of the beginning counts"} <= texts

    def test_why_goes_down_to_the_facts(self, policy: Policy) -> None:
        step = of(policy, **GONE).why("long_gone")

        assert step.verdict is Verdict.HOLDS
        assert [below.verdict for below in step.steps] == [Verdict.HOLDS, Verdict.HOLDS]

    def test_an_action_has_a_reason_too(self, policy: Policy) -> None:
        assert of(policy, **GONE).because("call_home") == ("the child is gone for long",)

    def test_a_name_without_a_rule_on_the_day_is_refused(self, policy: Policy) -> None:
        for ask in (Assessment.why, Assessment.because, Assessment.explain):
            with pytest.raises(UnknownName, match="has no finding or action 'zebra'"):
                ask(of(policy), "zebra")


class TestTheDict:
    """The stable form for other programs."""

    def test_it_goes_through_json_and_back(self, policy: Policy) -> None:
        told = of(policy, **GONE, begins=date(2026, 3, 1)).to_dict()

        assert json.loads(json.dumps(told)) == told

    def test_a_child_asked_after_another_gets_its_own_dict(self, policy: Policy) -> None:
        alone = of(policy, **GONE).to_dict()
        of(policy, in_area=False, begins=False, sessions_absent=2).to_dict()

        assert of(policy, **GONE).to_dict() == alone

    def test_days_are_text_and_no_day_is_null(self, policy: Policy) -> None:
        told = {each["id"]: each for each in of(policy, **GONE, begins=date(2026, 1, 5)).to_dict()["actions"]}

        assert told["call_home"]["due"] == "2026-02-20"
        assert told["write_about_it"]["first_lawful_day"] is None
