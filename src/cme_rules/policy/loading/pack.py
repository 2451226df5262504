"""One folder of a policy, read: every table as its class, every fault kept, nothing yet joined to anything."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from attrs import field, frozen

from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.entries import (
    AgeEntry,
    DefinitionEntry,
    FactEntry,
    ParagraphEntry,
    ParameterEntry,
    PolicyEntry,
    ReadingEntry,
    RoleEntry,
    RuleEntry,
    TermEntry,
)
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile, cannot_be_read, read_toml

__all__ = ["Entries", "Pack", "read_pack"]

_Entry = TypeVar("_Entry")
Entries = dict[str, tuple[_Entry, TomlFile]]
"""Tables by name, each with the file it stands in."""

_KNOWN_FILES = frozenset(
    {
        "policy",
        "source",
        "facts",
        "parameters",
        "readings",
        "roles",
        "terms",
        "directory",
        "school_age",
        "attendance_codes",
    }
)
_KNOWN_FOLDERS = frozenset({"definitions", "rules", "cases", "processes", "calendars"})


@frozen(kw_only=True, eq=False, repr=False)
class Pack:
    """What one folder holds, and all that is wrong in it."""

    folder: Path
    head: PolicyEntry | None
    file: TomlFile
    paragraphs: Entries[ParagraphEntry] = field(factory=dict)
    facts: Entries[FactEntry] = field(factory=dict)
    parameters: Entries[ParameterEntry] = field(factory=dict)
    definitions: Entries[DefinitionEntry] = field(factory=dict)
    rules: Entries[RuleEntry] = field(factory=dict)
    roles: Entries[RoleEntry] = field(factory=dict)
    terms: Entries[TermEntry] = field(factory=dict)
    readings: Entries[ReadingEntry] = field(factory=dict)
    ages: tuple[tuple[AgeEntry, TomlFile], ...] = ()
    codes: TomlFile | None = None
    directory: TomlFile | None = None
    faults: list[PolicyFault] = field(factory=list)

    @property
    def id(self) -> str:
        """The folder's name, which is the pack's id."""
        return self.folder.name


def read_pack(folder: Path) -> Pack:
    """Every table of a folder. Faults are collected in the pack, never raised."""
    faults: list[PolicyFault] = list(_strangers(folder))
    head_file = _read(folder / "policy.toml", folder, faults)
    head = None
    if not any(map(cannot_be_read, faults)):
        head, wrong = structure(head_file.data, PolicyEntry, file=head_file, name="")
        faults += wrong
    files = {name: _read(folder / f"{name}.toml", folder, faults) for name in ("directory", "attendance_codes")}
    return Pack(
        folder=folder,
        head=head,
        file=head_file,
        paragraphs=_entries([folder / "source.toml"], ParagraphEntry, folder, faults),
        facts=_entries([folder / "facts.toml"], FactEntry, folder, faults),
        parameters=_entries([folder / "parameters.toml"], ParameterEntry, folder, faults),
        definitions=_entries(sorted(folder.glob("definitions/*.toml")), DefinitionEntry, folder, faults),
        rules=_entries(sorted(folder.glob("rules/*.toml"), key=_as_printed), RuleEntry, folder, faults),
        roles=_entries([folder / "roles.toml"], RoleEntry, folder, faults),
        terms=_entries([folder / "terms.toml"], TermEntry, folder, faults),
        readings=_entries([folder / "readings.toml"], ReadingEntry, folder, faults),
        ages=_ages(folder, faults),
        codes=files["attendance_codes"] if files["attendance_codes"].data else None,
        directory=files["directory"] if files["directory"].data else None,
        faults=faults,
    )


def _as_printed(path: Path) -> tuple[int, str]:
    """Files in the order of their sections: 2_context before 10_further."""
    number = path.stem.split("_")[0]
    return (int(number) if number.isdigit() else 10**6, path.stem)


def _read(path: Path, folder: Path, faults: list[PolicyFault]) -> TomlFile:
    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
    if not path.is_file():
        return TomlFile(name=name, text="", data={})
    file, wrong = read_toml(path, name=name)
    faults += wrong
    return file


def _strangers(folder: Path) -> Iterator[PolicyFault]:
    """Files that nothing would read: a slip in a name must not silence a rule."""
    for path in sorted(folder.iterdir()):
        known = path.stem in _KNOWN_FILES if path.suffix == ".toml" else path.name in _KNOWN_FOLDERS
        looks_like_data = path.suffix in {".toml", ".yaml", ".yml", ".json"} or path.is_dir()
        if looks_like_data and not known and not path.name.startswith((".", "_")):
            allowed = ", ".join(sorted(_KNOWN_FILES if path.suffix else _KNOWN_FOLDERS))
            name = f"{folder.name}/{path.name}"
            yield PolicyFault(file=name, key="", problem="nothing reads this", remedy=f"known: {allowed}")


def _entries(
    paths: list[Path], entry: type[_Entry], folder: Path, faults: list[PolicyFault]
) -> dict[str, tuple[_Entry, TomlFile]]:
    """The tables of some files, by name; the same name twice is a fault."""
    found: dict[str, tuple[_Entry, TomlFile]] = {}
    for path in paths:
        file = _read(path, folder, faults)
        for name, table in file.data.items():
            made, wrong = structure(table, entry, file=file, name=name)
            faults += wrong
            if name in found:
                faults.append(file.fault(f"{name!r} already stands in {found[name][1].name}", table=name))
            elif made is not None:
                found[name] = (made, file)
    return found


def _ages(folder: Path, faults: list[PolicyFault]) -> tuple[tuple[AgeEntry, TomlFile], ...]:
    file = _read(folder / "school_age.toml", folder, faults)
    made = []
    for table in file.data.get("school_age", ()):
        entry, wrong = structure(table, AgeEntry, file=file, name="school_age")
        faults += wrong
        if entry is not None:
            made.append((entry, file))
    return tuple(made)
