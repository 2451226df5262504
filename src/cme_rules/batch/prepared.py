"""A law made ready for registers that have certain facts: its plan, and how each leaf of it is answered.

Getting ready takes longer than a thousand rows do, so the policy keeps what was got ready, as it keeps the compiled
law of the engine for one child.
"""

from collections.abc import Hashable
from typing import Any, cast

from attrs import field, frozen

from cme_rules.batch.atoms import Answer, Atoms
from cme_rules.batch.bits import Plane
from cme_rules.batch.columns import Chunk, Truth
from cme_rules.batch.laws import Known
from cme_rules.batch.moments import Moments
from cme_rules.batch.plan import Asked, Plan, planned
from cme_rules.batch.program import run
from cme_rules.batch.values import Reader, numbered
from cme_rules.conditions.nodes import Name, Node
from cme_rules.policy.model.policy import Law

__all__ = ["Prepared", "prepared"]

_KEPT = 64
"""Laws kept ready for one policy before its memory is emptied."""


@frozen(kw_only=True, eq=False)
class Prepared:
    """A plan with what its leaves, dates and calendars need; it serves any number of registers at once."""

    plan: Plan
    moments: Moments
    reader: Reader
    leaves: tuple[Answer, ...] = field(repr=False)

    def planes(self, chunk: Chunk) -> list[Plane]:
        """The planes of the plan's slots over a chunk."""
        return run(self.plan.program, [leaf(chunk) for leaf in self.leaves], chunk.count)


def prepared(law: Law, given: frozenset[str], asked: Asked) -> Prepared:
    """A law, ready for registers that say something of the facts `given`."""
    kept: dict[Any, Prepared] = law.policy._memo.setdefault("registers", {})  # noqa: SLF001 - the policy keeps it for us
    key = (law.on, law.preview, given, asked)
    found = kept.get(key)
    if found is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[key] = _made_ready(law, given, asked)
    return found


def _made_ready(law: Law, given: frozenset[str], asked: Asked) -> Prepared:
    plan, moments = planned(law, given, asked), Moments(law)
    words = numbered(tuple(spec.kind.words or () for spec in law.policy.facts.values()))
    reader = Reader(moments=moments, words=words)
    atoms = Atoms(reader)
    leaves = tuple(_leaf(leaf, atoms) for leaf in plan.program.leaves)
    return Prepared(plan=plan, moments=moments, reader=reader, leaves=leaves)


def _leaf(leaf: Hashable, atoms: Atoms) -> Answer:
    """How a leaf of the program is answered."""
    match leaf:
        case Name(name=name):
            return lambda chunk: chunk.truths[name]
        case Known(name=name):
            return lambda chunk: _known(name, chunk)
        case _:
            return atoms.answer(cast("Node", leaf))


def _known(name: str, chunk: Chunk) -> Truth:
    given = chunk.truths.get(name)
    known = given.holds | given.fails if given else chunk.column(name).known
    return Truth(known, known)
