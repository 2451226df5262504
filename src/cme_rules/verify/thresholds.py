"""Whether each threshold of a policy has cases just below it, at it and above it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import Call, Compare, Node, Today
from cme_rules.conditions.words import say
from cme_rules.domain.never import NEVER
from cme_rules.engine.assessment import Assessment
from cme_rules.engine.emit import expand
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.behind import comparisons_behind, parameters_in
from cme_rules.verify.exercise import Exercised

__all__ = ["ThresholdRow", "threshold_rows"]

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_EDGE_BELOW = frozenset({">=", "<", "==", "!="})
_EDGE_ABOVE = frozenset({">", "<=", "==", "!="})


@frozen(kw_only=True)
class ThresholdRow:
    """A number of the policy where it is compared with something, and from which sides cases meet it.

    On the side on which the answer turns only the nearest value counts: one day less than the number of days, the
    day after the last day. A time limit (`words` begins with "due" or "not before") is met by a case that expects
    its very day: then `at` is set and the other two with it.
    """

    parameters: tuple[str, ...]
    rule: str
    words: str
    below: bool
    at: bool
    above: bool

    @property
    def lacks(self) -> tuple[str, ...]:
        """The sides from which no case meets it."""
        return tuple(side for side in ("below", "at", "above") if not getattr(self, side))


def threshold_rows(policy: Policy, seen: Exercised) -> tuple[ThresholdRow, ...]:
    """A row for every comparison with a number of the policy, and for every time limit, in the policy's order."""
    return (*_comparisons(policy, seen), *_limits(policy, seen))


def _comparisons(policy: Policy, seen: Exercised) -> Iterator[ThresholdRow]:
    met: dict[Node, set[int]] = defaultdict(set)
    for asserted in seen.asserted:
        for node in _thresholds(asserted.rule, asserted.result.law):
            distance = _distance(node, asserted.result)
            if distance is not None:
                met[node].add(distance)
    first_used = {
        node: (rule, policy)
        for rule in reversed(policy.rules)
        for node in _thresholds(rule, policy.as_of(rule.since, preview=_preview(rule)))
    }
    for node, (rule, _) in reversed(first_used.items()):
        yield _row(node, rule, policy, met[node])


def _preview(rule: Rule) -> tuple[str, ...]:
    return (rule.not_commenced,) if rule.not_commenced else ()


def _thresholds(rule: Rule, law: Law) -> Iterator[Node]:
    trees = [rule.when, *([rule.duty.discharged] if rule.duty and rule.duty.discharged is not None else [])]
    for tree in trees:
        for node in comparisons_behind(tree, law):
            if parameters_in(expand(node, law.policy), law.policy):
                yield node


def _distance(node: Node, result: Assessment) -> int | None:
    """How far above its threshold a comparison stands, in days or in the number's unit; None where that is unknown."""
    left, _, right = _sides(node, result.law.policy)
    one, other = evaluate(left, result.scope), evaluate(right, result.scope)
    if one is None or other is None or one is NEVER or other is NEVER:
        return None
    if isinstance(one, date) and isinstance(other, date):
        return (one - other).days
    return _count(one) - _count(other)


def _sides(node: Node, policy: Policy) -> tuple[Node, str, Node]:
    """What is compared, how, and with what: the number of the policy on the right."""
    if isinstance(node, Compare):
        if parameters_in(expand(node.right, policy), policy):
            return node.left, node.operator, node.right
        return node.right, _MIRRORED[node.operator], node.left
    assert isinstance(node, Call)  # noqa: S101 - the only other sort that compares
    return Today(), ">" if node.function == "passed" else ">=", node.arguments[0]


def _count(value: object) -> int:
    """A number, or the count of a span."""
    count: Any = getattr(value, "count", value)
    return int(count)


def _row(node: Node, rule: Rule, policy: Policy, met: set[int]) -> ThresholdRow:
    sign = _sides(node, policy)[1]
    return ThresholdRow(
        parameters=tuple(dict.fromkeys(parameters_in(expand(node, policy), policy))),
        rule=rule.id,
        words=say(node, policy.phrases),
        below=-1 in met if sign in _EDGE_BELOW else any(distance < 0 for distance in met),
        at=0 in met,
        above=1 in met if sign in _EDGE_ABOVE else any(distance > 0 for distance in met),
    )


def _limits(policy: Policy, seen: Exercised) -> Iterator[ThresholdRow]:
    for rule in policy.rules:
        if rule.duty is None:
            continue
        for key, limit in (("due", rule.duty.due), ("not_before", rule.duty.not_before)):
            if limit is not None:
                met = any(asserted.rule is rule and key in asserted.dated for asserted in seen.asserted)
                words = f"{key.replace('_', ' ')}: {limit.span} from {limit.of}"
                yield ThresholdRow(parameters=(limit.span,), rule=rule.id, words=words, below=met, at=met, above=met)
