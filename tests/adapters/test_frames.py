"""Children from the tables an analyst has at hand, and answers back beside them."""

import sys
from datetime import date, datetime
from typing import Any

import pytest

from cme_rules import CallError, load_policy
from cme_rules.adapters.frames import Frame, children_in, with_answers

POLICY = load_policy("england")
ON = date(2026, 6, 15)
ROWS: dict[str, list[Any]] = {
    "reference": ["a", "b", "c"],
    "date_of_birth": [date(2014, 5, 2), date(2014, 5, 2), None],
    "in_area": [True, True, True],
    "on_school_roll": [False, True, False],
    "education_otherwise": ["none", "none", None],
    "sessions_absent": [3, None, 0],
}


@pytest.fixture(params=["pandas", "polars"])
def frame(request: pytest.FixtureRequest) -> Frame:
    library = pytest.importorskip(request.param)
    return library.DataFrame(ROWS)


class TestChildren:
    """Rows become facts."""

    def test_an_empty_cell_is_not_known(self, frame: Frame) -> None:
        children = list(children_in(frame, POLICY, ignore=["reference"]))

        assert children[2] == {"in_area": True, "on_school_roll": False, "sessions_absent": 0}
        assert "sessions_absent" not in children[1]

    def test_a_column_that_is_no_fact_is_named(self, frame: Frame) -> None:
        with pytest.raises(CallError, match="reference"):
            list(children_in(frame, POLICY))


class TestAnswers:
    """Answers become columns."""

    def test_a_column_for_each_finding_in_a_frame_of_the_same_kind(self, frame: Frame) -> None:
        found = with_answers(frame, POLICY, on=ON, findings=["cme_statutory"], ignore=["reference"])

        assert type(found.frame) is type(frame)
        assert list(found.frame["cme_statutory"]) == ["holds", "fails", "unknown"]
        assert found.faults == ()
        assert "cme_statutory" not in frame.columns

    def test_a_row_that_cannot_be_read_is_told_and_stops_no_other(self) -> None:
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({"in_area": [True, "canary"], "on_school_roll": [True, True]}, dtype=object)

        found = with_answers(frame, POLICY, on=ON, findings=["cme_statutory"])

        assert [fault.row for fault in found.faults] == [2]
        assert "canary" not in str(found.faults)
        assert found.frame["cme_statutory"][0] == "fails"
        assert found.frame["cme_statutory"].isna()[1]


class TestPandas:
    """Pandas has days only as moments at midnight, and whole numbers beside gaps only as fractions."""

    def test_midnight_is_a_day(self) -> None:
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({"date_of_birth": pandas.to_datetime(["2014-05-02", None])})

        assert list(children_in(frame, POLICY)) == [{"date_of_birth": date(2014, 5, 2)}, {}]

    def test_any_other_moment_stays_one_and_is_refused(self) -> None:
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({"date_of_birth": [datetime(2014, 5, 2, 9, 30)]})  # noqa: DTZ001 - as pandas has it

        assert len(with_answers(frame, POLICY, on=ON, findings=["cme_statutory"]).faults) == 1


def test_something_that_is_no_frame_is_refused() -> None:
    with pytest.raises(CallError, match="frame"):
        list(children_in([1, 2], POLICY))


def test_a_moment_as_the_day_is_refused() -> None:
    pandas = pytest.importorskip("pandas")

    with pytest.raises(CallError):
        with_answers(pandas.DataFrame({"in_area": [True]}), POLICY, on=datetime(2026, 6, 15), findings=[])  # noqa: DTZ001


def test_neither_library_is_imported_by_the_adapter() -> None:
    assert "pandas" not in vars(sys.modules["cme_rules.adapters.frames"])
