"""What a slip can reach: the findings and actions that rest on what was changed, and the cases that speak of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from cme_rules.conditions.nodes import Call, Node, names_in, walk
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.case import Case

__all__ = ["SCHOOL_AGE", "behind", "cases_by_name", "reach", "users", "uses_of"]

SCHOOL_AGE = "(school age)"
"""Stands among the things used for the rules of compulsory school age."""

_OF_SCHOOL_AGE = frozenset({"school_age_begins", "school_age_ends", "year_group"})


def uses_of(rule: Rule) -> frozenset[str]:
    """Every name a rule speaks of itself: in its condition, in what discharges it, and in its time limits."""
    names = {*names_in(rule.when), *_ages(rule.when)}
    if rule.duty is not None:
        limits = [limit for limit in (rule.duty.due, rule.duty.not_before) if limit]
        names.update(name for limit in limits for name in (limit.span, limit.of))
        if rule.duty.discharged is not None:
            names.update(names_in(rule.duty.discharged), _ages(rule.duty.discharged))
    return frozenset(names)


def _ages(tree: Node) -> frozenset[str]:
    calls = {part.function for part in walk(tree) if isinstance(part, Call)}
    return frozenset({SCHOOL_AGE}) if calls & _OF_SCHOOL_AGE else frozenset()


def behind(rule: Rule, policy: Policy) -> frozenset[str]:
    """Every name a rule rests on, through definitions; findings of other rules are named and not gone into."""
    waiting, found = list(uses_of(rule)), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            if name in policy.definitions:
                waiting += [*names_in(policy.definitions[name].means), *_ages(policy.definitions[name].means)]
    return frozenset(found)


def users(policy: Policy) -> Mapping[str, frozenset[str]]:
    """For every name, the definitions, findings and actions that speak of it themselves."""
    found: dict[str, set[str]] = defaultdict(set)
    for definition in policy.definitions.values():
        for name in {*names_in(definition.means), *_ages(definition.means)}:
            found[name].add(definition.name)
    for rule in policy.rules:
        for name in uses_of(rule):
            found[name].add(rule.name)
    return {name: frozenset(by) for name, by in found.items()}


def reach(names: Iterable[str], used_by: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The names and everything that rests on them, nearest first."""
    waiting = list(dict.fromkeys(names))
    found = dict.fromkeys(waiting)
    while waiting:
        for user in sorted(used_by.get(waiting.pop(0), ())):
            if user not in found:
                found[user] = None
                waiting.append(user)
    return tuple(found)


def cases_by_name(cases: Iterable[Case]) -> Mapping[str, tuple[Case, ...]]:
    """The cases that expect something of each finding and action."""
    found: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        for name in case.expected:
            found[name].append(case)
    return {name: tuple(each) for name, each in found.items()}
