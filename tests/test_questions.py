"""The ten questions a caseworker puts: each is one call, and each answer names the paragraphs it rests on."""

from datetime import date
from typing import Any

import pytest

from cme_rules import (
    Force,
    Status,
    Verdict,
    assess,
    inspect_register,
    load_policy,
    next_change,
    removal,
    what_if,
)
from cme_rules.processes.case import read_case
from cme_rules.processes.position import position

COUNCIL = load_policy("east_sussex")
ON = date(2026, 6, 15)
NOWHERE = {
    "date_of_birth": date(2014, 5, 2),
    "in_area": True,
    "on_school_roll": False,
    "education_otherwise": "none",
    "last_day_of_education": date(2026, 5, 29),
}
AWAY = {
    "date_of_birth": date(2014, 5, 2),
    "on_school_roll": True,
    "absence_began": date(2026, 5, 11),
    "absence_all_unauthorised": True,
    "sickness_or_unavoidable_cause": False,
    "contact_from_parents": False,
    "location_known": False,
    "joint_enquiries_made": True,
    "placed_by_la_in_special_school": False,
}


def test_1_is_this_child_missing_education_by_statute_and_by_the_local_policy() -> None:
    found = assess(NOWHERE, COUNCIL, on=ON)

    assert (found["cme_statutory"].verdict, found["cme_local"].verdict) == (Verdict.HOLDS, Verdict.FAILS)
    assert found["cme_statutory"].paragraphs == ("s.436A", "guidance.cme.2025")
    assert found["cme_local"].paragraphs == ("2.1", "s.436A")


def test_1_what_is_still_unknown_and_who_would_know_it() -> None:
    asked = assess({**NOWHERE, "last_day_of_education": None}, COUNCIL, on=ON)["cme_local"].missing

    assert [(fact.name, fact.question) for fact in asked] == [
        ("last_day_of_education", "When was the child's last day in any educational provision?"),
    ]
    assert asked[0].knows


def test_2_which_risk_points_and_groups_apply() -> None:
    found = assess({**NOWHERE, "newly_arrived_in_area": True, "bullied": True}, COUNCIL, on=ON)
    held = {name: found[name].paragraphs[0] for name in found.findings if found[name].verdict is Verdict.HOLDS}

    assert {name: where for name, where in held.items() if name.startswith("risk")} == {
        "risk_point_b": "2.3b",
        "risk_point": "2.3a",
        "risk_group_a": "2.5a",
        "risk_group": "2.5a",
        "risk_group_local_or_national": "2.5+",
    }
    assert found["at_risk_of_missing"].paragraphs == ("1.5a", "guidance.absence")


def test_3_what_is_due_by_whom_by_when_and_why() -> None:
    facts = {**NOWHERE, "possible_cme_met": date(2026, 6, 1), "child_protection_concern": False, "referred": False}
    due = {action.id: action for action in assess(facts, COUNCIL, on=ON).actions}

    refer = due["refer_possible_cme"]
    assert (refer.role, refer.due, refer.status) == ("any_agency", date(2026, 6, 12), Status.OVERDUE)
    assert refer.paragraphs == ("3.1", "czone.cme", "A1.n1")


def test_3_what_is_discharged() -> None:
    facts = {**NOWHERE, "response_started": date(2026, 6, 8)}
    due = {action.id: action.status for action in assess(facts, COUNCIL, on=ON).actions}

    assert (due["respond_rapidly"], due["enter_on_s2s"]) == (Status.DISCHARGED, Status.UNDATED)


def test_4_may_this_school_take_the_name_off_and_when_first() -> None:
    found = removal(AWAY, COUNCIL, on=date(2026, 6, 1))
    ground = next(each for each in found.grounds if each.name == "removal_ground_i")

    assert (ground.verdict, ground.first_day) == (Verdict.FAILS, date(2026, 6, 13))
    assert ground.paragraphs == ("reg.2024.9(1)(i)", "reg.2024.10")
    assert [fact.name for fact in next(each for each in found.possible if each.name == "removal_ground_o").missing] == [
        "permanently_excluded"
    ]
    assert {step.id for step in found.returns} == {
        "new_pupil_return",
        "deletion_return",
        "attendance_return",
        "sickness_return",
    }
    assert {local.name: local.paragraphs[0] for local, _ in found.differences} == {
        "lost_pupil_local": "A4.n1",
        "emigration_ready": "A6",
    }


def test_5_where_is_this_order_and_what_may_happen_next() -> None:
    process = COUNCIL.processes["school_attendance_order"]
    events = [{"event": "notice_served", "on": "2026-06-01", "notice_deadline": "2026-06-15"}]
    facts = {"date_of_birth": "2014-05-02", "ehcp": False}
    found = position(read_case({"facts": facts, "events": events}, process, COUNCIL), on=ON, policy=COUNCIL)

    earliest = {each.event: (each.first_lawful_day, each.grounds.paragraph) for each in found.next}
    assert (found.state.id, found.state.grounds.paragraph) == ("notice_running", "s.437(2)")
    assert earliest["attendance_judged_expedient"] == (date(2026, 6, 16), "s.437(3)")


@pytest.mark.parametrize(("deadline", "verdict"), [(14, Verdict.FAILS), (15, Verdict.HOLDS), (16, Verdict.HOLDS)])
def test_5_is_this_notice_valid(deadline: int, verdict: Verdict) -> None:
    facts = {"notice_served": date(2026, 6, 1), "notice_deadline": date(2026, 6, deadline)}
    found = assess(facts, COUNCIL, on=ON)["sao_notice_valid"]

    assert (found.verdict, found.paragraphs) == (verdict, ("s.437(2)",))


def test_6_what_must_the_school_get_from_a_family_that_emigrates() -> None:
    facts = {**AWAY, "emigration_notified": date(2026, 6, 1), "long_gap_before_departure": True}
    asked = {action.id: (action.force, action.paragraphs[0]) for action in assess(facts, COUNCIL, on=ON).actions}

    assert {name: force for name, (force, where) in asked.items() if where == "A6"} == {
        "ask_for_destination_address": Force.SHOULD,
        "confirm_departure_date": Force.MUST,
        "ask_for_written_confirmation": Force.SHOULD,
        "off_roll_at_once": Force.MUST_NOT,
    }


def test_7_what_does_the_inspection_find() -> None:
    register: list[dict[str, Any]] = [
        {"reference": "a"},
        {"reference": "b", "part_time_timetable": True},
        {"reference": "c", "off_rolled": date(2026, 5, 1)},
    ]
    found = inspect_register(register, [{"reference": "d", "took_up_place": False}], [], COUNCIL, on=ON)

    assert {name: children for name, children in found.holds.items() if children} == {
        "off_rolled_unannounced": ("c",),
        "whereabouts_to_check": ("d",),
        "part_time_on_register": ("b",),
    }
    assert {where[0] for where in found.paragraphs.values()} == {"A5"}


def test_8_when_would_the_answer_change_if_nothing_happens() -> None:
    turns = {turn.name: turn for turn in next_change(NOWHERE, COUNCIL, on=ON)}

    turn = turns["cme_local"]
    assert (turn.on, turn.before, turn.after) == (date(2026, 6, 26), "fails", "holds")
    assert turn.paragraphs == ("2.1", "s.436A")
    assert [cause.facts for cause in turn.causes] == [("last_day_of_education",)]


def test_9_what_would_have_to_be_true_for_a_different_answer() -> None:
    found = what_if(NOWHERE, COUNCIL, on=ON, finding="cme_statutory")

    assert (found.wanted, found.paragraphs) == (Verdict.FAILS, ("s.436A", "guidance.cme.2025"))
    assert "the child is on a school roll" in [way.words for way in found.ways]


def test_10_which_paragraphs_readings_and_law_an_answer_rests_on() -> None:
    told = assess(NOWHERE, COUNCIL, on=ON).to_dict()

    assert told["law_as_of"] == "2026-06-15"
    assert told["findings"]["cme_local"]["paragraphs"] == ["2.1", "s.436A"]
    assert {"paragraph": "2.1", "text": "Four weeks are 28 days; the last day of education is not counted."} in told[
        "readings"
    ]


def test_10_the_law_is_that_of_the_day() -> None:
    before, after = (assess(AWAY, COUNCIL, on=date(2024, 8, day)).to_dict()["findings"] for day in (18, 19))

    assert before["removal_2006_h"]["paragraphs"][0] == "reg.2006.8(1)(h)"
    assert after["removal_ground_i"]["paragraphs"][0] == "reg.2024.9(1)(i)"
    assert "removal_ground_i" not in before
    assert "removal_2006_h" not in after
