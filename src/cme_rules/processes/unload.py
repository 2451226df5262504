"""Where a case stands, as plain data: the stable form other programs read."""

from datetime import date
from typing import TYPE_CHECKING, Any

from cme_rules.engine.result import MissingFact
from cme_rules.processes.machine import Refused, Taken
from cme_rules.processes.tell import grounds_of

if TYPE_CHECKING:
    from cme_rules.processes.position import Clock, Next, Position, StateDuty

__all__ = ["unload_position"]


def unload_position(found: "Position", *, reveal: bool = False) -> dict[str, Any]:
    """The dict of a position: text, lists and dicts only; days as YYYY-MM-DD; none of the case's facts.

    The days of the case's own events, and since when it stands where it stands, are in it only with `reveal`.
    """
    return {
        "policy": found.policy.id,
        "process": found.case.process.id,
        "on": found.on.isoformat(),
        "state": found.state.id,
        "title": found.state.title,
        **({"since": _day(found.since)} if reveal else {}),
        "final": found.state.final,
        "waits_for": list(found.state.owners),
        "goes_on_in": list(found.state.then),
        **grounds_of(found.state.grounds),
        "readings": list(found.state.grounds.readings),
        "next": [_next(each) for each in found.next],
        "clocks": [_clock(each) for each in found.clocks],
        "overdue": [each.id for each in found.overdue],
        "duties": [_duty(each) for each in found.duties],
        "history": [
            _step(each) | {"number": number} | ({"on": _day(each.event.on)} if reveal else {})
            for number, each in enumerate(found.history.steps, start=1)
        ],
        "later": list(found.later),
    }


def _next(each: "Next") -> dict[str, Any]:
    return {
        "event": each.event,
        "title": each.title,
        "to": each.to,
        "roles": list(each.roles),
        "force": each.force.value,
        "verdict": each.verdict.value,
        "lawful_now": each.lawful_now,
        "first_lawful_day": _day(each.first_lawful_day),
        "last_lawful_day": _day(each.last_lawful_day),
        "missing": _missing(each.missing),
        "why": each.why,
        "judgement": each.judgement,
        **grounds_of(each.grounds),
        "readings": list(each.grounds.readings),
    }


def _clock(each: "Clock") -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "last_day": _day(each.last_day),
        "act_from": _day(each.act_from),
        "expects": list(each.expects),
        "run_out": each.run_out,
        "overdue": each.overdue,
        "certainty": each.certainty,
        "why": each.why,
        "missing": _missing(each.missing),
        "if_not": each.if_not,
        **grounds_of(each.grounds),
        "readings": list(each.grounds.readings),
    }


def _duty(each: "StateDuty") -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "status": each.status,
        "role": each.action.role if each.action else None,
        "force": each.action.force.value if each.action else None,
        "due": _day(each.action.due) if each.action else None,
        "paragraphs": list(each.action.paragraphs) if each.action else [],
    }


def _step(each: Taken | Refused) -> dict[str, Any]:
    if isinstance(each, Taken):
        said = {"taken": True, "from": each.transition.state, "to": each.transition.to, "late": list(each.late)}
        return {"event": each.event.name, **said}
    return {
        "event": each.event.name,
        "taken": False,
        "from": each.state,
        "refusal": each.refusal.value,
        "reason": each.reason,
        "possible": list(each.possible),
        "first_lawful_day": _day(each.first_lawful_day),
        "missing": _missing(each.missing),
        "paragraph": each.paragraph,
    }


def _missing(facts: tuple[MissingFact, ...]) -> list[str]:
    return [fact.name or fact.question for fact in facts]


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
