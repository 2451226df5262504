from datetime import date, datetime

import pytest

from cme_rules.domain.never import NEVER
from cme_rules.errors import ProcessError
from cme_rules.processes.case import Case, CaseEvent, read_case
from tests.processes.given import day, england, small

SMALL = small()
CANARY = "Zebulon Quagmire"


def read(**given: object) -> Case:
    return read_case(given, SMALL, england())


def faults(given: object) -> list[str]:
    with pytest.raises(ProcessError) as fault:
        read_case(given, SMALL, england())  # type: ignore[arg-type]
    return str(fault.value).splitlines()


class TestReading:
    """Plain data become a case; days may be dates or text."""

    def test_an_empty_case(self) -> None:
        assert read() == Case(process=SMALL)

    def test_facts_events_and_a_reference(self) -> None:
        made = read(
            reference="ES-1",
            process="notice",
            facts={"ehcp": False},
            events=[{"event": "notice_served", "on": "2026-01-05", "notice_deadline": "2026-01-19"}],
        )

        assert (made.reference, made.facts) == ("ES-1", {"ehcp": False})
        assert made.events == (CaseEvent("notice_served", day(0), {"notice_deadline": day(14)}),)

    def test_days_as_dates(self) -> None:
        assert read(events=({"event": "visited", "on": day(3)},)).events == (CaseEvent("visited", day(3)),)

    def test_what_is_none_is_unknown(self) -> None:
        assert read(facts={"ehcp": None}, events=None).facts == {}

    def test_false_for_a_date_is_never(self) -> None:
        assert read(facts={"order_made": False}).facts == {"order_made": NEVER}

    def test_an_attribute_of_the_event(self) -> None:
        made = read(events=[{"event": "answered", "on": day(1), "answer_good": True}])

        assert made.events[0].says == {"answer_good": True}


class TestFaults:
    """Everything wrong with a case is said at once, by names and never by values."""

    def test_no_mapping(self) -> None:
        assert faults([1]) == ["a case is a mapping with facts and events"]

    def test_all_at_once(self) -> None:
        said = faults(
            {
                "name": CANARY,
                CANARY: 1,
                "reference": 7,
                "process": "other",
                "facts": {"ehcp": CANARY, "unheard_of": 1, CANARY: 2},
                "events": [
                    CANARY,
                    {"on": "2026-01-05"},
                    {"event": "notice_serve", "on": "2026-01-05"},
                    {"event": CANARY, "on": "2026-01-05"},
                    {"event": "visited", "on": "5 January"},
                    {"event": "visited", "on": "2026-02-30"},
                    {"event": "visited", "on": datetime(2026, 1, 5, 9, 0)},  # noqa: DTZ001 - a moment, to be refused
                    {"event": "visited", "on": "1066-10-14"},
                    {"event": "visited"},
                    {"event": "visited", "on": "2026-01-05", "answer_good": True},
                    {"event": "answered", "on": "2026-01-05", "answer_good": "yes", "notice_deadline": "2026-01-05"},
                    {"event": "notice_served", "on": "2026-01-05", "notice_deadline": "soon"},
                ],
            }
        )

        text = "\n".join(said)
        assert len(said) == 20
        assert CANARY not in text
        assert "event 3: notice_serve: process notice has no such event; did you mean notice_served?" in said
        assert "event 10 (visited): answer_good is not known here; known: nothing" in said
        assert "event 11 (answered): answer_good: expected true or false" in said
        assert sum("expected a date (YYYY-MM-DD) from" in line for line in said) == 5

    def test_events_that_are_no_list(self) -> None:
        assert faults({"events": {"event": "visited"}}) == ["events: expected a list"]

    def test_facts_that_are_no_table(self) -> None:
        assert faults({"facts": [CANARY]}) == ["facts: expected a table of facts"]

    def test_a_fact_of_the_process_is_not_a_fact_of_the_case(self) -> None:
        assert faults({"facts": {"answer_good": True}}) == [
            "facts: answer_good is not known here; known: the facts of the policy"
        ]


class TestPrivacy:
    """A case shows its process and nothing of the child."""

    def test_no_value_shows(self) -> None:
        made = read(reference=CANARY, facts={"ehcp": True}, events=[{"event": "visited", "on": day(3)}])

        assert CANARY not in repr(made)
        assert "2026" not in repr(made)
        assert str(date(2026, 1, 8)) not in repr(made.events)
