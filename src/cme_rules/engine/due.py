"""Actions: which duties have arisen, when each is due, and where it stands on the day."""

from datetime import date
from typing import Any

from attrs import frozen

from cme_rules.calendars.spans import Deadline, Span, deadline
from cme_rules.domain.verdict import Status, Verdict
from cme_rules.engine.missing import missing_from
from cme_rules.engine.moment import Moment
from cme_rules.engine.result import Action, MissingFact
from cme_rules.engine.scope import Scope
from cme_rules.errors import CalendarError, CallError
from cme_rules.policy.model.rules import Duty, Limit, Rule

__all__ = ["action"]

_Days = tuple[date | None, date | None]
_KEPT = 10_000
"""Actions remembered for one day and calendar."""


@frozen(eq=False, repr=False)
class _When:
    """A limit worked out: the deadline, or why there is none."""

    deadline: Deadline | None
    why: str = ""


def action(rule: Rule, trigger: Verdict, *, discharged: bool, scope: Scope) -> Action:
    """The action of a duty whose trigger holds or may hold, with its days worked out from the child's own dates.

    `discharged` is true only where it is known to be done: a missing record never discharges anything. Children with
    the same days who miss the same facts share one value.
    """
    duty = rule.duty
    assert duty is not None  # noqa: S101 - the caller picks duties
    days = _start(duty.due, scope), _start(duty.not_before, scope)
    missing = missing_from(rule.when, scope) if trigger is Verdict.UNKNOWN else ()
    kept: dict[Any, Action] = scope.moment.notes.setdefault("actions", {})
    key = (rule.id, trigger.value, discharged, days, missing)
    found = kept.get(key)
    if found is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[key] = _action(
            rule, trigger, discharged=discharged, moment=scope.moment, days=days, missing=missing
        )
    return found


def _action(
    rule: Rule, trigger: Verdict, *, discharged: bool, moment: Moment, days: _Days, missing: tuple[MissingFact, ...]
) -> Action:
    duty = rule.duty
    assert duty is not None  # noqa: S101 - the caller picks duties
    due, earliest = _worked_out(duty.due, days[0], moment), _worked_out(duty.not_before, days[1], moment)
    last_day = due.deadline.last_day if due.deadline else None
    first = earliest.deadline.act_from if earliest.deadline else None
    return Action(
        id=duty.action,
        title=rule.title,
        role=duty.role,
        force=duty.force,
        status=Status.DISCHARGED if discharged else _status(duty, last_day, first, moment.today),
        paragraphs=rule.paragraphs,
        due=last_day,
        first_lawful_day=first,
        certainty=due.deadline.certainty.value if due.deadline else "",
        undated=due.why,
        trigger=trigger,
        missing=missing,
        weigh=rule.weigh,
        readings=rule.readings,
        judgement=rule.judgement,
        conflict=rule.conflict,
        if_not=duty.if_not,
        unverified=rule.unverified,
        preview=rule.not_commenced,
    )


def _start(limit: Limit | None, scope: Scope) -> date | None:
    """The day that sets a limit running, where it is known and has a day."""
    value = scope.value(limit.of) if limit else None
    return value if isinstance(value, date) else None


def _worked_out(limit: Limit | None, start: date | None, moment: Moment) -> _When:
    if limit is None:
        return _When(None, "the source sets no time limit")
    if start is None:
        return _When(None, f"{moment.law.policy.phrases[limit.of].words} is not known")
    return _ends(limit.span, start, moment)


def _ends(name: str, start: date, moment: Moment) -> _When:
    """Where a span set running on a day ends, or why that cannot be said."""
    span, title = moment.law.parameters[name], moment.law.policy.phrases[name].words
    if not isinstance(span, Span):
        return _When(None, f"the policy states no value for this day of {title}")
    try:
        return _When(deadline(span, start, school=moment.school, working=moment.working))
    except (CalendarError, CallError):
        return _When(None, f"{title} runs outside the calendar")


def _status(duty: Duty, last_day: date | None, first: date | None, today: date) -> Status:
    """Late before early: an action whose last day has passed is overdue, whatever else is known."""
    if last_day is not None and today > last_day:
        return Status.OVERDUE
    if first is not None and today < first:
        return Status.UPCOMING
    return Status.DUE if last_day is not None or (duty.due is None and first is not None) else Status.UNDATED
