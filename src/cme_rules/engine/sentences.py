"""Small change of English: lists, sentences, verbs that agree, and the words for a verdict, a force and a status."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from types import MappingProxyType

from cme_rules.domain.verdict import Force, Status, Verdict

__all__ = [
    "FORCE",
    "STATUS",
    "VERDICT",
    "as_question",
    "because",
    "day",
    "is_long",
    "joined",
    "lowered",
    "noted",
    "readable",
    "sentence",
    "spaced",
    "titled",
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
_SMALL_WORDS = ("and", "of", "on", "the", "upon")
_A_PAIR = 2
_ON_OR = re.compile(r"\bon or (?:before|after)\b")
_ABOUT = re.compile(r"^((?:the |\d+ )(?:\w+ ){0,2}?\w+) (?=(?:is|has|lives|was)\b)")
_PLAIN = re.compile(
    r"^((?:the|a|an|every|some|no) (?:(?!(?:that|which|who|and|or|whether|may|will|must) )[\w'-]+ )*?[\w'-]+) "
    r"(is|are|has|have|was|were) (.+)$"
)
_ANOTHER_VERB = re.compile(r"(?<!that )(?<!which )\b(?:is|are|has|have|was|were|keeps|consents)\b")


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


def readable(text: str) -> str:
    """A message of the engine as a person reads it: its days and its names in words.

    >>> readable("calendar 'isle_of_wight' ends on 2026-08-31")
    'calendar Isle of Wight ends on 31 August 2026'
    """
    named = re.sub(r"'(\w+)'", lambda found: titled(found[1]), text)
    return re.sub(r"\d{4}-\d\d-\d\d", lambda found: day(date.fromisoformat(found[0])), named)


def lowered(title: str) -> str:
    """A title as it stands inside a sentence.

    >>> lowered("The time a notice gives")
    'the time a notice gives'
    """
    return title[:1].lower() + title[1:]


def titled(word: str) -> str:
    """A name as a title.

    >>> titled("isle_of_wight")
    'Isle of Wight'
    """
    return " ".join(each if each in _SMALL_WORDS else f"{each[:1].upper()}{each[1:]}" for each in spaced(word).split())


def joined(items: Iterable[str], joint: str = "and") -> str:
    """Words in a row.

    >>> joined(["the school", "the parent", "admissions"], "or")
    'the school, the parent or admissions'
    """
    listed = list(items)
    if len(listed) < _A_PAIR:
        return "".join(listed)
    comma = "," if any(is_long(item) for item in listed) else ""
    return f"{', '.join(listed[:-1])}{comma} {joint} {listed[-1]}"


def sentence(text: str) -> str:
    """A clause as a sentence.

    >>> sentence("the child lives here")
    'The child lives here.'
    """
    clean = text.strip()
    return f"{clean[:1].upper()}{clean[1:]}{'' if clean.endswith(('.', '?', '!', ':')) else '.'}"


def because(clauses: Sequence[str]) -> str:
    """Reasons that can be heard apart, however long each of them is; what is said of one thing names it once.

    >>> because(["the child is ten", "the child lives here", "the child is at school"])
    'because the child is ten, lives here and is at school'
    >>> because(["it rains", "it is cold, and dark"])
    'because it rains, and because it is cold, and dark'
    """
    plain = [clause for clause in clauses if clause]
    if not any(is_long(clause) for clause in plain):
        return f"because {joined(_named_once(plain))}" if plain else ""
    return ", ".join(
        f"{'and ' if place and each is plain[-1] else ''}because {each}" for place, each in enumerate(plain)
    )


def is_long(clause: str) -> bool:
    """Whether a clause has parts of its own, so that it cannot stand in a row with others.

    >>> is_long("the day is on or after the first"), is_long("it is cold, and dark")
    (False, True)
    """
    return any(sign in _ON_OR.sub("", clause) for sign in (",", " and ", " or "))


def _named_once(clauses: Sequence[str]) -> Iterator[str]:
    """Clauses that follow each other and speak of the same thing, named in the first of them only."""
    before = ""
    for clause in clauses:
        about = _ABOUT.match(clause)
        of = about[1] if about else ""
        yield clause.removeprefix(f"{of} ") if of and of == before else clause
        before = of


def as_question(clause: str) -> str:
    """A clause as the question whether it is so: turned round where it begins plainly enough.

    >>> as_question("the child is of school age"), as_question("the last day has come")
    ('Is the child of school age?', 'Has the last day come?')
    >>> as_question("the child lives in the area")
    'Is it true that the child lives in the area?'
    """
    found = _PLAIN.match(clause)
    if not found or _ANOTHER_VERB.search(found[3]):
        return f"Is it true that {clause}?"
    about, verb, rest = found.groups()
    return f"{verb.capitalize()} {about} {rest}?"


def noted(words: str, note: str) -> str:
    """Words with a note in brackets behind them; where they end in brackets, the note joins what stands there.

    >>> noted("the pupil has died (ground K)", "regulation 9")
    'the pupil has died (ground K; regulation 9)'
    """
    if not note:
        return words
    return f"{words[:-1]}; {note})" if words.endswith(")") else f"{words} ({note})"


def whether(clause: str) -> str:
    """A clause as it stands after 'whether': a nested 'whether' is not said twice."""
    return clause.removeprefix("whether ")
