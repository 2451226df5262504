"""What stands behind a rule's answer: facts, numbers and comparisons, through every definition and finding."""

from collections.abc import Iterator

from cme_rules.conditions.nodes import Call, Compare, Name, Node, names_in, walk
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.rules import Rule

__all__ = ["comparisons_behind", "facts_behind", "parameters_in", "rule_of", "trees_behind"]


def rule_of(law: Law, name: str) -> Rule | None:
    """The rule that gives a finding or sets an action on the law's day; None where the law has none."""
    return next((rule for rule in law.rules if rule.name == name), None)


def trees_behind(node: Node, law: Law) -> Iterator[Node]:
    """The tree and those of every definition and finding below it, each once."""
    waiting, seen = [node], set[str]()
    while waiting:
        tree = waiting.pop(0)
        yield tree
        for name in names_in(tree):
            if name not in seen:
                seen.add(name)
                waiting += _meaning(name, law)


def _meaning(name: str, law: Law) -> list[Node]:
    if name in law.policy.definitions:
        return [law.policy.definitions[name].means]
    return [law.findings[name].when] if name in law.findings else []


def facts_behind(node: Node, law: Law) -> tuple[str, ...]:
    """Every fact a tree turns on, in reading order, each once."""
    names = (name for tree in trees_behind(node, law) for name in names_in(tree))
    return tuple(dict.fromkeys(name for name in names if name in law.policy.facts))


def comparisons_behind(node: Node, law: Law) -> tuple[Compare | Call, ...]:
    """Every comparison, and every `passed` and `happened`, behind a tree, each once."""
    parts = (part for tree in trees_behind(node, law) for part in walk(tree))
    return tuple(dict.fromkeys(part for part in parts if _compares(part)))  # type: ignore[misc]


def _compares(part: Node) -> bool:
    return isinstance(part, Compare) or (isinstance(part, Call) and part.function in ("passed", "happened"))


def parameters_in(node: Node, policy: Policy) -> tuple[str, ...]:
    """The numbers of the policy a tree itself names."""
    return tuple(part.name for part in walk(node) if isinstance(part, Name) and part.name in policy.parameters)
