"""The pure engine answers; the second one is compared with it and can only complain."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from attrs import evolve

from cme_rules.adapters.durable import (
    DurableEngine,
    EngineDisagreement,
    EngineRunError,
    PureEngine,
    ShadowEngine,
)
from cme_rules.adapters.durable.compile import compile_law
from cme_rules.adapters.durable.lines import Program
from cme_rules.domain.verdict import Verdict
from cme_rules.errors import CallError
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Law, Policy
from tests.adapters.durable.given import CHILD, ON
from tests.toy import write_toy


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(write_toy(tmp_path_factory.mktemp("toy")))


def never_failing(law: Law) -> Program:
    """A compiler that forgets the rail on which things fail."""
    program = compile_law(law)
    return evolve(program, lines=tuple(line for line in program.lines if line.holds))


class Failing:
    """A second engine that cannot answer."""

    on = ON

    def slots(self, child: object) -> Mapping[tuple[str, str], bool | None]:  # noqa: ARG002 - as the others take it
        msg = "the engine failed (its code 303)"
        raise EngineRunError(msg)


class TestWhereTheEnginesAgree:
    """Nothing is seen of the second one."""

    def test_the_answer_is_the_pure_engines(self, policy: Policy) -> None:
        with DurableEngine(policy, on=ON) as durable:
            answer = ShadowEngine(PureEngine(policy=policy, on=ON), durable).assess(CHILD)

        assert answer["long_gone"].verdict is Verdict.HOLDS


class TestWhereTheyDiffer:
    """Raised in tests; reported in production, where the answer comes all the same."""

    def test_without_a_callback_it_is_raised_with_rule_ids_only(self, policy: Policy) -> None:
        with DurableEngine(policy, on=ON, compiler=never_failing) as durable:
            shadow = ShadowEngine(PureEngine(policy=policy, on=ON), durable)
            with pytest.raises(EngineDisagreement) as caught:
                shadow.assess(CHILD)

        assert caught.value.rules == ("2/settled", "2/call")
        assert str(caught.value) == "the two engines differ on policy 'shire', rules: 2/settled, 2/call"

    def test_with_a_callback_it_is_told_and_the_pure_answer_comes(self, policy: Policy) -> None:
        told: list[Exception] = []
        with DurableEngine(policy, on=ON, compiler=never_failing) as durable:
            shadow = ShadowEngine(PureEngine(policy=policy, on=ON), durable, on_disagreement=told.append)

            assert shadow.assess(CHILD)["settled"].verdict is Verdict.FAILS

        assert [type(each) for each in told] == [EngineDisagreement]


class TestWhereTheSecondFails:
    """The pure answer does not depend on it."""

    def test_with_a_callback_the_fault_is_told_and_the_pure_answer_comes(self, policy: Policy) -> None:
        told: list[Exception] = []
        shadow = ShadowEngine(PureEngine(policy=policy, on=ON), Failing(), on_disagreement=told.append)

        assert shadow.assess(CHILD)["long_gone"].verdict is Verdict.HOLDS
        assert [type(each) for each in told] == [EngineRunError]

    def test_without_one_it_is_raised(self, policy: Policy) -> None:
        with pytest.raises(EngineRunError):
            ShadowEngine(PureEngine(policy=policy, on=ON), Failing()).assess(CHILD)


def test_engines_made_for_different_days_are_refused(policy: Policy) -> None:
    tomorrow: date = ON + timedelta(days=1)

    with pytest.raises(CallError, match="made for different days"):
        ShadowEngine(PureEngine(policy=policy, on=tomorrow), Failing())


def test_a_fault_of_the_caller_is_raised_as_assess_raises_it(policy: Policy) -> None:
    with pytest.raises(CallError, match="no_such_fact"):
        ShadowEngine(PureEngine(policy=policy, on=ON), Failing()).assess({"no_such_fact": True})
