"""One assessment, side by side: ours, the same rules written by hand, zen-engine and durable-rules.

All four must give the same answers on thousands of made-up children before anything is timed. They then take turns,
round by round, and what counts is the ratio within a round. Time is the processor's, so that a busy machine disturbs
less. The exit status is 1 where an engine disagrees, or where ours falls behind what docs/performance.md promises.

    python benchmarks/bench_assess.py [--json] [--quick]
"""

import gc
import json
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from statistics import median
from time import process_time_ns
from typing import Any

from by_hand import by_hand, checked_by_hand
from workload import ON, answers_of_ours, children, policy_of_the_slice

from cme_rules.conditions.kinds import DATE, Base
from cme_rules.engine.assess import assess, assessor
from cme_rules.engine.facts import read_facts
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy

QUICK = "--quick" in sys.argv
ROUNDS = 5 if QUICK else 31
TIMED = 100 if QUICK else 500
COMPARED = 500 if QUICK else 5_000

Child = dict[str, Any]
KINDS = {Base.BOOL: bool, Base.DATE: date, Base.INT: int, Base.TEXT: str}
DECIDED, OURS, ALL_OF_IT, BY_HAND, CHECKED, ZEN, DURABLE = (
    "the decision alone",
    "assess()",
    "assess(), verdicts(), actions",
    "by hand, trusting the facts",
    "by hand, checking the facts",
    "zen-engine 2.1",
    "durable-rules 2.0.28",
)
AT_MOST = {(DECIDED, BY_HAND): 1.0, (OURS, CHECKED): 1.5, (ALL_OF_IT, CHECKED): 1.75}
AT_LEAST = {(ZEN, DECIDED): 12.0, (ZEN, OURS): 5.0}
"""What the exit status guards: a little wider than what is measured, because a busy machine moves the ratios."""


def main() -> int:
    """Compare, time, print; the exit status."""
    policy = policy_of_the_slice()
    with ExitStack() as stack:
        engines = dict(_engines(policy, stack))
        wrong = _disagreements(policy, engines, children(policy, COMPARED))
        if wrong:
            print("these do not answer as ours does, so nothing is timed:", ", ".join(wrong))
            return 1
        sample = children(policy, TIMED, seed=2)
        times = _rounds({**_alone(policy, sample), **{name: _over(run, sample) for name, (run, _) in engines.items()}})
    whole = {name: _whole(name) for name in ("england", "east_sussex")}
    ratios = {name: median(a / b for a, b in zip(times[name], times[CHECKED], strict=True)) for name in times}
    report = {name: {"us": median(times[name]), "ratio": ratios[name]} for name in times}
    if "--json" in sys.argv:
        print(
            json.dumps({"one_assessment": report, "whole_packs": whole, "python": platform.python_version()}, indent=1)
        )
    else:
        _show(policy, sample, report, whole)
    return _status(times)


Engine = tuple[Callable[[Child], object], Callable[[Child], Mapping[str, bool | None]]]
"""What is timed, and the verdicts by name that are compared."""


def _engines(policy: Policy, stack: ExitStack) -> Iterator[tuple[str, Engine]]:
    """Every engine that is installed."""
    judge = assessor(policy, on=ON)
    school, ages = judge.moment.school, judge.law.school_age
    assert school is not None  # noqa: S101 - the slice has both
    assert ages is not None  # noqa: S101
    hand = by_hand(ON, school, ages)
    kinds = {name: KINDS[spec.kind.base] for name, spec in policy.facts.items()}
    yield BY_HAND, (lambda child: hand(**child), lambda child: hand(**child)[0])
    words = {name: frozenset(spec.kind.words or ()) for name, spec in policy.facts.items()}
    yield CHECKED, (lambda child: hand(**checked_by_hand(child, kinds, words)), lambda child: hand(**child)[0])
    yield OURS, (lambda child: assess(child, policy, on=ON), lambda child: answers_of_ours(policy, child)[0])
    yield ALL_OF_IT, (lambda child: _all_of(child, policy), lambda child: answers_of_ours(policy, child)[0])
    try:
        from in_zen import in_zen, numbered
    except ImportError:
        print("zen-engine is not installed: left out", file=sys.stderr)
    else:
        days = frozenset(name for name, spec in policy.facts.items() if spec.kind == DATE)
        in_it = in_zen(judge.moment)
        yield ZEN, (lambda child: in_it(numbered(child, days)), lambda child: in_it(numbered(child, days)))
    durable = _durable(policy, stack)
    if durable:
        yield DURABLE, durable


def _durable(policy: Policy, stack: ExitStack) -> Engine | None:
    """durable-rules through the library's adapter, which keeps to the part of it that does not crash."""
    try:
        from cme_rules.adapters.durable import DurableEngine

        engine = stack.enter_context(DurableEngine(policy, on=ON))
    except Exception as fault:  # noqa: BLE001 - whatever stands in the way, the others are still worth a table
        print(f"durable-rules is left out: {type(fault).__name__}", file=sys.stderr)
        return None
    ids = {name: rule.id for name, rule in engine.law.findings.items()}
    return engine.slots, lambda child: {name: engine.slots(child)[rule, "when"] for name, rule in ids.items()}


def _all_of(child: Child, policy: Policy) -> object:
    result = assess(child, policy, on=ON)
    return result.verdicts(), result.actions


def _disagreements(policy: Policy, engines: Mapping[str, Engine], sample: list[Child]) -> list[str]:
    """The engines that give any child another answer than ours; an answer left out is 'not known'."""
    found: dict[str, None] = {}
    judge = assessor(policy, on=ON)
    assert judge.moment.school is not None  # noqa: S101 - the slice has both
    assert judge.law.school_age is not None  # noqa: S101
    hand = by_hand(ON, judge.moment.school, judge.law.school_age)
    for child in sample:
        verdicts, actions = answers_of_ours(policy, child)
        for name, (_, answers) in engines.items():
            theirs = answers(child)
            if any(theirs.get(finding) is not verdict for finding, verdict in verdicts.items()):
                found[name] = None
        if actions != sorted(tuple(each) for each in hand(**child)[1]):
            found[f"{BY_HAND} (actions)"] = None
    return list(found)


def _alone(policy: Policy, sample: list[Child]) -> dict[str, Callable[[], None]]:
    """The deciding by itself, the facts being checked and in their places."""
    run, rows = assessor(policy, on=ON).run, [read_facts(child, policy)[1] for child in sample]

    def decide() -> None:
        for row in rows:
            run(*row)

    return {DECIDED: decide}


def _over(run: Callable[[Child], object], sample: list[Child]) -> Callable[[], None]:
    def each() -> None:
        for child in sample:
            run(child)

    return each


def _rounds(runs: Mapping[str, Callable[[], None]]) -> dict[str, list[float]]:
    """Microseconds a child, every engine once a round; the first round warms up and is not counted."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    gc.disable()
    for round_ in range(ROUNDS + 1):
        for name, run in runs.items():
            begun = process_time_ns()
            run()
            if round_:
                times[name].append((process_time_ns() - begun) / 1_000 / TIMED)
        gc.collect()
    gc.enable()
    return times


def _whole(name: str) -> dict[str, float]:
    """Microseconds for a whole pack, its own assessment and what is asked of it afterwards."""
    policy = load_policy(name)
    born = {"date_of_birth": date(2014, 5, 2), "in_area": True}
    taught = [("on_school_roll", roll, otherwise) for roll in (True, False) for otherwise in ("none", "tuition")]
    sample: list[Child] = [{**born, name: roll, "education_otherwise": otherwise} for name, roll, otherwise in taught]
    asked: dict[str, Callable[[Child], object]] = {
        "assess()": lambda child: assess(child, policy, on=ON),
        "one finding": lambda child: assess(child, policy, on=ON)["cme_statutory"],
        "why()": lambda child: assess(child, policy, on=ON).why("cme_statutory"),
        "explain(name)": lambda child: assess(child, policy, on=ON).explain("cme_statutory"),
        "to_dict()": lambda child: assess(child, policy, on=ON).to_dict(),
    }
    found: dict[str, float] = {"rules": len(policy.as_of(ON).rules)}
    for what, ask in asked.items():
        took = []
        for _ in range(ROUNDS):
            begun = process_time_ns()
            for child in sample * 10:
                ask(child)
            took.append((process_time_ns() - begun) / 1_000 / len(sample * 10))
        found[what] = median(took)
    return found


def _show(
    policy: Policy, sample: list[Child], report: Mapping[str, Mapping[str, float]], whole: Mapping[str, Any]
) -> None:
    rules, facts = len(policy.rules), sum(map(len, sample)) / len(sample)
    print(
        f"One child, {rules} rules, {facts:.0f} facts given of {len(policy.facts)}; Python {platform.python_version()}"
    )
    print(f"\n{'':34}{'µs':>9}{'to by hand':>13}")
    for name, row in report.items():
        print(f"{name:34}{row['us']:>9.1f}{row['ratio']:>12.2f}x")
    columns = list(next(iter(whole.values())))
    print(f"\nA whole pack, µs (each with its assessment)\n{'':16}" + "".join(f"{column:>15}" for column in columns))
    for name, row in whole.items():
        print(f"{name:16}" + "".join(f"{row[column]:>15,.1f}" for column in columns))


def _status(times: Mapping[str, list[float]]) -> int:
    """1 where a ratio is outside its bounds, and which one it is."""
    status = 0
    for bounds, above in ((AT_MOST, True), (AT_LEAST, False)):
        for (one, other), bound in bounds.items():
            if one in times and other in times:
                ratio = median(a / b for a, b in zip(times[one], times[other], strict=True))
                if (ratio > bound) is above and ratio != bound:
                    print(f"{one} takes {ratio:.2f} times as long as {other}; the bound is {bound}", file=sys.stderr)
                    status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
