"""Whom to turn to and where: what a policy publishes beside its rules, as values."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

__all__ = ["Channel", "CitedWork", "Contact", "Directory", "PolicyDocument", "Responsible", "Sector"]


@frozen(kw_only=True)
class PolicyDocument:
    """The document a policy was taken from: who holds it, when it was agreed, reviewed, and is to be reviewed."""

    paragraph: str
    title: str
    held_by: str = ""
    agreed: date | None = None
    reviewed: tuple[str, ...] = ()
    next_review: str = ""
    read: date | None = None
    note: str = ""


@frozen(kw_only=True)
class Responsible:
    """Where the authority's responsibility sits: a role of the policy and its service."""

    paragraph: str
    role: str
    service: str = ""
    authority: str = ""


@frozen(kw_only=True)
class Contact:
    """How somebody is reached, as published on the day it was `read`; check before use."""

    id: str
    paragraph: str
    name: str
    role: str = ""
    address: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""
    url: str = ""
    read: date | None = None
    note: str = ""


@frozen(kw_only=True)
class Channel:
    """By which channels somebody refers; `referrer` is the word a policy's facts use for them."""

    referrer: str
    paragraph: str
    channels: tuple[str, ...]
    note: str = ""


@frozen(kw_only=True)
class Sector:
    """A part of the multi-agency network, with its members as the policy names them."""

    id: str
    paragraph: str
    title: str
    members: tuple[str, ...]
    note: str = ""


@frozen(kw_only=True)
class CitedWork:
    """A work the policy cites, with the days it was in force; `in_force` is what was so when it was last looked at."""

    id: str
    paragraph: str
    title: str
    cited_parts: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    in_force: bool | None = None
    replaced_by: str = ""
    url: str = ""
    note: str = ""


@frozen(kw_only=True)
class Directory:
    """Everything a policy's directory holds; where a council extends a nation's, the council's entries come on top."""

    document: PolicyDocument | None = None
    responsible: Responsible | None = None
    contacts: Mapping[str, Contact] = field(factory=dict)
    channels: Mapping[str, Channel] = field(factory=dict)
    network: Mapping[str, Sector] = field(factory=dict)
    legislation: Mapping[str, CitedWork] = field(factory=dict)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraph of every entry, in order, each as often as it is stood on."""
        single = [each.paragraph for each in (self.document, self.responsible) if each]
        groups = (self.contacts, self.channels, self.network, self.legislation)
        return (*single, *(each.paragraph for group in groups for each in group.values()))
