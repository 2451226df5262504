"""Whom to ask what: a missing fact as a request that can be sent as it stands."""

from cme_rules.conditions.kinds import Base
from cme_rules.engine.result import MissingFact
from cme_rules.policy.model.policy import Policy
from cme_rules.render.sentences import joined, sentence, whether

__all__ = ["asked", "people", "the"]


def asked(fact: MissingFact, policy: Policy) -> str:
    """A missing fact as one sentence: whom to ask, and what; of a calendar that does not reach, the reason.

    >>> from cme_rules import load_policy
    >>> asked(MissingFact(name="in_area", question="", knows=("school",)), load_policy("england"))
    "Ask the school whether the child lives in the authority's area."
    """
    spec = policy.facts.get(fact.name)
    who = people(fact.knows, policy)
    if not fact.name:
        return sentence(f"it cannot be counted: {fact.question}")
    if spec is None or spec.kind.base is not Base.BOOL:
        return f"Ask {who}: {fact.question}"
    return f"Ask {who} whether {whether(spec.phrase.words)}."


def people(roles: tuple[str, ...], policy: Policy) -> str:
    """The people of some roles, as they stand in a sentence."""
    return joined([_person(role, policy) for role in roles], "or") or "whoever would know"


def _person(role: str, policy: Policy) -> str:
    known = policy.roles.get(role)
    return the(known.title if known else role.replace("_", " "))


def the(title: str) -> str:
    """A title as it stands in a sentence, with its article unless it takes none.

    >>> the("School admissions"), the("CME team"), the("Attendance service")
    ('school admissions', 'the CME team', 'the attendance service')
    """
    first, _, rest = title.partition(" ")
    named = first.isupper() or rest[:1].isupper()
    said = title if named else title[:1].lower() + title[1:]
    return said if said.startswith("the ") or said.endswith(_NO_ARTICLE) else f"the {said}"


_NO_ARTICLE = ("admissions", "care", "SEND", "services")
