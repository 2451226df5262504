"""The paragraph table: every paragraph of a policy, whether it is encoded, and by how much."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from cme_rules.policy.model.policy import Policy
from cme_rules.verify.case import Case

__all__ = ["ParagraphRow", "paragraph_rows"]


@frozen(kw_only=True)
class ParagraphRow:
    """One paragraph: what it does, and how many rules, other encoded things, cases and readings stand under its id.

    `others` counts definitions, numbers, schedules, processes, roles, terms, code sets, rules of school age and
    entries of the directory; `cited` the rules of other paragraphs whose answer rests on it. `verified` is False
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
    unverified = {thing.paragraph for thing in (*policy.rules, *policy.parameters.values()) if thing.unverified}
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
    processes = getattr(policy, "processes", ())
    listed = processes.values() if hasattr(processes, "values") else processes
    groups: tuple[Iterable[Any], ...] = (
        policy.definitions.values(),
        policy.parameters.values(),
        policy.schedules,
        policy.roles.values(),
        policy.terms.values(),
        policy.school_ages,
        policy.code_sets,
        policy.previews.values(),
        listed,
    )
    for group in groups:
        for thing in group:
            yield from _paragraphs_of(thing)
    yield from _in_directory(policy.directory)


def _paragraphs_of(thing: Any) -> Iterator[str]:
    """A thing's own paragraph and, of a process, those of its parts."""
    yield from (getattr(thing, "paragraph", ""),)
    for part in ("states", "events", "transitions", "timers", "duties"):
        inner = getattr(thing, part, ())
        for each in inner.values() if hasattr(inner, "values") else inner:
            if not isinstance(each, str):
                yield from (getattr(each, "paragraph", ""),)


def _in_directory(data: object) -> Iterator[str]:
    """Every `paragraph` in the directory, however deep."""
    if isinstance(data, dict):
        found = data.get("paragraph")
        yield from [found] if isinstance(found, str) else []
        for inner in data.values():
            yield from _in_directory(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from _in_directory(inner)


def _readings(policy: Policy) -> Iterator[str]:
    for rule in policy.rules:
        yield from (rule.paragraph for _ in rule.readings)
    for schedule in policy.schedules:
        yield from (schedule.paragraph for _ in schedule.readings)
    for thing in (*policy.parameters.values(), *policy.definitions.values(), *policy.school_ages):
        if thing.reading:
            yield thing.paragraph
