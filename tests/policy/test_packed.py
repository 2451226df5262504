"""A policy that stands ready in the wheel: the same as its files give, and given up the moment one of them differs."""

import shutil
import sys
from collections.abc import Callable
from datetime import date
from importlib import invalidate_caches
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

import cme_rules
from cme_rules.engine.assess import assess
from cme_rules.policy.loading import packed as room
from cme_rules.policy.loading.find import policies_folder, shipped_policies
from cme_rules.policy.loading.load import load_policy, load_rules
from cme_rules.policy.loading.packed import MODULE, packed, packed_source
from cme_rules.policy.loading.read import read_policy

CHILD = {"date_of_birth": date(2014, 5, 2), "in_area": True, "on_school_roll": False, "education_otherwise": "none"}


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The policies as an installed wheel has them: the files, and a module beside those of east_sussex."""
    policies = tmp_path / "policies"
    for name in ("england", "east_sussex"):
        shutil.copytree(policies_folder() / name, policies / name)
    folder = policies / "east_sussex"
    (folder / f"{MODULE}.py").write_text(packed_source(read_policy(folder), policies), encoding="utf-8")
    monkeypatch.setattr(room, "policies_folder", lambda: policies)
    monkeypatch.setattr(cme_rules, "__path__", [*cme_rules.__path__, str(tmp_path)])
    for name in [each for each in sys.modules if each.startswith("cme_rules.policies")]:
        monkeypatch.delitem(sys.modules, name)
    invalidate_caches()
    return folder


@pytest.mark.parametrize("name", shipped_policies())
def test_what_is_written_makes_the_same_policy(name: str) -> None:
    policy = read_policy(policies_folder() / name)
    source = packed_source(policy, policies_folder())

    made: dict[str, Any] = {}
    exec(source, made)  # noqa: S102 - what a wheel would import
    again = made["rules"]()

    assert again.processes == {}
    assert packed_source(evolve(again, processes=made["processes"]()), policies_folder()) == source


def test_an_installed_policy_answers_as_its_files_do(wheel: Path) -> None:
    ready, read = load_policy(wheel), read_policy(wheel)

    assert packed(wheel) is not None
    for on in (date(2024, 6, 3), date(2026, 3, 20)):
        assert assess(CHILD, ready, on=on).to_dict() == assess(CHILD, read, on=on).to_dict()
    assert list(ready.processes) == list(read.processes)
    assert load_rules(wheel).processes == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "parameters.toml").write_bytes((folder / "parameters.toml").read_bytes() + b"\n"),
        lambda folder: (folder.parent / "england" / "facts.toml").write_text("", encoding="utf-8"),
        lambda folder: (folder / "rules" / "99_more.toml").write_text("", encoding="utf-8"),
        lambda folder: (folder / "rules" / "2_context.toml").rename(folder / "rules" / "3_context.toml"),
        lambda folder: (folder / "processes" / "emigration.toml").unlink(),
        lambda folder: (folder / "surprise.yaml").write_text("", encoding="utf-8"),
        lambda folder: shutil.rmtree(folder.parent / "england"),
    ],
    ids=[
        "a line more",
        "a file of the policy below",
        "a file more",
        "a file renamed",
        "a file less",
        "a stranger",
        "no policy below",
    ],
)
def test_a_change_to_any_file_has_the_files_read(wheel: Path, change: Callable[[Path], object]) -> None:
    change(wheel)

    assert packed(wheel) is None


def test_the_cases_of_a_policy_are_no_part_of_it(wheel: Path) -> None:
    (wheel / "cases" / "more.toml").write_text("", encoding="utf-8")

    assert packed(wheel) is not None


def test_a_policy_without_a_module_is_read(wheel: Path) -> None:
    assert packed(wheel.parent / "england") is None


def test_a_folder_of_ones_own_is_read_whatever_lies_in_it(wheel: Path, tmp_path: Path) -> None:
    own = shutil.copytree(wheel.parent, tmp_path / "own")

    assert packed(own / "east_sussex") is None


def test_a_value_that_no_expression_makes_is_refused() -> None:
    @frozen
    class Odd:
        part: object

    with pytest.raises(TypeError, match="no way yet to write a set"):
        room._Writer().written(Odd({1}))
