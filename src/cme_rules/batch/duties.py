"""The actions of a chunk of rows: which have arisen, when each is due, and where it stands on the day."""

from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from cme_rules.batch.arrow import ArrowArray
from cme_rules.batch.bits import Plane, Rows, bits_at, packed, rows_in, unpacked
from cme_rules.batch.columns import Chunk, Column
from cme_rules.batch.days import number_of
from cme_rules.batch.plan import DutySlots, Plan
from cme_rules.batch.values import Reader, as_column
from cme_rules.calendars.spans import Span
from cme_rules.conditions.nodes import Name, Node, names_in
from cme_rules.domain.verdict import Status, Verdict
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Limit

__all__ = ["Actions", "actions_of"]

_STATUSES = tuple(Status)
_PLACE = {status: place for place, status in enumerate(_STATUSES)}
_TRIGGERS = (Verdict.HOLDS, Verdict.UNKNOWN)


@frozen(eq=False)
class _Days:
    """The days of some actions: a number, and whether there is one."""

    numbers: NDArray[np.int32]
    given: NDArray[np.bool_]


@frozen(eq=False)
class Actions:
    """The actions of a chunk: the place of each one's row, and the other columns by name."""

    rows: Rows
    columns: dict[str, ArrowArray]


def actions_of(plan: Plan, planes: list[Plane], chunk: Chunk, reader: Reader) -> Actions:
    """Every action that has arisen in a chunk, and those that may have if the plan asks for them."""
    asked = [
        (place, trigger, duty, rows_in(planes[slot]))
        for place, duty in enumerate(plan.duties)
        for trigger, slot in enumerate((duty.arisen, duty.possible))
    ]
    found = [_of_duty(duty, rows, planes, chunk, reader) for _, _, duty, rows in asked]
    lengths = [len(rows) for *_, rows in asked]
    places, triggers = (np.repeat(np.array([each[part] for each in asked], np.int16), lengths) for part in (0, 1))
    statuses, due, due_given, first, first_given = (np.concatenate(part) for part in zip(*found, strict=True))
    columns = {
        "action": _coded(places, [duty.rule.name for duty in plan.duties]),
        "trigger": _coded(triggers.astype(np.int8), [verdict.value for verdict in _TRIGGERS]),
        "due": _dates(due, due_given),
        "first_lawful_day": _dates(first, first_given),
        "status": _coded(statuses, [status.value for status in _STATUSES]),
    }
    return Actions(np.concatenate([rows for *_, rows in asked]), columns)


def _of_duty(
    duty: DutySlots, rows: Rows, planes: list[Plane], chunk: Chunk, reader: Reader
) -> tuple[NDArray[Any], ...]:
    limits = duty.rule.duty
    assert limits is not None  # noqa: S101 - the plan holds duties
    due = _limit_of(limits.due, chunk, rows, reader)
    before = _limit_of(limits.not_before, chunk, rows, reader)
    first = _Days(before.numbers + 1, before.given)
    done = bits_at(planes[duty.done], rows)
    status = _status(due, first, done, number_of(reader.moments.law.on), without_due=limits.due is None)
    return status, due.numbers, due.given, first.numbers, first.given


def _limit_of(limit: Limit | None, chunk: Chunk, rows: Rows, reader: Reader) -> _Days:
    """The last day of a limit for some rows: as `engine.due` works it out for one."""
    span = reader.moments.law.parameters[limit.span] if limit else None
    if limit is None or not isinstance(span, Span) or not len(rows):
        return _Days(np.zeros(len(rows), np.int32), np.zeros(len(rows), np.bool_))
    some = chunk.taken(rows, _facts(Name(limit.of), reader.moments.law.policy))
    start = as_column(reader.value(Name(limit.of), some), some.count)
    last = reader.called("last_day", (span, start), some)
    assert isinstance(last, Column)  # noqa: S101 - a last day is no yes or no
    return _Days(last.numbers.astype(np.int32), unpacked(last.given, some.count))


def _facts(node: Node, policy: Policy) -> tuple[str, ...]:
    """The facts behind a tree."""
    facts: list[str] = []
    for name in names_in(node):
        below = policy.definitions.get(name)
        facts.extend(_facts(below.means, policy) if below else [name])
    return tuple(facts)


def _status(due: _Days, first: _Days, done: NDArray[np.bool_], today: int, *, without_due: bool) -> NDArray[np.int8]:
    """Late before early, and done before either: the rules of `engine.due`."""
    status = np.full(len(done), _PLACE[Status.UNDATED], np.int8)
    status[due.given | first.given if without_due else due.given] = _PLACE[Status.DUE]
    status[first.given & (today < first.numbers)] = _PLACE[Status.UPCOMING]
    status[due.given & (today > due.numbers)] = _PLACE[Status.OVERDUE]
    status[done] = _PLACE[Status.DISCHARGED]
    return status


def _coded(codes: NDArray[Any], names: list[str]) -> ArrowArray:
    """A column of words, each written once."""
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names, pa.string()))


def _dates(days: NDArray[np.int32], given: NDArray[np.bool_]) -> ArrowArray:
    return pa.Array.from_buffers(pa.date32(), len(days), [pa.py_buffer(packed(given)), pa.py_buffer(days)])
