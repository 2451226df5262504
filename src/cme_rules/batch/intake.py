"""A register taken in: its columns checked against the policy's facts, its rows made chunks, its bad rows told."""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from cme_rules.batch.arrow import ArrowBatch, ArrowSchema, ArrowType
from cme_rules.batch.bits import Rows, none, rows_in
from cme_rules.batch.cells import Misfit, Read, Reading, reading_of, unless_empty
from cme_rules.batch.columns import Chunk, Column, Truth
from cme_rules.batch.moments import Moments
from cme_rules.batch.texts import Words, is_text, reading_of_text
from cme_rules.batch.values import numbered
from cme_rules.conditions.kinds import Base, Kind
from cme_rules.conditions.words import Phrase
from cme_rules.errors import CallError
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy

__all__ = ["NEVER_SUFFIX", "BadCell", "Intake", "Taken"]

NEVER_SUFFIX = "_never"
"""A yes-or-no column of this ending says of a date fact that it is known never to have happened."""

_BOTH = "a date is given, and that it never happened"
_LONGEST = 60
_NO_WORD = -1
"""The number of a text that is in no closed list, and so is compared with nothing."""


@frozen(eq=False)
class BadCell:
    """Rows of a chunk that cannot be answered: the column and the rule its value breaks, never the value."""

    rows: Rows
    column: str
    rule: str


@frozen(kw_only=True, eq=False)
class Taken:
    """A batch taken in: the rows that can be answered, as facts and as they came, and the bad cells of the others.

    `kept` holds the places of the rows that can be answered; None when they all can.
    """

    chunk: Chunk
    batch: ArrowBatch
    kept: Rows | None
    bad: tuple[BadCell, ...]


@frozen(kw_only=True, eq=False)
class Intake:
    """How the batches of one register become chunks. Make it with `of`, which checks the columns."""

    policy: Policy
    facts: Mapping[str, Reading]
    nevers: Mapping[str, Reading]
    reference: str = ""

    @classmethod
    def of(cls, schema: ArrowSchema, policy: Policy, *, reference: str, ignore: tuple[str, ...]) -> "Intake":
        """The intake for the columns of a register.

        Raises CallError naming every column that is no fact, stands twice, or has a type that cannot hold its fact.
        """
        taken = {name for name in (reference, *ignore) if name}
        nevers = {name + NEVER_SUFFIX for name, spec in policy.facts.items() if spec.kind.base is Base.DATE}
        nevers -= policy.facts.keys()
        faults = list(_faults(schema, policy, nevers, taken))
        if faults:
            raise CallError("\n".join(faults))
        words = numbered(tuple(spec.kind.words or () for spec in policy.facts.values()))
        how = {
            column.name: _reading(column.type, column.name, policy, lambda word: words.get(word, _NO_WORD))
            for column in schema
            if not pa.types.is_null(column.type) and column.name not in taken
        }
        readings = {name: reading for name, reading in how.items() if reading}
        return cls(
            policy=policy,
            facts={name: reading for name, reading in readings.items() if name in policy.facts},
            nevers={name: reading for name, reading in readings.items() if name in nevers},
            reference=reference if reference in schema.names else "",
        )

    @property
    def given(self) -> frozenset[str]:
        """The facts the register says something of."""
        return frozenset({*self.facts, *(name.removesuffix(NEVER_SUFFIX) for name in self.nevers)})

    def taken(self, batch: ArrowBatch, moments: Moments) -> "Taken":
        """The rows of an Arrow batch that can be answered, and what is wrong with the others."""
        reads, bad = self._read(batch)
        kept = None
        if bad:
            fit = np.ones(batch.num_rows, np.bool_)
            for cell in bad:
                fit[cell.rows] = False
            kept = np.flatnonzero(fit)
            batch = batch.take(pa.array(kept))
            reads, _ = self._read(batch)
        return Taken(chunk=self._chunk(batch, reads, moments), batch=batch, kept=kept, bad=tuple(bad))

    def _read(self, batch: ArrowBatch) -> tuple[dict[str, Read], list[BadCell]]:
        reads, bad = dict[str, Read](), list[BadCell]()
        for name, reading in self.facts.items():
            reads[name] = reading(batch.column(name))
            bad.extend(BadCell(misfit.rows, name, misfit.rule) for misfit in reads[name].misfits)
        for never, reading in self.nevers.items():
            name = never.removesuffix(NEVER_SUFFIX)
            days = reads.get(name) or Read(Column(np.zeros(batch.num_rows, np.int32), none(batch.num_rows)))
            reads[name] = _with_never(days, reading(batch.column(never)), self.policy.facts[name])
            bad.extend(BadCell(misfit.rows, never, misfit.rule) for misfit in reads[name].misfits)
        return reads, bad

    def _chunk(self, batch: ArrowBatch, reads: Mapping[str, Read], moments: Moments) -> Chunk:
        truths = {name: found.says for name, found in reads.items() if isinstance(found.says, Truth)}
        columns = {name: found.says for name, found in reads.items() if isinstance(found.says, Column)}
        return Chunk(count=batch.num_rows, truths=truths, columns=columns, calendars=self._calendars(batch, moments))

    def _calendars(self, batch: ArrowBatch, moments: Moments) -> NDArray[np.int64] | None:
        """The number of each row's calendar; nothing where all go by the first."""
        if "school" not in self.facts:
            return None
        schools = batch.column("school")
        encoded = schools if pa.types.is_dictionary(schools.type) else schools.dictionary_encode()
        named = [text and text.strip() for text in encoded.dictionary.to_pylist()]
        numbers = np.array([*moments.numbers(named), 0], np.int64)
        return numbers[np.asarray(encoded.indices.fill_null(len(named)))] if numbers.any() else None


def _reading(kind: ArrowType, name: str, policy: Policy, words: Words) -> Reading | None:
    """How a column is read, as its fact or as the yes or no that says a day never came; None if it cannot be."""
    spec = policy.facts.get(name) or _yes_or_no(policy.facts[name.removesuffix(NEVER_SUFFIX)])
    how = reading_of_text(spec, words) if is_text(kind) else reading_of(kind, spec)
    return how and unless_empty(how, spec)


def _yes_or_no(spec: FactSpec) -> FactSpec:
    return FactSpec(name=spec.name, kind=Kind(Base.BOOL), ask="", knows=(), phrase=Phrase(""), pack=spec.pack)


def _with_never(days: Read, said: Read, spec: FactSpec) -> Read:
    """A column of days together with the column that says of which it is known that they never came."""
    assert isinstance(said.says, Truth)  # noqa: S101 - it was read as a yes or no
    assert isinstance(days.says, Column)  # noqa: S101 - it was read as a day
    never, column = said.says.holds, days.says
    misfits = [*days.misfits, *said.misfits]
    for wrong, rule in ((column.given & never, _BOTH), (never, spec.problem_with(value=False))):
        if rule and wrong.any():
            misfits.append(Misfit(rows_in(wrong), rule))
    never = never if column.never is None else never | column.never
    return Read(Column(column.numbers, column.known | never, never), tuple(misfits))


def _faults(schema: ArrowSchema, policy: Policy, nevers: set[str], taken: set[str]) -> Iterator[str]:
    """What is wrong with the columns themselves."""
    names, declared = Counter(schema.names), policy.facts.keys() | nevers
    for place, column in enumerate(schema, 1):
        shown = column.name if column.name.isidentifier() and len(column.name) <= _LONGEST else f"number {place}"
        if names[column.name] > 1:
            yield f"column {shown} stands more than once"
        elif column.name in taken:
            continue
        elif column.name not in declared:
            yield f"column {shown}: policy {policy.id!r} declares no such fact{_hint(column.name, policy)}"
        elif not pa.types.is_null(column.type) and not _reading(column.type, column.name, policy, len):
            yield f"column {shown}: {_expected(column.name, policy)}, found a column of {column.type}"


def _hint(name: str, policy: Policy) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(policy.facts), n=1)
    near = f"did you mean {close[0]}? Otherwise " if close else ""
    return f"; {near}leave it out, or name it in `ignore`"


def _expected(name: str, policy: Policy) -> str:
    spec = policy.facts.get(name)
    return spec.problem_with(object()) if spec else "expected true or false"
