"""Which of our readings an answer rests on: those of the rule, of its definitions and of its numbers."""

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
    seen: set[str] = set()
    trees = [rule.when]
    if rule.duty:
        limits = [limit for limit in (rule.duty.due, rule.duty.not_before) if limit]
        waiting = [name for limit in limits for name in (limit.span, limit.of)]
    else:
        waiting = []
    while trees or waiting:
        waiting += [name for tree in trees for name in names_in(tree)]
        trees = []
        name = waiting.pop(0) if waiting else ""
        if name and name not in seen:
            seen.add(name)
            yield from _named(name, law, trees)


def _named(name: str, law: Law, trees: list[Node]) -> Iterator[Reading]:
    """The reading of one name; the trees below it are added to `trees`."""
    policy = law.policy
    if name in policy.parameters and policy.parameters[name].reading:
        yield Reading(policy.parameters[name].paragraph, policy.parameters[name].reading)
    elif name in policy.definitions:
        definition = policy.definitions[name]
        trees.append(definition.means)
        if definition.reading:
            yield Reading(definition.paragraph, definition.reading)
    elif name in law.findings:
        rule = law.findings[name]
        trees.append(rule.when)
        yield from (Reading(rule.paragraph, text) for text in rule.readings)


def facts_behind(node: Node, law: Law) -> frozenset[str]:
    """Every fact a tree can turn on, through the definitions and findings it uses."""
    found: set[str] = set()
    waiting = list(names_in(node))
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in law.policy.facts:
            found.add(name)
        elif name in law.policy.definitions:
            waiting += names_in(law.policy.definitions[name].means)
        elif name in law.findings:
            waiting += names_in(law.findings[name].when)
    return frozenset(found)
