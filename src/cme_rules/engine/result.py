"""What an assessment is made of: findings, actions, and the facts still wanting."""

from datetime import date

from attrs import frozen

from cme_rules.domain.verdict import Force, Status, Verdict

__all__ = ["Action", "Finding", "MissingFact"]


@frozen(kw_only=True, cache_hash=True)
class MissingFact:
    """A fact that would settle something unknown: its name, the question to put, and the roles who would know.

    `name` is empty where no fact is wanting but a calendar does not reach: then `question` says which.
    """

    name: str
    question: str
    knows: tuple[str, ...] = ()


@frozen(kw_only=True)
class Finding:
    """One thing found, not found, or not to be said yet, with the paragraphs it rests on.

    `in_force` is False when the law of the day has no such rule: it then FAILS because there is nothing to hold.
    `judgement` says what stays with a person whatever the verdict; `readings` what we took unclear words to mean.
    """

    name: str
    verdict: Verdict
    title: str
    paragraphs: tuple[str, ...]
    missing: tuple[MissingFact, ...] = ()
    readings: tuple[str, ...] = ()
    judgement: str = ""
    conflict: str = ""
    unverified: bool = False
    in_force: bool = True
    preview: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """The paragraphs it rests on, which the rule files call `cites`."""
        return self.paragraphs


@frozen(kw_only=True)
class Action:
    """Something somebody must, should or may do, and where it stands on the day.

    `due` is the last day for it, included; `first_lawful_day` the first day on which it may be done; either may be
    None. `trigger` is UNKNOWN for an action that may have arisen: some fact that decides it is missing.
    `undated` tells why there is no last day.
    """

    id: str
    title: str
    role: str
    force: Force
    status: Status
    paragraphs: tuple[str, ...]
    due: date | None = None
    first_lawful_day: date | None = None
    certainty: str = ""
    undated: str = ""
    trigger: Verdict = Verdict.HOLDS
    missing: tuple[MissingFact, ...] = ()
    weigh: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    judgement: str = ""
    conflict: str = ""
    if_not: str = ""
    unverified: bool = False
    preview: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """The paragraphs it rests on, which the rule files call `cites`."""
        return self.paragraphs
