"""The one call most users need: facts about a child, a policy and a day in; an assessment out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.engine.assessment import Assessment
from cme_rules.engine.assessor import Assessor, compiled
from cme_rules.engine.facts import read_facts
from cme_rules.engine.moment import Moment
from cme_rules.errors import CalendarError, CallError
from cme_rules.policy.model.policy import Law, Policy, as_day

if TYPE_CHECKING:
    from cme_rules.domain.children import Child

__all__ = ["assess", "assessor", "facts_of"]


_KEPT = 1024
"""Days and calendars kept compiled for one policy before its memory is emptied."""


def assess(
    child: "Mapping[str, Any] | Child",
    policy: Policy,
    *,
    on: date,
    preview: Iterable[str] = (),
    calendar: SchoolCalendar | None = None,
) -> Assessment:
    """Judge a child by a policy on a day. The facts are as at the close of that day.

    `child` is a mapping of flat facts or a Child. A fact left out, or None, is unknown; `False` for a date says that
    it never happened. `calendar` stands in for the calendar of the child's school. `preview` asks for enacted law
    that is not in force, by its ids.

    Raises CallError naming every fact that is undeclared or of the wrong kind, and for a datetime as `on`.
    """
    if type(policy) is not Policy:
        msg = f"expected a policy as load_policy() gives it, found {type(policy).__name__}"
        raise CallError(msg)
    school = _school_of(child, policy)
    judge = assessor(policy, on=as_day(on), preview=_ids(preview), school=school, calendar=calendar)
    facts, row = read_facts(_flat(child, judge.moment), policy)
    return Assessment(assessor=judge, facts=facts, answers=judge.run(*row))


def _ids(preview: Iterable[str]) -> tuple[str, ...]:
    if type(preview) is tuple:  # as it is where it is left out: the questions below take longer
        return preview
    if isinstance(preview, str) or not isinstance(preview, Iterable):
        msg = "preview: expected a list of ids, such as those of policy.previews"
        raise CallError(msg)
    return tuple(preview)


def facts_of(child: "Mapping[str, Any] | Child", policy: Policy, *, on: date) -> Mapping[str, Any]:
    """The flat facts of a child as at the close of a day; a mapping is given back as it is.

    The session figures of a Child run from the first day of the school year, by the calendar of its school.
    """
    return _flat(child, assessor(policy, on=as_day(on), school=_school_of(child, policy)).moment)


def assessor(
    policy: Policy,
    *,
    on: date,
    preview: tuple[str, ...] = (),
    school: str = "",
    calendar: SchoolCalendar | None = None,
) -> Assessor:
    """The compiled law of a day for one school: made once, then kept by the policy."""
    kept: dict[Any, Assessor] = policy._memo.setdefault("assessors", {})  # noqa: SLF001 - the policy keeps it for us
    key = (on, preview, school, calendar)
    found = kept.get(key)
    if found is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[key] = compiled(_moment(policy.as_of(on, preview=preview), school, calendar))
    return found


def _moment(law: Law, school: str, calendar: SchoolCalendar | None) -> Moment:
    """The day with its calendars; a school with no calendar of its own leaves school days uncounted, and says so."""
    if calendar is not None and not isinstance(calendar, SchoolCalendar):
        msg = f"calendar: expected a SchoolCalendar, found {type(calendar).__name__}"
        raise CallError(msg)
    calendars = law.policy.calendars
    why = "the policy has no school calendar"
    if calendar is None and school:
        calendar = calendars.by_school.get(school)
        why = "the policy has no calendar for this child's school"
    elif calendar is None and law.policy.calendar:
        calendar = calendars.authority(law.policy.calendar)
    return Moment(law=law, school=calendar, working=calendars.working, without_school=why)


def _school_of(child: "Mapping[str, Any] | Child", policy: Policy) -> str:
    """The school whose calendar applies; text only, so that a wrong value is left for the check of facts."""
    school = child.get("school") if type(child) is dict or isinstance(child, Mapping) else getattr(child, "school", "")
    return school if isinstance(school, str) and "school" in policy.facts else ""


def _flat(child: "Mapping[str, Any] | Child", moment: Moment) -> Mapping[str, Any]:
    if type(child) is dict or isinstance(child, Mapping):  # asking for a dict first: Mapping takes ten times as long
        return child
    from cme_rules.domain.children import Child  # noqa: PLC0415 - flat facts, the commoner case, need no histories

    if not isinstance(child, Child):
        msg = f"expected a mapping of facts or a Child, found {type(child).__name__}"
        raise CallError(msg)
    return child.facts(moment.today, code_sets=moment.law.policy.code_sets, school_year_began=_year_began(moment))


def _year_began(moment: Moment) -> date | None:
    """The first day of the school year that holds the day: by the calendar, or else by the day the law names."""
    today, ages = moment.today, moment.law.school_age
    if moment.school is not None:
        try:
            return moment.school.school_year(today).begins
        except CalendarError:
            pass
    if ages is None:
        return None
    starts = today.replace(month=ages.school_year_starts[0], day=ages.school_year_starts[1])
    return starts if starts <= today else starts.replace(year=today.year - 1)
