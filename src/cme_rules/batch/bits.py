"""Yes-or-no columns as bits, eight rows a byte: what makes a rule over a quarter of a million rows cost microseconds.

A plane is an array of bytes; row r is bit r % 8 of byte r // 8, as in Arrow. Bits beyond the last row are zero.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Plane",
    "Rows",
    "bits_at",
    "counted",
    "from_arrow",
    "full",
    "none",
    "packed",
    "placed",
    "rows_in",
    "unpacked",
    "where",
]

Plane = NDArray[np.uint8]
Rows = NDArray[np.int64]

_MANY = 512
"""Where less than one row in so many is set, it is quicker to set its bit than to set a byte and pack them all."""

Numbers = Any
"""An array with a number a row, or one number."""

Buffer = Any
"""A stretch of memory of Arrow's, which says nothing of its type."""

_BYTE = 8
_STRETCH = 1 << 17
"""Rows compared at a time: what is made in passing stays in the processor's nearest memory."""


def none(count: int) -> Plane:
    """No row of so many."""
    return np.zeros((count + _BYTE - 1) // _BYTE, np.uint8)


def full(count: int) -> Plane:
    """Every row of so many.

    >>> full(10).tolist()
    [255, 3]
    """
    plane = np.full((count + _BYTE - 1) // _BYTE, 255, np.uint8)
    if count % _BYTE:
        plane[-1] = (1 << count % _BYTE) - 1
    return plane


def packed(truths: NDArray[np.bool_]) -> Plane:
    """The rows that are true, from an array with a byte a row."""
    return np.packbits(truths, bitorder="little")


def where(so: Callable[..., Any], numbers: Numbers, *others: Numbers) -> Plane:
    """The rows in which something is so of the numbers of some columns, asked a stretch at a time.

    What comes after the first column may be a single number, the same for every row.

    >>> where(np.less, np.array([1, 2, 3]), 2).tolist()
    [1]
    """
    count = len(numbers)
    plane = np.empty((count + _BYTE - 1) // _BYTE, np.uint8)
    for first in range(0, count, _STRETCH):
        stretch = slice(first, first + _STRETCH)
        some = [other[stretch] if isinstance(other, np.ndarray) and other.ndim else other for other in others]
        plane[first // _BYTE : stretch.stop // _BYTE] = packed(so(numbers[stretch], *some))
    return plane


def placed(truths: Plane, rows: Rows, count: int) -> Plane:
    """The plane over all rows of what is known of some of them.

    >>> placed(np.array([1], np.uint8), np.array([2, 5]), 8).tolist()
    [4]
    """
    so = rows[unpacked(truths, len(rows))]
    if len(so) * _MANY < count:
        plane = none(count)
        np.bitwise_or.at(plane, so >> 3, np.left_shift(1, so & 7, dtype=np.uint8, casting="unsafe"))
        return plane
    each = np.zeros(count, np.bool_)
    each[so] = True
    return packed(each)


def unpacked(plane: Plane, count: int) -> NDArray[np.bool_]:
    """An array with a byte a row."""
    return np.unpackbits(plane, count=count, bitorder="little").view(np.bool_)


def rows_in(plane: Plane) -> Rows:
    """The numbers of the rows in a plane, rising; bytes without any are passed over.

    >>> rows_in(packed(np.array([True, False, True]))).tolist()
    [0, 2]
    """
    places = np.flatnonzero(plane != 0)  # of a yes or no, for which numpy has a much quicker way
    found = np.flatnonzero(np.unpackbits(plane[places], bitorder="little"))
    rows: Rows = places[found >> 3] * _BYTE + (found & 7)
    return rows


def bits_at(plane: Plane, rows: Rows) -> NDArray[np.bool_]:
    """Whether each of some rows is in a plane."""
    there: NDArray[np.bool_] = ((plane[rows >> 3] >> (rows & 7).astype(np.uint8)) & 1).view(np.bool_)
    return there


def counted(plane: Plane) -> int:
    """How many rows a plane has.

    >>> counted(full(10))
    10
    """
    whole = len(plane) // _BYTE * _BYTE
    eights = np.bitwise_count(plane[:whole].view(np.uint64)).sum(dtype=np.int64)
    return int(eights) + int(np.bitwise_count(plane[whole:]).sum())


def from_arrow(buffer: Buffer | None, offset: int, count: int) -> Plane:
    """The plane of an Arrow bitmap, as it lies there if it can; a bitmap that is left out says every row."""
    if buffer is None:
        return full(count)
    start, lead = divmod(offset, _BYTE)
    found = np.frombuffer(buffer, np.uint8, (lead + count + _BYTE - 1) // _BYTE, start)
    if lead:
        return packed(np.unpackbits(found, bitorder="little")[lead : lead + count].view(np.bool_))
    if count % _BYTE:
        found = found.copy()
        found[-1] &= (1 << count % _BYTE) - 1
    return found
