from datetime import date
from pathlib import Path

import pytest

from cme_rules.errors import BrokenPolicy, PolicyFault
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.cases import read_case_file, read_cases
from cme_rules.verify.run import run_cases
from tests.toy import CASES, write_toy

WHOLE = """\
[[case]]
name = "A child on a roll is not gone"
paragraph = "2"
on = 2026-03-09
given = { on_roll = true }
then = { gone = "fails" }
"""


def faults_of(text: str, tmp_path: Path) -> tuple[PolicyFault, ...]:
    folder = write_toy(tmp_path, shire__cases__2_gone=text)
    with pytest.raises(BrokenPolicy) as caught:
        read_cases(load_policy(folder), folder)
    return caught.value.faults


def fault_of(text: str, tmp_path: Path) -> PolicyFault:
    (fault,) = faults_of(text, tmp_path)
    return fault


class TestReading:
    """Cases come out in order, those of the policy that is extended first."""

    def test_the_parents_cases_come_first(self, policy: Policy, folder: Path) -> None:
        assert [case.pack for case in read_cases(policy, folder)] == ["land"] * 2 + ["shire"] * 7

    def test_a_case_takes_what_its_base_gives_and_adds_its_own(self, policy: Policy, folder: Path) -> None:
        case = read_cases(policy, folder)[2]

        assert case.given == {
            "in_area": True,
            "on_roll": False,
            "schooling": "none",
            "last_taught": date(2026, 2, 10),
        }

    def test_a_case_knows_where_it_stands(self, policy: Policy, folder: Path) -> None:
        case = read_cases(policy, folder)[3]

        assert case.place == "shire/cases/2_gone.toml:16"
        assert (folder / "cases" / "2_gone.toml").read_text(encoding="utf-8").splitlines()[15] == "[[case]]"

    def test_a_row_of_a_table_is_a_case_named_for_both(self, policy: Policy, folder: Path) -> None:
        case = read_cases(policy, folder)[5]

        assert case.name == "Absence at its edges: Just below a tenth"
        assert case.given == {"sessions_possible": 100, "sessions_absent": 9}
        assert case.then == {"often_absent": "fails"}

    def test_a_fact_said_to_be_unknown_is_not_given(self, policy: Policy, folder: Path) -> None:
        assert read_cases(policy, folder)[8].given == {"sessions_possible": 100}

    def test_a_fact_of_the_base_can_be_made_unknown(self, tmp_path: Path) -> None:
        text = "[base.known]\non_roll = true\n" + WHOLE.replace("on_roll = true", 'on_roll = "unknown"')
        folder = write_toy(tmp_path, shire__cases__2_gone=text.replace("on = 2", 'base = "known"\non = 2'))

        assert read_cases(load_policy(folder), folder)[-1].given == {}

    def test_the_day_may_be_a_column(self, tmp_path: Path) -> None:
        text = CASES.replace('on = 2026-03-09\ncolumns = ["name",', 'columns = ["on", "name",')
        text = text.replace('    ["', '    [2026-03-09, "')
        folder = write_toy(tmp_path, shire__cases__2_gone=text)

        assert read_cases(load_policy(folder), folder)[-1].on == date(2026, 3, 9)

    def test_a_column_may_expect_a_day_or_a_status_of_an_action(self, tmp_path: Path) -> None:
        text = """\
[base.local_child]
in_area = true
on_roll = false
schooling = "none"

[[table]]
name = "The call as a table"
paragraph = "2"
base = "local_child"
on = 2026-03-10
columns = ["last_taught", "due.call_home", "status.call_home", "role.call_home", "force.call_home", "missing.long_gone"]
rows = [[2026-02-10, 2026-02-20, "overdue", "clerk", "must", []]]
"""
        folder = write_toy(tmp_path, shire__cases__2_gone=text)
        case = read_cases(load_policy(folder), folder)[-1]

        assert case.name == "The call as a table: row 1"
        assert (case.due, case.status) == ({"call_home": date(2026, 2, 20)}, {"call_home": "overdue"})
        assert (case.role, case.force) == ({"call_home": "clerk"}, {"call_home": "must"})

    def test_a_file_can_be_read_by_itself(self, policy: Policy, folder: Path) -> None:
        assert len(read_case_file(policy, folder / "cases" / "2_gone.toml")) == 7

    def test_histories_are_read_elsewhere(self, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__histories_x="[[history]]\n")

        assert len(read_cases(load_policy(folder), folder)) == 9


class TestFaults:
    """A fault names the file, the line, the key, what was expected and what was found."""

    @pytest.mark.parametrize(
        ("old", "new", "line", "key", "problem"),
        [
            ("on = 2026-03-09\n", "", 1, "case.on", "the key 'on' is missing"),
            ("on = 2026-03-09", 'on = "2026-03-09"', 4, "case.on", "expected a date"),
            ("on = 2026-03-09", "on = 2026-03-09T10:00:00", 4, "case.on", "found a date with a time"),
            ("then", "than", 6, "case.than", "this key is not known; did you mean 'then'?"),
            ('paragraph = "2"', 'paragraph = "77"', 3, "case.paragraph", "'77' stands in no source.toml"),
            ("on_roll = true", "on_rol = true", 5, "case.given.on_rol", "no such fact; did you mean 'on_roll'?"),
            ("on_roll = true", 'on_roll = "yes"', 5, "case.given.on_roll", "expected true or false"),
            ("{ on_roll = true }", "3", 5, "case.given", "expected a table of facts"),
            ("{ gone =", "{ gon =", 6, "case.then.gon", "no finding or action of this name; did you mean 'gone'?"),
            ('"fails"', '"failed"', 6, "case.then.gone", "expected one of holds, fails, unknown, not_in_force"),
            ('{ gone = "fails" }', "true", 6, "case.then", "expected a table by finding or action"),
            ('then = { gone = "fails" }', "", 1, "case", "a case expects something"),
            ('"A child on a roll is not gone"', '"Gone"', 2, "case.name", "a case's name is a sentence"),
        ],
    )
    def test_a_slip_in_a_case_is_told(
        self, tmp_path: Path, *, old: str, new: str, line: int, key: str, problem: str
    ) -> None:
        fault = fault_of(WHOLE.replace(old, new), tmp_path)

        assert (fault.file, fault.line, fault.key) == ("shire/cases/2_gone.toml", line, key)
        assert problem in fault.problem

    @pytest.mark.parametrize(
        ("expected", "problem"),
        [
            ("due = { gone = 2026-01-01 }", "no action of this name"),
            ('due = { call_home = "tomorrow" }', 'expected a date such as 2026-11-23, without quotes, or "undated"'),
            ("not_before = { call_home = 2026-01-01T09:00:00 }", "expected a date"),
            ('status = { call_home = "late" }', "expected one of due, overdue, upcoming"),
            ('role = { call_home = "clark" }', "expected a role of roles.toml; did you mean 'clerk'?"),
            ("role = { call_home = 1 }", "expected a role of roles.toml"),
            ('role = { gone = "clerk" }', "no action of this name"),
            ('force = { call_home = "shall" }', "expected one of must, must_not, should, may, consider"),
            ('missing = { gone = "on_roll" }', "expected a list of facts"),
            ('missing = { gone = ["roll"] }', "declares no fact 'roll'"),
            ('preview = ["refrom"]', "preview 'refrom' is not declared"),
            ('base = "local"', "this file has no base 'local'; it has: none"),
        ],
    )
    def test_every_kind_of_expectation_is_checked(self, tmp_path: Path, expected: str, problem: str) -> None:
        assert problem in fault_of(WHOLE + expected + "\n", tmp_path).problem

    def test_a_name_that_stands_twice_is_told_with_both_places(self, tmp_path: Path) -> None:
        fault = fault_of(WHOLE + "\n" + WHOLE, tmp_path)

        assert fault.line == 8
        assert fault.problem == "the name already stands at shire/cases/2_gone.toml:1"

    def test_a_name_of_the_parents_may_not_be_used_again(self, tmp_path: Path) -> None:
        taken = WHOLE.replace("A child on a roll is not gone", "The fast track is open under the reform")

        assert "land/cases/1_act.toml" in fault_of(taken, tmp_path).problem

    def test_an_unknown_key_of_the_file_is_told(self, tmp_path: Path) -> None:
        assert (
            "a file of cases holds base, calendar, case, table" in fault_of("[[cases]]\nname = 1\n", tmp_path).problem
        )

    def test_a_base_is_checked_like_any_givens(self, tmp_path: Path) -> None:
        assert fault_of("[base.odd]\nroll = true\n", tmp_path).key == "base.odd.roll"

    def test_a_base_that_is_no_table_is_told(self, tmp_path: Path) -> None:
        assert "expected tables such as [base.some_name]" in fault_of("base = 3\n", tmp_path).problem

    def test_text_that_is_not_toml_is_told(self, tmp_path: Path) -> None:
        assert "this is not TOML" in fault_of("[[case]\n", tmp_path).problem

    def test_all_faults_come_at_once(self, tmp_path: Path) -> None:
        text = WHOLE.replace('"2"', '"77"').replace("on_roll", "roll").replace('"fails"', '"no"')

        assert len(faults_of(text, tmp_path)) == 3

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ('"often_absent"]', '"often"]', "column 'often' is no fact, finding or action"),
            ('"often_absent"]', '"in_area"]', "no column expects anything"),
            ('"sessions_possible", "s', '"sessions_absent", "s', "stands twice"),
            ("on = 2026-03-09\ncolumns", "columns", "one of the two"),
            ("100, 9,", "9,", "expected a list of 4 values"),
            ("100, 9,", '"many", 9,', "column 'sessions_possible': expected a whole number"),
            ('"Above a tenth"', "5", "column 'name': expected text"),
            ('11, "holds"', '11, "yes"', "column 'often_absent': expected one of holds"),
            ("rows = [", "rows = 3\nother = [", "this key is not known"),
        ],
    )
    def test_a_slip_in_a_table_is_told(self, tmp_path: Path, old: str, new: str, problem: str) -> None:
        faults = faults_of(CASES.replace(old, new), tmp_path)

        assert any(problem in fault.problem for fault in faults)

    def test_rows_that_are_no_list_are_told(self, tmp_path: Path) -> None:
        text = CASES[: CASES.index("rows = [")] + "rows = 3\n"

        assert "expected a list of rows" in fault_of(text, tmp_path).problem

    def test_a_fault_in_a_row_names_the_line_of_the_row(self, tmp_path: Path) -> None:
        fault = fault_of(CASES.replace('11, "holds"', '11, "yes"'), tmp_path)

        assert CASES.splitlines()[fault.line - 1].strip().startswith('["Above a tenth"')

    def test_a_day_in_a_column_is_a_day(self, tmp_path: Path) -> None:
        text = CASES.replace('on = 2026-03-09\ncolumns = ["name",', 'columns = ["on", "name",').replace(
            '    ["', '    [1, "'
        )

        assert all("column 'on': expected a date" in fault.problem for fault in faults_of(text, tmp_path))


YEAR = """\
[calendar.some_year]
invented = true
coverage = [2024-09-01, 2025-08-31]
terms = [[2024-09-09, 2024-09-20], [2024-09-30, 2024-10-04]]

"""
COUNTED = """\
[[case]]
name = "Four school days around a week without school"
paragraph = "3"
calendar = "some_year"
on = 2024-09-30
given = { absence_began = 2024-09-18 }
then = { reportable = "fails" }

[[table]]
name = "The fifth school day"
paragraph = "3"
calendar = "some_year"
on = 2024-10-01
columns = ["name", "absence_began", "reportable"]
rows = [["Five school days", 2024-09-18, "holds"]]
"""


class TestInventedTermDates:
    """A file of cases may bring term dates of its own, for years and policies that no calendar speaks for."""

    def test_its_cases_count_their_school_days_by_them(self, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone=YEAR + COUNTED)
        policy = load_policy(folder)

        assert [result.passed for result in run_cases(policy, read_cases(policy, folder))[-2:]] == [True, True]

    def test_without_them_the_same_child_cannot_be_judged(self, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone=COUNTED.replace('calendar = "some_year"\n', ""))
        policy = load_policy(folder)
        found = run_cases(policy, read_cases(policy, folder))[-1].mismatches

        assert [(each.expected, each.found) for each in found] == [("holds", "unknown")]

    def test_they_say_that_they_are_invented(self, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone=YEAR + COUNTED)
        calendar = read_cases(load_policy(folder), folder)[-1].calendar

        assert calendar is not None
        assert calendar.name == "some_year, invented"

    @pytest.mark.parametrize(
        ("old", "new", "line", "key", "problem"),
        [
            ("invented = true", "invented = false", 2, "calendar.some_year.invented", "expected true"),
            ("invented = true\n", "", 1, "calendar.some_year.invented", "the key 'invented' is missing"),
            ("invented", "made_up", 2, "calendar.some_year.made_up", "this key is not known"),
            ("[2024-09-01, 2025-08-31]", "2024", 3, "calendar.some_year.coverage", "expected a first and a last day"),
            ("[2024-09-01, ", "[2024-10-04, ", 4, "calendar.some_year.terms", "outside the coverage"),
            ("2025-08-31]", "2023-08-31]", 3, "calendar.some_year.coverage", "before it begins"),
            ("[2024-09-30, 2024-10-04]", "[2024-09-30]", 4, "calendar.some_year.terms", "expected a list of terms"),
            ("2024-09-30", "2024-09-20", 4, "calendar.some_year.terms", "before it runs to 2024-09-20"),
        ],
    )
    def test_a_slip_in_them_is_told_and_their_cases_are_not_blamed(
        self, tmp_path: Path, *, old: str, new: str, line: int, key: str, problem: str
    ) -> None:
        fault = next(
            fault for fault in faults_of(YEAR.replace(old, new) + COUNTED, tmp_path) if problem in fault.problem
        )

        assert (fault.line, fault.key) == (line, key)
        assert not [
            each for each in faults_of(YEAR.replace(old, new) + COUNTED, tmp_path) if "no calendar" in each.problem
        ]

    def test_term_dates_that_are_no_tables_are_told(self, tmp_path: Path) -> None:
        assert "expected tables such as [calendar.some_year]" in fault_of("calendar = 3\n", tmp_path).problem

    def test_a_name_no_term_dates_of_the_file_bear_is_told(self, tmp_path: Path) -> None:
        problems = [fault.problem for fault in faults_of(COUNTED, tmp_path)]

        assert problems == ["this file has no calendar 'some_year'; it has: none"] * 2


SETTLED = """\
[[case]]
name = "A child who is taught at home is not gone"
paragraph = "2"
on = 2026-03-09
given = { in_area = true, on_roll = false, schooling = "home", last_taught = 2026-01-05 }
then = { gone = "fails" }
unknown_without = { gone = ["schooling"] }
"""


class TestUnknownWithout:
    """A settled case can say which single facts, if nobody gave them, would leave the answer open."""

    def test_each_fact_makes_a_case_that_expects_an_unknown_for_want_of_it_alone(self, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone=SETTLED)
        case = read_cases(load_policy(folder), folder)[-1]

        assert case.name == "A child who is taught at home is not gone: not known without schooling"
        assert "schooling" not in case.given
        assert (case.then, case.missing) == ({"gone": "unknown"}, {"gone": frozenset({"schooling"})})

    def test_a_fact_that_does_not_matter_fails_the_case(self, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone=SETTLED.replace('["schooling"]', '["last_taught"]'))
        policy = load_policy(folder)

        assert not run_cases(policy, read_cases(policy, folder))[-1].passed

    def test_one_fact_may_leave_several_answers_open(self, tmp_path: Path) -> None:
        text = SETTLED.replace('gone = "fails" }', 'gone = "fails", long_gone = "fails" }')
        text = text.replace('["schooling"] }', '["schooling"], long_gone = ["schooling"] }')
        folder = write_toy(tmp_path, shire__cases__2_gone=text)

        assert read_cases(load_policy(folder), folder)[-1].then == {"gone": "unknown", "long_gone": "unknown"}

    @pytest.mark.parametrize(
        ("old", "new", "key", "problem"),
        [
            ('{ gone = ["schooling"] }', "3", "unknown_without", "expected a table by finding or action"),
            ('["schooling"]', '"schooling"', "unknown_without.gone", "expected a list of facts"),
            ('["schooling"]', "[]", "unknown_without.gone", "expected a list of facts"),
            ('["schooling"]', '["roll"]', "unknown_without.gone", "the case does not give 'roll'"),
            ("{ gone = [", "{ long_gone = [", "unknown_without.long_gone", "what it is while everything is known"),
        ],
    )
    def test_a_slip_in_it_is_told(self, tmp_path: Path, old: str, new: str, key: str, problem: str) -> None:
        fault = fault_of(SETTLED.replace(old, new), tmp_path)

        assert (fault.line, fault.key) == (7, f"case.{key}")
        assert problem in fault.problem
