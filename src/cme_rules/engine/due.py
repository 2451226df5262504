"""Actions: which duties have arisen, when each is due, and where it stands on the day."""

from datetime import date

from attrs import frozen

from cme_rules.calendars.spans import Deadline, Span, deadline
from cme_rules.conditions.judge import Value
from cme_rules.domain.verdict import Status, Verdict
from cme_rules.engine.missing import missing_from
from cme_rules.engine.result import Action
from cme_rules.engine.scope import Scope
from cme_rules.errors import CalendarError
from cme_rules.policy.model.rules import Duty, Limit, Rule

__all__ = ["action"]


@frozen
class _When:
    """A limit worked out: the deadline, or why there is none."""

    deadline: Deadline | None
    why: str = ""


def action(rule: Rule, trigger: Verdict, *, discharged: bool, scope: Scope) -> Action:
    """The action of a duty whose trigger holds or may hold, with its days worked out from the child's own dates.

    `discharged` is true only where it is known to be done: a missing record never discharges anything.
    """
    duty = rule.duty
    assert duty is not None  # noqa: S101 - the caller picks duties
    due = _worked_out(duty.due, scope)
    earliest = _worked_out(duty.not_before, scope)
    last_day = due.deadline.last_day if due.deadline else None
    first = earliest.deadline.act_from if earliest.deadline else None
    return Action(
        id=duty.action,
        title=rule.title,
        role=duty.role,
        force=duty.force,
        status=Status.DISCHARGED if discharged else _status(duty, last_day, first, scope.today),
        paragraphs=rule.paragraphs,
        due=last_day,
        first_lawful_day=first,
        certainty=due.deadline.certainty.value if due.deadline else "",
        undated=due.why,
        trigger=trigger,
        missing=missing_from(rule.when, scope) if trigger is Verdict.UNKNOWN else (),
        weigh=rule.weigh,
        readings=rule.readings,
        judgement=rule.judgement,
        conflict=rule.conflict,
        if_not=duty.if_not,
        unverified=rule.unverified,
        preview=rule.not_commenced,
    )


def _worked_out(limit: Limit | None, scope: Scope) -> _When:
    if limit is None:
        return _When(None, "the source sets no time limit")
    span = scope.value(limit.span)
    start = _date(limit.of, scope)
    if start is None:
        return _When(None, f"{limit.of} is not known")
    if not isinstance(span, Span):
        return _When(None, f"the policy states no value of {limit.span} for this day")
    try:
        return _When(deadline(span, start, school=scope.moment.school, working=scope.moment.working))
    except CalendarError:
        return _When(None, f"{limit.span} runs outside the calendar")


def _date(name: str, scope: Scope) -> date | None:
    value: Value = scope.value(name)
    return value if isinstance(value, date) else None


def _status(duty: Duty, last_day: date | None, first: date | None, today: date) -> Status:
    """Late before early: an action whose last day has passed is overdue, whatever else is known."""
    if last_day is not None and today > last_day:
        return Status.OVERDUE
    if first is not None and today < first:
        return Status.UPCOMING
    return Status.DUE if last_day is not None or (duty.due is None and first is not None) else Status.UNDATED
