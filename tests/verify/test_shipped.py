"""The shipped policies under their own tools: proved, covered, and every case as expected."""

import pytest

from cme_rules.policy.loading.find import policy_folder, shipped_policies
from cme_rules.policy.loading.load import load_policy
from cme_rules.verify.cases import read_cases
from cme_rules.verify.checks import check_policy
from cme_rules.verify.coverage import coverage
from cme_rules.verify.failures import tell_failure, tell_history
from cme_rules.verify.histories import read_histories, run_histories
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
def test_every_paragraph_said_to_be_encoded_is(name: str) -> None:
    assert coverage(load_policy(name), ()).empty == ()


def test_transitions_that_no_history_takes_are_listed() -> None:
    policy = load_policy("england")
    without = coverage(policy, ())
    with_all = coverage(policy, (), read_histories(policy, policy_folder("england")))

    assert len(without.untried) == without.transitions > 0
    assert len(with_all.untried) < len(without.untried)
