"""Where a case stands, as text for a person: the state, what may come next, what is late, what was refused and why."""

from collections.abc import Iterator
from textwrap import fill
from typing import TYPE_CHECKING

from cme_rules.domain.verdict import Force, Verdict
from cme_rules.engine.result import MissingFact
from cme_rules.engine.sentences import day
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Basis, Grounds
from cme_rules.processes.machine import Refused

if TYPE_CHECKING:
    from cme_rules.processes.position import Clock, Next, Position, StateDuty

__all__ = ["grounds_of", "refused_in", "tell_position"]

_WIDTH = 100
_FORCE = {
    Force.MUST: "must",
    Force.MUST_NOT: "must not",
    Force.SHOULD: "should",
    Force.MAY: "may",
    Force.CONSIDER: "is to consider",
}


def tell_position(found: "Position", *, reveal: bool = False) -> str:
    """The position as text. The days of the case's own events are shown only with `reveal`."""
    return "\n".join(_lines(found, reveal=reveal))


def _lines(found: "Position", *, reveal: bool) -> Iterator[str]:
    process, policy = found.case.process, found.policy
    yield f"{process.title}, on {day(found.on)}"
    state, since = found.state, f", since {day(found.since)}" if reveal and found.since else ""
    yield from ("", "Stands", _wrapped(f"{state.title} ({state.id}, {state.grounds.paragraph}){since}"))
    if found.state.owners:
        yield _wrapped(f"waits for: {_who(found.state.owners, policy)}")
    for name in found.state.then:
        yield _wrapped(f"goes on in: {policy.processes[name].title}")
    yield from _section("May happen next", [_next(each, policy) for each in found.next])
    yield from _section("Clocks", [_clock(each) for each in found.clocks])
    yield from _section("Duties", [_duty(each, policy) for each in found.duties])
    yield from _section("Refused", [_refused(number, each) for number, each in refused_in(found)])
    if found.later:
        yield from _section("Dated later, so not counted yet", [", ".join(found.later)])
    yield from _section("To ask", list(_asked(found)))
    yield from _section("Put together, not stated by a source", list(_reconstructed(found)))
    yield from _section("Our readings", list(_readings(found)))
    if reveal:
        taken = [f"{day(each.event.on)}: {each.event.name}" for each in found.history.taken]
        yield from _section("What was taken", taken)


def refused_in(found: "Position") -> list[tuple[int, Refused]]:
    """The refused events with their places among the events up to the day, counting from 1."""
    return [(place, each) for place, each in enumerate(found.history.steps, start=1) if isinstance(each, Refused)]


def _section(heading: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield from ("", heading, *(_wrapped(entry) for entry in entries))


def _next(each: "Next", policy: Policy) -> str:
    who = f"{_who(each.roles, policy)} {_FORCE[each.force]}"
    return f"{_when(each)}: {each.event}: {each.title} ({who}; {each.grounds.paragraph}){_mark(each.grounds)}"


def _when(each: "Next") -> str:
    until = f", until {day(each.last_lawful_day)}" if each.last_lawful_day else ""
    if each.why:
        return f"day not known, {each.why}{until}"
    if each.first_lawful_day and not each.lawful_now and each.verdict is Verdict.HOLDS:
        return f"from {day(each.first_lawful_day)}{until}"
    if each.verdict is Verdict.UNKNOWN:
        early = f" and not before {day(each.first_lawful_day)}" if each.first_lawful_day else ""
        return f"not known whether it may{early}{until}"
    return f"now{until}"


def _clock(each: "Clock") -> str:
    if each.why:
        said = f"no day, {each.why}"
    elif each.last_day is None:
        said = f"opens {day(each.act_from)}" if each.act_from else "open"
    elif each.overdue:
        said = f"OVERDUE since {day(each.last_day)}"
    else:
        said = f"ran out on {day(each.last_day)}" if each.run_out else f"runs to {day(each.last_day)}"
    late = f": {each.if_not}" if each.run_out and each.if_not and (each.overdue or not each.expects) else ""
    return f"{said}: {each.title} ({each.id}, {each.grounds.paragraph}){late}"


def _duty(each: "StateDuty", policy: Policy) -> str:
    if each.action is None:
        return f"{each.status}: {each.title} ({each.id})"
    due = f" by {day(each.action.due)}" if each.action.due else ""
    who = f"{_who((each.action.role,), policy)} {_FORCE[each.action.force]}"
    return f"{each.status}{due}: {who}: {each.title} ({each.id})"


def _refused(number: int, each: Refused) -> str:
    first = f"; first lawful day {day(each.first_lawful_day)}" if each.first_lawful_day else ""
    return f"event {number}, {each.event.name}, in {each.state}: {each.reason}{first}"


def _asked(found: "Position") -> Iterator[str]:
    facts: list[MissingFact] = [fact for each in found.next for fact in each.missing]
    facts += [fact for clock in found.clocks for fact in clock.missing]
    for fact in dict.fromkeys(facts):
        who = f" ({_who(fact.knows, found.policy)}: {fact.name})" if fact.name else ""
        yield f"{fact.question}{who}"


def _reconstructed(found: "Position") -> Iterator[str]:
    seen = [found.state.grounds, *(each.grounds for each in found.next)]
    yield from dict.fromkeys(each.drawn_from for each in seen if each.basis is Basis.RECONSTRUCTED)


def _readings(found: "Position") -> Iterator[str]:
    parts = [found.state.grounds, *(each.grounds for each in found.next), *(each.grounds for each in found.clocks)]
    yield from dict.fromkeys(f"{each.paragraph}: {text}" for each in parts for text in each.readings)


def _mark(grounds: Grounds) -> str:
    return " [put together]" if grounds.basis is Basis.RECONSTRUCTED else ""


def grounds_of(grounds: Grounds) -> dict[str, object]:
    """Grounds as plain data."""
    return {"paragraph": grounds.paragraph, "basis": grounds.basis.value, "drawn_from": grounds.drawn_from}


def _who(roles: tuple[str, ...], policy: Policy) -> str:
    return ", ".join(policy.roles[role].title if role in policy.roles else role for role in roles) or "nobody named"


def _wrapped(text: str) -> str:
    return fill(text, width=_WIDTH, initial_indent="  ", subsequent_indent="    ")
