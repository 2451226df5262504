"""Nobody is told that the pages were looked at when nobody could look."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[2] / "tasks" / "check_pages.py"


def run(*asked: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The check on a machine without a single program on its path."""
    command = [sys.executable, str(CHECK), *asked]
    return subprocess.run(command, env={"PATH": "", **environment}, capture_output=True, text=True, check=False)


def test_a_developer_without_chromium_is_told_and_goes_on() -> None:
    done = run()

    assert done.returncode == 0
    assert done.stdout.startswith(
        "NOT CHECKED: no page was looked at, because this machine lacks chromium, chromedriver"
    )
    assert "apt-get install" in done.stdout


@pytest.mark.parametrize("ci", ["true", "1"])
def test_continuous_integration_without_chromium_fails(ci: str) -> None:
    assert run(CI=ci).returncode == 1


def test_it_fails_too_where_looking_is_required() -> None:
    assert run("--required").returncode == 1


def test_no_is_no() -> None:
    assert run(CI="false").returncode == 0
