"""A report's plain data as tables: for the coverage, the checks and the differences of policies.

What is in a report is said by whoever makes it; here only its data are laid out, so that this room needs to know
nothing of the rooms above it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from cme_rules.engine.sentences import spaced, titled
from cme_rules.render.blocks import Block, Document, Fold, Heading, Para, Table

__all__ = ["Report", "report_document"]

_FEW = 12


class Report(Protocol):
    """Anything that tells its data as plain dicts and lists."""

    def to_dict(self) -> dict[str, Any]:
        """The data."""


def report_document(report: Report) -> Document:
    """A report with a table for its figures and one for each of its lists; a long list is folded."""
    data = report.to_dict()
    return Document((Heading(f"{type(report).__name__}{_of(data)}", 1), *_blocks(data)))


def _of(data: Mapping[str, Any]) -> str:
    return f": {titled(data['policy'])}" if isinstance(data.get("policy"), str) else ""


def _blocks(data: Mapping[str, Any]) -> Iterator[Block]:
    plain = {
        name: value
        for name, value in data.items()
        if (not isinstance(value, Mapping | Sequence) or isinstance(value, str)) and name != "policy"
    }
    if plain:
        yield _pairs("Result", plain)
    for name, value in data.items():
        if name in plain or name == "policy":
            continue
        title = spaced(name).capitalize()
        if isinstance(value, Mapping):
            yield _pairs(title, value)
        else:
            yield from _listed(title, value)


def _pairs(caption: str, data: Mapping[str, Any]) -> Table:
    rows = tuple((spaced(name).capitalize(), _said(value)) for name, value in data.items())
    return Table(caption=caption, columns=("What", "Figure"), rows=rows)


def _listed(title: str, values: Sequence[Any]) -> Iterator[Block]:
    if not values:
        yield Para("none.", strong=f"{title}:")
        return
    if not isinstance(values[0], Mapping):
        yield Para(f"{', '.join(map(_said, values))}.", strong=f"{title}:")
        return
    columns = tuple(values[0])
    rows = tuple(tuple(_said(each.get(column)) for column in columns) for each in values)
    table = Table(caption=title, columns=tuple(spaced(each).capitalize() for each in columns), rows=rows)
    yield Fold(summary=f"{title}: {len(rows)}", blocks=(table,)) if len(rows) > _FEW else table


def _said(value: Any) -> str:  # noqa: ANN401 - plain data of any sort
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{spaced(str(name))}: {_said(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_said(each) for each in value)
    return "" if value is None else str(value)
