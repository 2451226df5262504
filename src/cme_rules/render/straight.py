"""Long arrows drawn upright: the places they pass are put under each other as far as their neighbours leave room."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from cme_rules.render.ranks import gap

__all__ = ["straightened"]

_PASSES = 6

_Room = tuple[float, float]


def straightened(
    at: Mapping[str, float],
    rows: Sequence[Sequence[str]],
    lanes: Sequence[Sequence[str]],
    sizes: Mapping[str, tuple[float, float]],
) -> dict[str, float]:
    """The middles of things across the page, those of each lane as few different ones as there is room for.

    A lane is the places one arrow passes between its ends, from the top down. Nothing changes its place in its row,
    or comes nearer to a neighbour than a gap.
    """
    found = dict(at)
    beside = {name: (row, place) for row in rows for place, name in enumerate(row)}
    for number in range(_PASSES):
        for lane in sorted(
            lanes, key=lambda lane: sum(found[name] for name in lane) / len(lane), reverse=number % 2 == 0
        ):
            for run in _runs(lane, {name: _room(name, beside, found, sizes) for name in lane}):
                names, (low, high) = run
                middle = sum(found[name] for name in names) / len(names)
                found |= dict.fromkeys(names, min(max(middle, low), high))
    return found


def _room(
    name: str,
    beside: Mapping[str, tuple[Sequence[str], int]],
    at: Mapping[str, float],
    sizes: Mapping[str, tuple[float, float]],
) -> _Room:
    """How far to the left and to the right a thing may stand."""
    row, place = beside[name]
    low, high = -inf, inf
    if place:
        before = row[place - 1]
        low = at[before] + (sizes[before][0] + sizes[name][0]) / 2 + gap(before, name)
    if place + 1 < len(row):
        after = row[place + 1]
        high = at[after] - (sizes[after][0] + sizes[name][0]) / 2 - gap(name, after)
    return min(low, at[name]), max(high, at[name])


def _runs(lane: Sequence[str], rooms: Mapping[str, _Room]) -> Iterator[tuple[list[str], _Room]]:
    """A lane in as few parts as can each stand upright, with the room each has."""
    names: list[str] = []
    low, high = -inf, inf
    for name in lane:
        lower, higher = max(low, rooms[name][0]), min(high, rooms[name][1])
        if names and lower > higher:
            yield names, (low, high)
            names, (lower, higher) = [], rooms[name]
        names.append(name)
        low, high = lower, higher
    yield names, (low, high)
