"""Which of our readings an answer rests on: those of the rule, of its definitions and of its numbers."""

from collections import deque
from collections.abc import Iterator

from attrs import frozen

from cme_rules.conditions.nodes import Node, names_in
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Rule

__all__ = ["Reading", "facts_behind", "readings_of"]


@frozen(cache_hash=True)
class Reading:
    """What we took an unclear text to mean, and the paragraph it stands in."""

    paragraph: str
    text: str


def readings_of(rule: Rule, law: Law) -> tuple[Reading, ...]:
    """The readings behind a rule's answer, its own first, each once."""
    own = [Reading(rule.paragraph, text) for text in rule.readings]
    return tuple(dict.fromkeys([*own, *_below(rule, law)]))


def _below(rule: Rule, law: Law) -> Iterator[Reading]:
    """The readings of every name a rule turns on, the nearest first."""
    limits = [limit for limit in (rule.duty.due, rule.duty.not_before) if limit] if rule.duty else []
    waiting = deque([name for limit in limits for name in (limit.span, limit.of)])
    waiting.extend(names_in(rule.when))
    seen: set[str] = set()
    while waiting:
        name = waiting.popleft()
        if name not in seen:
            seen.add(name)
            yield from _named(name, law)
            waiting.extend(law.used_by(name))


def _named(name: str, law: Law) -> Iterator[Reading]:
    """The readings of one name."""
    policy = law.policy
    if name in policy.parameters and policy.parameters[name].reading:
        yield Reading(policy.parameters[name].paragraph, policy.parameters[name].reading)
    elif name in policy.definitions and policy.definitions[name].reading:
        yield Reading(policy.definitions[name].paragraph, policy.definitions[name].reading)
    elif name in law.findings:
        rule = law.findings[name]
        yield from (Reading(rule.paragraph, text) for text in rule.readings)


def facts_behind(node: Node, law: Law) -> frozenset[str]:
    """Every fact a tree can turn on, through the definitions and findings it uses."""
    waiting, seen = list(names_in(node)), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(law.used_by(name))
    return frozenset(seen & law.policy.facts.keys())
