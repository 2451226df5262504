"""Every wrong call and wrong input: one readable message each, exit status 2, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cme_rules.cli import faults, run
from tests.cli.conftest import Cme
from tests.toy import broken_toy

ON = ("--on", "2026-03-10")


def assess(cme: Cme, policy: object, file: object, *more: object) -> str:
    """What an assessment that must go wrong says."""
    done = cme("assess", "--policy", policy, *ON, *more, file)
    assert done.status == 2
    assert "Traceback" not in done.err
    assert done.out == ""
    return done.err


class TestCalls:
    """A call that is wrong is told with what was expected."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), "Usage: cme-rules [OPTIONS] COMMAND"),
            (("asess",), "there is no such command; there are: assess, explain, policy"),
            (("policy", "chek"), "there is no such command; there are: list, show, check"),
            (("assess", "x.json"), "Missing option '--policy'"),
            (("assess", "--policy", "england", "x.json"), "Missing option '--on'"),
            (("assess", "--policy", "england", "--on", "2026-01-01"), "Missing argument 'FILE'"),
            (("assess", "--polcy", "england"), "there is no such option; did you mean --policy"),
            (("assess", "--on", "tomorrow", "--policy", "england", "x.json"), "expected a day that exists"),
            (("assess", "--on", "2026-02-29", "--policy", "england", "x.json"), "expected a day that exists"),
            (("assess", "--on", "2026-02-28T10:00", "--policy", "england", "x.json"), "expected a day that exists"),
            (("assess", "--on", "20260228", "--policy", "england", "x.json"), "expected a day that exists"),
            (("assess", *ON, "--policy", "england", "a.json", "b.json"), "there are too many arguments"),
            (("assess", *ON, "--policy", "england", "--format", "xml", "x"), "--format: expected one of text, json"),
            (("assess", *ON, "--policy", "englnd", "x.json"), "there is no policy 'englnd'"),
            (("policy", "test", "nowhere/at/all"), "shipped policies: "),
            (("schema", "child", "--policy", "england"), "expected one of facts, assessment"),
            (("schema", "facts"), "Missing option '--policy'"),
        ],
    )
    def test_it_is_told_and_nothing_is_done(self, cme: Cme, arguments: tuple[str, ...], said: str) -> None:
        done = cme(*arguments)

        assert done.status == 2
        assert said in done.err
        assert done.out == ""

    def test_a_preview_the_policy_does_not_have_is_told_once(self, cme: Cme, shire: Path) -> None:
        many = b"{}\n{}\n"
        done = cme("assess", "--policy", shire, *ON, "--preview", "later", "-", stdin=many)

        assert done.status == 2
        assert done.err == "preview 'later' is not declared by policy 'shire'; it has: reform\n"

    @pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "1899-12-31"])
    def test_the_edges_of_time_are_days_too(self, cme: Cme, shire: Path, on: str) -> None:
        done = cme("assess", "--policy", shire, "--on", on, "-", stdin=b'{"last_taught": "2026-02-10"}')

        assert done.status == 0

    def test_help_and_version_are_answers(self, cme: Cme) -> None:
        assert "Exit status: 0 answered" in " ".join(cme("--help").out.split())
        assert cme("--version").out.startswith("cme-rules ")
        assert all(cme(name, "--help").status == 0 for name in ("assess", "explain", "policy", "calendar", "schema"))


class TestFiles:
    """A file that holds no child is told, by what is wrong with it."""

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "FILE is empty: expected a child's facts as a JSON object"),
            (b" \n\n", "FILE is empty"),
            (b"{", "FILE: this is not JSON: it goes wrong at line 1, column 2"),
            (b'{"in_area": tru}', "FILE: this is not JSON: it goes wrong at line 1, column 13"),
            (b"{}{}", "FILE: this is not JSON"),
            ("né".encode("latin-1"), "FILE: this is not UTF-8 text"),
            ('{"in_area": true}'.encode("utf-16"), "FILE: this is not UTF-8 text"),
            (b"[]", "FILE: expected one child, found a list: write one child a line"),
            (b"3", "FILE: expected an object of facts"),
            (b"null", "FILE: expected an object of facts"),
            (b'{"in_area": true, "in_area": false}', "FILE: a key stands twice"),
            (b'{"sessions_absent": NaN}', "FILE: NaN and Infinity are no facts"),
            (b'{"sessions_absent": ' + b"1" * 5000 + b"}", "FILE: a number in this is too long"),
            (b"[" * 100_000, "FILE: this is nested too deeply"),
            (b'{"facts": {}, "name": 1}', 'FILE: expected {"reference": '),
            (b'{"reference": "a"}', 'FILE: expected {"reference": '),
            (b'{"facts": 3}', 'FILE: expected {"reference": '),
            (b'{"facts": {}, "reference": []}', "FILE: a reference is text or a whole number"),
            (b'{"facts": {}, "reference": true}', "FILE: a reference is text or a whole number"),
            (b'{"in_ara": true}', "fact in_ara: policy 'shire' declares no such fact; did you mean in_area?"),
            (b'{"in_area": "yes"}', "fact in_area: expected true or false, found text"),
            (b'{"last_taught": "10/02/2026"}', "fact last_taught: expected a date (YYYY-MM-DD)"),
            (b'{"last_taught": "2026-02-30"}', "fact last_taught: expected a date"),
            (b'{"last_taught": "2026-02-10T09:00:00"}', "fact last_taught: expected a date"),
            (b'{"last_taught": "1066-10-14"}', "fact last_taught: expected a date from 1900-01-01"),
            (b'{"last_taught": true}', "fact last_taught: expected a date"),
            (b'{"schooling": "home school"}', "fact schooling: expected one of none, home, tutor, found text"),
            (b'{"sessions_absent": -1}', "fact sessions_absent: expected at least 0"),
            (b'{"sessions_absent": 1.5}', "fact sessions_absent: expected a whole number"),
            (b'{"date_of_birth": false}', "fact date_of_birth: expected a date: this cannot be 'never'"),
        ],
    )
    def test_what_is_wrong_is_told(self, cme: Cme, shire: Path, tmp_path: Path, data: bytes, said: str) -> None:
        child = tmp_path / "child.json"
        child.write_bytes(data)

        assert said in assess(cme, shire, child)

    def test_every_wrong_fact_is_told_at_once(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        child = tmp_path / "child.json"
        child.write_text('{"in_area": 1, "roll": 1, "schooling": 1}', encoding="utf-8")

        assert len(assess(cme, shire, child).splitlines()) == 3

    def test_a_file_that_is_not_there_is_told(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        assert assess(cme, shire, tmp_path / "none.json") == "FILE cannot be opened: No such file or directory\n"

    def test_a_folder_is_told(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        assert "FILE is a folder" in assess(cme, shire, tmp_path)

    def test_a_name_no_file_can_have_is_told(self, cme: Cme, shire: Path) -> None:
        assert "its name is not one a file can have" in assess(cme, shire, "a\0b.json")

    def test_an_empty_file_of_lines_is_told(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        many = tmp_path / "many.jsonl"
        many.write_bytes(b"\n\n")

        assert "FILE is empty: expected a JSON object a line" in assess(cme, shire, many)


class TestPolicies:
    """A policy with a fault is told with file, line, key and what was expected, by every command that loads it."""

    @pytest.mark.parametrize(
        ("file", "old", "new", "said"),
        [
            ("shire/policy.toml", "schema = 1", "schema = ", "shire/policy.toml:1: this is not TOML"),
            ("shire/policy.toml", "schema = 1", "schema = 2", "schema 2 is not known"),
            ("shire/policy.toml", 'extends = "land"', 'extends = "lnd"', "there is no policy 'lnd'"),
            ("shire/policy.toml", "since = 2022-01-01", 'since = "2022"', "expected a date"),
            ("shire/rules/2_gone.toml", "gone and", "gne and", "'gne' is not declared; did you mean 'gone'?"),
            ("shire/rules/2_gone.toml", ">= long", ">= 28", "a number other than 0 and 1 is a parameter"),
            ("shire/rules/2_gone.toml", 'force = "must"', 'force = "shall"', "'shall' is not one of"),
            ("shire/rules/2_gone.toml", 'role = "clerk"', 'role = "clark"', "role 'clark' is not declared"),
            ("shire/rules/2_gone.toml", '["2/call"]', '["9/call"]', "this paragraph stands in no source.toml"),
            ("shire/parameters.toml", 'counted = "after"\n', "", "says how it is counted"),
            ("shire/definitions/2.toml", "days_since(", "days_snce(", "is not a function; did you mean 'days_since'?"),
            ("land/facts.toml", 'type = "bool"', 'type = "boolean"', "'boolean' is not one of"),
            ("land/source.toml", 'kind = "definition"', 'kind = "def"', "'def' is not one of"),
            ("shire/calendars/shire.toml", "open_days = 70", "open_days = 71", "open_days"),
        ],
    )
    @pytest.mark.parametrize("command", ["assess", "check", "test"])
    def test_a_broken_policy_is_told(
        self, cme: Cme, tmp_path: Path, *, command: str, file: str, old: str, new: str, said: str
    ) -> None:
        folder = broken_toy(tmp_path, file, old, new)
        arguments = ("assess", "--policy", folder, *ON, "-") if command == "assess" else ("policy", command, folder)
        done = cme(*arguments, stdin=b"{}")

        assert done.status == 2
        assert said in done.err
        assert "Traceback" not in done.err
        assert done.out == ""


class TestOurOwnFaults:
    """A fault of the program itself is told by its kind and place, without what it was working on."""

    def test_it_is_one_line_without_its_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        @click.command()
        def broken() -> None:
            msg = "CANARY-7731"
            raise KeyError(msg)

        status = faults.guarded(broken, [])

        assert status == 70
        assert "CANARY" not in (err := capsys.readouterr().err)
        assert err.startswith("a fault in cme-rules itself, KeyError at test_faults.py:")

    def test_a_person_who_stops_it_gets_no_traceback(self, capsys: pytest.CaptureFixture[str]) -> None:
        @click.command()
        def stopped() -> None:
            raise KeyboardInterrupt

        assert faults.guarded(stopped, []) == 130
        assert capsys.readouterr().err.strip() == "stopped"

    def test_a_reader_that_goes_away_is_no_fault(self, shire: Path) -> None:
        program = [sys.executable, "-c", "from cme_rules.cli import main; main()"]
        call = [*program, "assess", "--policy", str(shire), *ON, "--format", "json", "-"]
        with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
            assert done.stdin is not None
            assert done.stdout is not None
            assert done.stderr is not None
            done.stdout.close()
            done.stdin.write(b"{}\n" * 200)
            done.stdin.close()

            assert done.stderr.read() == b""
            assert done.wait() == 0

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_letters_that_cannot_be_written_do_not_end_it(self, shire: Path, form: str) -> None:
        call = [sys.executable, "-c", "from cme_rules.cli import main; main()", "assess", "--policy", str(shire), *ON]
        done = subprocess.run(
            [*call, "--format", form, "--reveal", "-"],
            input=rb'{"reference": "Zo\u00eb", "facts": {"school": "\ud800 \u00eb"}}',
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )

        assert (done.returncode, done.stderr) == (0, b"")

    def test_the_program_ends_with_the_status(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from cme_rules.cli import main

        monkeypatch.setattr("sys.argv", ["cme-rules", "policy", "chek"])
        for done_to_the_process in ("gc.set_threshold", "gc.freeze"):
            monkeypatch.setattr(done_to_the_process, lambda *_: None)
        with pytest.raises(SystemExit) as ended:
            main()

        assert ended.value.code == 2

    def test_it_is_a_module_too(self) -> None:
        done = subprocess.run([sys.executable, "-m", "cme_rules", "policy", "chek"], capture_output=True, check=False)

        assert (done.returncode, done.stderr[:6]) == (2, b"Usage:")

    def test_a_command_that_says_nothing_of_its_status_answered(self) -> None:
        assert run(["policy", "list"]) == 0
