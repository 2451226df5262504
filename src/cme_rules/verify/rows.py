"""The rows of a table of cases, each turned into what one case gives and expects."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from attrs import frozen

from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.tables import TomlFile
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.entries import TableEntry
from cme_rules.verify.expected import GROUPS, expected_value, given_faults, names_of

__all__ = ["Row", "rows"]


@frozen(kw_only=True)
class Row:
    """One row: its name, day, givens and expectations."""

    name: str
    line: int
    on: date
    given: dict[str, Any]
    expected: dict[str, Any]


def rows(entry: TableEntry, block: TomlFile, policy: Policy, faults: list[PolicyFault]) -> Iterator[Row]:
    """The sound rows of a table; whatever is wrong with the others, or with the columns, is added to `faults`.

    A column named for a fact is given, one named for a finding (or an action that no fact shares its name with)
    expects a verdict, and `due.x`, `status.x`, `role.x`, `missing.x` and so on expect those of action or finding x.
    `name` and `on` are the row's own.
    """
    problems = list(_column_problems(entry, policy))
    if not isinstance(entry.rows, list) or not entry.rows:
        problems.append(("rows", "expected a list of rows, each a list with a value for every column"))
    if problems:
        faults += [block.fault(problem, table="table", key=key) for key, problem in problems]
        return
    for number, cells in enumerate(entry.rows, 1):
        yield from _row(number, cells, entry=entry, block=block, policy=policy, faults=faults)


def _column_problems(entry: TableEntry, policy: Policy) -> Iterator[tuple[str, str]]:
    sorts = [_sort(column, policy) for column in entry.columns]
    for column, sort in zip(entry.columns, sorts, strict=True):
        if not sort:
            yield "columns", f"column {column!r} is no fact, finding or action of policy {policy.id!r}"
        if entry.columns.count(column) > 1:
            yield "columns", f"column {column!r} stands twice"
    if not set(sorts) & set(GROUPS):
        yield "columns", "no column expects anything: add a finding"
    if ("on" in entry.columns) is (entry.on is not None):
        yield "on", "a table has one day `on` for all its rows, or a column `on`: one of the two"


def _sort(column: str, policy: Policy) -> str:
    """How a column is read: "name", "on", "given", a group of expectations, or nothing."""
    if column in ("name", "on"):
        return column
    if column in policy.facts:
        return "given"
    group, _, name = column.rpartition(".")
    group = group or "then"
    return group if group in GROUPS and name in names_of(policy, group) else ""


def _row(
    number: int, cells: object, *, entry: TableEntry, block: TomlFile, policy: Policy, faults: list[PolicyFault]
) -> Iterator[Row]:
    if not isinstance(cells, list) or len(cells) != len(entry.columns):
        problem = f"expected a list of {len(entry.columns)} values, one a column"
        faults.append(block.fault(problem, table="table", key=f"rows[{number}]"))
        return
    parts: dict[str, dict[str, Any]] = {"given": {}, **{group: {} for group in GROUPS}}
    own: dict[str, Any] = {"on": entry.on, "name": ""}
    problems = []
    for column, cell in zip(entry.columns, cells, strict=True):
        sort = _sort(column, policy)
        if sort in own:
            own[sort], problem = cell, _own_problem(sort, cell)
        elif sort == "given":
            parts["given"][column] = cell
            problem = next((said for _, said in given_faults({column: cell}, policy)), "")
        else:
            name = column.rpartition(".")[2]
            parts[sort][name], problem = expected_value(sort, name, cell, policy)
        problems += [f"column {column!r}: {problem}"] if problem else []
    line = _line(block, own["name"])
    if problems:
        key = f"table.rows[{number}]"
        faults += [PolicyFault(file=block.name, line=line, key=key, problem=problem) for problem in problems]
        return
    name = f"{entry.name}: {own['name'] or f'row {number}'}"
    yield Row(name=name, line=line, on=own["on"], given=parts.pop("given"), expected=parts)


def _own_problem(column: str, cell: object) -> str:
    if column == "on":
        wrong = isinstance(cell, datetime) or not isinstance(cell, date)
        return "expected a date such as 2026-11-23, without quotes" if wrong else ""
    return "" if isinstance(cell, str) and cell else "expected text in quotes"


def _line(block: TomlFile, name: object) -> int:
    """The line a row's name stands on; the table's own where it has none."""
    for place, line in enumerate(block.text.splitlines(), 1):
        if name and f'"{name}"' in line:
            return place
    return block.line("table")
