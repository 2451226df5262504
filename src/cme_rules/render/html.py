"""A document as HTML: real headings, real tables with captions and scopes, nothing said by colour alone."""

from collections.abc import Iterator
from html import escape
from typing import assert_never

from cme_rules.render.blocks import Block, Bullets, Document, Fold, Heading, Para, Picture, Table
from cme_rules.render.style import STYLE
from cme_rules.render.svg import picture_width, slices

__all__ = ["write_fragment", "write_html", "write_page", "write_picture"]


def write_html(document: Document, *, deeper: int = 0) -> str:
    """The document as HTML without a page around it; `deeper` lowers its headings by so many levels.

    >>> write_html(Document((Para("A & B", strong="Yes:"),)))
    '<p><strong>Yes:</strong> A &amp; B</p>'
    """
    return "\n".join(part for block in document.blocks for part in _parts(block, deeper))


def write_fragment(document: Document) -> str:
    """The document for a notebook: it carries its style, which touches nothing else on the page."""
    return f'<div class="cme-rules"><style>{STYLE}</style>\n{write_html(document, deeper=2)}\n</div>'


def write_page(title: str, body: str, *, script: str = "") -> str:
    """A whole page around a body: it fetches nothing, and reads in a browser and on paper."""
    code = f"\n<script>{script}</script>" if script else ""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f'<body class="cme-rules cme-page">\n{body}{code}\n</body>\n</html>\n'
    )


def write_picture(svg: str, label: str) -> str:
    """A picture for the screen; one that is too large for a page stands beside it in pieces, for paper only."""
    seen = f'role="region" aria-label="{escape(label)}" tabindex="0"'
    width = picture_width(svg)
    pieces = slices(svg, tallest=_TALL_ACROSS if width > _PORTRAIT else _TALL)
    if len(pieces) == 1 and width <= _PORTRAIT:
        return f'<div class="picture" {seen}>{svg}</div>'
    across = " broad" if width > _PORTRAIT else ""
    paper = f'<div class="pieces{across}" aria-hidden="true">{"".join(pieces)}</div>'
    return f'<div class="picture screen" {seen}>{svg}</div>{paper}'


_PORTRAIT = 800.0
"""Pictures wider than this are printed across the page."""
_TALL, _TALL_ACROSS = 1.25, 0.66
"""How many times its width a piece for a page may be high, upright and across."""


def _parts(block: Block, deeper: int) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            tag = f"h{min(6, level + deeper)}"
            yield f"<{tag}>{escape(text)}</{tag}>"
        case Para(text=text, strong=strong):
            begins = f"<strong>{escape(strong)}</strong> " if strong else ""
            yield f"<p>{begins}{escape(text)}</p>"
        case Bullets(items=items):
            yield "<ul>"
            yield from (f"<li>{escape(item)}</li>" for item in items)
            yield "</ul>"
        case Table():
            yield from _table(block)
        case Picture(svg=svg):
            yield write_picture(svg, "Picture")
        case Fold(summary=summary, blocks=blocks):
            yield f"<details><summary>{escape(summary)}</summary>"
            for inner in blocks:
                yield from _parts(inner, deeper)
            yield "</details>"
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    caption = escape(table.caption)
    yield f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
    yield "<thead><tr>"
    yield "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    yield "</tr></thead><tbody>"
    for row in table.rows:
        first, *rest = row
        cells = "".join(f"<td{_class(cell, table)}>{escape(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _class(cell: str, table: Table) -> str:
    named = table.classes.get(cell)
    return f' class="{escape(named)}"' if named else ""
