"""The compiled law says exactly what the plain reading of the language says."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cme_rules.conditions.judge import evaluate
from cme_rules.engine.assess import assess, assessor
from cme_rules.engine.facts import check_facts
from cme_rules.engine.scope import Scope
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.strategies import TODAY, facts_for

PACKS = {name: load_policy(name) for name in ("england", "east_sussex")}
DAYS = (TODAY, date(2024, 8, 18), date(2024, 8, 19), date(2025, 9, 8), date(2026, 11, 23), date(2023, 1, 9))


def plainly(policy: Policy, facts: dict[str, Any], on: date) -> dict[str, object]:
    """Every rule judged by walking its tree."""
    judge = assessor(policy, on=on, preview=tuple(policy.previews))
    scope = Scope(moment=judge.moment, facts=check_facts(facts, policy))
    return {rule.id: evaluate(rule.when, scope) for rule in judge.law.rules}


def compiled(policy: Policy, facts: dict[str, Any], on: date) -> dict[str, object]:
    """Every rule judged by the compiled function."""
    result = assess(facts, policy, on=on, preview=tuple(policy.previews))
    slots = result.assessor.slots
    return {rule.id: result.answers[slots[rule.id, "when"]] for rule in result.law.rules}


@pytest.mark.parametrize("name", PACKS)
class TestTheCompiledLaw:
    """For every rule of both packs, whatever is known."""

    @settings(max_examples=300)
    @given(data=st.data(), on=st.sampled_from(DAYS))
    def test_it_judges_as_the_plain_reading_does(self, name: str, data: st.DataObject, on: date) -> None:
        facts = data.draw(facts_for(PACKS[name]))

        assert compiled(PACKS[name], facts, on) == plainly(PACKS[name], facts, on)

    @settings(max_examples=300)
    @given(data=st.data(), on=st.sampled_from(DAYS))
    def test_learning_a_fact_never_flips_a_settled_answer(self, name: str, data: st.DataObject, on: date) -> None:
        more = data.draw(facts_for(PACKS[name]))
        kept = data.draw(st.sets(st.sampled_from(sorted(more)))) if more else set()
        before = compiled(PACKS[name], {fact: more[fact] for fact in kept}, on)
        after = compiled(PACKS[name], more, on)

        assert {rule: answer for rule, answer in before.items() if answer is not None}.items() <= after.items()
