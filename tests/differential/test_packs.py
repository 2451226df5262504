"""Both real policies, judged by both engines: very many children, several laws, no disagreement."""

from datetime import date

import pytest

from cme_rules.adapters.durable import DurableEngine
from cme_rules.adapters.durable.shadow import differences
from cme_rules.engine.assess import assess
from cme_rules.policy.loading.load import load_policy
from tests.differential.children import SCALE, children

PACKS = {name: load_policy(name) for name in ("england", "east_sussex")}
DAYS = (date(2023, 1, 9), date(2024, 8, 18), date(2024, 8, 19), date(2026, 3, 20), date(2026, 11, 23))
A_DAY = 2_000
"""Children a policy and a day: 20,000 in all, and 200,000 in the nightly session."""


@pytest.mark.slow
@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("name", PACKS)
def test_the_engines_agree_on_every_rule_for_every_child(name: str, on: date) -> None:
    policy = PACKS[name]
    preview = tuple(policy.previews)
    differing: set[str] = set()

    with DurableEngine(policy, on=on, preview=preview) as engine:
        for child in children(policy, on, count=A_DAY * SCALE):
            differing.update(differences(assess(child, policy, on=on, preview=preview), engine.slots(child)))

    assert differing == set()


@pytest.mark.parametrize("name", PACKS)
class TestEveryAnswerOfARealPolicy:
    """What is settled is proved, and what is not has no proof."""

    def test_has_a_proof_exactly_where_it_is_settled(self, name: str) -> None:
        policy, on = PACKS[name], date(2026, 11, 23)
        wrong: set[str] = set()

        with DurableEngine(policy, on=on) as engine:
            for child in children(policy, on, count=20 * SCALE, seed="proofs"):
                answers = engine.assess(child)
                settled = {rule.name: answers.slots[rule.id, "when"] is not None for rule in engine.law.rules}
                wrong.update(each for each, known in settled.items() if bool(answers.proofs(each)) is not known)

        assert wrong == set()

    def test_names_the_same_missing_facts_as_the_pure_engine(self, name: str) -> None:
        policy, on = PACKS[name], date(2026, 11, 23)

        with DurableEngine(policy, on=on) as engine:
            for child in children(policy, on, count=20 * SCALE, seed="missing"):
                answers, pure = engine.assess(child), assess(child, policy, on=on)
                asked = {each: pure[each].missing for each in pure if pure[each].missing}

                assert {each: answers.missing(each) for each in asked} == asked
