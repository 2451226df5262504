"""The command line starts quickly, because it imports what a command needs and no more."""

import subprocess
import sys
from pathlib import Path

import pytest


def modules_after(*arguments: str) -> set[str]:
    """The modules a command has imported by the time it has answered."""
    code = "import sys; from cme_rules.cli import run; run(sys.argv[1:]); sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, input="{}"
    )
    return set(done.stderr.splitlines()[-1].split())


HEAVY = ["cattrs", "cme_rules.engine.assess", "cme_rules.policy.loading.load"]


@pytest.mark.parametrize("heavy", HEAVY)
def test_the_version_needs_none_of_the_library(heavy: str) -> None:
    assert heavy not in modules_after("--version")


@pytest.mark.parametrize("heavy", [*HEAVY, "json", "tomllib"])
def test_a_slip_in_the_command_is_told_without_any_of_the_library(heavy: str) -> None:
    assert heavy not in modules_after("asess")


@pytest.mark.parametrize(
    "unneeded",
    ["holidays", "dateutil", "cme_rules.verify.checks", "cme_rules.adapters.schema", "icalendar", "pytest", "difflib"],
)
def test_an_assessment_needs_nothing_of_the_other_commands(shire: Path, unneeded: str) -> None:
    assert unneeded not in modules_after("assess", "--policy", str(shire), "--on", "2026-03-10", "-")


def test_an_assessment_by_a_shipped_policy_reads_none_of_its_processes() -> None:
    assert "cme_rules.policy.loading.processes" not in modules_after(
        "assess", "--policy", "england", "--on", "2026-03-10", "-"
    )
