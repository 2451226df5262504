"""Comparisons and calls as planes of bits: on one day, most are a comparison of a column of days with one day."""

from collections.abc import Callable
from functools import reduce
from operator import eq, ge, gt, le, lt, ne, or_
from threading import Lock
from types import MappingProxyType
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from cme_rules.batch.bits import Plane, none, packed
from cme_rules.batch.columns import Chunk, Column, Truth
from cme_rules.batch.days import number_of
from cme_rules.batch.values import Reader, as_column
from cme_rules.conditions.nodes import Call, Compare, Literal, Name, Node, OneOf
from cme_rules.engine.invert import Turning, date_in, is_partial, trend, turning

__all__ = ["Atoms"]

_COMPARE: MappingProxyType[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
)
_PERCENT = 100
_SMALL = 1_000
"""Per cents up to here, times a count that is kept in 32 bits, fit into 32 bits."""


@frozen(eq=False)
class Atoms:
    """Answers the parts of conditions that are no `and`, `or`, `not` or name, each for a whole chunk at once."""

    reader: Reader
    _turnings: dict[Node, list[Turning]] = field(factory=dict, init=False, repr=False)
    _turning: Lock = field(factory=Lock, init=False, repr=False)

    def truth(self, node: Node, chunk: Chunk) -> Truth:
        """Where a comparison or call, its definitions written out, holds and where it fails."""
        policy = self.reader.moments.law.policy
        name = date_in(node, policy)
        if name and trend(node, policy):
            return self._dated(node, chunk.column(name), chunk)
        match node:
            case Compare(operator="==" | "!=", left=left, right=right) if name and trend(
                Compare(">=", left, right), policy
            ):
                return self._between(node, chunk.column(name), chunk)
            case Call(function="known", arguments=(below,)):
                return Truth(self._known(below, chunk), none(chunk.count))
            case Call(function=function, arguments=arguments):
                given = tuple(self.reader.value(argument, chunk) for argument in arguments)
                found = self.reader.called(function, given, chunk)
                assert isinstance(found, Truth)  # noqa: S101 - a call that stands as a condition is a yes or no
                return found
            case Compare(operator=operator, left=Call(function="rate", arguments=(part, whole)), right=right):
                return self._rated(operator, (part, whole, right), chunk)
            case Compare(operator=operator, left=Name(name=name), right=Literal(value=str() as word)):
                text = chunk.column(name)
                equal = packed(text.numbers == self.reader.words.get(word, -1)) & text.known
                return Truth(equal, equal ^ text.known) if operator == "==" else Truth(equal ^ text.known, equal)
            case Compare(operator=operator, left=left, right=right):
                one, other = (as_column(self.reader.value(side, chunk), chunk.count) for side in (left, right))
                return _compared(operator, one, other, chunk.count)
            case OneOf(item=item, words=words):
                return self._one_of(as_column(self.reader.value(item, chunk), chunk.count), words)
        msg = f"a {type(node).__name__} is no atom"  # pragma: no cover - the compiler has taken it apart
        raise TypeError(msg)  # pragma: no cover

    def _known(self, node: Node, chunk: Chunk) -> Plane:
        if isinstance(node, Name) and node.name in chunk.truths:
            truth = chunk.truths[node.name]
            return truth.holds | truth.fails
        return as_column(self.reader.value(node, chunk), chunk.count).known

    def _dated(self, node: Node, days: Column, chunk: Chunk) -> Truth:
        """By the turning points of the day: early days are on one side, late days on the other."""
        turns = self._turns(node)
        given = days.given
        if not given.any():
            return Truth(given, given if days.never is None else days.never)
        partial = is_partial(node, self.reader.moments.law.policy) or any(turn.first > turn.last for turn in turns)
        calendars = chunk.calendars if len(set(turns)) > 1 else None
        early = packed(days.numbers <= _each(turns, "low", calendars)) & given
        late = early ^ given
        if partial:
            first, last = _each(turns, "first", calendars), _each(turns, "last", calendars)
            within = packed((days.numbers >= first) & (days.numbers <= last))
            early, late = early & within, late & within
        holds, fails = (late, early) if trend(node, self.reader.moments.law.policy) > 0 else (early, late)
        return Truth(holds, fails if days.never is None else fails | days.never)

    def _between(self, node: Compare, days: Column, chunk: Chunk) -> Truth:
        """As much as, and no more: an equation is two comparisons, each with a turning point."""
        least, most = (self._dated(Compare(sign, node.left, node.right), days, chunk) for sign in (">=", "<="))
        never = none(chunk.count) if days.never is None else days.never
        equal = least.holds & most.holds
        other = (least.holds | least.fails) ^ equal ^ never
        return Truth(equal, other | never) if node.operator == "==" else Truth(other, equal | never)

    def _turns(self, node: Node) -> list[Turning]:
        """The turning points through each calendar met so far, or the one where no calendar can tell a difference."""
        moments = self.reader.moments.seen
        with self._turning:
            turns = self._turnings.setdefault(node, [])
            if not turns or is_partial(node, moments[0].law.policy):
                turns.extend(turning(node, moment) for moment in moments[len(turns) :])
            return list(turns)

    def _rated(self, operator: str, nodes: tuple[Node, Node, Node], chunk: Chunk) -> Truth:
        """A share against a number of per cent, without dividing; a whole of none leaves it open."""
        part, whole, right = (as_column(self.reader.value(node, chunk), chunk.count) for node in nodes)
        some = packed(np.broadcast_to(whole.numbers > 0, chunk.count)) & whole.known
        share = Column(part.numbers * _PERCENT, part.known)
        small = right.numbers.ndim == 0 and abs(int(right.numbers)) <= _SMALL
        percent = right.numbers if small else right.numbers.astype(np.int64)
        return _compared(operator, share, Column(percent * whole.numbers, right.known & some), chunk.count)

    def _one_of(self, text: Column, words: tuple[str, ...]) -> Truth:
        numbers = [self.reader.words[word] for word in words]
        holds = packed(reduce(or_, (text.numbers == number for number in numbers))) & text.known
        return Truth(holds, holds ^ text.known)


def _each(turns: list[Turning], part: str, calendars: NDArray[np.int64] | None) -> int | NDArray[np.int32]:
    """A part of a turning point as one number, or as a number for each row by its calendar."""
    if calendars is None:
        return number_of(getattr(turns[0], part))
    return np.array([number_of(getattr(turn, part)) for turn in turns], np.int32)[calendars]


def _compared(operator: str, left: Column, right: Column, count: int) -> Truth:
    """Two columns compared: unknown where either is, and failing where either never happened."""
    both = left.known & right.known
    holds = packed(np.broadcast_to(_COMPARE[operator](left.numbers, right.numbers), count)) & both
    for never in (left.never, right.never):
        if never is not None:
            holds = holds & ~never
    return Truth(holds, holds ^ both)
