"""What loading would say of a policy whose dates were moved: what begins too late, ends too soon, or stands twice."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from cme_rules.policy.model.facts import Parameter
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.mutants.touch import behind

__all__ = ["refused"]


def refused(mutant: Policy, policy: Policy) -> str:
    """The first reason for which the mutant's dates would not load; nothing where they would.

    It asks what loading asks of dates, of the rules that are not the policy's own any more and of those beside them.
    """
    for parameter in mutant.parameters.values():
        if parameter is not policy.parameters[parameter.name]:
            return next(_of_values(parameter), "") or next(_of_users(parameter, mutant), "")
    changed = {new.name for old, new in zip(policy.rules, mutant.rules, strict=True) if old is not new}
    return next(_of_rules(changed, mutant), "")


def _of_values(parameter: Parameter) -> Iterator[str]:
    ordered = sorted(parameter.values, key=lambda value: value.since)
    for one, other in pairwise(ordered):
        if one.until is None or one.until >= other.since:
            yield f"{parameter.name}: two values overlap"
    for value in ordered:
        if value.until is not None and value.until < value.since:
            yield f"{parameter.name}: a value ends before it begins"


def _of_users(parameter: Parameter, policy: Policy) -> Iterator[str]:
    first = min(value.since for value in parameter.values)
    for rule in policy.rules:
        if not rule.not_commenced and rule.since < first and parameter.name in behind(rule, policy):
            yield f"{rule.id}: in force before {parameter.name} has a value"


def _of_rules(changed: set[str], policy: Policy) -> Iterator[str]:
    for rule in policy.rules:
        if rule.until and rule.until < rule.since:
            yield f"{rule.id}: ends before it begins"
        if rule.not_commenced:
            continue
        used = behind(rule, policy)
        if rule.name in changed or used & changed:
            yield from (problem for name in sorted(used) for problem in _too_late(name, rule, policy))
        if rule.name in changed:
            for other in policy.rules:
                if other is not rule and other.name == rule.name and _together(rule, other):
                    yield f"{rule.id}: stands beside {other.id} on the same days"


def _too_late(name: str, rule: Rule, policy: Policy) -> Iterator[str]:
    """A number without a value yet, or a finding not given yet or no longer."""
    if name in policy.parameters and min(value.since for value in policy.parameters[name].values) > rule.since:
        yield f"{rule.id}: in force before {name} has a value"
    givers = [each for each in policy.rules if each.finding == name and not each.not_commenced]
    if givers and min(each.since for each in givers) > rule.since:
        yield f"{rule.id}: in force before {name} is given"
    elif givers and max(each.until or date.max for each in givers) < (rule.until or date.max):
        yield f"{rule.id}: in force after {name} has ended"


def _together(one: Rule, other: Rule) -> bool:
    if one.not_commenced != other.not_commenced:
        return False
    return max(one.since, other.since) <= min(one.until or date.max, other.until or date.max)
