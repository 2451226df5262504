"""The answers to the rows of a register, batch by batch, as Arrow columns."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from cme_rules.batch.arrow import ArrowArray, ArrowBatch, ArrowTable
from cme_rules.batch.bits import Plane, Rows
from cme_rules.batch.columns import Chunk
from cme_rules.batch.duties import actions_of
from cme_rules.batch.intake import Intake, Taken
from cme_rules.batch.prepared import Prepared
from cme_rules.batch.source import Batch
from cme_rules.batch.wanted import Missing, missing_in

__all__ = ["Answered", "Answerer", "Tally", "batches_of", "tally_of"]

Tally = Counter[tuple[str, str]]
"""How many rows have each answer: keyed by finding and by "holds", "fails" or "unknown"."""


@frozen(kw_only=True, eq=False)
class Answered:
    """The answers to one batch of `read` rows; `actions` and `missing` are None where they were not asked for."""

    read: int
    findings: ArrowBatch
    actions: ArrowBatch | None
    missing: ArrowBatch | None
    bad: ArrowBatch


@frozen(kw_only=True, eq=False)
class Answerer:
    """Answers batches of one register by a law made ready for it."""

    law: Prepared
    intake: Intake

    def answered(self, batch: Batch, *, actions: bool, missing: bool) -> Answered:
        """The answers to a batch; its bad rows are told and left out of everything else."""
        taken = self.intake.taken(batch.rows, self.law.moments)
        numbers = batch.numbers if taken.kept is None else batch.numbers[taken.kept]
        planes = self.law.planes(taken.chunk)
        keys = _Keys(numbers, taken.batch.column(self.intake.reference) if self.intake.reference else None)
        return Answered(
            read=batch.rows.num_rows + len(batch.unread),
            findings=pa.record_batch({**keys.of(None), **self._findings(planes, taken.chunk.count)}),
            actions=self._actions(planes, taken, keys) if actions else None,
            missing=self._missing(planes, taken, keys) if missing else None,
            bad=_bad(batch, taken),
        )

    def judged(self, chunk: Chunk) -> ArrowBatch:
        """The findings alone, of rows that have been taken in."""
        return pa.record_batch(self._findings(self.law.planes(chunk), chunk.count))

    def _findings(self, planes: list[Plane], count: int) -> dict[str, ArrowArray]:
        """A column a finding: true, false, or null where it is unknown."""
        return {
            name: pa.Array.from_buffers(
                pa.bool_(), count, [pa.py_buffer(planes[holds] | planes[fails]), pa.py_buffer(planes[holds])]
            )
            for name, (holds, fails) in self.law.plan.findings.items()
        }

    def _actions(self, planes: list[Plane], taken: Taken, keys: "_Keys") -> ArrowBatch:
        found = actions_of(self.law.plan, planes, taken.chunk, self.law.reader)
        return pa.record_batch({**keys.of(found.rows), **found.columns})

    def _missing(self, planes: list[Plane], taken: Taken, keys: "_Keys") -> ArrowBatch:
        found = list(missing_in(self.law.plan, planes, taken.chunk, self.law.reader))
        rows = np.concatenate([np.zeros(0, np.int64), *(each.rows for each in found)])
        return pa.record_batch({**keys.of(rows), **_wants(found)})


@frozen(eq=False)
class _Keys:
    """What tells the rows of a batch apart: their numbers in the register, and their references if there are any."""

    numbers: Rows
    references: ArrowArray | None

    def of(self, rows: Rows | None) -> dict[str, ArrowArray]:
        """The key columns of some rows, or of all."""
        if rows is None:
            keys = {"row": pa.array(self.numbers)}
            return keys if self.references is None else keys | {"reference": self.references}
        keys = {"row": pa.array(self.numbers[rows])}
        return keys if self.references is None else keys | {"reference": self.references.take(pa.array(rows))}


def _wants(found: list[Missing]) -> dict[str, ArrowArray]:
    """The columns of what is missing: the finding, the fact, and the reason where no fact is missing."""
    lengths = [len(each.rows) for each in found]
    return {
        name: _repeated([getattr(each, part) or None for each in found], lengths)
        for name, part in (("finding", "rule"), ("fact", "fact"), ("why", "why"))
    }


def _repeated(words: list[str | None], lengths: list[int]) -> ArrowArray:
    """A column of words, each said so many times in a row but written once."""
    each = list(dict.fromkeys(word for word in words if word is not None))
    place: dict[str | None, int] = {word: number for number, word in enumerate(each)}
    codes: NDArray[np.int32] = np.repeat(np.array([place.get(word, -1) for word in words], np.int32), lengths)
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(each, pa.string()))


def _bad(batch: Batch, taken: Taken) -> ArrowBatch:
    if not taken.bad and not batch.unread:
        return _NONE_BAD
    cells = [(int(batch.numbers[row]), cell.column, cell.rule) for cell in taken.bad for row in cell.rows.tolist()]
    return _told([(number, "", rule) for number, rule in batch.unread] + cells)


def _told(cells: list[tuple[int, str, str]]) -> ArrowBatch:
    """The bad cells as Arrow columns: row, column, rule."""
    rows, columns, rules = ([cell[part] for cell in cells] for part in range(3))
    kinds = (pa.int64(), pa.string(), pa.string())
    arrays = [pa.array(part, kind) for part, kind in zip((rows, columns, rules), kinds, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, ["row", "column", "rule"])


_NONE_BAD = _told([])


def tally_of(findings: ArrowBatch | ArrowTable, names: Iterable[str]) -> Tally:
    """How many rows of a batch or table of findings have each answer."""
    tally = Tally()
    for name in names:
        column = findings.column(name)
        for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else (column,):
            holds, unknown = chunk.true_count, chunk.null_count
            tally[name, "holds"] += holds
            tally[name, "unknown"] += unknown
            tally[name, "fails"] += len(chunk) - holds - unknown
    return tally


def batches_of(batches: Iterable[ArrowBatch]) -> ArrowTable:
    """One table of batches that may each have written out words of their own."""
    return pa.Table.from_batches(list(batches)).unify_dictionaries()
