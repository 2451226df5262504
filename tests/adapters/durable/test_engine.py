"""One engine, many children: the same answers as `assess`, from threads and forked processes, until it is closed."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from cme_rules.adapters.durable import DurableEngine, EngineRunError
from cme_rules.adapters.durable.compile import compile_law
from cme_rules.adapters.durable.lines import Program
from cme_rules.adapters.durable.shadow import differences
from cme_rules.domain.children import Child
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.errors import CallError, UnknownName
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Law, Policy
from tests.adapters.durable.given import CHILD, ON, PREVIEW
from tests.differential.children import children
from tests.toy import write_toy

ROOT = Path(__file__).parents[3]
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(write_toy(tmp_path_factory.mktemp("toy")))


class TestAnswers:
    """Verdicts by the names of findings and the ids of actions."""

    def test_they_are_those_of_assess(self, policy: Policy) -> None:
        with DurableEngine(policy, on=ON) as engine:
            answers, pure = engine.assess(CHILD), assess(CHILD, policy, on=ON)

        assert answers.verdicts() == pure.verdicts()
        assert differences(pure, answers.slots) == ()

    def test_each_of_the_three_values_comes_out(self, policy: Policy) -> None:
        with DurableEngine(policy, on=ON) as engine:
            answers = engine.assess(CHILD)

        assert answers["long_gone"] is Verdict.HOLDS
        assert answers["settled"] is Verdict.FAILS
        assert answers["reportable"] is Verdict.UNKNOWN

    def test_an_action_has_arisen_where_its_condition_holds(self, policy: Policy) -> None:
        with DurableEngine(policy, on=ON) as engine:
            assert engine.assess(CHILD)["call_home"] is Verdict.HOLDS

    def test_a_date_that_never_came_is_not_one_that_is_unknown(self, policy: Policy) -> None:
        done = ("2/call", "discharged")

        with DurableEngine(policy, on=ON) as engine:
            assert engine.slots({"called": False})[done] is False
            assert engine.slots({"called": None})[done] is None
            assert engine.slots({})[done] is None

    def test_what_is_unknown_names_the_facts_that_would_settle_it(self, policy: Policy) -> None:
        with DurableEngine(policy, on=ON) as engine:
            missing = engine.assess(CHILD).missing("reportable")

        assert [fact.name for fact in missing] == ["absence_began"]

    def test_waiting_law_is_judged_only_under_its_preview(self, policy: Policy) -> None:
        with DurableEngine(policy, on=ON) as engine, pytest.raises(UnknownName, match="no finding or action"):
            engine.assess(CHILD)["fast_track"]
        with DurableEngine(policy, on=ON, preview=PREVIEW) as engine:
            assert engine.assess(CHILD)["fast_track"] is Verdict.HOLDS

    def test_a_number_beyond_the_engines_is_still_a_large_number(self, policy: Policy) -> None:
        child = {**CHILD, "sessions_absent": 10**30, "sessions_possible": 10**31}

        with DurableEngine(policy, on=ON) as engine:
            assert differences(assess(child, policy, on=ON), engine.slots(child)) == ()

    def test_a_child_with_a_history_is_taken_as_assess_takes_it(self) -> None:
        england = load_policy("england")

        with DurableEngine(england, on=ON) as engine:
            assert differences(assess(Child(), england, on=ON), engine.slots(Child())) == ()


class TestCallsItRefuses:
    """As `assess` does, and before the engine is asked."""

    @pytest.mark.parametrize("child", [{"no_such_fact": True}, {"in_area": "yes"}, {"called": MOMENT}])
    def test_facts_that_are_not_the_policys(self, child: dict[str, Any], policy: Policy) -> None:
        with DurableEngine(policy, on=ON) as engine, pytest.raises(CallError):
            engine.assess(child)

    def test_a_moment_for_a_day(self, policy: Policy) -> None:
        with pytest.raises(CallError):
            DurableEngine(policy, on=MOMENT)


class TestItsLife:
    """Opened once, closed once, its own for each process."""

    def test_after_closing_it_refuses_to_answer(self, policy: Policy) -> None:
        engine = DurableEngine(policy, on=ON)
        engine.close()
        engine.close()

        with pytest.raises(EngineRunError, match="this engine is closed"):
            engine.assess(CHILD)

    def test_it_says_what_it_is_and_nothing_of_a_child(self, policy: Policy) -> None:
        with DurableEngine(policy, on=ON) as engine:
            answers = engine.assess(CHILD)

            assert repr(engine) == f"DurableEngine('shire', on=2026-03-09, lines={len(engine.program.lines)})"
            assert "2026, 2, 1" not in repr(answers)

    def test_eight_threads_may_share_it(self, policy: Policy) -> None:
        some = list(children(policy, ON, count=400))
        right = [assess(child, policy, on=ON) for child in some]

        with DurableEngine(policy, on=ON) as engine, ThreadPoolExecutor(8) as threads:
            found = list(threads.map(engine.slots, some))

        assert [differences(*pair) for pair in zip(right, found, strict=True)] == [()] * len(some)

    def test_a_forked_child_opens_its_own(self, tmp_path: Path) -> None:
        program = """
import os, sys
from cme_rules.adapters.durable import DurableEngine
from cme_rules.policy.loading.load import load_policy
from tests.adapters.durable.given import CHILD, ON

engine = DurableEngine(load_policy(sys.argv[1]), on=ON)
before = engine.slots(CHILD)
if os.fork() == 0:
    os._exit(0 if engine.slots({}) != before and engine.slots(CHILD) == before else 3)
assert os.waitstatus_to_exitcode(os.wait()[1]) == 0
assert engine.slots(CHILD) == before
engine.close()
"""
        arguments = [sys.executable, "-W", "error", "-c", program, str(write_toy(tmp_path))]

        done = subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=ROOT)

        assert (done.stderr, done.returncode) == ("", 0)


class TestABrokenCompiler:
    """What it makes cannot pass for an answer."""

    def test_a_part_that_both_holds_and_fails_is_an_error(self, policy: Policy) -> None:
        def both(law: Law) -> Program:
            program = compile_law(law)
            return evolve(
                program,
                lines=tuple(each for line in program.lines for each in (line, evolve(line, holds=not line.holds))),
            )

        with (
            DurableEngine(policy, on=ON, compiler=both) as engine,
            pytest.raises(EngineRunError, match="both holds and"),
        ):
            engine.assess(CHILD)
