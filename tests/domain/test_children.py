import pickle
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cme_rules.domain.attendance import Mark, Session, absence_figures, continuous_absence
from cme_rules.domain.children import Child, Stay
from cme_rules.domain.codes import CodeSet
from cme_rules.domain.contacts import Contact, ContactAbout
from cme_rules.domain.enrolments import Enrolment, EnrolmentKind
from cme_rules.domain.events import Event
from cme_rules.domain.histories import History
from cme_rules.domain.home_education import EducationOtherwise, OtherwiseKind, Suitability
from cme_rules.domain.plans import Plan, PlanKind
from cme_rules.errors import CallError
from tests.domain.given import CODE_SETS, CODES_2024, days_of

BORN, TERM, ON = date(2014, 5, 2), date(2026, 9, 1), date(2026, 11, 23)
FIRST = date(2026, 9, 7)
DAY = timedelta(days=1)
HOME = OtherwiseKind.HOME_EDUCATION


def facts(child: Child, on: date = ON) -> dict[str, object]:
    return child.facts(on, code_sets=CODE_SETS, school_year_began=TERM)


class TestNothingIsGuessed:
    """What no history supports is left out."""

    def test_an_empty_child_gives_no_facts(self) -> None:
        assert facts(Child()) == {}

    def test_flat_facts_are_handed_on_and_none_is_left_out(self) -> None:
        child = Child(also={"location_known": False, "ehcp": None, "sentence_months": 4, "died": False})
        assert facts(child) == {"location_known": False, "sentence_months": 4, "died": False}

    def test_the_date_of_birth_and_the_school_that_asks_are_facts_and_the_reference_is_not(self) -> None:
        child = Child(reference="case 1", date_of_birth=BORN, school="100001")
        assert facts(child) == {"date_of_birth": BORN, "school": "100001"}

    def test_living_in_the_area_is_an_answer_or_a_history(self) -> None:
        assert facts(Child(in_area=False)) == {"in_area": False}
        stay = Stay(FIRST, ended=ON - DAY)
        assert facts(Child(in_area=History([stay])), FIRST) == {"in_area": True}
        assert facts(Child(in_area=History([stay]))) == {}
        assert facts(Child(in_area=History([stay], known_from=FIRST))) == {"in_area": False}

    def test_events_and_plans_are_given_as_at_the_close_of_the_day(self) -> None:
        child = Child(
            events=[Event("referred", ON), Event("order_made", ON + DAY)],
            events_all_known=["notice_served"],
            plans=History([Plan(PlanKind.CHILD_IN_NEED, ON)]),
        )
        assert facts(child) == {"referred": ON, "notice_served": False, "plan": "child_in_need"}


class TestAttendance:
    """Figures of the year, and the absence that goes on."""

    def attendance(self, *codes: str, on: date | None = None, **known: Any) -> dict[str, object]:  # noqa: ANN401
        last = FIRST + DAY * (len(codes) - 1)
        return facts(Child(marks=History(days_of(FIRST, *codes), **known)), on or last)

    def test_a_register_known_for_the_year_gives_its_figures(self) -> None:
        assert self.attendance("/ \\", "O I", known_from=TERM) == {
            "sessions_possible": 4,
            "sessions_absent": 2,
            "absence_began": FIRST + DAY,
            "absence_all_unauthorised": False,
            "absence_authorised_at_any_time": True,
        }

    def test_a_register_that_starts_later_gives_no_figures(self) -> None:
        assert "sessions_possible" not in self.attendance("/ \\", known_from=TERM + DAY)
        assert "sessions_possible" not in self.attendance("/ \\")

    def test_without_the_first_day_of_the_school_year_there_are_no_figures(self) -> None:
        child = Child(marks=History(complete=True))
        assert child.facts(ON) == {"absence_began": False}
        assert facts(child) == {"absence_began": False, "sessions_possible": 0, "sessions_absent": 0}

    def test_a_school_year_begins_on_the_day_or_before(self) -> None:
        child = Child(marks=History(complete=True))
        assert "sessions_possible" in child.facts(ON, school_year_began=ON)
        with pytest.raises(CallError, match="school_year_began"):
            child.facts(ON, school_year_began=ON + DAY)

    def test_a_mark_of_the_day_is_enough_for_the_absence(self) -> None:
        assert self.attendance("/ \\", "O", "O") == {
            "absence_began": FIRST + DAY,
            "absence_all_unauthorised": True,
            "absence_authorised_at_any_time": False,
        }

    def test_a_register_that_stops_before_the_day_says_nothing_of_it(self) -> None:
        assert self.attendance("/ \\", "O", on=ON) == {}
        assert self.attendance("/ \\", "O", on=ON, complete=True, known_until=ON - DAY) == {}
        assert self.attendance("/ \\", "O", on=ON, complete=True, known_until=ON)["absence_began"] == FIRST + DAY

    def test_an_absence_whose_beginning_was_not_seen_is_told_as_far_as_it_is_known(self) -> None:
        assert self.attendance("O", "O", known_from=FIRST) == {}
        assert self.attendance("O", "I") == {"absence_all_unauthorised": False, "absence_authorised_at_any_time": True}
        assert self.attendance("O", "O", complete=True)["absence_began"] == FIRST

    def test_a_pupil_who_attended_last_is_not_absent(self) -> None:
        assert self.attendance("O", "/ \\") == {"absence_began": False}

    def test_a_day_the_school_was_closed_says_nothing(self) -> None:
        assert self.attendance("#") == {}
        assert self.attendance("Y4", known_from=FIRST) == {}

    def test_contact_is_asked_about_since_the_absence_began(self) -> None:
        contacts = History([Contact(FIRST + DAY, ContactAbout.ABSENCE, answered=True)])
        child = Child(marks=History(days_of(FIRST, "/ \\", "O")), contacts=contacts)
        assert facts(child, FIRST + DAY)["contact_from_parents"] is True
        told = Child(also={"absence_began": FIRST + DAY * 2}, contacts=contacts)
        assert "contact_from_parents" not in facts(told)
        assert facts(Child(also={"absence_began": FIRST}, contacts=contacts))["contact_from_parents"] is True

    def test_contact_about_home_education_is_counted_since_it_began(self) -> None:
        tries = [Contact(day, ContactAbout.HOME_EDUCATION) for day in (FIRST - DAY, FIRST, ON)]
        at_home = History([EducationOtherwise(HOME, FIRST), EducationOtherwise(OtherwiseKind.TUITION, FIRST + DAY)])
        child = Child(contacts=History(tries, known_from=FIRST), education_otherwise=at_home)
        assert facts(child)["home_education_contact_attempts"] == 2


class TestContradictions:
    """Two parts of a child may not answer differently."""

    def test_a_flat_fact_may_agree_with_a_history_and_may_not_differ(self) -> None:
        on_roll = History([Enrolment("100001", FIRST)])
        assert facts(Child(enrolments=on_roll, also={"on_school_roll": True}))["on_school_roll"] is True
        for answer in (False, 1):
            with pytest.raises(CallError, match="on_school_roll: enrolments and another part of the child"):
                facts(Child(enrolments=on_roll, also={"on_school_roll": answer}))

    def test_a_flat_fact_fills_what_a_history_leaves_open(self) -> None:
        left = History([Enrolment("100001", FIRST, ended=ON - DAY)])
        assert facts(Child(enrolments=left, also={"on_school_roll": False})) == {"on_school_roll": False}


class TestRefusals:
    """A child is refused when it is made, or not at all."""

    MOMENT = datetime(1977, 7, 17, 9, 0)  # noqa: DTZ001 - a moment is what is refused

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"reference": 7}, r"Child\.reference: text"),
            ({"reference": ""}, r"Child\.reference: text was expected, found an empty text"),
            ({"date_of_birth": MOMENT}, r"Child\.date_of_birth: a day was expected, found a moment"),
            ({"date_of_birth": "1977-07-17"}, r"Child\.date_of_birth: a day .* found str"),
            ({"in_area": "canary"}, r"Child\.in_area: a History was expected, found str"),
            ({"in_area": History(["canary"])}, r"Child\.in_area: entry 1 was expected to be a Stay, found str"),
            ({"enrolments": ["canary"]}, r"Child\.enrolments: a History was expected, found list"),
            ({"marks": History([Stay(FIRST)])}, r"Child\.marks: entry 1 was expected to be a Mark, found Stay"),
            ({"events": ["canary"]}, r"Child\.events: entry 1 was expected to be a Event, found str"),
            ({"events": "canary"}, "a list was expected, found str"),
            ({"events_all_known": "canary"}, "a list was expected, found str"),
            ({"events_all_known": [7]}, r"Child\.events_all_known: entry 1 was expected to be a str, found int"),
            ({"also": "canary"}, r"Child\.also: a mapping .* found str"),
            ({"also": {7: "canary"}}, r"Child\.also: names were expected to be text, found int"),
            ({"also": {"died": MOMENT}}, r"Child\.also: died: a day was expected, found a moment"),
            ({"also": {"died": ["canary"]}}, r"Child\.also: died: a day .* found list"),
            ({"plans": History([Plan(PlanKind.CHILD_IN_NEED, FIRST)] * 2)}, "two that overlap"),
        ],
    )
    def test_wrong_parts_are_named_and_their_values_are_not(self, parts: dict[str, Any], said: str) -> None:
        with pytest.raises(CallError, match=said) as caught:
            Child(**parts)
        assert "canary" not in str(caught.value)
        assert "1977" not in str(caught.value)

    @pytest.mark.parametrize(
        ("history", "entry"),
        [
            ("in_area", Stay(BORN - DAY)),
            ("enrolments", Enrolment("100001", BORN - DAY)),
            ("education_otherwise", EducationOtherwise(HOME, BORN - DAY)),
            ("marks", Mark(BORN - DAY, Session.AM, "/")),
            ("contacts", Contact(BORN - DAY, ContactAbout.OTHER)),
            ("plans", Plan(PlanKind.CHILD_IN_NEED, BORN - DAY)),
            ("events", Event("referred", BORN - DAY)),
        ],
    )
    def test_nothing_happens_before_birth(self, history: str, entry: object) -> None:
        given_as: Callable[[Iterable[Any]], Any] = tuple if history == "events" else History
        parts: dict[str, Any] = {history: given_as([entry])}
        Child(date_of_birth=BORN - DAY, **parts)
        Child(**parts)
        with pytest.raises(CallError, match=f"Child.{history}: days on or after the date of birth") as caught:
            Child(date_of_birth=BORN, **parts)
        assert "2014" not in str(caught.value)

    def test_there_are_no_facts_before_birth(self) -> None:
        assert facts(Child(date_of_birth=TERM), TERM)
        with pytest.raises(CallError, match="on: a day on or after the date of birth"):
            facts(Child(date_of_birth=BORN), BORN - DAY)

    @pytest.mark.parametrize("born", [BORN, None])
    def test_the_day_is_a_day(self, born: date | None) -> None:
        with pytest.raises(CallError, match="on: a day was expected, found a moment"):
            Child(date_of_birth=born).facts(self.MOMENT)
        with pytest.raises(CallError, match="school_year_began: a day was expected"):
            Child(date_of_birth=born).facts(ON, school_year_began=self.MOMENT)


class TestMasking:
    """No value of a child's appears where it is printed."""

    DAY = date(1977, 7, 17)
    CANARY = "canary"

    def test_no_value_appears_in_any_repr(self) -> None:
        day, later = self.DAY, date(1977, 8, 18)
        parts: dict[str, Any] = {
            "in_area": History([Stay(day, ended=later)], known_from=day, known_until=later),
            "enrolments": History([Enrolment(self.CANARY, day, ended=later, kind=EnrolmentKind.MAIN)]),
            "education_otherwise": History(
                [EducationOtherwise(HOME, day, assessed=Suitability.UNSUITABLE, assessed_on=later)]
            ),
            "marks": History([Mark(day, Session.AM, self.CANARY)]),
            "contacts": History([Contact(day, ContactAbout.ABSENCE, answered=True)]),
            "plans": History([Plan(PlanKind.CHILD_PROTECTION, day, ended=later, stepped_down=True)]),
            "events": [Event("convicted", day)],
        }
        child = Child(
            reference=self.CANARY, date_of_birth=day, school=self.CANARY, also={"referrer": self.CANARY}, **parts
        )
        marks = days_of(date(2026, 9, 7), "O", "I")
        held: list[object] = [
            child,
            *parts.values(),
            *(entry for part in parts.values() for entry in getattr(part, "entries", part)),
            absence_figures(marks, CODE_SETS, on=ON, since=TERM),
            continuous_absence(marks, CODE_SETS, on=ON),
        ]
        for value in held:
            for text in (repr(value), str(value), f"{value}"):
                assert self.CANARY not in text
                for secret in ("1977", "7, 17", "unsuitable", "protection", "convicted"):
                    assert secret not in text.lower()
        assert repr(child) == (
            "<Child: 1 in_area, 1 enrolments, 1 education_otherwise, 1 marks, 1 contacts, 1 plans, 1 events>"
        )
        assert repr(Child()) == "<Child: no histories>"

    def test_no_value_appears_when_facts_are_refused(self) -> None:
        unreadable = Child(marks=History([Mark(self.DAY, Session.AM, self.CANARY)], complete=True))
        too_old = (CodeSet(since=self.DAY, codes=CODES_2024.codes),)
        for sets in ((), CODE_SETS, too_old):
            with pytest.raises(CallError) as caught:
                unreadable.facts(ON, code_sets=sets)
            assert self.CANARY not in str(caught.value)
        contradicted = Child(school=self.CANARY, also={"school": "another canary"})
        with pytest.raises(CallError) as caught:
            facts(contradicted)
        assert self.CANARY not in str(caught.value)


DAYS = st.dates(min_value=TERM - DAY * 20, max_value=TERM + DAY * 20)
LASTS = st.none() | st.integers(0, 20)


def ended(began: date, lasts: int | None) -> date | None:
    return None if lasts is None else began + DAY * lasts


def otherwise(kind: OtherwiseKind, began: date, lasts: int | None, found: Suitability | None) -> EducationOtherwise:
    has_day = found not in {None, Suitability.NOT_ASSESSED}
    return EducationOtherwise(
        kind, began, ended=ended(began, lasts), assessed=found, assessed_on=began + DAY * 5 if has_day else None
    )


def plans(began: list[date]) -> list[Plan]:
    firsts = sorted(set(began))
    kinds = list(PlanKind)
    return [
        Plan(kinds[number % 2], first, ended=following, stepped_down=following is not None)
        for number, (first, following) in enumerate(zip_longest(firsts, firsts[1:]))
    ]


def histories(entries: st.SearchStrategy[Any]) -> st.SearchStrategy[History[Any]]:
    return st.builds(History, st.lists(entries, max_size=4), known_from=st.none() | DAYS)


MARKS = st.dictionaries(
    st.tuples(DAYS, st.sampled_from(Session)), st.sampled_from(["/", "O", "I", "U", "D", "#", "Y4", "B"]), max_size=30
).map(lambda marks: [Mark(day, session, _code(day, code)) for (day, session), code in marks.items()])
CHILDREN = st.builds(
    Child,
    in_area=histories(st.builds(lambda began, lasts: Stay(began, ended=ended(began, lasts)), DAYS, LASTS)),
    enrolments=histories(
        st.builds(
            lambda school, began, lasts: Enrolment(school, began, ended=ended(began, lasts)),
            st.sampled_from(["100001", "100002"]),
            DAYS,
            LASTS,
        )
    ),
    education_otherwise=histories(
        st.builds(otherwise, st.sampled_from(OtherwiseKind), DAYS, LASTS, st.none() | st.sampled_from(Suitability))
    ),
    marks=st.builds(History, MARKS, known_from=st.none() | DAYS),
    contacts=histories(st.builds(Contact, DAYS, st.sampled_from(ContactAbout), answered=st.booleans())),
    plans=st.builds(lambda began: History(plans(began)), st.lists(DAYS, max_size=4)),
    events=st.lists(st.builds(Event, st.sampled_from(["order_made", "referred"]), DAYS, known_on=DAYS), max_size=4),
    school=st.sampled_from([None, "100001"]),
)


def _code(day: date, code: str) -> str:
    """Keep a code as it is: every one used here stands in the set of its day."""
    assert any(code_set.covers(day) and code in code_set.classes for code_set in CODE_SETS)
    return code


def as_known_on(child: Child, on: date) -> Child:
    """The same child as the files stood at the close of a day."""

    def begun(history: History[Any]) -> list[Any]:
        return [entry for entry in history.entries if getattr(entry, "day", None) or entry.began <= on]

    def open_ended(history: History[Any]) -> list[Any]:
        return [evolve(entry, ended=None) if entry.ended and entry.ended > on else entry for entry in begun(history)]

    def unfound(entry: EducationOtherwise) -> EducationOtherwise:
        later = entry.assessed_on is not None and entry.assessed_on > on
        return evolve(entry, assessed=None, assessed_on=None) if later else entry

    known_plans = [
        evolve(plan, ended=None, stepped_down=False) if plan.ended and plan.ended > on else plan
        for plan in begun(child.plans)
    ]
    assert isinstance(child.in_area, History)
    return evolve(
        child,
        in_area=evolve(child.in_area, entries=open_ended(child.in_area)),
        enrolments=evolve(child.enrolments, entries=open_ended(child.enrolments)),
        education_otherwise=evolve(
            child.education_otherwise, entries=[unfound(entry) for entry in open_ended(child.education_otherwise)]
        ),
        marks=evolve(child.marks, entries=[mark for mark in child.marks.entries if mark.day <= on]),
        contacts=evolve(child.contacts, entries=[contact for contact in child.contacts.entries if contact.day <= on]),
        plans=evolve(child.plans, entries=known_plans),
        events=[event for event in child.events if event.known_on <= on],
    )


def told(child: Child, on: date) -> dict[str, object]:
    return child.facts(on, code_sets=CODE_SETS, school_year_began=TERM - DAY * 30)


class TestProperties:
    """What holds for every child."""

    @given(CHILDREN, DAYS)
    def test_the_facts_of_a_day_never_use_what_happened_later(self, child: Child, on: date) -> None:
        assert told(child, on) == told(as_known_on(child, on), on)

    @given(CHILDREN, DAYS)
    def test_declaring_the_files_whole_adds_facts_and_changes_none(self, child: Child, on: date) -> None:
        parts = ("in_area", "enrolments", "education_otherwise", "marks", "contacts", "plans")
        whole = evolve(child, **{part: evolve(getattr(child, part), complete=True) for part in parts})
        assert told(child, on).items() <= told(whole, on).items()

    @given(CHILDREN, DAYS)
    def test_a_date_is_never_after_the_day_unless_it_was_known_before(self, child: Child, on: date) -> None:
        foretold = {event.day for event in child.events if event.known_on <= on}
        for fact in told(child, on).values():
            assert not isinstance(fact, date) or fact <= on or fact in foretold

    @given(CHILDREN)
    def test_a_child_can_be_a_key_and_travel(self, child: Child) -> None:
        assert pickle.loads(pickle.dumps(child)) == child  # noqa: S301 - our own bytes
        assert hash(evolve(child)) == hash(child)
