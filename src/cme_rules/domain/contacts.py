"""Attempts to reach the parents, and whether they answered."""

from datetime import date
from enum import Enum
from typing import Any

from attrs import Attribute, field, frozen

from cme_rules.domain.checks import a_day, a_flag, masked, one_of
from cme_rules.domain.histories import History
from cme_rules.errors import CallError

__all__ = ["Contact", "ContactAbout", "contact_facts"]


class ContactAbout(Enum):
    """What a contact was about."""

    HOME_EDUCATION = "home_education"
    ABSENCE = "absence"
    OTHER = "other"


@frozen(repr=False)
class Contact:
    """An attempt to reach the parents on a day, or (`from_parents`) a contact they made themselves.

    `answered`: they replied. A contact from the parents is an answer, so it cannot be `answered=False`.
    """

    day: date = field(validator=a_day)
    about: ContactAbout = field(validator=one_of(ContactAbout))
    from_parents: bool = field(default=False, kw_only=True, validator=a_flag)
    answered: bool = field(kw_only=True, validator=a_flag)

    @answered.default
    def _as_they_made_it(self) -> bool:
        return self.from_parents

    @answered.validator
    def _is_an_answer(self, _: "Attribute[Any]", value: object) -> None:
        if self.from_parents is True and value is False:
            msg = "Contact.answered: True was expected of a contact from the parents"
            raise CallError(msg)

    __repr__ = masked


def contact_facts(
    contacts: History[Contact], on: date, *, home_educated_since: date | None, absent_since: date | None
) -> dict[str, object]:
    """Say what the contacts up to a day come to.

    Those about home education count from the day it began, or from the first on file; those in an absence, whatever
    they were about, from its first day. A single answer is an answer; that there was none needs the whole list.
    """
    facts: dict[str, object] = {}
    first = home_educated_since or date.min
    told = [contact for contact in contacts.entries if first <= contact.day <= on]
    at_home = [contact for contact in told if contact.about is ContactAbout.HOME_EDUCATION]
    whole = contacts.covers(first, on)
    if whole:
        facts["home_education_contact_attempts"] = sum(not contact.from_parents for contact in at_home)
    if whole or _answered(at_home):
        facts["home_education_responded"] = _answered(at_home)
    if absent_since is not None:
        meanwhile = [contact for contact in contacts.entries if absent_since <= contact.day <= on]
        if _answered(meanwhile) or contacts.covers(absent_since, on):
            facts["contact_from_parents"] = _answered(meanwhile)
    return facts


def _answered(contacts: list[Contact]) -> bool:
    return any(contact.answered for contact in contacts)
