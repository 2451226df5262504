"""The parts of a process from their tables: grounds, events, clocks and transitions, each fault at its line."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from cme_rules.conditions.kinds import BOOL, DATE, Base, Kind
from cme_rules.conditions.nodes import Node
from cme_rules.conditions.parse import parse, parse_condition
from cme_rules.conditions.words import Phrase
from cme_rules.domain.verdict import Force
from cme_rules.errors import ConditionError, PolicyFault
from cme_rules.policy.loading.process_entries import (
    AttributeEntry,
    EventEntry,
    GroupEntry,
    ProcessEntry,
    StateEntry,
    TimerEntry,
    TransitionEntry,
)
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Basis, EventSpec, Grounds, Timer, Transition

__all__ = ["Desk", "Layer", "event", "grounds", "settle", "texts", "timer", "transitions"]

_Entry = TypeVar("_Entry")
_Grounded = ProcessEntry | StateEntry | GroupEntry | EventEntry | TimerEntry | TransitionEntry
_KINDS = {"bool": BOOL, "date": DATE}


@frozen(kw_only=True)
class Layer:
    """One file of a process: the pack it is in, its number in the chain, and what it says of the whole."""

    entry: ProcessEntry
    file: TomlFile
    pack: str
    depth: int


@frozen(kw_only=True)
class Desk:
    """What a process is built with: the policy, the names a guard may use, and the faults found so far."""

    policy: Policy
    vocabulary: dict[str, Kind]
    faults: list[PolicyFault] = field(factory=list)

    def wrong(self, layer: Layer, table: str, key: str, problem: str) -> None:
        """Note a fault."""
        self.faults.append(layer.file.fault(problem, table=table, key=key))

    def read(self, layer: Layer, table: str, data: object, entry: type[_Entry]) -> _Entry | None:
        """A table as its class, or None and its faults."""
        made, wrong = structure(data, entry, file=layer.file, name=table)
        self.faults.extend(wrong)
        return made

    def tables(self, layer: Layer, kind: str, entry: type[_Entry]) -> Iterator[tuple[str, str, _Entry]]:
        """(name, table, entry) of every table of a kind."""
        listed = getattr(layer.entry, kind)
        if not isinstance(listed, dict):
            self.wrong(layer, kind, "", "expected tables of keys and values")
            return
        for name, data in listed.items():
            made = self.read(layer, f"{kind}.{name}", data, entry)
            if made is not None:
                yield name, f"{kind}.{name}", made


def texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One text or several, as several."""
    return ((value,) if value else ()) if isinstance(value, str) else value


def grounds(entry: _Grounded, layer: Layer, desk: Desk, table: str, *, default: Grounds | None = None) -> Grounds:
    """What a part rests on: what it says itself, and otherwise what the part around it says."""
    around = default or Grounds(paragraph="")
    basis = around.basis
    if entry.basis:
        known = [each.value for each in Basis]
        if entry.basis not in known:
            desk.wrong(layer, table, "basis", f"{entry.basis!r} is not one of {', '.join(known)}")
        else:
            basis = Basis(entry.basis)
    drawn_from = entry.drawn_from or (around.drawn_from if basis is around.basis else "")
    if basis is Basis.RECONSTRUCTED and not drawn_from:
        desk.wrong(layer, table, "basis", "what is reconstructed says from what: add `drawn_from`")
    if basis is Basis.STATED and entry.drawn_from:
        desk.wrong(layer, table, "drawn_from", "only what is reconstructed is drawn from something")
    paragraph = entry.paragraph or around.paragraph
    if paragraph not in desk.policy.paragraphs:
        desk.wrong(layer, table, "paragraph", f"paragraph {paragraph!r} stands in no source.toml")
    return Grounds(paragraph=paragraph, basis=basis, drawn_from=drawn_from, readings=texts(entry.reading))


def event(name: str, entry: EventEntry, layer: Layer, desk: Desk, table: str, around: Grounds) -> EventSpec:
    """An event; its attributes join the names a guard may use."""
    facts, roles = desk.policy.facts, texts(entry.by)
    if entry.fact and (entry.fact not in facts or facts[entry.fact].kind != DATE):
        desk.wrong(layer, table, "fact", f"{entry.fact!r} is not a date fact of the policy")
    for told in entry.tells:
        if told not in facts:
            desk.wrong(layer, table, "tells", f"{told!r} is not a fact of the policy")
    settle(entry.gives, layer, desk, table, "gives")
    attributes = {}
    for inner, data in (entry.attributes if isinstance(entry.attributes, dict) else {}).items():
        made = _attribute(inner, data, layer, desk, table, roles)
        if made is not None:
            attributes[inner] = made
    return EventSpec(
        id=name, title=entry.title, roles=roles, fact=entry.fact, tells=entry.tells, attributes=attributes,
        gives=dict(entry.gives) if isinstance(entry.gives, dict) else {}, judgement=entry.judgement,
        grounds=grounds(entry, layer, desk, table, default=around),
    )  # fmt: skip


def _attribute(
    name: str, data: object, layer: Layer, desk: Desk, table: str, knows: tuple[str, ...]
) -> FactSpec | None:
    entry = desk.read(layer, f"{table}.attributes.{name}", data, AttributeEntry)
    if entry is None:
        return None
    kinds = {**_KINDS, "text": Kind(Base.TEXT, words=entry.one_of or None)}
    if entry.type not in kinds:
        desk.wrong(layer, table, name, f"{entry.type!r} is not one of {', '.join(kinds)}")
        return None
    if name in desk.vocabulary or not name.isidentifier():
        desk.wrong(layer, table, name, f"{name!r} already means something, or cannot be a name: choose another")
        return None
    desk.vocabulary[name] = kinds[entry.type]
    return FactSpec(
        name=name, kind=kinds[entry.type], ask=entry.ask, knows=knows, phrase=Phrase(entry.words, entry.not_words),
        pack=layer.pack,
    )  # fmt: skip


def settle(given: object, layer: Layer, desk: Desk, table: str, key: str) -> None:
    """Check values a process sets by itself: facts of the policy, of their declared kinds."""
    if not isinstance(given, dict):
        desk.wrong(layer, table, key, "expected a table of facts and values")
        return
    for name, value in given.items():
        spec = desk.policy.facts.get(name)
        problem = spec.problem_with(value) if spec else "this is not a fact of the policy"
        if problem:
            desk.wrong(layer, table, key, f"{name}: {problem}")


def timer(name: str, entry: TimerEntry, layer: Layer, desk: Desk, table: str, around: Grounds) -> Timer:
    """A clock."""
    ways = [way for way in ("runs", "until", "opens") if getattr(entry, way)]
    if len(ways) != 1:
        desk.wrong(layer, table, "", f"a clock has exactly one of runs, until, opens; found {', '.join(ways) or 'none'}")
    span = desk.policy.parameters.get(entry.runs)
    if entry.runs and (span is None or not span.is_span):
        desk.wrong(layer, table, "runs", f"{entry.runs!r} is not a parameter with a span of time")
    return Timer(
        id=name, title=entry.title, starts=texts(entry.starts), runs=entry.runs,
        until=_day(entry.until, layer, desk, table, "until"), opens=_day(entry.opens, layer, desk, table, "opens"),
        text=entry.until or entry.opens, expects=entry.expects, stops=entry.stops, if_not=entry.if_not,
        grounds=grounds(entry, layer, desk, table, default=around),
    )  # fmt: skip


def _day(text: str, layer: Layer, desk: Desk, table: str, key: str) -> Node | None:
    """The tree of an expression that gives a day."""
    if not text:
        return None
    try:
        node, kind = parse(text, desk.vocabulary)
    except ConditionError as fault:
        desk.wrong(layer, table, key, str(fault))
        return None
    if kind != DATE:
        desk.wrong(layer, table, key, f"expected an expression that gives a date, found {kind}")
    return node


def transitions(
    on: object, layer: Layer, desk: Desk, *, declared: str, around: Grounds, events: Mapping[str, EventSpec]
) -> dict[str, list[Transition]]:
    """What the `on` of a state or group says, by event; their state is not filled in yet."""
    if not isinstance(on, dict):
        desk.wrong(layer, declared, "on", "expected events, each with a state or a table")
        return {}
    found: dict[str, list[Transition]] = {}
    for name, data in on.items():
        if name not in events:
            desk.wrong(layer, declared, f"on.{name}", f"event {name!r} is not declared")
            continue
        for table in data if isinstance(data, list) else [data]:
            made = _transition(name, table, layer, desk, declared, around, events[name])
            if made is not None:
                found.setdefault(name, []).append(made)
    return found


def _transition(
    name: str, data: Any, layer: Layer, desk: Desk, declared: str, around: Grounds, spec: EventSpec
) -> Transition | None:
    table = {"to": data} if isinstance(data, str) else data
    entry = desk.read(layer, f"{declared}.on.{name}", table, TransitionEntry)
    if entry is None:
        return None
    forces = [force.value for force in Force]
    if entry.force not in forces:
        desk.wrong(layer, declared, f"on.{name}", f"{entry.force!r} is not one of {', '.join(forces)}")
        return None
    return Transition(
        state="", event=name, to=entry.to, declared=declared, roles=texts(entry.who) or spec.roles,
        force=Force(entry.force), when=_guard(entry.when, layer, desk, declared, name), text=entry.when,
        not_before=texts(entry.not_before), not_after=texts(entry.not_after),
        grounds=grounds(entry, layer, desk, f"{declared}.on.{name}", default=around),
    )  # fmt: skip


def _guard(text: str, layer: Layer, desk: Desk, declared: str, name: str) -> Node | None:
    try:
        return parse_condition(text, desk.vocabulary) if text else None
    except ConditionError as fault:
        desk.wrong(layer, declared, f"on.{name}", str(fault))
        return None
