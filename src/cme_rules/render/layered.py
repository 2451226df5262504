"""Where the boxes of a graph stand: in rows from top to bottom, arrows going down as far as they can.

The usual way: turn round the arrows that would go up, give each box a row, order each row so that few arrows cross,
then move boxes sideways towards those they are joined to, never nearer to each other than a gap.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from cme_rules.render.ranks import gap, narrowed, ranked, turned
from cme_rules.render.straight import straightened

__all__ = ["Layout", "Part", "Placed", "laid_out"]

_ROW_GAP = 46.0
_LANE = 14.0
_SWEEPS = 24
_MOVES = 60
_SHORT = 3
"""Places of an arrow that passes one row at most, and so is upright there already."""


@frozen
class Placed:
    """The middle of a thing, how wide and high it is, and how high the row is that it stands in the middle of."""

    x: float
    y: float
    width: float
    height: float
    row: float


@frozen(kw_only=True)
class Part:
    """A line of an arrow, in the arrow's direction: the things it passes, the two it joins among them.

    An arrow with words has two, to its words and from them; `last` is the one that ends at the box.
    """

    arrow: int
    passes: tuple[str, ...]
    last: bool


@frozen(kw_only=True)
class Layout:
    """Where each thing stands, and the lines that join them. Places with a colon in their name are only passed."""

    places: Mapping[str, Placed]
    parts: tuple[Part, ...]
    width: float
    height: float

    @property
    def cuts(self) -> tuple[float, ...]:
        """The heights between two rows, where the page may be cut and no box with it."""
        ends = {round(place.y + place.row / 2 + _ROW_GAP / 2, 1) for place in self.places.values()}
        return tuple(sorted(ends))[:-1]


def laid_out(sizes: Mapping[str, tuple[float, float]], arrows: Sequence[tuple[str, str, str]], *, first: str) -> Layout:
    """Place boxes of known sizes. An arrow is (source, words, target), its words "" or a thing with a size too.

    The answer depends on nothing but what is given.
    """
    words = {via for _, via, _ in arrows if via}
    boxes = [name for name in sizes if name not in words]
    flips = turned(boxes, [(source, target) for source, _, target in arrows], first)
    joins = list(_joins(arrows, flips))
    down = [pair for *_, pair in joins]
    rank = narrowed(ranked(list(sizes), down), down, sizes, words)
    chains = [_chain(number, pair, rank) for number, (*_, pair) in enumerate(joins)]
    all_sizes = dict(sizes) | {name: (_LANE, 0.0) for chain in chains for name in chain if name not in sizes}
    joined = [pair for chain in chains for pair in pairwise(chain)]
    rows = _ordered(_rows(all_sizes, chains, rank), joined)
    lanes = [chain[1:-1] for chain in chains if len(chain) > _SHORT]
    across = straightened(_moved(rows, joined, all_sizes), rows, lanes, all_sizes)
    places, height = _stacked(rows, _from_the_edge(across, all_sizes), all_sizes)
    parts = [
        Part(arrow=number, passes=tuple(reversed(chain)) if flips[number] else tuple(chain), last=last)
        for (number, last, _), chain in zip(joins, chains, strict=True)
    ]
    width = max(place.x + place.width / 2 for place in places.values())
    return Layout(places=places, parts=tuple(parts), width=width, height=height)


def _joins(
    arrows: Sequence[tuple[str, str, str]], flips: Sequence[bool]
) -> Iterator[tuple[int, bool, tuple[str, str]]]:
    """(arrow, whether it ends at the box, upper and lower end) of every line."""
    for number, ((source, via, target), flip) in enumerate(zip(arrows, flips, strict=True)):
        pairs = [(source, via), (via, target)] if via else [(source, target)]
        for one, other in pairs:
            yield number, other == target, (other, one) if flip else (one, other)


def _chain(number: int, pair: tuple[str, str], rank: Mapping[str, int]) -> list[str]:
    source, target = pair
    return [source, *(f"{number}:{row}" for row in range(rank[source] + 1, rank[target])), target]


def _rows(sizes: Mapping[str, object], chains: Iterable[Sequence[str]], rank: Mapping[str, int]) -> list[list[str]]:
    row_of = dict(rank)
    for chain in chains:
        row_of |= {name: row_of[chain[0]] + place for place, name in enumerate(chain)}
    rows: list[list[str]] = [[] for _ in range(max(row_of.values(), default=0) + 1)]
    for name in sizes:
        rows[row_of[name]].append(name)
    return rows


def _neighbours(joined: Iterable[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for source, target in joined:
        above.setdefault(target, []).append(source)
        below.setdefault(source, []).append(target)
    return above, below


def _ordered(rows: list[list[str]], joined: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The rows in the order, of those tried, in which the fewest arrows cross."""
    above, below = _neighbours(joined)
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        near = above if downwards else below
        order = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
        for number in order:
            place = {name: at for at, name in enumerate(rows[number + (-1 if downwards else 1)])}
            own = {name: float(at) for at, name in enumerate(rows[number])}
            means = {name: _mean([place[each] for each in near.get(name, ())], own[name]) for name in rows[number]}
            rows[number].sort(key=means.__getitem__)
        crossed = _crossings(rows, below)
        if crossed < fewest:
            best, fewest = [list(row) for row in rows], crossed
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(rows: Sequence[Sequence[str]], below: Mapping[str, Sequence[str]]) -> int:
    count = 0
    for upper, lower in pairwise(rows):
        place = {name: at for at, name in enumerate(lower)}
        ends = [place[each] for name in upper for each in sorted(below.get(name, ()), key=place.__getitem__)]
        count += sum(later < earlier for at, earlier in enumerate(ends) for later in ends[at + 1 :])
    return count


def _moved(
    rows: Sequence[Sequence[str]], joined: Sequence[tuple[str, str]], sizes: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    """The middle of each thing across the page: each move brings lines nearer to upright, long ones above all."""
    near: dict[str, list[tuple[str, int]]] = {name: [] for row in rows for name in row}
    for one, other in joined:
        pull = _PULL[(":" in one) + (":" in other)]
        near[one].append((other, pull))
        near[other].append((one, pull))
    at: dict[str, float] = {}
    for row in rows:
        at |= zip(row, _spaced([(0.0, 1)] * len(row), row, sizes), strict=True)
    for move in range(_MOVES):
        for row in rows if move % 2 == 0 else rows[::-1]:
            at |= zip(row, _spaced([_wish(name, near[name], at) for name in row], row, sizes), strict=True)
    return at


def _from_the_edge(at: Mapping[str, float], sizes: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    left = min(x - sizes[name][0] / 2 for name, x in at.items())
    return {name: x - left for name, x in at.items()}


_PULL = (1, 2, 8)
"""How hard a line pulls: between two boxes, a box and a lane, two lanes."""


def _wish(name: str, near: Sequence[tuple[str, int]], at: Mapping[str, float]) -> tuple[float, int]:
    """Where a thing would stand if it were alone, and how hard it is pulled there."""
    hard = sum(pull for _, pull in near)
    return (sum(at[other] * pull for other, pull in near) / hard, hard) if hard else (at[name], 1)


def _spaced(
    wishes: Sequence[tuple[float, int]], row: Sequence[str], sizes: Mapping[str, tuple[float, float]]
) -> list[float]:
    """Places as near as can be to those wished for, in order and a gap apart: neighbours that collide share it."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (sizes[one][0] + sizes[other][0]) / 2 + gap(one, other))
    pools: list[tuple[float, int, int]] = []
    for (wish, hard), offset in zip(wishes, offsets, strict=False):
        total, weight, members = (wish - offset) * hard, hard, 1
        while pools and pools[-1][0] / pools[-1][1] > total / weight:
            before = pools.pop()
            total, weight, members = total + before[0], weight + before[1], members + before[2]
        pools.append((total, weight, members))
    flat = [total / weight for total, weight, members in pools for _ in range(members)]
    return [x + offset for x, offset in zip(flat, offsets, strict=False)]


def _stacked(
    rows: Sequence[Sequence[str]], across: Mapping[str, float], sizes: Mapping[str, tuple[float, float]]
) -> tuple[dict[str, Placed], float]:
    places, top = {}, 0.0
    for row in rows:
        tallest = max((sizes[name][1] for name in row), default=0.0)
        for name in row:
            width, height = sizes[name]
            places[name] = Placed(across[name], top + tallest / 2, width, height, tallest)
        top += tallest + _ROW_GAP
    return places, top - _ROW_GAP
