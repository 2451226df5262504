"""The missing facts of a chunk of rows: for each open answer, what would settle it."""

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from cme_rules.batch.bits import Plane, Rows, counted, rows_in, unpacked
from cme_rules.batch.columns import Chunk, Column, Truth
from cme_rules.batch.days import day_of
from cme_rules.batch.laws import Wanting
from cme_rules.batch.plan import Plan
from cme_rules.batch.values import Fixed, Reader, as_column
from cme_rules.calendars.spans import Span
from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.kinds import DATE
from cme_rules.conditions.nodes import Call, names_in, walk

__all__ = ["Missing", "missing_in"]


@frozen(kw_only=True, eq=False)
class Missing:
    """Rows in which a fact (or, without one, the reason `why`) keeps a rule's answer open."""

    rule: str
    fact: str
    why: str
    rows: Rows


def missing_in(plan: Plan, planes: list[Plane], chunk: Chunk, reader: Reader) -> Iterator[Missing]:
    """What keeps the answers of a chunk open, rule by rule."""
    stuck: dict[tuple[str, str], list[Rows]] = {}
    for want in plan.wanting:
        plane = planes[want.slot]
        if want.atom is not None:
            for why, rows in _obstacles(want, plane, chunk, reader):
                stuck.setdefault((want.rule, why), []).append(rows)
        elif want.fact and counted(plane):
            yield Missing(rule=want.rule, fact=want.fact, why="", rows=rows_in(plane))
        elif counted(plane):
            stuck.setdefault((want.rule, want.why), []).append(rows_in(plane))
    for (rule, why), found in stuck.items():
        yield Missing(rule=rule, fact="", why=why, rows=np.unique(np.concatenate(found)))


def _obstacles(want: Wanting, plane: Plane, chunk: Chunk, reader: Reader) -> Iterator[tuple[str, Rows]]:
    """(reason, rows) where a function has all it asks for and still cannot answer."""
    assert want.atom is not None  # noqa: S101 - the caller has looked
    for call in walk(want.atom):
        if isinstance(call, Call) and call.function != "known":
            names = tuple(name for name in names_in(call) if name in reader.moments.law.policy.facts)
            known = plane
            for name in names:
                known = known & chunk.column(name).known
            rows = rows_in(known)
            if len(rows):
                yield from _in_the_way(call, rows, chunk.taken(rows, names), reader)


def _in_the_way(call: Call, rows: Rows, some: Chunk, reader: Reader) -> Iterator[tuple[str, Rows]]:
    given = tuple(reader.value(argument, some) for argument in call.arguments)
    answer = reader.called(call.function, given, some)
    open_ = ~unpacked(_known(answer), some.count)
    for value in given:
        open_ &= unpacked(as_column(value, some.count).known, some.count)
    calendars = np.zeros(some.count, np.int64) if some.calendars is None else some.calendars
    for calendar in np.unique(calendars[open_]):
        stopped = np.flatnonzero(open_ & (calendars == calendar))
        values = tuple(_one(value, int(stopped[0]), call, place) for place, value in enumerate(given))
        yield reader.moments.seen[int(calendar)].obstacle(call.function, values), rows[stopped]


def _known(answer: Column | Truth) -> Plane:
    return answer.holds | answer.fails if isinstance(answer, Truth) else answer.known


def _one(value: Column | Fixed, row: int, call: Call, place: int) -> object:
    """An argument as one row has it."""
    if value is None or isinstance(value, Span):
        return value
    number = int(value.numbers[row if value.numbers.ndim else ()]) if isinstance(value, Column) else value
    return day_of(number) if FUNCTIONS[call.function].takes[place] == DATE else number
