"""An assessment as text for a person."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.sentences import day
from cme_rules.engine.tell import in_words
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.engine.odd import odd_policy
from tests.toy import write_toy

TODAY = date(2026, 2, 10)
GONE: dict[str, Any] = {"in_area": True, "on_roll": False, "schooling": "none", "last_taught": date(2026, 1, 10)}


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return odd_policy(tmp_path_factory.mktemp("odd"))


def told(
    policy: Policy, name: str = "", *, reveal: bool = False, preview: tuple[str, ...] = (), **facts: object
) -> str:
    return assess(facts, policy, on=TODAY, preview=preview).explain(name, reveal=reveal)


class TestTheWholeAnswer:
    """What holds, what is due, what is not known."""

    def test_it_is_headed_by_the_policy_and_the_day(self, policy: Policy) -> None:
        assert told(policy, **GONE).startswith("Shire: missing children, on 10 February 2026\n")

    def test_what_holds_stands_with_its_paragraphs_and_what_stays_with_a_person(self, policy: Policy) -> None:
        text = told(policy, **GONE)

        assert "  Gone from education (a.1) [gone]\n" in text
        assert "      for a person to decide: Whether tuition is enough is for the council.\n" in text

    def test_marks_say_what_is_special_about_a_rule(self, policy: Policy) -> None:
        text = told(policy, **GONE, absence_began=date(2026, 1, 6), preview=("reform",))

        assert "[differs: the Act sets no time]" in text
        assert "[enacted, not in force]" in text
        assert "[source not seen]" in text

    def test_actions_say_who_must_do_what_by_when(self, policy: Policy) -> None:
        text = told(policy, **GONE, begins=date(2026, 2, 6), ends=date(2026, 2, 1))

        assert "OVERDUE since 20 January 2026: The council's clerk must: Call the family (2)" in text
        assert "not before 1 March 2026: The council's clerk must: Write about it (2)" in text
        assert "no date set: The council's clerk is to consider: Look at it again (2)" in text
        assert "      to weigh: how long it took" in text

    def test_an_action_in_time_says_by_which_day(self, policy: Policy) -> None:
        assert "due by 11 February 2026: The council's clerk must" in told(policy, begins=date(2026, 2, 5))

    def test_what_is_not_known_is_told_only_where_something_bears_on_it(self, policy: Policy) -> None:
        text = told(policy, in_area=True)
        not_known = text.split("Not known")[1].split("Nothing was said")[0]
        silent = text.split("Nothing was said that bears on")[1].split("To ask")[0]

        assert "Gone from education (a.1) [gone]" in not_known
        assert "Often absent" in silent

    def test_what_may_have_arisen_stands_apart(self, policy: Policy) -> None:
        text = told(policy, begins=date(2026, 2, 5))

        assert "Look at it again" in text.split("Actions that may have arisen")[1]

    def test_the_questions_name_who_would_know(self, policy: Policy) -> None:
        assert "Is the child on a school's roll? (The council's clerk, The school) [on_roll]" in told(
            policy, in_area=True
        )

    def test_what_fails_and_what_nothing_bears_on_is_told_without_the_names_of_a_program(self, policy: Policy) -> None:
        text = told(policy, in_area=False)

        assert "_" not in text.split("\nNo\n")[1].split("\n\n")[0]
        assert "often_absent" not in text

    def test_a_child_of_whom_all_is_settled_leaves_no_question(self, policy: Policy) -> None:
        text = told(policy, in_area=False, begins=False)

        assert "Actions that may have arisen" not in text

    def test_where_nothing_holds_and_nothing_is_asked_there_is_no_heading(self, tmp_path: Path) -> None:
        toy = load_policy(write_toy(tmp_path))
        settled = {"in_area": False, "on_roll": False, "schooling": "none", "absence_began": False}
        sessions = {"sessions_possible": 10, "sessions_absent": 0}
        text = assess({**settled, **sessions}, toy, on=TODAY).explain()

        assert "Yes" not in text
        assert "To ask" not in text
        assert "No\n  Gone from education;" in text

    def test_no_value_of_the_child_is_in_it(self, policy: Policy) -> None:
        text = told(policy, **GONE, school="999999")

        assert "999999" not in text
        assert "10 January 2026" not in text


class TestOneFinding:
    """Laid open step by step."""

    def test_it_says_the_answer_the_steps_and_the_sources(self, policy: Policy) -> None:
        text = told(policy, "long_gone", **GONE)

        assert text.startswith(
            "Gone for long, on 10 February 2026: yes\n\nThe child is gone for long (paragraph 2), because\n"
            "- the child is gone from education (paragraph a.1), because\n  - the child lives in the area\n"
        )
        assert "  a.1: who is gone from education (The Schooling Act)" in text
        assert "Our readings\n  below four weeks a person may still decide" in text

    def test_a_source_that_is_no_longer_in_force_is_marked(self, policy: Policy) -> None:
        text = told(policy, "often_absent", sessions_possible=10, sessions_absent=1)

        assert "(The old guide [not in force on 10 February 2026])" in text
        assert "Our readings" not in text

    def test_an_unknown_answer_asks(self, policy: Policy) -> None:
        text = told(policy, "gone", in_area=True, on_roll=False)

        assert "To ask\n  What other education is there? (The council's clerk) [schooling]" in text
        assert text.endswith("For a person to decide: Whether tuition is enough is for the council.")

    def test_a_calendar_that_does_not_reach_is_no_question_to_anybody(self, policy: Policy) -> None:
        assert "To ask\n  Calendar 'shire' covers" in told(policy, "reportable", absence_began=date(2025, 3, 1))

    def test_an_action_can_be_asked_about_too(self, policy: Policy) -> None:
        text = told(policy, "look_again", begins=TODAY)

        assert text.startswith("Look at it again, on 10 February 2026: not known")
        assert (
            "We cannot say whether “Look at it again” applies (paragraph 2), because we do not know whether\n" in text
        )
        assert "To ask" not in text

    def test_an_answer_that_fails_says_what_is_so_and_denies_nothing_twice(self, policy: Policy) -> None:
        text = told(policy, "gone", in_area=True, on_roll=True)

        denied = "It is not the case that the child is gone from education (paragraph a.1)"
        assert f"{denied}, because\n- the child is on a roll\n" in text
        assert ": no\n" not in text.split("\n", 1)[1]

    def test_no_name_of_a_program_is_in_it(self, policy: Policy) -> None:
        assert "long_gone" not in told(policy, "long_gone", **GONE)

    def test_values_are_shown_when_asked_for(self, policy: Policy) -> None:
        assert "10 January 2026, so 31)" in told(policy, "long_gone", reveal=True, **GONE)
        assert "so 31" not in told(policy, "long_gone", **GONE)


def test_a_day_and_a_verdict_read_as_a_person_says_them() -> None:
    assert day(date(2026, 3, 5)) == "5 March 2026"
    assert [in_words(verdict) for verdict in Verdict] == ["yes", "no", "not known"]
