"""Names for what Arrow gives and takes: pyarrow says nothing of its own types."""

from typing import Any

__all__ = [
    "ArrowArray",
    "ArrowBatch",
    "ArrowField",
    "ArrowSchema",
    "ArrowTable",
    "ArrowType",
    "Frame",
    "InvalidRow",
    "ParquetWriter",
]

ArrowArray = Any
ArrowBatch = Any
ArrowField = Any
ArrowSchema = Any
ArrowTable = Any
ArrowType = Any
InvalidRow = Any
ParquetWriter = Any

Frame = Any
"""A frame of whatever library gives an Arrow stream."""
