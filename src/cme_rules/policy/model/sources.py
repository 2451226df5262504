"""Where a policy's words come from: works, paragraphs, enacted law still waiting, people who act, terms."""

from datetime import date
from enum import Enum

from attrs import frozen

__all__ = ["OtherReading", "Paragraph", "ParagraphKind", "Preview", "Rank", "Role", "Source", "Term"]


class Rank(Enum):
    """How high a source stands; where two differ, the one named earlier here is the higher."""

    STATUTE = "statute"
    REGULATIONS = "regulations"
    STATUTORY_GUIDANCE = "statutory_guidance"
    GUIDANCE = "guidance"
    COUNCIL_POLICY = "council_policy"
    SCHOOL_PRACTICE = "school_practice"

    def stands_above(self, other: "Rank") -> bool:
        """Whether this rank is the higher of the two.

        >>> Rank.STATUTE.stands_above(Rank.COUNCIL_POLICY)
        True
        """
        order = list(Rank)
        return order.index(self) < order.index(other)


class ParagraphKind(Enum):
    """What a paragraph does."""

    DEFINITION = "definition"
    FINDING = "finding"
    DUTY = "duty"
    PERMISSION = "permission"
    JUDGEMENT = "judgement"
    SCHEDULE = "schedule"
    PROCESS = "process"
    REGISTER_CHECK = "register_check"
    DIRECTORY = "directory"
    CONTEXT = "context"


@frozen(kw_only=True)
class Source:
    """A work a policy cites: an Act, regulations, guidance, a council's policy, with the days it is in force.

    `until` is the last day in force; `read` is the day somebody looked at it. `cited` is how a paragraph of it is
    cited in a sentence, with {} for its number; without it one says "paragraph" and the id.
    """

    id: str
    title: str
    rank: Rank
    cited: str = ""
    since: date | None = None
    until: date | None = None
    replaced_by: str = ""
    url: str = ""
    read: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the work was in force on the day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@frozen(kw_only=True)
class Paragraph:
    """One paragraph of a source, what it does in our own words, and whether anything is computed from it."""

    id: str
    gist: str
    kind: ParagraphKind
    encoded: bool
    source: str
    pack: str
    why: str = ""
    cites: tuple[str, ...] = ()
    printed_as: str = ""


@frozen(kw_only=True)
class Preview:
    """Law that is enacted and not in force: it answers only where a caller asks for it by this id."""

    id: str
    title: str
    enacted: date
    paragraph: str = ""


@frozen(kw_only=True)
class Role:
    """Somebody who acts or who would know."""

    id: str
    title: str
    pack: str
    organisation: str = ""
    paragraph: str = ""
    acts: str = ""


@frozen(kw_only=True)
class Term:
    """An abbreviation or a word of the field, with its meaning."""

    term: str
    meaning: str
    paragraph: str = ""


@frozen(kw_only=True)
class OtherReading:
    """Another way to read an unclear paragraph, that can be run: `changes` names what is then otherwise."""

    id: str
    title: str
    paragraph: str
    pack: str
    changes: tuple[str, ...]
