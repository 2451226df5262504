"""A child's places on school rolls."""

from datetime import date
from enum import Enum

from attrs import field, frozen

from cme_rules.domain.checks import a_day, a_text, masked, one_of
from cme_rules.domain.histories import History, current, not_before_beginning

__all__ = ["Enrolment", "EnrolmentKind", "enrolment_facts"]


class EnrolmentKind(Enum):
    """Whether a place on roll is the only one, or one of two."""

    SINGLE = "single"
    MAIN = "main"
    SUBSIDIARY = "subsidiary"


@frozen(repr=False)
class Enrolment:
    """A place on the roll of a school, from the first day on roll to the last, both included.

    `school` is the school's URN. On the last day itself the child is still on roll. A guest, or a pupil with an
    offer only, is not on roll and has no enrolment.
    """

    school: str = field(validator=a_text)
    began: date = field(validator=a_day)
    ended: date | None = field(default=None, kw_only=True, validator=not_before_beginning)
    kind: EnrolmentKind = field(default=EnrolmentKind.SINGLE, kw_only=True, validator=one_of(EnrolmentKind))

    __repr__ = masked


def enrolment_facts(enrolments: History[Enrolment], on: date, *, school: str | None = None) -> dict[str, object]:
    """Say what the rolls show on a day; `school` is the school that asks, if one does."""
    now = current(enrolments.entries, on)
    facts: dict[str, object] = {}
    if now or enrolments.covers(on):
        facts["on_school_roll"] = bool(now)
    calendar_of = school or _the_one_school(now)
    if calendar_of is not None:
        facts["school"] = calendar_of
    if school is not None:
        elsewhere = any(enrolment.school != school for enrolment in now)
        if elsewhere or enrolments.covers(on):
            facts["registered_at_another_school"] = elsewhere
    return facts


def _the_one_school(now: tuple[Enrolment, ...]) -> str | None:
    """Find the only school, or of several the only main one; None leaves the question open."""
    if len(now) > 1:
        now = tuple(enrolment for enrolment in now if enrolment.kind is EnrolmentKind.MAIN)
    return now[0].school if len(now) == 1 else None
