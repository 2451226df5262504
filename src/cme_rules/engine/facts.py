"""Facts as a caller gives them, checked against the policy before anything is judged."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from cme_rules.conditions.kinds import Base
from cme_rules.domain.never import NEVER
from cme_rules.errors import CallError
from cme_rules.policy.model.facts import EARLIEST, LATEST
from cme_rules.policy.model.policy import Policy

__all__ = ["check_facts", "facts_from_json"]

_DATE, _BOOL = Base.DATE, Base.BOOL


def check_facts(facts: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """The facts that are known, each of its declared kind; `False` for a date becomes NEVER, None is left out.

    Raises CallError listing every fault at once, by the names of facts only.
    """
    clean: dict[str, Any] = {}
    quick = _quick(policy)
    for name, value in facts.items():
        wanted = quick.get(name)
        if (wanted is _BOOL and (value is True or value is False)) or (
            wanted is _DATE and type(value) is date and EARLIEST <= value <= LATEST
        ):
            clean[name] = value
        elif value is not None or wanted is None:
            clean[name] = _slowly(name, value, facts, policy)
    return clean


def _quick(policy: Policy) -> Mapping[str, Base]:
    memo = policy._memo  # noqa: SLF001 - the policy keeps it for us
    if "quick" not in memo:
        memo["quick"] = MappingProxyType({name: spec.kind.base for name, spec in policy.facts.items()})
    found: Mapping[str, Base] = memo["quick"]
    return found


def _slowly(name: str, value: object, facts: Mapping[str, Any], policy: Policy) -> object:
    """The value of a fact that needs a closer look, or every fault of the whole mapping."""
    spec = policy.facts.get(name)
    if spec is None or spec.problem_with(value):
        raise CallError(_faults(facts, policy))
    return NEVER if value is False and spec.kind.base is _DATE else value


def _faults(facts: Mapping[str, Any], policy: Policy) -> str:
    """Every fault of a mapping of facts, a line each."""
    faults = []
    for name, value in facts.items():
        spec = policy.facts.get(name)
        if spec is None:
            faults.append(_undeclared(name, policy))
        elif value is not None and (problem := spec.problem_with(value)):
            faults.append(f"fact {name}: {problem}, found {_sort(value)}")
    return "\n".join(faults)


def _undeclared(name: object, policy: Policy) -> str:
    """Say that a name is not a fact; the name itself is shown only where it looks like one."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault needs it

    shown = name if isinstance(name, str) and name.isidentifier() and len(name) <= 60 else "(not a name)"  # noqa: PLR2004
    close = get_close_matches(str(name), list(policy.facts), n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    return f"fact {shown}: policy {policy.id!r} declares no such fact{hint}"


def _sort(value: object) -> str:
    return {bool: "true or false", str: "text", int: "a number"}.get(type(value), type(value).__name__)


def facts_from_json(given: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """Facts read from JSON, with the days of date facts made dates; whatever does not fit is left for the check.

    >>> facts_from_json({}, policy=None)
    {}
    """
    return {name: _from_json(name, value, policy) for name, value in given.items()}


def _from_json(name: str, value: object, policy: Policy) -> object:
    spec = policy.facts.get(name)
    if spec is None or spec.kind.base is not _DATE or not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if len(value) == len("YYYY-MM-DD") else value
    except ValueError:
        return value
