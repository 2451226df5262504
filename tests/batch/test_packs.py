"""The shipped policies over registers in which every fact takes every value: cell by cell what the engine says."""

from datetime import date

import pytest
from attrs import evolve

from cme_rules.conditions.parse import parse_condition
from cme_rules.policy.loading.load import load_policy
from cme_rules.testing.registers import stress_register
from tests.batch.compare import actions_differ, both, missing_differ, register_of, verdicts_differ
from tests.batch.given import SCALE

PACKS = {name: load_policy(name) for name in ("england", "east_sussex")}
DAYS = (date(2026, 11, 23), date(2026, 3, 20), date(2024, 8, 19), date(2012, 5, 1), date(1950, 1, 1))
MANY, BLOCK = 200_000 * SCALE, 20_000
"""Rows of each pack, so many at a time: a million where the scale is 5, as in the session of that name."""
SOME = 2_000 * SCALE
"""Rows of each day whose actions and missing facts are compared too, which takes ten times as long."""


@pytest.mark.parametrize("name", PACKS)
class TestTheShippedPolicies:
    """For both packs, three facts in ten unknown."""

    @pytest.mark.slow
    @pytest.mark.parametrize("block", range(MANY // BLOCK))
    def test_every_verdict_is_the_engines(self, name: str, block: int) -> None:
        register = stress_register(BLOCK, seed=block, on=DAYS[0], policy=PACKS[name])
        result, one_by_one = both(register, PACKS[name], DAYS[0], everything=False)

        assert verdicts_differ(result, one_by_one) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("on", DAYS, ids=str)
    def test_every_action_and_missing_fact_is_the_engines(self, name: str, on: date) -> None:
        register = stress_register(SOME, seed=7, on=on, policy=PACKS[name])
        result, one_by_one = both(register, PACKS[name], on)

        assert verdicts_differ(result, one_by_one) == []
        assert actions_differ(result, one_by_one) == set()
        assert missing_differ(result, one_by_one) == set()


def test_waiting_law_whose_number_has_no_value_yet_is_open_in_both_even_where_nothing_ever_happened() -> None:
    policy, on = PACKS["england"], date(2026, 3, 20)
    waiting = next(rule for rule in policy.rules if rule.name == "serve_nomination_notice")
    asked = parse_condition("passed(school_application_period_ended)", policy.vocabulary)
    others = tuple(rule for rule in policy.rules if rule.id != waiting.id)
    policy = evolve(policy, rules=(*others, evolve(waiting, when=asked)))
    rows = [{"school_decision_notice_served": served} for served in (False, date(2026, 3, 1), None)]
    result, one_by_one = both(register_of(rows, policy), policy, on)

    assert [each.id for each in one_by_one[0].possible_actions].count(waiting.name) == 1
    assert actions_differ(result, one_by_one) == set()
