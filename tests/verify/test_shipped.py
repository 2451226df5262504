"""The shipped policies under their own tools: proved, covered, and every case as expected."""

import pytest

from cme_rules.policy.loading.find import policy_folder, shipped_policies
from cme_rules.policy.loading.load import load_policy
from cme_rules.verify.cases import read_cases
from cme_rules.verify.checks import check_policy
from cme_rules.verify.coverage import coverage
from cme_rules.verify.failures import tell_failure, tell_history
from cme_rules.verify.histories import read_histories, run_histories, untried
from cme_rules.verify.run import run_cases

each_policy = pytest.mark.parametrize("name", shipped_policies())


@each_policy
def test_no_proof_is_broken(name: str) -> None:
    assert [str(proof) for proof in check_policy(load_policy(name)).proofs if proof.answer == "broken"] == []


@each_policy
def test_every_case_comes_out_as_expected(name: str) -> None:
    policy = load_policy(name)
    results = run_cases(policy, read_cases(policy, policy_folder(name)))

    assert [tell_failure(result, policy) for result in results if not result.passed] == []


@each_policy
def test_every_history_comes_out_as_expected(name: str) -> None:
    policy = load_policy(name)
    results = run_histories(policy, read_histories(policy, policy_folder(name)))

    assert [tell_history(result) for result in results if not result.passed] == []


@each_policy
def test_every_paragraph_rule_threshold_fact_and_transition_has_what_it_needs(name: str) -> None:
    policy, folder = load_policy(name), policy_folder(name)
    found = coverage(policy, read_cases(policy, folder), read_histories(policy, folder))

    assert found.empty == ()
    assert [(row.id, row.lacks) for row in found.rules_lacking] == []
    assert [(row.rule, row.words, row.lacks) for row in found.thresholds_lacking] == []
    assert [(row.rule, row.fact) for row in found.unknowns_lacking] == []
    assert found.untried == ()
    assert found.complete


def test_without_histories_every_transition_is_untried() -> None:
    policy = load_policy("england")
    transitions = sum(len({each.id for each in process.transitions}) for process in policy.processes.values())

    assert len(untried(policy, ())) == transitions > 0
