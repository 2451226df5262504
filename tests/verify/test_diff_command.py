"""`cme-rules policy diff`, as it is typed."""

import json
from pathlib import Path

import pytest

from cme_rules.cli import run
from tests.toy import broken_toy

CHILD = '{"in_area": true, "on_roll": false, "schooling": "none", "last_taught": "2026-02-15"}'


@pytest.fixture(scope="module")
def shorter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return broken_toy(tmp_path_factory.mktemp("b"), "shire/parameters.toml", "value = 28", "value = 20")


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run(["policy", "diff", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_the_change_and_whom_it_changes_are_told(
    folder: Path, shorter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(capsys, folder, shorter, "--on", "2026-03-09")

    assert "changed: number long: values: 28 from 2022-01-01 → 20 from 2022-01-01" in out
    assert "long_gone (2, a.1): holds in the second, fails in the first" in out
    assert "for example: given = { in_area = true" in out


def test_nothing_differs_from_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing differs" in told(capsys, folder, folder)


def test_two_findings_of_one_policy_are_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, folder, folder, "--finding", "gone=long_gone", "--on", "2026-03-09")

    assert "gone and long_gone (a.1, 2): holds in the first, fails in the second" in out


def test_a_cohort_gives_counts_and_no_child(
    folder: Path, shorter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cohort = tmp_path / "children.jsonl"
    cohort.write_text(f'{CHILD}\n{{"on_roll": true}}\n', encoding="utf-8")

    out = told(capsys, folder, shorter, "--on", "2026-03-09", "--cohort", cohort, "--finding", "long_gone")

    assert "Of 2 children" in out
    assert "long_gone: 1 differ (fails 2 against fails 1, holds 1)" in out
    assert "2026-02-15" not in out


def test_the_answer_can_be_data(folder: Path, shorter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, folder, shorter, "--on", "2026-03-09", "--format", "json"))

    assert found["on"] == "2026-03-09"
    assert {region["first"] for region in found["regions"]} >= {"long_gone"}


def test_a_wrong_line_of_a_cohort_is_told_by_its_number(
    folder: Path, shorter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cohort = tmp_path / "children.jsonl"
    cohort.write_text('{"on_roll": true}\n{"on_roll": "Tuesday"}\n', encoding="utf-8")

    status = run(["policy", "diff", str(folder), str(shorter), "--cohort", str(cohort)])
    err = capsys.readouterr().err

    assert (status, "on_roll: expected true or false" in err, "Tuesday" in err) == (2, True, False)


def test_an_unknown_finding_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "diff", str(folder), str(folder), "--finding", "zzz"]) == 2
    assert "has no finding or action 'zzz'" in capsys.readouterr().err


def test_a_reading_is_compared_with_ours(capsys: pytest.CaptureFixture[str]) -> None:
    same = ("east_sussex", "east_sussex", "--on", "2026-03-20")
    out = told(capsys, *same, "--reading", "repeated_attempts_are_three")

    assert "east_sussex and east_sussex read with repeated_attempts_are_three on 2026-03-20" in out
    assert "home_education_contact_attempts = 2" in out


def test_a_pair_that_is_not_told_to_the_end_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "england", "east_sussex", "--on", "2026-03-20")

    assert "Not told to the end, there are too many circumstances: " in out
    assert "remove_from_roll and remove_lost_pupil" in out
