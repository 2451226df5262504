"""A child's plans with social care."""

from datetime import date
from enum import Enum
from itertools import pairwise
from typing import Any

from attrs import Attribute, field, frozen

from cme_rules.domain.checks import a_day, a_flag, masked, one_of
from cme_rules.domain.histories import History, current, ended_before, in_order, not_before_beginning
from cme_rules.errors import CallError

__all__ = ["Plan", "PlanKind", "plan_facts", "refuse_overlaps"]


class PlanKind(Enum):
    """What a plan is for."""

    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION = "child_protection"


@frozen(repr=False)
class Plan:
    """A plan, first and last day included; `stepped_down`: it ended because a lesser one was enough.

    The lesser plan may begin on the last day of the greater, or the day after.
    """

    kind: PlanKind = field(validator=one_of(PlanKind))
    began: date = field(validator=a_day)
    ended: date | None = field(default=None, kw_only=True, validator=not_before_beginning)
    stepped_down: bool = field(default=False, kw_only=True, validator=a_flag)

    @stepped_down.validator
    def _has_ended(self, _: "Attribute[Any]", value: object) -> None:
        if value and self.ended is None:
            msg = "Plan.stepped_down: a last day (ended) was expected beside it"
            raise CallError(msg)

    __repr__ = masked


def refuse_overlaps(plans: tuple[Plan, ...]) -> None:
    """Refuse a plan that begins before the one before it has ended; they may share one day."""
    ordered = in_order(plans)
    for earlier, later in pairwise(ordered):
        if earlier.ended is None or later.began < earlier.ended:
            msg = "Child.plans: one plan at a time was expected, found two that overlap"
            raise CallError(msg)


def plan_facts(plans: History[Plan], on: date) -> dict[str, object]:
    """Say what plan there is on a day, when one was last stepped down, and whether one has ended.

    That none was ever stepped down needs a complete history. Social care without a plan is not seen here, so
    that there was none is never said.
    """
    facts: dict[str, object] = {}
    now = current(plans.entries, on)
    if now or plans.covers(on):
        facts["plan"] = now[-1].kind.value if now else "none"
    steps = [plan.ended for plan in plans.entries if plan.stepped_down and plan.ended and plan.ended <= on]
    if steps:
        facts["plan_stepped_down"] = max(steps)
    elif plans.covers(date.min, on):
        facts["plan_stepped_down"] = False
    if ended_before(plans.entries, on):
        facts["past_plan_or_social_care"] = True
    return facts
