"""Which arrows of a graph are turned round so that all go down, and in which row each box then stands."""

from collections.abc import Mapping, Sequence

__all__ = ["gap", "narrowed", "ranked", "turned"]

_GAPS = (26.0, 14.0, 4.0)


def gap(one: str, other: str) -> float:
    """The room between two things in a row: less where an arrow only passes, as a name with a colon says."""
    return _GAPS[(":" in one) + (":" in other)]


_WIDEST = 880.0
_MOST_ROWS = 400


def turned(names: Sequence[str], arrows: Sequence[tuple[str, str]], first: str) -> list[bool]:
    """Which arrows go back to where a walk from the first box is still on its way."""
    out: dict[str, list[int]] = {name: [] for name in names}
    for number, (source, _) in enumerate(arrows):
        out[source].append(number)
    state: dict[str, int] = {}
    back: set[int] = set()
    for root in (first, *names):
        stack = [(root, iter(out[root]))] if root not in state else []
        state.setdefault(root, 1)
        while stack:
            name, rest = stack[-1]
            number = next(rest, -1)
            if number < 0:
                state[name] = 2
                stack.pop()
                continue
            target = arrows[number][1]
            if state.get(target) == 1:
                back.add(number)
            elif target not in state:
                state[target] = 1
                stack.append((target, iter(out[target])))
    return [number in back for number in range(len(arrows))]


def ranked(names: Sequence[str], down: Sequence[tuple[str, str]]) -> dict[str, int]:
    """A row for each: below all that leads to it; one that nothing leads to, right above what it leads to."""
    rank = dict.fromkeys(names, 0)
    for _ in names:
        grown = False
        for source, target in down:
            if rank[target] < rank[source] + 1:
                rank[target], grown = rank[source] + 1, True
        if not grown:
            break
    led_to = {target for _, target in down}
    for name in names:
        below = [rank[target] for source, target in down if source == name]
        if name not in led_to and below:
            rank[name] = min(below) - 1
    return rank


def narrowed(
    rank: dict[str, int], down: Sequence[tuple[str, str]], sizes: Mapping[str, tuple[float, float]], words: set[str]
) -> dict[str, int]:
    """Where a row is too wide for a page, the boxes that nothing leads on from go two rows down, words and all."""
    leads_on = {source for source, _ in down}
    row = 0
    while row <= max(rank.values()) and row < _MOST_ROWS:
        here = [name for name in rank if rank[name] == row]
        ends = [name for name in here if name not in leads_on]
        while len(ends) > 1 and sum(sizes[name][0] + _GAPS[0] for name in here) > _WIDEST:
            name = ends.pop()
            here.remove(name)
            above = [source for source, target in down if target == name and source in words]
            rank |= {each: rank[each] + 2 for each in (name, *above)}
        row += 1
    return rank
