"""A process replayed on the second engine: each way an event can be taken or refused."""

from collections.abc import Iterator

import pytest

from cme_rules.adapters.durable import CaseRun, CaseRuntime, case_differences
from cme_rules.errors import ProcessError
from cme_rules.processes.case import CaseEvent
from cme_rules.processes.history import replay
from cme_rules.processes.machine import Refusal
from tests.processes.given import day, england, event, small

SMALL = small()
SERVED = event("notice_served", 0, notice_deadline=day(14))


@pytest.fixture(scope="module")
def runtime() -> Iterator[CaseRuntime]:
    with CaseRuntime(SMALL, england()) as made:
        yield made


def run(runtime: CaseRuntime, *events: CaseEvent) -> CaseRun:
    """The case on the second engine, having checked that the pure machine makes the same of it."""
    made = runtime.replay(events)
    assert case_differences(replay(SMALL, events, policy=england()), made) == ()
    return made


def last_refusal(runtime: CaseRuntime, *events: CaseEvent) -> Refusal | None:
    return run(runtime, *events).steps[-1].refusal


class TestTaken:
    """An event that fits leads on."""

    def test_it_leads_to_the_next_state(self, runtime: CaseRuntime) -> None:
        made = run(runtime, SERVED)

        assert made.steps[0].transition is not None
        assert (made.standing.state, made.standing.since) == ("running", day(0))

    def test_the_guard_chooses_between_two_ways(self, runtime: CaseRuntime) -> None:
        assert run(runtime, SERVED, event("answered", 3, answer_good=True)).standing.state == "closed"
        assert run(runtime, SERVED, event("answered", 3, answer_good=False)).standing.state == "running"

    def test_it_is_in_time_on_the_last_lawful_day_and_on_the_first(self, runtime: CaseRuntime) -> None:
        assert last_refusal(runtime, SERVED, event("answered", 14, answer_good=True)) is None
        assert last_refusal(runtime, SERVED, event("order_made", 15)) is None


class TestRefused:
    """What does not fit is refused for the same reason as by the pure machine, and is not kept for later."""

    def test_out_of_turn_and_it_does_not_act_when_its_turn_comes(self, runtime: CaseRuntime) -> None:
        made = run(runtime, event("order_made", 0), SERVED)

        assert [step.refusal for step in made.steps] == [Refusal.NOT_HERE, None]
        assert made.standing.state == "running"

    def test_dated_before_the_event_taken_last(self, runtime: CaseRuntime) -> None:
        assert last_refusal(runtime, SERVED, event("order_made", -1)) is Refusal.BEFORE_PREVIOUS

    def test_a_day_before_the_first_lawful_day(self, runtime: CaseRuntime) -> None:
        assert last_refusal(runtime, SERVED, event("order_made", 14)) is Refusal.TOO_EARLY

    def test_long_after_the_last_lawful_day(self, runtime: CaseRuntime) -> None:
        assert last_refusal(runtime, SERVED, event("answered", 60, answer_good=True)) is Refusal.TOO_LATE

    def test_where_the_guard_is_not_known(self, runtime: CaseRuntime) -> None:
        assert last_refusal(runtime, SERVED, event("answered", 3)) is Refusal.NOT_KNOWN

    def test_where_a_clock_is_not_known(self, runtime: CaseRuntime) -> None:
        assert last_refusal(runtime, event("notice_served", 0), event("order_made", 30)) is Refusal.NOT_KNOWN

    def test_where_the_guard_fails(self) -> None:
        process = small(('when = "not answer_good", ', 'when = "answer_good and ehcp", '))

        with CaseRuntime(process, england()) as other:
            steps = other.replay([SERVED, event("answered", 3, answer_good=False)]).steps

        assert steps[-1].refusal is Refusal.NOT_MET

    def test_where_two_ways_fit(self) -> None:
        process = small(('when = "not answer_good", ', 'when = "answer_good", '))
        events = [SERVED, event("answered", 3, answer_good=True)]

        with CaseRuntime(process, england()) as other:
            made = other.replay(events)

        assert made.steps[-1].refusal is Refusal.AMBIGUOUS
        assert case_differences(replay(process, events, policy=england()), made) == ()

    def test_in_a_closed_case(self, runtime: CaseRuntime) -> None:
        closed = (SERVED, event("answered", 3, answer_good=True))

        assert last_refusal(runtime, *closed, event("order_made", 20)) is Refusal.CLOSED

    def test_an_event_the_process_does_not_declare_is_an_error(self, runtime: CaseRuntime) -> None:
        with pytest.raises(ProcessError, match="no event of this name"):
            runtime.replay([event("no_such_event", 0)])


def test_a_difference_is_named_by_its_event(runtime: CaseRuntime) -> None:
    history = replay(SMALL, [SERVED], policy=england())

    assert case_differences(history, runtime.replay([event("order_made", 0)])) == ("notice_served", "standing")


def test_a_step_does_not_show_the_days_of_the_case(runtime: CaseRuntime) -> None:
    assert "2026" not in repr(runtime.replay([SERVED]).steps)


def test_it_is_compiled_once_for_all_days_on_which_the_same_law_stands(runtime: CaseRuntime) -> None:
    runtime.replay([SERVED, event("order_made", 15), event("visited", 40)])

    assert len(runtime._ready) == 1
