"""Whom to ask what: a missing fact as a request that can be sent as it stands."""

from collections.abc import Iterable

from cme_rules.conditions.kinds import Base
from cme_rules.engine.result import MissingFact
from cme_rules.engine.sentences import joined, readable, sentence, whether
from cme_rules.policy.model.policy import Policy

__all__ = ["asked", "asked_of_each", "people", "the"]


def asked(fact: MissingFact, policy: Policy) -> str:
    """A missing fact as one sentence: whom to ask, and what; of a calendar that does not reach, the reason.

    >>> from cme_rules import load_policy
    >>> asked(MissingFact(name="in_area", question="", knows=("school",)), load_policy("england"))
    "Ask the school whether the child lives in the authority's area."
    """
    return asked_of_each((fact,), policy)[0]


def asked_of_each(facts: Iterable[MissingFact], policy: Policy) -> list[str]:
    """Missing facts as sentences, those that the same people would know together."""
    groups: dict[tuple[str, ...], list[MissingFact]] = {}
    for fact in facts:
        groups.setdefault(fact.knows if fact.name else (fact.question,), []).append(fact)
    return [_sentences(group, policy) for group in groups.values()]


def _sentences(group: list[MissingFact], policy: Policy) -> str:
    """What to ask the people who would know, first what is yes or no."""
    if not group[0].name:
        return sentence(f"it cannot be counted: {readable(group[0].question)}")
    specs = [policy.facts.get(fact.name) for fact in group]
    closed = [f"whether {whether(spec.phrase.words)}" for spec in specs if spec and spec.kind.base is Base.BOOL]
    others = [
        fact.question for fact, spec in zip(group, specs, strict=True) if not spec or spec.kind.base is not Base.BOOL
    ]
    parts = [joined(closed), " ".join(others)]
    said = ". And: ".join(part for part in parts if part)
    return sentence(f"Ask {people(group[0].knows, policy)}{' ' if closed else ': '}{said}")


def people(roles: tuple[str, ...], policy: Policy) -> str:
    """The people of some roles, as they stand in a sentence."""
    return joined([_person(role, policy) for role in roles], "or") or "whoever would know"


def _person(role: str, policy: Policy) -> str:
    known = policy.roles.get(role)
    return the(known.title if known else role.replace("_", " "))


def the(title: str) -> str:
    """A title as it stands in a sentence, with its article unless it takes none.

    >>> the("School admissions"), the("Secretary of State"), the("Attendance service (ABC)")
    ('school admissions', 'the Secretary of State', 'the attendance service (ABC)')
    """
    first, *others = title.split(" ")
    named = first.isupper() or any(word[:1].isupper() for word in others)
    said = title if named else title[:1].lower() + title[1:]
    return said if said.startswith("the ") or said.partition(" (")[0].endswith(_NO_ARTICLE) else f"the {said}"


_NO_ARTICLE = ("admissions", "care", "SEND", "services")
