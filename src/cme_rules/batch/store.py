"""The answers to a register written to a folder, batch by batch, so that memory stays bounded."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Unpack

import pyarrow as pa
from attrs import frozen
from pyarrow import csv, parquet

from cme_rules.batch.answers import Answered, Tally, batches_of
from cme_rules.batch.arrow import ArrowBatch, ArrowSchema, ArrowTable, Frame, ParquetWriter
from cme_rules.batch.plan import Wanted
from cme_rules.batch.register import BadRows, Progress, counts_of
from cme_rules.batch.session import Session
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Policy

__all__ = ["Written", "write_register"]

_UNFINISHED = ".unfinished"


@frozen(kw_only=True)
class Written:
    """What was written: how many rows were answered, how many were bad, and how many actions have arisen."""

    answered: int
    bad: int
    actions: int
    folder: Path


def write_register(
    register: Frame | Path | str,
    policy: Policy,
    out: Path | str,
    *,
    on: date,
    strict: bool = False,
    preview: Iterable[str] = (),
    reference: str = "reference",
    ignore: Iterable[str] = (),
    progress: Progress = lambda *_: None,
    **wanted: Unpack[Wanted],
) -> Written:
    """Judge every child of a register and write the answers to a folder, which is made if need be.

    The folder gets findings.parquet, actions.parquet, missing.parquet (as asked for), counts.csv and bad_rows.csv.
    Each is written under another name and takes its own when all are whole: a run that is stopped leaves the files of
    an earlier one as they were. The arguments are those of `assess_register`.

    Raises what `assess_register` raises, and CallError for a folder that cannot be written to.
    """
    session = Session.of(register, policy, on=on, preview=preview, reference=reference, ignore=ignore, **wanted)
    with _folder(Path(out)) as folder, _Files.opened(folder) as files:
        for answered in session.answers():
            if strict and answered.bad.num_rows:
                raise BadRows.of(answered.bad)
            files.add(answered)
            progress(answered.read, session.source.count)
        files.add_csv("counts", counts_of(files.tally, session))
        files.add_csv("bad_rows", batches_of(files.bad))
        files.finish()
    bad = {row for batch in files.bad for row in batch.column("row").to_pylist()}
    return Written(answered=files.rows["findings"], bad=len(bad), actions=files.rows.get("actions", 0), folder=folder)


@contextmanager
def _folder(out: Path) -> Iterator[Path]:
    try:
        out.mkdir(parents=True, exist_ok=True)
        yield out
    except OSError as fault:
        msg = f"the answers cannot be written to the folder given: {fault.strerror or 'it cannot be written to'}"
        raise CallError(msg) from None


@frozen(kw_only=True, eq=False)
class _Files:
    """Files in the making, each under a name that says so."""

    folder: Path
    writers: dict[str, ParquetWriter]
    stack: ExitStack
    tally: Tally
    bad: list[ArrowBatch]
    rows: dict[str, int]

    @classmethod
    @contextmanager
    def opened(cls, folder: Path) -> Iterator["_Files"]:
        """Files that are gone again unless they are finished."""
        with ExitStack() as stack:
            files = cls(folder=folder, writers={}, stack=stack, tally=Tally(), bad=[], rows={})
            try:
                yield files
            finally:
                stack.close()
                for path in folder.glob(f"*{_UNFINISHED}"):
                    path.unlink()

    def add(self, answered: Answered) -> None:
        """Write the answers to a batch."""
        self.tally.update(answered.tally)
        self.bad.append(answered.bad)
        for name in ("findings", "actions", "missing"):
            rows = getattr(answered, name)
            if rows is not None:
                self._writer(f"{name}.parquet", rows.schema).write_batch(rows)
                self.rows[name] = self.rows.get(name, 0) + rows.num_rows

    def _writer(self, name: str, schema: ArrowSchema) -> ParquetWriter:
        if name not in self.writers:
            made = parquet.ParquetWriter(
                self.folder / f"{name}{_UNFINISHED}",
                schema,
                compression="zstd",
                use_dictionary=[column.name for column in schema if pa.types.is_dictionary(column.type)],
                write_statistics=["row"],
            )
            self.writers[name] = self.stack.enter_context(made)
        return self.writers[name]

    def add_csv(self, name: str, table: ArrowTable) -> None:
        """Write a small table as CSV."""
        self.writers[f"{name}.csv"] = None
        csv.write_csv(table, self.folder / f"{name}.csv{_UNFINISHED}")

    def finish(self) -> None:
        """Close every file and let each take its own name; files of an earlier run that have no successor go."""
        self.stack.close()
        for name in ("actions.parquet", "missing.parquet"):
            if name not in self.writers:
                (self.folder / name).unlink(missing_ok=True)
        for name in self.writers:
            (self.folder / f"{name}{_UNFINISHED}").replace(self.folder / name)
