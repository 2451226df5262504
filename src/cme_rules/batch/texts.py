"""A column of text, as CSV files and categories have it: each different text is read once, whatever the rows."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial, reduce
from operator import or_
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cme_rules.batch.arrow import ArrowArray, ArrowType
from cme_rules.batch.bits import Plane, from_arrow, none, packed
from cme_rules.batch.cells import MOST, SMALL, TOO_LONG, Misfit, Read, Reading, misfit
from cme_rules.batch.columns import Column, Truth
from cme_rules.batch.days import number_of
from cme_rules.conditions.kinds import Base
from cme_rules.policy.model.facts import FactSpec

__all__ = ["is_text", "reading_of_text"]

_FEW = 8
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"-?[0-9]{1,16}")
_NEVER = frozenset({"false", "never"})

Words = Callable[[str], int]
"""The number of a word of the policy's closed lists."""


def is_text(kind: ArrowType) -> bool:
    """Whether columns of an Arrow type hold text, written out or as places in a list of texts."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return any(fits(kind) for fits in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view))


def reading_of_text(spec: FactSpec, words: Words) -> Reading:
    """How a column of text is read as a fact."""
    return partial(_texts, spec, words)


def _texts(spec: FactSpec, words: Words, array: ArrowArray) -> Read:
    places, known, texts = _encoded(array, spec)
    understood = [_understood(text, spec, words) for text in texts] or [(0, "absent")]
    numbers, rules = zip(*understood, strict=True)
    if spec.kind.base is Base.TEXT and not any(rules):
        return Read(Column(places, known, codes=numbers))
    return _mixed(spec, numbers, rules, places=places, known=known)


def _encoded(array: ArrowArray, spec: FactSpec) -> tuple[NDArray[Any], Plane, list[str | None]]:
    """A number for each row's text, which means nothing where there is none, and the texts by number."""
    listed = spec.kind.words
    if not pa.types.is_dictionary(array.type):
        if listed:
            found = pc.index_in(array, pa.array(listed, array.type))
            if found.null_count == array.null_count:
                return _places(found), from_arrow(array.buffers()[0], array.offset, len(array)), list(listed)
        array = array.dictionary_encode()
    known = from_arrow(array.indices.buffers()[0], array.indices.offset, len(array))
    return _places(array.indices), known, array.dictionary.to_pylist()


def _places(indices: ArrowArray) -> NDArray[Any]:
    kind = np.dtype(indices.type.to_pandas_dtype())
    return np.frombuffer(indices.buffers()[1], kind, len(indices), indices.offset * kind.itemsize)


def _mixed(
    spec: FactSpec, numbers: tuple[int, ...], rules: tuple[str, ...], *, places: NDArray[Any], known: Plane
) -> Read:
    """Texts that stand for numbers, or some of which say never, nothing, or what does not fit."""
    misfits = tuple(_wrong(rules, places, known))
    never = _where(places, [rule == "never" for rule in rules]) & known if "never" in rules else None
    known = known & ~_where(places, [rule == "absent" for rule in rules]) if "absent" in rules else known
    if spec.kind.base is Base.BOOL:
        holds = _where(places, [number == 1 for number in numbers]) & known
        return Read(Truth(holds, holds ^ known), misfits)
    if spec.kind.base is Base.TEXT:
        return Read(Column(places, known, codes=numbers), misfits)
    kind = np.int64 if max(map(abs, numbers)) > SMALL else np.int32
    return Read(Column(np.array(numbers, kind).take(places, mode="clip"), known, never), misfits)


def _where(places: NDArray[Any], so: list[bool]) -> Plane:
    """The rows whose text is one of those that are so. A few are compared one by one, which is quicker."""
    wanted = [at for at, one in enumerate(so) if one]
    if len(wanted) > _FEW:
        return packed(np.array(so).take(places, mode="clip"))
    return packed(reduce(or_, (places == at for at in wanted))) if wanted else none(len(places))


def _wrong(rules: tuple[str, ...], places: NDArray[Any], known: Plane) -> Iterator[Misfit]:
    for rule in dict.fromkeys(rules):
        if rule not in {"", "never", "absent"}:
            yield from misfit(_where(places, [each == rule for each in rules]) & known, rule)


def _understood(text: str | None, spec: FactSpec, words: Words) -> tuple[int, str]:
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
            return (int(value), "") if abs(value) <= MOST else (0, TOO_LONG)
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
        return date.fromisoformat(text) if _DAY.fullmatch(text) else text
    except ValueError:
        return text
