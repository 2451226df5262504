import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cme

GONE = {"in_area": True, "on_roll": False, "schooling": "none", "last_taught": "2026-02-10"}
ON = ("--on", "2026-03-10")


def written(path: Path, *children: object) -> Path:
    path.write_text("\n".join(json.dumps(child) for child in children) + "\n", encoding="utf-8")
    return path


class TestOneChild:
    """A .json file is one child, told in full."""

    def test_its_facts_may_stand_alone(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        done = cme("assess", "--policy", shire, *ON, written(tmp_path / "c.json", GONE))

        assert done.status == 0
        assert done.out.startswith(
            "Shire: missing children, on 10 March 2026\n\nYes\n  Gone from education (a.1) [gone]"
        )
        assert done.err == ""

    def test_or_beside_a_reference(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        child = written(tmp_path / "c.json", {"reference": "child-7", "facts": GONE})

        assert cme("assess", "--policy", shire, *ON, child).out.startswith("child-7\n=======\nShire")

    def test_json_comes_out_as_the_library_gives_it(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        child = written(tmp_path / "c.json", {"reference": 7, "facts": GONE})
        answer = json.loads(cme("assess", "--policy", shire, *ON, "--format", "json", child).out)

        assert answer["reference"] == 7
        assert answer["findings"]["long_gone"]["verdict"] == "holds"
        assert answer["actions"][0]["due"] == "2026-02-20"
        assert "facts" not in answer

    def test_a_preview_is_applied_when_it_is_asked_for(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        child = written(tmp_path / "c.json", GONE)

        assert "fast_track" not in cme("assess", "--policy", shire, *ON, child).out
        assert "fast_track" in cme("assess", "--policy", shire, *ON, "--preview", "reform", child).out

    def test_values_are_shown_only_when_asked_for(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        child = written(tmp_path / "c.json", {**GONE, "absence_began": None})
        plain = cme("assess", "--policy", shire, *ON, child).out
        revealed = cme("assess", "--policy", shire, *ON, "--reveal", child).out

        assert "2026-02-10" not in plain
        assert (
            "Given\n  in_area = true\n  on_roll = false\n  schooling = none\n  last_taught = 2026-02-10\n" in revealed
        )
        assert "absence_began = not known" in revealed

    def test_values_are_shown_in_json_only_when_asked_for(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        done = cme("assess", "--policy", shire, *ON, "--format", "json", "--reveal", written(tmp_path / "c.json", GONE))

        assert json.loads(done.out)["facts"] == GONE

    def test_a_file_may_begin_with_a_byte_order_mark(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        child = tmp_path / "c.json"
        child.write_text(json.dumps(GONE), encoding="utf-8-sig")

        assert cme("assess", "--policy", shire, *ON, child).status == 0


class TestManyChildren:
    """A .jsonl file has a child a line; each is answered in order, in brief, and all of them summed up."""

    @pytest.fixture
    def many(self, tmp_path: Path) -> Path:
        unknown = {key: value for key, value in GONE.items() if key != "last_taught"}
        return written(tmp_path / "c.jsonl", {"reference": "one", "facts": GONE}, unknown, {"on_roll": True})

    def test_each_is_named_by_its_reference_or_its_line(self, cme: Cme, shire: Path, many: Path) -> None:
        lines = cme("assess", "--policy", shire, *ON, many).out.splitlines()

        assert [line for line in lines if line in ("one", "line 2", "line 3")] == ["one", "line 2", "line 3"]

    def test_what_holds_is_told_with_its_reasons_and_what_is_due(self, cme: Cme, shire: Path, many: Path) -> None:
        out = " ".join(cme("assess", "--policy", shire, *ON, many).out.split())

        assert "yes: gone: Gone from education (a.1), because the child lives in the area; the child is on no" in out
        assert "OVERDUE since 2026-02-20: The council's clerk must: Call the family (2)" in out
        assert "not known: long_gone to ask: last_taught" in out

    def test_the_end_says_who_is_what(self, cme: Cme, shire: Path, many: Path) -> None:
        out = cme("assess", "--policy", shire, *ON, many).out

        assert "Yes, of all of these\n--------------------\n  gone: 2 (one, line 2)\n" in out
        assert "Not known, of all of these\n--------------------------\n  long_gone: 1 (line 2)\n" in out

    def test_a_long_list_of_names_is_cut(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        many = written(tmp_path / "c.jsonl", *([GONE] * 23))

        assert "line 20 and 3 more)" in cme("assess", "--policy", shire, *ON, many).out

    def test_full_lays_out_each(self, cme: Cme, shire: Path, many: Path) -> None:
        assert cme("assess", "--policy", shire, *ON, "--full", many).out.count("Shire: missing children, on") == 3

    def test_json_is_a_line_each(self, cme: Cme, shire: Path, many: Path) -> None:
        answers = [json.loads(line) for line in cme("assess", "--policy", shire, *ON, "--format", "json", many).out.splitlines()]  # fmt: skip  # noqa: E501

        assert [(answer.get("reference"), answer.get("line")) for answer in answers] == [
            ("one", None),
            (None, 2),
            (None, 3),
        ]

    def test_empty_lines_are_passed_over_and_counted(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        many = tmp_path / "c.jsonl"
        many.write_text('\n{"on_roll": true}\n\n', encoding="utf-8")

        assert "line 2\n======" in cme("assess", "--policy", shire, *ON, many).out

    def test_a_bad_line_is_told_and_the_others_answered(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        many = tmp_path / "c.jsonl"
        many.write_text(
            '{"on_roll": 1}\n{"on_roll"\n{"on_roll": true, "rol": 1}\n{"on_roll": true}\n', encoding="utf-8"
        )
        done = cme("assess", "--policy", shire, *ON, "--format", "json", many)

        assert done.status == 2
        assert [json.loads(line)["line"] for line in done.out.splitlines()] == [4]
        assert done.err.splitlines() == [
            "line 1: fact on_roll: expected true or false, found a number",
            "line 2: this is not JSON: it goes wrong at column 11",
            "line 3: fact rol: policy 'shire' declares no such fact; did you mean on_roll?",
        ]

    def test_a_reference_cannot_steer_the_terminal(self, cme: Cme, shire: Path, tmp_path: Path) -> None:
        many = written(tmp_path / "c.jsonl", {"reference": "a\x1b[2J\nb", "facts": {}})

        assert "a?[2J?b\n" in cme("assess", "--policy", shire, *ON, many).out


class TestStandardInput:
    """A dash reads standard input: one child, or a child a line."""

    def test_one_child(self, cme: Cme, shire: Path) -> None:
        done = cme("assess", "--policy", shire, *ON, "-", stdin=json.dumps(GONE, indent=2).encode())

        assert done.out.startswith("Shire: missing children")

    def test_a_child_a_line(self, cme: Cme, shire: Path) -> None:
        done = cme("assess", "--policy", shire, *ON, "--format", "json", "-", stdin=b'{"on_roll": true}\n{}\n')

        assert len(done.out.splitlines()) == 2

    def test_nothing_at_all_is_told(self, cme: Cme, shire: Path) -> None:
        done = cme("assess", "--policy", shire, *ON, "-")

        assert (done.status, done.err) == (2, "FILE is empty: expected a child's facts as a JSON object\n")


class TestProgress:
    """A bar for long files, on standard error, only when a person watches it and the answers go elsewhere."""

    class Screen:
        """A standard error that is a terminal."""

        def __init__(self) -> None:
            self.written = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            self.written += text
            return len(text)

        def flush(self) -> None: ...

    @pytest.mark.parametrize(("children", "shown"), [(9_000, True), (10, False)])
    def test_only_a_long_file_has_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, children: int, shown: bool
    ) -> None:
        from cme_rules.cli import answers

        screen = self.Screen()
        monkeypatch.setattr("sys.stderr", screen)
        many = written(tmp_path / "c.jsonl", *([{"on_roll": True, "in_area": True}] * children))
        policy: Any = type("P", (), {"facts": {}, "id": "none"})()
        seen: list[int] = []

        answers.answer_each(str(many), policy, lambda given, _: seen.append(given.line))

        assert seen == list(range(1, children + 1))
        assert ("children" in screen.written) is shown
