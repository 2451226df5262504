"""Small change of English: lists, sentences, verbs that agree, and the words for a verdict, a force and a status."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from types import MappingProxyType

from cme_rules.domain.verdict import Force, Status, Verdict

__all__ = [
    "FORCE",
    "STATUS",
    "VERDICT",
    "agreeing",
    "because",
    "day",
    "joined",
    "sentence",
    "spaced",
    "under",
    "whether",
]

VERDICT = MappingProxyType({Verdict.HOLDS: "Yes", Verdict.FAILS: "No", Verdict.UNKNOWN: "Not known"})
FORCE = MappingProxyType(
    {
        Force.MUST: "must",
        Force.MUST_NOT: "must not",
        Force.SHOULD: "should",
        Force.MAY: "may",
        Force.CONSIDER: "is to consider whether to",
    }
)
STATUS = MappingProxyType(
    {
        Status.DUE: "due",
        Status.OVERDUE: "overdue",
        Status.UPCOMING: "not yet lawful",
        Status.DISCHARGED: "done",
        Status.UNDATED: "no date set",
    }
)
_MANY = re.compile(r"^(the (?:\w+ )?(?:days|weeks|months|sessions|attempts)\b.*?) is (not|at|more|less|\d)")


def day(value: date) -> str:
    """A day as a person writes it.

    >>> day(date(2026, 3, 5))
    '5 March 2026'
    """
    return f"{value.day} {value:%B %Y}"


def spaced(word: str) -> str:
    """A name as words.

    >>> spaced("school_attendance_order")
    'school attendance order'
    """
    return word.replace("_", " ")


def joined(items: Iterable[str], joint: str = "and") -> str:
    """Words in a row.

    >>> joined(["the school", "the parent", "admissions"], "or")
    'the school, the parent or admissions'
    """
    listed = list(items)
    return " ".join((", ".join(listed[:-1]), joint, listed[-1])) if len(listed) > 1 else "".join(listed)


def sentence(text: str) -> str:
    """A clause as a sentence.

    >>> sentence("the child lives here")
    'The child lives here.'
    """
    clean = text.strip()
    return f"{clean[:1].upper()}{clean[1:]}{'' if clean.endswith(('.', '?', '!', ':')) else '.'}"


def because(clauses: Sequence[str]) -> str:
    """Reasons that can be heard apart, however long each of them is.

    >>> because(["it rains", "it is cold, and dark"])
    'because it rains, and because it is cold, and dark'
    """
    plain = [clause for clause in clauses if clause]
    if len(plain) > 1 and not any("," in clause or " and " in clause or " or " in clause for clause in plain):
        return f"because {joined(plain)}"
    return ", ".join(
        f"{'and ' if place and place == len(plain) - 1 else ''}because {each}" for place, each in enumerate(plain)
    )


def agreeing(clause: str) -> str:
    """A clause whose verb agrees with a count of days.

    >>> agreeing("the days since the letter is at least the time for it (14 days)")
    'the days since the letter are at least the time for it (14 days)'
    """
    return _MANY.sub(r"\1 are \2", clause)


def under(paragraphs: Sequence[str]) -> str:
    """The paragraphs in brackets.

    >>> under(["2.1", "3a"])
    '(paragraphs 2.1 and 3a)'
    """
    if not paragraphs:
        return ""
    return f"(paragraph{'s' if len(paragraphs) > 1 else ''} {joined(paragraphs)})"


def whether(clause: str) -> str:
    """A clause as it stands after 'whether': a nested 'whether' is not said twice."""
    return clause.removeprefix("whether ")
