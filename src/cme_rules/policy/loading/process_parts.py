"""The parts of a process from their tables: grounds, events, clocks and transitions, each fault at its line."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from attrs import evolve, field, frozen

from cme_rules.conditions.kinds import BOOL, DATE, Base, Kind
from cme_rules.conditions.nodes import Node
from cme_rules.conditions.parse import parse
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

__all__ = ["Desk", "Layer", "Place", "event", "tables", "texts", "timer", "transitions"]

_Entry = TypeVar("_Entry")
_Grounded = ProcessEntry | StateEntry | GroupEntry | EventEntry | TimerEntry | TransitionEntry
_KINDS = {"bool": BOOL, "date": DATE}


@frozen(kw_only=True, eq=False, repr=False)
class Layer:
    """One file of a process: the pack it is in, its number in the chain, and what it says of the whole."""

    entry: ProcessEntry
    file: TomlFile
    pack: str
    depth: int


@frozen(kw_only=True, eq=False, repr=False)
class Desk:
    """What a process is built with: the policy, the names a guard may use, and the faults found so far."""

    policy: Policy
    vocabulary: dict[str, Kind]
    faults: list[PolicyFault] = field(factory=list)


@frozen(kw_only=True, eq=False, repr=False)
class Place:
    """A table of a layer, and what it rests on unless it says otherwise."""

    desk: Desk
    layer: Layer
    table: str = ""
    around: Grounds = field(factory=lambda: Grounds(paragraph=""))

    def wrong(self, key: str, problem: str) -> None:
        """Note a fault."""
        self.desk.faults.append(self.layer.file.fault(problem, table=self.table, key=key))

    def read(self, data: object, entry: type[_Entry]) -> _Entry | None:
        """The table as its class, or None and its faults."""
        made, wrong = structure(data, entry, file=self.layer.file, name=self.table)
        self.desk.faults.extend(wrong)
        return made

    def within(self, table: str, around: Grounds | None = None) -> "Place":
        """A table inside this one."""
        return evolve(self, table=f"{self.table}.{table}" if self.table else table, around=around or self.around)

    def grounds(self, entry: _Grounded) -> Grounds:
        """What a part rests on: what it says itself, and otherwise what the part around it says."""
        basis = self._basis(entry.basis)
        drawn_from = entry.drawn_from or (self.around.drawn_from if basis is self.around.basis else "")
        if basis is Basis.RECONSTRUCTED and not drawn_from:
            self.wrong("basis", "what is reconstructed says from what: add `drawn_from`")
        if basis is Basis.STATED and entry.drawn_from:
            self.wrong("drawn_from", "only what is reconstructed is drawn from something")
        paragraph = entry.paragraph or self.around.paragraph
        if paragraph not in self.desk.policy.paragraphs:
            self.wrong("paragraph", f"paragraph {paragraph!r} stands in no source.toml")
        return Grounds(paragraph=paragraph, basis=basis, drawn_from=drawn_from, readings=texts(entry.reading))

    def _basis(self, said: str) -> Basis:
        known = {each.value: each for each in Basis}
        if said and said not in known:
            self.wrong("basis", f"{said!r} is not one of {', '.join(known)}")
        return known.get(said, self.around.basis)

    def settled(self, given: object, key: str) -> dict[str, object]:
        """Values a process sets by itself: facts of the policy, of their declared kinds."""
        if not isinstance(given, dict):
            self.wrong(key, "expected a table of facts and values")
            return {}
        for name, value in given.items():
            spec = self.desk.policy.facts.get(name)
            problem = spec.problem_with(value) if spec else "this is not a fact of the policy"
            if problem:
                self.wrong(key, f"{name}: {problem}")
        return given

    def tree(self, text: str, key: str, wanted: Kind) -> Node | None:
        """The tree of an expression that gives a value of a kind; None where there is no text, or a fault."""
        if not text:
            return None
        try:
            node, kind = parse(text, self.desk.vocabulary)
        except ConditionError as fault:
            self.wrong(key, str(fault))
            return None
        if kind != wanted:
            self.wrong(key, f"expected an expression that gives a {wanted}, found {kind}")
        return node


def tables(
    layer: Layer, desk: Desk, kind: str, entry: type[_Entry], around: Grounds
) -> Iterator[tuple[str, Place, _Entry]]:
    """(name, place, entry) of every table of a kind, `[event.X]` or `[state.X]`, that can be read."""
    listed = getattr(layer.entry, kind)
    if not isinstance(listed, dict):
        Place(desk=desk, layer=layer, table=kind).wrong("", "expected tables of keys and values")
        return
    for name, data in listed.items():
        place = Place(desk=desk, layer=layer, table=f"{kind}.{name}", around=around)
        made = place.read(data, entry)
        if made is not None:
            yield name, place, made


def texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One text or several, as several."""
    return ((value,) if value else ()) if isinstance(value, str) else value


def event(name: str, entry: EventEntry, place: Place) -> EventSpec:
    """An event; its attributes join the names a guard may use."""
    facts, roles = place.desk.policy.facts, texts(entry.by)
    if not entry.title:
        place.wrong("title", "an event has a title")
    if entry.fact and (entry.fact not in facts or facts[entry.fact].kind != DATE):
        place.wrong("fact", f"{entry.fact!r} is not a date fact of the policy")
    for told in entry.tells:
        if told not in facts:
            place.wrong("tells", f"{told!r} is not a fact of the policy")
    listed = entry.attributes if isinstance(entry.attributes, dict) else {}
    if listed is not entry.attributes:
        place.wrong("attributes", "expected a table for each attribute")
    found = {inner: _attribute(inner, data, place, roles) for inner, data in listed.items()}
    return EventSpec(
        id=name, title=entry.title, roles=roles, fact=entry.fact, tells=entry.tells, judgement=entry.judgement,
        forgets=entry.forgets,
        attributes={inner: made for inner, made in found.items() if made is not None},
        gives=place.settled(entry.gives, "gives"), grounds=place.grounds(entry),
    )  # fmt: skip


def _attribute(name: str, data: object, place: Place, knows: tuple[str, ...]) -> FactSpec | None:
    entry = place.within(f"attributes.{name}").read(data, AttributeEntry)
    if entry is None:
        return None
    kinds = {**_KINDS, "text": Kind(Base.TEXT, words=entry.one_of or None)}
    if entry.type not in kinds:
        place.wrong(name, f"{entry.type!r} is not one of {', '.join(kinds)}")
        return None
    if name in place.desk.vocabulary or not name.isidentifier():
        place.wrong(name, f"{name!r} already means something, or cannot be a name: choose another")
        return None
    place.desk.vocabulary[name] = kinds[entry.type]
    return FactSpec(
        name=name, kind=kinds[entry.type], ask=entry.ask, knows=knows,
        phrase=Phrase(entry.words, entry.not_words, entry.type == "date"), pack=place.layer.pack,
    )  # fmt: skip


def timer(name: str, entry: TimerEntry, place: Place) -> Timer:
    """A clock."""
    ways = [way for way in ("runs", "until", "opens") if getattr(entry, way)]
    if len(ways) != 1:
        found = ", ".join(ways) or "none"
        place.wrong("", f"a clock has exactly one of runs, until, opens; found {found}")
    span = place.desk.policy.parameters.get(entry.runs)
    if entry.runs and (span is None or not span.is_span):
        place.wrong("runs", f"{entry.runs!r} is not a parameter with a span of time")
    return Timer(
        id=name, title=entry.title, starts=texts(entry.starts), runs=entry.runs, expects=entry.expects,
        until=place.tree(entry.until, "until", DATE), opens=place.tree(entry.opens, "opens", DATE),
        text=entry.until or entry.opens, stops=entry.stops, if_not=entry.if_not, grounds=place.grounds(entry),
    )  # fmt: skip


def transitions(on: object, place: Place, events: Mapping[str, EventSpec]) -> dict[str, list[Transition]]:
    """What the `on` of a state or group says, by event; their state is not filled in yet."""
    if not isinstance(on, dict):
        place.wrong("on", "expected events, each with a state or a table")
        return {}
    found: dict[str, list[Transition]] = {}
    for name, data in on.items():
        if name not in events:
            place.wrong(f"on.{name}", f"event {name!r} is not declared")
            continue
        for table in data if isinstance(data, list) else [data]:
            made = _transition(table, place, events[name])
            if made is not None:
                found.setdefault(name, []).append(made)
    return found


def _transition(data: object, place: Place, spec: EventSpec) -> Transition | None:
    inner = place.within(f"on.{spec.id}")
    entry = inner.read({"to": data} if isinstance(data, str) else data, TransitionEntry)
    if entry is None:
        return None
    forces = {force.value: force for force in Force}
    if entry.force not in forces:
        place.wrong(f"on.{spec.id}", f"{entry.force!r} is not one of {', '.join(forces)}")
    return Transition(
        state="", event=spec.id, to=entry.to, declared=place.table, pack=place.layer.pack,
        roles=texts(entry.who) or spec.roles, force=forces.get(entry.force, Force.MAY),
        when=place.tree(entry.when, f"on.{spec.id}", BOOL), text=entry.when, not_before=texts(entry.not_before),
        not_after=texts(entry.not_after), grounds=inner.grounds(entry),
    )  # fmt: skip
