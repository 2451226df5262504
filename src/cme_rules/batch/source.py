"""Where a register comes from: a frame of any Arrow-speaking library, a Parquet, Arrow or CSV file, read in batches."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from csv import reader
from pathlib import Path

import numpy as np
import pyarrow as pa
from attrs import frozen
from pyarrow import csv, parquet

from cme_rules.batch.arrow import ArrowBatch, ArrowField, ArrowSchema, ArrowTable, Frame, InvalidRow
from cme_rules.batch.bits import Rows
from cme_rules.errors import CallError

__all__ = ["BATCH", "Batch", "Source", "source_of"]

BATCH = 1 << 18
"""Rows answered at a time: their planes of bits fit into the processor's nearer memory."""

_IN_MEMORY = 2
"""What is in memory already is answered so many times as much at a time: the threads wait for each other less often."""
_BLOCK = 1 << 24
_FEWEST = 1 << 16
"""Rows in a piece of a frame, on average, below which its pieces are put together first."""
_SHORT_LINE = "expected as many cells as the first line has"


@frozen(kw_only=True, eq=False)
class Batch:
    """Some rows as they came, with their numbers in the register (from 1), and lines no row could be made of."""

    rows: ArrowBatch
    numbers: Rows
    unread: tuple[tuple[int, str], ...] = ()


@frozen(kw_only=True, eq=False)
class Source:
    """A register to be read as often as need be. `count` is how many rows it has, of a CSV file about how many.

    `library` names what it is a frame of, so that the answer can be given as the same: "" for a file.
    """

    schema: ArrowSchema
    batches: Callable[[], Iterator[Batch]]
    count: int
    library: str = ""


def source_of(register: Frame | Path | str, *, texts: Iterable[str] = ()) -> Source:
    """The source for a path or a frame (Polars, pandas, DuckDB, Arrow: whatever gives an Arrow stream).

    `texts` names columns of a Parquet file that hold few different texts: each is then read once.

    Raises CallError for a file that cannot be read, and for anything else.
    """
    if isinstance(register, str | Path):
        return _file(Path(register), frozenset(texts))
    if isinstance(register, pa.Table | pa.RecordBatch):
        return _frame(register, "pyarrow")
    library = type(register).__module__.partition(".")[0]
    if hasattr(register, "__arrow_c_stream__"):
        with _no_data("the register's columns do not fit Arrow: a column stands twice, or mixes kinds of value"):
            if library == "pandas":
                return _frame(pa.Table.from_pandas(register, preserve_index=False), library)
            return _frame(pa.RecordBatchReader.from_stream(register).read_all(), library)
    msg = f"expected a frame or the path of a Parquet, Arrow or CSV file, found {type(register).__name__}"
    raise CallError(msg)


@contextmanager
def _no_data(said: str) -> Iterator[None]:
    """Arrow's own messages quote the data: say something else instead."""
    try:
        yield
    except CallError:
        raise
    except (pa.ArrowException, ValueError, OSError, OverflowError) as fault:
        msg = said + (f": {fault.strerror}" if isinstance(fault, OSError) and fault.strerror else "")
        raise CallError(msg) from None


def _frame(frame: ArrowTable | ArrowBatch, library: str) -> Source:
    table = frame if isinstance(frame, pa.Table) else pa.Table.from_batches([frame])
    schema = pa.schema([_without_views(column) for column in table.schema])

    def batches() -> Iterator[Batch]:
        pieces = table.column(0).num_chunks if table.num_columns else 1
        whole = table.combine_chunks() if pieces * _FEWEST > table.num_rows + _FEWEST else table
        numbers, before = np.arange(1, table.num_rows + 1), 0
        for rows in whole.to_batches(max_chunksize=_IN_MEMORY * BATCH):
            past = before + rows.num_rows
            yield Batch(rows=rows if schema == table.schema else rows.cast(schema), numbers=numbers[before:past])
            before = past

    return Source(schema=schema, batches=batches, count=table.num_rows, library=library)


def _without_views(column: ArrowField) -> ArrowField:
    """Text as Polars keeps it is something that Arrow itself can do little with."""
    return column.with_type(pa.large_string()) if pa.types.is_string_view(column.type) else column


def _numbered(rows: ArrowBatch, before: int) -> Batch:
    return Batch(rows=rows, numbers=np.arange(before + 1, before + 1 + rows.num_rows))


def _file(path: Path, texts: frozenset[str]) -> Source:
    kind = path.suffix.lower()
    if path.is_dir() or not path.exists():
        msg = "the register cannot be opened: there is no such file"
        raise CallError(msg)
    with _no_data(f"the register is not a readable {kind} file"):
        if kind in {".parquet", ".pq"}:
            return _parquet(path, texts)
        if kind in {".arrow", ".feather", ".ipc"}:
            return _frame(pa.ipc.open_file(pa.memory_map(str(path))).read_all(), "")
        if kind == ".csv":
            return _csv(path)
    msg = "expected a register whose name ends in .parquet, .arrow or .csv"
    raise CallError(msg)


def _parquet(path: Path, texts: frozenset[str]) -> Source:
    with parquet.ParquetFile(path) as file:
        few = [column.name for column in file.schema_arrow if column.name in texts and pa.types.is_string(column.type)]
        count = file.metadata.num_rows

    def batches() -> Iterator[Batch]:
        before = 0
        with _no_data("the register is damaged"), parquet.ParquetFile(path, read_dictionary=few) as file:
            for rows in file.iter_batches(batch_size=BATCH):
                if rows.num_rows:
                    yield _numbered(rows, before)
                before += rows.num_rows

    with parquet.ParquetFile(path, read_dictionary=few) as file:
        return Source(schema=file.schema_arrow, batches=batches, count=count)


def _csv(path: Path) -> Source:
    """Every cell is read as text, and an empty one as unknown; lines of another length are told, not read."""
    _see_that_quotes_close(path)
    schema, unread = _first_line(path), list[int]()

    def skipped(line: InvalidRow) -> str:
        unread.append(line.number - 1)
        return "skip"

    def batches() -> Iterator[Batch]:
        unread.clear()
        with _no_data("the register is not sound CSV in UTF-8"):
            read = csv.open_csv(
                path,
                read_options=csv.ReadOptions(block_size=_BLOCK, use_threads=False),
                parse_options=csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skipped),
                convert_options=csv.ConvertOptions(
                    column_types=dict(zip(schema.names, schema.types, strict=True)),
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            )
            yield from _placed(read, unread)

    return Source(schema=schema, batches=batches, count=_about_how_many_lines(path))


def _see_that_quotes_close(path: Path) -> None:
    """Refuse a file with a quotation mark too many: Arrow takes all that follows one for a single cell, and drops it.

    Raises CallError.
    """
    with path.open("rb") as file:
        quotes = sum(block.count(b'"') for block in iter(lambda: file.read(_BLOCK), b""))
    if quotes % 2:
        msg = "the register opens a quotation mark and does not close it, so nobody can tell where its rows end"
        raise CallError(msg)


def _first_line(path: Path) -> ArrowSchema:
    """The columns a CSV file names, all of them text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(reader(file), [])
    return pa.schema([(name, pa.string()) for name in names])


def _about_how_many_lines(path: Path) -> int:
    """By the length of the first lines."""
    with path.open("rb") as file:
        start = file.read(_BLOCK >> 4)
    return round(path.stat().st_size * start.count(b"\n") / max(len(start), 1))


def _placed(batches: Iterable[ArrowBatch], unread: list[int]) -> Iterator[Batch]:
    """Batches with the numbers their rows have in the file, the lines that could not be read counted too."""
    before, told = 0, 0
    for rows in batches:
        numbers = np.arange(before + 1, before + 1 + rows.num_rows)
        for line in sorted(unread[told:]):
            if line <= numbers[-1] if len(numbers) else line == before + 1:
                numbers = numbers + (numbers >= line)
        lost = tuple((line, _SHORT_LINE) for line in sorted(unread[told:]))
        told += len(lost)
        before = max([before, *numbers[-1:].tolist(), *(line for line, _ in lost)])
        yield Batch(rows=rows, numbers=numbers, unread=lost)
