"""What an answer looks like before it is text, Markdown or HTML: headings, sentences, lists, tables and pictures.

Whatever is shown is put together once from these and written out by `text`, `markdown` and `html`, so that the three
cannot say different things.
"""

from attrs import field, frozen

__all__ = ["Block", "Bullets", "Document", "Fold", "Heading", "Para", "Picture", "Table"]


@frozen
class Heading:
    """A heading; the title of a document is level 1."""

    text: str
    level: int = 2


@frozen
class Para:
    """A paragraph of whole sentences. `strong` are the words it begins with that matter most."""

    text: str
    strong: str = ""


@frozen
class Bullets:
    """A list, a thing a line."""

    items: tuple[str, ...]


@frozen(kw_only=True)
class Table:
    """A table with a caption, headings over its columns, and rows; the first cell of a row is the row's heading.

    `classes` names a class for the cells of some words, such as a verdict's; the words are always there too.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    classes: dict[str, str] = field(factory=dict)


@frozen(kw_only=True)
class Picture:
    """A picture as SVG, with the same said in words for whoever cannot see it."""

    svg: str = field(repr=False)
    words: str


@frozen(kw_only=True)
class Fold:
    """Blocks under a summary that a reader opens; text and Markdown show them in full."""

    summary: str
    blocks: "tuple[Block, ...]"


Block = Heading | Para | Bullets | Table | Picture | Fold


@frozen
class Document:
    """Blocks in reading order."""

    blocks: tuple[Block, ...] = field(repr=False)

    def __add__(self, other: "Document") -> "Document":
        """The one after the other."""
        return Document((*self.blocks, *other.blocks))
