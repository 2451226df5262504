"""Boxes and arrows as plain values, before anybody has decided where they stand on the page."""

from attrs import frozen

__all__ = ["Arrow", "Box", "Graph"]


@frozen(kw_only=True)
class Box:
    """A box: its heading, smaller lines below it, and its kind.

    `kind` is "step", "end", "group" or "question". A `dashed` box was put together by us and says so in its lines.
    """

    id: str
    heading: str
    lines: tuple[str, ...] = ()
    kind: str = "step"
    dashed: bool = False
    first: bool = False


@frozen(kw_only=True)
class Arrow:
    """An arrow from one box to another, with its words; one that was put together is dashed and says so."""

    source: str
    target: str
    lines: tuple[str, ...] = ()
    dashed: bool = False


@frozen(kw_only=True)
class Graph:
    """A picture's title, its boxes and its arrows. `words` tell the same to whoever cannot see it."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    words: str
    notes: tuple[str, ...] = ()
