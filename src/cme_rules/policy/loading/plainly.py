"""The quick way from a TOML table to its class, for a table with nothing wrong in it.

Whatever does not fit at first sight is left to `structure`, which says everything that is wrong. Learning a class
takes the general converter milliseconds, and most tables are read once; so the quick way keeps the start short.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin

from attrs import NOTHING, fields, has

__all__ = ["made_plainly"]

_Entry = TypeVar("_Entry")
_Taker = Callable[[Any], Any]
"""Gives a value as its field wants it; raises _Unfit for any other."""


class _Unfit(Exception):
    """A value that needs the closer look."""


def made_plainly(table: dict[str, Any], entry: type[_Entry]) -> _Entry | None:
    """The table as an `entry`; None when a key is missing or strange, or a value is not plainly of its type."""
    try:
        return cast("_Entry", _made(table, entry))
    except _Unfit:
        return None


def _made(table: object, entry: type) -> object:
    takers, needed = _shape(entry)
    if not isinstance(table, dict) or not needed <= table.keys() <= takers.keys():
        raise _Unfit
    return entry(**{key: takers[key](value) for key, value in table.items()})


@cache
def _shape(entry: type) -> tuple[dict[str, _Taker], frozenset[str]]:
    """How each key of a class is taken, and the keys it cannot do without."""
    parts = fields(entry)
    needed = frozenset(part.name for part in parts if part.default is NOTHING)
    return {part.name: _taker(part.type) for part in parts}, needed


def _taker(kind: object) -> _Taker:
    """How a value of a type is taken: by its exact class, so that true is no number and a moment no day."""
    if kind in (str, int, bool, date):
        return lambda value: value if type(value) is kind else _refuse()
    if kind is Any:
        return lambda value: value
    if isinstance(kind, type) and has(kind):
        return lambda value: _made(value, kind)
    inner = get_args(kind)
    if get_origin(kind) is tuple and inner[1:] == (...,):
        return _list_of(_taker(inner[0]))
    if get_origin(kind) is UnionType:
        return _either({each: _taker(each) for each in inner if each is not NoneType})
    return lambda _: _refuse()


def _list_of(taker: _Taker) -> _Taker:
    return lambda value: tuple([taker(item) for item in value]) if type(value) is list else _refuse()


def _either(takers: dict[Any, _Taker]) -> _Taker:
    """A value of one of several types: in the files a text or a list, or one type that may be left out."""

    def take(value: object) -> object:
        for taker in takers.values():
            try:
                return taker(value)
            except _Unfit:
                continue
        return _refuse()

    return take


def _refuse() -> object:
    raise _Unfit
