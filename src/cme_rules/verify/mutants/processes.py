"""Slips in processes: a step that leads elsewhere, a guard or a clock mistaken, a duty or an effect forgotten."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from cme_rules.conditions.nodes import Node, Not
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Process, State, Timer, Transition
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.mutants.rules import another_span
from cme_rules.verify.mutants.trees import slips
from cme_rules.verify.spelling import spelt

__all__ = ["of_processes"]

_Changed = tuple[str, str, Process]
"""The kind of a slip, what it is in words, and the process with it."""

_Change = Callable[[Transition], Transition]


def of_processes(policy: Policy) -> Iterator[Mutant]:
    """Every slip in what a policy's own folder says of processes, each tried in the whole process."""
    for process in policy.processes.values():
        for place, paragraph, (kind, words, changed) in _of_process(process, policy):
            yield Mutant(
                kind=kind, place=f"{process.id}: {place}", paragraph=paragraph, words=words, touches=(process.id,),
                policy=evolve(policy, processes={**policy.processes, process.id: changed}),
            )  # fmt: skip


def _of_process(process: Process, policy: Policy) -> Iterator[tuple[str, str, _Changed]]:
    steps = {each.id: each for each in process.transitions if each.pack == policy.id}
    for name, step in steps.items():
        for changed in _of_step(step, process):
            yield name, step.grounds.paragraph, changed
    for timer in process.timers.values():
        if policy.paragraphs[timer.grounds.paragraph].pack == policy.id:
            for changed in _of_timer(timer, process, policy):
                yield f"timer.{timer.id}", timer.grounds.paragraph, changed
    for state in process.states.values():
        if policy.paragraphs[state.grounds.paragraph].pack == policy.id:
            for changed in _of_state(state, process):
                yield f"state.{state.id}", state.grounds.paragraph, changed


def _of_step(step: Transition, process: Process) -> Iterator[_Changed]:
    """Slips in one step as declared, made in every state of its group at once."""
    yield "step", f"to {step.to} became another state", _stepped(process, step, lambda each: _elsewhere(each, process))
    for words, when in _of_guard(step.when):
        yield "guard", words, _stepped(process, step, _guarded(when))
    for key in ("not_before", "not_after"):
        for clock in getattr(step, key):
            yield "clock", f"{key} {clock} dropped", _stepped(process, step, _without(key, clock))


def _of_guard(when: Node | None) -> Iterator[tuple[str, Node | None]]:
    if when is not None:
        yield f"guard dropped: {spelt(when)}", None
        yield f"guard denied: {spelt(when)}", Not(when)
        yield from ((f"guard, {slip.words}", slip.tree) for slip in slips(when) if slip.tree != Not(when))


def _elsewhere(step: Transition, process: Process) -> Transition:
    """The step leading nowhere; one that stays leading to the first other state."""
    if step.to != step.state:
        return evolve(step, to=step.state)
    return evolve(step, to=next(name for name in process.states if name != step.state))


def _stepped(process: Process, step: Transition, change: _Change) -> Process:
    """The process with every step declared in one place changed."""
    states = {
        name: evolve(
            state, transitions=tuple(change(each) if each.id == step.id else each for each in state.transitions)
        )
        for name, state in process.states.items()
    }
    return evolve(process, states=states)


def _guarded(when: Node | None) -> _Change:
    return lambda step: evolve(step, when=when)


def _without(key: str, name: str) -> _Change:
    def change(step: Transition) -> Transition:
        left: dict[str, Any] = {key: tuple(each for each in getattr(step, key) if each != name)}
        return evolve(step, **left)

    return change


def _of_timer(timer: Timer, process: Process, policy: Policy) -> Iterator[_Changed]:
    for words, changed in (*_of_end(timer, policy), *_of_lists(timer, process)):
        yield "clock", words, evolve(process, timers={**process.timers, timer.id: changed})


def _of_end(timer: Timer, policy: Policy) -> Iterator[tuple[str, Timer]]:
    """Another span, and every slip in the day until which a clock runs or on which it opens."""
    span = another_span(timer.runs, policy, policy.since) if timer.runs else ""
    if span:
        yield f"runs {timer.runs} became {span}", evolve(timer, runs=span)
    for key in ("until", "opens"):
        day = getattr(timer, key)
        if day is not None:
            for slip in slips(day):
                other: dict[str, Any] = {key: slip.tree}
                yield f"{key}: {slip.words}", evolve(timer, **other)


def _of_lists(timer: Timer, process: Process) -> Iterator[tuple[str, Timer]]:
    """An event that no longer starts, stops or answers the clock. A final state stops every clock by itself."""
    ending = {each.event for each in process.transitions} - {
        each.event for each in process.transitions if not process.states[each.to].final
    }
    lists = (
        ("starts", "started", timer.starts if len(timer.starts) > 1 else ()),
        ("stops", "stopped", tuple(name for name in timer.stops if name not in ending)),
        ("expects", "answered", timer.expects),
    )
    for key, said, names in lists:
        for name in names:
            left: dict[str, Any] = {key: tuple(each for each in getattr(timer, key) if each != name)}
            yield f"no longer {said} by {name}", evolve(timer, **left)


def _of_state(state: State, process: Process) -> Iterator[_Changed]:
    """A duty that no longer belongs to the state, a fact that no longer follows, a process not handed over to."""
    for duty in state.duties:
        left = evolve(state, duties=tuple(each for each in state.duties if each != duty))
        yield "state", f"duty {duty} forgotten", evolve(process, states={**process.states, state.id: left})
    for fact in state.implies:
        left = evolve(state, implies={name: value for name, value in state.implies.items() if name != fact})
        yield "state", f"{fact} no longer implied", evolve(process, states={**process.states, state.id: left})
    for name in state.then:
        left = evolve(state, then=tuple(each for each in state.then if each != name))
        yield "state", f"no longer hands over to {name}", evolve(process, states={**process.states, state.id: left})
