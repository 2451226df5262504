"""directory.toml, read strictly: whom to turn to and where, and the works a policy cites."""

from collections.abc import Mapping
from typing import Any, TypeVar

from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.pack import Pack
from cme_rules.policy.loading.parts import Parts
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile
from cme_rules.policy.model.directory import (
    Channel,
    CitedWork,
    Contact,
    Directory,
    PolicyDocument,
    Responsible,
    Sector,
)

__all__ = ["build_directory"]

_Entry = TypeVar("_Entry", PolicyDocument, Responsible, Contact, Channel, Sector, CitedWork)

_SECTIONS = ("document", "responsible", "contacts", "channels", "network", "legislation")


def build_directory(packs: tuple[Pack, ...], parts: Parts) -> tuple[Directory, tuple[PolicyFault, ...]]:
    """The directory of a chain of packs, the extended ones first, and everything wrong with their files."""
    faults: list[PolicyFault] = []
    made = Directory()
    for file in (pack.directory for pack in packs if pack.directory):
        faults += [_unknown(file, section) for section in file.data if section not in _SECTIONS]
        made = Directory(
            document=_entry(file, "document", PolicyDocument, faults) or made.document,
            responsible=_entry(file, "responsible", Responsible, faults) or made.responsible,
            contacts={**made.contacts, **_entries(file, "contacts", Contact, "id", faults)},
            channels={**made.channels, **_entries(file, "channels", Channel, "referrer", faults)},
            network={**made.network, **_entries(file, "network", Sector, "id", faults)},
            legislation={**made.legislation, **_entries(file, "legislation", CitedWork, "id", faults)},
        )
        faults += _leading_nowhere(file, parts)
    return made, tuple(faults)


def _unknown(file: TomlFile, section: str) -> PolicyFault:
    return file.fault("this section is not known", table=section, remedy=f"known: {', '.join(_SECTIONS)}")


def _entry(file: TomlFile, section: str, kind: type[_Entry], faults: list[PolicyFault]) -> _Entry | None:
    if section not in file.data:
        return None
    made, wrong = structure(file.data[section], kind, file=file, name=section)
    faults += wrong
    return made


def _entries(
    file: TomlFile, section: str, kind: type[_Entry], key: str, faults: list[PolicyFault]
) -> dict[str, _Entry]:
    """The tables below a section, each under its own name, which is also its `key`."""
    tables = file.data.get(section, {})
    if not isinstance(tables, dict):
        faults.append(file.fault(f"expected a table for each entry, such as [{section}.name]", table=section))
        return {}
    found: dict[str, _Entry] = {}
    for name, table in tables.items():
        place = f"{section}.{name}"
        given = {**table, key: name} if isinstance(table, dict) else table
        made, wrong = structure(given, kind, file=file, name=place)
        faults += wrong
        if made is not None:
            found[name] = made
    return found


def _leading_nowhere(file: TomlFile, parts: Parts) -> list[PolicyFault]:
    """Paragraphs and roles that are declared nowhere."""
    faults = []
    for place, table in _tables(file.data):
        paragraph, role = table.get("paragraph"), table.get("role")
        if isinstance(paragraph, str) and paragraph not in parts.paragraphs:
            problem = f"paragraph {paragraph!r} stands in no source.toml"
            faults.append(file.fault(problem, table=place, key="paragraph"))
        if isinstance(role, str) and role not in parts.roles:
            faults.append(file.fault(f"role {role!r} is not declared in roles.toml", table=place, key="role"))
    return faults


def _tables(data: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    single = [(section, data[section]) for section in _SECTIONS[:2] if isinstance(data.get(section), dict)]
    below = [
        (f"{section}.{name}", table)
        for section in _SECTIONS[2:]
        if isinstance(data.get(section), dict)
        for name, table in data[section].items()
        if isinstance(table, dict)
    ]
    return [*single, *below]
