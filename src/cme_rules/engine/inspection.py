"""A register inspection: three lists of a school set side by side, and what the policy finds of each child on them.

The lists say little of a child, so few children differ: each way of standing in them is judged once.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import define, field, frozen

from cme_rules.conditions.kinds import Base
from cme_rules.domain.never import NEVER
from cme_rules.engine.assess import assessor
from cme_rules.engine.assessor import Assessor
from cme_rules.engine.readings import facts_behind
from cme_rules.errors import CallError
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy, as_day
from cme_rules.policy.model.rules import Group, Rule

__all__ = ["Inspection", "RowFault", "inspect_register"]

REFERENCE = "reference"
_ENTERED, _DELETED = "entered_on_roll", "off_rolled"
_MADE = ("on_register", "allocated_this_year", "off_roll_notified")


@frozen
class RowFault:
    """Something wrong in one row: the list, the row counted from 1, the column, and what was expected. Never data."""

    list: str
    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        return f"{self.list}, row {self.row}, {self.column}: {self.problem}"


@frozen(kw_only=True)
class Inspection:
    """What an inspection found: the references of the children of whom each finding holds, or is not known.

    References stand in the order of the lists: register, allocated, off-roll. `titles` has each finding's heading,
    `paragraphs` those it rests on, and `faults` every row that could not be read in full: what was wrong in it was
    taken as not known.
    """

    on: date
    children: int
    holds: Mapping[str, tuple[str, ...]] = field(repr=False)
    unknown: Mapping[str, tuple[str, ...]] = field(repr=False)
    titles: Mapping[str, str]
    paragraphs: Mapping[str, tuple[str, ...]]
    faults: tuple[RowFault, ...] = ()
    facts: Mapping[str, Mapping[str, Any]] = field(repr=False, factory=dict)

    def tell(self) -> str:
        """How many children each finding holds for, and for how many it is not known, a finding a line."""
        lines = [f"{self.children} children on the lists"]
        for name, title in self.titles.items():
            found = f"{len(self.holds[name])}, not known of {len(self.unknown[name])}"
            lines.append(f"- {title}: {found} ({name}; {', '.join(self.paragraphs[name])})")
        return "\n".join([*lines, *([f"{len(self.faults)} rows could not be read in full"] if self.faults else [])])


def inspect_register(
    register: Iterable[Mapping[str, Any]],
    allocated: Iterable[Mapping[str, Any]],
    off_roll: Iterable[Mapping[str, Any]],
    policy: Policy,
    *,
    on: date,
) -> Inspection:
    """Compare a school's register with the list of those allocated to it and of those announced as off its roll.

    Each row holds a child's `reference`, your own handle, and any facts of the policy. A child stands on the register
    from `entered_on_roll`, or always, to the day before `off_rolled`. A faulty row is reported and never stops the
    others; where two rows say different things of one fact, it is taken as not known.

    Raises CallError for a datetime, and where the policy has no rule of an inspection in force.
    """
    judge = assessor(policy, on=as_day(on))
    rules = [rule for rule in judge.law.rules if rule.group is Group.REGISTER_INSPECTION]
    if not rules:
        msg = f"policy {policy.id!r} has no rule of group {Group.REGISTER_INSPECTION.value!r} in force on this day"
        raise CallError(msg)
    lists = _Lists(policy=policy, on=on)
    lists.take("register", register)
    lists.take("allocated", allocated)
    lists.take("off_roll", off_roll)
    return _judged(lists, rules, judge)


@define(kw_only=True)
class _Lists:
    """The three lists being put together, a child after another."""

    policy: Policy
    on: date
    facts: dict[str, dict[str, Any]] = field(factory=dict, repr=False)
    faults: list[RowFault] = field(factory=list)
    _doubted: set[tuple[str, str]] = field(factory=set, repr=False)

    def take(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add one list."""
        known = self.policy.facts
        for number, row in enumerate(rows, start=1):
            reference = row.get(REFERENCE)
            if not isinstance(reference, str) or not reference:
                self.faults.append(RowFault(name, number, REFERENCE, "expected text that tells the child apart"))
                continue
            child = self.facts.setdefault(reference, {})
            clean = dict(self._clean(name, number, row, known))
            for fact, value in (*clean.items(), *_standing(name, clean, self.on)):
                self._add(child, reference, fact, value, RowFault(name, number, fact, "another row says otherwise"))

    def _clean(
        self, name: str, number: int, row: Mapping[str, Any], known: Mapping[str, FactSpec]
    ) -> Iterator[tuple[str, Any]]:
        for column, value in row.items():
            if column == REFERENCE or value is None:
                continue
            spec = None if column in _MADE else known.get(column)
            problem = "the policy declares no such fact" if spec is None else spec.problem_with(value)
            if problem:
                shown = column if spec else "(a column)"
                self.faults.append(RowFault(name, number, shown, problem))
            else:
                yield column, NEVER if value is False and spec and spec.kind.base is Base.DATE else value

    def _add(self, child: dict[str, Any], reference: str, fact: str, value: object, fault: RowFault) -> None:
        """Add a fact; one that is said twice and differently is not known."""
        if (reference, fact) in self._doubted:
            return
        if child.get(fact, value) != value:
            if fact == "on_register":
                child[fact] = True  # one row of the register is enough: the child left and came back
                return
            del child[fact]
            self._doubted.add((reference, fact))
            self.faults.append(fault)
            return
        child[fact] = value


def _standing(name: str, row: Mapping[str, Any], on: date) -> Iterator[tuple[str, Any]]:
    """What a list says of a child merely by naming it."""
    if name == "allocated":
        yield "allocated_this_year", True
    elif name == "off_roll":
        yield "off_roll_notified", True
    else:
        entered, deleted = row.get(_ENTERED), row.get(_DELETED)
        begun = not isinstance(entered, date) or entered <= on
        yield "on_register", begun and not (isinstance(deleted, date) and deleted <= on)


def _judged(lists: _Lists, rules: list[Rule], judge: Assessor) -> Inspection:
    needed = sorted(frozenset[str]().union(*(facts_behind(rule.when, judge.law) for rule in rules)))
    slots = {rule.finding: judge.slots[rule.id, "when"] for rule in rules if rule.finding}
    answers: dict[tuple[Any, ...], tuple[bool | None, ...]] = {}
    holds: dict[str, list[str]] = {name: [] for name in slots}
    unknown: dict[str, list[str]] = {name: [] for name in slots}
    for reference, facts in lists.facts.items():
        for made in _MADE:
            facts.setdefault(made, False)
        key = tuple(facts.get(name) for name in needed)
        if key not in answers:
            known = {name: value for name, value in zip(needed, key, strict=True) if value is not None}
            answers[key] = judge.run(**known)
        for name, slot in slots.items():
            answer = answers[key][slot]
            if answer is not False:
                (holds if answer else unknown)[name].append(reference)
    return Inspection(
        on=lists.on,
        children=len(lists.facts),
        holds={name: tuple(found) for name, found in holds.items()},
        unknown={name: tuple(found) for name, found in unknown.items()},
        titles={rule.finding: rule.title for rule in rules if rule.finding},
        paragraphs={rule.finding: rule.paragraphs for rule in rules if rule.finding},
        faults=tuple(lists.faults),
        facts=lists.facts,
    )
