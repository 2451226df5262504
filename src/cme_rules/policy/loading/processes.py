"""Loading processes/*.toml: a file a process, and a policy's additions to the processes of the policy it extends."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.process_entries import EventEntry, GroupEntry, ProcessEntry, StateEntry, TimerEntry
from cme_rules.policy.loading.process_parts import Desk, Layer, Place, event, tables, texts, timer, transitions
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import read_toml
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import EventSpec, Grounds, Process, State, Timer, Transition

__all__ = ["load_processes", "read_layers"]

_SAID_BELOW = "the process below already says what this event does here"


@frozen(kw_only=True, eq=False, repr=False)
class _Group:
    """States with something in common, put together from every layer."""

    states: dict[str, Place] = field(factory=dict)
    duties: dict[str, None] = field(factory=dict)
    implies: dict[str, Any] = field(factory=dict)
    on: dict[str, list[Transition]] = field(factory=dict)


@frozen(kw_only=True, eq=False, repr=False)
class _Draft:
    """A process on the way to being one."""

    id: str
    layers: tuple[Layer, ...]
    desk: Desk
    around: list[Grounds] = field(factory=list)
    events: dict[str, EventSpec] = field(factory=dict)
    timers: dict[str, Timer] = field(factory=dict)
    states: dict[str, State] = field(factory=dict)
    groups: dict[str, _Group] = field(factory=dict)
    depth: dict[tuple[str, str], int] = field(factory=dict)


def load_processes(
    packs: Iterable[tuple[str, Path]], policy: Policy
) -> tuple[dict[str, Process], tuple[PolicyFault, ...]]:
    """The processes of a chain of packs (id and folder, the extended ones first), and everything wrong with them."""
    layers, wrong = read_layers(packs)
    faults = list(wrong)
    made = {}
    for name, files in layers.items():
        draft = _Draft(id=name, layers=tuple(files), desk=Desk(policy=policy, vocabulary=dict(policy.vocabulary)))
        process = _build(draft)
        faults.extend(draft.desk.faults)
        if not draft.desk.faults:
            made[name] = process
    return made, tuple(faults)


def read_layers(packs: Iterable[tuple[str, Path]]) -> tuple[dict[str, list[Layer]], tuple[PolicyFault, ...]]:
    """The files of each process, and what is wrong with them whatever else the policy holds."""
    faults: list[PolicyFault] = []
    layers: dict[str, list[Layer]] = {}
    for depth, (pack, folder) in enumerate(packs):
        for path in sorted(folder.glob("processes/*.toml")):
            _file(path, pack, depth, layers, faults)
    return layers, tuple(faults)


def _file(path: Path, pack: str, depth: int, layers: dict[str, list[Layer]], faults: list[PolicyFault]) -> None:
    """Read a file and put it on the pile of its process."""
    file, wrong = read_toml(path, name=f"{pack}/processes/{path.name}")
    entry, unfit = structure(file.data, ProcessEntry, file=file, name="")
    faults += [*wrong, *unfit]
    if entry is None or wrong:
        return
    name, below = path.stem, path.stem in layers
    if bool(entry.extends) is not below:
        problem = f"a policy below has a process {name!r}" if below else "no policy below has a process of this name"
        faults.append(file.fault(problem, key="extends", remedy="`extends` adds to the process of the same name below"))
    elif entry.extends and entry.extends != name:
        faults.append(file.fault(f"the file is called {name!r} and extends another process", key="extends"))
    elif not entry.extends and not (entry.title and entry.starts and entry.paragraph):
        faults.append(file.fault("a process has a title, a paragraph, and the state it starts in"))
    else:
        layers.setdefault(name, []).append(Layer(entry=entry, file=file, pack=pack, depth=depth))


def _build(draft: _Draft) -> Process:
    """The process of all its layers, in order: events, clocks, groups, states."""
    desk, first = draft.desk, draft.layers[0].entry
    base = Grounds(paragraph="")
    for layer in draft.layers:
        base = Place(desk=desk, layer=layer, around=base).grounds(layer.entry)
        draft.around.append(base)
        for name, place, entry in tables(layer, desk, "event", EventEntry, base):
            known = draft.events.get(name)
            draft.events[name] = event(name, entry, place) if known is None else _forgetting(known, entry, place)
    for layer, around in zip(draft.layers, draft.around, strict=True):
        for name, place, clock in tables(layer, desk, "timer", TimerEntry, around):
            if _fresh(name, draft.timers, place):
                draft.timers[name] = timer(name, clock, place)
        for name, place, state in tables(layer, desk, "state", StateEntry, around):
            _state(name, state, place, draft)
        for name, place, group in tables(layer, desk, "group", GroupEntry, around):
            _group(name, group, place, draft)
    _share_out(draft)
    _check_names(draft)
    return Process(
        id=draft.id, title=first.title, starts=first.starts, grounds=draft.around[0],
        packs=tuple(layer.pack for layer in draft.layers), files=tuple(layer.file.name for layer in draft.layers),
        states=draft.states, events=draft.events, timers=draft.timers,
    )  # fmt: skip


def _forgetting(known: EventSpec, entry: EventEntry, place: Place) -> EventSpec:
    """An event of the process below, with more that it makes pointless."""
    if entry != EventEntry(forgets=entry.forgets):
        place.wrong("", "to an event of the process below only `forgets` is added")
    return evolve(known, forgets=(*known.forgets, *entry.forgets))


def _fresh(name: str, known: Mapping[str, object], place: Place) -> bool:
    if name in known:
        place.wrong("", f"{name!r} is already declared by the process below")
    return name not in known


def _state(name: str, entry: StateEntry, place: Place, draft: _Draft) -> None:
    """A new state, or what a later layer adds to one."""
    known = draft.states.get(name)
    if known is None and not entry.title:
        place.wrong("title", "a state has a title")
    if known is not None and (entry.title or entry.final or entry.owner or entry.then):
        place.wrong("", "to a state of the process below only duties, events and facts are added")
    rests = place.grounds(entry)
    state = known or State(
        id=name, title=entry.title, grounds=rests, final=entry.final, owners=texts(entry.owner), then=entry.then,
    )  # fmt: skip
    own = transitions(entry.on, evolve(place, around=rests), draft.events)
    for happening in own:
        if state.on(happening):
            place.wrong(f"on.{happening}", _SAID_BELOW)
        draft.depth[name, happening] = place.layer.depth
    draft.states[name] = evolve(
        state,
        duties=(*state.duties, *entry.duties),
        implies={**state.implies, **place.settled(entry.implies, "implies")},
        transitions=(*state.transitions, *(_placed(each, name) for each in _all(own))),
    )


def _all(found: Mapping[str, list[Transition]]) -> Iterator[Transition]:
    for several in found.values():
        yield from several


def _placed(transition: Transition, state: str) -> Transition:
    return evolve(transition, state=state, to=transition.to or state)


def _group(name: str, entry: GroupEntry, place: Place, draft: _Draft) -> None:
    group = draft.groups.setdefault(name, _Group())
    group.states.update({member: place for member in entry.states if member not in group.states})
    group.duties.update(dict.fromkeys(entry.duties))
    group.implies.update(place.settled(entry.implies, "implies"))
    own = transitions(entry.on, evolve(place, around=place.grounds(entry)), draft.events)
    for happening, found in own.items():
        if happening in group.on:
            place.wrong(f"on.{happening}", _SAID_BELOW)
        group.on[happening] = found
        draft.depth[f"group.{name}", happening] = place.layer.depth


def _share_out(draft: _Draft) -> None:
    """Give every state what its groups have; what the state itself says of an event goes before its group's."""
    for name, group in draft.groups.items():
        for member, place in group.states.items():
            state = draft.states.get(member)
            if state is None:
                place.wrong("states", f"state {member!r} is not declared")
                continue
            common = [each for each in _all(group.on) if not _said_by_state(each, member, name, draft)]
            draft.states[member] = evolve(
                state,
                duties=tuple(dict.fromkeys((*state.duties, *group.duties))),
                implies={**group.implies, **state.implies},
                transitions=(*state.transitions, *(_placed(each, member) for each in common)),
            )


def _said_by_state(each: Transition, member: str, group: str, draft: _Draft) -> bool:
    """Whether the state has its own answer. A later layer may not put one in the place of an earlier layer's."""
    own = draft.depth.get((member, each.event))
    if own is None:
        return False
    if own > draft.depth[f"group.{group}", each.event]:
        layer = next(layer for layer in draft.layers if layer.depth == own)
        place = Place(desk=draft.desk, layer=layer, table=f"state.{member}")
        place.wrong(f"on.{each.event}", f"{_SAID_BELOW} (group {group})")
    return True


def _check_names(draft: _Draft) -> None:
    """Every state, event, clock and role that is named is declared."""
    first = draft.layers[0]
    if first.entry.starts not in draft.states:
        Place(desk=draft.desk, layer=first).wrong("starts", f"state {first.entry.starts!r} is not declared")
    own = {name: spec for each in draft.events.values() for name, spec in each.attributes.items()}
    known: dict[str, Mapping[str, object]] = {
        "state": draft.states, "event": draft.events, "clock": draft.timers, "role": draft.desk.policy.roles,
        "fact": {**draft.desk.policy.facts, **own},
    }  # fmt: skip
    for table, kind, name in dict.fromkeys(_named(draft)):
        if name not in known[kind]:
            layer = next((each for each in reversed(draft.layers) if each.file.line(table)), first)
            Place(desk=draft.desk, layer=layer, table=table).wrong("", f"{kind} {name!r} is not declared")


def _named(draft: _Draft) -> Iterator[tuple[str, str, str]]:
    """(table, kind of thing, name) for every name a part of the process uses."""
    for state in draft.states.values():
        yield from ((f"state.{state.id}", "role", role) for role in state.owners)
        for each in state.transitions:
            yield each.declared, "state", each.to
            yield from ((each.declared, "clock", name) for name in (*each.not_before, *each.not_after))
            yield from ((each.declared, "role", role) for role in each.roles)
    for spec in draft.events.values():
        yield from ((f"event.{spec.id}", "role", role) for role in spec.roles)
        yield from ((f"event.{spec.id}", "fact", name) for name in spec.forgets)
    for clock in draft.timers.values():
        yield from ((f"timer.{clock.id}", "event", name) for name in (*clock.starts, *clock.expects, *clock.stops))
