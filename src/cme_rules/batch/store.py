"""The answers to a register written to a folder, block by block, so that memory stays bounded.

The blocks are kept in a folder of their own until the last is there; then each file is put together under another name,
and the files take their names. A run that is stopped leaves its blocks, and the same run started again goes on from
them; a run with another register, policy, day or wish begins anew.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Unpack

import pyarrow as pa
from attrs import frozen
from pyarrow import csv, parquet

from cme_rules.batch import source
from cme_rules.batch.ahead import in_turn
from cme_rules.batch.answers import Tally, tally_of
from cme_rules.batch.arrow import ArrowSchema, Frame, ParquetWriter
from cme_rules.batch.digest import digest_of
from cme_rules.batch.plan import Wanted
from cme_rules.batch.register import BadRows, Progress, counts_of
from cme_rules.batch.session import Session
from cme_rules.batch.spool import Spool
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Policy

__all__ = ["Written", "write_register"]

_UNFINISHED = "unfinished"
_TABLES = ("findings", "actions", "missing")


@frozen(kw_only=True)
class Written:
    """What was written: how many rows were answered, how many were bad, and how many actions have arisen.

    `kept` is how many of the answered rows a run that was stopped had answered before.
    """

    answered: int
    bad: int
    actions: int
    folder: Path
    kept: int = 0


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
    Each takes its name when all are whole: a run that is stopped leaves the files of an earlier one as they were, and
    its own answers in a folder `unfinished`. The same call goes on from there if the register is a file. The arguments
    are those of `assess_register`.

    Raises what `assess_register` raises, and CallError for a folder that cannot be written to.
    """
    asked = (tuple(preview), reference, tuple(ignore))
    session = Session.of(register, policy, on=on, preview=asked[0], reference=reference, ignore=asked[2], **wanted)
    depends = (policy, on, session.asked, *asked, source.BATCH)
    key = digest_of(Path(register), *depends) if isinstance(register, str | Path) else ""
    with _folder(Path(out)) as folder:
        spool = Spool.opened(folder / _UNFINISHED, key)
        try:
            kept = _answer(session, spool, progress, strict=strict)
            written = _put_together(spool, folder, tuple(session.answerer.law.plan.findings))
        except BaseException as fault:
            if not key or isinstance(fault, BadRows):
                spool.clear()
            raise
        spool.clear()
    return Written(**written, folder=folder, kept=kept)


@contextmanager
def _folder(out: Path) -> Iterator[Path]:
    try:
        out.mkdir(parents=True, exist_ok=True)
        yield out
    except OSError as fault:
        msg = f"the answers cannot be written to the folder given: {fault.strerror or 'it cannot be written to'}"
        raise CallError(msg) from None


def _answer(session: Session, spool: Spool, progress: Progress, *, strict: bool) -> int:
    """Answer the blocks that are not there yet, and say how many rows those that are have.

    Raises BadRows for the first block with a bad row, if the caller wants all or nothing.
    """
    kept = sum(int(table.num_rows) for table in spool.tables("findings"))
    if kept:
        progress(kept, session.source.count)
    for answered in session.answers(passed=spool.done):
        if strict and answered.bad.num_rows:
            raise BadRows.of(answered.bad)
        spool.add(answered)
        progress(answered.read, session.source.count)
    return kept


def _put_together(spool: Spool, folder: Path, names: tuple[str, ...]) -> dict[str, int]:
    """Make each file of the blocks, then let them take their names; files of an earlier run without successor go."""
    made = dict(zip(_TABLES, in_turn(lambda part: _parquet(spool, part), _TABLES), strict=True))
    tally = Tally()
    for table in spool.tables("findings"):
        tally.update(tally_of(table, names))
    bad = pa.concat_tables(spool.tables("bad"))
    csv.write_csv(counts_of(tally, names), spool.folder / "counts.csv")
    csv.write_csv(bad, spool.folder / "bad_rows.csv")
    for part, rows in made.items():
        if rows is None:
            (folder / f"{part}.parquet").unlink(missing_ok=True)
    for path in (*spool.folder.glob("*.parquet"), *spool.folder.glob("*.csv")):
        path.replace(folder / path.name)
    return {"answered": made["findings"] or 0, "bad": len(bad.column("row").unique()), "actions": made["actions"] or 0}


def _parquet(spool: Spool, part: str) -> int | None:
    """Write the blocks of a part to one file, and say how many rows it has; None if the part was not asked for."""
    rows: int | None = None
    (spool.folder / f"{part}.parquet").unlink(missing_ok=True)
    with ExitStack() as stack:
        for table in spool.tables(part):
            if rows is None:
                writer = stack.enter_context(_writer(spool.folder / f"{part}.parquet", table.schema))
                rows = 0
            writer.write_table(table)
            rows += table.num_rows
    return rows


def _writer(path: Path, schema: ArrowSchema) -> ParquetWriter:
    return parquet.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=[column.name for column in schema if pa.types.is_dictionary(column.type)],
        write_statistics=["row"],
    )
