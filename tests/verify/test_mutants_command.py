"""`cme-rules policy mutants`, as it is typed."""

import json
from pathlib import Path

import pytest

from cme_rules.cli import run


def test_the_figures_and_every_survivor_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["policy", "mutants", str(folder), "--least", "10", "--workers", "1"])
    out = capsys.readouterr().out

    assert status == 0
    assert "per cent of the mutants killed" in out
    assert "SURVIVED (exception)" in out or "SURVIVED (dropped)" in out
    assert "[[case]]" in out


def test_a_low_score_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "mutants", str(folder), "--least", "100", "--workers", "1", "--quiet"]) == 1
    assert "SURVIVED" not in capsys.readouterr().out


def test_a_nation_is_tried_through_the_council_named_beside_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    land = folder.parent / "land"

    def score(*folders: Path) -> float:
        run(["policy", "mutants", *map(str, folders), "--workers", "1", "--format", "json", "--least", "0"])
        found = json.loads(capsys.readouterr().out)
        return float(found[0]["figures"]["score"])

    assert score(land, folder) > score(land)


def test_a_wrong_score_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "mutants", str(folder), "--least", "101"]) == 2
    assert capsys.readouterr().out == ""
