"""One ruleset open in the engine: facts in, firings out, and nothing left behind.

Only the engine's C module is used. Its Python layer starts threads, swallows exceptions and puts facts into messages;
the module by itself does none of that as long as a few things are minded, each said where it is done below.
"""

import re
from collections.abc import Mapping
from importlib import import_module
from json import dumps
from typing import Any

from attrs import frozen

from cme_rules.adapters.durable.errors import EngineCompileError, EngineRunError, EngineUnavailable, why_unavailable
from cme_rules.adapters.durable.lines import Line, ids
from cme_rules.adapters.durable.rulesets import END, Ruleset
from cme_rules.adapters.durable.sources import Scalar

__all__ = ["Firing", "Session", "c_module"]

_SID = "0"
"""The one session used: the engine tells sessions apart by a 32-bit hash only, and two get in each other's way."""

_SEEN_BEFORE = 2
"""What the engine answers to a fact whose id it already holds."""

_STATE = 1
"""Where the engine keeps its first session. Any other answer means that it read no fact at all and tells nothing."""

_NO_MEMORY, _UNSAID = 101, 999


def c_module() -> Any:  # noqa: ANN401 - a C module without types
    """The engine's C module, imported here and nowhere else.

    Raises EngineUnavailable where it is not installed, or not loadable in this Python.
    """
    try:
        return import_module("durable_rules_engine")
    except ImportError:  # also an undefined symbol
        raise EngineUnavailable(why_unavailable()) from None


@frozen
class Firing:
    """A line that fired, with the facts that met its tests as the engine reported them (JSON; holds a child's data)."""

    line: Line
    report: str

    def __repr__(self) -> str:
        """What was concluded, without the facts."""
        return f"Firing({self.line.key!r}, holds={self.line.holds})"


class Session:
    """An open ruleset. One thread at a time; after any fault it is to be closed and not used again."""

    def __init__(self, ruleset: Ruleset, module: Any) -> None:  # noqa: ANN401 - as c_module
        """Open the ruleset and let one line fire in it.

        Until a line has fired, the engine holds an uninitialised pointer that deleting the session would free. So where
        not even that succeeds the ruleset is left as it is.
        Raises EngineCompileError where the engine refuses the ruleset.
        """
        self._module = module
        self._lines = {f"r{place}": line for place, line in enumerate(ruleset.lines)}
        self._takes, self._keeps = ruleset.takes, ruleset.keeps
        fault, handle = _tried(module, module.create_ruleset, "cme_rules", ruleset.text)
        if fault:
            msg = f"the engine refuses a ruleset (its code {fault})"
            raise EngineCompileError(msg)
        self._handle: int | None = handle
        self.run({})

    def run(self, known: Mapping[str, Scalar]) -> list[Firing]:
        """Assert what is known, let every line fire that can, and forget all of it.

        Raises EngineRunError, with a code and nothing of the facts, on any fault; the session is then spent.
        """
        fault, firings = _tried(self._module, self._run, known)
        if fault:
            msg = f"the engine failed (its code {fault})"
            raise EngineRunError(msg)
        found: list[Firing] = firings
        return found

    def _run(self, known: Mapping[str, Scalar]) -> list[Firing]:
        module, handle = self._module, self._handle
        given = [_fact(key, key, known[key]) for key in self._takes if key in known]
        given.append(_LAST)  # if it does not fire, the engine stopped reading before it
        reports = self._drain(*module.assert_facts(handle, f"[{','.join(given)}]"))
        if sum(name == END for name, _ in reports) != 1:
            msg = "the engine did not read all the facts it was given"
            raise EngineRunError(msg)
        firings: list[Firing] = []
        concluded: dict[str, bool] = {}
        while fresh := self._taken(reports, concluded, firings):
            for key in fresh[:-1]:
                _check(*module.assert_fact(handle, _concluded(key, holds=concluded[key])))
            reports = self._drain(*module.assert_fact(handle, _concluded(fresh[-1], holds=concluded[fresh[-1]])))
        module.delete_state(handle, _SID)
        return firings

    def _drain(self, code: int, state: int) -> list[tuple[str, str]]:
        """The name and the report of every firing that waits in a state after something was asserted to it."""
        _check(code, state)
        reports = []
        begun = self._module.start_action_for_state(self._handle, state)
        report = begun[1] if begun else None
        while report:
            reports.append((report[2 : report.index('"', 2)], report))
            report = self._module.complete_and_start_action(self._handle, state)
        return reports

    def _taken(self, reports: list[tuple[str, str]], concluded: dict[str, bool], firings: list[Firing]) -> list[str]:
        """Note what has fired; give the keys newly concluded that this ruleset tests itself."""
        fresh = []
        for name, report in reports:
            if name == END:
                continue
            line = self._lines[name]
            firings.append(Firing(line, report))
            if line.key not in concluded and line.key in self._keeps:
                fresh.append(line.key)
            if concluded.setdefault(line.key, line.holds) is not line.holds:
                msg = "the engine concluded that a part both holds and fails"
                raise EngineRunError(msg)
        return fresh

    def close(self) -> None:
        """Give the ruleset's memory back. The session goes first: only so is all of it freed."""
        handle, self._handle = self._handle, None
        if handle is not None:
            _tried(self._module, self._module.delete_state, handle, _SID)
            _tried(self._module, self._module.delete_ruleset, handle)


def _check(code: int, state: int) -> None:
    """A fact that nothing tests is no fault; one that the engine thinks it has already is."""
    if state != _STATE:
        msg = "the engine did not read the facts it was given"
        raise EngineRunError(msg)
    if code == _SEEN_BEFORE:
        msg = "the engine mistook a fact for another"
        raise EngineRunError(msg)


def _fact(key: str, identity: str, value: Scalar) -> str:
    written = ("true" if value else "false") if isinstance(value, bool) else dumps(value)
    return f'{{"id":"{identity}","{key}":{written}}}'


def _concluded(key: str, *, holds: bool) -> str:
    return _fact(key, ids(key)[1 if holds else 2], holds)


_LAST = _fact(END, END, value=True)


def _tried(module: Any, function: Any, *arguments: object) -> tuple[int, Any]:  # noqa: ANN401 - as c_module
    """A call's result after 0, or the code of its fault; the fault itself is left behind here, with its traceback."""
    try:
        return 0, function(*arguments)
    except MemoryError:
        return _NO_MEMORY, None
    except module.error as fault:
        code = re.search(r"\d+$", str(fault))
        return int(code.group()) if code else _UNSAID, None
