"""A document as plain text, wrapped for a terminal."""

from collections.abc import Iterator
from textwrap import fill
from typing import assert_never

from cme_rules.render.blocks import Block, Bullets, Document, Fold, Heading, Para, Picture, Table

__all__ = ["write_text"]

_WIDTH = 100
_WIDEST = 44


def write_text(document: Document) -> str:
    """The document as text.

    >>> print(write_text(Document((Heading("An answer", 1), Para("It holds.", strong="Yes.")))))
    An answer
    =========
    <BLANKLINE>
    Yes. It holds.
    """
    return "\n\n".join("\n".join(_lines(block)) for block in document.blocks)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield text
            yield ("=" if level == 1 else "-") * len(text)
        case Para(text=text, strong=strong):
            yield _wrapped(f"{strong} {text}".strip())
        case Bullets(items=items):
            yield from (_wrapped(item, "- ") for item in items)
        case Table():
            yield from _table(block)
        case Picture(words=words):
            yield _wrapped(words)
        case Fold(summary=summary, blocks=blocks):
            yield summary
            for inner in blocks:
                yield from _lines(inner)
        case _:
            assert_never(block)


def _wrapped(text: str, mark: str = "") -> str:
    return fill(text, width=_WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)


def _table(table: Table) -> Iterator[str]:
    """Columns side by side, a long cell over several lines."""
    rows = [table.columns, *table.rows]
    widths = [min(_WIDEST, max(len(row[place]) for row in rows)) for place in range(len(table.columns))]
    yield table.caption
    for number, row in enumerate(rows):
        yield from _row(row, widths)
        if number == 0:
            yield "  ".join("-" * width for width in widths)


def _row(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    cells = [
        fill(cell, width=width, break_on_hyphens=False).split("\n") for cell, width in zip(row, widths, strict=True)
    ]
    for line in range(max(map(len, cells))):
        shown = [cell[line] if line < len(cell) else "" for cell in cells]
        yield "  ".join(text.ljust(width) for text, width in zip(shown, widths, strict=True)).rstrip()
