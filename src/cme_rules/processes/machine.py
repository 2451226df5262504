"""One step of a process: a case and an event in, the next standing or a refusal with its reason out.

A refused event changes nothing and is not kept for later: what was out of turn has to be said again in its turn.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from attrs import evolve, field, frozen

from cme_rules.conditions.judge import judge
from cme_rules.conditions.words import say
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.missing import missing_from
from cme_rules.engine.result import MissingFact
from cme_rules.engine.scope import Scope
from cme_rules.engine.sentences import joined, lowered
from cme_rules.errors import ProcessError
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import EventSpec, Process, Transition
from cme_rules.processes.case import CaseEvent
from cme_rules.processes.clocks import worked_out
from cme_rules.processes.sight import scope

__all__ = ["Refusal", "Refused", "Standing", "Taken", "Window", "begin", "facts_in", "step", "told", "window"]


@frozen(kw_only=True)
class Standing:
    """Where a case stands: its state, since when, what is known of it, and when each clock was last set running.

    `since` and `latest` are None before the first event; `running` are the clocks nothing has stopped. What was
    `given` with the case stays; what its events `told` may be overtaken by later ones.
    """

    state: str
    since: date | None = field(default=None, repr=False)
    latest: date | None = field(default=None, repr=False)
    given: Mapping[str, Any] = field(factory=dict, repr=False)
    told: Mapping[str, Any] = field(factory=dict, repr=False)
    started: Mapping[str, date] = field(factory=dict, repr=False)
    running: frozenset[str] = frozenset()

    @property
    def facts(self) -> dict[str, Any]:
        """What is known of the case, leaving out what its state implies."""
        return {**self.given, **self.told}


class Refusal(Enum):
    """Why an event was not taken."""

    CLOSED = "closed"
    NOT_HERE = "not_here"
    BEFORE_PREVIOUS = "before_previous"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"
    AMBIGUOUS = "ambiguous"


@frozen(kw_only=True)
class Taken:
    """An event that was taken: by which transition, and where the case stands now.

    `late` are the clocks whose last day had passed when the event they expected came.
    """

    event: CaseEvent
    transition: Transition
    standing: Standing
    late: tuple[str, ...] = ()


@frozen(kw_only=True)
class Refused:
    """An event that was refused: the kind, the reason in words, and what could have happened in that state.

    `first_lawful_day` is given where the event came too early, `missing` where too little was known.
    """

    event: CaseEvent
    state: str
    refusal: Refusal
    reason: str
    possible: tuple[str, ...] = ()
    first_lawful_day: date | None = None
    missing: tuple[MissingFact, ...] = ()
    paragraph: str = ""


@frozen(kw_only=True)
class Window:
    """From which day to which, both included, the clocks allow a transition; or why that cannot be told."""

    first: date | None = None
    last: date | None = None
    why: str = ""
    missing: tuple[MissingFact, ...] = ()


def begin(process: Process, facts: Mapping[str, Any] | None = None) -> Standing:
    """The standing of a case to which nothing has happened yet."""
    return Standing(state=process.starts, given=dict(facts or {}))


def facts_in(process: Process, standing: Standing) -> dict[str, Any]:
    """What is known of a case, with what its state implies."""
    return {**standing.facts, **process.states[standing.state].implies}


def step(process: Process, standing: Standing, event: CaseEvent, *, policy: Policy) -> Taken | Refused:
    """Take one event, or refuse it and say why. Pure: the same case and event always give the same answer.

    Raises ProcessError for an event the process does not declare.
    """
    _declared(process, event.name)
    state = process.states[standing.state]
    possible = tuple(dict.fromkeys(each.event for each in state.transitions))
    refused = Refused(event=event, state=state.id, refusal=Refusal.NOT_HERE, reason="", possible=possible)
    if state.final:
        return evolve(refused, refusal=Refusal.CLOSED, reason=f"the case is closed: {state.title}")
    if standing.latest is not None and event.on < standing.latest:
        reason = "it is dated before the event taken last; events are taken in the order of their days"
        return evolve(refused, refusal=Refusal.BEFORE_PREVIOUS, reason=reason)
    open_to = state.on(event.name)
    if not open_to:
        return evolve(refused, reason=f"it does not fit the state: {state.title}")
    seen = scope(process, policy, told(process, standing, event), event.on)
    chosen = _chosen(open_to, seen, refused)
    if isinstance(chosen, Refused):
        return chosen
    return _in_time(process, chosen, standing, seen, refused) or _taken(process, standing, event, chosen, seen)


def _declared(process: Process, name: str) -> None:
    if name not in process.events:
        msg = f"process {process.id!r} has no event of this name; it has: {', '.join(process.events)}"
        raise ProcessError(msg)


def told(process: Process, standing: Standing, event: CaseEvent) -> dict[str, Any]:
    """What a guard sees: what is known of the case, the day of the event, and what was given with it.

    What the event makes so is not among it: it is so only once the event has been taken. Nor is what an earlier event
    of the same name told in the facts of its own: this one speaks for itself.
    """
    spec = process.events[event.name]
    known = {name: value for name, value in facts_in(process, standing).items() if name not in spec.attributes}
    return {**known, **({spec.fact: event.on} if spec.fact else {}), **event.says}


def _chosen(open_to: tuple[Transition, ...], seen: Scope, refused: Refused) -> Transition | Refused:
    """The one transition whose guard holds, or why there is none."""
    verdicts = [Verdict.HOLDS if each.when is None else judge(each.when, seen) for each in open_to]
    fit = [each for each, verdict in zip(open_to, verdicts, strict=True) if verdict is Verdict.HOLDS]
    if len(fit) == 1:
        return fit[0]
    refused = evolve(refused, paragraph=open_to[0].grounds.paragraph)
    if fit:
        return evolve(refused, refusal=Refusal.AMBIGUOUS, reason="two steps fit it: the process does not say which")
    asked = [
        fact
        for each, verdict in zip(open_to, verdicts, strict=True)
        if verdict is Verdict.UNKNOWN and each.when is not None
        for fact in missing_from(each.when, seen)
    ]
    guards = " or ".join(_said(each, seen) for each in open_to)
    if asked:
        reason = f"it is not known whether {guards}"
        return evolve(refused, refusal=Refusal.NOT_KNOWN, reason=reason, missing=tuple(dict.fromkeys(asked)))
    return evolve(refused, refusal=Refusal.NOT_MET, reason=f"it needs this, which is not so: {guards}")


def _said(transition: Transition, seen: Scope) -> str:
    assert transition.when is not None  # noqa: S101 - a transition without a guard is always open
    return say(transition.when, seen.moment.law.policy.phrases)


def window(process: Process, transition: Transition, standing: Standing, seen: Scope) -> Window:
    """The days on which the clocks allow a transition, as far as they are known."""
    first, last = None, None
    for bound in dict.fromkeys((*transition.not_before, *transition.not_after)):
        timer = process.timers[bound]
        if bound not in standing.started:
            return Window(why=f"nothing has set this clock running: {timer.title}")
        runs = worked_out(timer, standing.started[bound], seen)
        day = runs.act_from if bound in transition.not_before else runs.last_day
        if day is None:
            return Window(why=f"{timer.title}: {runs.why or 'it has no last day'}", missing=runs.missing)
        if bound in transition.not_before:
            first = max(day, first or day)
        else:
            last = min(day, last or day)
    return Window(first=first, last=last)


def _in_time(process: Process, chosen: Transition, standing: Standing, seen: Scope, refused: Refused) -> Refused | None:
    """A refusal where the day is not one the clocks allow."""
    day, allowed = seen.today, window(process, chosen, standing, seen)
    refused = evolve(refused, paragraph=chosen.grounds.paragraph)
    if allowed.why:
        reason = f"its lawful days cannot be told: {allowed.why}"
        return evolve(refused, refusal=Refusal.NOT_KNOWN, reason=reason, missing=allowed.missing)
    if allowed.first is not None and day < allowed.first:
        reason = f"its first lawful day has not come: {_titles(process, chosen.not_before)}"
        return evolve(refused, refusal=Refusal.TOO_EARLY, reason=reason, first_lawful_day=allowed.first)
    if allowed.last is not None and day > allowed.last:
        reason = f"its last lawful day has passed: {_titles(process, chosen.not_after)}"
        return evolve(refused, refusal=Refusal.TOO_LATE, reason=reason)
    return None


def _learned(spec: EventSpec, standing: Standing, event: CaseEvent) -> dict[str, Any]:
    """What the events have told after this one: less what it overtakes, and with its day, its gifts and its facts."""
    overtaken = {*spec.forgets, *spec.attributes}
    kept = {name: value for name, value in standing.told.items() if name not in overtaken}
    return {**kept, **({spec.fact: event.on} if spec.fact else {}), **spec.gives, **event.says}


def _titles(process: Process, timers: tuple[str, ...]) -> str:
    return joined(lowered(process.timers[each].title) for each in timers)


def _taken(process: Process, standing: Standing, event: CaseEvent, chosen: Transition, seen: Scope) -> Taken:
    target = process.states[chosen.to]
    begun = {each.id for each in process.timers.values() if event.name in each.starts}
    over = {each.id for each in process.timers.values() if event.name in (*each.expects, *each.stops)}
    moved = evolve(
        standing,
        state=target.id,
        since=standing.since if chosen.to == chosen.state and standing.since else event.on,
        latest=event.on,
        told=_learned(process.events[event.name], standing, event),
        started={**standing.started, **dict.fromkeys(begun, event.on)},
        running=frozenset() if target.final else (standing.running - over) | begun,
    )
    return Taken(event=event, transition=chosen, standing=moved, late=_late(process, standing, event, seen))


def _late(process: Process, standing: Standing, event: CaseEvent, seen: Scope) -> tuple[str, ...]:
    """The clocks that waited for this event and had run out."""
    waiting = [process.timers[each] for each in sorted(standing.running)]
    ends = [(each, worked_out(each, standing.started[each.id], seen)) for each in waiting if event.name in each.expects]
    return tuple(each.id for each, runs in ends if runs.last_day is not None and event.on > runs.last_day)
