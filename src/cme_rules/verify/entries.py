"""The shape of cases/*.toml, and the lines on which each of its tables stands."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import evolve, field, frozen

from cme_rules.policy.loading.tables import TomlFile

__all__ = ["CaseEntry", "TableEntry", "blocks"]


@frozen(kw_only=True)
class CaseEntry:
    """`[[case]]`: the groups of given and expected values are checked name by name afterwards."""

    name: str
    paragraph: str
    on: date
    base: str = ""
    calendar: str = ""
    source: str = ""
    given: Any = field(factory=dict)
    then: Any = field(factory=dict)
    missing: Any = field(factory=dict)
    due: Any = field(factory=dict)
    not_before: Any = field(factory=dict)
    status: Any = field(factory=dict)
    unknown_without: Any = field(factory=dict)
    role: Any = field(factory=dict)
    force: Any = field(factory=dict)
    preview: tuple[str, ...] = ()


@frozen(kw_only=True)
class TableEntry:
    """`[[table]]`: one case a row; `on` may be a column instead."""

    name: str
    paragraph: str
    columns: tuple[str, ...]
    rows: Any
    on: date | None = None
    base: str = ""
    calendar: str = ""
    source: str = ""
    preview: tuple[str, ...] = ()


_HEADING = re.compile(r"\s*\[\[?\s*(case|table|base|calendar)\b[^\]]*\]\]?\s*(#.*)?$")


def blocks(file: TomlFile, kind: str) -> Iterator[tuple[Any, TomlFile]]:
    """Each `[[case]]` or `[[table]]` of a file, with the file as if it held nothing else, so that lines are found."""
    lines = file.text.splitlines()
    headings = [place for place, line in enumerate(lines) if _HEADING.match(line)]
    starts = [place for place in headings if lines[place].strip().startswith(f"[[{kind}]]")]
    listed = file.data.get(kind, [])
    for place, table in enumerate(listed if isinstance(listed, list) else [listed]):
        if len(starts) != len(listed):
            yield table, file
            continue
        start = starts[place]
        inner = re.compile(rf"\s*\[{kind}\.")
        end = next((at for at in headings if at > start and not inner.match(lines[at])), len(lines))
        yield table, evolve(file, text="\n" * start + "\n".join(lines[start:end]) + "\n")
