"""Reading a policy otherwise: the changes a reading makes to its tables, put in before anything is built from them.

What a reading changes is read as strictly as what it replaces: it has the same shape, and the whole policy is put
together anew.
"""

from typing import Any

from attrs import evolve

from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.entries import ReadingEntry
from cme_rules.policy.loading.pack import Pack
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile
from cme_rules.policy.model.sources import OtherReading

__all__ = ["other_readings", "read_otherwise"]

_GROUPS = ("definitions", "parameters", "rules")
"""What a reading may change: tables of these files, by their names."""


def other_readings(packs: tuple[Pack, ...], faults: list[PolicyFault]) -> dict[str, OtherReading]:
    """The readings a policy and those it extends declare, by id; what is wrong with them is added to `faults`."""
    found: dict[str, OtherReading] = {}
    for pack in packs:
        for name, (entry, file) in pack.readings.items():
            if not isinstance(entry.changes, dict) or not entry.changes:
                problem = "a reading changes something: give it [<reading>.changes.<name>] with the keys that differ"
                faults.append(file.fault(problem, table=name, key="changes"))
                continue
            faults += [
                file.fault(f"{changed!r} is no rule, definition or number of the policy", table=name, key="changes")
                for changed in entry.changes
                if not any(changed in getattr(each, group) for each in packs for group in _GROUPS)
            ]
            if not any(entry.paragraph in each.paragraphs for each in packs):
                problem = f"paragraph {entry.paragraph!r} stands in no source.toml"
                faults.append(file.fault(problem, table=name, key="paragraph"))
            found[name] = OtherReading(
                id=name, title=entry.title, paragraph=entry.paragraph, pack=pack.id, changes=tuple(entry.changes),
            )  # fmt: skip
    return found


def read_otherwise(packs: tuple[Pack, ...], readings: tuple[str, ...], faults: list[PolicyFault]) -> tuple[Pack, ...]:
    """The packs with the changes of some readings put in; an unknown reading is a fault."""
    known = {name: entry for pack in packs for name, entry in pack.readings.items()}
    for wanted in readings:
        if wanted not in known:
            listed = ", ".join(known) or "none"
            problem = f"there is no reading {wanted!r}; the policy has: {listed}"
            faults.append(PolicyFault(file=f"{packs[-1].id}/readings.toml", key="", problem=problem))
            continue
        entry, file = known[wanted]
        packs = tuple(_changed(pack, wanted, entry, file, faults) for pack in packs)
    return packs


def _changed(pack: Pack, reading: str, entry: ReadingEntry, file: TomlFile, faults: list[PolicyFault]) -> Pack:
    groups: dict[str, Any] = {}
    for group in _GROUPS:
        tables = dict(getattr(pack, group))
        for name in [each for each in entry.changes if each in tables]:
            old, home = tables[name]
            table = {**home.data[name], **entry.changes[name]}
            made, wrong = structure(table, type(old), file=file, name=f"{reading}.changes.{name}")
            faults += wrong
            tables[name] = (made or old, file)
        groups[group] = tables
    return evolve(pack, **groups)
