"""One ruleset in the engine: every fault of it becomes an error that tells a code and nothing of the facts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cme_rules.adapters.durable import DurableEngine, EngineCompileError, EngineRunError
from cme_rules.adapters.durable.compile import compile_law
from cme_rules.adapters.durable.rulesets import Ruleset, rulesets
from cme_rules.adapters.durable.session import Session, c_module
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.adapters.durable.given import CHILD, ON, Misbehaving
from tests.toy import write_toy

CANARY = "a-child-s-own-word"


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return load_policy(write_toy(tmp_path))


def first_ruleset(policy: Policy) -> Ruleset:
    return rulesets(compile_law(policy.as_of(ON)))[0]


def engine_with(policy: Policy, monkeypatch: pytest.MonkeyPatch, **replaced: Callable[..., Any]) -> DurableEngine:
    """An engine made soundly, whose C module misbehaves from then on when `armed` says so."""
    monkeypatch.setattr("cme_rules.adapters.durable.engine.c_module", lambda: Misbehaving(**replaced))
    return DurableEngine(policy, on=ON)


def complaint(real: Callable[..., Any], *_: object) -> Any:  # noqa: ANN401 - never returns
    """Fail as the engine does, with the facts in the message."""
    del real
    message = f"Could not assert {CANARY}, error code: 303"
    raise c_module().error(message)


class TestFaultsOfTheEngine:
    """Codes only; the error that came from below is not kept."""

    def test_a_refused_ruleset_is_said_with_its_code(self, policy: Policy) -> None:
        with pytest.raises(EngineCompileError, match=r"refuses a ruleset \(its code 303\)"):
            Session(first_ruleset(policy), Misbehaving(create_ruleset=complaint))

    def test_a_refused_fact_is_said_with_its_code_and_without_the_fact(self, policy: Policy) -> None:
        with pytest.raises(EngineRunError) as caught:
            Session(first_ruleset(policy), Misbehaving(assert_facts=complaint))

        assert str(caught.value) == "the engine failed (its code 303)"
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None

    def test_a_lack_of_memory_is_the_engines_fault_too(self, policy: Policy) -> None:
        def exhausted(*_: object) -> None:
            raise MemoryError(CANARY)

        with pytest.raises(EngineRunError, match=r"its code 101"):
            Session(first_ruleset(policy), Misbehaving(assert_facts=exhausted))

    def test_facts_read_only_in_part_are_noticed(self, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
        def but_the_last(real: Callable[..., Any], handle: int, facts: str) -> Any:  # noqa: ANN401 - as the module
            return real(handle, facts[: facts.rindex(",{")] + "]" if ",{" in facts else facts)

        with (
            engine_with(policy, monkeypatch, assert_facts=but_the_last) as engine,
            pytest.raises(EngineRunError, match="did not read all the facts"),
        ):
            engine.slots(CHILD)

    def test_facts_not_read_at_all_are_noticed(self, policy: Policy) -> None:
        with pytest.raises(EngineRunError, match="did not read the facts"):
            Session(first_ruleset(policy), Misbehaving(assert_facts=lambda *_: (0, 77)))

    def test_a_fact_mistaken_for_another_is_noticed(self, policy: Policy) -> None:
        with pytest.raises(EngineRunError, match="mistook a fact for another"):
            Session(first_ruleset(policy), Misbehaving(assert_facts=lambda *_: (2, 1)))


class TestAfterAFault:
    """The rulesets are thrown away and opened anew; the next child is answered."""

    def test_the_next_question_is_answered(self, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
        armed = [False]

        def sometimes(real: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - as the module
            if armed[0]:
                armed[0] = False
                return complaint(real)
            return real(*arguments)

        with engine_with(policy, monkeypatch, assert_facts=sometimes) as engine:
            before = engine.slots(CHILD)
            armed[0] = True
            with pytest.raises(EngineRunError):
                engine.slots(CHILD)

            assert engine.slots(CHILD) == before

    def test_an_interruption_leaves_nothing_half_done(self, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
        armed = [False]

        def interrupted(real: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - as the module
            if armed[0]:
                armed[0] = False
                raise KeyboardInterrupt
            return real(*arguments)

        with engine_with(policy, monkeypatch, complete_and_start_action=interrupted) as engine:
            before = engine.slots(CHILD)
            armed[0] = True
            with pytest.raises(KeyboardInterrupt):
                engine.slots(CHILD)

            assert engine.slots({}) != before
            assert engine.slots(CHILD) == before


def test_the_signatures_relied_on_are_those_of_the_module() -> None:
    module = c_module()
    handle = module.create_ruleset("contract", '{"r0":{"all":[{"c0":{"a":true}}],"dist":0}}')

    code, state = module.assert_facts(handle, '[{"id":"a","a":true}]')
    _, report = module.start_action_for_state(handle, state)

    assert code == 0
    assert report.startswith('{"r0":{"c0":{')
    assert module.complete_and_start_action(handle, state) is None
    assert module.assert_fact(handle, '{"id":"b","b":true}')[0] == 1
    assert module.delete_state(handle, "0") is None
    assert module.delete_ruleset(handle) is None
