import datetime as dt
import subprocess
import sys
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import Any, ClassVar

import pyarrow as pa
import pytest

from cme_rules.batch import BadRows, RegisterResult, assess_register
from cme_rules.batch.arrow import Frame
from cme_rules.domain.verdict import Verdict
from cme_rules.errors import CallError, UnknownName
from tests.batch.given import CHILDREN, ON, SUSSEX, children

CANARY = "CANARY-7731"


def answered(register: Frame = None, **asked: Any) -> RegisterResult:  # noqa: ANN401 - passed on
    return assess_register(children() if register is None else register, SUSSEX, on=ON, **asked)


class TestFindings:
    """True, false, or null where a fact is missing."""

    def test_each_child_has_a_row_and_each_finding_a_column(self) -> None:
        found = answered().findings

        assert found.column("row").to_pylist() == [1, 2, 3, 4]
        assert found.column("reference").to_pylist() == CHILDREN["reference"]
        assert found.column("cme_local").to_pylist() == [True, False, None, False]

    def test_a_missing_fact_is_never_a_no(self) -> None:
        found = answered(pa.table({"in_area": pa.array([None, True])})).findings

        assert found.column("cme_statutory").to_pylist() == [None, None]

    def test_a_column_of_nothing_at_all_is_unknown(self) -> None:
        assert answered(children(on_school_roll=pa.nulls(4))).findings.column("cme_local").to_pylist() == [
            None,
            False,
            None,
            False,
        ]

    def test_a_register_without_rows_has_an_answer_without_rows(self) -> None:
        result = answered(children().slice(0, 0), missing=True, possible=True)

        assert [len(part) for part in (result.findings, result.actions, result.missing)] == [0, 0, 0]
        assert set(result.counts.column("holds").to_pylist()) == {0}

    def test_they_are_counted(self) -> None:
        counts = {row["finding"]: row for row in answered().counts.to_pylist()}

        assert counts["cme_local"] == {"finding": "cme_local", "holds": 1, "fails": 2, "unknown": 1}

    def test_its_repr_tells_nothing_of_a_child(self) -> None:
        assert repr(answered()) == "RegisterResult('east_sussex', on=2026-11-23, rows=4)"

    def test_enacted_law_can_be_asked_for(self) -> None:
        preview = tuple(SUSSEX.previews)

        assert answered(preview=preview).findings.num_columns > answered().findings.num_columns


class TestNever:
    """That an event is known never to have happened is said in a column of its own, or in words."""

    @pytest.mark.parametrize(
        "columns",
        [
            {"notice_served_never": [True] * 4},
            {"notice_served": pa.array([False] * 4)},
            {"notice_served": ["never", "false", "FALSE", " Never "]},
            {"notice_served": pa.nulls(4, pa.date32()), "notice_served_never": ["true", "True", "TRUE", "true"]},
        ],
    )
    def test_then_nothing_that_needs_it_holds(self, columns: dict[str, Any]) -> None:
        assert answered(children(**columns)).findings.column("sao_notice_valid").to_pylist() == [False] * 4

    def test_a_no_in_that_column_says_nothing(self) -> None:
        found = answered(children(notice_served_never=[False, None, False, None])).findings

        assert found.column("sao_notice_valid").to_pylist() == [None] * 4

    def test_a_date_and_a_never_are_one_too_many(self) -> None:
        bad = answered(
            children(notice_served=[date(2026, 1, 5)] * 4, notice_served_never=[True, False, None, None])
        ).bad_rows

        assert bad.to_pylist() == [
            {"row": 1, "column": "notice_served_never", "rule": "a date is given, and that it never happened"}
        ]

    def test_an_event_that_never_happened_stands_beside_days_of_another(self) -> None:
        found = answered(children(notice_deadline=[ON] * 4, notice_served_never=[True, True, False, None])).findings

        assert found.column("sao_notice_valid").to_pylist() == [False, False, None, None]


class TestSchools:
    """A child's school picks the calendar; one without a calendar leaves school days uncounted."""

    def test_each_row_goes_by_its_own(self) -> None:
        schools = [None, "kings-academy-ringmer", "elsewhere"]
        began = date(2025, 2, 24)
        register = pa.table({"school": schools, "absence_began": [began] * 3, "absence_all_unauthorised": [True] * 3})
        result = assess_register(register, SUSSEX, on=date(2025, 3, 20), missing=["lost_pupil_local"])
        whys = {row["row"]: row["why"] for row in result.missing.to_pylist() if row["why"]}

        assert whys == {3: "the policy has no calendar for this child's school"}


class TestActions:
    """One row an action that has arisen, in the engine's own terms."""

    def test_an_overdue_visit_is_told_with_its_days(self) -> None:
        register = children(order_made=[date(2026, 11, 2), ON, None, None], home_visit_after_order_never=[True] * 4)
        actions = [row for row in answered(register).actions.to_pylist() if row["action"] == "home_visit_after_order"]

        assert [(row["reference"], row["due"], row["status"]) for row in actions] == [
            ("a", date(2026, 11, 17), "overdue"),
            ("b", date(2026, 12, 8), "due"),
        ]

    def test_they_can_be_left_out(self) -> None:
        assert answered(actions=False).actions is None

    def test_those_that_may_have_arisen_are_told_when_asked_for(self) -> None:
        triggers = answered(possible=True).actions.column("trigger").to_pylist()

        assert set(triggers) == {"holds", "unknown"}
        assert set(answered().actions.column("trigger").to_pylist()) == {"holds"}


class TestMissing:
    """What would settle an unknown, for the findings asked for."""

    def test_each_fact_is_named_for_each_row(self) -> None:
        missing = answered(missing=["cme_local"]).missing.to_pylist()

        assert missing == [{"row": 3, "reference": "c", "finding": "cme_local", "fact": "on_school_roll", "why": None}]

    def test_it_is_left_out_unless_asked_for(self) -> None:
        assert answered().missing is None

    def test_a_finding_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="no finding 'cme_locale'"):
            answered(missing=["cme_locale"])


class TestBadRows:
    """A bad row is told by number, column and rule; it gets no answer, which is not a no, and the others get theirs."""

    REGISTER: ClassVar[dict[str, list[Any]]] = {
        "date_of_birth": [date(2014, 5, 2), date(1066, 10, 14), date(2014, 5, 2), date(2014, 5, 2)],
        "education_otherwise": ["none", "none", CANARY, "none"],
        "sessions_absent": [1, 2, 3, -1],
    }

    def test_each_fault_is_told(self) -> None:
        bad = answered(children(**self.REGISTER)).bad_rows.to_pylist()

        assert [(row["row"], row["column"]) for row in bad] == [
            (2, "date_of_birth"),
            (3, "education_otherwise"),
            (4, "sessions_absent"),
        ]
        assert [row["rule"] for row in bad] == [
            "expected a date from 1900-01-01 to 2199-12-31",
            "expected one of none, home_education, alternative_provision, tuition, other",
            "expected at least 0",
        ]

    def test_only_the_others_are_answered(self) -> None:
        result = answered(children(**self.REGISTER), missing=True)

        assert result.findings.column("row").to_pylist() == [1]
        assert set(result.actions.column("row").to_pylist()) | set(result.missing.column("row").to_pylist()) == {1}
        assert result.explain(1)["cme_local"].verdict is Verdict.HOLDS

    def test_a_bad_row_is_not_explained(self) -> None:
        with pytest.raises(CallError, match="cannot be answered"):
            answered(children(**self.REGISTER)).explain(3)

    def test_moments_that_are_midnights_are_days(self) -> None:
        midnight = dt.datetime(2026, 1, 5, tzinfo=dt.UTC).replace(tzinfo=None)
        result = answered(children(order_made=pa.array([midnight, None, None, None], pa.timestamp("ns"))))

        assert result.bad_rows.num_rows == 0
        assert result.explain(1).facts["order_made"] == date(2026, 1, 5)

    def test_a_register_of_bad_rows_has_no_answers(self) -> None:
        assert answered(pa.table({"in_area": ["perhaps", "no"]})).findings.num_rows == 0

    def test_all_or_nothing_can_be_asked_for(self) -> None:
        with pytest.raises(BadRows, match="row 2: column date_of_birth: expected a date from") as caught:
            answered(children(**self.REGISTER), strict=True)

        assert len(caught.value.cells) == 3
        assert CANARY not in str(caught.value)

    def test_many_faults_are_cut_short(self) -> None:
        with pytest.raises(BadRows, match="and 5 more"):
            answered(pa.table({"in_area": [CANARY] * 25}), strict=True)

    @pytest.mark.parametrize(
        ("column", "values"),
        [
            ("sessions_absent", pa.array([1.5, 2.0, None])),
            ("sessions_absent", pa.array([float("nan"), 2.0, None])),
            ("sessions_absent", pa.array([10**16, 2, None])),
            ("sessions_absent", pa.array([2**63, 2, None], pa.uint64())),
            ("sessions_absent", ["1.5", "2", None]),
            ("sessions_absent", ["²", "2", None]),
            ("sessions_absent", [str(10**16), "2", None]),
            ("in_area", ["yes", "true", None]),
            ("in_area", ["1", "FALSE", None]),
            ("died", ["2026-13-01", "2026-12-01", None]),
            ("died", ["20261201", "never", None]),
            ("died", ["2026-1-1", "2026-12-01", None]),
            ("sessions_absent", pa.array([-(2**63), 2, None])),
            ("sessions_absent", pa.array([2**64 - 1, 2, None], pa.uint64())),
            ("sessions_absent", pa.array([float("inf"), 2.0, None])),
            ("sessions_absent", pa.array([1e300, 2.0, None])),
            ("sessions_absent", pa.array([1.5, 2.0, None], pa.float16())),
            ("sessions_absent", pa.array([-1, 2, None], pa.int8())),
            ("sessions_absent", pa.array([Decimal(-1), Decimal(2), None], pa.decimal128(38, 0))),
            ("sessions_absent", ["NaN", "2", None]),
            ("sessions_absent", ["99999999999999999999", "2", None]),
            ("in_area", ["", "true", None]),
            ("died", ["", "never", None]),
            ("died", ["2026-W01-1", "2026-12-01", None]),
            ("died", ["2026-02-30", "2026-02-28", None]),
            ("died", ["1899-12-31", "1900-01-01", None]),
            ("died", ["2200-01-01", "2199-12-31", None]),
            ("died", pa.array([-(2**31), 20_000, None], pa.int32()).view(pa.date32())),
            ("died", pa.array([2**31 - 1, 20_000, None], pa.int32()).view(pa.date32())),
            ("died", pa.array([1, 86_400_000, None], pa.int64()).view(pa.date64())),
            ("died", pa.array([2**62, 86_400, None], pa.timestamp("s"))),
            ("died_never", ["perhaps", "true", None]),
            ("died", pa.array([True, False, None])),
            ("died", pa.array([1, 86_400_000, None], pa.timestamp("ms"))),
            ("died", pa.array([-(2**62), 86_400_000_000, None], pa.timestamp("us"))),
            ("date_of_birth", ["never", "2014-05-02", None]),
            ("date_of_birth", pa.array([dt.date(1, 1, 1), dt.date(2014, 5, 2), None], pa.date64())),
            ("plan", pa.array(["made_up", "none", None]).dictionary_encode()),
            ("plan", pa.array(["made_up", "none", None], pa.large_string())),
            ("plan", pa.array(["made_up", "none", None], pa.string_view())),
            ("plan", pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), pa.array(["made_up", None, "none"]))),
            ("plan", ["x" * 100_000, "none", None]),
            ("plan", ["", "none", None]),
            ("school", ["", "elsewhere", None]),
        ],
    )
    def test_a_value_that_does_not_fit_its_fact_is_bad(self, column: str, values: object) -> None:
        result = answered(pa.table({column: values, "reference": [7, 8, 9]}))

        assert {(row["row"], row["column"]) for row in result.bad_rows.to_pylist()} == {(1, column)}
        assert result.findings.column("reference").to_pylist() == [8, 9]


class TestCall:
    """What is wrong with the call as a whole is said at once, by the names of columns."""

    def test_every_column_that_is_no_fact_is_named(self) -> None:
        with pytest.raises(CallError) as caught:
            answered(children(in_aria=[True] * 4, **{f"{CANARY} 5 June": [1] * 4}))

        assert str(caught.value).splitlines() == [
            f"{said} declares no such fact; {hint}leave it out, or name it in `ignore`"
            for said, hint in (
                ("column in_aria: policy 'east_sussex'", "did you mean in_area? Otherwise "),
                ("column number 8: policy 'east_sussex'", ""),
            )
        ]

    def test_columns_can_be_passed_over(self) -> None:
        assert answered(children(surname=[CANARY] * 4), ignore=["surname"]).findings.num_rows == 4

    def test_another_column_can_be_the_reference(self) -> None:
        register = children(reference=None, upn=[1, 2, 3, 4])

        assert answered(register, reference="upn").findings.column("reference").to_pylist() == [1, 2, 3, 4]

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            (pa.array([dt.datetime(2026, 1, 5, tzinfo=dt.UTC)] * 4), "column died: expected a date"),
            (pa.array([1, 2, 3, 4]), "column died: expected a date"),
            (pa.array([["2026-01-05"]] * 4), "column died: expected a date"),
            (pa.array([{"day": "2026-01-05"}] * 4), "column died: expected a date"),
            (pa.array([b"2026-01-05"] * 4), "column died: expected a date"),
            (pa.array([1] * 4, pa.duration("s")), "column died: expected a date"),
            (pa.array([date(2026, 1, 5)] * 4).dictionary_encode(), "column died: expected a date"),
        ],
    )
    def test_a_column_that_cannot_hold_its_fact_is_named(self, values: object, said: str) -> None:
        with pytest.raises(CallError, match=said):
            answered(children(died=values))

    def test_a_column_of_never_holds_yes_and_no(self) -> None:
        with pytest.raises(CallError, match="column died_never: expected true or false"):
            answered(children(died_never=[1, 2, 3, 4]))

    def test_a_column_of_no_values_that_is_no_fact_is_named_too(self) -> None:
        with pytest.raises(CallError, match=r"column in_aria: .* did you mean in_area"):
            answered(children(in_aria=pa.nulls(4)))

    def test_a_column_that_stands_twice_is_named(self) -> None:
        register = pa.table([pa.array([True]), pa.array([False])], names=["in_area", "in_area"])

        with pytest.raises(CallError, match="column in_area stands more than once"):
            answered(register)

    def test_a_moment_is_no_day(self) -> None:
        with pytest.raises(CallError, match="expected a date without a time"):
            assess_register(children(), SUSSEX, on=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))

    @pytest.mark.parametrize("register", [[{"in_area": True}], 7, None])
    def test_what_is_no_register_is_refused(self, register: object) -> None:
        with pytest.raises(CallError, match="expected a frame or the path"):
            assess_register(register, SUSSEX, on=ON)


class TestExplain:
    """The scalar engine's full answer for one row, on demand."""

    def test_it_gives_the_reasons_of_a_row(self) -> None:
        result = answered(children(died_never=[True] * 4, sessions_absent=[1, None, 2, 3], school=["elsewhere"] * 4))

        assert result.explain(1)["cme_local"].verdict is Verdict.HOLDS
        assert [fact.name for fact in result.explain(3)["cme_local"].missing] == ["on_school_roll"]
        assert result.explain(1).facts["sessions_absent"] == 1

    @pytest.mark.parametrize("row", [0, 5, -1])
    def test_a_row_that_is_not_there_is_refused(self, row: int) -> None:
        with pytest.raises(CallError, match="has no row"):
            answered().explain(row)


class TestFrames:
    """Whatever speaks Arrow goes in; Polars and pandas frames come out as they went in."""

    @pytest.mark.parametrize("library", [name for name in ("polars", "pandas") if find_spec(name)])
    def test_the_answer_is_a_frame_of_the_same_library(self, library: str) -> None:
        table = children(notice_served_never=[True] * 4, school=["elsewhere"] * 4)
        frame: Any = (
            pytest.importorskip("polars").from_arrow(table)
            if library == "polars"
            else table.to_pandas(date_as_object=True)
        )
        result = answered(frame, missing=True)

        assert type(result.findings).__module__.partition(".")[0] == library
        assert list(result.findings["cme_local"])[:2] == [True, False]
        assert len(result.actions) == len(answered(table).actions)
        assert len(result.missing) == len(answered(table, missing=True).missing)

    @pytest.mark.parametrize("library", [name for name in ("duckdb",) if find_spec(name)])
    def test_a_query_of_a_database_is_a_register(self, library: str) -> None:
        query = "select true as in_area, date '2014-05-02' as date_of_birth, false as on_school_roll"
        relation = pytest.importorskip(library).sql(query)

        assert answered(relation).findings.column("of_compulsory_school_age").to_pylist() == [True]

    @pytest.mark.skipif(not find_spec("pandas"), reason="pandas is not installed")
    def test_the_index_of_a_pandas_frame_is_no_column(self) -> None:
        frame: Any = children().to_pandas(date_as_object=True)

        assert list(answered(frame[frame["reference"] == "b"]).findings["cme_local"]) == [False]

    @pytest.mark.skipif(not find_spec("pandas"), reason="pandas is not installed")
    def test_two_pandas_columns_of_one_name_are_refused(self) -> None:
        pandas: Any = pytest.importorskip("pandas")

        with pytest.raises(CallError, match="a column stands twice"):
            answered(pandas.DataFrame([[True, False]], columns=["in_area", "in_area"]))

    @pytest.mark.skipif(not find_spec("duckdb"), reason="DuckDB is not installed")
    def test_a_sum_of_a_database_is_a_number(self) -> None:
        relation: Any = pytest.importorskip("duckdb").sql(
            "select sum(x) as sessions_absent from (values (1), (2)) t(x)"
        )

        assert answered(relation).explain(1).facts == {"sessions_absent": 3}

    @pytest.mark.parametrize("kind", [pa.int8(), pa.int16(), pa.uint32(), pa.uint64(), pa.float32(), pa.float16()])
    def test_numbers_of_every_width_are_read(self, kind: Any) -> None:  # noqa: ANN401 - Arrow does not type its types
        register = pa.table(
            {
                "sessions_absent": pa.array([20, 9, None], pa.int64()).cast(kind),
                "sessions_possible": pa.array([120, 120, 120], pa.int64()).cast(kind),
            }
        )

        assert answered(register).findings.column("persistently_absent").to_pylist() == [True, False, None]

    @pytest.mark.parametrize("most", [255, 256, 327, 328, 10**6, 10**6 + 1, 10**15])
    def test_a_share_is_right_however_large_the_numbers(self, most: int) -> None:
        """A hundred times a number needs more room than the number: too little room would turn a yes into a no."""
        register = pa.table({"sessions_absent": [most, most // 10 - 1, 0], "sessions_possible": [most] * 3})

        assert answered(register).findings.column("persistently_absent").to_pylist() == [True, False, False]

    def test_a_slice_that_starts_within_a_byte_is_read_right(self) -> None:
        register = pa.concat_tables([children()] * 5)
        whole = answered(register).findings.column("cme_local").to_pylist()

        for start in range(9):
            assert answered(register.slice(start)).findings.column("cme_local").to_pylist() == whole[start:]

    def test_a_single_batch_is_a_register(self) -> None:
        assert answered(children().to_batches()[0]).findings.num_rows == 4


def test_without_the_extra_the_message_says_what_to_install() -> None:
    code = "import sys; sys.modules['pyarrow'] = None; import cme_rules.batch"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "install the extra 'batch' of this library" in done.stderr
