"""Something to look at: the same thing as text, Markdown and HTML, with the child's values left out until asked for."""

from collections.abc import Callable

from attrs import field, frozen

from cme_rules.render.blocks import Document
from cme_rules.render.html import write_fragment, write_html
from cme_rules.render.markdown import write_markdown
from cme_rules.render.text import write_text

__all__ = ["View"]


@frozen(kw_only=True)
class View:
    """One thing, ready to be shown. Notebooks show it by themselves; `str()` is its text.

    `make` writes the document without a child's values, or with them. `repr()` shows only the title, revealed or not.
    """

    title: str
    make: Callable[[bool], Document] = field(repr=False)
    revealed: bool = False
    svg: str = field(default="", repr=False)

    def reveal(self) -> "View":
        """The same with the child's values."""
        return View(title=self.title, make=self.make, revealed=True, svg=self.svg)

    @property
    def document(self) -> Document:
        """The blocks it is made of."""
        return self.make(self.revealed)

    @property
    def text(self) -> str:
        """As plain text."""
        return write_text(self.document)

    @property
    def markdown(self) -> str:
        """As Markdown."""
        return write_markdown(self.document)

    @property
    def html(self) -> str:
        """As HTML without a page around it."""
        return write_html(self.document)

    def in_style(self, style: str) -> str:
        """As "text", "markdown" or "html".

        Raises ValueError for another style.
        """
        styles = {"text": write_text, "markdown": write_markdown, "html": write_html}
        if style not in styles:
            msg = f"style: expected one of {', '.join(styles)}, found {style!r}"
            raise ValueError(msg)
        return styles[style](self.document)

    def __str__(self) -> str:
        """Its text."""
        return self.text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows: the richest form it can."""
        del include, exclude
        document = self.document
        return {
            "text/plain": write_text(document),
            "text/markdown": write_markdown(document),
            "text/html": write_fragment(document),
        }
