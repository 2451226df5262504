"""Where a policy's answers turn: for each fact, the values on either side of every threshold of the day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import Call, Compare, Name, Node, names_in, walk
from cme_rules.engine.assess import assessor
from cme_rules.engine.emit import expand
from cme_rules.engine.invert import date_in, trend, turning
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Law, Policy

__all__ = ["edges"]

_A_DAY = timedelta(days=1)
_FARTHEST = 30 * 366
"""Days from the day assessed beyond which an edge is that of a calendar or of what a date may be, not of a rule."""


def edges(policy: Policy, *, on: date, preview: tuple[str, ...] = ()) -> Mapping[str, tuple[Any, ...]]:
    """For each date and number a rule compares, the values just below, at and just above where an answer turns.

    Sorted; a fact that no rule compares is left out.
    """
    moment = assessor(policy, on=on, preview=preview).moment
    found: dict[str, set[Any]] = defaultdict(set)
    for leaf in _leaves(moment.law):
        for name, value in _of_leaf(leaf, moment):
            found[name].add(value)
    return {name: tuple(sorted(values)) for name, values in found.items()}


def _leaves(law: Law) -> Iterator[Node]:
    """Every comparison and function of every condition in force, down to facts and numbers, each once."""
    trees = [rule.when for rule in law.rules] + [each.means for each in law.policy.definitions.values()]
    trees += [rule.duty.discharged for rule in law.duties if rule.duty and rule.duty.discharged is not None]
    parts = (expand(part, law.policy) for tree in trees for part in walk(tree) if not isinstance(part, Name))
    return iter(dict.fromkeys(parts))


def _of_leaf(leaf: Node, moment: Moment) -> Iterator[tuple[str, Any]]:
    name = date_in(leaf, moment.law.policy)
    if name:
        for day in _days(leaf, moment):
            yield from ((name, day + more * _A_DAY) for more in (-1, 0, 1))
        return
    match leaf:
        case Compare(left=left, right=right):
            count = _count(right, moment)
            names = [each for each in names_in(left) if each in moment.law.policy.facts]
            if count is not None:
                numbers = [each for each in names if moment.law.policy.facts[each].kind.base is Base.INT]
                yield from ((each, max(0, count + more)) for each in numbers for more in (-1, 0, 1))


def _days(leaf: Node, moment: Moment) -> Iterator[date]:
    halves: tuple[Node, ...] = (leaf,)
    if isinstance(leaf, Compare) and leaf.operator in ("==", "!="):
        halves = (Compare(">=", leaf.left, leaf.right), Compare(">", leaf.left, leaf.right))
    for half in halves:
        if trend(half, moment.law.policy) and not _gives_a_day(half):
            turn = turning(half, moment)
            yield from (day for day in (turn.low, turn.high) if abs((day - moment.today).days) < _FARTHEST)


def _gives_a_day(node: Node) -> bool:
    """Whether a part is a day or a count by itself, with nothing to compare it with."""
    return isinstance(node, Call) and FUNCTIONS[node.function].gives.base is not Base.BOOL


def _count(node: Node, moment: Moment) -> int | None:
    if any(isinstance(part, Name) and part.name not in moment.law.policy.parameters for part in walk(node)):
        return None
    value: Any = evaluate(node, Scope(moment=moment, facts={}))
    count = getattr(value, "count", value)
    return count if isinstance(count, int) and not isinstance(count, bool) else None
