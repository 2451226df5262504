"""Reading cases/*.toml: strict, every fault at once, each name checked against the policy."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.errors import BrokenPolicy, PolicyFault
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile, read_toml
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.case import Case
from cme_rules.verify.entries import CaseEntry, TableEntry, blocks
from cme_rules.verify.expected import expectations, given_faults
from cme_rules.verify.folders import case_files
from cme_rules.verify.invented import invented_calendars
from cme_rules.verify.rows import rows
from cme_rules.verify.withheld import withheld, withheld_faults

__all__ = ["read_case_file", "read_cases"]

_FEWEST_WORDS = 3
_TABLES = ("base", "calendar", "case", "table")


def read_cases(policy: Policy, folder: Path) -> tuple[Case, ...]:
    """Every case of a policy's folder and of the folders it extends, in order.

    Raises BrokenPolicy with every fault of every file: an unknown key, a fact, finding or action the policy does not
    have, a value of the wrong kind, a name that stands twice.
    """
    return _all_of(policy, case_files(folder))


def read_case_file(policy: Policy, path: Path) -> tuple[Case, ...]:
    """The cases of one file.

    Raises BrokenPolicy with every fault of the file.
    """
    return _all_of(policy, (path,))


def _all_of(policy: Policy, paths: tuple[Path, ...]) -> tuple[Case, ...]:
    faults: list[PolicyFault] = []
    found: dict[str, Case] = {}
    for path in paths:
        reader = _Reader(policy=policy, pack=path.parents[1].name, faults=faults)
        for case in reader.read(path):
            if case.name in found:
                problem = f"the name already stands at {found[case.name].place}"
                remedy = "a case's name is unique in the policy and in those it extends"
                faults.append(
                    PolicyFault(file=case.file, line=case.line, key=case.name, problem=problem, remedy=remedy)
                )
            found.setdefault(case.name, case)
    if faults:
        raise BrokenPolicy(policy.id, tuple(dict.fromkeys(faults)))
    return tuple(found.values())


@frozen
class _Shared:
    """What the cases of a file may name: facts that several give, and term dates invented for them."""

    bases: Mapping[str, Mapping[str, Any]] = field(repr=False)
    calendars: Mapping[str, SchoolCalendar | None]


@frozen(kw_only=True)
class _Reader:
    """Reads files of one pack; faults go into the list it was given."""

    policy: Policy
    pack: str
    faults: list[PolicyFault] = field(repr=False)

    def read(self, path: Path) -> Iterator[Case]:
        file, wrong = read_toml(path, name=f"{self.pack}/cases/{path.name}")
        self.faults.extend(wrong)
        for key in file.data:
            if key not in _TABLES:
                problem = f"this key is not known; a file of cases holds {', '.join(_TABLES)}"
                self.faults.append(file.fault(problem, key=key))
        shared = _Shared(self._bases(file), invented_calendars(file, self.faults))
        for table, block in blocks(file, "case"):
            yield from self._case(table, block, shared)
        for table, block in blocks(file, "table"):
            yield from self._table(table, block, shared)

    def _bases(self, file: TomlFile) -> Mapping[str, Mapping[str, Any]]:
        found = file.data.get("base", {})
        if not isinstance(found, dict):
            self.faults.append(file.fault("expected tables such as [base.some_name]", key="base"))
            return {}
        for name, facts in found.items():
            self._check_given(facts, file, f"base.{name}", "")
        return {name: facts for name, facts in found.items() if isinstance(facts, dict)}

    def _check_given(self, facts: object, file: TomlFile, table: str, key: str) -> None:
        for name, problem in given_faults(facts, self.policy):
            place = f"{key}.{name}" if key and name else name or key
            self.faults.append(file.fault(problem, table=table, key=place))

    def _case(self, table: object, block: TomlFile, shared: _Shared) -> Iterator[Case]:
        entry, wrong = structure(table, CaseEntry, file=block, name="case")
        self.faults.extend(wrong)
        if entry is None:
            return
        self._check_given(entry.given, block, "case", "given")
        expected, problems = expectations(entry, self.policy)
        self.faults.extend(block.fault(problem, table="case", key=key) for key, problem in problems)
        self._check_head(entry, block, "case", shared)
        if not isinstance(entry.given, dict):
            return
        case = Case(
            name=entry.name, paragraph=entry.paragraph, pack=self.pack, file=block.name, line=block.line("case"),
            on=entry.on, given=_known({**shared.bases.get(entry.base, {}), **entry.given}, self.policy),
            preview=entry.preview, calendar=shared.calendars.get(entry.calendar), source=entry.source, **expected,
        )  # fmt: skip
        yield case
        wrong_facts = tuple(withheld_faults(entry.unknown_without, case))
        self.faults.extend(block.fault(problem, table="case", key=key) for key, problem in wrong_facts)
        if not wrong_facts:
            yield from withheld(entry.unknown_without, case)

    def _table(self, table: object, block: TomlFile, shared: _Shared) -> Iterator[Case]:
        entry, wrong = structure(table, TableEntry, file=block, name="table")
        self.faults.extend(wrong)
        if entry is None:
            return
        self._check_head(entry, block, "table", shared)
        for row in rows(entry, block, self.policy, self.faults):
            yield Case(
                name=row.name, paragraph=entry.paragraph, pack=self.pack, file=block.name, line=row.line, on=row.on,
                given=_known({**shared.bases.get(entry.base, {}), **row.given}, self.policy), preview=entry.preview,
                calendar=shared.calendars.get(entry.calendar), source=entry.source, **row.expected,
            )  # fmt: skip

    def _check_head(self, entry: CaseEntry | TableEntry, block: TomlFile, table: str, shared: _Shared) -> None:
        """Keep the faults of a case's name, paragraph, base, calendar and previews."""
        problems = []
        if len(entry.name.split()) < _FEWEST_WORDS:
            problems.append(("name", "a case's name is a sentence that says what is tested"))
        if entry.paragraph not in self.policy.paragraphs:
            problems.append(("paragraph", f"paragraph {entry.paragraph!r} stands in no source.toml"))
        for key, name, known in (("base", entry.base, shared.bases), ("calendar", entry.calendar, shared.calendars)):
            if name and name not in known:
                problems.append((key, f"this file has no {key} {name!r}; it has: {', '.join(known) or 'none'}"))
        problems += [
            ("preview", f"preview {wanted!r} is not declared in policy.toml")
            for wanted in entry.preview
            if wanted not in self.policy.previews
        ]
        self.faults.extend(block.fault(problem, table=table, key=key) for key, problem in problems)


def _known(given: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """The givens without those said to be unknown."""
    return {name: value for name, value in given.items() if not _said_unknown(name, value, policy)}


def _said_unknown(name: str, value: object, policy: Policy) -> bool:
    return value == "unknown" and bool(policy.facts[name].problem_with(value)) if name in policy.facts else False
