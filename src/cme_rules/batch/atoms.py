"""Comparisons and calls as planes of bits: on one day, most are a comparison of a column of days with one day."""

from collections.abc import Callable
from functools import reduce
from operator import and_
from threading import Lock
from types import MappingProxyType
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from cme_rules.batch.bits import Plane, counted, none, placed, rows_in, where
from cme_rules.batch.columns import Chunk, Column, Truth
from cme_rules.batch.days import number_of
from cme_rules.batch.values import Reader, as_column
from cme_rules.conditions.nodes import Call, Compare, Literal, Name, Node, OneOf, names_in
from cme_rules.engine.atoms import unanswerable
from cme_rules.engine.invert import date_in, is_partial, trend, turning

__all__ = ["Answer", "Atoms"]

_COMPARE: MappingProxyType[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "==": np.equal,
        "!=": np.not_equal,
        "<": np.less,
        "<=": np.less_equal,
        ">": np.greater,
        ">=": np.greater_equal,
    }
)
_PERCENT = 100
_FEW = 32
"""Where less than one row in so many has all facts of a comparison, those rows are looked at by themselves."""

Answer = Callable[[Chunk], Truth]
"""Where a condition holds in a chunk, and where it fails."""


@frozen(eq=False)
class Atoms:
    """Answers the parts of conditions that are no `and`, `or`, `not` or name, each for a whole chunk at once."""

    reader: Reader

    def answer(self, node: Node) -> Answer:
        """How a comparison or call, its definitions written out, is answered: settled once, asked of every chunk."""
        law = self.reader.moments.law
        policy, name = law.policy, date_in(node, law.policy)
        if unanswerable(node, law) and not (isinstance(node, Call) and node.function == "known"):
            return lambda chunk: Truth(none(chunk.count), none(chunk.count))
        if name and trend(node, policy):
            return _Dated(node, name, self.reader).truth
        match node:
            case Compare(operator="==" | "!=" as sign, left=left, right=right) if name and trend(
                Compare(">=", left, right), policy
            ):
                least, most = (_Dated(Compare(way, left, right), name, self.reader) for way in (">=", "<="))
                return lambda chunk: _between(sign, least, most, chunk)
            case Call(function="known", arguments=(below,)):
                return lambda chunk: Truth(self._known(below, chunk), none(chunk.count))
            case Call():
                return self._where_known(node, lambda chunk: self._called(node, chunk))
            case Compare(operator=sign, left=Call(function="rate", arguments=(part, whole)), right=right):
                return self._where_known(node, lambda chunk: self._rated(sign, (part, whole, right), chunk))
            case Compare(operator="==", left=Name() as item, right=Literal(value=str() as word)):
                return self._among(item, (word,))
            case Compare(operator=sign, left=left, right=right):
                return self._where_known(
                    node,
                    lambda chunk: _compared(sign, self._column(left, chunk), self._column(right, chunk), chunk.count),
                )
            case OneOf(item=item, words=words):
                return self._among(item, words)
        msg = f"a {type(node).__name__} is no atom"  # pragma: no cover - the compiler has taken it apart
        raise TypeError(msg)  # pragma: no cover

    def _where_known(self, node: Node, answer: Answer) -> Answer:
        """The same, asked only of the rows in which all its facts are known where these are few: others are open."""
        names = tuple(name for name in names_in(node) if name in self.reader.moments.law.policy.facts)

        def of_few(chunk: Chunk) -> Truth:
            known = reduce(and_, (chunk.column(name).known for name in names))
            if counted(known) * _FEW > chunk.count:
                return answer(chunk)
            rows = rows_in(known)
            if not len(rows):
                return Truth(known, known)
            some = answer(chunk.taken(rows, names))
            return Truth(placed(some.holds, rows, chunk.count), placed(some.fails, rows, chunk.count))

        return of_few if len(names) > 1 else answer

    def _column(self, node: Node, chunk: Chunk) -> Column:
        return as_column(self.reader.value(node, chunk), chunk.count)

    def _known(self, node: Node, chunk: Chunk) -> Plane:
        if isinstance(node, Name) and node.name in chunk.truths:
            truth = chunk.truths[node.name]
            return truth.holds | truth.fails
        return self._text(node, chunk).known

    def _text(self, node: Node, chunk: Chunk) -> Column:
        """A fact as it came, its words perhaps as places in a list; anything else as a number in each row."""
        if isinstance(node, Name) and node.name in self.reader.moments.law.policy.facts:
            return chunk.column(node.name)
        column = self._column(node, chunk)
        return evolve(column, numbers=_in_each(column, chunk.count))

    def _called(self, call: Call, chunk: Chunk) -> Truth:
        given = tuple(self.reader.value(argument, chunk) for argument in call.arguments)
        found = self.reader.called(call.function, given, chunk)
        assert isinstance(found, Truth)  # noqa: S101 - a call that stands as a condition is a yes or no
        return found

    def _rated(self, operator: str, nodes: tuple[Node, Node, Node], chunk: Chunk) -> Truth:
        """A share against a number of per cent, without dividing; a whole of none leaves it open."""
        part, whole, right = (self._column(node, chunk) for node in nodes)
        compare = _COMPARE[operator]
        small = right.numbers.ndim == 0 and abs(int(right.numbers)) <= _PERCENT
        percent = int(right.numbers) if small else right.numbers.astype(np.int64)
        wholes = _in_each(whole, chunk.count)
        some = chunk.once(nodes[:2], lambda: where(np.greater, wholes, 0) & whole.known & part.known) & right.known
        so = where(lambda all_of, one, share: compare(one * _PERCENT, all_of * share), wholes, part.numbers, percent)
        holds = so & some
        return Truth(holds, holds ^ some)

    def _among(self, item: Node, words: tuple[str, ...]) -> Answer:
        """Whether a text is one of some words."""
        numbers = frozenset(self.reader.words[word] for word in words)

        def answer(chunk: Chunk) -> Truth:
            text = self._text(item, chunk)
            holds = text.among(numbers)
            return Truth(holds, holds ^ text.known)

        return answer


@frozen(eq=False)
class _Dated:
    """A yes or no that turns once as its one date moves later: early days are on one side, late days on the other."""

    node: Node
    name: str
    reader: Reader
    rises: bool = field(init=False)
    partial: bool = field(init=False)
    _points: list[tuple[int, int, int]] = field(factory=list, init=False, repr=False)
    _turning: Lock = field(factory=Lock, init=False, repr=False)

    @rises.default
    def _rises(self) -> bool:
        return trend(self.node, self.reader.moments.law.policy) > 0

    @partial.default
    def _partial(self) -> bool:
        return is_partial(self.node, self.reader.moments.law.policy)

    def truth(self, chunk: Chunk) -> Truth:
        """By the turning points of the day."""
        days = chunk.column(self.name)
        given, (low, first, last) = days.given, self._turning_points(chunk.calendars)
        early = self._early(low, days, chunk)
        late = early ^ given
        if self.partial or first > last:
            within = where(_within, days.numbers, first, last)
            early, late = early & within, late & within
        holds, fails = (late, early) if self.rises else (early, late)
        return Truth(holds, fails if days.never is None else fails | days.never)

    def _early(self, low: Any, days: Column, chunk: Chunk) -> Plane:  # noqa: ANN401 - a number, or one for each row
        """The rows whose day is not after another; many conditions ask it of one and the same day."""

        def asked() -> Plane:
            return where(np.less_equal, days.numbers, low) & days.given

        return chunk.once((self.name, low), asked) if isinstance(low, int) else asked()

    def _turning_points(self, calendars: NDArray[np.int64] | None) -> tuple[Any, Any, Any]:
        """The last early day, and the first and last that have an answer: a number, or one for each row's calendar."""
        moments = self.reader.moments.seen
        if not self._points or (self.partial and len(self._points) < len(moments)):
            with self._turning:
                for turn in [turning(self.node, moment) for moment in moments[len(self._points) :]]:
                    self._points.append((number_of(turn.low), number_of(turn.first), number_of(turn.last)))
        if calendars is None or len(set(self._points)) == 1:
            return self._points[0]
        low, first, last = np.array(self._points, np.int32).T
        return low[calendars], first[calendars], last[calendars]


def _between(sign: str, least: _Dated, most: _Dated, chunk: Chunk) -> Truth:
    """As much as, and no more: an equation is two comparisons, each with a turning point."""
    one, other = least.truth(chunk), most.truth(chunk)
    days = chunk.column(least.name)
    never = none(chunk.count) if days.never is None else days.never
    equal = one.holds & other.holds
    unequal = (one.holds | one.fails) ^ equal ^ never
    return Truth(equal, unequal | never) if sign == "==" else Truth(unequal, equal | never)


def _within(numbers: NDArray[Any], first: NDArray[Any], last: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each number lies between two others, both included."""
    inside: NDArray[np.bool_] = (numbers >= first) & (numbers <= last)
    return inside


def _in_each(column: Column, count: int) -> NDArray[Any]:
    """The numbers with one in each row, also where all are the same."""
    return column.numbers if column.numbers.ndim else np.broadcast_to(column.numbers, count)


def _compared(operator: str, left: Column, right: Column, count: int) -> Truth:
    """Two columns compared: unknown where either is, and failing where either never happened."""
    both = left.known & right.known
    other = right.numbers if right.numbers.ndim else int(right.numbers)
    holds = where(_COMPARE[operator], _in_each(left, count), other) & both
    for never in (left.never, right.never):
        if never is not None:
            holds = holds & ~never
    return Truth(holds, holds ^ both)
