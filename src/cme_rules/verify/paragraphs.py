"""The paragraph table: every paragraph of a policy, whether it is encoded, and by how much."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Grounds
from cme_rules.verify.case import Case

__all__ = ["ParagraphRow", "paragraph_rows"]


@frozen(kw_only=True)
class ParagraphRow:
    """One paragraph: what it does, and how many rules, other encoded things, cases and readings stand under its id.

    `others` counts definitions, numbers, schedules, parts of processes, roles, terms, code sets, rules of school age
    and entries of the directory; `cited` the rules of other paragraphs whose answer rests on it. `verified` is False
    where something under it was written without seeing the source.
    """

    id: str
    pack: str
    gist: str
    kind: str
    status: str
    rules: int
    others: int
    cited: int
    cases: int
    readings: int
    verified: bool

    @property
    def empty(self) -> bool:
        """Whether it is said to be encoded and nothing encodes it."""
        return self.status == "encoded" and not (self.rules or self.others or self.cited)


def paragraph_rows(policy: Policy, cases: Iterable[Case]) -> tuple[ParagraphRow, ...]:
    """A row for every paragraph, in the policy's order."""
    rules = Counter(rule.paragraph for rule in policy.rules)
    cited = Counter(name for rule in policy.rules for name in rule.cites)
    others = Counter(_others(policy))
    tested = Counter(case.paragraph for case in cases)
    readings = Counter(_readings(policy))
    unverified = {rule.paragraph for rule in policy.rules if rule.unverified}
    unverified |= {number.paragraph for number in policy.parameters.values() if number.unverified}
    return tuple(
        ParagraphRow(
            id=name,
            pack=paragraph.pack,
            gist=paragraph.gist,
            kind=paragraph.kind.value,
            status="encoded" if paragraph.encoded else "context",
            rules=rules[name],
            others=others[name],
            cited=cited[name],
            cases=tested[name],
            readings=readings[name],
            verified=name not in unverified,
        )
        for name, paragraph in policy.paragraphs.items()
    )


def _others(policy: Policy) -> Iterator[str]:
    """The paragraph of everything encoded that is not a rule."""
    groups: tuple[Iterable[Any], ...] = (
        policy.definitions.values(),
        policy.parameters.values(),
        policy.schedules,
        policy.roles.values(),
        policy.terms.values(),
        policy.school_ages,
        policy.code_sets,
        policy.previews.values(),
    )
    for group in groups:
        yield from (thing.paragraph for thing in group)
    yield from (grounds.paragraph for grounds in _grounds(policy))
    yield from policy.directory.paragraphs


def _grounds(policy: Policy) -> Iterator[Grounds]:
    """What every process rests on, and each of its states, transitions, events and clocks."""
    for process in policy.processes.values():
        yield process.grounds
        for group in (process.states, process.events, process.timers):
            yield from (thing.grounds for thing in group.values())
        for state in process.states.values():
            yield from (transition.grounds for transition in state.transitions)


def _readings(policy: Policy) -> Iterator[str]:
    for rule in policy.rules:
        yield from (rule.paragraph for _ in rule.readings)
    for schedule in policy.schedules:
        yield from (schedule.paragraph for _ in schedule.readings)
    for grounds in _grounds(policy):
        yield from (grounds.paragraph for _ in grounds.readings)
    yield from (number.paragraph for number in policy.parameters.values() if number.reading)
    yield from (definition.paragraph for definition in policy.definitions.values() if definition.reading)
    yield from (dated.paragraph for dated in policy.school_ages if dated.reading)
