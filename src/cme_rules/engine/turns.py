"""The days on which anything at all could turn for a child if nothing else happens.

Between two of these days no rule, no number and no answer to any question about a date changes, so an answer that
holds on the first of them holds until the next. They are found from what can move: a law or a number that begins or
ends, the edges of a calendar, the child's dates, a span that runs out, and the one day on which a count crosses the
number it is compared with, found by halving.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from attrs import evolve, field, frozen

from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.nodes import Call, Compare, Name, Node, Today, walk
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.due import action
from cme_rules.engine.emit import expand
from cme_rules.engine.leaves import answer_to, leaves_of, written_out
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.facts import DatedValue
from cme_rules.policy.model.policy import DatedSchoolAge, Law, Policy
from cme_rules.policy.model.rules import Limit, Rule

__all__ = ["Stretch"]

_A_DAY = timedelta(days=1)
_ANY_DATE = frozenset({"happened", "passed", "days_since"})
"""Functions that answer for every date; the others leave some without an answer, so theirs must be a plain fact."""


@frozen(kw_only=True, eq=False)
class Stretch:
    """A child's facts over some days, `moment` being the first of them and `until` the last."""

    moment: Moment
    until: date
    facts: Mapping[str, Any] = field(repr=False)
    _memo: dict[Any, Any] = field(factory=dict, init=False, repr=False)

    @property
    def policy(self) -> Policy:
        """The policy asked."""
        return self.moment.law.policy

    def on(self, day: date) -> Moment:
        """A day of the stretch, by the law of that day and in the same calendars."""
        return evolve(self.moment, law=self.policy.as_of(day, preview=self.moment.law.preview))

    def scope(self, day: date) -> Scope:
        """The child's facts as a condition sees them on a day."""
        return Scope(moment=self.on(day), facts=self.facts)

    def turns(self, names: frozenset[str] | None = None) -> tuple[date, ...]:
        """Every day after the first on which an answer may differ from that of the day before, in order.

        `names` narrows it to what some findings and actions turn on.
        """
        edges = self._edges()
        found = set(edges)
        for first, after in pairwise([self.moment.today, *edges, self.until + _A_DAY]):
            found.update(self._within(first, after - _A_DAY, names))
        return tuple(sorted(found))

    def _edges(self) -> list[date]:
        dates = {value for value in self.facts.values() if isinstance(value, date)}
        calendars = [each for each in (self.moment.school, self.moment.working) if each]
        begins = {*_begins_of_law(self.policy), *dates, *(each.first for each in calendars)}
        after = {*_ends_of_law(self.policy), *dates, *(each.last for each in calendars)}
        days = begins | {day + _A_DAY for day in after if day < date.max}
        return sorted(day for day in days if self.moment.today < day <= self.until)

    def _within(self, first: date, last: date, names: frozenset[str] | None) -> Iterator[date]:
        """The turns between two edges, where neither the law nor what is known changes."""
        moment = self.on(first)
        rules = [rule for rule in moment.law.rules if names is None or rule.name in names]
        for leaf in self._moving(rules, moment.law):
            yield from _turns_of(leaf, _Days(moment, self.facts), first, last)
        for rule in rules:
            yield from self._limits(rule, Scope(moment=moment, facts=self.facts), first, last)

    def _moving(self, rules: list[Rule], law: Law) -> tuple[Node, ...]:
        """The leaves of some rules that a day's passing can turn."""
        key = tuple(rule.id for rule in rules)
        if key not in self._memo:
            trees = [written_out(tree, law) for rule in rules for tree in _trees(rule)]
            leaves = dict.fromkeys(leaf for tree in trees for leaf in leaves_of(tree))
            self._memo[key] = tuple(leaf for leaf in leaves if _moves(leaf))
        found: tuple[Node, ...] = self._memo[key]
        return found

    def _limits(self, rule: Rule, scope: Scope, first: date, last: date) -> Iterator[date]:
        """The first lawful day of a duty and the day after its last."""
        if rule.duty is None:
            return
        if any(_moves(expand(Name(limit.of), self.policy)) for limit in _limits_of(rule)):
            yield from _days(first, last)
            return
        act = action(rule, Verdict.HOLDS, discharged=False, scope=scope)
        if act.first_lawful_day and first < act.first_lawful_day <= last:
            yield act.first_lawful_day
        if act.due and first <= act.due < last:
            yield act.due + _A_DAY


@frozen(eq=False)
class _Days:
    """One law seen from different days."""

    moment: Moment
    facts: Mapping[str, Any] = field(repr=False)

    def answer(self, leaf: Node, day: date) -> bool | None:
        law = evolve(self.moment.law, on=day)
        return answer_to(leaf, Scope(moment=evolve(self.moment, law=law), facts=self.facts))


def _begins_of_law(policy: Policy) -> Iterator[date]:
    yield from (each.since for each in _dated(policy))


def _ends_of_law(policy: Policy) -> Iterator[date]:
    yield from (each.until for each in _dated(policy) if each.until)


def _dated(policy: Policy) -> Iterator[Rule | DatedSchoolAge | DatedValue]:
    """Everything of a policy that is in force from one day to another."""
    yield from policy.rules
    yield from policy.school_ages
    for parameter in policy.parameters.values():
        yield from parameter.values


def _trees(rule: Rule) -> Iterator[Node]:
    yield rule.when
    if rule.duty and rule.duty.discharged is not None:
        yield rule.duty.discharged


def _limits_of(rule: Rule) -> list[Limit]:
    return [limit for limit in (rule.duty.due, rule.duty.not_before) if limit] if rule.duty else []


def _moves(node: Node) -> bool:
    """Whether a tree speaks of the day assessed: a count that falls as its date moves later rises as the days pass."""
    return any(
        isinstance(part, Today) or (isinstance(part, Call) and FUNCTIONS[part.function].direction < 0)
        for part in walk(node)
    )


def _turns_of(leaf: Node, days: _Days, first: date, last: date) -> Iterator[date]:
    if isinstance(leaf, Compare) and leaf.operator in ("==", "!="):
        for sign in (">=", ">"):
            yield from _turns_of(Compare(sign, leaf.left, leaf.right), days, first, last)
    elif _turns_once(leaf):
        begins = days.answer(leaf, first)
        if days.answer(leaf, last) is not begins:
            yield _first_other(leaf, days, first, last)
    else:
        answers = [(day, days.answer(leaf, day)) for day in _days(first, last)]
        yield from (day for (_, before), (day, after) in pairwise(answers) if before is not after)


def _turns_once(leaf: Node) -> bool:
    """Whether a leaf can turn only once as the days pass: one count or the day itself against something that stands."""
    match leaf:
        case Compare(left=left, right=right):
            moving = [side for side in (left, right) if _moves(side)]
            return len(moving) == 1 and (isinstance(moving[0], Today) or _counts(moving[0]))
        case _:
            return _counts(leaf)


def _counts(node: Node) -> bool:
    match node:
        case Call(function=function, arguments=(argument,)):
            return not _moves(argument) and (function in _ANY_DATE or isinstance(argument, Name))
        case _:
            return False


def _first_other(leaf: Node, days: _Days, first: date, last: date) -> date:
    """The first day on which a leaf's answer is not the one it begins with, given that it turns just once."""
    begins = days.answer(leaf, first)
    low, high = first.toordinal(), last.toordinal()
    while high - low > 1:
        middle = (low + high) // 2
        if days.answer(leaf, date.fromordinal(middle)) is begins:
            low = middle
        else:
            high = middle
    return date.fromordinal(high)


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
