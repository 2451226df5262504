"""Rulesets kept open between questions: for one thread at a time, in each process its own, anew after any fault."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from attrs import field, frozen

from cme_rules.adapters.durable.errors import EngineRunError
from cme_rules.adapters.durable.lines import Program
from cme_rules.adapters.durable.rulesets import rulesets
from cme_rules.adapters.durable.session import Firing, Session
from cme_rules.adapters.durable.sources import Scalar

__all__ = ["Opened"]


@frozen(eq=False)
class _Here:
    """What one process has open. A forked child finds nothing under its own id, and so has a lock of its own."""

    lock: Lock = field(factory=Lock)
    sessions: list[Session] = field(factory=list)


class Opened:
    """A program's rulesets, open in the engine."""

    def __init__(self, program: Program, module: Any) -> None:  # noqa: ANN401 - a C module without types
        """Open them, so that what the engine refuses is known now and not with the first child."""
        self._module = module
        self._rulesets = rulesets(program)
        self._by_process: dict[int, _Here] = {}
        self._closed = False
        with self._sessions():
            pass

    def run(self, told: Mapping[str, Scalar]) -> tuple[dict[str, Scalar], list[Firing]]:
        """Everything known in the end, what was told and what was concluded, and every firing on the way.

        Raises EngineRunError where the engine fails, or is closed.
        """
        known, firings = dict(told), []
        with self._sessions() as sessions:
            for session in sessions:
                found = session.run(known)
                known |= {firing.line.key: firing.line.holds for firing in found}
                firings += found
        return known, firings

    @contextmanager
    def _sessions(self) -> Iterator[list[Session]]:
        """This process's sessions; whatever goes wrong while they are used, they are thrown away."""
        if self._closed:
            msg = "this engine is closed"
            raise EngineRunError(msg)
        here = self._by_process.setdefault(os.getpid(), _Here())
        with here.lock:
            try:
                if not here.sessions:
                    here.sessions.extend(Session(ruleset, self._module) for ruleset in self._rulesets)
                yield here.sessions
            except BaseException:
                _close(here.sessions)
                raise

    def close(self) -> None:
        """Give the memory back; a second time does no harm."""
        self._closed = True
        here = self._by_process.get(os.getpid())
        if here is not None:
            with here.lock:
                _close(here.sessions)


def _close(sessions: list[Session]) -> None:
    while sessions:
        sessions.pop().close()
