"""The same child with one fact withheld: what was settled is then not known, for want of that fact alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from cme_rules.domain.verdict import Verdict
from cme_rules.verify.case import Case

__all__ = ["withheld", "withheld_faults"]


def withheld_faults(wanted: object, case: Case) -> Iterator[tuple[str, str]]:
    """What is wrong with a case's `unknown_without`: (key, problem) each."""
    if not isinstance(wanted, dict):
        yield "unknown_without", "expected a table by finding or action"
        return
    for name, facts in wanted.items():
        key = f"unknown_without.{name}"
        if name not in case.expected:
            yield key, "say in `then` or `status`, too, what it is while everything is known"
        if not isinstance(facts, list) or not facts or not all(isinstance(fact, str) for fact in facts):
            yield key, "expected a list of facts"
            continue
        yield from ((key, f"the case does not give {fact!r}") for fact in facts if fact not in case.given)


def withheld(wanted: Mapping[str, Any], case: Case) -> Iterator[Case]:
    """A case for every fact listed: everything else is given, and the findings it is listed for are not known."""
    for fact in dict.fromkeys(fact for facts in wanted.values() for fact in facts):
        names = [name for name, facts in wanted.items() if fact in facts]
        yield evolve(
            case,
            name=f"{case.name}: not known without {fact}",
            given={name: value for name, value in case.given.items() if name != fact},
            then=dict.fromkeys(names, Verdict.UNKNOWN.value),
            missing=dict.fromkeys(names, frozenset({fact})),
            due={},
            not_before={},
            status={},
        )
