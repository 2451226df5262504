"""Facts made up by Hypothesis for a policy: every declared kind, near the edges, often missing."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from cme_rules.conditions.kinds import Base
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy

TODAY = date(2026, 3, 20)
NEAR = (0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 13, 14, 15, 16, 19, 20, 21, 27, 28, 29, 30, 40, 60, 365, 2000, 4000)


def days(today: date = TODAY) -> st.SearchStrategy[date]:
    """Days around the day assessed, most of them at a distance some rule counts."""
    distances = st.sampled_from(NEAR + tuple(-distance for distance in NEAR))
    return distances.map(lambda distance: today - timedelta(days=distance))


def value_of(spec: FactSpec) -> st.SearchStrategy[Any]:
    """A value that fits a fact."""
    match spec.kind.base:
        case Base.BOOL:
            return st.booleans()
        case Base.INT:
            return st.integers(spec.minimum or 0, 400)
        case Base.DATE:
            never = st.just(value=False) if spec.can_be_never else st.nothing()
            return st.one_of(days(), never)
        case _:
            return st.sampled_from(spec.kind.words) if spec.kind.words else st.just("000000")


def facts_for(policy: Policy, *, leave_out: tuple[str, ...] = ("school",)) -> st.SearchStrategy[dict[str, Any]]:
    """A child's flat facts, any number of them missing."""
    specs = {name: value_of(spec) for name, spec in policy.facts.items() if name not in leave_out}
    return st.fixed_dictionaries({}, optional=specs)
