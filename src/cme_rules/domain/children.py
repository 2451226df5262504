"""A child as the records tell of one: a date of birth and histories, which give the flat facts of any day.

Facts are as at the close of a day. What happens later is not known yet; what no history supports is left out, and
left out means unknown. Nothing here prints a child's data: `repr` is masked, and messages name places, never values.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import Attribute, field, frozen

from cme_rules.domain.attendance import Mark, absence_figures, continuous_absence
from cme_rules.domain.checks import a_day, a_text, as_names, as_tuple, masked, optional, the_day
from cme_rules.domain.codes import CodeSet
from cme_rules.domain.contacts import Contact, contact_facts
from cme_rules.domain.enrolments import Enrolment, enrolment_facts
from cme_rules.domain.events import Event, event_facts
from cme_rules.domain.histories import History, current, history_of, not_before_beginning
from cme_rules.domain.home_education import (
    EducationOtherwise,
    OtherwiseKind,
    last_day_of_education,
    otherwise_facts,
)
from cme_rules.domain.plans import Plan, plan_facts, refuse_overlaps
from cme_rules.errors import CallError

__all__ = ["Child", "Stay"]


@frozen(repr=False)
class Stay:
    """A time of living in the authority's area, first and last day included."""

    began: date = field(validator=a_day)
    ended: date | None = field(default=None, kw_only=True, validator=not_before_beginning)

    __repr__ = masked


_stays_or_answer = history_of(Stay)


def _flag_or_stays(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, bool):
        _stays_or_answer(instance, attribute, value)


def _as_events(events: Iterable[Event]) -> tuple[Event, ...]:
    return as_tuple(events)


def _as_pairs(also: Mapping[str, object] | Iterable[tuple[str, object]]) -> tuple[tuple[str, object], ...]:
    try:
        return tuple(dict(also).items())
    except (TypeError, ValueError):
        msg = f"Child.also: a mapping of names to facts was expected, found {type(also).__name__}"
    raise CallError(msg)


@frozen(kw_only=True, repr=False)
class Child:
    """What is on file about a child. Every part may be left out; what is left out is not known.

    `reference` is the caller's own handle and never a fact. `in_area` is an answer or a history of stays. `school`
    is the URN of the school that asks. `events_all_known` names the events of which none is missing from `events`:
    one not recorded has not happened. `also` holds flat facts no history gives.
    Wrong types, a `datetime`, ends before beginnings, overlapping plans and entries before the birth raise `CallError`.

    >>> from cme_rules.domain.enrolments import Enrolment
    >>> child = Child(
    ...     date_of_birth=date(2014, 5, 2),
    ...     enrolments=History([Enrolment("100001", date(2018, 9, 3), ended=date(2026, 10, 9))], complete=True),
    ...     education_otherwise=History(complete=True),
    ... )
    >>> child
    <Child: 1 enrolments>
    >>> facts = child.facts(date(2026, 11, 23))
    >>> facts["on_school_roll"], facts["education_otherwise"], facts["last_day_of_education"]
    (False, 'none', datetime.date(2026, 10, 9))
    """

    reference: str | None = field(default=None, validator=optional(a_text))
    date_of_birth: date | None = field(default=None, validator=optional(a_day))
    in_area: History[Stay] | bool | None = field(default=None, validator=optional(_flag_or_stays))
    school: str | None = field(default=None, validator=optional(a_text))
    enrolments: History[Enrolment] = field(factory=History, validator=history_of(Enrolment))
    education_otherwise: History[EducationOtherwise] = field(factory=History, validator=history_of(EducationOtherwise))
    marks: History[Mark] = field(factory=History, validator=history_of(Mark))
    contacts: History[Contact] = field(factory=History, validator=history_of(Contact))
    plans: History[Plan] = field(factory=History, validator=history_of(Plan))
    events: tuple[Event, ...] = field(default=(), converter=_as_events)
    events_all_known: tuple[str, ...] = field(default=(), converter=as_names)
    also: tuple[tuple[str, object], ...] = field(default=(), converter=_as_pairs)

    @plans.validator
    def _follow_each_other(self, _: "Attribute[Any]", value: History[Plan]) -> None:
        refuse_overlaps(value.entries)

    @events.validator
    def _are_events(self, _: "Attribute[Any]", value: tuple[object, ...]) -> None:
        history_of(Event)(self, _, History(value))

    @events_all_known.validator
    def _are_names(self, _: "Attribute[Any]", value: tuple[object, ...]) -> None:
        history_of(str)(self, _, History(value))

    @also.validator
    def _are_flat(self, _: "Attribute[Any]", value: tuple[tuple[object, object], ...]) -> None:
        for name, fact in value:
            if not isinstance(name, str):
                msg = f"Child.also: names were expected to be text, found {type(name).__name__}"
                raise CallError(msg)
            if fact is not None and not isinstance(fact, bool | int | str):
                the_day(fact, f"Child.also: {name}")

    def __attrs_post_init__(self) -> None:
        """Refuse an entry that lies before the birth: one of the two days is wrong."""
        if self.date_of_birth is None:
            return
        for name, first in _first_days(self):
            if first < self.date_of_birth:
                msg = f"Child.{name}: days on or after the date of birth were expected"
                raise CallError(msg)

    def facts(
        self, on: date, *, code_sets: Sequence[CodeSet] = (), school_year_began: date | None = None
    ) -> dict[str, object]:
        """Give the flat facts as at the close of a day; a fact nothing supports is not there.

        `code_sets` are needed when there are marks. The session figures run from `school_year_began` (included) and
        are left out without it. A fact that comes from two places and differs, a day before the birth, and a mark
        that cannot be read raise `CallError`.
        """
        if self.date_of_birth is not None and the_day(on, "on") < self.date_of_birth:
            msg = "on: a day on or after the date of birth was expected"
            raise CallError(msg)
        facts = {name: fact for name, fact in self.also if fact is not None}
        for gives, given in self._by_history(the_day(on, "on"), code_sets, school_year_began):
            _add(facts, given, gives)
        return _add(facts, self._contact_facts(on, facts), "contacts")

    def _by_history(
        self, on: date, code_sets: Sequence[CodeSet], school_year_began: date | None
    ) -> Iterator[tuple[str, dict[str, object]]]:
        """Give the facts of each history that needs no other."""
        if self.date_of_birth is not None:
            yield "date_of_birth", {"date_of_birth": self.date_of_birth}
        yield "in_area", _area_facts(self, on)
        yield "enrolments", enrolment_facts(self.enrolments, on, school=self.school)
        yield "education_otherwise", otherwise_facts(self.education_otherwise, on)
        last_day = last_day_of_education(self.enrolments, self.education_otherwise, on)
        if last_day is not None:
            yield "enrolments and education_otherwise", {"last_day_of_education": last_day}
        yield "marks", _attendance_facts(self.marks, code_sets, on, school_year_began)
        yield "plans", plan_facts(self.plans, on)
        yield "events", event_facts(self.events, on, all_known=self.events_all_known)

    def _contact_facts(self, on: date, facts: Mapping[str, object]) -> dict[str, object]:
        """Give what the contacts come to, which depends on when home education and the absence began."""
        at_home = [
            entry.began
            for entry in current(self.education_otherwise.entries, on)
            if entry.kind is OtherwiseKind.HOME_EDUCATION
        ]
        absent_since = facts.get("absence_began")
        return contact_facts(
            self.contacts,
            on,
            home_educated_since=at_home[-1] if at_home else None,
            absent_since=absent_since if isinstance(absent_since, date) else None,
        )

    def __repr__(self) -> str:
        """The class and how many entries each history has: no more may be printed of a child."""
        counts = (f"{len(entries)} {name}" for name, entries in _histories(self) if entries)
        return f"<Child: {', '.join(counts) or 'no histories'}>"


def _histories(child: Child) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if isinstance(child.in_area, History):
        yield "in_area", child.in_area.entries
    for name in ("enrolments", "education_otherwise", "marks", "contacts", "plans"):
        yield name, getattr(child, name).entries
    yield "events", child.events


def _first_days(child: Child) -> Iterator[tuple[str, date]]:
    """Go through the first day of every entry, with the name of its history."""
    for name, entries in _histories(child):
        for entry in entries:
            yield name, entry.day if hasattr(entry, "day") else entry.began


def _area_facts(child: Child, on: date) -> dict[str, object]:
    if not isinstance(child.in_area, History):
        return {} if child.in_area is None else {"in_area": child.in_area}
    here = bool(current(child.in_area.entries, on))
    return {"in_area": here} if here or child.in_area.covers(on) else {}


def _attendance_facts(
    marks: History[Mark], code_sets: Sequence[CodeSet], on: date, school_year_began: date | None
) -> dict[str, object]:
    """Give the present absence and the figures of the year, each only if the marks reach far enough to tell."""
    facts: dict[str, object] = {}
    if marks.covers(on) or any(mark.day == on for mark in marks.entries):
        facts |= _absence_facts(marks, code_sets, on)
    if school_year_began is not None and marks.covers(_not_after(school_year_began, on), on):
        figures = absence_figures(marks.entries, code_sets, on=on, since=school_year_began)
        facts |= {"sessions_possible": figures.possible, "sessions_absent": figures.absent}
    return facts


def _not_after(school_year_began: date, on: date) -> date:
    if the_day(school_year_began, "school_year_began") > on:
        msg = "school_year_began: a day not after `on` was expected"
        raise CallError(msg)
    return school_year_began


def _absence_facts(marks: History[Mark], code_sets: Sequence[CodeSet], on: date) -> dict[str, object]:
    """Give the absence that goes on at the close of a day; what an unseen earlier mark could change is left out."""
    absence = continuous_absence(marks.entries, code_sets, on=on)
    whole = marks.covers(date.min, on)
    if absence is None:
        attended = absence_figures(marks.entries, code_sets, on=on, since=date.min).possible
        return {"absence_began": False} if whole or attended else {}
    whole = whole or absence.beginning_seen
    facts: dict[str, object] = {"absence_began": absence.began} if whole else {}
    if whole or not absence.all_unexplained:
        facts["absence_all_unauthorised"] = absence.all_unexplained
    if whole or absence.authorised_at_any_time:
        facts["absence_authorised_at_any_time"] = absence.authorised_at_any_time
    return facts


def _add(facts: dict[str, object], given: Mapping[str, object], source: str) -> dict[str, object]:
    """Add what a history gives; a fact that is there already and differs is a contradiction in the records."""
    for name, fact in given.items():
        if name in facts and (facts[name] != fact or type(facts[name]) is not type(fact)):
            msg = f"{name}: {source} and another part of the child give different answers; leave one of them out"
            raise CallError(msg)
        facts[name] = fact
    return facts
