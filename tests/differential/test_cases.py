"""Every process of both policies, replayed by both machines: very many histories, sensible and senseless."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from cme_rules.adapters.durable import CaseRuntime, case_differences
from cme_rules.conditions.kinds import Base
from cme_rules.domain.never import NEVER
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Process
from cme_rules.processes.case import CaseEvent
from cme_rules.processes.history import History, replay
from cme_rules.processes.machine import Refusal, begin, step
from tests.differential.children import SCALE, chance, value_for

PACKS = {name: load_policy(name) for name in ("england", "east_sussex")}
PROCESSES = [(name, process) for name, policy in PACKS.items() for process in policy.processes]
HISTORIES = 5_000
"""In all, and 50,000 in the nightly session."""

GAPS = (0, 0, 1, 2, 5, 10, 14, 15, 16, 20, 28, 29, 40, 90, 400, -1)


def histories(process: Process, policy: Policy, *, count: int) -> Iterator[tuple[dict[str, Any], list[CaseEvent]]]:
    """Facts and events: most events fit the state the case is in, some come out of turn."""
    rnd = chance(policy.id, process.id)
    for _ in range(count):
        day, known = date(2023, 6, 1) + timedelta(days=rnd.randrange(1200)), rnd.random()
        facts = _given({name: spec for name, spec in policy.facts.items() if rnd.random() < known}, policy, day, rnd)
        yield facts, list(_events(process, policy, facts, day, rnd))


def _events(process: Process, policy: Policy, facts: Mapping[str, Any], day: date, rnd: Random) -> Iterator[CaseEvent]:
    standing = begin(process, facts)
    for _ in range(rnd.randrange(1, 12)):
        fitting = [each.event for each in process.states[standing.state].transitions]
        name = rnd.choice(fitting) if fitting and rnd.random() < 0.85 else rnd.choice(sorted(process.events))
        day += timedelta(days=rnd.choice(GAPS))
        event = CaseEvent(name, day, _said(process, policy, name, day, rnd))
        made = step(process, standing, event, policy=policy)
        standing = getattr(made, "standing", standing)
        yield event


def _said(process: Process, policy: Policy, name: str, day: date, rnd: Random) -> dict[str, Any]:
    spec = process.events[name]
    allowed = {each: policy.facts[each] for each in spec.tells} | dict(spec.attributes)
    return _given({each: fact for each, fact in allowed.items() if rnd.random() < 0.8}, policy, day, rnd)


def _given(specs: Mapping[str, FactSpec], policy: Policy, day: date, rnd: Random) -> dict[str, Any]:
    """A value for each fact, as read_case would leave it: a date that never came is NEVER."""
    made = {name: value_for(spec, day, rnd, policy) for name, spec in specs.items()}
    never = {name for name, value in made.items() if value is False and specs[name].kind.base is Base.DATE}
    return {name: NEVER if name in never else value for name, value in made.items()}


def came_of(history: History) -> Counter[str]:
    refused = Counter(each.refusal.value for each in history.refused)
    return refused + Counter({"taken": len(history.taken)})


@pytest.mark.slow
@pytest.mark.parametrize(("name", "process"), PROCESSES)
def test_the_machines_agree_on_every_event_of_every_history(name: str, process: str) -> None:
    policy = PACKS[name]
    chosen = policy.processes[process]
    differing: Counter[str] = Counter()
    came: Counter[str] = Counter()

    with CaseRuntime(chosen, policy) as runtime:
        for facts, events in histories(chosen, policy, count=HISTORIES * SCALE // len(PROCESSES) + 1):
            history = replay(chosen, events, policy=policy, facts=facts)
            came += came_of(history)
            differing.update(case_differences(history, runtime.replay(events, facts=facts)))

    assert differing == {}
    assert came["taken"] > 0
    assert came[Refusal.NOT_HERE.value] > 0
