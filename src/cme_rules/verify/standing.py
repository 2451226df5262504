"""The days on which a question about some rules has to be asked: one for each time their law changed."""

from collections.abc import Iterator
from datetime import date, timedelta

from cme_rules.conditions.nodes import names_in
from cme_rules.engine.assess import assessor
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule

__all__ = ["standing_moments"]

_BEFORE_THE_END = timedelta(days=60)
"""How far inside the calendar a day is put, so that counts back from it and a little on from it are covered."""


def standing_moments(rules: tuple[Rule, ...], policy: Policy) -> Iterator[Moment]:
    """One moment for each stretch of days on which these rules all stand and nothing they use changes."""
    preview = tuple(dict.fromkeys(rule.not_commenced for rule in rules if rule.not_commenced))
    first = max(rule.since for rule in rules)
    last = min((rule.until or date.max for rule in rules), default=date.max)
    for day in _one_a_stretch(first, last, set(_changes(rules, policy)), _known_well(policy)):
        yield assessor(policy, on=day, preview=preview).moment


def _one_a_stretch(first: date, last: date, changes: set[date], preferred: date) -> Iterator[date]:
    """One day in each stretch from `first` to `last`: the preferred one where it lies within."""
    starts = sorted({first, *(day for day in changes if first < day <= last)} if first <= last else ())
    for place, start in enumerate(starts):
        end = starts[place + 1] - timedelta(days=1) if place + 1 < len(starts) else last
        yield min(max(start, preferred), end)


def _known_well(policy: Policy) -> date:
    """A day the policy's calendars speak for, with days before and after it."""
    calendars = [each for each in (policy.calendars.working, *policy.calendars.authorities) if each is not None]
    return min((calendar.last for calendar in calendars), default=policy.since) - _BEFORE_THE_END


def _changes(rules: tuple[Rule, ...], policy: Policy) -> Iterator[date]:
    """The first day of each version of whatever the rules use."""
    waiting = [name for rule in rules for name in names_in(rule.when)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in policy.parameters:
            yield from (value.since for value in policy.parameters[name].values)
        if name in policy.definitions:
            waiting += names_in(policy.definitions[name].means)
        for rule in policy.rules:
            if rule.finding == name:
                waiting += names_in(rule.when)
                yield from [rule.since, *([rule.until + timedelta(days=1)] if rule.until else [])]
    yield from (dated.since for dated in policy.school_ages)
