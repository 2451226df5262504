"""A wrong edit of a real policy is noticed by the tool that should notice it, and by none before."""

import shutil
from pathlib import Path

import pytest

from cme_rules.errors import BrokenPolicy
from cme_rules.policy.loading.find import policies_folder
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.case import Case
from cme_rules.verify.cases import read_cases
from cme_rules.verify.checks import check_policy
from cme_rules.verify.coverage import coverage
from cme_rules.verify.histories import read_histories, run_histories
from cme_rules.verify.mutants.bench import Bench
from cme_rules.verify.mutants.kill import killing_case, killing_fault
from cme_rules.verify.mutants.make import mutants_of
from cme_rules.verify.run import run_cases
from tests.verify.wrong_edits import CHECK, COVERAGE, HISTORIES, LOAD, MUTANTS, TEST, WRONG_EDITS, WrongEdit


def edited(edit: WrongEdit, root: Path) -> Path:
    """The folder of the edited policy, in a copy of all of them."""
    shutil.copytree(policies_folder(), root / "policies")
    path = root / "policies" / edit.file
    if not edit.old:
        path.unlink()
        return path.parents[1]
    text = path.read_text("utf-8")
    assert edit.old in text, f"{edit.file} no longer holds {edit.old!r}"
    path.write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")
    return root / "policies" / "east_sussex"


def of_tool(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("what", [what for what, edit in WRONG_EDITS.items() if edit.tool == tool])


def whole(folder: Path) -> tuple[Policy, tuple[Case, ...]]:
    policy = load_policy(folder)
    return policy, read_cases(policy, folder)


def test_there_are_more_than_twenty_and_every_tool_has_some() -> None:
    assert len(WRONG_EDITS) > 20
    assert {edit.tool for edit in WRONG_EDITS.values()} == {LOAD, CHECK, TEST, HISTORIES, COVERAGE, MUTANTS}


@of_tool(LOAD)
def test_it_does_not_load(what: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenPolicy) as broken:
        load_policy(edited(WRONG_EDITS[what], tmp_path))

    assert WRONG_EDITS[what].says in str(broken.value)
    assert all(fault.file for fault in broken.value.faults)


@of_tool(CHECK)
def test_a_proof_is_broken(what: str, tmp_path: Path) -> None:
    found = check_policy(load_policy(edited(WRONG_EDITS[what], tmp_path)))

    assert not found.passed
    broken = [str(proof) for proof in found.proofs if proof.answer == "broken"]
    assert WRONG_EDITS[what].says in "\n".join((*broken, *map(str, found.process_faults)))


@of_tool(TEST)
def test_a_case_fails(what: str, tmp_path: Path) -> None:
    policy, cases = whole(edited(WRONG_EDITS[what], tmp_path))
    about = [case for case in cases if WRONG_EDITS[what].says in case.expected]

    wrong = {mismatch.name for result in run_cases(policy, about) for mismatch in result.mismatches}

    assert WRONG_EDITS[what].says in wrong


@of_tool(HISTORIES)
def test_a_history_fails(what: str, tmp_path: Path) -> None:
    folder = edited(WRONG_EDITS[what], tmp_path)
    policy = load_policy(folder)

    wrong = {result.history.name for result in run_histories(policy, read_histories(policy, folder)) if result.wrong}

    assert WRONG_EDITS[what].says in wrong


@of_tool(COVERAGE)
def test_coverage_falls(what: str, tmp_path: Path) -> None:
    policy, cases = whole(edited(WRONG_EDITS[what], tmp_path))
    found = coverage(policy, cases)

    empty = {row.id for row in found.empty} | {row.id for row in found.rules_lacking}

    assert WRONG_EDITS[what].says in empty


@of_tool(MUTANTS)
def test_a_slip_would_go_unnoticed(what: str, tmp_path: Path) -> None:
    policy, cases = whole(edited(WRONG_EDITS[what], tmp_path))
    bench = Bench(policy, cases)
    tried = [each for each in mutants_of(policy) if each.place == "substantial_period"]

    unnoticed = [str(each) for each in tried if not killing_fault(each, bench) and not killing_case(each, bench)]

    assert any(WRONG_EDITS[what].says in words for words in unnoticed)
