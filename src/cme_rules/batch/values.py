"""What a tree that is no yes or no comes to, in every row: a day, a number, a word.

A function of a day is asked once for each different day there is, whatever the number of rows, and its answers are
kept for the rows to come.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from threading import Lock
from typing import Any, cast

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from cme_rules.batch.bits import Plane, Rows, full, none, packed, unpacked
from cme_rules.batch.columns import Chunk, Column, Truth
from cme_rules.batch.days import day_of, number_of
from cme_rules.batch.moments import Moments
from cme_rules.calendars.spans import Span
from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.kinds import BOOL
from cme_rules.conditions.nodes import Call, Literal, Name, Node, Today
from cme_rules.engine.moment import needs_calendar

__all__ = ["Fixed", "Reader", "as_column", "numbered"]

_PERCENT = 100
_WIDE = 1 << 31

Fixed = Span | int | None
"""What a parameter of the day is, the same for every row."""

_UNASKED, _NO_ANSWER, _ANSWERED = range(3)

Answers = dict[tuple[str, Span | None, int], "_Table"]


def numbered(words: tuple[tuple[str, ...], ...]) -> Mapping[str, int]:
    """A number for each word of the policy's closed lists."""
    return {word: place for place, word in enumerate(dict.fromkeys(word for each in words for word in each))}


@frozen(kw_only=True, eq=False)
class Reader:
    """Reads trees over chunks of one register. `words` numbers the words of the policy's closed lists."""

    moments: Moments
    words: Mapping[str, int]
    answers: Answers = field(factory=dict, repr=False)
    _looking: Lock = field(factory=Lock, init=False, repr=False)

    def value(self, node: Node, chunk: Chunk) -> Column | Fixed:
        """The value of a tree that is no yes or no."""
        policy = self.moments.law.policy
        match node:
            case Name(name=name) if name in policy.facts:
                return chunk.column(name).decoded
            case Name(name=name) if name in policy.parameters:
                return self.moments.law.parameters[name]
            case Name(name=name):
                return self.value(policy.definitions[name].means, chunk)
            case Literal(value=str() as word):
                return self.words.get(word, -1)
            case Literal(value=value):
                return int(value)
            case Today():
                return number_of(self.moments.law.on)
            case Call(function=function, arguments=arguments):
                given = tuple(self.value(argument, chunk) for argument in arguments)
                return cast("Column", self.called(function, given, chunk))
        msg = f"a {type(node).__name__} has no value that is not a yes or a no"  # pragma: no cover - never parsed
        raise TypeError(msg)  # pragma: no cover

    def called(self, function: str, given: tuple[Column | Fixed, ...], chunk: Chunk) -> Column | Truth:
        """A function's answers to columns."""
        columns = [as_column(value, chunk.count) for value in given]
        if function == "days_between":
            first, last = columns
            return Column(last.numbers - first.numbers, first.known & last.known, _either(first, last))
        if function == "rate":
            part, whole = columns
            some = part.known & whole.known & packed(np.broadcast_to(whole.numbers > 0, chunk.count))
            return Column(part.numbers * _PERCENT // np.maximum(whole.numbers, 1), some)
        span = given[0] if isinstance(given[0], Span) else None
        if len(given) > 1 and span is None:
            return Column(np.asarray(0), none(chunk.count))
        return self._of_a_day(function, span, columns[-1], chunk)

    def _of_a_day(self, function: str, span: Span | None, days: Column, chunk: Chunk) -> Column | Truth:
        numbers, found = np.zeros(chunk.count, np.int64), np.zeros(chunk.count, np.bool_)
        each = np.broadcast_to(days.numbers, chunk.count)
        for calendar, rows in self._by_calendar(function, span, unpacked(days.given, chunk.count), chunk):
            numbers[rows], found[rows] = self._looked_up(function, span, calendar, each[rows])
        answered = packed(found)
        if FUNCTIONS[function].gives is BOOL:
            holds = packed(numbers == 1) & answered
            fails = holds ^ answered
            return Truth(holds, fails if days.never is None else fails | days.never)
        return Column(numbers, answered if days.never is None else answered | days.never, days.never)

    def _by_calendar(
        self, function: str, span: Span | None, given: NDArray[np.bool_], chunk: Chunk
    ) -> Iterator[tuple[int, Rows]]:
        """The rows to be answered, calendar by calendar where the function counts school days."""
        if chunk.calendars is None or needs_calendar(function, (span,)) != "school":
            yield 0, np.flatnonzero(given)
            return
        for calendar in np.unique(chunk.calendars):
            yield int(calendar), np.flatnonzero(given & (chunk.calendars == calendar))

    def _looked_up(
        self, function: str, span: Span | None, calendar: int, days: NDArray[Any]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The answers for some days, and whether there is one, through a table of the days there are."""
        if not len(days):
            return np.zeros(0, np.int64), np.zeros(0, np.bool_)
        with self._looking:
            table = self.answers.setdefault((function, span, calendar), _Table())
            table.cover(int(days.min()), int(days.max()))
            places = days - table.first
            there = np.zeros(len(table.state), np.bool_)
            there[places] = True
            for place in np.flatnonzero(there & (table.state == _UNASKED)).tolist():
                table.keep(place, self._answer(function, span, calendar, place + table.first))
            return table.numbers.take(places), table.state.take(places) == _ANSWERED

    def _answer(self, function: str, span: Span | None, calendar: int, day: int) -> int | None:
        arguments = (day_of(day),) if span is None else (span, day_of(day))
        answer = self.moments.seen[calendar].call(function, arguments)
        return number_of(answer) if isinstance(answer, date) else cast("int | None", answer)


class _Table:
    """The answers of a function to a stretch of days, as far as it has been asked."""

    def __init__(self) -> None:
        self.first = 0
        self.numbers = np.zeros(0, np.int64)
        self.state = np.zeros(0, np.int8)

    def cover(self, first: int, last: int) -> None:
        """Make room for the answers to all these days."""
        if not len(self.state):
            self.first = first
        before, after = max(self.first - first, 0), max(last + 1 - self.first - len(self.state), 0)
        if before or after:
            self.numbers = np.pad(self.numbers, (before, after))
            self.state = np.pad(self.state, (before, after))
            self.first -= before

    def keep(self, place: int, answer: int | None) -> None:
        """Note an answer, or that there is none."""
        self.state[place] = _NO_ANSWER if answer is None else _ANSWERED
        self.numbers[place] = answer or 0


def _either(one: Column, other: Column) -> Plane | None:
    """Where either says never, and both say something."""
    nevers = [column.never for column in (one, other) if column.never is not None]
    return None if not nevers else np.bitwise_or.reduce(nevers) & one.known & other.known


def as_column(value: Column | Fixed, count: int) -> Column:
    """A column; what is the same for every row stands in it once. A span stands for its count."""
    if isinstance(value, Column):
        return value
    if value is None:
        return Column(np.asarray(0), none(count))
    number = value.count if isinstance(value, Span) else value
    return Column(np.asarray(number, np.int32 if abs(number) < _WIDE else np.int64), full(count))
