from datetime import date
from typing import Any

import pytest

from cme_rules.policy.model.policy import Policy
from cme_rules.verify.case import Case
from cme_rules.verify.failures import tell_failure, tell_history
from cme_rules.verify.histories import HistoryResult, HistoryWrong
from cme_rules.verify.run import CaseResult, run_cases

LOCAL = {"in_area": True, "on_roll": False, "schooling": "none"}
GONE = {**LOCAL, "last_taught": date(2026, 2, 10)}


def result_of(policy: Policy, given: dict[str, Any], *, on: date = date(2026, 3, 10), **expected: Any) -> CaseResult:  # noqa: ANN401 - as a Case has it
    case = Case(name="An invented child", paragraph="2", pack="shire", file="x.toml", on=on, given=given, **expected)
    (result,) = run_cases(policy, [case])
    return result


def found_of(policy: Policy, given: dict[str, Any], **expected: Any) -> list[str]:  # noqa: ANN401 - as a Case has it
    """What was found instead of each thing expected."""
    return [wrong.found for wrong in result_of(policy, given, **expected).mismatches]


class TestVerdicts:
    """`then` expects the verdict of a finding, or of what sets an action off."""

    @pytest.mark.parametrize("name", ["long_gone", "call_home"])
    def test_the_verdict_found_passes(self, policy: Policy, name: str) -> None:
        assert result_of(policy, GONE, then={name: "holds"}).passed

    @pytest.mark.parametrize("name", ["long_gone", "call_home"])
    @pytest.mark.parametrize("verdict", ["fails", "unknown", "not_in_force"])
    def test_any_other_verdict_does_not(self, policy: Policy, name: str, verdict: str) -> None:
        assert found_of(policy, GONE, then={name: verdict}) == ["holds"]

    def test_an_action_that_may_have_arisen_is_unknown(self, policy: Policy) -> None:
        assert result_of(policy, LOCAL, then={"call_home": "unknown"}).passed

    @pytest.mark.parametrize("verdict", ["fails", "not_in_force"])
    def test_a_rule_the_law_of_the_day_lacks_fails_and_is_not_in_force(self, policy: Policy, verdict: str) -> None:
        assert result_of(policy, GONE, then={"fast_track": verdict}).passed

    def test_a_rule_the_law_of_the_day_lacks_does_not_hold(self, policy: Policy) -> None:
        assert found_of(policy, GONE, then={"fast_track": "holds"}) == ["not_in_force"]

    def test_a_preview_brings_it_in(self, policy: Policy) -> None:
        assert result_of(policy, GONE, then={"fast_track": "holds"}, preview=("reform",)).passed


class TestMissing:
    """`missing` expects the exact names of the facts that would settle an unknown."""

    @pytest.mark.parametrize("name", ["long_gone", "call_home"])
    def test_the_exact_names_pass(self, policy: Policy, name: str) -> None:
        assert result_of(policy, LOCAL, missing={name: frozenset({"last_taught"})}).passed

    def test_one_name_too_few_is_told(self, policy: Policy) -> None:
        given = {"on_roll": False, "schooling": "none"}

        assert found_of(policy, given, missing={"long_gone": frozenset({"last_taught"})}) == ["in_area, last_taught"]

    def test_nothing_is_missing_from_what_is_settled(self, policy: Policy) -> None:
        assert found_of(policy, GONE, missing={"long_gone": frozenset({"in_area"})}) == ["nothing"]

    def test_a_calendar_that_does_not_reach_is_missing_too(self, policy: Policy) -> None:
        given = {"absence_began": date(2020, 1, 1)}

        assert result_of(policy, given, missing={"reportable": frozenset({"calendar"})}).passed


class TestDaysAndStatus:
    """`due`, `not_before` and `status` expect the days of an action and where it stands."""

    def test_the_last_day_passes(self, policy: Policy) -> None:
        assert result_of(policy, GONE, due={"call_home": date(2026, 2, 20)}).passed

    def test_the_day_after_is_told(self, policy: Policy) -> None:
        assert found_of(policy, GONE, due={"call_home": date(2026, 2, 21)}) == ["2026-02-20"]

    def test_no_day_is_undated(self, policy: Policy) -> None:
        assert result_of(policy, GONE, not_before={"call_home": None}).passed

    def test_an_action_that_has_not_arisen_has_no_day(self, policy: Policy) -> None:
        assert found_of(policy, LOCAL, due={"call_home": date(2026, 2, 20)}) == ["no such action"]

    @pytest.mark.parametrize(
        ("given", "status"),
        [
            (GONE, "overdue"),
            ({**GONE, "called": date(2026, 3, 1)}, "discharged"),
            ({**GONE, "called": False}, "overdue"),
            (LOCAL, "possible"),
            ({"on_roll": True}, "absent"),
        ],
    )
    def test_the_status_found_passes_and_every_other_fails(
        self, policy: Policy, given: dict[str, Any], status: str
    ) -> None:
        assert result_of(policy, given, status={"call_home": status}).passed
        assert found_of(policy, given, status={"call_home": "due"}) == [status]


class TestWhoActs:
    """`role` expects who is to act, `force` how strongly, of an action that has arisen."""

    def test_the_role_and_the_force_of_the_duty_pass(self, policy: Policy) -> None:
        assert result_of(policy, GONE, role={"call_home": "clerk"}, force={"call_home": "must"}).passed

    def test_another_role_or_force_is_told_with_the_one_found(self, policy: Policy) -> None:
        assert found_of(policy, GONE, role={"call_home": "school"}) == ["clerk"]
        assert found_of(policy, GONE, force={"call_home": "may"}) == ["must"]

    @pytest.mark.parametrize("given", [LOCAL, {"on_roll": True}])
    def test_of_an_action_that_has_not_arisen_nobody_is_to_act(self, policy: Policy, given: dict[str, Any]) -> None:
        found = found_of(policy, given, role={"call_home": "clerk"}, force={"call_home": "must"})

        assert found == ["no such action", "no such action"]


class TestTelling:
    """A failure is told whole: the children of cases are invented."""

    def test_it_names_the_place_the_paragraph_and_what_was_found(self, policy: Policy) -> None:
        said = tell_failure(result_of(policy, GONE, then={"long_gone": "fails"}), policy)

        assert "An invented child\n  x.toml, paragraph 2: gone for long" in said
        assert "then long_gone: expected fails, found holds" in said

    def test_it_shows_the_facts_that_mattered(self, policy: Policy) -> None:
        given = {**GONE, "on_roll": True, "school": "elsewhere"}
        said = tell_failure(result_of(policy, given, then={"long_gone": "holds"}), policy)

        assert '    in_area = true\n    on_roll = true\n    schooling = "none"\n    last_taught = 2026-02-10\n' in said
        assert "school =" not in said

    def test_it_names_the_facts_that_were_not_given(self, policy: Policy) -> None:
        said = tell_failure(result_of(policy, LOCAL, then={"long_gone": "holds"}), policy)

        assert "not given: last_taught" in said

    def test_it_shows_numbers_as_they_are(self, policy: Policy) -> None:
        given = {"sessions_absent": 9, "sessions_possible": 100}
        said = tell_failure(result_of(policy, given, then={"often_absent": "holds"}), policy)

        assert "sessions_absent = 9" in said

    def test_it_explains_the_answer(self, policy: Policy) -> None:
        said = tell_failure(result_of(policy, GONE, then={"long_gone": "fails"}), policy)

        assert "at least a long time out of education (28 days; 10 February 2026, so 28)" in said

    def test_it_says_so_where_the_day_has_no_such_rule(self, policy: Policy) -> None:
        said = tell_failure(result_of(policy, GONE, then={"fast_track": "holds"}), policy)

        assert "the law of 2026-03-10 has no rule for fast_track" in said

    def test_a_history_is_told_with_its_process(self) -> None:
        class Stub:
            def __init__(self, **parts: object) -> None:
                self.__dict__.update(parts)

        history: Any = Stub(
            name="The notice runs out", file="h.toml", line=3, case=Stub(process=Stub(title="An order"))
        )
        wrong = (HistoryWrong(about="state", expected="notice", found="order"),)

        said = tell_history(HistoryResult(history=history, wrong=wrong))

        assert said == "The notice runs out\n  h.toml:3, An order\n  state: expected notice, found order"
