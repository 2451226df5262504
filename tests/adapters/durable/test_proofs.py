"""The chain of firings behind a verdict, as a tree; also for a verdict that fails."""

from collections.abc import Iterator
from datetime import date

import pytest
from attrs import evolve

from cme_rules.adapters.durable import DurableEngine, EngineRunError, Proof
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.adapters.durable.given import CHILD, ON
from tests.toy import write_toy


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(write_toy(tmp_path_factory.mktemp("toy")))


@pytest.fixture
def engine(policy: Policy) -> Iterator[DurableEngine]:
    with DurableEngine(policy, on=ON) as made:
        yield made


class TestAProof:
    """Every step is a firing of the engine, or a fact it was told."""

    def test_of_a_finding_that_holds_goes_down_to_the_facts(self, engine: DurableEngine) -> None:
        assert str(engine.assess(CHILD).proof("long_gone")) == (
            "- the child is gone for long [2]\n"
            "  - the child is gone from education [a.1]\n"
            "    - the child lives in the area\n"
            "    - the child is on no roll\n"
            "    - there is no other education\n"
            "  - the days since the last day of teaching are at least a long time out of education (28 days)"
        )

    def test_of_a_finding_that_fails_says_what_is_not_so(self, engine: DurableEngine) -> None:
        assert str(engine.assess({"on_roll": True}).proof("long_gone")) == (
            "- the child is not gone for long [2]\n"
            "  - it is not the case that the child is gone from education [a.1]\n"
            "    - the child is on a roll"
        )

    def test_of_an_action_says_whether_it_has_arisen(self, engine: DurableEngine) -> None:
        answers, other = engine.assess(CHILD), engine.assess({"on_roll": True})

        assert str(answers.proof("call_home")).startswith("- Call the family: has arisen [2]\n")
        assert str(other.proof("call_home")).startswith("- Call the family: has not arisen [2]\n")

    def test_there_is_none_for_what_is_unknown(self, engine: DurableEngine) -> None:
        assert engine.assess(CHILD).proof("reportable") is None
        assert engine.assess({}).proofs("long_gone") == ()

    def test_each_way_to_an_answer_has_one(self, engine: DurableEngine) -> None:
        proofs = engine.assess({"in_area": False, "on_roll": True, "schooling": "home"}).proofs("gone")

        assert [step.words for proof in proofs for step in proof.because] == [
            "the child lives elsewhere",
            "the child is on a roll",
            "there is some other education",
        ]


class TestWhatAProofShows:
    """Names and verdicts; the child's values only when they are asked for."""

    def test_no_value_unless_asked_for(self, engine: DurableEngine) -> None:
        child = {**CHILD, "last_taught": date(2026, 1, 31), "sessions_absent": 97}
        answers = engine.assess(child)

        shown = "\n".join(str(answers.proof(name)) for name in ("long_gone", "often_absent"))

        assert "2026" not in shown
        assert "97" not in shown

    def test_values_when_they_are_asked_for(self, engine: DurableEngine) -> None:
        answers = engine.assess({**CHILD, "sessions_absent": 97})

        assert str(answers.proof("long_gone", reveal=True)).endswith("(2026-02-01)")
        assert str(answers.proof("often_absent", reveal=True)).endswith("(97; 100)")
        assert "the child is on no roll (False)" in str(answers.proof("long_gone", reveal=True))

    def test_which_word_of_a_list_it_was_only_when_asked_for(self) -> None:
        england = load_policy("england")
        child = {
            "date_of_birth": date(2014, 5, 2),
            "in_area": True,
            "on_school_roll": False,
            "education_otherwise": "tuition",
            "education_otherwise_assessed": "not_assessed",
            "provision_appears_suitable": False,
        }
        with DurableEngine(england, on=date(2026, 11, 23)) as engine:
            answers = engine.assess(child)

        assert "tuition)" not in str(answers.proof("cme_statutory"))
        assert "(tuition)" in str(answers.proof("cme_statutory", reveal=True))

    def test_a_firing_is_not_written_out_with_its_facts(self, engine: DurableEngine) -> None:
        answers = engine.assess(CHILD)

        assert "true" not in repr([firing for found in answers._firings.values() for firing in found])


def test_a_report_that_does_not_bear_out_its_line_is_an_error(engine: DurableEngine) -> None:
    answers = engine.assess(CHILD)
    forged = {
        key: tuple(evolve(firing, report=firing.report.replace("true", "false")) for firing in found)
        for key, found in answers._firings.items()
    }

    with pytest.raises(EngineRunError, match="do not bear out"):
        evolve(answers, firings=forged).proof("long_gone")


def test_a_proof_is_a_plain_value() -> None:
    step = Proof(words="it is so")

    assert Proof(words="found", paragraph="2", because=(step,)) == Proof(words="found", paragraph="2", because=(step,))
