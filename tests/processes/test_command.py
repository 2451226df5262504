import io
import json
import sys
from pathlib import Path

import pytest

from cme_rules.cli.faults import guarded
from cme_rules.cli.process import process

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "cases" / "order.json"
CALL = ("--policy", "east_sussex", "--name", "school_attendance_order", "--on", "2026-11-23")
CANARY = "Zebulon Quagmire"


def run(*arguments: object) -> int:
    return guarded(process, [str(each) for each in arguments])


def wrong(tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a file that is no case; nothing of it is repeated."""
    file = tmp_path / f"{CANARY}.json"
    file.write_bytes(data)

    assert run(*CALL, file) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert CANARY not in said.err
    return said.err


class TestAnswer:
    """The command says where a case stands, as text or as JSON."""

    def test_as_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*CALL, EXAMPLE) == 0

        said = capsys.readouterr().out
        assert said.startswith("ES-0101\nSchool attendance order, on 23 November 2026\n")
        assert "The parent missed the pre-admission meeting (meeting_missed, 8i)\n" in said
        assert "OVERDUE since 18 November 2026: The home visit after the order" in said
        assert "17 November" not in said

    def test_revealed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*CALL, "--reveal", EXAMPLE) == 0

        assert "17 November 2026: pam_missed" in capsys.readouterr().out

    def test_as_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*CALL, "--format", "json", EXAMPLE) == 0

        data = json.loads(capsys.readouterr().out)
        assert (data["reference"], data["state"], data["overdue"]) == ("ES-0101", "meeting_missed", ["home_visit"])

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_from_standard_input_without_a_reference(
        self, form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))

        assert run(*CALL, "--format", form, "-") == 0
        said = capsys.readouterr().out
        assert "It appears that the child is not suitably educated" in said
        assert "reference" not in said

    def test_a_reference_cannot_write_to_the_terminal(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        file = tmp_path / "case.json"
        file.write_text(json.dumps({"reference": "a\x1b[31m"}))

        assert run(*CALL, file) == 0
        assert capsys.readouterr().out.startswith("a?[31m\n")


class TestWrong:
    """What is wrong is said on standard error, without a word of the file."""

    def test_no_such_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(*CALL, "nowhere.json") == 2
        assert capsys.readouterr().err == "FILE cannot be opened: No such file or directory\n"

    def test_no_such_process(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("--policy", "england", "--name", "lunch", "--on", "2026-11-23", EXAMPLE) == 2
        assert capsys.readouterr().err == (
            "policy 'england' has no process of this name; it has: school_attendance_order\n"
        )

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"\xff\xfe", "FILE is not UTF-8 text"),
            (b"{", "FILE is not JSON: it goes wrong at line 1, column 2"),
            (b'{"a": 1, "a": 2}', "FILE: a key stands twice in one object"),
            (b"[" * 100_000, "FILE is nested too deeply"),
            (b"1" * 5_000, "FILE: a number in this is too long"),
            (b"[]", "a case is a mapping with facts and events"),
            (f'{{"{CANARY}": "{CANARY}"}}'.encode(), "(not a name): a case holds only"),
            (b'{"events": [{"event": "order_made", "on": "yesterday"}]}', "event 1 (order_made): on: expected a date"),
        ],
    )
    def test_no_case(self, data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert wrong(tmp_path, data, capsys).startswith(said)


@pytest.mark.parametrize("path", sorted(EXAMPLE.parent.glob("*.json")), ids=lambda path: path.stem)
def test_every_example_can_be_read(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = json.loads(path.read_text())["process"]

    assert run("--policy", "east_sussex", "--name", name, "--on", "2026-11-23", path) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "Stands" in said.out
