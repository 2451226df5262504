"""Reading a policy from the files of its folder: every table as its class, every fault of them all at once."""

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
from cme_rules.policy.loading.references import reference_faults
from cme_rules.policy.loading.remedies import advised
from cme_rules.policy.loading.rules import Built, build_rules
from cme_rules.policy.loading.tables import cannot_be_read
from cme_rules.policy.model.directory import Directory
from cme_rules.policy.model.policy import Policy

__all__ = ["read_policy", "read_rules"]

_DEEPEST = 8
"""Packs a chain of `extends` may have: council on region on nation is three."""


def read_policy(folder: Path, *, readings: tuple[str, ...] = ()) -> Policy:
    """The policy of a folder together with whatever it extends, some paragraphs read otherwise if that is asked for.

    Raises BrokenPolicy with every fault found.
    """
    from cme_rules.policy.loading.processes import load_processes  # noqa: PLC0415 - `read_rules` does without

    packs, policy = _read(folder, readings)
    processes, faults = load_processes([(pack.id, pack.folder) for pack in packs], policy)  # they speak of all the rest
    if faults:
        raise BrokenPolicy(policy.id, faults)
    return evolve(policy, processes=processes)


def read_rules(folder: Path) -> Policy:
    """As `read_policy`, but the processes are neither read nor checked."""
    return _read(folder)[1]


def _read(folder: Path, readings: tuple[str, ...] = ()) -> tuple[tuple[Pack, ...], Policy]:
    """The packs of a policy, and the policy but for its processes."""
    faults: list[PolicyFault] = []
    packs = tuple(_chain(folder, faults))
    _stop_at_unread_files(packs)
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
        faults += _of_processes(packs)
        raise BrokenPolicy(packs[-1].id, tuple(dict.fromkeys(faults)))
    policy = _policy(packs, parts, built, calendars, directory)
    return packs, evolve(policy, other_readings=others, read_as=readings)


def _stop_at_unread_files(packs: tuple[Pack, ...]) -> None:
    """Where a file cannot be read, what others say of the names in it is not held against them."""
    faults = [fault for pack in packs for fault in pack.faults]
    if any(cannot_be_read(fault) for fault in faults):
        faults += [*load_calendars([pack.folder for pack in packs])[1], *_of_processes(packs)]
        raise BrokenPolicy(packs[-1].id, advised(dict.fromkeys(faults)))


def _of_processes(packs: tuple[Pack, ...]) -> tuple[PolicyFault, ...]:
    """What is wrong with the processes by themselves: the rest of them can be told once everything else fits."""
    from cme_rules.policy.loading.processes import read_layers  # noqa: PLC0415 - only a fault needs it

    return read_layers([(pack.id, pack.folder) for pack in packs])[1]


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
