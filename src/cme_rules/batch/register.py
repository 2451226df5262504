"""A whole register answered at once: the same rules, the same three values, as columns."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
from attrs import field, frozen

from cme_rules.batch.answers import Answered, Tally, batches_of, tally_of
from cme_rules.batch.arrow import ArrowTable, Frame
from cme_rules.batch.session import Session
from cme_rules.engine.assessment import Assessment
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Policy

__all__ = ["BadRows", "Progress", "RegisterResult", "assess_register", "counts_of"]

_MOST_TOLD = 20

Progress = Callable[[int, int], None]
"""Told how many rows were answered, and how many there are in all (about, for CSV)."""


class BadRows(CallError):
    """Some rows of a register cannot be answered, and the caller asked for all or none; `cells` lists every fault."""

    def __init__(self, cells: tuple[tuple[int, str, str], ...]) -> None:
        """Keep (row, column, rule) of every bad cell."""
        super().__init__(cells)
        self.cells = cells

    @classmethod
    def of(cls, bad: ArrowTable) -> "BadRows":
        """The error for a table of bad cells."""
        return cls(tuple((cell["row"], cell["column"], cell["rule"]) for cell in bad.to_pylist()))

    def __str__(self) -> str:
        """A line a cell, the first twenty."""
        lines = [f"row {row}: {f'column {column}: ' if column else ''}{rule}" for row, column, rule in self.cells]
        more = [f"and {len(lines) - _MOST_TOLD} more"] if len(lines) > _MOST_TOLD else []
        return "\n".join([*lines[:_MOST_TOLD], *more])


@frozen(kw_only=True, eq=False)
class RegisterResult:
    """What a policy says of every child of a register on a day; each part is a frame as the register was one.

    `findings` has a row for each child that could be answered and a column for each finding: true, false, or null
    for unknown. `actions`, `missing` and `bad_rows` have a row a thing; `counts` tells how many children have each
    answer. `row` counts from 1. `actions` and `missing` are None where they were not asked for.
    """

    findings: Frame = field(repr=False)
    actions: Frame = field(repr=False)
    missing: Frame = field(repr=False)
    bad_rows: Frame = field(repr=False)
    session: Session = field(repr=False)
    _judged: ArrowTable = field(repr=False)

    @property
    def counts(self) -> Frame:
        """How many children have each answer, a row a finding; counted when it is asked for."""
        names = tuple(self.session.answerer.law.plan.findings)
        return _as_given(counts_of(tally_of(self._judged, names), names), self.session.source.library)

    def __repr__(self) -> str:
        """The policy, the day and how many rows were answered; nothing of any child."""
        law = self.session.answerer.law.plan.law
        return f"RegisterResult({law.policy.id!r}, on={law.on.isoformat()}, rows={len(self.findings)})"

    def explain(self, row: int) -> Assessment:
        """The full answer for one row, by its number from 1: reasons, missing facts with who knows, readings.

        Raises CallError for a row the register does not have and for a bad row.
        """
        return self.session.explain(row)


def assess_register(
    register: Frame | Path | str,
    policy: Policy,
    *,
    on: date,
    preview: Iterable[str] = (),
    findings: Iterable[str] = (),
    actions: bool = True,
    possible: bool = False,
    missing: bool | Iterable[str] = False,
    strict: bool = False,
    reference: str = "reference",
    ignore: Iterable[str] = (),
    progress: Progress = lambda *_: None,
) -> RegisterResult:
    """Judge every child of a register by a policy on a day. The facts are as at the close of that day.

    `register` is a frame (Polars, pandas, DuckDB, Arrow) or the path of a Parquet, Arrow or CSV file, a column a
    fact. A null, or a column left out, is unknown; a yes in `<fact>_never` says that a date's event is known not to
    have happened. `findings` names the findings wanted, by default all; `possible` adds the actions that may have
    arisen; `missing` the facts that would settle what is unknown, for every finding wanted or for those named.

    The column named by `reference`, if there is one, is given back beside each row's number; those in `ignore` are
    passed over. `progress` is told how many rows each step answered, and how many there are in all.

    Raises CallError for columns that are no facts or cannot hold theirs; with `strict`, BadRows for any bad row.
    """
    session = Session.of(
        register, policy, on=on, preview=preview, findings=findings, actions=actions, possible=possible,
        missing=missing, reference=reference, ignore=ignore,
    )  # fmt: skip
    answers = _answered(session, progress)
    result = _result(session, answers)
    if strict and len(result.bad_rows):
        raise BadRows.of(batches_of(answered.bad for answered in answers))
    return result


def _answered(session: Session, progress: Progress) -> list[Answered]:
    """The answers to all batches, told of as they come."""
    answers = list[Answered]()
    for answered in session.answers():
        answers.append(answered)
        progress(answered.read, session.source.count)
    return answers


def _result(session: Session, answers: list[Answered]) -> RegisterResult:
    """The answers to all batches, put together."""

    def whole(part: str) -> ArrowTable | None:
        batches = [getattr(answered, part) for answered in answers]
        return None if batches[0] is None else batches_of(batches)

    judged, library = whole("findings"), session.source.library
    return RegisterResult(
        findings=_as_given(judged, library),
        actions=_as_given(whole("actions"), library),
        missing=_as_given(whole("missing"), library),
        bad_rows=_as_given(whole("bad"), library),
        session=session,
        judged=judged,
    )


def counts_of(tally: Tally, names: Sequence[str]) -> ArrowTable:
    """How many rows have each answer, a line a finding."""
    answers = {answer: [tally[name, answer] for name in names] for answer in ("holds", "fails", "unknown")}
    columns = {answer: pa.array(counts, pa.int64()) for answer, counts in answers.items()}
    return pa.table({"finding": pa.array(names, pa.string()), **columns})


def _as_given(table: ArrowTable | None, library: str) -> Frame:
    """A table as a frame of the library the register came in; an Arrow table for any other."""
    if table is None:
        return None
    if library == "polars":
        import polars as pl

        return pl.from_arrow(table)
    return table.to_pandas() if library == "pandas" else table
