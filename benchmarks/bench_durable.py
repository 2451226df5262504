"""The second engine, durable-rules, beside the pure one: the same children, the same answers, then the times.

The two take turns in every round, so that neither profits from a quieter minute of the machine.
"""

import random
import resource
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from cme_rules import load_policy
from cme_rules.adapters.durable import CaseRuntime, DurableEngine, PureEngine
from cme_rules.adapters.durable.shadow import differences
from cme_rules.conditions.kinds import Base
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.processes.case import CaseEvent
from cme_rules.processes.history import replay

ON = date(2026, 11, 23)
CHILDREN = 200
ROUNDS = 15
POLICIES = ("england", "east_sussex")

Child = dict[str, Any]


def value_of(spec: FactSpec, chance: random.Random) -> object:
    """A value that fits a fact."""
    match spec.kind.base:
        case Base.BOOL:
            return chance.random() < 0.5
        case Base.INT:
            return max(spec.minimum or 0, chance.randrange(200))
        case Base.DATE:
            return ON - timedelta(days=chance.randrange(-30, 6000))
        case _:
            return chance.choice(spec.kind.words) if spec.kind.words else None


def some_children(policy: Policy, known: float) -> list[Child]:
    """Children of whom a given share of all facts is known."""
    chance = random.Random(11)  # noqa: S311 - no secret hangs on it
    return [
        {name: value_of(spec, chance) for name, spec in policy.facts.items() if chance.random() < known}
        for _ in range(CHILDREN)
    ]


def timed(work: Callable[[Child], object], children: Iterable[Child]) -> float:
    """Microseconds a child."""
    listed = list(children)
    start = perf_counter()
    for child in listed:
        work(child)
    return (perf_counter() - start) / len(listed) * 1e6


def assessments() -> None:
    """One assessment on each engine."""
    print(f"{'policy':14}{'facts known':>12}{'pure':>10}{'durable':>10}{'ratio':>8}   microseconds a child, every rule")
    for name in POLICIES:
        policy = load_policy(name)
        pure = PureEngine(policy=policy, on=ON)
        with DurableEngine(policy, on=ON) as engine:
            for known in (0.15, 0.5, 1.0):
                children = some_children(policy, known)
                if any(differences(pure.assess(child), engine.slots(child)) for child in children):
                    sys.exit("the engines differ: no times")
                rounds = [(timed(pure.assess, children), timed(engine.slots, children)) for _ in range(ROUNDS)]
                one, other = (median(times) for times in zip(*rounds, strict=True))
                print(f"{name:14}{known:>12.0%}{one:>10.0f}{other:>10.0f}{other / one:>8.1f}")


def openings() -> None:
    """What it takes to open a law in the engine, and how much of it there is."""
    print(f"\n{'policy':14}{'rules':>8}{'lines':>8}{'open':>10}   milliseconds, once a day of law")
    for name in POLICIES:
        policy = load_policy(name)
        times = []
        for _ in range(ROUNDS):
            start = perf_counter()
            engine = DurableEngine(policy, on=ON)
            times.append((perf_counter() - start) * 1e3)
            engine.close()
        print(f"{name:14}{len(engine.law.rules):>8}{len(engine.program.lines):>8}{median(times):>10.1f}")


def cases() -> None:
    """One event of a case on each machine."""
    policy = load_policy("england")
    process = policy.processes["school_attendance_order"]
    served = [CaseEvent("notice_served", date(2026, 9, 1) + timedelta(days=number), {}) for number in range(8)]
    with CaseRuntime(process, policy) as runtime:
        runtime.replay(served)
        rounds = []
        for _ in range(ROUNDS):
            start = perf_counter()
            replay(process, served, policy=policy)
            between = perf_counter()
            runtime.replay(served)
            rounds.append((between - start, perf_counter() - between))
    pure, durable = (median(times) / len(served) * 1e6 for times in zip(*rounds, strict=True))
    print(f"\n{'an event of a case':26}{pure:>10.0f}{durable:>10.0f}{durable / pure:>8.1f}   microseconds")


def memory() -> None:
    """What very many children leave behind."""
    policy = load_policy("england")
    children = some_children(policy, 0.5)
    with DurableEngine(policy, on=ON) as engine:
        for number in range(2_000):
            engine.slots(children[number % CHILDREN])
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for number in range(100_000):
            engine.slots(children[number % CHILDREN])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"\n100,000 children more on one engine: {grown / 1024:.1f} MiB more at the peak")


if __name__ == "__main__":
    assessments()
    openings()
    cases()
    memory()
