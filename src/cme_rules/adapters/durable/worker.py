"""The second engine in a process of its own: a fault in its C code ends that process, and not the caller's."""

import multiprocessing
from collections.abc import Iterable, Mapping
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from pickle import PicklingError
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from attrs import frozen

from cme_rules.adapters.durable.engine import DurableEngine
from cme_rules.adapters.durable.errors import EngineCompileError, EngineRunError, EngineUnavailable
from cme_rules.errors import CallError, CmeRulesError
from cme_rules.policy.loading.load import load_policy

if TYPE_CHECKING:
    from cme_rules.domain.children import Child

__all__ = ["DurableWorker"]

_STARTING = 120.0
"""Seconds a new process may take to import the library, load the policy and open the engine."""

_KNOWN = {kind.__name__: kind for kind in (CallError, EngineCompileError, EngineRunError, EngineUnavailable)}

Slots = Mapping[tuple[str, str], bool | None]


@frozen
class _Running:
    """A worker that has said it is ready, and the pipe to it."""

    process: SpawnProcess
    pipe: "Connection[Any, Any]"


class DurableWorker:
    """As DurableEngine, for a ShadowEngine: `slots(child)` is answered by another process, which is started by `spawn`.

    `policy` is a name or a folder, for the worker loads it itself. A worker that dies or does not answer within
    `timeout` seconds gives EngineRunError, and the next call starts another. Start it from a module that is guarded by
    `if __name__ == "__main__"`, as every spawned process needs.
    """

    def __init__(self, policy: str | Path, *, on: date, preview: Iterable[str] = (), timeout: float = 10.0) -> None:
        """Start the process and wait until its engine is open.

        Raises what DurableEngine raises, and EngineRunError where the process cannot be started.
        """
        self._made_with = (policy, on, tuple(preview))
        self._timeout = timeout
        self._lock = Lock()
        self._running: _Running | None = self._start()

    @property
    def on(self) -> date:
        """The day it judges."""
        return self._made_with[1]

    def slots(self, child: "Mapping[str, Any] | Child") -> Slots:
        """The answers, by rule id and part.

        Raises CallError for facts the policy does not declare, and EngineRunError where the worker fails or dies.
        """
        with self._lock:
            if self._running is None:
                self._running = self._start()
            answer: Slots = self._asked(self._running, child)
            return answer

    def _start(self) -> _Running:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, *self._made_with), daemon=True)
        process.start()
        theirs.close()
        running = _Running(process, ours)
        self._answer(running, _STARTING)
        return running

    def _asked(self, running: _Running, child: object) -> Any:  # noqa: ANN401 - what came through the pipe
        fault = _fault_of_sending(running.pipe, child)
        if fault is not None and not issubclass(fault, OSError):
            msg = "this child cannot be sent to another process: give plain facts"
            raise CallError(msg)
        return self._answer(running, 0.0 if fault else self._timeout)  # a worker that is gone is said to be so there

    def _answer(self, running: _Running, seconds: float) -> Any:  # noqa: ANN401 - as above
        came, kind, said = _received(running.pipe, seconds)
        if not kind:
            raise self._gone(running, came=came)
        if kind in _KNOWN:
            raise _KNOWN[kind](said)
        return said

    def _gone(self, running: _Running, *, came: bool) -> EngineRunError:
        """The worker died or was silent: end it, so that the next call starts another."""
        self._running = None
        running.process.join(1.0 if came else 0.0)
        code = running.process.exitcode
        running.process.kill()
        running.process.join()
        running.pipe.close()
        how = f"ended (exit code {code})" if code is not None else "did not answer in time"
        return EngineRunError(f"the process of the second engine {how}")

    def close(self) -> None:
        """End the worker; a later call would start another."""
        with self._lock:
            running, self._running = self._running, None
            if running is not None:
                running.pipe.close()
                running.process.join(self._timeout)
                running.process.kill()
                running.process.join()

    def __enter__(self) -> Self:
        """The worker itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it."""
        self.close()


def _fault_of_sending(pipe: "Connection[Any, Any]", child: object) -> type[BaseException] | None:
    """Send, or say what kind of fault there was. The fault itself stays behind: its traceback holds the child.

    It also holds a buffer on which CPython 3.12.1 crashes when an error keeps it as its context.
    """
    try:
        pipe.send(child)
    except (PicklingError, TypeError, AttributeError, OSError) as fault:
        return type(fault)
    return None


def _received(pipe: "Connection[Any, Any]", seconds: float) -> tuple[bool, str, object]:
    """Whether something came in time, and what: its kind and what it says; no kind where the other end is gone."""
    try:
        if not pipe.poll(seconds):
            return False, "", None
        kind, said = pipe.recv()
    except (EOFError, OSError):
        return True, "", None
    return True, kind, said


def _work(pipe: "Connection[Any, Any]", policy: str | Path, on: date, preview: tuple[str, ...]) -> None:
    """What the worker does: open the engine, say so, then answer until the pipe is closed."""
    try:
        engine = DurableEngine(load_policy(policy), on=on, preview=preview)
    except CmeRulesError as fault:
        pipe.send((_name_of(fault), str(fault)))
        return
    pipe.send(("ready", None))
    with engine:
        while True:
            try:
                child = pipe.recv()
            except (EOFError, OSError):
                return
            pipe.send(_answered(engine, child))


def _answered(engine: DurableEngine, child: Any) -> tuple[str, object]:  # noqa: ANN401 - what came through the pipe
    try:
        return "slots", dict(engine.slots(child))
    except CmeRulesError as fault:
        return _name_of(fault), str(fault)


def _name_of(fault: CmeRulesError) -> str:
    """The kind the fault goes by on the other side; an unforeseen one is a fault of the run."""
    return type(fault).__name__ if type(fault).__name__ in _KNOWN else EngineRunError.__name__
