"""The plugin, run as a council would run it: a pytest of its own over a folder of policies."""

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.toy import CASES, write_toy

Pytest = Callable[..., "subprocess.CompletedProcess[str]"]
FAILING = CASES.replace('long_gone = "fails"', 'long_gone = "holds"')


@pytest.fixture
def run(tmp_path: Path) -> Pytest:
    """Run pytest in an empty folder."""
    installed = any(point.value == "cme_rules.testing.pytest_plugin" for point in entry_points(group="pytest11"))
    plugin = [] if installed else ["-p", "cme_rules.testing.pytest_plugin"]

    def command(*arguments: object) -> "subprocess.CompletedProcess[str]":
        call = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugin, *map(str, arguments)]
        here = tmp_path / "here"
        here.mkdir(exist_ok=True)
        return subprocess.run(call, capture_output=True, text=True, check=False, cwd=here)

    return command


def test_a_folder_of_policies_is_collected(run: Pytest, tmp_path: Path) -> None:
    write_toy(tmp_path / "policies")

    done = run("-v", tmp_path / "policies")

    assert done.returncode == 0
    assert "2_gone.toml::Four weeks to the day are long enough PASSED" in done.stdout
    assert "2_gone.toml::Absence at its edges: At a tenth PASSED" in done.stdout
    assert "9 passed" in done.stdout


def test_a_policy_elsewhere_is_run_with_the_cases_of_what_it_extends(run: Pytest, tmp_path: Path) -> None:
    done = run("--policy", write_toy(tmp_path), "-v")

    assert done.returncode == 0
    assert "1_act.toml::A child at home with a tutor is not gone PASSED" in done.stdout
    assert "9 passed" in done.stdout


def test_a_failure_is_told_without_a_traceback(run: Pytest, tmp_path: Path) -> None:
    done = run("--policy", write_toy(tmp_path, shire__cases__2_gone=FAILING))

    assert done.returncode == 1
    assert "then long_gone: expected holds, found fails" in done.stdout
    assert "last_taught = 2026-02-10" in done.stdout
    assert "Traceback" not in done.stdout
    assert "1 failed, 8 passed" in done.stdout


def test_a_broken_policy_is_told_with_all_its_faults(run: Pytest, tmp_path: Path) -> None:
    done = run(write_toy(tmp_path, shire__cases__2_gone="[[case]]\n"))

    assert done.returncode == 2
    assert "the key 'name' is missing" in done.stdout
    assert "the key 'on' is missing" in done.stdout


def test_a_policy_that_does_not_exist_is_a_wrong_call(run: Pytest) -> None:
    done = run("--policy", "nowhere")

    assert done.returncode == 4
    assert "there is no policy 'nowhere'" in done.stderr


def test_other_toml_files_are_left_alone(run: Pytest, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "x.toml").write_text("[[case]]\n", encoding="utf-8")

    assert run(tmp_path / "cases").returncode == 5


@pytest.mark.slow
def test_the_work_can_be_shared_out(run: Pytest, tmp_path: Path) -> None:
    assert "9 passed" in run("--policy", write_toy(tmp_path), "-n", "2").stdout
