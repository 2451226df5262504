"""A process as boxes and arrows. What several states have in common is drawn once, from a box of its own."""

from collections.abc import Iterator

from cme_rules.conditions.words import say
from cme_rules.engine.sentences import joined, lowered, spaced
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Basis, Grounds, Process, State, Transition
from cme_rules.processes.sight import seen_by
from cme_rules.render.graph import Arrow, Box, Graph

__all__ = ["PUT_TOGETHER", "process_graph"]

PUT_TOGETHER = "put together by us"
"""What every part says that no source states."""


def process_graph(process: Process, policy: Policy) -> Graph:
    """The states of a process as boxes, its events as arrows. An event that changes no state stands in the box."""
    shared = _shared(process)
    boxes = [_state(state, process, policy, shared) for state in process.states.values()]
    boxes += [_group(name, parts, process) for name, parts in shared.items()]
    return Graph(
        title=process.title,
        boxes=tuple(boxes),
        arrows=tuple(_arrows(process, policy, shared)),
        words=_words(process),
        notes=_notes(process, shared),
    )


def _notes(process: Process, shared: dict[str, list[Transition]]) -> tuple[str, ...]:
    notes = ["Thick frame: where a case begins. Double frame: where it ends."]
    if _any_reconstructed(process):
        notes.append(f"Dashed, and marked “{PUT_TOGETHER}”: no source states it.")
    if shared:
        notes.append("Yellow box headed “At any of these”: what may happen in each of several states.")
    return tuple(notes)


def _any_reconstructed(process: Process) -> bool:
    states = [state.grounds for state in process.states.values()]
    return any(_made(grounds) for grounds in (*states, *(each.grounds for each in process.transitions)))


def _made(grounds: Grounds) -> bool:
    return grounds.basis is Basis.RECONSTRUCTED


def _shared(process: Process) -> dict[str, list[Transition]]:
    """The transitions that several states share, by the group that declares them."""
    found: dict[str, list[Transition]] = {}
    for each in process.transitions:
        if each.declared.startswith("group."):
            found.setdefault(each.declared, []).append(each)
    return {name: parts for name, parts in found.items() if len({each.state for each in parts}) > 1}


def _state(state: State, process: Process, policy: Policy, shared: dict[str, list[Transition]]) -> Box:
    stays = [each for each in state.transitions if each.to == state.id and each.declared not in shared]
    lines = [policy.cite(state.grounds.paragraph)]
    if state.owners:
        lines.append(f"waits for: {joined([_role(role, policy) for role in state.owners])}")
    lines += [f"goes on in: {policy.processes[name].title}" for name in state.then if name in policy.processes]
    lines += [f"stays here: {title}" for title in dict.fromkeys(process.events[each.event].title for each in stays)]
    lines += [PUT_TOGETHER] if _made(state.grounds) else []
    return Box(
        id=state.id,
        heading=state.title,
        lines=tuple(lines),
        kind="end" if state.final else "step",
        dashed=_made(state.grounds),
        first=state.id == process.starts,
    )


def _role(role: str, policy: Policy) -> str:
    return policy.roles[role].title if role in policy.roles else spaced(role)


def _group(name: str, parts: list[Transition], process: Process) -> Box:
    members = dict.fromkeys(process.states[each.state].title for each in parts)
    stays = dict.fromkeys(process.events[each.event].title for each in parts if each.to == each.state)
    lines = [f"• {title}" for title in members] + [f"stays there: {title}" for title in stays]
    return Box(id=name, heading="At any of these", lines=tuple(lines), kind="group")


def _arrows(process: Process, policy: Policy, shared: dict[str, list[Transition]]) -> Iterator[Arrow]:
    """One arrow from a box to a box, with every event that leads that way."""
    found: dict[tuple[str, str], list[Transition]] = {}
    for each in process.transitions:
        source = each.declared if each.declared in shared else each.state
        if each.to != each.state:
            found.setdefault((source, each.to), []).append(each)
    for (source, target), parts in found.items():
        lines = dict.fromkeys(_line(each, process, policy) for each in parts)
        made = all(_made(each.grounds) for each in parts)
        yield Arrow(source=source, target=target, lines=tuple(lines), dashed=made)


def _line(each: Transition, process: Process, policy: Policy) -> str:
    """An event's title, its condition, what it waits for, and whether the step was put together."""
    waits = [lowered(process.timers[name].title) for name in each.not_before]
    after = f", once this has run out: {joined(waits)}" if waits else ""
    guard = f", if {say(each.when, seen_by(process, policy).phrases)}" if each.when else ""
    return f"{process.events[each.event].title}{guard}{after}{f' [{PUT_TOGETHER}]' if _made(each.grounds) else ''}"


def _words(process: Process) -> str:
    """The process told state by state."""
    said = [f"{process.title}. A case begins at: {process.states[process.starts].title}."]
    for state in process.states.values():
        steps = [
            f"{process.events[each.event].title}, to {process.states[each.to].title}"
            for each in state.transitions
            if each.to != state.id
        ]
        said.append(f"{state.title}: {'; '.join(steps) if steps else 'the end'}.")
    return " ".join(said)
