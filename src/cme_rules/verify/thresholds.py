"""Whether each threshold of a policy has cases just below it, at it and above it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from cme_rules.calendars.spans import Span, deadline
from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import Call, Compare, Node, Today
from cme_rules.conditions.words import say
from cme_rules.domain.never import NEVER
from cme_rules.engine.assessment import Assessment
from cme_rules.engine.emit import expand
from cme_rules.errors import CalendarError, CallError
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.rules import Limit, Rule
from cme_rules.verify.behind import comparisons_behind, parameters_in
from cme_rules.verify.exercise import Asserted, Exercised

__all__ = ["ThresholdRow", "threshold_rows"]

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_EDGE_BELOW = frozenset({">=", "<", "==", "!="})
_EDGE_ABOVE = frozenset({">", "<=", "==", "!="})


@frozen(kw_only=True)
class ThresholdRow:
    """A number of the policy where it is compared with something, and from which sides cases meet it.

    On the side on which the answer turns only the nearest value counts: one day less than the number of days, the
    day after the last day. So it is with a time limit (`words` begins with "due" or "not before"), of which a case on
    such a day expects where the action stands.
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
                cases = (each for each in seen.asserted if each.rule is rule and _looks_at_days(each))
                met = {_past(limit, key, each.result) for each in cases} - {None}
                yield _limit_row(rule, key, limit, met)


def _looks_at_days(asserted: Asserted) -> bool:
    """Whether a case expects of an action where it stands, or a day of it, and not just that it arises."""
    case, name = asserted.case, asserted.rule.name
    return any(name in group for group in (case.status, case.due, case.not_before))


def _past(limit: Limit, key: str, result: Assessment) -> int | None:
    """How many days a case stands past the last day of a limit, or past the first lawful one; None if it has none."""
    moment, start = result.assessor.moment, result.scope.value(limit.of)
    span = moment.law.parameters[limit.span]
    if not isinstance(span, Span) or not isinstance(start, date):
        return None
    try:
        found = deadline(span, start, school=moment.school, working=moment.working)
    except (CalendarError, CallError):
        return None
    return (moment.today - (found.last_day if key == "due" else found.act_from)).days


def _limit_row(rule: Rule, key: str, limit: Limit, met: set[int | None]) -> ThresholdRow:
    """An action turns overdue on the day after its last; it is lawful on its first day, and not on the day before."""
    past = {days for days in met if days is not None}
    return ThresholdRow(
        parameters=(limit.span,),
        rule=rule.id,
        words=f"{key.replace('_', ' ')}: {limit.span} from {limit.of}",
        below=any(days < 0 for days in past) if key == "due" else -1 in past,
        at=0 in past,
        above=1 in past if key == "due" else any(days > 0 for days in past),
    )
