"""When an answer will turn if nothing else happens: the next days, and what turns it on each.

Nothing is tried day by day: only the days on which something could turn are looked at (`cme_rules.engine.turns`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from attrs import frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.engine.assess import assess
from cme_rules.engine.causes import Cause, causes
from cme_rules.engine.standing import NOT_IN_FORCE, standing
from cme_rules.engine.turns import Stretch
from cme_rules.errors import CallError, UnknownName
from cme_rules.policy.model.policy import Policy, as_day

if TYPE_CHECKING:
    from cme_rules.domain.children import Child

__all__ = ["Change", "a_year_after", "changes_over", "next_change", "stretch_of"]

_A_DAY = timedelta(days=1)
_A_YEAR = timedelta(days=365)


@frozen(kw_only=True)
class Change:
    """A finding or an action that does not stand as it did the day before.

    For a finding `before` and `after` are verdicts; for an action its status, or "possible" where a missing fact
    decides whether it arises, or "absent"; for either "not_in_force". `causes` says why, without the child's values.
    """

    on: date
    name: str
    title: str
    before: str
    after: str
    causes: tuple[Cause, ...]
    paragraphs: tuple[str, ...] = ()

    @property
    def because(self) -> str:
        """The causes as one clause."""
        return "; ".join(cause.words for cause in self.causes)


def next_change(
    child: "Mapping[str, Any] | Child",
    policy: Policy,
    *,
    on: date,
    until: date | None = None,
    names: Iterable[str] = (),
    preview: Iterable[str] = (),
    calendar: SchoolCalendar | None = None,
) -> tuple[Change, ...]:
    """The days after `on`, up to and including `until`, on which a finding or an action turns if nothing else happens.

    The facts stay as they are at the close of `on`: of a Child those its histories give for that day, and a date
    still to come comes on its day. `until` is a year after `on` where it is left out; `names` narrows the answer to
    some findings and actions. In the order of their days, then of the policy.

    Raises CallError for faulty facts, a datetime and an `until` before `on`, and UnknownName for a name the policy
    never gives.
    """
    wanted = _wanted(names, policy)
    last = as_day(until, "until") if until else a_year_after(on)
    if last < on:
        msg = "until: a day on or after `on` was expected"
        raise CallError(msg)
    return changes_over(stretch_of(child, policy, on=on, until=last, preview=preview, calendar=calendar), wanted)


def a_year_after(on: date) -> date:
    """How far is looked where nobody says how far.

    Raises CallError for a datetime, and where there are no days so late.
    """
    if as_day(on) > date.max - _A_YEAR:
        msg = "on: there is no day a year later: give `until`"
        raise CallError(msg)
    return on + _A_YEAR


def stretch_of(
    child: "Mapping[str, Any] | Child",
    policy: Policy,
    *,
    on: date,
    until: date,
    preview: Iterable[str] = (),
    calendar: SchoolCalendar | None = None,
) -> Stretch:
    """The days from `on` to `until`, both included, with the child's facts as they are at the close of `on`.

    Raises CallError as `assess` does, and for an `until` after which there is no other day.
    """
    if until == date.max:
        msg = "until: expected a day with another after it"
        raise CallError(msg)
    result = assess(child, policy, on=on, preview=preview, calendar=calendar)
    return Stretch(moment=result.assessor.moment, until=until, facts=result.facts)


def changes_over(stretch: Stretch, names: frozenset[str] | None = None) -> tuple[Change, ...]:
    """Every turn within a stretch of days."""
    days = stretch.turns(names)
    stood = standing(stretch.scope(stretch.moment.today), names)
    found: list[Change] = []
    for day in days:
        stands = standing(stretch.scope(day), names)
        found.extend(_between(stood, stands, stretch, day))
        stood = stands
    return tuple(found)


def _between(stood: Mapping[str, str], stands: Mapping[str, str], stretch: Stretch, day: date) -> Iterator[Change]:
    turned = [name for name in {**stood, **stands} if stood.get(name, NOT_IN_FORCE) != stands.get(name, NOT_IN_FORCE)]
    if not turned:
        return
    before, after = stretch.scope(day - _A_DAY), stretch.scope(day)
    known = {rule.name: rule for scope in (before, after) for rule in scope.moment.law.rules}
    for name in turned:
        was, now = stood.get(name, NOT_IN_FORCE), stands.get(name, NOT_IN_FORCE)
        yield Change(
            on=day,
            name=name,
            title=known[name].title,
            before=was,
            after=now,
            causes=causes(name, before, after, was=was, now=now),
            paragraphs=known[name].paragraphs,
        )


def _wanted(names: Iterable[str], policy: Policy) -> frozenset[str] | None:
    """The names asked for; None where all are."""
    wanted = frozenset([names] if isinstance(names, str) else names)
    unknown = wanted - {rule.name for rule in policy.rules}
    if unknown:
        msg = f"policy {policy.id!r} has no finding or action {', '.join(repr(name) for name in sorted(unknown))}"
        raise UnknownName(msg)
    return wanted or None
