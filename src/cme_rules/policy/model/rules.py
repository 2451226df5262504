"""Rules as data: what is found, who must do what by when, and what means what, each under its paragraph."""

from datetime import date

from attrs import frozen

from cme_rules.conditions.kinds import Kind
from cme_rules.conditions.nodes import Node
from cme_rules.conditions.words import Phrase
from cme_rules.domain.verdict import Force

__all__ = ["Definition", "Duty", "Limit", "Rule", "Schedule"]


@frozen(kw_only=True)
class Definition:
    """A name for an expression, so that a rule reads as its paragraph does."""

    name: str
    means: Node
    kind: Kind
    text: str
    phrase: Phrase
    paragraph: str
    pack: str
    reading: str = ""


@frozen(kw_only=True)
class Limit:
    """A span set running by a dated fact: 'within this, of that'."""

    span: str
    of: str


@frozen(kw_only=True)
class Duty:
    """What somebody must, should or may do, by when, not before when, and what shows that it is done."""

    action: str
    force: Force
    role: str
    due: Limit | None = None
    not_before: Limit | None = None
    discharged: Node | None = None
    discharged_text: str = ""
    if_not: str = ""


@frozen(kw_only=True)
class Rule:
    """One rule of a policy: a condition, and the finding it gives or the duty it sets.

    Exactly one of `finding` and `duty` is set. `since` and `until` are the first and last day in force;
    `not_commenced` names the preview an enacted rule waits in. Several dated rules may give one finding.
    """

    id: str
    paragraph: str
    pack: str
    title: str
    when: Node
    text: str
    since: date
    until: date | None = None
    finding: str = ""
    duty: Duty | None = None
    phrase: Phrase = Phrase("")
    readings: tuple[str, ...] = ()
    judgement: str = ""
    weigh: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    conflicts_with: str = ""
    conflict: str = ""
    not_commenced: str = ""
    unverified: bool = False

    @property
    def name(self) -> str:
        """The finding's or the action's name."""
        return self.duty.action if self.duty else self.finding

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraph the rule stands in, then the others its answer rests on."""
        return (self.paragraph, *self.cites)

    def in_force(self, on: date, preview: tuple[str, ...] = ()) -> bool:
        """Whether the rule is judged on the day; waiting law only where its preview is asked for."""
        if self.not_commenced:
            return self.not_commenced in preview
        return self.since <= on and (self.until is None or on <= self.until)


@frozen(kw_only=True)
class Schedule:
    """A duty that comes round: every month, or so many times a term."""

    id: str
    schedule: str
    paragraph: str
    pack: str
    title: str
    role: str
    every: str = ""
    times_a_term: str = ""
    force: Force = Force.MUST
    readings: tuple[str, ...] = ()
    attends: tuple[str, ...] = ()
