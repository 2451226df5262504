"""Lists from CSV: read strictly, and what cannot be read is told by row and column, never by its data."""

from datetime import date
from pathlib import Path

import pytest

from cme_rules import NEVER, inspect_register, load_policy
from cme_rules.adapters.registers import ReadList, read_list, read_rows

COUNCIL = load_policy("east_sussex")


def read(text: str) -> ReadList:
    return read_rows(text.splitlines(keepends=True), "register", COUNCIL)


class TestCells:
    """Yes and no, days, numbers and words, each written in its way."""

    def test_a_row_becomes_a_reference_and_facts(self) -> None:
        found = read(
            "reference,part_time_timetable,off_rolled,sessions_absent,education_otherwise\na1,yes,2026-05-01,7,none\n"
        )

        assert found.rows == (
            {
                "reference": "a1",
                "part_time_timetable": True,
                "off_rolled": date(2026, 5, 1),
                "sessions_absent": 7,
                "education_otherwise": "none",
            },
        )
        assert found.faults == ()

    @pytest.mark.parametrize(
        ("cell", "value"), [("No", False), ("TRUE", True), ("0", False), ("1", True), (" yes ", True)]
    )
    def test_yes_and_no_are_written_in_several_ways(self, cell: str, value: bool) -> None:  # noqa: FBT001
        assert read(f"reference,part_time_timetable\na,{cell}\n").rows[0]["part_time_timetable"] is value

    def test_a_day_that_never_was_is_never(self) -> None:
        assert read("reference,off_rolled\na,never\n").rows[0]["off_rolled"] is NEVER

    def test_an_empty_cell_is_not_known(self) -> None:
        assert read("reference,off_rolled\na,\n").rows == ({"reference": "a"},)

    def test_a_blank_row_is_passed_over_and_still_counted(self) -> None:
        found = read("reference,off_rolled\n,,\n\na,soon\n")

        assert found.faults[-1].row == 3

    def test_headings_may_have_capitals_and_blanks(self) -> None:
        assert read("Reference,Part time timetable\na,yes\n").rows[0]["part_time_timetable"] is True


class TestFaults:
    """Each with its list, its row and its column."""

    @pytest.mark.parametrize(
        ("column", "cell", "expected"),
        [
            ("part_time_timetable", "canary", "expected yes or no"),
            ("off_rolled", "01/05/2026", "expected a day as YYYY-MM-DD, or never"),
            ("off_rolled", "2026-02-30", "expected a day as YYYY-MM-DD, or never"),
            ("sessions_absent", "-1", "expected a whole number"),
        ],
    )
    def test_a_cell_that_cannot_be_read(self, column: str, cell: str, expected: str) -> None:
        found = read(f"reference,{column}\na,{cell}\n")

        assert found.rows == ({"reference": "a"},)
        assert str(found.faults[0]) == f"register, row 1, {column}: {expected}"

    def test_a_column_of_no_fact_is_told_by_its_place(self) -> None:
        found = read("reference,canary\na,x\n")

        assert str(found.faults[0]) == "register, row 0, (column 2): its heading is no fact of the policy; passed over"
        assert found.rows == ({"reference": "a"},)

    def test_a_list_without_references_is_told(self) -> None:
        assert read("off_rolled\nnever\n").faults[0].problem == "the heading has no such column"
        assert read("").faults[0].column == "reference"

    def test_a_row_with_too_many_cells_is_told(self) -> None:
        assert read("reference\na,b\n").faults[0].problem == "it has more cells than the heading has columns"

    def test_a_file_that_is_no_csv_is_told(self) -> None:
        found = read('reference\n"a\x00b\n' + '"' + "x" * 200_000)

        assert found.rows == ()
        assert found.faults[0].problem == "this is not a CSV file in UTF-8"

    def test_nothing_of_a_child_is_in_the_repr(self) -> None:
        assert repr(read("reference\ncanary\n")) == "ReadList(rows=1, faults=0)"


def test_files_go_from_the_disk_into_an_inspection(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("\ufeffreference,off_rolled\na,2026-05-01\nb,\n", encoding="utf-8")
    register = read_list(path, "register", COUNCIL)
    found = inspect_register(register.rows, [], [], COUNCIL, on=date(2026, 6, 15))

    assert found.holds["off_rolled_unannounced"] == ("a",)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"reference\n\xff\xfe\n")

    assert read_list(path, "register", COUNCIL).faults[0].column == "(file)"
