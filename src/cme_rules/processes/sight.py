"""What a process can see: the facts of its policy and its own, on a day, in the child's calendars."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import evolve

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.processes import Process

__all__ = ["scope", "seen_by"]

_MOST_LAWS = 64
"""Laws of days kept for one process."""


def seen_by(process: Process, policy: Policy) -> Policy:
    """The policy with the facts of the process beside its own, so that one language speaks of both."""
    if not process.attributes:
        return policy
    memo = policy._memo  # noqa: SLF001 - the policy keeps it for us
    key = ("seen_by", process)
    if key not in memo:
        memo[key] = evolve(policy, facts={**policy.facts, **process.attributes})
    found: Policy = memo[key]
    return found


def scope(process: Process, policy: Policy, facts: Mapping[str, Any], on: date) -> Scope:
    """The facts of a case as a condition sees them on a day, by the law of that day."""
    seen = seen_by(process, policy)
    school, why = _school(facts, policy)
    moment = Moment(law=_law(seen, on), school=school, working=policy.calendars.working, without_school=why)
    return Scope(moment=moment, facts=facts)


def _law(policy: Policy, on: date) -> Law:
    """The law of a day, kept: a case asks for that of each of its days many times."""
    kept: dict[date, Law] = policy._memo.setdefault("laws", {})  # noqa: SLF001 - the policy keeps it for us
    if on not in kept:
        if len(kept) >= _MOST_LAWS:
            kept.clear()
        kept[on] = policy.as_of(on)
    return kept[on]


def _school(facts: Mapping[str, Any], policy: Policy) -> tuple[SchoolCalendar | None, str]:
    """The calendar of the child's school, or the authority's where no school is named; or why there is none."""
    named = facts.get("school")
    if named:
        return policy.calendars.by_school.get(named), "the policy has no calendar for this child's school"
    if policy.calendar:
        return policy.calendars.authority(policy.calendar), ""
    return None, "the policy has no school calendar"
