from pathlib import Path
from textwrap import dedent

import pytest

from cme_rules import BrokenPolicy, load_policy
from cme_rules.policy.loading.find import policy_folder
from cme_rules.verify.histories import HistoryCase, HistoryResult, read_histories, run_histories, untried
from tests.processes.given import england

SHIPPED = [
    (name, history)
    for name in ("england", "east_sussex")
    for history in read_histories(load_policy(name), policy_folder(name))
]
HEAD = 'process = "school_attendance_order"\n'
ONE = """
[[history]]
name   = "The notice is running"
on     = 2026-01-06
events = [{ event = "notice_served", on = 2026-01-05, notice_deadline = 2026-01-19 }]
state  = "notice_running"
"""


@pytest.mark.parametrize(("name", "history"), SHIPPED, ids=[f"{name}: {each.name}" for name, each in SHIPPED])
def test_every_shipped_history_holds(name: str, history: HistoryCase) -> None:
    (result,) = run_histories(load_policy(name), [history])

    assert result.wrong == ()


@pytest.mark.parametrize("name", ["england", "east_sussex"])
def test_every_shipped_transition_is_taken_by_some_history(name: str) -> None:
    policy = load_policy(name)

    assert untried(policy, read_histories(policy, policy_folder(name))) == ()


def read(folder: Path, text: str) -> tuple[HistoryCase, ...]:
    (folder / "cases").mkdir(exist_ok=True)
    (folder / "cases" / "histories_x.toml").write_text(HEAD + dedent(text), encoding="utf-8")
    return read_histories(england(), folder)


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(BrokenPolicy) as broken:
        read(folder, text)
    return [fault.problem for fault in broken.value.faults]


def run(folder: Path, text: str) -> HistoryResult:
    return run_histories(england(), read(folder, text))[-1]


class TestReading:
    """A table tells what happened and what is expected."""

    def test_a_folder_without_any(self, tmp_path: Path) -> None:
        assert read_histories(england(), tmp_path) == ()

    def test_a_history_knows_where_it_stands(self, tmp_path: Path) -> None:
        (made,) = read(tmp_path, ONE)

        assert (made.name, made.line, made.state) == ("The notice is running", 3, "notice_running")
        assert made.file == f"{tmp_path.name}/cases/histories_x.toml"

    def test_one_history_may_go_on_from_another(self, tmp_path: Path) -> None:
        text = """
        [base.child]
        ehcp = true
        [[history]]
        name = "It goes on"
        process = "school_attendance_order"
        base = "child"
        facts = { in_area = true }
        after = "The notice is running"
        on = 2026-01-08
        events = [{ event = "parent_satisfied_authority", on = 2026-01-07 }]
        state = "satisfied"
        """
        first, second = read(tmp_path, ONE + dedent(text))

        assert [each.name for each in second.case.events] == ["notice_served", "parent_satisfied_authority"]
        assert second.case.facts == {"ehcp": True, "in_area": True}
        assert first.case.facts == {}

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (ONE + ONE, "the name stands twice"),
            (ONE + "colour = 1", "this key is not known"),
            (ONE.replace("The notice is running", "Running"), "a history's name is a sentence"),
            (ONE.replace('"notice_running"', '"nowhere"'), "there is no state 'nowhere'"),
            (ONE + "next = { rain = 2026-01-20 }", "there is no event 'rain'"),
            (ONE + 'overdue = ["lunch"]', "there is no clock 'lunch'"),
            (ONE + 'duties = { dance = "due" }', "there is no action 'dance'"),
            (ONE + 'base = "nobody"', "its process, its base, or the history it comes after, is not declared"),
            (ONE + 'after = "Nothing at all"', "its process, its base, or the history it comes after, is not declared"),
            (ONE + 'process = "lunch"', "its process, its base, or the history it comes after, is not declared"),
            (ONE.replace("notice_served", "notice_eaten"), "event 1: notice_eaten: process"),
            ("[story]\nx = 1\n" + ONE, "expected process, base and history only"),
            ("history = ", "this is not TOML"),
        ],
    )
    def test_faults(self, tmp_path: Path, text: str, problem: str) -> None:
        assert any(said.startswith(problem) for said in faults(tmp_path, text))


class TestRunning:
    """What is expected is compared with where the case stands."""

    EVERYTHING = """
    since    = 2026-01-05
    next     = { attendance_judged_expedient = 2026-01-20, school_age_ended = "unknown" }
    not_next = ["order_made"]
    due      = { notice_period = 2026-01-19, school_age = 2030-06-28 }
    """

    def test_one_that_holds(self, tmp_path: Path) -> None:
        text = ONE + dedent(self.EVERYTHING).replace(", school_age = 2030-06-28", "")

        assert run(tmp_path, text).passed

    def test_one_that_does_not(self, tmp_path: Path) -> None:
        text = """
        [[history]]
        name     = "Everything here is wrong"
        on       = 2026-01-06
        events   = [
            { event = "notice_served", on = 2026-01-05, notice_deadline = 2026-01-19 },
            { event = "order_made", on = 2026-01-06 },
        ]
        state    = "doubt"
        since    = 2026-01-04
        next     = { attendance_judged_expedient = "now", order_made = "now" }
        not_next = ["parent_satisfied_authority"]
        due      = { choice_period = 2026-01-19 }
        overdue  = ["school_age"]
        late     = ["school_age"]
        duties   = { make_order = "due" }
        """
        result = run(tmp_path, text)

        assert not result.passed
        assert {(wrong.about, wrong.found) for wrong in result.wrong} == {
            ("state", "notice_running"),
            ("since", "2026-01-05"),
            ("refused", "(('order_made', 'not_here'),)"),
            ("overdue", "()"),
            ("late", "()"),
            ("next.attendance_judged_expedient", "2026-01-20"),
            ("next.order_made", "not possible"),
            ("not_next.parent_satisfied_authority", "now"),
            ("due.choice_period", "not running"),
            ("duties.make_order", "no duty of this state"),
        }

    def test_transitions_nothing_takes_are_listed(self, tmp_path: Path) -> None:
        left = untried(england(), read(tmp_path, ONE))

        assert "school_attendance_order: state.doubt.notice_served" not in left
        assert "school_attendance_order: state.doubt.parent_satisfied_authority" in left
