"""SVG by hand: measured text, boxes and lines, with a title and a description for whoever cannot see it."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

__all__ = ["FONT", "drawing", "line", "named", "picture_width", "rect", "slices", "text_width", "texts", "wrapped"]

FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[] -"), frozenset("mwMW@%—")


def text_width(text: str, size: float) -> float:
    """How wide a line of text is, at most, in the font we ask for or one like it.

    >>> text_width("ill", 10) < text_width("mmm", 10)
    True
    """
    units = sum(0.34 if c in _NARROW else 0.92 if c in _WIDE else 0.72 if c.isupper() else 0.58 for c in text)
    return units * size


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """A text in lines no wider than this, where its words allow it."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def texts(
    x: float, y: float, lines: Sequence[str], *, size: float = 12, bold: bool = False, anchor: str = "middle",
    fill: str = "#0b0c0c",
) -> str:  # fmt: skip
    """Lines of text under each other; `y` is the base line of the first."""
    weight = ' font-weight="700"' if bold else ""
    return "".join(
        f'<text x="{x:.1f}" y="{y + place * size * 1.25:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
        f'{weight} fill="{fill}">{escape(each)}</text>'
        for place, each in enumerate(lines)
    )


def rect(
    x: float, y: float, width: float, height: float, *, fill: str = "#ffffff", stroke: str = "#0b0c0c",
    thick: float = 1.5, dashed: bool = False, round_: float = 4,
) -> str:  # fmt: skip
    """A rectangle by its upper left corner."""
    dash = ' stroke-dasharray="7 4"' if dashed else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{round_:g}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="{thick:g}"{dash}/>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, thick: float = 1.2, dashed: bool = False, stroke: str = "#0b0c0c"
) -> str:
    """A straight line."""
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{stroke}" stroke-width="{thick:g}"{dash}/>'


def drawing(
    width: float, height: float, parts: Iterable[str], *, title: str, words: str, rows: Iterable[float] = ()
) -> str:
    """A whole picture of its own, as one SVG element; `rows` are heights at which it may be cut for a page."""
    cuts = " ".join(f"{each:.0f}" for each in rows)
    marked = f' data-rows="{cuts}"' if cuts else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" font-family="{FONT}" aria-label="{escape(title)}"{marked}>'
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>"
        f'<g id="{named("drawing", title)}"><rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>'
        f"{''.join(parts)}</g></svg>"
    )


def named(kind: str, title: str) -> str:
    """A name for a part of a picture that no other picture of the page has.

    >>> named("head", "Off-roll logging (A4)")
    'head-off-roll-logging-a4'
    """
    return f"{kind}-{re.sub('[^a-z0-9]+', '-', title.lower()).strip('-')}"


def picture_width(svg: str) -> float:
    """How wide a picture is, in its own units."""
    return float(re.findall(r'viewBox="0 0 (\d+)', svg)[0])


def slices(svg: str, *, tallest: float) -> tuple[str, ...]:
    """A picture that stands on a page, cut between its rows into pieces no taller than so many times its width.

    The pieces show the picture and do not repeat it, so it has to be on the page as well. One short enough, or
    without rows, is one piece.
    """
    width, height = map(float, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    ident = re.findall(r'<g id="([^"]+)"', svg)[0]
    cuts = [float(each) for found in re.findall(r'data-rows="([\d ]+)"', svg) for each in found.split()]
    ends, begin = [], 0.0
    for cut, following in zip(cuts, [*cuts[1:], height], strict=False):  # without rows there is no cut
        if following - begin > width * tallest and cut > begin:
            ends.append(cut)
            begin = cut
    pairs = pairwise([0.0, *ends, height])
    return tuple(
        f'<svg viewBox="0 {top:.0f} {width:.0f} {bottom - top:.0f}" aria-hidden="true"><use href="#{ident}"/></svg>'
        for top, bottom in pairs
    )
