"""A law compiled for a day and a calendar: facts in, a verdict for every rule out, in microseconds."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen

from cme_rules.calendars.spans import Span
from cme_rules.conditions.nodes import Name
from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.emit import Program, write
from cme_rules.engine.moment import Moment
from cme_rules.engine.readings import facts_behind
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Rule

__all__ = ["Assessor", "compiled"]


@frozen(kw_only=True, eq=False)
class Assessor:
    """Judges every rule of a law at once: `run(*facts)`, in the policy's order, gives True, False or None a slot.

    The slots of `findings` come first, those of `duties` next. `findings` holds every name with UNKNOWN, to be copied
    and filled; a duty stands with the place of the slot that tells whether it is done, and with the facts its days are
    counted from.
    With `ALL=True` it gives the answers of everything judged on the way, as `places` tells by the identity of a tree.
    """

    moment: Moment
    slots: Mapping[tuple[str, str], int]
    findings: dict[str, Verdict]
    duties: tuple[tuple[Rule, int | None, tuple[str, ...]], ...]
    places: Mapping[int, int] = field(repr=False)
    run: Callable[..., tuple[bool | None, ...]] = field(repr=False)
    verdicts: Callable[..., dict[str, Verdict]] = field(repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles are compiled anew: a function cannot be sent to another process."""
        return compiled, (self.moment,)

    @property
    def law(self) -> Law:
        """The law it judges by."""
        return self.moment.law


def compiled(moment: Moment) -> Assessor:
    """The assessor of a moment. Writing the function is shared by all days on which the same rules stand."""
    program, made = _program(moment.law)
    slots = {slot: place for place, slot in enumerate(program.slots)}
    return Assessor(
        moment=moment,
        slots=slots,
        places=program.places,
        findings=dict.fromkeys(moment.law.findings, Verdict.UNKNOWN),
        duties=tuple(
            (rule, slots.get((rule.id, "discharged")), _starts(rule, moment.law)) for rule in moment.law.duties
        ),
        run=made["make"](**_constants(program, moment)),
        verdicts=made["verdicts"],
    )


def _starts(rule: Rule, law: Law) -> tuple[str, ...]:
    """The facts that set the limits of a duty running, through definitions."""
    limits = [limit for limit in (rule.duty.due, rule.duty.not_before) if limit] if rule.duty else []
    return tuple(sorted({fact for limit in limits for fact in facts_behind(Name(limit.of), law)}))


def _program(law: Law) -> tuple[Program, dict[str, Any]]:
    """The law's program and the functions in its source, kept by the policy."""
    memo = law.policy._memo  # noqa: SLF001 - the policy keeps it for us
    absent = tuple(name for name, value in law.parameters.items() if value is None)
    standing = ("program", tuple(rule.id for rule in law.rules), absent, law.school_age is None)
    if standing not in memo:
        program = write(law)
        made: dict[str, Any] = {}
        exec(compile(program.source, f"<{law.policy.id}>", "exec"), made)  # noqa: S102 - our own source, from checked trees
        memo[standing] = program, made
    found: tuple[Program, dict[str, Any]] = memo[standing]
    return found


def _constants(program: Program, moment: Moment) -> dict[str, Any]:
    """What the constants of a program are on this day, in these calendars."""
    constants: dict[str, Any] = {"NEVER": NEVER, "ON": moment.today}
    for name, value in moment.law.parameters.items():
        constants[f"P_{name}"] = value.count if isinstance(value, Span) else value
    for constant in program.constants:
        constants |= constant.values(moment)
    return constants
