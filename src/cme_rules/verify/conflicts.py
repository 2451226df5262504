"""Where a policy itself says that it differs from another rule: both sides, each with its source and rank."""

from typing import Any

from attrs import asdict, frozen

from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.policy.model.sources import Rank

__all__ = ["Conflict", "Side", "conflicts"]


@frozen(kw_only=True)
class Side:
    """One of the two rules: where it stands, in what, and how high that ranks."""

    rule: str
    name: str
    title: str
    paragraph: str
    source: str
    rank: str


@frozen(kw_only=True)
class Conflict:
    """Two rules that differ, how they do, and which stands higher: "this", "other" or "neither"."""

    this: Side
    other: Side
    how: str
    higher: str

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


def conflicts(policy: Policy) -> tuple[Conflict, ...]:
    """Every difference the policy declares, in its order; a rule with several dated versions gives several."""
    return tuple(
        _conflict(rule, other, policy)
        for rule in policy.rules
        if rule.conflicts_with
        for other in policy.rules
        if other.name == rule.conflicts_with
    )


def _conflict(rule: Rule, other: Rule, policy: Policy) -> Conflict:
    this, that = _side(rule, policy), _side(other, policy)
    one, two = Rank(this.rank), Rank(that.rank)
    higher = "this" if one.stands_above(two) else "other" if two.stands_above(one) else "neither"
    return Conflict(this=this, other=that, how=rule.conflict, higher=higher)


def _side(rule: Rule, policy: Policy) -> Side:
    source = policy.sources[policy.paragraphs[rule.paragraph].source]
    return Side(
        rule=rule.id,
        name=rule.name,
        title=rule.title,
        paragraph=rule.paragraph,
        source=source.title,
        rank=source.rank.value,
    )
