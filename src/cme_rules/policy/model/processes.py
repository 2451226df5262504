"""A process as data: the states a case can be in, what may happen in each, and the clocks that run meanwhile.

A process waits in exactly one state. What happened is an event; an event leads to the next state by a transition.
Everything here is what a file says; what follows from it is in `cme_rules.processes`.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from attrs import field, frozen

from cme_rules.conditions.nodes import Node
from cme_rules.domain.shown import mimebundle
from cme_rules.domain.verdict import Force
from cme_rules.policy.model.facts import FactSpec

__all__ = ["Basis", "EventSpec", "Grounds", "Process", "State", "Timer", "Transition"]


class Basis(Enum):
    """Whether a source says so, or we put it together from other things because the source is lost or silent."""

    STATED = "stated"
    RECONSTRUCTED = "reconstructed"


@frozen(kw_only=True)
class Grounds:
    """What a part of a process rests on. `drawn_from` says from what a reconstructed part was put together."""

    paragraph: str
    basis: Basis = Basis.STATED
    drawn_from: str = ""
    readings: tuple[str, ...] = ()


@frozen(kw_only=True)
class EventSpec:
    """Something that may happen on a day, and what its happening tells.

    `fact` is the date fact of the policy that the day of the event is. `tells` are further facts of the policy a
    caller may give with it, `attributes` facts of this process alone, and `gives` what is so once it has happened.
    `forgets` are facts that earlier events told and that tell nothing any more: a second notice wants a second answer.
    """

    id: str
    title: str
    roles: tuple[str, ...]
    grounds: Grounds
    fact: str = ""
    tells: tuple[str, ...] = ()
    attributes: Mapping[str, FactSpec] = field(factory=dict)
    gives: Mapping[str, Any] = field(factory=dict)
    forgets: tuple[str, ...] = ()
    judgement: str = ""

    @property
    def says(self) -> tuple[str, ...]:
        """Everything that may be given with the event."""
        return (*self.tells, *self.attributes)


@frozen(kw_only=True)
class Transition:
    """From a state, by an event, to a state; `to` is the state itself where the case stays.

    The guard must hold. The day of the event must come after every clock in `not_before` has run out, and no later
    than the last day of every clock in `not_after`. `declared` tells where in the file of `pack` it stands.
    """

    state: str
    event: str
    to: str
    declared: str
    pack: str
    grounds: Grounds
    roles: tuple[str, ...]
    force: Force = Force.MAY
    when: Node | None = None
    text: str = ""
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its name as declared: once for a whole group of states."""
        return f"{self.declared}.{self.event}" + (f" when {self.text}" if self.text else "")


@frozen(kw_only=True)
class State:
    """Where a case can stand. A final state is left by nothing; any other waits for its owners or for a clock.

    `implies` are facts that are so while the case stands here, `duties` the actions that belong to it, and `then`
    the processes a final state hands the child over to.
    """

    id: str
    title: str
    grounds: Grounds
    final: bool = False
    owners: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    implies: Mapping[str, Any] = field(factory=dict)
    then: tuple[str, ...] = ()
    transitions: tuple[Transition, ...] = ()

    def on(self, event: str) -> tuple[Transition, ...]:
        """The transitions an event may take from here."""
        return tuple(each for each in self.transitions if each.event == event)


@frozen(kw_only=True)
class Timer:
    """A clock that an event sets running, and sets running anew each time it happens.

    It ends in one of three ways: it `runs` for a span parameter; or it lasts `until` a day, its last; or it `opens` on
    a day, the first on which something is lawful. `expects` are the events to happen by the last day, any of which
    stops it, and `if_not` what follows when none has; `stops` are events that make it pointless.
    """

    id: str
    title: str
    starts: tuple[str, ...]
    grounds: Grounds
    runs: str = ""
    until: Node | None = None
    opens: Node | None = None
    text: str = ""
    expects: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    if_not: str = ""


@frozen(kw_only=True, eq=False)
class Process:
    """A process: states, events and clocks by name, and the state a case begins in.

    `packs` are the policies that had a hand in it, the first the one that set it up; `files` where it stands.
    """

    _repr_mimebundle_ = mimebundle

    id: str
    title: str
    starts: str
    grounds: Grounds
    packs: tuple[str, ...]
    files: tuple[str, ...]
    states: Mapping[str, State]
    events: Mapping[str, EventSpec]
    timers: Mapping[str, Timer] = field(factory=dict)

    def __repr__(self) -> str:
        """Its id and how much it holds."""
        return f"Process({self.id!r}, states={len(self.states)}, events={len(self.events)})"

    @property
    def attributes(self) -> Mapping[str, FactSpec]:
        """The facts only this process knows, by name."""
        return {name: spec for event in self.events.values() for name, spec in event.attributes.items()}

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """Every transition of every state."""
        return tuple(each for state in self.states.values() for each in state.transitions)
