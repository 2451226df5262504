"""Rules as data: what is found, who must do what by when, and what means what, each under its paragraph."""

from datetime import date
from enum import Enum

from attrs import frozen

from cme_rules.conditions.kinds import Kind
from cme_rules.conditions.nodes import Node
from cme_rules.conditions.words import Phrase
from cme_rules.domain.shown import mimebundle
from cme_rules.domain.verdict import Force

__all__ = ["Cover", "Definition", "Duty", "Group", "Limit", "Rule", "Schedule"]


class Group(Enum):
    """A family of rules that one call gathers, so that what belongs to it is said where the rule is, and only there."""

    REMOVAL_GROUND = "removal_ground"
    DELETION_DUE = "deletion_due"
    REMOVAL_BAR = "removal_bar"
    REMOVAL_ACT = "removal_act"
    REMOVAL_RETURN = "removal_return"
    REMOVAL_LOCAL = "removal_local"
    REGISTER_INSPECTION = "register_inspection"


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
    """What somebody must, should or may do, by when, not before when, and what shows that it is done.

    `contents` says what has to be in it, for something that is sent.
    """

    action: str
    force: Force
    role: str
    due: Limit | None = None
    not_before: Limit | None = None
    discharged: Node | None = None
    discharged_text: str = ""
    if_not: str = ""
    contents: tuple[str, ...] = ()


@frozen(kw_only=True)
class Cover:
    """A decision that leaves nobody out: of every child for whom `of` holds, the rule or one of `among` holds."""

    among: tuple[str, ...]
    of: Node
    text: str = ""


@frozen(kw_only=True)
class Rule:
    """One rule of a policy: a condition, and the finding it gives or the duty it sets.

    Exactly one of `finding` and `duty` is set. `since` and `until` are the first and last day in force;
    `not_commenced` names the preview an enacted rule waits in. Several dated rules may give one finding.
    `group` says of which family a rule is, for calls that gather one, such as the grounds for taking a name off.
    `excludes`, `covers` and `at_least` are promises a check proves: what never holds together with it, with what it
    leaves no gap, and the finding or action than which it never asks less.
    """

    _repr_mimebundle_ = mimebundle

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
    covers: Cover | None = None
    at_least: str = ""
    not_commenced: str = ""
    unverified: bool = False
    group: Group | None = None

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
    """A duty that comes round: every month, or so many times a term; `since` and `until` are its first and last day."""

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
    since: date = date.min
    until: date | None = None
    conflicts_with: str = ""
    conflict: str = ""

    @property
    def name(self) -> str:
        """What it is called where findings and actions are called by name."""
        return self.schedule
