from collections.abc import Callable, Iterator

import pytest
from attrs import evolve

from cme_rules import Policy, load_policy
from cme_rules.errors import PolicyFault
from cme_rules.policy.model.processes import Process, State
from cme_rules.processes.checks import (
    ambiguous,
    check_process,
    check_processes,
    clocks_not_running,
    idle_parts,
    no_way_out,
    unheld,
    unknown_names,
    unreachable,
)
from tests.processes.given import england, small

Check = Callable[[Process, Policy], Iterator[PolicyFault]]
SMALL = small()


def found(check: Check, process: Process) -> list[tuple[str, str]]:
    return [(fault.key, fault.problem.removeprefix("process notice: ")) for fault in check(process, england())]


def with_state(name: str, **changes: object) -> Process:
    state: State = evolve(SMALL.states[name], **changes)  # type: ignore[arg-type]
    return evolve(SMALL, states={**SMALL.states, name: state})


@pytest.mark.parametrize("name", ["england", "east_sussex"])
def test_nothing_is_wrong_with_the_shipped_processes(name: str) -> None:
    assert [str(fault) for fault in check_processes(load_policy(name))] == []


def test_nothing_is_wrong_with_the_small_one() -> None:
    assert check_process(SMALL, england()) == ()


def test_a_fault_names_file_and_place() -> None:
    (fault,) = check_process(small(more='[state.lost]\ntitle = "Lost"\nfinal = true\n'), england())

    assert str(fault) == "pack_0/processes/notice.toml: state.lost: process notice: no events lead to this state"


class TestWays:
    """Every state can be reached, and from each some end."""

    def test_a_state_nothing_leads_to(self) -> None:
        process = small(more='[state.lost]\ntitle = "Lost"\nowner = "parent"\non.visited = "closed"\n')

        assert found(unreachable, process) == [("state.lost", "no events lead to this state")]

    def test_a_start_that_is_no_state_is_a_fault_of_loading_but_breaks_no_check(self) -> None:
        assert len(found(unreachable, evolve(SMALL, starts="nowhere"))) == 4

    def test_no_end_at_all(self) -> None:
        assert found(no_way_out, with_state("closed", final=False)) == [("", "no state is final")]

    def test_an_end_that_goes_on(self) -> None:
        process = with_state("closed", transitions=SMALL.states["doubt"].transitions)

        assert found(no_way_out, process) == [("state.closed", "this state is final, and events lead out of it")]

    def test_a_state_from_which_there_is_no_end(self) -> None:
        process = small(('on.order_revoked = { to = "closed", when', "on.order_revoked = { when"))

        assert found(no_way_out, process) == [("state.ordered", "no events lead from this state to a final one")]


class TestWaiting:
    """Whatever waits waits for somebody, or for a clock."""

    NOBODY = ("state.doubt", "this state waits for nobody and for no clock")

    def test_a_state_nobody_owns(self) -> None:
        assert found(unheld, with_state("doubt", owners=())) == [self.NOBODY]

    def test_a_state_whose_way_out_waits_for_a_clock(self) -> None:
        assert found(unheld, with_state("running", owners=())) == []

    def test_a_state_in_which_a_clock_expects_something(self) -> None:
        assert found(unheld, with_state("ordered", owners=())) == []


class TestOneAnswer:
    """An event has at most one answer in a state."""

    def test_two_steps_without_a_condition(self) -> None:
        process = small(("on.visited = {}", 'on.visited = [{ to = "closed" }, {}]'))

        assert found(ambiguous, process) == [
            ("state.ordered.on.visited", "two steps may both fit: to closed when always; to ordered when always")
        ]

    def test_conditions_that_can_meet(self) -> None:
        process = small(('when = "not answer_good"', 'when = "answer_good or ehcp"'))

        assert [key for key, _ in found(ambiguous, process)] == ["state.running.on.answered"]

    def test_conditions_that_exclude_each_other(self) -> None:
        assert found(ambiguous, SMALL) == []


class TestClocks:
    """A step that waits for a clock can only be reached with the clock running; every clock bears on something."""

    def test_a_clock_that_some_way_does_not_start(self) -> None:
        process = small(
            ('on.notice_served = "running"', 'on.notice_served = "running"\non.visited = "running"'),
        )

        problem = "it waits for clock period, and some events lead here without starting it"
        assert ("state.running.on.order_made", problem) in found(clocks_not_running, process)

    def test_clocks_that_every_way_starts(self) -> None:
        assert found(clocks_not_running, SMALL) == []

    def test_a_clock_that_bears_on_nothing(self) -> None:
        assert found(idle_parts, small(('expects = ["visited"]\n', ""))) == [
            ("timer.visit", "nothing waits for this clock, and it expects nothing")
        ]

    def test_an_event_that_no_state_takes(self) -> None:
        assert found(idle_parts, small(more='[event.rain]\ntitle = "It rains"\nby = "parent"\n')) == [
            ("event.rain", "no state takes this event")
        ]


class TestNames:
    """Duties, roles and further processes are the policy's."""

    def test_a_duty_the_policy_does_not_have(self) -> None:
        assert found(unknown_names, with_state("ordered", duties=("dance",))) == [
            ("state.ordered", "the policy has no action 'dance'")
        ]

    def test_an_owner_the_policy_does_not_have(self) -> None:
        assert found(unknown_names, with_state("doubt", owners=("stranger",))) == [
            ("state.doubt", "the policy has no role 'stranger'")
        ]

    def test_a_process_the_policy_does_not_have(self) -> None:
        assert found(unknown_names, with_state("closed", then=("elsewhere",))) == [
            ("state.closed", "the policy has no process 'elsewhere'")
        ]

    def test_a_step_by_a_stranger_and_a_step_by_nobody(self) -> None:
        (step,) = SMALL.states["doubt"].transitions
        stranger = with_state("doubt", transitions=(evolve(step, roles=("stranger",)),))
        nobody = with_state("doubt", transitions=(evolve(step, roles=()),))

        assert found(unknown_names, stranger) == [("state.doubt.on.notice_served", "the policy has no role 'stranger'")]
        assert found(unknown_names, nobody) == [("state.doubt.on.notice_served", "nobody is said to do this")]
