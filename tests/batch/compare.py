"""A register and the scalar engine side by side: every finding, action and missing fact of every row."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from cme_rules.batch import RegisterResult, assess_register
from cme_rules.batch.arrow import ArrowTable
from cme_rules.conditions.kinds import Base
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.assessment import Assessment
from cme_rules.policy.model.policy import Policy

ARROW = {Base.BOOL: pa.bool_(), Base.INT: pa.int64(), Base.DATE: pa.date32(), Base.TEXT: pa.string()}
SAID = {True: Verdict.HOLDS, False: Verdict.FAILS, None: Verdict.UNKNOWN}

Row = Mapping[str, Any]


def register_of(rows: Sequence[Row], policy: Policy) -> ArrowTable:
    """An Arrow table of flat facts; a date known never to have come stands in its `_never` column."""
    columns = {}
    for name, spec in policy.facts.items():
        values = [row.get(name) for row in rows]
        columns[name] = pa.array(
            [None if value is False and spec.kind.base is Base.DATE else value for value in values],
            ARROW[spec.kind.base],
        )
        if any(value is False for value in values) and spec.kind.base is Base.DATE:
            columns[f"{name}_never"] = pa.array([True if value is False else None for value in values], pa.bool_())
    return pa.table(columns)


def rows_of(register: ArrowTable, policy: Policy) -> Iterator[dict[str, Any]]:
    """The flat facts of each row of a table, as the scalar engine takes them."""
    names = [name for name in register.column_names if name in policy.facts or name.endswith("_never")]
    for values in zip(*(register.column(name).to_pylist() for name in names), strict=True):
        said = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        nevers = {name: said.pop(name) for name in names if name not in policy.facts and name in said}
        yield said | {name.removesuffix("_never"): False for name, never in nevers.items() if never}


def verdicts_differ(result: RegisterResult, one_by_one: Sequence[Assessment]) -> list[tuple[int, str]]:
    """(row, finding) wherever the two do not say the same."""
    names = tuple(one_by_one[0].verdicts())
    assert set(result.findings.column_names) == {"row", *names}
    columns = [[SAID[value] for value in result.findings.column(name).to_pylist()] for name in names]
    wrong: list[tuple[int, str]] = []
    for row, (found, each) in enumerate(zip(zip(*columns, strict=True), one_by_one, strict=True), 1):
        wanted = tuple(each.verdicts().values())
        if found != wanted:
            wrong.extend((row, name) for name, said, so in zip(names, found, wanted, strict=True) if said is not so)
    return wrong


def actions_differ(result: RegisterResult, one_by_one: Sequence[Assessment]) -> set[Any]:
    """Actions only one of the two has, or has otherwise: trigger, days, status."""
    parts = ("row", "action", "trigger", "due", "first_lawful_day", "status")
    found = _told(result.actions, parts)
    return found ^ {
        (row, action.id, action.trigger.value, action.due, action.first_lawful_day, action.status.value)
        for row, each in enumerate(one_by_one, 1)
        for action in (*each.actions, *each.possible_actions)
    }


def missing_differ(result: RegisterResult, one_by_one: Sequence[Assessment]) -> set[Any]:
    """Missing facts, and reasons why there is no answer, that only one of the two has."""
    parts = ("row", "finding", "fact", "why")
    found = _told(result.missing, parts)
    return found ^ {
        (row, name, fact.name or None, None if fact.name else fact.question)
        for row, each in enumerate(one_by_one, 1)
        for name, missing in _missing(each)
        for fact in missing
    }


def _told(table: ArrowTable, parts: tuple[str, ...]) -> set[Any]:
    """The rows of a long table, none of which may stand twice."""
    found = {tuple(row[part] for part in parts) for row in table.to_pylist()}
    assert len(found) == table.num_rows
    return found


def _missing(each: Assessment) -> Iterator[tuple[str, Any]]:
    yield from ((finding.name, finding.missing) for finding in each.findings.values())
    yield from ((action.id, action.missing) for action in each.possible_actions)


def both(
    register: ArrowTable, policy: Policy, on: date, *, everything: bool = True
) -> tuple[RegisterResult, list[Assessment]]:
    """The register answered at once and row by row, with all law that is not in force too."""
    preview = tuple(policy.previews)
    result = assess_register(
        register, policy, on=on, preview=preview, actions=everything, possible=everything, missing=everything
    )
    return result, [assess(row, policy, on=on, preview=preview) for row in rows_of(register, policy)]
