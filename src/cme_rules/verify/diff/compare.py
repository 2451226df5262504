"""Two policies compared on a day: what changed, whom it changes, and over a cohort how many."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from cme_rules.engine.assess import assess, assessor
from cme_rules.engine.assessment import Assessment
from cme_rules.engine.moment import Moment
from cme_rules.errors import CallError, UnknownName
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.behind import rule_of
from cme_rules.verify.diff.changes import changes
from cme_rules.verify.diff.merged import Both, both
from cme_rules.verify.diff.model import Count, Diff
from cme_rules.verify.diff.regions import regions
from cme_rules.verify.run import found_of

__all__ = ["compare", "last_change"]

Pair = tuple[str, str]
"""The name of a finding or action in the first policy, and of the one it is compared with in the second."""


def compare(
    first: Policy,
    second: Policy,
    *,
    on: date,
    pairs: Iterable[Pair] = (),
    preview: tuple[str, ...] = (),
    cohort: Iterable[Mapping[str, Any]] | None = None,
) -> Diff:
    """How two policies differ on a day.

    Compared are the findings and actions both have, those either declares to differ from one of the other's, and
    `pairs`; with `pairs`, those alone. The `cohort` holds flat facts of children; a policy is given those of the facts
    that it knows, and the answer holds counts only.

    Raises UnknownName for a pair that the law of the day does not have, and CallError for a fact neither policy has.
    """
    sides = both(*(_moment(policy, on, preview) for policy in (first, second)))
    asked = tuple(_asked(sides, tuple(pairs)))
    found = [regions(one, other, sides) for one, other in asked]
    names = [(one.name, other.name) for one, other in asked]
    children, counts = _counted(first, second, names, on=on, preview=preview, cohort=cohort)
    return Diff(
        first=_named(first), second=_named(second), on=on, changes=() if first is second else changes(first, second),
        regions=tuple(region for each in found for region in each.told), compared=len(asked),
        open_pairs=tuple(_pair(*pair) for pair, each in zip(asked, found, strict=True) if not each.all_of_them),
        cohort=children, counts=counts,
    )  # fmt: skip


def _named(policy: Policy) -> str:
    """The policy's id, with the readings it was asked for."""
    return f"{policy.id} read with {', '.join(policy.read_as)}" if policy.read_as else policy.id


def _pair(one: Rule, other: Rule) -> str:
    return one.name if one.name == other.name else f"{one.name} and {other.name}"


def _moment(policy: Policy, on: date, preview: tuple[str, ...]) -> Moment:
    known = tuple(name for name in preview if name in policy.previews)
    return assessor(policy, on=on, preview=known).moment


def last_change(*policies: Policy) -> date:
    """The last day on which a rule or a number of any of the policies began to be law."""
    rules = (rule.since for policy in policies for rule in policy.rules if not rule.not_commenced)
    numbers = (value.since for policy in policies for each in policy.parameters.values() for value in each.values)
    return max((*rules, *(day for day in numbers), *(policy.since for policy in policies)))


def _asked(sides: Both, pairs: tuple[Pair, ...]) -> Iterator[tuple[Rule, Rule]]:
    if pairs:
        yield from ((_rule(sides.first, one), _rule(sides.second, other)) for one, other in pairs)
        return
    in_first, in_second = ({rule.name: rule for rule in law.rules} for law in (sides.first, sides.second))
    yield from ((rule, in_second[name]) for name, rule in in_first.items() if name in in_second)
    for name, rule in in_second.items():
        if name not in in_first and rule.conflicts_with in in_first:
            yield in_first[rule.conflicts_with], rule
    for name, rule in in_first.items():
        if name not in in_second and rule.conflicts_with in in_second:
            yield rule, in_second[rule.conflicts_with]


def _rule(law: Law, name: str) -> Rule:
    found = rule_of(law, name)
    if found is None:
        msg = f"the law of {law.on} in policy {law.policy.id!r} has no finding or action {name!r}"
        raise UnknownName(msg)
    return found


def _counted(
    first: Policy,
    second: Policy,
    names: list[Pair],
    *,
    on: date,
    preview: tuple[str, ...],
    cohort: Iterable[Mapping[str, Any]] | None,
) -> tuple[int | None, tuple[Count, ...]]:
    """How many children there were, and the counts of every pair of which some child's answers differ."""
    if cohort is None:
        return None, ()
    told: dict[Pair, Counter[Pair]] = {pair: Counter() for pair in names}
    children = 0
    for child in cohort:
        children += 1
        _refuse_strangers(child, first, second)
        one, two = (_answered(child, policy, on, preview) for policy in (first, second))
        for pair, counter in told.items():
            counter[found_of(one, pair[0]), found_of(two, pair[1])] += 1
    return children, tuple(_count(pair, counter) for pair, counter in told.items() if _differ(counter))


def _refuse_strangers(child: Mapping[str, Any], first: Policy, second: Policy) -> None:
    strange = [name for name in child if name not in first.facts and name not in second.facts]
    if strange:
        msg = f"neither policy has such a fact: {', '.join(name for name in strange if str(name).isidentifier())}"
        raise CallError(msg)


def _answered(child: Mapping[str, Any], policy: Policy, on: date, preview: tuple[str, ...]) -> Assessment:
    known = tuple(name for name in preview if name in policy.previews)
    return assess({name: value for name, value in child.items() if name in policy.facts}, policy, on=on, preview=known)


def _differ(counter: Counter[Pair]) -> int:
    return sum(count for (one, other), count in counter.items() if one != other)


def _count(pair: Pair, counter: Counter[Pair]) -> Count:
    sides: list[Counter[str]] = [Counter(), Counter()]
    for said, count in counter.items():
        for side, verdict in zip(sides, said, strict=True):
            side[verdict] += count
    return Count(
        first=pair[0], second=pair[1], in_first=dict(sides[0]), in_second=dict(sides[1]), differ=_differ(counter)
    )
