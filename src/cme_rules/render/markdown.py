"""A document as Markdown."""

import re
from collections.abc import Iterator
from typing import assert_never

from cme_rules.render.blocks import Block, Bullets, Document, Fold, Heading, Para, Picture, Table

__all__ = ["write_markdown"]

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
            yield f"{'#' * level} {_plain(text)}"
        case Para(text=text, strong=strong):
            yield f"**{_plain(strong)}** {_plain(text)}" if strong else _plain(text)
        case Bullets(items=items):
            yield from (f"- {_plain(item)}" for item in items)
        case Table():
            yield from _table(block)
        case Picture(words=words):
            yield _plain(words)
        case Fold(summary=summary, blocks=blocks):
            yield f"**{_plain(summary)}**"
            for inner in blocks:
                yield from ("", *_lines(inner))
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    yield from (f"*{_plain(table.caption)}*", "")
    yield _row(table.columns)
    yield _row(("---",) * len(table.columns), plain=True)
    yield from (_row(row) for row in table.rows)


def _row(cells: tuple[str, ...], *, plain: bool = False) -> str:
    return f"| {' | '.join(cells if plain else [_plain(cell) for cell in cells])} |"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")
