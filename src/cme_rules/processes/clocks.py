"""When a clock runs out: its last day, and the first day on which what waits for it is lawful."""

from datetime import date, timedelta

from attrs import frozen

from cme_rules.calendars.spans import Span, deadline
from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import Node
from cme_rules.engine.missing import missing_from
from cme_rules.engine.result import MissingFact
from cme_rules.engine.scope import Scope
from cme_rules.errors import CalendarError, CallError
from cme_rules.policy.model.processes import Timer

__all__ = ["Runs", "worked_out"]


@frozen(kw_only=True)
class Runs:
    """A clock worked out: its last day, the first day after it, and how sure they are; or `why` there is neither.

    A clock that only opens has no last day.
    """

    last_day: date | None = None
    act_from: date | None = None
    certainty: str = ""
    why: str = ""
    missing: tuple[MissingFact, ...] = ()


def worked_out(timer: Timer, started: date, scope: Scope) -> Runs:
    """The days of a clock that was set running on a day."""
    if timer.runs:
        return _spanned(timer.runs, started, scope)
    if timer.until is not None:
        day, unknown = _day(timer.until, scope)
        return unknown if day is None else Runs(last_day=day, act_from=_next(day))
    assert timer.opens is not None  # noqa: S101 - a clock ends in one of three ways
    day, unknown = _day(timer.opens, scope)
    return unknown if day is None else Runs(act_from=day)


def _spanned(name: str, started: date, scope: Scope) -> Runs:
    """The span is the one in force on the day that set it running."""
    span = scope.moment.law.policy.parameters[name].on(started)
    if not isinstance(span, Span):
        return Runs(why=f"the policy states no value of {name} for the day it starts")
    try:
        found = deadline(span, started, school=scope.moment.school, working=scope.moment.working)
    except (CalendarError, CallError):
        return Runs(why=f"{name} runs outside the calendar")
    return Runs(last_day=found.last_day, act_from=found.act_from, certainty=found.certainty.value)


def _day(node: Node, scope: Scope) -> tuple[date | None, Runs]:
    """The day an expression gives, or why it gives none."""
    value = evaluate(node, scope)
    if isinstance(value, date):
        return value, Runs()
    if value is None:
        return None, Runs(why="its day is not known", missing=missing_from(node, scope))
    return None, Runs(why="its day is known never to come")


def _next(day: date) -> date:
    return day + timedelta(days=1)
