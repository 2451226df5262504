"""`policy check` catches a process that cannot be gone through: the shipped one, with one slip made in it."""

import shutil
from pathlib import Path

import pytest

from cme_rules.policy.loading.find import policy_folder
from tests.cli.conftest import Cme

ORDER = "processes/school_attendance_order.toml"


@pytest.fixture
def england(tmp_path: Path) -> Path:
    return Path(shutil.copytree(policy_folder("england"), tmp_path / "england"))


def slipped(folder: Path, old: str, new: str) -> Path:
    file = folder / ORDER
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        (
            "[state.satisfied]",
            '[state.lost]\ntitle = "x"\nowner = "parent"\non.order_revoked = "satisfied"\n\n[state.satisfied]',
            "state.lost",
            "no events lead to this state",
        ),
        (
            'paragraph = "s.437(1)"\nfinal     = true',
            'paragraph = "s.437(1)"\nfinal     = false',
            "state.satisfied",
            "no events lead from this state to a final one",
        ),
        (
            'suitably educated"\nowner   = "local_authority"\n',
            'suitably educated"\n',
            "state.doubt",
            "this state waits for nobody and for no clock",
        ),
        (
            'to = "order_in_force", when = "not court_ended_order"',
            'to = "order_in_force", when = "True"',
            "state.before_the_court.on.acquitted",
            "two steps may both fit",
        ),
        (
            'starts    = "school_choice_notice_served"\n',
            'starts    = "order_made"\n',
            "state.choice_running.on.alternative_chosen",
            "it waits for clock choice_period, and some events lead here without starting it",
        ),
    ],
)
def test_a_slip_in_a_process_fails_the_check_and_is_told(
    cme: Cme, england: Path, *, old: str, new: str, place: str, problem: str
) -> None:
    done = cme("policy", "check", slipped(england, old, new))

    assert done.status == 1
    assert any(place in line and problem in line for line in done.out.splitlines())


def test_without_a_slip_the_copy_passes(cme: Cme, england: Path) -> None:
    assert cme("policy", "check", england).status == 0
