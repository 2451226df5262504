"""One column of a register as Arrow gives it, made a column of numbers; what does not fit is told, row by row.

Most columns are sound, and that is seen by their least and their greatest value; only where it is not does anyone look
for the rows that are wrong.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from cme_rules.batch.arrow import ArrowArray, ArrowType
from cme_rules.batch.bits import Plane, Rows, from_arrow, none, packed, rows_in, unpacked
from cme_rules.batch.columns import Column, Truth
from cme_rules.batch.days import number_of
from cme_rules.conditions.kinds import Base
from cme_rules.policy.model.facts import EARLIEST, LATEST, FactSpec

__all__ = ["MOST", "SMALL", "TOO_LONG", "Misfit", "Read", "Reading", "misfit", "reading_of", "unless_empty"]

_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_FIRST, _LAST = number_of(EARLIEST), number_of(LATEST)
_ORDINARY = (1 << 16) - 1
"""Days from 1970 on need no more bits than this until 2149. One pass sees that all are such, by the bits of all."""
MOST = 10**15
SMALL = 10**6
"""Counts up to here are kept as numbers of 32 bits: a hundred of them still fit."""
_TINY = (1 << 8) - 1
"""Counts up to here are kept as numbers of 16 bits: a hundred of them still fit. One pass sees it, as with days."""

TOO_LONG = f"expected a number of at most {MOST}"


@frozen(eq=False)
class Misfit:
    """Rows of a chunk whose value does not fit its fact, and the rule it breaks."""

    rows: Rows
    rule: str


@frozen(eq=False)
class Read:
    """What a column says, a yes or no as a Truth and anything else as a Column, with what is wrong with it."""

    says: Column | Truth
    misfits: tuple[Misfit, ...] = ()


Reading = Callable[[ArrowArray], Read]
"""Reads one batch of a column."""


def misfit(wrong: Plane, rule: str) -> tuple[Misfit, ...]:
    """What is wrong with some rows; nothing if there are none."""
    return (Misfit(rows_in(wrong), rule),) if wrong.any() else ()


def reading_of(kind: ArrowType, spec: FactSpec) -> Reading | None:
    """How columns of an Arrow type that is no text are read as a fact; None if they cannot hold it."""
    match spec.kind.base:
        case Base.BOOL if pa.types.is_boolean(kind):
            return _truths
        case Base.DATE if pa.types.is_boolean(kind):
            return partial(_nevers, spec)
        case Base.DATE if pa.types.is_date32(kind):
            return lambda array: _days(_numbers(array, np.dtype(np.int32)), _known(array), spec)
        case Base.DATE if pa.types.is_date64(kind):
            return partial(_midnights, spec, _A_DAY["ms"])
        case Base.DATE if pa.types.is_timestamp(kind) and kind.tz is None:
            return partial(_midnights, spec, _A_DAY[kind.unit])
        case Base.INT if pa.types.is_integer(kind) or pa.types.is_float32(kind) or pa.types.is_float64(kind):
            return partial(_counts, spec, np.dtype(kind.to_pandas_dtype()))
        case Base.INT if pa.types.is_float16(kind) or (pa.types.is_decimal(kind) and kind.scale == 0):
            return lambda array: _counts(spec, np.dtype(np.float64), array.cast(pa.float64()))
    return None


def unless_empty(how: Reading, spec: FactSpec) -> Reading:
    """A reading that does not look at a column in which nobody has the fact."""
    return partial(_unless_empty, how, spec.kind.base)


def _unless_empty(how: Reading, base: Base, array: ArrowArray) -> Read:
    count = len(array)
    if array.null_count < count:
        return how(array)
    nobody = none(count)
    return Read(Truth(nobody, nobody) if base is Base.BOOL else Column(np.zeros(count, np.int32), nobody))


def _known(array: ArrowArray) -> Plane:
    return from_arrow(array.buffers()[0], array.offset, len(array))


def _numbers(array: ArrowArray, kind: np.dtype[Any]) -> NDArray[Any]:
    return np.frombuffer(array.buffers()[1], kind, len(array), array.offset * kind.itemsize)


def _truths(array: ArrowArray) -> Read:
    known = _known(array)
    holds = from_arrow(array.buffers()[1], array.offset, len(array)) & known
    return Read(Truth(holds, holds ^ known))


def _nevers(spec: FactSpec, array: ArrowArray) -> Read:
    """For a day, no says that it never came, and yes says nothing that fits."""
    known = _known(array)
    holds = from_arrow(array.buffers()[1], array.offset, len(array)) & known
    days = Column(np.zeros(len(array), np.int32), known, known)
    wrong = holds if spec.can_be_never else known
    return Read(days, misfit(wrong, spec.problem_with(value=not spec.can_be_never)))


def _midnights(spec: FactSpec, a_day: int, array: ArrowArray) -> Read:
    """Moments that are all midnights are days: pandas has no others."""
    known = _known(array)
    days, rest = np.divmod(_numbers(array, np.dtype(np.int64)), a_day)
    wrong = packed(rest != 0) & known
    sound = _days(np.where(unpacked(known, len(array)), days, 0), known & ~wrong, spec)
    return Read(sound.says, (*misfit(wrong, spec.problem_with("")), *sound.misfits))


def _days(numbers: NDArray[Any], known: Plane, spec: FactSpec) -> Read:
    if 0 <= np.bitwise_or.reduce(numbers) <= _ORDINARY:
        return Read(Column(numbers, known))
    wrong = packed((numbers < _FIRST) | (numbers > _LAST)) & known
    return Read(Column(numbers, known), misfit(wrong, spec.problem_with(date.min)))


def _counts(spec: FactSpec, kind: np.dtype[Any], array: ArrowArray) -> Read:
    """Whole numbers, which pandas may keep as floating ones; those too long to be multiplied do not fit."""
    numbers, known, misfits = _numbers(array, kind), _known(array), tuple[Misfit, ...]()
    if kind.kind == "f":
        wrong = packed(~(np.isfinite(numbers) & (numbers == np.floor(numbers)))) & known
        misfits, known = misfit(wrong, spec.problem_with("")), known & ~wrong
    least = -MOST if spec.minimum is None else spec.minimum
    if kind.kind != "f" and least <= 0 <= np.bitwise_or.reduce(numbers) <= _TINY:
        return Read(Column(numbers.astype(np.int16, copy=False), known))
    if np.minimum.reduce(numbers) >= max(least, -SMALL) and np.maximum.reduce(numbers) <= SMALL:
        return Read(Column(numbers.astype(np.int32, copy=False), known), misfits)
    for wrong, rule in (
        (packed(numbers < least) & known, TOO_LONG if spec.minimum is None else spec.problem_with(least - 1)),
        (packed(numbers > MOST) & known, TOO_LONG),
    ):
        misfits, known = (*misfits, *misfit(wrong, rule)), known & ~wrong
    with np.errstate(invalid="ignore"):
        return Read(Column(numbers.astype(np.int64, copy=False), known), misfits)
