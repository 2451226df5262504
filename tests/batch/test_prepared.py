"""A law is made ready for registers once, and the policy keeps it."""

from attrs import evolve

from cme_rules.batch.plan import Asked
from cme_rules.batch.prepared import Prepared, prepared
from tests.batch.given import ON, SUSSEX


def ready(*facts: str, actions: bool = True) -> Prepared:
    return prepared(SUSSEX.as_of(ON), frozenset(facts), Asked(actions=actions))


def test_the_same_wish_of_the_same_columns_is_made_ready_once() -> None:
    assert ready("in_area") is ready("in_area")


def test_other_columns_another_wish_or_another_policy_are_not_the_same() -> None:
    other = prepared(evolve(SUSSEX).as_of(ON), frozenset({"in_area"}), Asked())

    assert len({id(each) for each in (ready("in_area"), ready("died"), ready("in_area", actions=False), other)}) == 4


def test_the_policy_does_not_keep_more_and_more() -> None:
    first = ready("in_area")
    for number in range(70):
        ready("in_area", f"a column of another sort {number}")

    assert ready("in_area") is not first
