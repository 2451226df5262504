"""The library's own strategies, for the day and the facts most tests use."""

from collections.abc import Collection
from datetime import date
from typing import Any

from hypothesis import strategies as st

from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.testing import strategies
from cme_rules.testing.strategies import NEAR

__all__ = ["NEAR", "TODAY", "days", "facts_for", "value_of"]

TODAY = date(2026, 3, 20)


def days(today: date = TODAY) -> st.SearchStrategy[date]:
    """Days around the day assessed, most of them at a distance some rule counts."""
    return strategies.days_near(today)


def value_of(spec: FactSpec) -> st.SearchStrategy[Any]:
    """A value that fits a fact."""
    return strategies.value_of(spec, on=TODAY)


def facts_for(policy: Policy, *, leave_out: Collection[str] = ("school",)) -> st.SearchStrategy[dict[str, Any]]:
    """A child's flat facts, any number of them missing."""
    return strategies.facts_for(policy, on=TODAY, leave_out=leave_out)
