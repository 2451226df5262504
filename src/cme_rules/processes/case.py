"""A case: what is known of a child, and the dated events of one process."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from cme_rules.conditions.kinds import Base
from cme_rules.domain.never import NEVER
from cme_rules.errors import ProcessError
from cme_rules.policy.model.facts import EARLIEST, LATEST, FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import EventSpec, Process

__all__ = ["Case", "CaseEvent", "read_case"]

_KEYS = ("reference", "process", "facts", "events")
_LONGEST_NAME = 60


@frozen
class CaseEvent:
    """An event of a case: its name, its day, and the facts given with it."""

    name: str
    on: date = field(repr=False)
    says: Mapping[str, Any] = field(factory=dict, repr=False)


@frozen(kw_only=True)
class Case:
    """The facts and the events of one child in one process, in the order in which they were recorded."""

    process: Process
    facts: Mapping[str, Any] = field(factory=dict, repr=False)
    events: tuple[CaseEvent, ...] = ()
    reference: str = field(default="", repr=False)


def read_case(given: Mapping[str, Any], process: Process, policy: Policy) -> Case:
    """A case from plain data: `{"reference": …, "facts": {…}, "events": [{"event": …, "on": …, …}]}`.

    Days are dates, or text as YYYY-MM-DD. A fact left out, or None, is unknown; `False` for a date says never.

    Raises ProcessError with every fault at once, by the names of events and facts, never their values.
    """
    faults: list[str] = []
    if not isinstance(given, Mapping):
        msg = "a case is a mapping with facts and events"
        raise ProcessError(msg)
    faults += [f"{_shown(key)}: a case holds only {', '.join(_KEYS)}" for key in given if key not in _KEYS]
    facts, events = given.get("facts") or {}, given.get("events") or []
    known = _facts(facts, policy.facts, "facts", faults)
    read = [_event(event, place, process, policy, faults) for place, event in _numbered(events, faults)]
    reference = given.get("reference", "")
    if not isinstance(reference, str):
        faults.append("reference: expected text")
    if given.get("process", process.id) != process.id:
        faults.append(f"process: the case is of another process than {process.id}")
    if faults:
        raise ProcessError("\n".join(faults))
    events_read = tuple(event for event in read if event)
    return Case(process=process, facts=known, events=events_read, reference=reference)


def _numbered(events: object, faults: list[str]) -> Iterator[tuple[str, object]]:
    if not isinstance(events, list | tuple):
        faults.append("events: expected a list")
        return
    yield from ((f"event {place}", event) for place, event in enumerate(events, start=1))


def _event(event: object, place: str, process: Process, policy: Policy, faults: list[str]) -> CaseEvent | None:
    """One event, or None and what is wrong with it."""
    if not isinstance(event, Mapping):
        faults.append(f"{place}: expected a table with event and on")
        return None
    spec = process.events.get(event["event"]) if isinstance(event.get("event"), str) else None
    if spec is None:
        faults.append(f"{place}: {_unknown(event.get('event'), process)}")
        return None
    day = _as_day(event.get("on"))
    if day is None:
        faults.append(f"{place} ({spec.id}): on: expected a date (YYYY-MM-DD) from {EARLIEST} to {LATEST}")
    said = {name: value for name, value in event.items() if name not in ("event", "on")}
    allowed = _allowed(spec, policy)
    says = _facts(said, allowed, f"{place} ({spec.id})", faults)
    return CaseEvent(spec.id, day, says) if day else None


def _allowed(spec: EventSpec, policy: Policy) -> dict[str, FactSpec]:
    return {name: policy.facts[name] for name in spec.tells} | dict(spec.attributes)


def _facts(given: object, allowed: Mapping[str, FactSpec], place: str, faults: list[str]) -> dict[str, Any]:
    """The facts that are known, each of its declared kind."""
    if not isinstance(given, Mapping):
        faults.append(f"{place}: expected a table of facts")
        return {}
    known: dict[str, Any] = {}
    for name, value in given.items():
        spec = allowed.get(name)
        if spec is None:
            faults.append(f"{place}: {_shown(name)} is not known here; known: {_listed(allowed)}")
            continue
        clean = _clean(value, spec)
        if clean is not None and (problem := spec.problem_with(clean)):
            faults.append(f"{place}: {name}: {problem}")
        elif clean is not None:
            known[name] = NEVER if clean is False and spec.kind.base is Base.DATE else clean
    return known


def _clean(value: object, spec: FactSpec) -> object:
    """The value, a day written as text made a date."""
    return (_as_day(value) or value) if spec.kind.base is Base.DATE and isinstance(value, str) else value


def _as_day(value: object) -> date | None:
    if isinstance(value, str) and len(value) == len("YYYY-MM-DD"):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    right = isinstance(value, date) and not isinstance(value, datetime)
    return value if right and EARLIEST <= value <= LATEST else None  # type: ignore[operator,return-value]


def _unknown(name: object, process: Process) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault needs it

    close = get_close_matches(str(name), list(process.events), n=1)
    hint = f"; did you mean {close[0]}?" if close else f"; it has: {', '.join(process.events)}"
    return f"{_shown(name)}: process {process.id} has no such event{hint}"


def _listed(allowed: Mapping[str, FactSpec]) -> str:
    few = len(allowed) <= 10  # noqa: PLR2004 - more than that is no help to a reader
    return ", ".join(allowed) or "nothing" if few else "the facts of the policy"


def _shown(name: object) -> str:
    """A name where it looks like one: anything else may be a child's data put in the wrong place."""
    return name if isinstance(name, str) and name.isidentifier() and len(name) <= _LONGEST_NAME else "(not a name)"
