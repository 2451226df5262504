"""The second engine in a process of its own: what kills it there does not kill the caller."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cme_rules.adapters.durable import DurableWorker, EngineRunError, PureEngine, ShadowEngine
from cme_rules.adapters.durable.shadow import differences
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.errors import CallError
from cme_rules.policy.loading.load import load_policy
from tests.adapters.durable.given import CHILD, ON
from tests.toy import write_toy

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def worker(folder: Path) -> Iterator[DurableWorker]:
    with DurableWorker(folder, on=ON) as made:
        yield made


def stop(worker: DurableWorker, how: signal.Signals) -> int:
    """Send the worker's process a signal."""
    assert worker._running is not None
    number = worker._running.process.pid
    assert number is not None
    os.kill(number, how)
    return number


class TestAWorker:
    """It answers as an engine in this process would."""

    def test_its_answers_are_those_of_assess(self, worker: DurableWorker, folder: Path) -> None:
        assert differences(assess(CHILD, load_policy(folder), on=ON), worker.slots(CHILD)) == ()

    def test_it_refuses_facts_the_policy_does_not_declare(self, worker: DurableWorker) -> None:
        with pytest.raises(CallError, match="no_such_fact"):
            worker.slots({"no_such_fact": True})

    def test_it_refuses_what_cannot_be_sent(self, worker: DurableWorker) -> None:
        with pytest.raises(CallError, match="cannot be sent") as caught:
            worker.slots({"in_area": lambda: True})

        assert caught.value.__context__ is None


class TestAWorkerThatDies:
    """An error for the one call; the next call starts another."""

    def test_its_death_is_said_and_the_next_call_is_answered(self, worker: DurableWorker) -> None:
        before = worker.slots(CHILD)
        stop(worker, signal.SIGSEGV)

        with pytest.raises(EngineRunError, match=r"ended \(exit code -11\)"):
            worker.slots(CHILD)

        assert worker.slots(CHILD) == before

    def test_the_error_keeps_nothing_of_the_broken_pipe(self, worker: DurableWorker) -> None:
        worker.slots(CHILD)
        stop(worker, signal.SIGKILL)

        with pytest.raises(EngineRunError) as caught:
            worker.slots(CHILD)

        assert caught.value.__context__ is None

    def test_in_shadow_the_pure_answer_comes_all_the_same(self, worker: DurableWorker, folder: Path) -> None:
        told: list[Exception] = []
        pure = PureEngine(policy=load_policy(folder), on=ON)
        shadow = ShadowEngine(pure, worker, on_disagreement=told.append)
        worker.slots(CHILD)
        stop(worker, signal.SIGKILL)

        answers = [shadow.assess(CHILD)["long_gone"].verdict for _ in range(2)]

        assert answers == [Verdict.HOLDS, Verdict.HOLDS]
        assert [type(each) for each in told] == [EngineRunError]

    def test_silence_is_ended_after_a_while(self, folder: Path) -> None:
        with DurableWorker(folder, on=ON, timeout=0.5) as worker:
            stop(worker, signal.SIGSTOP)

            with pytest.raises(EngineRunError, match="did not answer in time"):
                worker.slots(CHILD)
