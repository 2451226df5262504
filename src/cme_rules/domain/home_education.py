"""Education otherwise than at school, and the last day of any education at all."""

from datetime import date
from enum import Enum
from typing import Any

from attrs import Attribute, field, frozen

from cme_rules.domain.checks import a_day, masked, one_of, optional
from cme_rules.domain.enrolments import Enrolment
from cme_rules.domain.histories import History, current, ended_before, not_before_beginning
from cme_rules.errors import CallError

__all__ = ["EducationOtherwise", "OtherwiseKind", "Suitability", "last_day_of_education", "otherwise_facts"]


class OtherwiseKind(Enum):
    """Where a child is educated if not at school."""

    HOME_EDUCATION = "home_education"
    ALTERNATIVE_PROVISION = "alternative_provision"
    TUITION = "tuition"
    OTHER = "other"


class Suitability(Enum):
    """What the authority found when it looked at the education, or that it has not looked."""

    SUITABLE = "suitable"
    UNSUITABLE = "unsuitable"
    NOT_ASSESSED = "not_assessed"


@frozen(repr=False)
class EducationOtherwise:
    """A time of education otherwise than at school, first and last day included.

    `assessed` is what was found on the day `assessed_on`; before that day it is not known. One or the other alone
    raises `CallError`, except NOT_ASSESSED, which has no day. For a later assessment that found otherwise, end the
    entry and begin another.
    """

    kind: OtherwiseKind = field(validator=one_of(OtherwiseKind))
    began: date = field(validator=a_day)
    ended: date | None = field(default=None, kw_only=True, validator=not_before_beginning)
    assessed: Suitability | None = field(default=None, kw_only=True, validator=optional(one_of(Suitability)))
    assessed_on: date | None = field(default=None, kw_only=True, validator=optional(a_day))

    @assessed_on.validator
    def _goes_with_a_finding(self, _: "Attribute[Any]", value: date | None) -> None:
        if (value is not None) != (self.assessed not in {None, Suitability.NOT_ASSESSED}):
            msg = "EducationOtherwise.assessed_on: a day was expected beside a finding, and no day without one"
            raise CallError(msg)

    def assessed_by(self, on: date) -> Suitability | None:
        """Give what was known of its suitability at the close of a day; None: nothing was said."""
        if self.assessed_on is None or self.assessed_on <= on:
            return self.assessed
        return None

    __repr__ = masked


def otherwise_facts(otherwise: History[EducationOtherwise], on: date) -> dict[str, object]:
    """Say how a child is educated otherwise on a day; of several ways at once, the one begun last."""
    now = current(otherwise.entries, on)
    if not now:
        return {"education_otherwise": "none"} if otherwise.covers(on) else {}
    facts: dict[str, object] = {"education_otherwise": now[-1].kind.value}
    found = now[-1].assessed_by(on)
    if found is None and otherwise.covers(on):
        found = Suitability.NOT_ASSESSED
    if found is not None:
        facts["education_otherwise_assessed"] = found.value
    return facts


def last_day_of_education(
    enrolments: History[Enrolment], otherwise: History[EducationOtherwise], on: date
) -> date | bool | None:
    """Find the last day of any education before a day; False: there never was any; None: some goes on, or not known.

    Both histories must reach back to the day found, and to birth where there is none.
    """
    at_school, elsewhere = current(enrolments.entries, on), current(otherwise.entries, on)
    if at_school or elsewhere:
        return None
    over = (*ended_before(enrolments.entries, on), *ended_before(otherwise.entries, on))
    latest = max(over, default=date.min)
    if not (enrolments.covers(latest, on) and otherwise.covers(latest, on)):
        return None
    return latest if over else False
