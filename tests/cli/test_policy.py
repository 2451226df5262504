import json
from pathlib import Path

import pytest

from cme_rules.policy.loading.find import policy_folder
from cme_rules.policy.loading.load import load_policy
from cme_rules.verify.histories import HistoryResult, HistoryWrong, read_histories
from tests.cli.conftest import Cme
from tests.toy import CASES, FILES, broken_toy, write_toy


class TestList:
    """`policy list` names what can be asked for."""

    def test_the_shipped_policies_are_listed_with_their_titles(self, cme: Cme) -> None:
        done = cme("policy", "list")

        assert done.status == 0
        assert any(line.startswith("england: England") for line in done.out.splitlines())

    def test_ones_own_come_first(self, cme: Cme, shire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CME_RULES_POLICIES", str(shire.parent))
        lines = cme("policy", "list").out.splitlines()

        assert lines[:2] == [
            "land: The land's law on missing children",
            "shire: Shire: missing children (extends land)",
        ]

    def test_one_that_cannot_be_read_is_listed_all_the_same(
        self, cme: Cme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_toy(tmp_path, shire__policy="title = ")
        monkeypatch.setenv("CME_RULES_POLICIES", str(tmp_path))

        assert "shire: (cannot be read; see: cme-rules policy check)" in cme("policy", "list").out

    def test_ones_own_can_be_asked_for_by_name(self, cme: Cme, shire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CME_RULES_POLICIES", str(shire.parent))

        assert cme("policy", "test", "shire", "land").status == 0


class TestShow:
    """`policy show` lays out a policy, or one thing in it."""

    def test_the_whole_has_sources_and_paragraphs(self, cme: Cme, shire: Path) -> None:
        out = cme("policy", "show", shire).out

        assert out.startswith("Shire: missing children\n  binds: the shire's schools\n  7 rules, 10 facts, 4 numbers")
        assert "  old_guide: The old guide (guidance, … to 2023-12-31)\n" in out
        assert "  2: gone for long, and the call that follows [long_gone, settled, call_home]\n" in out
        assert "  4: the aims of the policy [context]\n" in out

    @pytest.mark.parametrize(
        ("thing", "shown"),
        [
            (
                "2",
                "long_gone: Gone for long (2, a.1)\n  in force: since 2022-01-01\n  when: gone and out_for >= long\n",
            ),
            ("4", "status: context: an aim, not a rule"),
            ("long_gone", "reading: below four weeks a person may still decide"),
            ("long_gone", "differs from: gone\n  how: the Act sets no time"),
            ("call_home", "who: clerk must\n  due: time_to_call of last_taught\n  discharged: happened(called)\n"),
            ("fast_track", "in force: not yet: preview reform"),
            ("reportable", "unverified: the source was not seen"),
            ("schooling", "one of: none, home, tutor\n  who would know: clerk\n"),
            ("long", "values: 28 since 2022-01-01\n  unit: calendar day\n  counted: after\n"),
            ("out_for", "means: days_since(last_taught)\n  in words: the days since the last day of teaching\n"),
            ("clerk", "clerk: The council's clerk"),
        ],
    )
    def test_one_thing_is_shown_by_its_name(self, cme: Cme, shire: Path, thing: str, shown: str) -> None:
        done = cme("policy", "show", shire, thing)

        assert done.status == 0
        assert shown in done.out

    def test_a_schedule_stands_under_its_paragraph(self, cme: Cme, tmp_path: Path) -> None:
        more = '["5/meeting"]\ntitle = "Meet"\nschedule = "meeting"\nrole = "clerk"\nevery = "month"\n'
        folder = write_toy(tmp_path, shire__rules__5_more=more)

        assert "meeting: Meet\n  role: clerk" in cme("policy", "show", folder, "5").out

    def test_an_unknown_name_is_told_with_the_nearest(self, cme: Cme, shire: Path) -> None:
        done = cme("policy", "show", shire, "long_gon")

        assert done.status == 2
        assert "has no paragraph, finding, action, fact, number, definition or role of this name" in done.err
        assert "did you mean long_gone" in done.err

    def test_a_shipped_policy_can_be_shown(self, cme: Cme) -> None:
        assert cme("policy", "show", "england", "of_compulsory_school_age").status == 0


class TestCheck:
    """`policy check` loads, proves and lists."""

    def test_a_sound_policy_passes_with_its_figures(self, cme: Cme, shire: Path) -> None:
        done = cme("policy", "check", shire)

        assert done.status == 0
        assert done.out.startswith("shire: passed (7 rules, ")
        assert "  pairs of findings that exclude one another: 1 proved, 0 broken, 0 open\n" in done.out
        assert "  Written without seeing the source: 2\n" in done.out

    def test_several_are_checked_in_turn_however_they_are_given(self, cme: Cme, shire: Path) -> None:
        done = cme("policy", "check", shire, "--policy", shire.parent / "land", "--policy", shire)

        assert [line.split(":")[0] for line in done.out.splitlines() if "passed" in line] == ["shire", "land"]

    def test_a_broken_proof_fails_and_shows_the_child(self, cme: Cme, tmp_path: Path) -> None:
        folder = broken_toy(
            tmp_path, "shire/rules/2_gone.toml", "when = 'on_roll or schooling != \"none\"'", "when = 'not on_roll'"
        )
        done = cme("policy", "check", folder)

        assert done.status == 1
        assert "broken: 2 and 2/settled are said to exclude one another, and may hold together" in done.out
        assert "given = { in_area = true, on_roll = false" in done.out

    def test_a_policy_that_does_not_load_is_told_with_all_its_faults(
        self, cme: Cme, tmp_path: Path, shire: Path
    ) -> None:
        broken = FILES["shire/rules/2_gone.toml"].replace("gone and out_for", "gon and out_fo")
        folder = write_toy(tmp_path, shire__rules__2_gone=broken, shire__roles="[x]\ntitel = 1\n")
        done = cme("policy", "check", folder, shire)

        assert done.status == 2
        assert "did you mean 'gone'" in done.err
        assert "did you mean 'title'" in done.err
        assert "shire: passed" in done.out

    def test_the_cases_are_read_too(self, cme: Cme, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone=CASES.replace("long_gone", "long_gon"))

        assert cme("policy", "check", folder).status == 2

    def test_json_holds_the_figures(self, cme: Cme, shire: Path) -> None:
        (found,) = json.loads(cme("policy", "check", shire, "--format", "json").out)

        assert found["passed"]
        assert found["figures"]["rules"] == 7

    def test_no_policy_at_all_is_told(self, cme: Cme) -> None:
        done = cme("policy", "check")

        assert done.status == 2
        assert "say which policy" in done.err


class TestTest:
    """`policy test` runs the cases, the parent's too."""

    def test_all_pass(self, cme: Cme, shire: Path) -> None:
        done = cme("policy", "test", shire)

        assert (done.status, done.out) == (0, "shire: 9 of 9 cases passed (2 of land, 7 of shire)\n")

    def test_a_failure_is_told_whole(self, cme: Cme, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone=CASES.replace('long_gone = "fails"', 'long_gone = "holds"'))
        done = cme("policy", "test", folder)

        assert done.status == 1
        assert "FAILED: A day short of four weeks is not enough\n" in done.out
        assert "then long_gone: expected holds, found fails" in done.out
        assert done.out.endswith("shire: 8 of 9 cases passed (2 of land, 7 of shire)\n")

    def test_some_can_be_picked_by_name_or_paragraph(self, cme: Cme, shire: Path) -> None:
        assert "1 of 1 cases" in cme("policy", "test", shire, "--only", "Nobody knows").out
        assert "4 of 4 cases" in cme("policy", "test", shire, "--only", "3").out

    def test_a_policy_without_cases_passes(self, cme: Cme, shire: Path) -> None:
        assert "0 of 0 cases passed (there are none)" in cme("policy", "test", shire, "--only", "no such").out

    def test_a_broken_file_of_cases_is_told(self, cme: Cme, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone="[[case]]\n")
        done = cme("policy", "test", folder)

        assert done.status == 2
        assert "the key 'name' is missing" in done.err

    def test_json_holds_every_case(self, cme: Cme, shire: Path) -> None:
        (found,) = json.loads(cme("policy", "test", shire, "--format", "json").out)

        assert len(found["cases"]) == 9
        assert all(case["passed"] for case in found["cases"])


class TestHistories:
    """`policy test` runs histories as well, and `policy coverage` counts them."""

    @pytest.fixture(scope="class")
    @staticmethod
    def history() -> str:
        policy = load_policy("england")
        return read_histories(policy, policy_folder("england"))[0].name

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_a_history_is_run_with_the_cases(self, cme: Cme, history: str, form: str) -> None:
        done = cme("policy", "test", "england", "--only", history, "--format", form)

        assert done.status == 0
        assert history in done.out if form == "json" else "1 of 1 histories" in done.out

    def test_a_failing_history_fails_and_is_told(self, cme: Cme, history: str, monkeypatch: pytest.MonkeyPatch) -> None:
        wrong = (HistoryWrong(about="state", expected="one", found="another"),)
        monkeypatch.setattr(
            "cme_rules.verify.histories.run_histories",
            lambda _, histories: tuple(HistoryResult(history=each, wrong=wrong) for each in histories),
        )
        done = cme("policy", "test", "england", "--only", history)

        assert done.status == 1
        assert f"FAILED: {history}\n" in done.out
        assert "state: expected one, found another" in done.out

    def test_coverage_counts_transitions(self, cme: Cme) -> None:
        assert "  transitions: " in cme("policy", "coverage", "england").out


class TestCoverage:
    """`policy coverage` shows every paragraph and what the cases leave open."""

    def test_every_paragraph_has_a_line(self, cme: Cme, shire: Path) -> None:
        done = cme("policy", "coverage", shire)

        assert done.status == 0
        assert "5          duty            encoded       1      1     0        0  not seen\n" in done.out
        assert "  call_home" not in done.out
        assert "  2/call (call_home): discharged\n" in done.out
        assert "  paragraphs: 8, 6 encoded, 2 context, 0 encoded by nothing\n" in done.out

    def test_an_empty_paragraph_fails(self, cme: Cme, tmp_path: Path) -> None:
        source = FILES["shire/source.toml"] + '\n["6"]\ngist = "x"\nkind = "duty"\nstatus = "encoded"\n'
        done = cme("policy", "coverage", write_toy(tmp_path, shire__source=source))

        assert done.status == 1
        assert "ENCODED BY NOTHING" in done.out

    def test_strict_fails_where_a_case_is_lacking(self, cme: Cme, shire: Path) -> None:
        assert cme("policy", "coverage", shire, "--strict").status == 1

    def test_json_holds_the_rows(self, cme: Cme, shire: Path) -> None:
        assert json.loads(cme("policy", "coverage", shire, "--format", "json").out)["figures"]["cases"] == 9

    def test_it_takes_one_policy(self, cme: Cme, shire: Path) -> None:
        done = cme("policy", "coverage", shire, shire.parent / "land")

        assert done.status == 2
        assert "this command takes one policy" in done.err


class TestConflicts:
    """`policy conflicts` lists declared differences."""

    def test_both_sides_are_told(self, cme: Cme, shire: Path) -> None:
        assert cme("policy", "conflicts", shire).out == (
            "2, long_gone: Gone for long (The shire's policy, council policy)\n"
            "  a.1, gone: Gone from education (The Schooling Act, statute, the higher)\n"
            "  they differ, since 2022-01-01: the Act sets no time\n\nshire: 1 declared\n"
        )

    def test_json_holds_them(self, cme: Cme, shire: Path) -> None:
        (found,) = json.loads(cme("policy", "conflicts", "--policy", shire, "--format", "json").out)

        assert found["higher"] == "other"
