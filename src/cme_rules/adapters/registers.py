"""Lists of children from CSV files: a register, the allocated, those announced as off the roll.

The first row names the columns: `reference`, your own handle for the child, and any facts of the policy. Yes or no is
written yes, no, true, false, 1 or 0; a day as YYYY-MM-DD; an empty cell is not known. A day that never was is `never`.
Whatever cannot be read is reported by row and column, counted from the first row below the heading, and left out.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from cme_rules.conditions.kinds import Base
from cme_rules.domain.never import NEVER, Never
from cme_rules.engine.inspection import RowFault
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy

__all__ = ["ReadList", "read_list", "read_rows"]

_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_REFERENCE = "reference"


@frozen(kw_only=True)
class ReadList:
    """The rows of a list, each a mapping of a reference and facts, and what could not be read."""

    rows: tuple[dict[str, Any], ...]
    faults: tuple[RowFault, ...]

    def __repr__(self) -> str:
        """How many rows and faults there are; nothing of a child."""
        return f"ReadList(rows={len(self.rows)}, faults={len(self.faults)})"


def read_list(path: str | Path, name: str, policy: Policy) -> ReadList:
    """The list of this name in a CSV file, in UTF-8 with or without a byte-order mark.

    Raises OSError where the file cannot be opened; everything else that is wrong is in the faults.
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        return read_rows(lines, name, policy)


def read_rows(lines: Iterable[str], name: str, policy: Policy) -> ReadList:
    """The list of this name from the lines of a CSV file; blank rows are passed over."""
    faults: list[RowFault] = []
    reader = csv.reader(lines)
    try:
        heading = [column.strip().lower().replace(" ", "_") for column in next(reader, [])]
        columns = list(_columns(heading, name, policy, faults))
        rows = [
            _row(cells, columns, name, number, faults) for number, cells in enumerate(reader, start=1) if any(cells)
        ]
    except (csv.Error, UnicodeDecodeError):
        return ReadList(rows=(), faults=(RowFault(name, 0, "(file)", "this is not a CSV file in UTF-8"),))
    return ReadList(rows=tuple(rows), faults=tuple(faults))


def _columns(
    heading: list[str], name: str, policy: Policy, faults: list[RowFault]
) -> Iterator[tuple[str, FactSpec | None]]:
    """Each column with its fact; a column of neither is reported once and passed over."""
    if _REFERENCE not in heading:
        faults.append(RowFault(name, 0, _REFERENCE, "the heading has no such column"))
    for place, column in enumerate(heading, start=1):
        spec = policy.facts.get(column)
        if column == _REFERENCE or spec:
            yield column, spec
        else:
            faults.append(RowFault(name, 0, f"(column {place})", "its heading is no fact of the policy; passed over"))
            yield "", None


def _row(
    cells: list[str], columns: list[tuple[str, FactSpec | None]], name: str, number: int, faults: list[RowFault]
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if len(cells) > len(columns):
        faults.append(RowFault(name, number, "(row)", "it has more cells than the heading has columns"))
    for cell, (column, spec) in zip(cells, columns, strict=False):
        text = cell.strip()
        if not column or not text:
            continue
        value = text if spec is None else _value(text, spec)
        if value is None:
            faults.append(RowFault(name, number, column, _expected(spec)))
        else:
            row[column] = value
    return row


def _value(text: str, spec: FactSpec) -> object:
    """What a cell says, or None where it cannot be read."""
    match spec.kind.base:
        case Base.BOOL:
            return _YES_NO.get(text.lower())
        case Base.DATE:
            return _day(text)
        case Base.INT:
            return int(text) if text.isdecimal() else None
        case _:
            return text


def _day(text: str) -> date | Never | None:
    if text.lower() == "never":
        return NEVER
    try:
        return date.fromisoformat(text) if len(text) == len("YYYY-MM-DD") else None
    except ValueError:
        return None


def _expected(spec: FactSpec | None) -> str:
    base = spec.kind.base if spec else Base.TEXT
    said = {Base.BOOL: "yes or no", Base.DATE: "a day as YYYY-MM-DD, or never", Base.INT: "a whole number"}
    return f"expected {said.get(base, 'text')}"
