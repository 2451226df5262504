"""A graph as SVG: boxes and arrows laid out by us, with nothing but this library."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from cme_rules.render.graph import Arrow, Box, Graph
from cme_rules.render.layered import Layout, Part, Placed, laid_out
from cme_rules.render.svg import drawing, named, rect, text_width, texts, wrapped

__all__ = ["draw"]

_TITLE, _HEAD, _SMALL, _BOLD = 16.0, 13.0, 11.0, 1.08
_BOX, _LABEL, _PAD = 190.0, 150.0, 9.0
_MARGIN, _TOP = 24.0, 24.0
_STUB = 10.0
_FILL = {"step": "#ffffff", "end": "#eef1f3", "group": "#fff7e0", "question": "#ffffff"}


def draw(graph: Graph) -> str:
    """The graph as one SVG element."""
    faces = {box.id: _face(box) for box in graph.boxes} | {
        _label(number): _label_face(arrow) for number, arrow in enumerate(graph.arrows) if arrow.lines
    }
    first = next((box.id for box in graph.boxes if box.first), graph.boxes[0].id)
    arrows = [(each.source, _label(n) if each.lines else "", each.target) for n, each in enumerate(graph.arrows)]
    layout = laid_out({name: face.size for name, face in faces.items()}, arrows, first=first)
    top = _TOP + 20 * (len(graph.notes) + 1)
    painter = _Painter(graph=graph, faces=faces, layout=layout, left=_MARGIN, top=top)
    said = [text_width(graph.title, _TITLE * _BOLD), *(text_width(each, _SMALL) for each in graph.notes)]
    wide = max(layout.width, *said) + 2 * _MARGIN
    parts = [texts(_MARGIN, 26, [graph.title], size=_TITLE, bold=True, anchor="start")]
    parts += [
        texts(_MARGIN, 46 + 18 * place, [note], size=_SMALL, anchor="start") for place, note in enumerate(graph.notes)
    ]
    parts += [*painter.arrows(), *painter.boxes()]
    return drawing(
        wide,
        layout.height + top + _MARGIN,
        [_marker(named("head", graph.title)), *parts],
        title=graph.title,
        words=graph.words,
        rows=[top + cut for cut in layout.cuts],
    )


def _marker(name: str) -> str:
    return (
        f'<defs><marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#0b0c0c"/></marker></defs>'
    )


@frozen(kw_only=True)
class _Face:
    """A box or an arrow's words, wrapped and measured."""

    heading: tuple[str, ...]
    lines: tuple[str, ...]
    width: float
    box: Box | None = None

    @property
    def size(self) -> tuple[float, float]:
        pad = 2 * _PAD if self.box else 4
        return self.width, len(self.heading) * _HEAD * 1.25 + len(self.lines) * _SMALL * 1.25 + pad


def _face(box: Box) -> _Face:
    heading = wrapped(box.heading, _BOX - 2 * _PAD, _HEAD)
    lines = tuple(part for each in box.lines for part in wrapped(each, _BOX - 2 * _PAD, _SMALL))
    return _Face(heading=heading, lines=lines, width=_BOX, box=box)


def _label_face(arrow: Arrow) -> _Face:
    lines = tuple(part for each in arrow.lines for part in wrapped(each, _LABEL, _SMALL))
    return _Face(heading=(), lines=lines, width=max(text_width(each, _SMALL) for each in lines) + 6)


def _label(number: int) -> str:
    return f"label {number}"


@frozen(kw_only=True)
class _Painter:
    graph: Graph
    faces: Mapping[str, _Face]
    layout: Layout
    left: float
    top: float

    def _at(self, name: str) -> Placed:
        place = self.layout.places[name]
        return Placed(place.x + self.left, place.y + self.top, place.width, place.height, place.row)

    def boxes(self) -> Iterator[str]:
        """Every box, and every arrow's words."""
        for name, face in self.faces.items():
            place = self._at(name)
            left, top = place.x - place.width / 2, place.y - place.height / 2
            if face.box:
                yield from _frame(face.box, left, top, place)
            else:
                yield rect(left, top, place.width, place.height, stroke="none", round_=0)
            x, anchor = (left + _PAD, "start") if face.box else (place.x, "middle")
            base = top + (_PAD if face.box else 2)
            yield texts(x, base + _HEAD * 0.9, face.heading, size=_HEAD, bold=True, anchor=anchor)
            base += len(face.heading) * _HEAD * 1.25 + _SMALL * 0.9
            yield texts(x, base, face.lines, size=_SMALL, anchor=anchor)

    def arrows(self) -> Iterator[str]:
        """Every arrow as a smooth line through the places it was given; the head stands on its last part."""
        ends = _Ports(layout=self.layout)
        for part in self.layout.parts:
            points = [(x + self.left, y + self.top) for x, y in ends.points(part)]
            dash = ' stroke-dasharray="6 4"' if self.graph.arrows[part.arrow].dashed else ""
            head = f' marker-end="url(#{named("head", self.graph.title)})"' if part.last else ""
            yield f'<path d="{_smooth(points)}" fill="none" stroke="#505a5f" stroke-width="1.3"{dash}{head}/>'


def _frame(box: Box, left: float, top: float, place: Placed) -> Iterator[str]:
    thick = 3.0 if box.first else 1.6
    round_ = 16 if box.kind == "end" else 2 if box.kind == "question" else 6
    yield rect(
        left, top, place.width, place.height, fill=_FILL[box.kind], thick=thick, dashed=box.dashed, round_=round_
    )
    if box.kind == "end":
        yield rect(left + 3, top + 3, place.width - 6, place.height - 6, fill="none", thick=1, round_=round_ - 3)


@frozen(kw_only=True)
class _Ports:
    """Where on the edge of a box each line begins and ends, so that no two lie on each other."""

    layout: Layout

    def points(self, part: Part) -> list[tuple[float, float]]:
        """The points of one line, from its source to its target: it passes each row upright, and bends between rows."""
        places = [self.layout.places[name] for name in part.passes]
        way = 1 if places[-1].y > places[0].y else -1
        begin, end = self._port(part.passes[0], part), self._port(part.passes[-1], part)
        found = [(begin, places[0].y + way * places[0].height / 2), (begin, _beside(places[0], way))]
        for place in places[1:-1]:
            found += [(place.x, _beside(place, -way)), (place.x, _beside(place, way))]
        last = places[-1]
        return [*found, (end, _beside(last, -way)), (end, last.y - way * last.height / 2)]

    def _port(self, name: str, part: Part) -> float:
        """How far across its side of the box a line stands, the lines in the order of what they lead to."""
        place = self.layout.places[name]
        side = [each for each in self.layout.parts if self._side(name, each) == self._side(name, part) != 0]
        side.sort(key=lambda each: self._next(name, each).x)
        return place.x - place.width / 2 + place.width * (side.index(part) + 1) / (len(side) + 1)

    def _next(self, name: str, part: Part) -> Placed:
        return self.layout.places[part.passes[1] if part.passes[0] == name else part.passes[-2]]

    def _side(self, name: str, part: Part) -> int:
        """0 where a line has nothing to do with a box; otherwise above (-1) or below (1) it."""
        if name not in (part.passes[0], part.passes[-1]):
            return 0
        return 1 if self._next(name, part).y > self.layout.places[name].y else -1


def _beside(place: Placed, way: int) -> float:
    """Just outside the row of a thing, above (-1) or below (1): between there and the thing a line stands upright."""
    return place.y + way * (place.row / 2 + _STUB)


def _smooth(points: Sequence[tuple[float, float]]) -> str:
    """A line that leaves and enters upright."""
    (x, y), *rest = points
    said = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in rest:
        middle = (y + to_y) / 2
        bend = f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"
        said.append(f"L{to_x:.1f} {to_y:.1f}" if abs(to_x - x) < 1 else bend)
        x, y = to_x, to_y
    return "".join(said)
