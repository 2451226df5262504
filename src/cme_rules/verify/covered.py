"""Everything the cases and histories of a policy cover, together: paragraphs to states, as data and as a page."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from attrs import asdict, frozen

from cme_rules.policy.model.policy import Policy
from cme_rules.processes.position import position
from cme_rules.verify.case import Case
from cme_rules.verify.coverage import Coverage, coverage
from cme_rules.verify.histories import HistoryCase
from cme_rules.verify.mcdc import Mcdc, mcdc

__all__ = ["Covered", "StateRow", "as_page", "covered"]


@frozen(kw_only=True)
class StateRow:
    """One state of a process, and how many histories pass through it; `final` where the case ends there."""

    process: str
    state: str
    title: str
    final: bool
    histories: int

    @property
    def lacks(self) -> tuple[str, ...]:
        """What no history shows of it."""
        return () if self.histories else ("no history passes through it",)


@frozen(kw_only=True)
class Covered:
    """What is covered of paragraphs, rules, thresholds and facts, of the parts of conditions, and of processes."""

    coverage: Coverage
    parts: Mcdc
    states: tuple[StateRow, ...]

    @property
    def states_lacking(self) -> tuple[StateRow, ...]:
        """The states no history passes through."""
        return tuple(row for row in self.states if row.lacks)

    def figures(self) -> dict[str, Any]:
        """The figures a summary prints, by name."""
        parts = self.parts.figures()
        return self.coverage.figures() | {
            "parts": parts["parts"],
            "parts_both_ways": parts["both_ways"],
            "parts_decisive": parts["decisive"],
            "states": len(self.states),
            "states_lacking": len(self.states_lacking),
        }

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        states = [asdict(row) | {"lacks": list(row.lacks)} for row in self.states]
        parts = self.parts.to_dict()["parts"]
        return self.coverage.to_dict() | {"figures": self.figures(), "parts": parts, "states": states}


def covered(policy: Policy, cases: Iterable[Case], histories: Iterable[HistoryCase] = ()) -> Covered:
    """What the cases and histories cover of a policy."""
    known, told = tuple(cases), tuple(histories)
    return Covered(
        coverage=coverage(policy, known, told),
        parts=mcdc(policy, known),
        states=tuple(_state_rows(policy, told)),
    )


def _state_rows(policy: Policy, histories: tuple[HistoryCase, ...]) -> Iterator[StateRow]:
    """Every state that the policy's own paragraphs give, with its own histories that pass through it."""
    passed = [(history.case.process.id, _passed(history, policy)) for history in histories]
    for process in policy.processes.values():
        for state in process.states.values():
            if policy.paragraphs[state.grounds.paragraph].pack == policy.id:
                count = sum(name == process.id and state.id in states for name, states in passed)
                yield StateRow(
                    process=process.id, state=state.id, title=state.title, final=state.final, histories=count,
                )  # fmt: skip


def _passed(history: HistoryCase, policy: Policy) -> frozenset[str]:
    found = position(history.case, on=history.on, policy=policy).history
    return frozenset((found.start.state, *(each.standing.state for each in found.taken)))


_TITLES = {
    "paragraphs": "Paragraphs",
    "rules": "Rules",
    "thresholds": "Thresholds and time limits",
    "parts": "Parts of conditions",
    "states": "States of processes",
    "transitions_untried": "Transitions that no history takes",
}


def as_page(found: Covered) -> str:
    """A page of its own, with a table for each thing covered; rows of which something is not shown are marked."""
    data = found.to_dict()
    head = f"What the cases of {escape(found.coverage.policy)} cover"
    figures = "".join(f"<li>{escape(name.replace('_', ' '))}: {count}</li>" for name, count in data["figures"].items())
    tables = "\n".join(_section(name, rows) for name, rows in data.items() if isinstance(rows, list))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{head}</title>\n'
        "<style>body{font:1rem/1.4 sans-serif;margin:2rem}td,th{padding:.2rem .6rem;text-align:left;"
        "vertical-align:top}tr.lacks{background:#fdf1d6}ul{columns:3 14rem}</style></head>\n"
        f"<body><h1>{head}</h1>\n<p>Marked rows lack something.</p>\n<ul>{figures}</ul>\n{tables}</body></html>\n"
    )


def _section(name: str, rows: list[Any]) -> str:
    title = f"<h2>{escape(_TITLES.get(name, name.replace('_', ' ').capitalize()))}</h2>\n"
    if not rows:
        return f"{title}<p>None.</p>\n"
    if not isinstance(rows[0], dict):
        return f"{title}<p>{escape(', '.join(map(str, rows)))}</p>\n"
    head = "".join(f'<th scope="col">{escape(key.replace("_", " "))}</th>' for key in rows[0])
    return f"{title}<table><thead><tr>{head}</tr></thead>\n<tbody>{''.join(map(_row, rows))}</tbody></table>\n"


def _row(row: Mapping[str, Any]) -> str:
    mark = ' class="lacks"' if row.get("lacks") or row.get("empty") else ""
    return f"<tr{mark}>{''.join(f'<td>{escape(_told(value))}</td>' for value in row.values())}</tr>\n"


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
