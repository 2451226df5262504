"""The values of one fact that a condition can tell apart, given the other facts.

Yes-or-no facts have two and words as many as there are; the days and whole numbers fall into runs within which no
leaf of the condition changes its answer, and both ends of each run are found by halving.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import pairwise
from typing import Any, assert_never

from attrs import field, frozen

from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import Compare, Node, names_in
from cme_rules.domain.never import NEVER
from cme_rules.engine.leaves import answer_to, decided, leaves_of
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.facts import EARLIEST, LATEST, FactSpec

__all__ = ["LARGEST", "Cells"]

LARGEST = 10**6
"""No count of a child's is taken to be larger."""

_A_DAY = timedelta(days=1)
_A_WHOLE = 100
"""Stands in for a number of which nothing but its share matters."""

Facts = Mapping[str, Any]
_Made = Callable[[int], object]


@frozen(kw_only=True, eq=False)
class Cells:
    """A written-out condition on one day, and what any child's facts make of it; every leaf is asked once."""

    tree: Node
    moment: Moment
    _asked: dict[Any, bool | None] = field(factory=dict, init=False, repr=False)
    _ends: dict[Any, tuple[int, ...]] = field(factory=dict, init=False, repr=False)

    @cached_property
    def facts_of(self) -> Mapping[Node, tuple[str, ...]]:
        """The facts each leaf turns on."""
        known = self.moment.law.policy.facts
        return {leaf: tuple(name for name in names_in(leaf) if name in known) for leaf in leaves_of(self.tree)}

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact the condition turns on, in reading order."""
        return tuple(dict.fromkeys(name for names in self.facts_of.values() for name in names))

    def verdict(self, facts: Facts) -> bool | None:
        """What the condition is for these facts: True, False, or None where it is not known."""
        return decided(self.tree, {leaf: self._answer(leaf, facts) for leaf in self.facts_of})

    def _answer(self, leaf: Node, facts: Facts) -> bool | None:
        key = (leaf, *(facts.get(name) for name in self.facts_of[leaf]))
        if key not in self._asked:
            self._asked[key] = self._fresh(leaf, facts)
        return self._asked[key]

    def _fresh(self, leaf: Node, facts: Facts) -> bool | None:
        return answer_to(leaf, Scope(moment=self.moment, facts=facts))

    def values(self, name: str, facts: Facts) -> tuple[Any, ...]:
        """The values of a fact worth trying beside these others: both ends of every run of like values.

        Days and numbers come nearest first: nearest to the fact's own value among `facts`, or else to the day.
        """
        spec = self.moment.law.policy.facts[name]
        match spec.kind.base:
            case Base.BOOL:
                return (True, False)
            case Base.TEXT:
                return spec.kind.words or ()
            case Base.INT:
                near = facts.get(name, _A_WHOLE)
                return tuple(sorted(self._numbers(spec, facts), key=lambda number: abs(number - near)))
            case Base.DATE:
                near = (facts.get(name) or self.moment.today).toordinal()
                nearest = sorted(self._days(spec, facts), key=lambda day: abs(day - near))
                return (*map(date.fromordinal, nearest), *([NEVER] if spec.can_be_never else []))
            case Base.SPAN:  # pragma: no cover - no fact is a span
                return ()
            case _:
                assert_never(spec.kind.base)

    def _numbers(self, spec: FactSpec, facts: Facts) -> list[int]:
        least = 0 if spec.minimum is None else spec.minimum
        seeds = {least, least + 1, _A_WHOLE, LARGEST} | {value for value in facts.values() if type(value) is int}
        found = self._runs(spec.name, facts, sorted(number for number in seeds if number >= least), int)
        return sorted({least, LARGEST, _A_WHOLE, *found})

    def _days(self, spec: FactSpec, facts: Facts) -> list[int]:
        today = self.moment.today
        calendars = [each for each in (self.moment.school, self.moment.working) if each]
        dates = [value for value in facts.values() if isinstance(value, date)]
        middle = {today, *dates, *(day for each in calendars for day in (each.first, each.last))}
        seeds = {EARLIEST, LATEST} | {day + step for day in middle for step in (-_A_DAY, 0 * _A_DAY, _A_DAY)}
        ordinals = sorted(day.toordinal() for day in seeds if EARLIEST <= day <= LATEST)
        found = self._runs(spec.name, facts, ordinals, date.fromordinal)
        near = {day.toordinal() for day in (EARLIEST, today - _A_DAY, today, LATEST)}
        return sorted({*near, *found})

    def _runs(self, name: str, facts: Facts, seeds: list[int], made: _Made) -> set[int]:
        """Both ends of every run of one fact's values within which no leaf changes its answer."""
        found: set[int] = set()
        for leaf, names in self.facts_of.items():
            if name in names:
                key = (leaf, name, tuple(seeds), *(facts.get(other) for other in names if other != name))
                if key not in self._ends:
                    self._ends[key] = tuple(self._ends_in(leaf, name, facts, seeds, made))
                found.update(self._ends[key])
        return found

    def _ends_in(self, leaf: Node, name: str, facts: Facts, seeds: list[int], made: _Made) -> Iterator[int]:
        for half in _halves(leaf):
            answer = partial(self._at, half, name, facts, made)
            for first, high in pairwise(seeds):
                low = first
                while (begins := answer(low)) is not answer(high):
                    last = _last_like(answer, begins, low, high)
                    yield from (last, last + 1)
                    low = last + 1

    def _at(self, half: Node, name: str, facts: Facts, made: _Made, number: int) -> bool | None:
        return self._fresh(half, {**facts, name: made(number)})


def _halves(leaf: Node) -> tuple[Node, ...]:
    """A leaf as parts that each turn once as a value grows: an equality turns twice."""
    if isinstance(leaf, Compare) and leaf.operator in ("==", "!="):
        return Compare(">=", leaf.left, leaf.right), Compare(">", leaf.left, leaf.right)
    return (leaf,)


def _last_like(answer: Callable[[int], bool | None], begins: bool | None, low: int, high: int) -> int:  # noqa: FBT001 - an answer
    """The last number answered as `low` is, given that `high` is answered otherwise and the answer turns just once."""
    while high - low > 1:
        middle = (low + high) // 2
        if answer(middle) is begins:
            low = middle
        else:
            high = middle
    return low
