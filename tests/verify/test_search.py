"""The search against trying every child of a small world."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import And, Name, Node, Not, Or, names_in
from cme_rules.conditions.parse import parse_condition
from cme_rules.domain.never import NEVER
from cme_rules.engine.assess import assessor
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.cells import written_out
from cme_rules.verify.search import Outcome, look_for

ON = date(2026, 3, 10)
ON_ONE_FACT = (
    "on_roll",
    "in_area",
    'schooling == "none"',
    'schooling in ("home", "tutor")',
    "out_for >= long",
    "out_for < time_to_call",
    "out_for == long",
    "happened(last_taught)",
    "passed(last_day(long, last_taught))",
    "school_days_from(last_taught) >= reported",
    "happened(called)",
    "sessions_absent == 0",
    "sessions_absent > 1",
)
Shape = tuple[str, Any]
"""A tree as Hypothesis builds it: a part of the language, or `not`, `and`, `or` and what stands below."""
ON_SEVERAL = (
    "called < last_taught",
    "days_between(last_taught, called) >= time_to_call",
    "rate(sessions_absent, sessions_possible) >= often",
)
DAYS = (
    NEVER,
    *(date(2025, 12, day) for day in (1, 20)),
    *(date(2026, 2, day) for day in (9, 10, 11, 28)),
    *(date(2026, 3, day) for day in (10, 11)),
)
WORLD: dict[str, tuple[Any, ...]] = {
    "on_roll": (True, False),
    "in_area": (True, False),
    "schooling": ("none", "home", "tutor"),
    "last_taught": DAYS,
    "called": DAYS,
    "sessions_absent": (0, 1, 2, 9, 10),
    "sessions_possible": (100,),
}


@pytest.fixture(scope="module")
def moment(policy: Policy) -> Moment:
    return assessor(policy, on=ON).moment


def trees(parts_of: tuple[str, ...]) -> st.SearchStrategy[Shape]:
    parts = st.sampled_from(parts_of)
    return st.recursive(
        parts.map(lambda text: ("part", text)),
        lambda inner: st.one_of(
            inner.map(lambda below: ("not", below)),
            st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)),
        ),
        max_leaves=6,
    )


def built(shape: Shape, policy: Policy) -> Node:
    sort, below = shape
    if sort == "part":
        return parse_condition(below, policy.vocabulary)
    if sort == "not":
        return Not(built(below, policy))
    parts = tuple(built(part, policy) for part in below)
    return And(parts) if sort == "and" else Or(parts)


def children(tree: Node) -> Iterator[dict[str, Any]]:
    names = [name for name in names_in(tree) if name in WORLD]
    for values in product(*(WORLD[name] for name in names)):
        yield dict(zip(names, values, strict=True))


@given(shape=trees(ON_ONE_FACT + ON_SEVERAL), wanted=st.booleans())
def test_no_child_of_the_world_gets_an_answer_the_search_ruled_out(
    policy: Policy, moment: Moment, shape: Shape, *, wanted: bool
) -> None:
    tree = written_out(built(shape, policy), moment.law)

    found = look_for(tree, wanted=wanted, moment=moment)

    if found.outcome is Outcome.NONE:
        answers = {evaluate(tree, Scope(moment=moment, facts=facts)) for facts in children(tree)}
        assert wanted not in answers


@given(shape=trees(ON_ONE_FACT), wanted=st.booleans())
def test_the_child_a_search_found_gets_the_answer_wanted(
    policy: Policy, moment: Moment, shape: Shape, *, wanted: bool
) -> None:
    tree = written_out(built(shape, policy), moment.law)

    found = look_for(tree, wanted=wanted, moment=moment)

    if found.outcome is Outcome.FOUND:
        assert found.facts is not None
        assert evaluate(tree, Scope(moment=moment, facts=found.facts)) is wanted


def test_an_answer_decided_early_needs_few_cells(moment: Moment) -> None:
    tree = And((Name("on_roll"), Not(Name("on_roll")), *(Name("in_area") for _ in range(40))))

    assert look_for(tree, wanted=True, moment=moment).cells <= 5
