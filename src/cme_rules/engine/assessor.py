"""A law compiled for a day and a calendar: facts in, a verdict for every rule out, in microseconds."""

from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from attrs import field, frozen

from cme_rules.calendars.spans import Span
from cme_rules.conditions.judge import evaluate
from cme_rules.domain.never import NEVER
from cme_rules.engine.emit import Atom, Program, write
from cme_rules.engine.invert import turning
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Law

__all__ = ["Assessor", "compiled"]


@frozen(kw_only=True, eq=False)
class Assessor:
    """Judges every rule of a law at once. `run(**facts)` gives True, False or None for each slot."""

    moment: Moment
    slots: Mapping[tuple[str, str], int]
    run: Callable[..., tuple[bool | None, ...]] = field(repr=False)

    @property
    def law(self) -> Law:
        """The law it judges by."""
        return self.moment.law


def compiled(moment: Moment) -> Assessor:
    """The assessor of a moment. Writing the function is shared by all days on which the same rules stand."""
    program, code = _program(moment.law)
    return Assessor(
        moment=moment,
        slots={slot: place for place, slot in enumerate(program.slots)},
        run=FunctionType(code.__code__, _constants(program, moment), "run", code.__defaults__),
    )


def _program(law: Law) -> tuple[Program, FunctionType]:
    """The law's program and its compiled function, kept by the policy."""
    memo = law.policy._memo  # noqa: SLF001 - the policy keeps it for us
    absent = tuple(name for name, value in law.parameters.items() if value is None)
    standing = ("program", tuple(rule.id for rule in law.rules), absent)
    if standing not in memo:
        program = write(law)
        made: dict[str, Any] = {}
        exec(compile(program.source, f"<{law.policy.id}>", "exec"), made)  # noqa: S102 - our own source, from checked trees
        memo[standing] = program, made["run"]
    found: tuple[Program, FunctionType] = memo[standing]
    return found


def _constants(program: Program, moment: Moment) -> dict[str, Any]:
    """What the numbered constants of a program are on this day, in these calendars."""
    constants: dict[str, Any] = {"NEVER": NEVER}
    for name, value in moment.law.parameters.items():
        constants[f"P_{name}"] = value.count if isinstance(value, Span) else value
    for atom in program.atoms:
        if atom.inverted:
            turn = turning(atom.node, moment)
            for part in ("first", "low", "high", "last"):
                constants[f"{atom.key}_{part}"] = getattr(turn, part)
        else:
            constants[atom.key] = _asker(atom, moment)
    return constants


def _asker(atom: Atom, moment: Moment) -> Callable[..., Any]:
    """A function that puts an atom's known facts to the plain reading of the language."""
    names, node = atom.names, atom.node

    def ask(*values: object) -> object:
        return evaluate(node, Scope(moment=moment, facts=dict(zip(names, values, strict=True))))

    return ask


