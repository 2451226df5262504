"""Load, dump, load: the same policy."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict
from hypothesis import given
from hypothesis import strategies as st

from cme_rules.engine.facts import check_facts, facts_from_json, facts_to_json
from cme_rules.errors import BrokenPolicy, CallError
from cme_rules.policy.loading.dump import dump_policy, plain_files
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.policy.packs import edited, write_pack
from tests.strategies import facts_for

PARTS = (
    "id", "title", "since", "scope", "packs", "sources", "paragraphs", "facts", "parameters", "definitions", "rules",
    "schedules", "roles", "terms", "previews", "directory", "school_ages", "code_sets", "calendars", "calendar",
    "processes",
)  # fmt: skip
POLICY = load_policy("east_sussex")


def parts(policy: Policy) -> dict[str, Any]:
    """Everything a policy holds, to be compared part by part."""
    processes = {name: unordered(asdict(process)) for name, process in policy.processes.items()}
    return {name: getattr(policy, name) for name in PARTS} | {"processes": processes}


def unordered(part: Any) -> Any:  # noqa: ANN401 - whatever a process holds
    """Lists without their order: TOML's keys have none, and the ways out of a state are written as keys."""
    if isinstance(part, dict):
        return {name: unordered(each) for name, each in part.items()}
    return sorted(map(repr, part)) if isinstance(part, tuple) else part


class TestDumping:
    """Nothing is lost but the comments."""

    def test_both_packs_come_back_the_same(self, tmp_path: Path) -> None:
        dump_policy("england", tmp_path)
        again = load_policy(dump_policy("east_sussex", tmp_path))

        for name, part in parts(POLICY).items():
            assert parts(again)[name] == part, name

    def test_dumped_twice_is_dumped_once(self, tmp_path: Path) -> None:
        first = dump_policy(write_pack(tmp_path / "a"), tmp_path / "b")

        assert plain_files(first) == plain_files(write_pack(tmp_path / "c"))

    def test_nothing_is_overwritten(self, tmp_path: Path) -> None:
        pack = write_pack(tmp_path)

        with pytest.raises(CallError, match="'tiny' exists already"):
            dump_policy(pack, tmp_path)

    def test_a_broken_policy_is_not_written_out(self, tmp_path: Path) -> None:
        pack = write_pack(tmp_path / "a", edited("facts.toml", 'type = "bool"', 'type = "maybe"'))

        with pytest.raises(BrokenPolicy):
            dump_policy(pack, tmp_path / "b")

        assert not (tmp_path / "b").exists()


class TestFactsAsJson:
    """A child's facts go out to JSON and come back the same."""

    @given(data=st.data())
    def test_out_and_in_is_the_identity(self, data: st.DataObject) -> None:
        facts = check_facts(data.draw(facts_for(POLICY)), POLICY)

        assert check_facts(facts_from_json(facts_to_json(facts), POLICY), POLICY) == facts

    def test_days_are_text_and_never_is_false(self) -> None:
        facts = check_facts({"left_school": True, "died": False, "off_rolled": date(2026, 1, 2)}, POLICY)

        assert facts_to_json(facts) == {"left_school": True, "died": False, "off_rolled": "2026-01-02"}
