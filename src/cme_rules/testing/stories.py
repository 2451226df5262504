"""Made-up stories of a process: events one after another, most of them lawful in their turn, some not."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from cme_rules.conditions.kinds import Base
from cme_rules.domain.never import NEVER
from cme_rules.errors import UnknownName
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import EventSpec, Process
from cme_rules.processes.case import Case, CaseEvent
from cme_rules.processes.machine import Standing, Taken, begin, step

__all__ = ["stories"]

_A_DAY = timedelta(days=1)
_STEPS = (0, 1, 2, 5, 7, 10, 14, 15, 16, 20, 28)
"""Days from one event to the next."""
_OUT_OF_TURN = 5
"""One event in so many is any of the process, whether the state knows it or not."""


def stories(
    policy: Policy,
    process: str,
    *,
    begins: date = date(2026, 1, 5),
    most: int = 10,
    given: Mapping[str, Any] | None = None,
) -> st.SearchStrategy[Case]:
    """A case of a process of the policy, to be replayed or asked where it stands: at most `most` events from `begins`.

    `given` are facts known from the start. An event tells some of what it may tell and leaves the rest unknown.

    Raises UnknownName where the policy has no such process.
    """
    if process not in policy.processes:
        known = ", ".join(policy.processes) or "none"
        msg = f"policy {policy.id!r} has no process {process!r}; it has: {known}"
        raise UnknownName(msg)
    of, facts = policy.processes[process], dict(given or {})

    @st.composite
    def story(draw: st.DrawFn) -> Case:
        standing, day = begin(of, facts), begins
        events: list[CaseEvent] = []
        for _ in range(draw(st.integers(0, most))):
            event = draw(_events(of, standing, policy, day))
            events.append(event)
            taken = step(of, standing, event, policy=policy)
            standing = taken.standing if isinstance(taken, Taken) else standing
            day = event.on + draw(st.sampled_from(_STEPS)) * _A_DAY
        return Case(process=of, facts=facts, events=tuple(events))

    return story()


def _events(process: Process, standing: Standing, policy: Policy, day: date) -> st.SearchStrategy[CaseEvent]:
    """An event of the state the case stands in, or now and then of any state."""
    here = sorted({each.event for each in process.states[standing.state].transitions})
    everything = st.sampled_from(sorted(process.events))
    in_turn = st.sampled_from(here) if here else everything
    names = st.integers(1, _OUT_OF_TURN).flatmap(lambda number: everything if number == _OUT_OF_TURN else in_turn)
    return names.flatmap(lambda name: _told(process.events[name], policy, day))


def _told(event: EventSpec, policy: Policy, day: date) -> st.SearchStrategy[CaseEvent]:
    specs = {name: policy.facts[name] for name in event.tells} | dict(event.attributes)
    said = st.fixed_dictionaries({}, optional={name: _value(spec, day) for name, spec in specs.items()})
    return said.map(lambda says: CaseEvent(event.id, day, says))


def _value(spec: FactSpec, day: date) -> st.SearchStrategy[Any]:
    match spec.kind.base:
        case Base.BOOL:
            return st.booleans()
        case Base.INT:
            return st.integers(spec.minimum or 0, (spec.minimum or 0) + 60)
        case Base.DATE:
            days = st.sampled_from(_STEPS).map(lambda steps: day + steps * _A_DAY)
            return st.one_of(days, st.just(NEVER)) if spec.can_be_never else days
        case _:
            return st.sampled_from(spec.kind.words) if spec.kind.words else st.just("000000")
