"""A document as Markdown."""

import re
from collections.abc import Iterator
from typing import assert_never

from cme_rules.render.blocks import Block, Bullets, Document, Fold, Heading, Para, Picture, Table

__all__ = ["plain", "write_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def write_markdown(document: Document) -> str:
    """The document as Markdown; whatever has a meaning in Markdown is escaped, and a picture is told in words.

    >>> print(write_markdown(Document((Para("It holds.", strong="Yes:"),))))
    **Yes:** It holds.
    """
    return "\n\n".join("\n".join(_lines(block)) for block in document.blocks)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield f"{'#' * level} {plain(text)}"
        case Para(text=text, strong=strong):
            yield f"**{plain(strong)}** {plain(text)}" if strong else plain(text)
        case Bullets(items=items):
            yield from (f"- {plain(item)}" for item in items)
        case Table():
            yield from _table(block)
        case Picture(words=words):
            yield plain(words)
        case Fold(summary=summary, blocks=blocks):
            yield f"**{plain(summary)}**"
            for inner in blocks:
                yield from ("", *_lines(inner))
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    yield from (f"*{plain(table.caption)}*", "")
    yield _row(table.columns)
    yield _row(("---",) * len(table.columns), as_is=True)
    yield from (_row(row) for row in table.rows)


def _row(cells: tuple[str, ...], *, as_is: bool = False) -> str:
    return f"| {' | '.join(cells if as_is else [plain(cell) for cell in cells])} |"


def plain(text: str) -> str:
    r"""A text with whatever has a meaning in Markdown escaped, on one line.

    >>> print(plain("cme_local"))
    cme\_local
    """
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")
