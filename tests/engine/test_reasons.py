"""What made an answer, as clauses that are so: nothing asked and denied, nothing said twice, nothing left vague."""

from datetime import date
from typing import Any

import pytest

from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.reasons import Answer, answer_to, made_by
from cme_rules.policy.model.policy import Policy
from tests.engine.odd import odd_policy

TODAY = date(2026, 3, 10)
GONE: dict[str, Any] = {"in_area": True, "on_roll": False, "schooling": "none", "last_taught": date(2026, 2, 3)}


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return odd_policy(tmp_path_factory.mktemp("odd"))


def answer(policy: Policy, name: str, *, reveal: bool = False, **facts: object) -> Answer:
    result = assess(facts, policy, on=TODAY)
    return answer_to(result.rule(name), result.scope, reveal=reveal)


def words(found: Answer) -> list[str]:
    return [each.words for each in found.reasons]


class TestWhatDecided:
    """Of the parts of a condition only those that made the answer are told."""

    def test_every_part_of_what_holds(self, policy: Policy) -> None:
        found = answer(policy, "gone", **GONE)

        assert found.said == "the child is gone from education"
        assert words(found) == [
            "the child lives in the area", "the child is on no roll", "there is no other education",
        ]  # fmt: skip

    def test_what_is_so_reads_as_one_because(self, policy: Policy) -> None:
        said = "because the child lives in the area and is on no roll, and there is no other education"

        assert made_by(answer(policy, "gone", **GONE).reasons) == said.replace(
            " and is on no roll, and", ", is on no roll and"
        )

    def test_only_the_part_that_is_missing_of_what_fails(self, policy: Policy) -> None:
        assert words(answer(policy, "gone", in_area=True, on_roll=True, schooling="none")) == ["the child is on a roll"]

    def test_only_what_is_not_known_of_what_is_not_known(self, policy: Policy) -> None:
        found = answer(policy, "gone", in_area=True, schooling="none")

        assert found.verdict is Verdict.UNKNOWN
        assert made_by(found.reasons) == "because we do not know whether the child is on a roll"

    def test_a_finding_used_is_laid_open_under_its_paragraph(self, policy: Policy) -> None:
        gone = answer(policy, "long_gone", **GONE).reasons[0]

        assert (gone.words, gone.paragraph, len(gone.below)) == ("the child is gone from education", "a.1", 3)

    def test_a_denial_reaches_what_it_denies(self, policy: Policy) -> None:
        found = answer(policy, "two_definitions", begins=date(2026, 1, 5), on_roll=False)

        assert words(found) == ["it has begun"]


class TestWords:
    """How an answer and its reasons are put."""

    def test_an_action_is_named_by_its_title(self, policy: Policy) -> None:
        assert answer(policy, "look_again", begins=TODAY).said == "“Look at it again” applies"
        assert answer(policy, "look_again", begins=False).said == "“Look at it again” does not apply"

    def test_the_day_assessed_is_named(self, policy: Policy) -> None:
        assert words(answer(policy, "begins_later", begins=date(2026, 3, 11))) == [
            "10 March 2026 is before the beginning"
        ]

    def test_many_things_not_known_are_counted(self, policy: Policy) -> None:
        reasons = answer(policy, "gone").reasons * 3

        assert made_by(reasons).endswith("or 5 other things")

    def test_a_reason_that_is_not_known_begins_a_sentence_of_its_own(self, policy: Policy) -> None:
        reason = answer(policy, "gone", in_area=True, on_roll=False).reasons[0]

        assert reason.clause == "we do not know whether there is no other education"


class TestValues:
    """Of the child, and only when they are asked for."""

    @pytest.mark.parametrize(
        ("name", "facts", "shown"),
        [
            ("begins_later", {"begins": date(2026, 3, 11)}, "11 March 2026"),
            ("begins_later", {"begins": False}, "never"),
            ("is_known", {"begins": TODAY}, ""),
            ("enough", {"sessions_absent": 4}, "4"),
            ("turned_round", {"on_roll": True}, ""),
            ("long_ago", {"begins": date(2026, 1, 5)}, "5 January 2026, so 64"),
            ("at_home", {"schooling": "home"}, ""),
        ],
    )
    def test_each_sort_of_value_reads_plainly(
        self, policy: Policy, name: str, facts: dict[str, Any], shown: str
    ) -> None:
        assert answer(policy, name, reveal=True, **facts).reasons[0].value == shown
        assert answer(policy, name, **facts).reasons[0].value == ""

    def test_a_number_that_a_definition_counts_is_told(self, policy: Policy) -> None:
        found = answer(policy, "two_definitions", reveal=True, begins=date(2026, 3, 1), on_roll=False)

        assert found.reasons[0].value == "1 March 2026, so 9"


def test_the_law_of_a_long_denial_gives_way_to_what_is_so() -> None:
    from cme_rules.policy.loading.load import load_policy

    policy = load_policy("east_sussex")

    unregistered = answer(policy, "risk_group_d", education_otherwise="none")
    on_a_roll = answer(policy, "cme_local", on_school_roll=True)
    assert unregistered.said == "“Risk group: home education not on record” does not apply"
    assert words(unregistered) == ["the child is not home-educated"]
    assert words(on_a_roll) == ["the child is on a school roll"]


def test_an_answer_that_is_a_fact_has_no_reason_but_that() -> None:
    from cme_rules.policy.loading.load import load_policy

    policy = load_policy("england")

    assert answer(policy, "national_risk_temporary_accommodation", temporary_accommodation=True).reasons == ()
    told = assess({"temporary_accommodation": True}, policy, on=TODAY).explain("national_risk_temporary_accommodation")
    assert "because we were told so" in told
    told = assess({}, policy, on=TODAY).explain("national_risk_temporary_accommodation")
    assert "because nobody has said" in told
