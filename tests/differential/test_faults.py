"""The comparison has teeth: a compiler broken on purpose is found out.

The faults are put one at a time into a small policy in which each part matters, and every one must show. A fault that
shows as an error of the engine, a part that both holds and fails, counts as found out too.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from attrs import evolve

from cme_rules.adapters.durable import DurableEngine, EngineRunError
from cme_rules.adapters.durable.compile import compile_law
from cme_rules.adapters.durable.lines import Line, Program, Test
from cme_rules.adapters.durable.shadow import differences
from cme_rules.conditions.judge import OPPOSITE
from cme_rules.engine.assess import assess
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.differential.children import children
from tests.toy import write_toy

ON = date(2026, 3, 9)
PREVIEW = ("reform",)
CHILDREN = 300


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(write_toy(tmp_path_factory.mktemp("toy")))


def is_caught(policy: Policy, broken: Program) -> bool:
    """Whether comparing the engines shows that these lines are not the policy's."""
    try:
        with DurableEngine(policy, on=ON, preview=PREVIEW, compiler=lambda _: broken) as engine:
            return any(
                differences(assess(child, policy, on=ON, preview=PREVIEW), engine.slots(child))
                for child in children(policy, ON, count=CHILDREN)
            )
    except EngineRunError:
        return True


def put(program: Program, place: int, *lines: Line) -> Program:
    """The program with other lines in the place of one."""
    return evolve(program, lines=(*program.lines[:place], *lines, *program.lines[place + 1 :]))


def opposite(test: Test) -> Test:
    if isinstance(test.value, bool):
        return evolve(test, value=not test.value)
    return evolve(test, operator=OPPOSITE[test.operator])


def turned_round(program: Program) -> Iterator[Program]:
    """One test after another asks the opposite."""
    for place, line in enumerate(program.lines):
        for number, test in enumerate(line.tests):
            tests = (*line.tests[:number], opposite(test), *line.tests[number + 1 :])
            yield put(program, place, evolve(line, tests=tests))


def dropped(program: Program) -> Iterator[Program]:
    """One test after another is left out of its line."""
    for place, line in enumerate(program.lines):
        for number in range(len(line.tests)) if len(line.tests) > 1 else ():
            yield put(program, place, evolve(line, tests=(*line.tests[:number], *line.tests[number + 1 :])))


def without_a_rail(program: Program) -> Iterator[Program]:
    """One part after another is never concluded to hold, or never to fail."""
    for key, holds in dict.fromkeys((line.key, line.holds) for line in program.lines):
        kept = tuple(line for line in program.lines if (line.key, line.holds) != (key, holds))
        yield evolve(program, lines=kept)


@pytest.mark.parametrize("fault", [turned_round, dropped, without_a_rail])
def test_every_fault_put_into_a_small_policy_is_caught(fault: object, policy: Policy) -> None:
    assert callable(fault)
    program = compile_law(policy.as_of(ON, preview=PREVIEW))
    faults = list(fault(program))

    missed = [place for place, broken in enumerate(faults) if not is_caught(policy, broken)]

    assert len(faults) > 3
    assert missed == []


def test_a_sound_compiler_is_not_accused(policy: Policy) -> None:
    assert not is_caught(policy, compile_law(policy.as_of(ON, preview=PREVIEW)))
