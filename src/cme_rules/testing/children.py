"""Made-up children with histories: rolls, education otherwise, contacts, plans and events, as records tell them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from cme_rules.conditions.kinds import Base
from cme_rules.domain.children import Child, Stay
from cme_rules.domain.contacts import Contact, ContactAbout
from cme_rules.domain.enrolments import Enrolment
from cme_rules.domain.events import Event
from cme_rules.domain.histories import History
from cme_rules.domain.home_education import EducationOtherwise, OtherwiseKind
from cme_rules.domain.plans import Plan, PlanKind
from cme_rules.policy.model.policy import Policy
from cme_rules.testing.edges import edges

__all__ = ["children"]

_A_DAY = timedelta(days=1)
_SCHOOLS = ("100001", "100002")
_DISTANCES = (0, 1, 5, 10, 14, 15, 19, 20, 27, 28, 29, 60, 200, 365)
_MOSTLY = st.sampled_from([True, True, False])
"""Yes twice in three times: records that leave much open answer little."""
_BY_HISTORY = frozenset({"date_of_birth", "last_day_of_education", "absence_began", "plan_stepped_down"})
"""Facts that histories give: an event of that name would contradict them."""
_FEWEST_YEARS, _MOST_YEARS = 3, 18
_BEFORE_SCHOOL, _MIDWAY = 5 * 366, 9 * 366
"""Days of a life before any school, and a middling age."""


def children(policy: Policy, *, on: date) -> st.SearchStrategy[Child]:
    """A child whose records end near the day `on`, complete or not, as a system that keeps histories would give it.

    The date of birth lies near the edges of school age; every part may be left out, so some facts stay unknown.
    """
    births = _births(edges(policy, on=on).get("date_of_birth", ()), on)
    events = _events(policy, on)

    @st.composite
    def child(draw: st.DrawFn) -> Child:
        born = draw(births)
        since = (born or on - _MIDWAY * _A_DAY) + _BEFORE_SCHOOL * _A_DAY
        parts = {
            "date_of_birth": born,
            "in_area": draw(st.one_of(_MOSTLY, st.none(), _histories(_stays(on, since)))),
            "enrolments": draw(_histories(_enrolments(on, since))),
            "education_otherwise": draw(_histories(_otherwise(on, since))),
            "contacts": draw(_histories(_contacts(on, since))),
            "plans": draw(_histories(_plans(on, since))),
            "events": draw(events),
        }
        return Child(**{name: value for name, value in parts.items() if value is not None})

    return child()


def _births(near: tuple[date, ...], on: date) -> st.SearchStrategy[date | None]:
    years = st.integers(_FEWEST_YEARS * 365, _MOST_YEARS * 365).map(lambda days: on - days * _A_DAY)
    return st.one_of(st.none(), years, *([st.sampled_from(near)] if near else []))


def _back(on: date, since: date) -> st.SearchStrategy[date]:
    """Days up to `on`, at distances a rule may count, none before `since` where that has come."""
    earliest = min(since, on)
    return st.sampled_from(_DISTANCES).map(lambda days: max(on - days * _A_DAY, earliest))


def _histories(entries: st.SearchStrategy[list]) -> st.SearchStrategy[History]:  # type: ignore[type-arg]
    return st.builds(History, entries, complete=_MOSTLY)


def _stays(on: date, since: date) -> st.SearchStrategy[list[Stay]]:
    began = min(since, on)
    ended = st.one_of(st.none(), _back(on, since))
    return st.one_of(st.just([]), ended.map(lambda last: [Stay(began, ended=last)]))


def _enrolments(on: date, since: date) -> st.SearchStrategy[list[Enrolment]]:
    began = min(since, on)
    ended = st.one_of(st.none(), _back(on, since))
    places = st.tuples(st.sampled_from(_SCHOOLS), ended).map(lambda each: Enrolment(each[0], began, ended=each[1]))
    return st.lists(places, max_size=2)


def _otherwise(on: date, since: date) -> st.SearchStrategy[list[EducationOtherwise]]:
    entries = st.tuples(st.sampled_from(OtherwiseKind), _back(on, since)).map(lambda each: EducationOtherwise(*each))
    return st.lists(entries, max_size=1)


def _contacts(on: date, since: date) -> st.SearchStrategy[list[Contact]]:
    made = st.tuples(_back(on, since), st.sampled_from(ContactAbout), st.booleans())
    return st.lists(made.map(lambda each: Contact(each[0], each[1], answered=each[2])), max_size=3)


def _plans(on: date, since: date) -> st.SearchStrategy[list[Plan]]:
    made = st.tuples(st.sampled_from(PlanKind), _back(on, since)).map(lambda each: Plan(*each))
    return st.lists(made, max_size=1)


def _events(policy: Policy, on: date) -> st.SearchStrategy[tuple[Event, ...]]:
    """Events by the names of the policy's date facts that no history gives."""
    names = [name for name, spec in policy.facts.items() if spec.kind.base is Base.DATE and name not in _BY_HISTORY]
    if not names:
        return st.just(())
    made = st.tuples(st.sampled_from(sorted(names)), _back(on, date.min)).map(lambda each: Event(*each))
    return st.lists(made, max_size=6, unique_by=lambda event: event.name).map(tuple)
