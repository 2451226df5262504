"""Facts as a caller gives them, checked against the policy before anything is judged."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from cme_rules.conditions.kinds import Base
from cme_rules.domain.never import NEVER
from cme_rules.errors import CallError
from cme_rules.policy.model.facts import EARLIEST, LATEST
from cme_rules.policy.model.policy import Policy

__all__ = ["check_facts", "facts_from_json", "facts_to_json", "in_order", "read_facts"]


def check_facts(facts: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """The facts that are known, each of its declared kind; `False` for a date becomes NEVER, None is left out.

    Raises CallError listing every fault at once, by the names of facts only.
    """
    return read_facts(facts, policy)[0]


def read_facts(facts: Mapping[str, Any], policy: Policy) -> tuple[dict[str, Any], list[Any]]:
    """The facts that are known as `check_facts` gives them, and again as a row in the policy's order, None where not.

    Raises CallError as `check_facts` does.
    """
    usual = _usual(policy)
    yes_or_no, days, never, words, least = usual.yes_or_no, usual.days, usual.never, usual.words, usual.least
    known, row, unusual = dict(facts), usual.nothing.copy(), []
    for name, value in facts.items():  # the commonest first, and nothing called: this is most of an assessment
        kind = type(value)
        if kind is bool and name in yes_or_no:
            row[yes_or_no[name]] = value
        elif kind is date and name in days and EARLIEST <= value <= LATEST:
            row[days[name]] = value
        elif value is False and name in never:
            known[name] = row[never[name]] = NEVER
        elif kind is str and (name, value) in words:
            row[words[name, value]] = value
        elif kind is int and name in least and value >= least[name]:
            row[usual.places[name]] = value
        else:
            unusual.append(name)
    for name in unusual:
        value = _slowly(name, facts, policy)
        if value is None:
            del known[name]
        else:
            known[name] = row[usual.places[name]] = value
    return known, row


def in_order(known: Mapping[str, Any], policy: Policy) -> list[Any]:
    """Checked facts as a row in the policy's order, None where a fact is not known."""
    usual = _usual(policy)
    places, row = usual.places, usual.nothing.copy()
    for name, value in known.items():
        row[places[name]] = value
    return row


@frozen(kw_only=True, eq=False, repr=False)
class _Usual:
    """Where in the row a fact of the usual form stands: a yes or no, a day, an event that may never happen, a word.

    `least` is the smallest number allowed where there is one; `nothing` the row of a child of whom nothing is known.
    """

    places: dict[str, int]
    yes_or_no: dict[str, int]
    days: dict[str, int]
    never: dict[str, int]
    words: dict[tuple[str, str], int]
    least: dict[str, int]
    nothing: list[Any]


def _usual(policy: Policy) -> _Usual:
    """The usual forms of a policy's facts, kept by the policy."""
    memo = policy._memo  # noqa: SLF001 - the policy keeps it for us
    if "usual" not in memo:
        specs = list(enumerate(policy.facts.values()))
        memo["usual"] = _Usual(
            places={spec.name: place for place, spec in specs},
            yes_or_no={spec.name: place for place, spec in specs if spec.kind.base is Base.BOOL},
            days={spec.name: place for place, spec in specs if spec.kind.base is Base.DATE},
            never={spec.name: place for place, spec in specs if spec.kind.base is Base.DATE and spec.can_be_never},
            words={(spec.name, word): place for place, spec in specs for word in spec.kind.words or ()},
            least={spec.name: spec.minimum for _, spec in specs if spec.minimum is not None},
            nothing=[None] * len(specs),
        )
    found: _Usual = memo["usual"]
    return found


def _slowly(name: str, facts: Mapping[str, Any], policy: Policy) -> object:
    """The value of a fact that needs a closer look, or every fault of the whole mapping."""
    spec, value = policy.facts.get(name), facts[name]
    if spec is None or (value is not None and spec.problem_with(value)):
        raise CallError(_faults(facts, policy))
    return NEVER if value is False and spec.kind.base is Base.DATE else value


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
    if spec is None or spec.kind.base is not Base.DATE or not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if len(value) == len("YYYY-MM-DD") else value
    except ValueError:
        return value


def facts_to_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Checked facts as JSON can hold them: days as YYYY-MM-DD, what never happened as false."""
    return {name: _to_json(value) for name, value in facts.items()}


def _to_json(value: object) -> object:
    if value is NEVER:
        return False
    return value.isoformat() if isinstance(value, date) else value
