"""A register, checked against a policy and answered batch by batch."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Unpack

import numpy as np
import pyarrow as pa
from attrs import frozen

from cme_rules.batch.ahead import in_turn
from cme_rules.batch.answers import Answered, Answerer
from cme_rules.batch.arrow import ArrowBatch, ArrowSchema, Frame
from cme_rules.batch.columns import Chunk, Column, Truth
from cme_rules.batch.days import day_of
from cme_rules.batch.intake import Intake
from cme_rules.batch.plan import Asked, Wanted
from cme_rules.batch.prepared import prepared
from cme_rules.batch.source import Batch, Source, source_of
from cme_rules.conditions.kinds import DATE, Base, Kind
from cme_rules.engine.assess import assess, assessor
from cme_rules.engine.assessment import Assessment
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Policy, as_day

__all__ = ["Session"]


@frozen(kw_only=True, eq=False)
class Session:
    """A register, checked and ready to be answered batch by batch."""

    source: Source
    answerer: Answerer
    asked: Asked

    @classmethod
    def of(
        cls,
        register: Frame | Path | str,
        policy: Policy,
        *,
        on: date,
        preview: Iterable[str] = (),
        reference: str = "reference",
        ignore: Iterable[str] = (),
        **wanted: Unpack[Wanted],
    ) -> "Session":
        """Check a register's columns and write the plan.

        Raises CallError for columns that are no facts, for a datetime as `on`, and for a file that cannot be read;
        UnknownName for a finding that the law of the day does not have.
        """
        law = assessor(policy, on=as_day(on), preview=tuple(preview)).moment.law
        asked = Asked.of(law, **wanted)
        source = source_of(register, texts=[name for name, spec in policy.facts.items() if spec.kind.base is Base.TEXT])
        intake = Intake.of(source.schema, policy, reference=reference, ignore=tuple(ignore))
        answerer = Answerer(law=prepared(law, intake.given, asked), intake=intake)
        return cls(source=source, answerer=answerer, asked=asked)

    def answers(self, *, passed: int = 0) -> Iterator[Answered]:
        """The answers, batch by batch, but for the first `passed`; one without rows if the register has none."""
        none = not passed
        for answered in in_turn(self._answer, islice(self.source.batches(), passed, None)):
            none = False
            yield answered
        if none:
            yield self._answer(Batch(rows=_empty(self.source.schema), numbers=np.zeros(0, np.int64)))

    def _answer(self, batch: Batch) -> Answered:
        return self.answerer.answered(batch, actions=self.asked.actions, missing=bool(self.asked.missing))

    def explain(self, row: int) -> Assessment:
        """The scalar engine's answer for one row, read again from the register."""
        law = self.answerer.law.plan.law
        for batch in self.source.batches():
            place = int(batch.numbers.searchsorted(row))
            if place < len(batch.numbers) and batch.numbers[place] == row:
                facts = self._facts(batch.rows.slice(place, 1))
                return assess(facts, law.policy, on=law.on, preview=law.preview)
        msg = f"the register has no row {row} that could be read; rows count from 1"
        raise CallError(msg)

    def _facts(self, rows: ArrowBatch) -> dict[str, Any]:
        intake = self.answerer.intake
        taken = intake.taken(rows, self.answerer.law.moments)
        if taken.bad:
            msg = "this row cannot be answered: see the bad rows of the result"
            raise CallError(msg)
        facts: dict[str, Any] = {name: bool(truth.holds[0]) for name, truth in _settled(taken.chunk)}
        for name, column in taken.chunk.columns.items():
            if column.known[0]:
                kind = intake.policy.facts[name].kind
                facts[name] = rows.column(name)[0].as_py().strip() if kind.base is Base.TEXT else _said(column, kind)
        return facts


def _said(column: Column, kind: Kind) -> object:
    """What the one row of a column of days or numbers says, as the scalar engine takes it."""
    if column.never is not None and column.never[0]:
        return False
    number = int(column.numbers[0])
    return day_of(number) if kind == DATE else number


def _settled(chunk: Chunk) -> Iterator[tuple[str, Truth]]:
    return ((name, truth) for name, truth in chunk.truths.items() if truth.holds[0] | truth.fails[0])


def _empty(schema: ArrowSchema) -> ArrowBatch:
    return pa.RecordBatch.from_arrays([pa.array([], column.type) for column in schema], schema=schema)
