"""Who acts, whom to ask and where to turn: a policy's roles, terms and directory, put together for a question."""

from datetime import date

from attrs import frozen

from cme_rules.errors import UnknownName
from cme_rules.policy.model.directory import Contact, Sector
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule, Schedule
from cme_rules.policy.model.sources import Role, Term

__all__ = ["Acts", "contacts", "means", "network", "who_acts"]


@frozen(kw_only=True)
class Acts:
    """What a role has to do with a policy: its duties and meetings, the facts it would know, how it is reached."""

    role: Role
    duties: tuple[Rule, ...]
    schedules: tuple[Schedule, ...]
    knows: tuple[FactSpec, ...]
    contacts: tuple[Contact, ...]


def who_acts(policy: Policy, role: str, *, on: date | None = None) -> Acts:
    """What falls to a role, by its id: on a day if one is given, or under any law the policy holds.

    Raises UnknownName for a role the policy has not.

    >>> from cme_rules import load_policy
    >>> "Send the deletion return" in [duty.title for duty in who_acts(load_policy("england"), "school").duties]
    True
    """
    if role not in policy.roles:
        msg = f"policy {policy.id!r} has no role {role!r}; it has: {', '.join(policy.roles)}"
        raise UnknownName(msg)
    rules = policy.rules if on is None else policy.as_of(on).rules
    return Acts(
        role=policy.roles[role],
        duties=tuple(rule for rule in rules if rule.duty and rule.duty.role == role),
        schedules=tuple(each for each in policy.schedules if role in (each.role, *each.attends)),
        knows=tuple(fact for fact in policy.facts.values() if role in fact.knows),
        contacts=contacts(policy, role=role),
    )


def contacts(policy: Policy, *, role: str = "") -> tuple[Contact, ...]:
    """How those who act are reached, or those of one role; as published, so check before use."""
    return tuple(each for each in policy.directory.contacts.values() if role in ("", each.role))


def network(policy: Policy) -> tuple[Sector, ...]:
    """The agencies that work together, sector by sector, as the policy names them."""
    return tuple(policy.directory.network.values())


def means(policy: Policy, term: str) -> Term:
    """What an abbreviation or a word of the field means in a policy; capitals do not matter.

    Raises UnknownName for a term its glossary has not.
    """
    for known in policy.terms.values():
        if known.term.lower() == term.lower():
            return known
    msg = f"policy {policy.id!r} does not explain this term; it has: {', '.join(policy.terms)}"
    raise UnknownName(msg)
