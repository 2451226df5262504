"""Policies nobody wrote: random trees in the language, judged by both engines."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings

from cme_rules.adapters.durable import DurableEngine
from cme_rules.adapters.durable.shadow import differences
from cme_rules.engine.assess import assess
from cme_rules.policy.loading.load import load_policy
from tests.differential.children import children
from tests.differential.strategies import files, made_up
from tests.toy import write_toy

ON = date(2026, 3, 9)
PREVIEW = ("reform",)
A_POLICY = 25

FOUND = """\
["2/found"]
not_commenced = "reform"
title = "Found"
finding = "found"
words = "it is found"
when = "{}"
"""
"""A policy of one condition: for faults this comparison has found, so that they are tried every time."""


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@example(made=("", FOUND.format("school_days_from(last_taught) != reported")))
@example(made=("", FOUND.format("passed(last_day(not_yet, called))")))
@given(made=made_up())
def test_the_engines_agree_on_a_policy_made_up_at_random(made: tuple[str, str]) -> None:
    with TemporaryDirectory() as folder:
        policy = load_policy(write_toy(Path(folder), **files(made)))
    differing: dict[str, str] = {}

    with DurableEngine(policy, on=ON, preview=PREVIEW) as engine:
        for child in children(policy, ON, count=A_POLICY):
            wrong = differences(assess(child, policy, on=ON, preview=PREVIEW), engine.slots(child))
            differing |= {rule.id: rule.text for rule in engine.law.rules if rule.id in wrong}

    assert differing == {}
