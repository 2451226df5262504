"""Where a case stands on a day: its state, what may happen next and from when, what is running, what is overdue."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import field, frozen

from cme_rules.conditions.judge import judge
from cme_rules.domain.shown import mimebundle
from cme_rules.domain.verdict import Force, Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.missing import missing_from
from cme_rules.engine.result import Action, MissingFact
from cme_rules.policy.model.policy import Policy, as_day
from cme_rules.policy.model.processes import Grounds, Process, State, Timer
from cme_rules.processes.case import Case, CaseEvent
from cme_rules.processes.clocks import Runs, worked_out
from cme_rules.processes.history import History, replay
from cme_rules.processes.machine import Standing, facts_in, told, window
from cme_rules.processes.sight import scope
from cme_rules.processes.tell import tell_position
from cme_rules.processes.unload import unload_position

__all__ = ["Clock", "Next", "Position", "StateDuty", "position"]


@frozen(kw_only=True)
class Next:
    """One thing that may happen next. It is lawful from `first_lawful_day` to `last_lawful_day`, both included.

    `verdict` is UNKNOWN where what it needs is not known: then `missing` says what. `why` tells why its days cannot
    be worked out. `lawful_now` is true only where nothing stands against it on the day asked about.
    """

    event: str
    title: str
    to: str
    roles: tuple[str, ...]
    force: Force
    grounds: Grounds
    verdict: Verdict
    lawful_now: bool
    first_lawful_day: date | None = None
    last_lawful_day: date | None = None
    missing: tuple[MissingFact, ...] = ()
    why: str = ""
    judgement: str = ""


@frozen(kw_only=True)
class Clock:
    """A clock that was set running and that nothing has stopped, as it stands on the day.

    `last_day` still belongs to it; `why` tells why there is none. A clock that expects something is overdue after it.
    """

    id: str
    title: str
    grounds: Grounds
    expects: tuple[str, ...]
    overdue: bool
    run_out: bool
    last_day: date | None = None
    act_from: date | None = None
    certainty: str = ""
    why: str = ""
    missing: tuple[MissingFact, ...] = ()
    if_not: str = ""


@frozen(kw_only=True)
class StateDuty:
    """A duty that belongs to the state: the action where it has arisen or may have, and what the policy calls it.

    `status` is the action's, or "possible" where a missing fact decides whether it has arisen, or "absent".
    """

    id: str
    title: str
    status: str
    action: Action | None = None


@frozen(kw_only=True)
class Position:
    """Where a case stands on a day; `later` are the names of events dated after it, which have not happened yet."""

    _repr_mimebundle_ = mimebundle

    case: Case
    on: date
    history: History
    state: State
    since: date | None
    next: tuple[Next, ...]
    clocks: tuple[Clock, ...]
    duties: tuple[StateDuty, ...]
    policy: Policy = field(repr=False)
    later: tuple[str, ...] = ()

    @property
    def overdue(self) -> tuple[Clock, ...]:
        """The clocks that ran out without what they expect."""
        return tuple(each for each in self.clocks if each.overdue)

    def explain(self, *, reveal: bool = False) -> str:
        """Text for a person. The days of the case's own events are left out unless `reveal`."""
        return tell_position(self, reveal=reveal)

    def to_dict(self, *, reveal: bool = False) -> dict[str, Any]:
        """The stable form for a program: plain dicts, lists, text; days as YYYY-MM-DD; the case's own with `reveal`."""
        return unload_position(self, reveal=reveal)


def position(case: Case, *, on: date, policy: Policy) -> Position:
    """Where a case stands at the close of a day. Clocks that ran out are said, and never move the case by themselves.

    Raises CallError when `on` is a datetime.
    """
    day = as_day(on)
    history = replay(case.process, [event for event in case.events if event.on <= day], policy=policy, facts=case.facts)
    standing, process = history.standing, case.process
    state = process.states[standing.state]
    return Position(
        case=case,
        on=day,
        history=history,
        state=state,
        since=standing.since,
        next=tuple(_next(process, standing, policy, day)),
        clocks=tuple(_clocks(process, standing, policy, day)),
        duties=tuple(_duties(process, standing, policy, day)),
        policy=policy,
        later=tuple(event.name for event in case.events if event.on > day),
    )


def _next(process: Process, standing: Standing, policy: Policy, on: date) -> Iterator[Next]:
    """What may happen: nothing that is known to fail, and nothing whose last lawful day has passed."""
    for each in process.states[standing.state].transitions:
        seen = scope(process, policy, told(process, standing, CaseEvent(each.event, on)), on)
        verdict = Verdict.HOLDS if each.when is None else judge(each.when, seen)
        allowed = window(process, each, standing, seen)
        if verdict is Verdict.FAILS or (allowed.last is not None and allowed.last < on):
            continue
        asked = missing_from(each.when, seen) if each.when is not None else ()
        in_time = not allowed.why and (allowed.first is None or allowed.first <= on)
        yield Next(
            event=each.event,
            title=process.events[each.event].title,
            to=each.to,
            roles=each.roles,
            force=each.force,
            grounds=each.grounds,
            verdict=verdict,
            lawful_now=in_time and verdict is Verdict.HOLDS,
            first_lawful_day=allowed.first,
            last_lawful_day=allowed.last,
            missing=tuple(dict.fromkeys((*asked, *allowed.missing))),
            why=allowed.why,
            judgement=process.events[each.event].judgement,
        )


def _clocks(process: Process, standing: Standing, policy: Policy, on: date) -> Iterator[Clock]:
    seen = scope(process, policy, facts_in(process, standing), on)
    for timer in process.timers.values():
        if timer.id in standing.running:
            yield _clock(timer, worked_out(timer, standing.started[timer.id], seen), on)


def _clock(timer: Timer, runs: Runs, on: date) -> Clock:
    passed = runs.last_day is not None and runs.last_day < on
    return Clock(
        id=timer.id,
        title=timer.title,
        grounds=timer.grounds,
        expects=timer.expects,
        overdue=passed and bool(timer.expects),
        run_out=runs.act_from is not None and runs.act_from <= on,
        last_day=runs.last_day,
        act_from=runs.act_from,
        certainty=runs.certainty,
        why=runs.why,
        missing=runs.missing,
        if_not=timer.if_not,
    )


def _duties(process: Process, standing: Standing, policy: Policy, on: date) -> Iterator[StateDuty]:
    """The duties of the state, judged by the policy from what the case tells."""
    wanted = process.states[standing.state].duties
    if not wanted:
        return
    facts = {name: value for name, value in facts_in(process, standing).items() if name in policy.facts}
    result = assess(facts, policy, on=on)
    arisen = {each.id: each for each in result.actions}
    possible = {each.id: each for each in result.possible_actions}
    titles = {rule.name: rule.title for rule in policy.rules}
    for name in wanted:
        action = arisen.get(name) or possible.get(name)
        status = arisen[name].status.value if name in arisen else "possible" if name in possible else "absent"
        yield StateDuty(id=name, title=titles.get(name, name), status=status, action=action)
