"""A tree written out again parses to the same tree."""

import pytest

from cme_rules import load_policy
from cme_rules.conditions.nodes import Compare, Literal, Name, Not, OneOf, Today
from cme_rules.conditions.parse import parse
from cme_rules.verify.spelling import spelt


@pytest.mark.parametrize("name", ["england", "east_sussex"])
def test_every_condition_of_the_shipped_policies_comes_back(name: str) -> None:
    policy = load_policy(name)
    trees = [rule.when for rule in policy.rules] + [each.means for each in policy.definitions.values()]

    assert [spelt(tree) for tree in trees if parse(spelt(tree), policy.vocabulary)[0] != tree] == []


def test_words_and_the_day_are_written_as_the_language_has_them() -> None:
    assert spelt(Not(OneOf(Name("place"), ("town",)))) == 'place not in ("town",)'
    assert spelt(Compare("<=", Name("left"), Today())) == "left <= on"
    assert spelt(Compare("==", Name("place"), Literal("town"))) == 'place == "town"'
    assert spelt(Literal(value=True)) == "True"
