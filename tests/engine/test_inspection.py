"""Three lists side by side: what an inspection finds of each child, by the child's reference."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cme_rules import CallError, assess, inspect_register, load_policy
from cme_rules.engine.inspection import Inspection, RowFault

COUNCIL = load_policy("east_sussex")
ON = date(2026, 6, 15)
Rows = list[dict[str, Any]]


def inspected(register: Rows, allocated: Rows = [], off_roll: Rows = []) -> Inspection:  # noqa: B006 - never changed
    return inspect_register(register, allocated, off_roll, COUNCIL, on=ON)


def row(reference: str, **facts: object) -> dict[str, Any]:
    return {"reference": reference, **facts}


class TestOffRolled:
    """Off the register without a notification."""

    def test_a_deletion_nobody_was_told_of_is_found(self) -> None:
        found = inspected([row("a", off_rolled=date(2026, 5, 1)), row("b")])

        assert found.holds["off_rolled_unannounced"] == ("a",)

    def test_a_deletion_that_was_notified_is_not(self) -> None:
        found = inspected([row("a", off_rolled=date(2026, 5, 1))], off_roll=[row("a")])

        assert found.holds["off_rolled_unannounced"] == ()

    @pytest.mark.parametrize(("days", "gone"), [(-1, True), (0, True), (1, False)])
    def test_from_the_day_of_the_deletion_the_name_is_off(self, days: int, gone: bool) -> None:  # noqa: FBT001
        found = inspected([row("a", off_rolled=ON + timedelta(days=days))])

        assert found.holds["off_rolled_unannounced"] == (("a",) if gone else ())

    def test_an_allocated_child_who_started_and_is_gone_is_found(self) -> None:
        found = inspected([], allocated=[row("a", took_up_place=True), row("b")])

        assert found.holds["off_rolled_unannounced"] == ("a",)
        assert found.unknown["off_rolled_unannounced"] == ("b",)


class TestAllocated:
    """Allocated this year and not on the register."""

    def test_a_child_who_never_came_is_to_be_looked_for(self) -> None:
        found = inspected([row("a")], allocated=[row("a"), row("b")])

        assert found.holds["whereabouts_to_check"] == ("b",)

    def test_a_child_entered_only_later_is_not_there_yet(self) -> None:
        found = inspected([row("a", entered_on_roll=ON + timedelta(days=1))], allocated=[row("a")])

        assert found.holds["whereabouts_to_check"] == ("a",)

    def test_a_child_entered_today_is_there(self) -> None:
        found = inspected([row("a", entered_on_roll=ON)], allocated=[row("a")])

        assert found.holds["whereabouts_to_check"] == ()


class TestOthers:
    """Part-time timetables, and lists that contradict one another."""

    def test_part_time_timetables_are_listed_and_unknown_ones_too(self) -> None:
        found = inspected([row("a", part_time_timetable=True), row("b", part_time_timetable=False), row("c")])

        assert found.holds["part_time_on_register"] == ("a",)
        assert found.unknown["part_time_on_register"] == ("c",)

    def test_a_pupil_announced_as_gone_who_is_still_there_is_shown(self) -> None:
        found = inspected([row("a")], off_roll=[row("a")])

        assert found.holds["announced_yet_on_register"] == ("a",)

    def test_each_answer_is_that_of_the_assessment(self) -> None:
        found = inspected(
            [row("a", off_rolled=date(2026, 5, 1)), row("b", part_time_timetable=True), row("e", off_rolled=False)],
            [row("c", took_up_place=False), row("b")],
            [row("d"), row("b")],
        )
        for reference, facts in found.facts.items():
            result = assess(facts, COUNCIL, on=ON)
            for name in found.titles:
                verdict = result[name].verdict.value
                expected = {"holds": reference in found.holds[name], "unknown": reference in found.unknown[name]}
                assert expected.get(verdict, reference not in found.holds[name])


class TestRows:
    """A faulty row is reported without its data and stops nothing."""

    def test_a_row_without_a_reference_is_passed_over(self) -> None:
        found = inspected([{"part_time_timetable": True}, row("a"), row("")])

        assert found.children == 1
        assert [(each.list, each.row, each.column) for each in found.faults] == [
            ("register", 1, "reference"),
            ("register", 3, "reference"),
        ]

    def test_a_wrong_value_is_taken_as_not_known(self) -> None:
        found = inspected([row("a", part_time_timetable="sometimes")])

        assert found.unknown["part_time_on_register"] == ("a",)
        assert str(found.faults[0]) == "register, row 1, part_time_timetable: expected true or false"

    def test_a_column_that_is_no_fact_is_not_repeated(self) -> None:
        found = inspected([row("a", surname="Canary")])

        assert found.faults == (RowFault("register", 1, "(a column)", "the policy declares no such fact"),)

    def test_what_the_lists_themselves_say_cannot_be_given(self) -> None:
        assert inspected([row("a", on_register=False)]).faults

    def test_two_rows_that_differ_leave_a_fact_unknown(self) -> None:
        found = inspected(
            [row("a", part_time_timetable=True), row("a", part_time_timetable=False)],
            [row("a", part_time_timetable=True)],
        )

        assert found.unknown["part_time_on_register"] == ("a",)
        assert [each.problem for each in found.faults] == ["another row says otherwise"]

    def test_a_pupil_who_left_and_came_back_is_on_the_register(self) -> None:
        found = inspected([row("a", off_rolled=date(2026, 1, 9)), row("a"), row("b"), row("b", off_rolled=ON)])

        assert found.holds["off_rolled_unannounced"] == ()
        assert found.faults == ()

    def test_an_empty_cell_is_not_known(self) -> None:
        assert inspected([row("a", part_time_timetable=None)]).unknown["part_time_on_register"] == ("a",)


class TestTelling:
    """The text counts; it names no child."""

    def test_every_finding_names_its_paragraphs(self) -> None:
        assert inspected([row("a")]).paragraphs["part_time_on_register"] == ("A5", "3.3")

    def test_it_counts_each_finding(self) -> None:
        told = inspected([row("canary", off_rolled=date(2026, 5, 1)), row("b", part_time_timetable=3)]).tell()

        assert told.splitlines()[0] == "2 children on the lists"
        assert "- Off the register, and nobody was told: 1, not known of 0 (off_rolled_unannounced; A5, 3.3)" in told
        assert told.endswith("1 rows could not be read in full")
        assert "canary" not in told

    def test_its_repr_names_no_child(self) -> None:
        assert "canary" not in repr(inspected([row("canary", off_rolled=date(2026, 5, 1))]))

    def test_without_faults_there_is_no_word_of_them(self) -> None:
        assert "rows could not" not in inspected([row("a")]).tell()


class TestCalls:
    """A policy without an inspection, and a moment, are refused."""

    def test_a_policy_without_such_rules_is_refused(self) -> None:
        with pytest.raises(CallError, match="register_inspection"):
            inspect_register([], [], [], load_policy("england"), on=ON)

    def test_a_moment_is_refused(self) -> None:
        with pytest.raises(CallError, match="on"):
            inspect_register([], [], [], COUNCIL, on=datetime(2026, 6, 15))  # noqa: DTZ001


@pytest.mark.slow
def test_a_hundred_thousand_rows_take_seconds() -> None:
    register = [row(f"c{place}", part_time_timetable=place % 20 == 0) for place in range(100_000)]
    found = inspected(register, [row(f"c{place}") for place in range(99_900, 100_100)])

    assert found.children == 100_100
    assert len(found.holds["part_time_on_register"]) == 5_000
    assert len(found.holds["whereabouts_to_check"]) == 100
