"""Planes of bits against the same done with a byte a row."""

import numpy as np
import pyarrow as pa
import pytest

from cme_rules.batch.bits import counted, from_arrow, packed, placed, rows_in, unpacked, where

CHANCE = np.random.default_rng(7)
COUNTS = (1, 7, 8, 9, 1_000, (1 << 17) - 1, 1 << 17, (1 << 17) + 3)
"""Below, at and above a byte, and below, at and above a stretch."""


@pytest.mark.parametrize("count", COUNTS)
def test_a_comparison_asked_in_stretches_is_the_comparison(count: int) -> None:
    one, other = (CHANCE.integers(0, 100, count) for _ in range(2))

    assert unpacked(where(np.less, one, other), count).tolist() == (one < other).tolist()
    assert unpacked(where(np.less, one, 50), count).tolist() == (one < 50).tolist()


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 1.0])
def test_what_is_known_of_some_rows_goes_back_to_them(count: int, share: float) -> None:
    rows = np.flatnonzero(CHANCE.random(count) < share)
    truths = CHANCE.random(len(rows)) < 0.5

    assert rows_in(placed(packed(truths), rows, count)).tolist() == rows[truths].tolist()


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("offset", [0, 3, 8])
def test_the_bits_beyond_the_last_row_are_zero(count: int, offset: int) -> None:
    array = pa.array(np.ones(count + offset + 9, np.bool_)).slice(offset, count)

    assert counted(from_arrow(array.buffers()[1], array.offset, len(array))) == count
