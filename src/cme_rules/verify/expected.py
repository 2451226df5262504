"""What a case gives and expects, checked name by name against the policy."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from cme_rules.domain.verdict import Force, Status, Verdict
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.case import ABSENT, CALENDAR, NOT_IN_FORCE, POSSIBLE, UNDATED, UNKNOWN
from cme_rules.verify.entries import CaseEntry

__all__ = ["GROUPS", "expectations", "expected_value", "given_faults", "names_of"]

_VERDICTS = (*(verdict.value for verdict in Verdict), NOT_IN_FORCE)
_STATUSES = (*(status.value for status in Status), ABSENT, POSSIBLE)
_OF_ACTIONS = ("due", "not_before", "status", "role", "force")
GROUPS = ("then", "missing", *_OF_ACTIONS)
"""The keys of a case that expect something, each a table by finding or action."""

Problem = tuple[str, str]
"""The key a problem stands under, and what it is."""


def given_faults(facts: object, policy: Policy) -> Iterator[Problem]:
    """What is wrong with some givens: (fact, problem) each; an empty name stands for the whole."""
    if not isinstance(facts, dict):
        yield "", "expected a table of facts"
        return
    for name, value in facts.items():
        spec = policy.facts.get(name)
        if spec is None:
            yield name, f"policy {policy.id!r} declares no such fact{_nearest(name, policy.facts)}"
        elif (problem := spec.problem_with(value)) and value != UNKNOWN:
            yield name, f'{problem}, or "{UNKNOWN}"'


def names_of(policy: Policy, group: str) -> frozenset[str]:
    """The names a group may speak of: actions only for all that is said of an action, otherwise findings too."""
    actions = {rule.duty.action for rule in policy.rules if rule.duty}
    findings = {rule.finding for rule in policy.rules if rule.finding}
    return frozenset(actions if group in _OF_ACTIONS else actions | findings)


def expectations(entry: CaseEntry, policy: Policy) -> tuple[dict[str, Any], list[Problem]]:
    """What a case expects, group by group, and everything that is wrong with it."""
    expected: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for group in GROUPS:
        table = getattr(entry, group)
        if not isinstance(table, dict):
            problems.append((group, "expected a table by finding or action"))
            continue
        expected[group] = {}
        for name, value in table.items():
            made, problem = expected_value(group, name, value, policy)
            if problem:
                problems.append((f"{group}.{name}", problem))
            expected[group][name] = made
    if not problems and not any(expected.values()):
        problems.append(("", f"a case expects something: give it one of {', '.join(GROUPS)}"))
    return expected, problems


def expected_value(group: str, name: str, value: object, policy: Policy) -> tuple[Any, str]:
    """One expected value in the form a Case keeps, and what is wrong with it."""
    known = names_of(policy, group)
    if name not in known:
        sort = "action" if group in _OF_ACTIONS else "finding or action"
        return None, f"policy {policy.id!r} has no {sort} of this name{_nearest(name, known)}"
    return _READERS[group](value, policy)


def _one_of(words: Iterable[str]) -> Callable[[object, Policy], tuple[Any, str]]:
    def read(value: object, _: Policy) -> tuple[Any, str]:
        return value, "" if isinstance(value, str) and value in words else f"expected one of {', '.join(words)}"

    return read


def _missing(value: object, policy: Policy) -> tuple[Any, str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return frozenset(), "expected a list of facts"
    strange = [name for name in value if name not in policy.facts and name != CALENDAR]
    problem = (
        f"policy {policy.id!r} declares no fact {strange[0]!r}{_nearest(strange[0], policy.facts)}" if strange else ""
    )
    return frozenset(value), problem


def _role(value: object, policy: Policy) -> tuple[Any, str]:
    if isinstance(value, str) and value in policy.roles:
        return value, ""
    return value, f"expected a role of roles.toml{_nearest(value, policy.roles) if isinstance(value, str) else ''}"


def _day(value: object, _: Policy) -> tuple[Any, str]:
    if value == UNDATED:
        return None, ""
    wrong = isinstance(value, datetime) or not isinstance(value, date)
    return value, f'expected a date such as 2026-11-23, without quotes, or "{UNDATED}"' if wrong else ""


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # only a fault needs it, and importing it is slow

    close = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


_READERS: Mapping[str, Callable[[object, Policy], tuple[Any, str]]] = {
    "then": _one_of(_VERDICTS),
    "missing": _missing,
    "due": _day,
    "not_before": _day,
    "status": _one_of(_STATUSES),
    "role": _role,
    "force": _one_of(tuple(force.value for force in Force)),
}
