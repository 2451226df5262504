"""Where a policy itself says that it differs from another rule: both sides, each with its source and rank."""

from datetime import date
from typing import Any

from attrs import asdict, evolve, frozen

from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule, Schedule
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
    """Two rules that differ, how they do, and which stands higher: "this", "other" or "neither".

    `since` and `until` are the first and the last day on which both stand; `until` is None while they still do.
    """

    this: Side
    other: Side
    how: str
    higher: str
    since: date
    until: date | None = None

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data, days as text."""
        days = {"since": self.since.isoformat(), "until": self.until.isoformat() if self.until else None}
        return asdict(self) | days


def conflicts(policy: Policy) -> tuple[Conflict, ...]:
    """Every difference the policy declares of rules that stand on the same days, in its order.

    Dated versions of a rule that stand in the same paragraph are one, from the first day to the last.
    """
    found: dict[tuple[str, ...], Conflict] = {}
    stated: tuple[Rule | Schedule, ...] = (*policy.rules, *policy.schedules)
    for this in stated:
        for other in (rule for rule in policy.rules if rule.name == this.conflicts_with):
            since, last = max(this.since, other.since, policy.since), min(_last(this), _last(other))
            if since <= last:
                key = (this.name, this.paragraph, other.paragraph, this.conflict)
                new = _conflict(this, other, policy, since=since, until=None if last == date.max else last)
                found[key] = evolve(new, since=min(found[key].since, since)) if key in found else new
    return tuple(found.values())


def _last(rule: Rule | Schedule) -> date:
    return rule.until or date.max


def _conflict(this: Rule | Schedule, other: Rule, policy: Policy, *, since: date, until: date | None) -> Conflict:
    one, two = _side(this, policy), _side(other, policy)
    ranks = Rank(one.rank), Rank(two.rank)
    higher = "this" if ranks[0].stands_above(ranks[1]) else "other" if ranks[1].stands_above(ranks[0]) else "neither"
    return Conflict(this=one, other=two, how=this.conflict, higher=higher, since=since, until=until)


def _side(rule: Rule | Schedule, policy: Policy) -> Side:
    source = policy.sources[policy.paragraphs[rule.paragraph].source]
    return Side(
        rule=rule.id,
        name=rule.name,
        title=rule.title,
        paragraph=rule.paragraph,
        source=source.title,
        rank=source.rank.value,
    )
