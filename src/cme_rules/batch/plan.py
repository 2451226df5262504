"""What is to be worked out for a register: the findings, the duties and the missing facts of a day's law."""

from collections.abc import Iterable, Iterator
from typing import TypedDict, Unpack

from attrs import frozen

from cme_rules.batch.laws import Lawyer, Wanting
from cme_rules.batch.program import UNKNOWN, Program, Slots
from cme_rules.errors import UnknownName
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Rule

__all__ = ["Asked", "DutySlots", "Plan", "Wanted", "planned"]


class Wanted(TypedDict, total=False):
    """What a caller may ask for, as `assess_register` takes it."""

    findings: Iterable[str]
    actions: bool
    possible: bool
    missing: bool | Iterable[str]


@frozen(kw_only=True)
class Asked:
    """What the caller wants: which findings (none named: all), actions, possible actions too, missing facts."""

    findings: tuple[str, ...] = ()
    actions: bool = True
    possible: bool = False
    missing: bool | tuple[str, ...] = False

    @classmethod
    def of(cls, law: Law, **wanted: Unpack[Wanted]) -> "Asked":
        """What is asked of a law.

        Raises UnknownName for a finding that the law of the day does not have.
        """
        missing = wanted.get("missing", False)
        named = missing if isinstance(missing, bool) else tuple(missing) or False
        findings = tuple(wanted.get("findings", ()))
        for name in (*findings, *(named if isinstance(named, tuple) else ())):
            if name not in law.findings:
                msg = f"the law of {law.on} in policy {law.policy.id!r} has no finding {name!r}"
                raise UnknownName(msg)
        return cls(
            findings=findings,
            actions=wanted.get("actions", True),
            possible=wanted.get("possible", False),
            missing=named,
        )

    def rules(self, law: Law) -> dict[str, Rule]:
        """The rules of the findings asked for."""
        return {name: law.findings[name] for name in self.findings} if self.findings else dict(law.findings)


@frozen(kw_only=True)
class DutySlots:
    """A duty with where its trigger holds, where it may hold, and where it is known to be done."""

    rule: Rule
    arisen: int
    possible: int
    done: int


@frozen(kw_only=True, eq=False)
class Plan:
    """A law's program for registers with certain facts, and which slots answer what."""

    law: Law
    program: Program
    findings: dict[str, Slots]
    duties: tuple[DutySlots, ...]
    wanting: tuple[Wanting, ...]


def planned(law: Law, given: frozenset[str], asked: Asked) -> Plan:
    """The plan for a law and a register that says something of the facts `given`."""
    lawyer = Lawyer(law, given)
    findings = {name: lawyer.slots(rule.when) for name, rule in asked.rules(law).items()}
    duties = tuple(_duty(rule, lawyer, asked) for rule in law.duties) if asked.actions else ()
    wanting = tuple(want for rule in _open(law, asked) for want in lawyer.wanting(rule.name, rule.when))
    results = {slot for slots in findings.values() for slot in slots} | {want.slot for want in wanting}
    results |= {slot for duty in duties for slot in (duty.arisen, duty.possible, duty.done)}
    program = lawyer.writer.program(results)
    return Plan(law=law, program=program, findings=findings, duties=duties, wanting=wanting)


def _open(law: Law, asked: Asked) -> Iterator[Rule]:
    """The rules whose missing facts are wanted."""
    if asked.missing is True:
        yield from asked.rules(law).values()
        yield from law.duties if asked.actions and asked.possible else ()
    else:
        yield from (law.findings[name] for name in asked.missing or ())


def _duty(rule: Rule, lawyer: Lawyer, asked: Asked) -> DutySlots:
    trigger = lawyer.slots(rule.when)
    done = rule.duty.discharged if rule.duty else None
    return DutySlots(
        rule=rule,
        arisen=trigger[0],
        possible=lawyer.writer.unknown(trigger) if asked.possible else UNKNOWN[0],
        done=lawyer.slots(done)[0] if done else UNKNOWN[0],
    )
