"""Reading a policy otherwise: the changes a reading makes to its tables, put in before anything is built from them.

What a reading changes is read as strictly as what it replaces: it has the same shape, and the whole policy is put
together anew.
"""

from collections.abc import Iterator
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
            wrong = [
                file.fault(problem, table=name, key=key, remedy=remedy)
                for key, problem, remedy in _problems(entry, packs)
            ]
            faults += wrong
            if not wrong:
                found[name] = OtherReading(
                    id=name, title=entry.title, paragraph=entry.paragraph, pack=pack.id, changes=tuple(entry.changes),
                )  # fmt: skip
    return found


def _problems(entry: ReadingEntry, packs: tuple[Pack, ...]) -> Iterator[tuple[str, str, str]]:
    """(key, problem, remedy) of everything wrong with a reading by itself."""
    if not any(entry.paragraph in pack.paragraphs for pack in packs):
        problem = f"paragraph {entry.paragraph!r} stands in no source.toml"
        yield "paragraph", problem, "name the unclear paragraph, as source.toml has it"
    if not isinstance(entry.changes, dict) or not all(isinstance(each, dict) for each in entry.changes.values()):
        yield "changes", "expected tables by name", "write [<reading>.changes.<name>] and the keys that differ"
    elif not entry.changes:
        problem = "a reading changes something"
        yield "", problem, "write [<reading>.changes.<name>] and the keys that differ"
    else:
        for name in entry.changes:
            if not any(name in getattr(pack, group) for pack in packs for group in _GROUPS):
                problem = f"{name!r} is no rule, definition or number of the policy"
                yield f"changes.{name}", problem, "name a table of rules/, definitions/ or parameters.toml"


def read_otherwise(packs: tuple[Pack, ...], readings: tuple[str, ...], faults: list[PolicyFault]) -> tuple[Pack, ...]:
    """The packs with the changes of some readings put in; an unknown reading is a fault."""
    known = {name: entry for pack in packs for name, entry in pack.readings.items()}
    for wanted in readings:
        if wanted not in known:
            listed = ", ".join(known) or "none"
            problem = f"there is no reading {wanted!r}; the policy has: {listed}"
            remedy = "ask for one that is declared, by its id"
            faults.append(PolicyFault(file=f"{packs[-1].id}/readings.toml", key="", problem=problem, remedy=remedy))
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
