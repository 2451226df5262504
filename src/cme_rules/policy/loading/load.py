"""Loading a policy: the one door between the files of a folder and the frozen model."""

from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from cme_rules.calendars.collection import Calendars
from cme_rules.errors import BrokenPolicy, PolicyFault, UnknownPolicy
from cme_rules.policy.loading.calendars import load_calendars
from cme_rules.policy.loading.directory import build_directory
from cme_rules.policy.loading.find import policy_folder
from cme_rules.policy.loading.otherwise import other_readings, read_otherwise
from cme_rules.policy.loading.pack import Pack, read_pack
from cme_rules.policy.loading.parts import Parts, gather
from cme_rules.policy.loading.processes import load_processes
from cme_rules.policy.loading.references import reference_faults
from cme_rules.policy.loading.rules import Built, build_rules
from cme_rules.policy.model.directory import Directory
from cme_rules.policy.model.policy import Policy

__all__ = ["load_policy"]

_DEEPEST = 8
"""Packs a chain of `extends` may have: council on region on nation is three."""


def load_policy(name: str | Path, *, readings: tuple[str, ...] = ()) -> Policy:
    """The policy of a folder, by a shipped name or a path, together with whatever it extends.

    `readings` asks for unclear paragraphs to be read otherwise, by the ids of readings.toml; without it the policy is
    as its files say.

    Raises UnknownPolicy when there is no such folder, and BrokenPolicy with every fault found, each with its file,
    line and key, when there is one and it cannot be used.

    >>> load_policy("england").id
    'england'
    """
    faults: list[PolicyFault] = []
    packs = tuple(_chain(policy_folder(name), faults))
    others = other_readings(packs, faults)
    packs = read_otherwise(packs, readings, faults) if readings else packs
    parts = gather(packs)
    built = build_rules(packs, parts)
    calendars, wrong = load_calendars([pack.folder for pack in packs])
    directory, lost = build_directory(packs, parts)
    faults += [*parts.faults, *wrong, *lost]
    if not faults:
        faults += [*reference_faults(packs, parts, built), *_calendar_fault(packs[-1], calendars)]
    if faults:
        raise BrokenPolicy(packs[-1].id, tuple(dict.fromkeys(faults)))
    policy = _policy(packs, parts, built, calendars, directory)
    return _with_processes(evolve(policy, other_readings=others, read_as=readings), packs)


def _with_processes(policy: Policy, packs: tuple[Pack, ...]) -> Policy:
    """The policy with its processes, whose guards speak of everything else in it."""
    processes, faults = load_processes([(pack.id, pack.folder) for pack in packs], policy)
    if faults:
        raise BrokenPolicy(policy.id, faults)
    return evolve(policy, processes=processes)


def _chain(folder: Path, faults: list[PolicyFault]) -> list[Pack]:
    """The packs a folder stands on, the deepest first."""
    packs: list[Pack] = []
    wanted: Path | None = folder
    while wanted is not None and len(packs) < _DEEPEST:
        pack = read_pack(wanted)
        packs.insert(0, pack)
        wanted = _extended(pack, faults)
        if wanted in [each.folder for each in packs]:
            faults.append(pack.file.fault("extends a policy that extends this one", key="extends"))
            wanted = None
    return packs


def _extended(pack: Pack, faults: list[PolicyFault]) -> Path | None:
    if pack.head is None or not pack.head.extends:
        return None
    try:
        return policy_folder(pack.head.extends, beside=pack.folder.parent)
    except UnknownPolicy as fault:
        faults.append(pack.file.fault(str(fault), key="extends"))
        return None


def _calendar_fault(pack: Pack, calendars: Calendars) -> Iterator[PolicyFault]:
    named = pack.head.calendar if pack.head else ""
    if named and named not in calendars.by_authority:
        known = ", ".join(sorted(calendars.by_authority)) or "none"
        yield pack.file.fault(f"calendar {named!r} is not in calendars/; it holds: {known}", key="calendar")


def _policy(packs: tuple[Pack, ...], parts: Parts, built: Built, calendars: Calendars, directory: Directory) -> Policy:
    head = packs[-1].head
    assert head is not None  # noqa: S101 - without a head there was a fault
    return Policy(
        id=head.id, title=head.title, since=head.since, scope=head.scope, packs=tuple(pack.id for pack in packs),
        sources=parts.sources, paragraphs=parts.paragraphs, facts=parts.facts, parameters=parts.parameters,
        definitions=built.definitions, rules=tuple(built.rules), schedules=tuple(built.schedules), roles=parts.roles,
        terms=parts.terms, previews=parts.previews, directory=directory, school_ages=tuple(parts.school_ages),
        code_sets=tuple(parts.code_sets), calendars=calendars, calendar=head.calendar,
    )  # fmt: skip
