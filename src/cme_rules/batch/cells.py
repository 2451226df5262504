"""One column of a register as Arrow gives it, made a column of numbers; what does not fit is told, row by row."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from cme_rules.batch.arrow import ArrowArray, ArrowType
from cme_rules.batch.bits import Plane, Rows, from_arrow, none, packed, rows_in, unpacked
from cme_rules.batch.columns import Column, Truth
from cme_rules.batch.days import number_of
from cme_rules.conditions.kinds import Base
from cme_rules.policy.model.facts import EARLIEST, LATEST, FactSpec

__all__ = ["Misfit", "Read", "fits", "read"]

_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_BYTES = 256
_MOST = 10**15
_SMALL = 10**6
"""Counts up to here are kept as numbers of 32 bits: a hundred of them still fit."""

_TOO_LONG = f"expected a number of at most {_MOST}"
_DAY = len("YYYY-MM-DD")
_WHOLE = re.compile(r"-?[0-9]{1,16}")
_NEVER = frozenset({"false", "never"})

_ARROW: dict[Base, tuple[Callable[[Any], bool], ...]] = {
    Base.BOOL: (pa.types.is_boolean,),
    Base.INT: (pa.types.is_integer, pa.types.is_floating),
    Base.DATE: (pa.types.is_date, pa.types.is_boolean, lambda kind: pa.types.is_timestamp(kind) and kind.tz is None),
    Base.TEXT: (),
}


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


def fits(kind: ArrowType, base: Base) -> bool:
    """Whether columns of an Arrow type can hold a fact; text may hold any, as a CSV file has it."""
    return _is_text(kind) or any(fit(kind) for fit in _ARROW[base])


def _is_text(kind: ArrowType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return any(is_text(kind) for is_text in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view))


def read(array: ArrowArray, spec: FactSpec, words: Callable[[str], int]) -> Read:
    """The column of an Arrow array; `words` numbers the words of closed lists."""
    if not len(array):
        return Read(Truth(none(0), none(0)) if spec.kind.base is Base.BOOL else Column(np.zeros(0, np.int64), none(0)))
    if _is_text(array.type):
        return _texts(array, spec, words)
    known = from_arrow(array.buffers()[0], array.offset, len(array))
    if pa.types.is_boolean(array.type):
        return _truths(array, known, spec)
    if pa.types.is_timestamp(array.type):
        return _midnights(array, known, spec)
    if pa.types.is_date64(array.type):
        array = array.cast(pa.date32())
    numbers = np.frombuffer(array.buffers()[1], _dtype(array.type))[array.offset : array.offset + len(array)]
    return _days(numbers, known, spec) if spec.kind.base is Base.DATE else _counts(numbers, known, spec)


def _dtype(kind: ArrowType) -> np.dtype[Any]:
    return np.dtype(np.int32) if pa.types.is_date32(kind) else np.dtype(kind.to_pandas_dtype())


def _truths(array: ArrowArray, known: Plane, spec: FactSpec) -> Read:
    """Yes and no; for a day, no says that it never came, and yes says nothing that fits."""
    holds = from_arrow(array.buffers()[1], array.offset, len(array)) & known
    if spec.kind.base is Base.BOOL:
        return Read(Truth(holds, holds ^ known))
    days = Column(np.zeros(len(array), np.int32), known, known)
    wrong = holds if spec.can_be_never else known
    return Read(days, _misfit(wrong, spec.problem_with(value=not spec.can_be_never)))


def _midnights(array: ArrowArray, known: Plane, spec: FactSpec) -> Read:
    """Moments that are all midnights are days: pandas has no others."""
    moments = np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array)]
    days, rest = np.divmod(moments, _A_DAY[array.type.unit])
    wrong = packed(rest != 0) & known
    sound = _days(np.where(unpacked(known, len(array)), days, 0), known & ~wrong, spec)
    return Read(sound.says, (*_misfit(wrong, spec.problem_with("")), *sound.misfits))


def _days(numbers: NDArray[Any], known: Plane, spec: FactSpec) -> Read:
    first, last = number_of(EARLIEST), number_of(LATEST)
    if numbers.min() >= first and numbers.max() <= last:
        return Read(Column(numbers, known))
    wrong = packed((numbers < first) | (numbers > last)) & known
    return Read(Column(numbers, known), _misfit(wrong, spec.problem_with(date.min)))


def _counts(numbers: NDArray[Any], known: Plane, spec: FactSpec) -> Read:
    """Whole numbers, which pandas may keep as floating ones; those too long to be multiplied do not fit."""
    misfits: tuple[Misfit, ...] = ()
    if numbers.dtype.kind == "f":
        wrong = packed(~(np.isfinite(numbers) & (numbers == np.floor(numbers)))) & known
        misfits, known = _misfit(wrong, spec.problem_with("")), known & ~wrong
    least = -_MOST if spec.minimum is None else spec.minimum
    lowest, highest = numbers.min(), numbers.max()
    if lowest >= least and highest <= _SMALL and lowest >= -_SMALL:
        return Read(Column(numbers.astype(np.int32, copy=False), known), misfits)
    for wrong, rule in (
        (packed(numbers < least) & known, _TOO_LONG if spec.minimum is None else spec.problem_with(least - 1)),
        (packed(numbers > _MOST) & known, _TOO_LONG),
    ):
        misfits, known = (*misfits, *_misfit(wrong, rule)), known & ~wrong
    with np.errstate(invalid="ignore"):
        return Read(Column(numbers.astype(np.int64, copy=False), known), misfits)


def _misfit(wrong: Plane, rule: str) -> tuple[Misfit, ...]:
    return (Misfit(rows_in(wrong), rule),) if wrong.any() else ()


def _texts(array: ArrowArray, spec: FactSpec, words: Callable[[str], int]) -> Read:
    """Each different text is read once, then the rows follow by its number."""
    places, known, texts = _encoded(array, spec)
    understood = [_understood(text, spec, words) for text in texts] or [(0, "absent")]
    rules = [rule for _, rule in understood]
    each = [number for number, _ in understood]
    kind = np.int64 if spec.kind.base is Base.INT and max(map(abs, each)) > _SMALL else np.int32
    coded = spec.kind.base in {Base.BOOL, Base.TEXT}
    numbers = _followed(places, each) if coded else np.array(each, kind).take(places, mode="clip")
    misfits = tuple(_wrong(rules, places, known))
    never = _where(places, [rule == "never" for rule in rules]) & known if "never" in rules else None
    known = known & ~_where(places, [rule == "absent" for rule in rules]) if "absent" in rules else known
    if spec.kind.base is Base.BOOL:
        holds = packed(numbers == 1) & known
        return Read(Truth(holds, holds ^ known), misfits)
    return Read(Column(numbers, known, never), misfits)


def _encoded(array: ArrowArray, spec: FactSpec) -> tuple[NDArray[Any], Plane, list[str | None]]:
    """A number for each row's text, which means nothing where there is none, and the texts by number."""
    known, listed = from_arrow(array.buffers()[0], array.offset, len(array)), spec.kind.words
    if not pa.types.is_dictionary(array.type):
        if listed:
            found = pc.index_in(array, pa.array(listed, array.type))
            if found.null_count == array.null_count:
                return _places(found), known, list(listed)
        array = array.dictionary_encode()
    known = from_arrow(array.indices.buffers()[0], array.indices.offset, len(array))
    return _places(array.indices), known, array.dictionary.to_pylist()


def _places(indices: ArrowArray) -> NDArray[Any]:
    return np.frombuffer(indices.buffers()[1], _dtype(indices.type))[indices.offset : indices.offset + len(indices)]


def _followed(places: NDArray[Any], numbers: list[int]) -> NDArray[Any]:
    """The number of each row's text. Small ones go through a table of bytes, which is quickest by far."""
    if len(numbers) > _BYTES or max(numbers) >= _BYTES // 2:
        return np.array(numbers, np.int32).take(places, mode="clip")
    table = bytes(numbers) + bytes(_BYTES - len(numbers))
    return np.frombuffer(places.astype(np.uint8).tobytes().translate(table), np.int8)


def _where(places: NDArray[Any], so: list[bool]) -> Plane:
    return packed(_followed(places, [int(each) for each in so]) == 1)


def _wrong(rules: list[str], places: NDArray[Any], known: Plane) -> Iterator[Misfit]:
    for rule in dict.fromkeys(rules):
        if rule not in {"", "never", "absent"}:
            yield from _misfit(_where(places, [each == rule for each in rules]) & known, rule)


def _understood(text: str | None, spec: FactSpec, words: Callable[[str], int]) -> tuple[int, str]:
    """The number a text stands for; with "never", "absent", or the rule it breaks."""
    if text is None:
        return 0, "absent"
    value = _value(text.strip(), spec)
    if value is False and spec.kind.base is Base.DATE:
        return 0, spec.problem_with(value) or "never"
    problem = spec.problem_with(value)
    if problem:
        return 0, problem
    match value:
        case bool() | int():
            return (int(value), "") if abs(value) <= _MOST else (0, _TOO_LONG)
        case date():
            return number_of(value), ""
        case _:
            return words(str(value)), ""


def _value(text: str, spec: FactSpec) -> object:
    """What a text says, as the fact's kind has it; a text that says nothing of the kind is left as it is."""
    match spec.kind.base:
        case Base.BOOL:
            return {"true": True, "false": False}.get(text.lower(), text)
        case Base.INT:
            return int(text) if _WHOLE.fullmatch(text) else text
        case Base.DATE if text.lower() in _NEVER:
            return False
        case Base.DATE:
            return _day(text)
        case _:
            return text


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text) if len(text) == _DAY else text
    except ValueError:
        return text
