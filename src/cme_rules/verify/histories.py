"""The tests of a policy's processes, kept as data: what happened, and where the case should then stand.

They stand in cases/histories_*.toml, a table `[[history]]` each.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen

from cme_rules.errors import BrokenPolicy, PolicyFault, ProcessError
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile, read_toml
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Process
from cme_rules.processes.case import Case, read_case
from cme_rules.processes.position import position
from cme_rules.verify.positions import ABSENT, said_of

__all__ = ["HistoryCase", "HistoryResult", "HistoryWrong", "read_histories", "run_histories", "untried", "wrong_with"]

_FEWEST_WORDS = 3
_HEADING = "[[history]]"


@frozen(kw_only=True)
class _Entry:
    """`[[history]]`; `process` may stand once at the head of the file instead, `base` names shared facts.

    `after` names an earlier history of the file: its facts and events come first.
    """

    name: str
    on: date
    events: Any
    state: str
    process: str = ""
    base: str = ""
    after: str = ""
    facts: Any = field(factory=dict)
    since: date | None = None
    next: Any = None
    not_next: tuple[str, ...] = ()
    refused: Any = field(factory=list)
    due: Any = field(factory=dict)
    overdue: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    duties: Any = field(factory=dict)
    implies: Any = field(factory=dict)
    then: tuple[str, ...] | None = None


@frozen(kw_only=True)
class HistoryCase:
    """One history: what happened to an invented child, and what is expected of the position on a day.

    `next` maps events that may happen to their first lawful day, "now" or "unknown"; `refused` lists, in order, the
    refused events with the kind of refusal, and nothing else may be refused. `overdue`, where given at all, and
    `late` list clocks. `implies` says what is so while the case stands there, `then` which processes take over.
    """

    name: str
    case: Case = field(repr=False)
    on: date
    state: str
    file: str
    line: int
    since: date | None = None
    next: Mapping[str, date | str] = field(factory=dict)
    not_next: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    due: Mapping[str, date] = field(factory=dict)
    overdue: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    duties: Mapping[str, str] = field(factory=dict)
    implies: Mapping[str, Any] = field(factory=dict)
    then: tuple[str, ...] | None = None


@frozen(kw_only=True)
class HistoryWrong:
    """One thing a history expected and did not get."""

    about: str
    expected: str
    found: str


@frozen(kw_only=True)
class HistoryResult:
    """A history with everything in which the process differs from it."""

    history: HistoryCase
    wrong: tuple[HistoryWrong, ...]

    @property
    def passed(self) -> bool:
        """Whether the case stands as expected in every respect."""
        return not self.wrong


def read_histories(policy: Policy, folder: Path) -> tuple[HistoryCase, ...]:
    """The histories of a policy's own folder, in order.

    Raises BrokenPolicy with every fault of every file: an unknown key, process, state, event, clock or action, a
    value of the wrong kind, a name that stands twice.
    """
    faults: list[PolicyFault] = []
    found: dict[str, HistoryCase] = {}
    for path in sorted(folder.glob("cases/histories_*.toml")):
        file, wrong = read_toml(path, name=f"{folder.name}/cases/{path.name}")
        faults += wrong
        for made in _of_file(file, policy, faults):
            if made.name in found:
                faults.append(
                    PolicyFault(file=made.file, line=made.line, key=made.name, problem="the name stands twice")
                )
            found.setdefault(made.name, made)
    if faults:
        raise BrokenPolicy(policy.id, tuple(faults))
    return tuple(found.values())


def _of_file(file: TomlFile, policy: Policy, faults: list[PolicyFault]) -> Iterator[HistoryCase]:
    tables, bases = file.data.get("history", []), file.data.get("base", {})
    strange = set(file.data) - {"process", "history", "base"}
    faults += [file.fault("expected process, base and history only", table=key) for key in sorted(strange)]
    lines = [place for place, line in enumerate(file.text.splitlines(), start=1) if line.strip() == _HEADING]
    told: dict[str, tuple[dict[str, Any], list[Any]]] = {}
    for place, table in enumerate(tables if isinstance(tables, list) else []):
        line = lines[place] if len(lines) == len(tables) else 0
        entry, wrong = structure(table, _Entry, file=file, name="history")
        reader = _Reader(file=file, line=line, policy=policy, faults=faults)
        for fault in wrong:
            reader.wrong(fault.key, fault.problem)
        if entry is not None:
            made = reader.read(entry, file.data.get("process", ""), bases, told)
            if made is not None:
                yield made


@frozen(kw_only=True)
class _Reader:
    """Reads one table; faults go into the list it was given."""

    file: TomlFile
    line: int
    policy: Policy
    faults: list[PolicyFault]

    def wrong(self, key: str, problem: str) -> None:
        self.faults.append(PolicyFault(file=self.file.name, line=self.line, key=key, problem=problem))

    def read(
        self, entry: _Entry, process: str, bases: Mapping[str, Any], told: dict[str, tuple[dict[str, Any], list[Any]]]
    ) -> HistoryCase | None:
        """The history, or None and its faults; what it tells is kept for those that come after it."""
        named = self.policy.processes.get(entry.process or process)
        if named is None or (entry.base and entry.base not in bases) or (entry.after and entry.after not in told):
            self.wrong(entry.name, "its process, its base, or the history it comes after, is not declared")
            return None
        if len(entry.name.split()) < _FEWEST_WORDS:
            self.wrong(entry.name, "a history's name is a sentence")
        earlier, before = told.get(entry.after, ({}, []))
        facts, events = {**earlier, **bases.get(entry.base, {}), **entry.facts}, [*before, *entry.events]
        told[entry.name] = facts, events
        try:
            case = read_case({"facts": facts, "events": events}, named, self.policy)
        except ProcessError as fault:
            self.wrong(entry.name, str(fault))
            return None
        self._check_names(entry, named)
        return HistoryCase(
            name=entry.name, case=case, on=entry.on, state=entry.state, file=self.file.name, line=self.line,
            since=entry.since, next=dict(entry.next or {}), not_next=entry.not_next,
            refused=tuple((each[0], each[1]) for each in entry.refused), due=dict(entry.due), overdue=entry.overdue,
            late=entry.late, duties=dict(entry.duties), implies=dict(entry.implies), then=entry.then,
        )  # fmt: skip

    def _check_names(self, entry: _Entry, process: Process) -> None:
        actions = {rule.name for rule in self.policy.rules if rule.duty}
        refused = [each[0] for each in entry.refused]
        groups: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
            ("state", (entry.state,), process.states),
            ("event", (*(entry.next or {}), *entry.not_next, *refused), process.events),
            ("clock", (*entry.due, *entry.overdue, *entry.late), process.timers),
            ("action", entry.duties, actions),
            ("fact", entry.implies, self.policy.facts),
            ("process", entry.then or (), self.policy.processes),
        )
        for kind, names, known in groups:
            for name in names:
                if name not in known:
                    self.wrong(entry.name, f"there is no {kind} {name!r}")


def run_histories(policy: Policy, histories: Iterable[HistoryCase]) -> tuple[HistoryResult, ...]:
    """Each history replayed, and where it stands beside where it should."""
    return tuple(HistoryResult(history=each, wrong=tuple(wrong_with(each, policy))) for each in histories)


def wrong_with(history: HistoryCase, policy: Policy) -> Iterator[HistoryWrong]:
    """Everything in which the process differs from a history, found one after another."""
    said = said_of(position(history.case, on=history.on, policy=policy))
    for about, expected, got in _compared(history, said):
        if expected != got:
            yield HistoryWrong(about=about, expected=str(expected), found=str(got))


def _compared(history: HistoryCase, said: Mapping[str, object]) -> Iterator[tuple[str, object, object]]:
    """(what, expected, found) for everything a history expects."""
    yield "state", history.state, said["state"]
    yield "since", history.since or said["since"], said["since"]
    yield "refused", history.refused, said["refused"]
    yield "overdue", tuple(sorted(history.overdue)), said["overdue"]
    yield "late", tuple(sorted(history.late)), said["late"]
    if history.then is not None:
        yield "then", history.then, said["then"]
    for group, absent in ABSENT.items():
        for name, expected in getattr(history, group).items():
            yield f"{group}.{name}", expected, said.get(f"{group}.{name}", absent)
    for name in history.not_next:
        yield f"not_next.{name}", ABSENT["next"], said.get(f"next.{name}", ABSENT["next"])


def untried(policy: Policy, histories: Iterable[HistoryCase]) -> tuple[str, ...]:
    """The transitions a policy's own files declare that none of its histories takes, as `process: transition`."""
    tried: dict[str, set[str]] = {}
    for history in histories:
        taken = position(history.case, on=history.on, policy=policy).history.taken
        tried.setdefault(history.case.process.id, set()).update(each.transition.id for each in taken)
    return tuple(
        f"{process.id}: {name}"
        for process in policy.processes.values()
        for name in dict.fromkeys(each.id for each in process.transitions if each.pack == policy.id)
        if name not in tried.get(process.id, set())
    )
