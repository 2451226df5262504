"""What must hold of any run of events through any process."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cme_rules import Policy, load_policy
from cme_rules.conditions.kinds import Base
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.processes import Process
from cme_rules.processes.case import CaseEvent
from cme_rules.processes.history import History, replay
from cme_rules.processes.machine import Refused, Taken
from tests.processes.given import MONDAY, day, england, event, small

SMALL = small()


@cache
def policy_of(name: str) -> Policy:
    return load_policy(name)


def shipped() -> list[tuple[str, str]]:
    return [(name, process) for name in ("england", "east_sussex") for process in policy_of(name).processes]


def values(spec: FactSpec) -> st.SearchStrategy[Any]:
    match spec.kind.base:
        case Base.BOOL:
            return st.booleans()
        case Base.DATE:
            return st.integers(-10, 120).map(day)
        case Base.TEXT:
            return st.sampled_from(spec.kind.words or ("word",))
        case _:
            return st.integers(0, 100)


@st.composite
def happenings(draw: Callable[..., Any], process: Process, policy: Policy) -> list[CaseEvent]:
    """Events in any order, mostly one after the other in time, with some of what may be given with them."""
    events, today = [], MONDAY
    for _ in range(draw(st.integers(0, 14))):
        today += timedelta(days=draw(st.sampled_from((0, 1, 5, 14, 15, 16, 60, -3))))
        spec = process.events[draw(st.sampled_from(sorted(process.events)))]
        specs = {name: spec.attributes.get(name) or policy.facts[name] for name in spec.says}
        told = draw(st.fixed_dictionaries({}, optional={name: values(each) for name, each in specs.items()}))
        events.append(CaseEvent(spec.id, today, told))
    return events


@pytest.mark.parametrize(("name", "process"), shipped())
@given(data=st.data())
def test_any_run_of_events(name: str, process: str, data: st.DataObject) -> None:
    policy = policy_of(name)
    wanted = policy.processes[process]
    facts = {"date_of_birth": day(-4400), **({"ehcp": True} if data.draw(st.booleans()) else {"ehcp": False})}
    events = data.draw(happenings(wanted, policy))
    history = replay(wanted, events, policy=policy, facts=facts)

    assert replay(wanted, events, policy=policy, facts=facts) == history
    cut = data.draw(st.integers(0, len(events)))
    assert replay(wanted, events[:cut], policy=policy, facts=facts).steps == history.steps[:cut]
    goes_on_from_where_it_stood(history)


def goes_on_from_where_it_stood(history: History) -> None:
    """Each step starts in the one state the last step taken led to; a refusal leaves the case there."""
    state, latest = history.start.state, None
    for each in history.steps:
        if isinstance(each, Refused):
            assert each.state == state
            assert each.reason
        else:
            assert each.transition.state == state
            assert latest is None or each.event.on >= latest
            state, latest = each.standing.state, each.standing.latest
            assert each.transition.to == state
    assert history.standing.state == state


class TestHistory:
    """A history holds every event, taken or refused, in order."""

    EVENTS = (
        event("order_made", 0),
        event("notice_served", 0, notice_deadline=day(14)),
        event("order_made", 14),
        event("order_made", 15),
    )

    def test_what_was_taken_and_what_was_refused(self) -> None:
        history = replay(SMALL, self.EVENTS, policy=england())

        assert [type(each) for each in history.steps] == [Refused, Taken, Refused, Taken]
        assert [each.event.name for each in history.taken] == ["notice_served", "order_made"]
        assert [each.event.on for each in history.refused] == [day(0), day(14)]
        assert history.standing.state == "ordered"

    def test_without_events_it_stands_where_it_starts(self) -> None:
        history = replay(SMALL, (), policy=england(), facts={"ehcp": True})

        assert history.standing is history.start
        assert history.standing.facts == {"ehcp": True}
