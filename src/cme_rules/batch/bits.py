"""Yes-or-no columns as bits, eight rows a byte: what makes a rule over a quarter of a million rows cost microseconds.

A plane is an array of bytes; row r is bit r % 8 of byte r // 8, as in Arrow. Bits beyond the last row are zero.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Plane", "Rows", "bits_at", "counted", "from_arrow", "full", "none", "packed", "rows_in", "unpacked"]

Plane = NDArray[np.uint8]
Rows = NDArray[np.int64]

Buffer = Any
"""A stretch of memory of Arrow's, which says nothing of its type."""

_BYTE = 8


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


def unpacked(plane: Plane, count: int) -> NDArray[np.bool_]:
    """An array with a byte a row."""
    return np.unpackbits(plane, count=count, bitorder="little").view(np.bool_)


def rows_in(plane: Plane) -> Rows:
    """The numbers of the rows in a plane, rising; bytes without any are passed over.

    >>> rows_in(packed(np.array([True, False, True]))).tolist()
    [0, 2]
    """
    places = np.flatnonzero(plane)
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
    """The plane of an Arrow bitmap; a bitmap that is left out says every row."""
    if buffer is None:
        return full(count)
    start, lead = divmod(offset, _BYTE)
    found = np.frombuffer(buffer, np.uint8)[start : start + (lead + count + _BYTE - 1) // _BYTE]
    if lead:
        return packed(np.unpackbits(found, bitorder="little")[lead : lead + count].view(np.bool_))
    return found & full(count)
