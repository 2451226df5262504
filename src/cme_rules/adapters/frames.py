"""Children from a table of pandas or polars, and answers back beside them, depending on neither.

A row is a child and a column a fact. A cell that is empty (None, NaN, NaT, NA) is not known. For whole registers at
speed there is `cme_rules.batch`; this is for the tables an analyst has at hand.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, TypeAlias

from attrs import field, frozen

from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.assessment import Assessment
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Policy, as_day

Frame: TypeAlias = Any
"""A table of pandas or polars: neither is depended on, so neither can be named."""
Cell: TypeAlias = Any
"""Whatever such a table holds in a cell."""

Judge: TypeAlias = Callable[[Mapping[str, Any]], Assessment]
"""What answers for one child."""

__all__ = ["Frame", "RowFault", "WithAnswers", "children_in", "with_answers"]


@frozen
class RowFault:
    """What is wrong with a row, counted from 1: names of facts and what was expected, never a value."""

    row: int
    problem: str


@frozen(kw_only=True)
class WithAnswers:
    """The frame with a column an answer, of the kind it came as, and the rows that could not be read.

    A row that could not be read has an empty cell for each answer.
    """

    frame: Frame = field(repr=False)
    faults: tuple[RowFault, ...] = ()


def children_in(frame: Frame, policy: Policy, *, ignore: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """The facts of each row, cell by cell as the policy takes them; columns in `ignore` are passed over.

    Raises CallError for columns that are no facts of the policy, and for something that is no frame.
    """
    passed = set(ignore)
    unknown = [str(name) for name in _columns(frame) if name not in passed and name not in policy.facts]
    if unknown:
        msg = (
            f"policy {policy.id!r} has no such facts: {', '.join(sorted(unknown))}; rename them, or name them in ignore"
        )
        raise CallError(msg)
    for row in _rows(frame):
        plain = {name: _plain(value) for name, value in row.items() if name not in passed}
        yield {str(name): value for name, value in plain.items() if value is not None}


def with_answers(
    frame: Frame, policy: Policy, *, on: date, findings: Iterable[str], ignore: Iterable[str] = ()
) -> WithAnswers:
    """The frame with a column for each finding: "holds", "fails" or "unknown".

    Raises CallError as `children_in`, and UnknownName for a finding the policy never gives.
    """
    names, faults = tuple(findings), list[RowFault]()
    columns: dict[str, list[str | None]] = {name: [] for name in names}
    judge: Judge = partial(assess, policy=policy, on=as_day(on))
    for number, facts in enumerate(children_in(frame, policy, ignore=ignore), start=1):
        answers = _answers(number, facts, judge, names, faults)
        for name in names:
            columns[name].append(answers[name].value if answers else None)
    return WithAnswers(frame=_beside(frame, columns), faults=tuple(faults))


def _answers(
    number: int, facts: Mapping[str, Any], judge: Judge, names: tuple[str, ...], faults: list[RowFault]
) -> dict[str, Verdict] | None:
    try:
        result = judge(facts)
    except CallError as fault:
        faults.append(RowFault(number, str(fault)))
        return None
    return {name: result[name].verdict for name in names}


def _columns(frame: Frame) -> list[Any]:
    if not hasattr(frame, "columns") or not (hasattr(frame, "iter_rows") or hasattr(frame, "to_dict")):
        msg = f"a frame of pandas or polars was expected, not {type(frame).__name__}"
        raise CallError(msg)
    return list(frame.columns)


def _rows(frame: Frame) -> Iterator[dict[Any, Any]]:
    """The rows as mappings: polars gives them one by one, pandas at once."""
    yield from frame.iter_rows(named=True) if hasattr(frame, "iter_rows") else frame.to_dict("records")


def _plain(value: Cell) -> Cell:
    """A cell as Python has it; None where it is empty. A moment at midnight is a day: pandas has no other."""
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:  # noqa: PLR0124 - only NaN
        return None
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() and value.tzinfo is None else value
    if hasattr(value, "item"):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _beside(frame: Frame, columns: Mapping[str, list[str | None]]) -> Frame:
    """A copy of the frame with more columns."""
    if not hasattr(frame, "iter_rows"):
        return frame.assign(**columns)
    made = type(frame)(dict(columns))
    return frame.with_columns(**{name: made[name] for name in columns})
