"""The shape of a process file, a class a table: what may stand in it, and of what type."""

from typing import Any

from attrs import field, frozen

__all__ = ["AttributeEntry", "EventEntry", "GroupEntry", "ProcessEntry", "StateEntry", "TimerEntry", "TransitionEntry"]


@frozen(kw_only=True, eq=False, repr=False)
class ProcessEntry:
    """A process file as a whole; with `extends` it adds to the process of that name in a policy below."""

    title: str = ""
    paragraph: str = ""
    basis: str = ""
    drawn_from: str = ""
    reading: str | tuple[str, ...] = ()
    extends: str = ""
    starts: str = ""
    state: Any = field(factory=dict)
    group: Any = field(factory=dict)
    event: Any = field(factory=dict)
    timer: Any = field(factory=dict)


@frozen(kw_only=True, eq=False, repr=False)
class StateEntry:
    """`[state.X]`; one that stands in the extended process may add only duties, owners' events and what they imply."""

    title: str = ""
    paragraph: str = ""
    basis: str = ""
    drawn_from: str = ""
    reading: str | tuple[str, ...] = ()
    final: bool = False
    owner: str | tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    implies: Any = field(factory=dict)
    on: Any = field(factory=dict)


@frozen(kw_only=True, eq=False, repr=False)
class GroupEntry:
    """`[group.X]`: what several states have in common."""

    states: tuple[str, ...]
    title: str = ""
    paragraph: str = ""
    basis: str = ""
    drawn_from: str = ""
    reading: str | tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    implies: Any = field(factory=dict)
    on: Any = field(factory=dict)


@frozen(kw_only=True, eq=False, repr=False)
class TransitionEntry:
    """`on.EVENT`; without `to` the case stays where it is."""

    to: str = ""
    when: str = ""
    not_before: str | tuple[str, ...] = ()
    not_after: str | tuple[str, ...] = ()
    force: str = "may"
    who: str | tuple[str, ...] = ()
    paragraph: str = ""
    basis: str = ""
    drawn_from: str = ""
    reading: str | tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class EventEntry:
    """`[event.X]`; to one of the extended process only `forgets` may be added."""

    title: str = ""
    by: str | tuple[str, ...] = ()
    fact: str = ""
    tells: tuple[str, ...] = ()
    gives: Any = field(factory=dict)
    forgets: tuple[str, ...] = ()
    attributes: Any = field(factory=dict)
    judgement: str = ""
    paragraph: str = ""
    basis: str = ""
    drawn_from: str = ""
    reading: str | tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class AttributeEntry:
    """`[event.X.attributes.Y]`: a fact of this process alone."""

    type: str
    ask: str
    words: str
    not_words: str = ""
    one_of: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class TimerEntry:
    """`[timer.X]`: exactly one of `runs`, `until` and `opens`."""

    title: str
    starts: str | tuple[str, ...]
    runs: str = ""
    until: str = ""
    opens: str = ""
    expects: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    if_not: str = ""
    paragraph: str = ""
    basis: str = ""
    drawn_from: str = ""
    reading: str | tuple[str, ...] = ()
