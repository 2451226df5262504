"""Very many made-up children, quickly: the same ones in every run, near every edge, often with facts missing."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from cme_rules.conditions.kinds import Base
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from tests.strategies import NEAR

__all__ = ["SCALE", "chance", "children", "value_for"]

SCALE = int(os.environ.get("CME_RULES_SCALE", "1"))
"""How many times as much the comparisons do as in an ordinary run; ten in the nightly session."""

_KNOWN = (0.1, 0.4, 0.7, 0.9, 1.0)


def chance(*seed: object) -> Random:
    """Chance that is the same in every run."""
    return Random(repr(seed))  # noqa: S311 - no secret hangs on it


def children(policy: Policy, on: date, *, count: int, seed: object = 0) -> Iterator[dict[str, Any]]:
    """So many children's flat facts, as at a day."""
    rnd = chance(policy.id, on, seed)
    for _ in range(count):
        known = rnd.choice(_KNOWN)
        yield {name: value_for(spec, on, rnd, policy) for name, spec in policy.facts.items() if rnd.random() < known}


def value_for(spec: FactSpec, on: date, rnd: Random, policy: Policy) -> Any:  # noqa: ANN401 - a fact of any kind
    """A value that fits a fact."""
    match spec.kind.base:
        case Base.BOOL:
            return rnd.random() < 0.5
        case Base.INT:
            return max(spec.minimum or 0, rnd.choice((*NEAR[:26], 10**18)))
        case Base.DATE:
            if spec.can_be_never and rnd.random() < 0.2:
                return False
            return on - timedelta(days=rnd.choice((1, 1, 1, -1)) * rnd.choice(NEAR) + rnd.choice((-1, 0, 0, 1)))
        case _:
            return rnd.choice(spec.kind.words or (*policy.calendars.by_school, "000000"))
