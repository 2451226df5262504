"""A case as a line of time: what happened, what is awaited and until when, and the day it is looked at."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from attrs import frozen

from cme_rules.engine.sentences import day
from cme_rules.processes.machine import Taken
from cme_rules.processes.position import Position
from cme_rules.render.svg import drawing, line, rect, text_width, texts, wrapped

__all__ = ["draw_timeline"]

_LEFT, _LABEL, _WIDE, _TOP = 24.0, 300.0, 560.0, 84.0
_SIZE, _PAD = 12.0, 9.0
_AHEAD = timedelta(days=120)
"""How far ahead the picture reaches; a clock that ends later runs off its edge, and its words say when."""


@frozen(kw_only=True)
class _Row:
    """One line of the picture: its words, its first and last day, and what sort it is."""

    words: str
    first: date
    last: date | None = None
    sort: str = "event"
    shown: str = ""


def draw_timeline(found: Position, *, reveal: bool = False) -> str:
    """A case's events, clocks and the day asked about, from the top down in the order of their days, as SVG.

    Without `reveal` the days of the case's own events are left out, and everything stands at equal distances.
    """
    rows = sorted(_rows(found, reveal=reveal), key=lambda row: (row.first, row.last or row.first))
    across = _Across.of(rows, found.on, true_to_time=reveal)
    parts: list[str] = []
    y = _TOP
    for row in rows:
        lines = wrapped(row.words, _LABEL - 16, _SIZE)
        high = len(lines) * _SIZE * 1.25 + _PAD
        parts.append(texts(_LEFT, y + _SIZE, lines, size=_SIZE, anchor="start"))
        parts.extend(_mark(row, across, y + high / 2 - 3, found.on))
        parts.append(line(_LEFT, y + high, _LEFT + _LABEL + _WIDE, y + high, thick=0.5, stroke="#b1b4b6"))
        y += high + 4
    title = f"{found.case.process.title}, on {day(found.on)}"
    parts = [*_head(found, reveal=reveal), *_today(found.on, across.x(found.on), y), *parts, *_key(y + 24)]
    return drawing(_LEFT * 2 + _LABEL + _WIDE + 20, y + 56, parts, title=title, words=_words(title, rows, found))


def _head(found: Position, *, reveal: bool) -> Iterator[str]:
    yield texts(_LEFT, 26, [found.case.process.title], size=16, bold=True, anchor="start")
    note = "Distances are true to time." if reveal else "The case's own days are left out; equal distances, in order."
    yield texts(_LEFT, 46, [f"Stands at: {found.state.title}. {note}"], size=_SIZE, anchor="start")


def _today(today: date, x: float, y: float) -> Iterator[str]:
    yield line(x, _TOP - 8, x, y, thick=2, dashed=True)
    yield texts(x, _TOP - 14, [day(today)], size=_SIZE, bold=True)


def _rows(found: Position, *, reveal: bool) -> Iterator[_Row]:
    events = found.case.process.events
    for each in found.history.steps:
        if isinstance(each, Taken):
            late = " (late)" if each.late else ""
            words, sort = f"{events[each.event.name].title}{late}", "event"
        else:
            words, sort = f"Refused: {events[each.event.name].title}", "refused"
        yield _Row(words=words, first=each.event.on, sort=sort, shown=day(each.event.on) if reveal else "")
    started = found.history.standing.started
    for clock in found.clocks:
        end = clock.last_day or clock.act_from
        if end:
            first = min(started.get(clock.id, end), end)
            said = f"{'overdue since' if clock.overdue else 'last day' if clock.last_day else 'opens'} {day(end)}"
            yield _Row(words=f"{clock.title}: {said}", first=first, last=end, sort="clock")


@frozen(kw_only=True)
class _Across:
    """Where a day stands across the picture."""

    days: tuple[date, ...]
    true_to_time: bool

    @classmethod
    def of(cls, rows: Sequence[_Row], today: date, *, true_to_time: bool) -> "_Across":
        begins = {today, *(row.first for row in rows)}
        ends = {row.last for row in rows if row.last and row.last <= today + _AHEAD}
        return cls(days=tuple(sorted(begins | ends)), true_to_time=true_to_time)

    def x(self, when: date) -> float:
        """The place of a day."""
        first, last = self.days[0], self.days[-1]
        if when > last:
            return _LEFT + _LABEL + _WIDE
        if self.true_to_time:
            share = (when - first).days / max(1, (last - first).days)
        else:
            share = self.days.index(when) / max(1, len(self.days) - 1)
        return _LEFT + _LABEL + 14 + share * (_WIDE - 28)


def _mark(row: _Row, across: _Across, y: float, today: date) -> Iterator[str]:
    x = across.x(row.first)
    end = across.x(row.last) if row.last else x
    if row.sort == "clock" and row.last:
        over = row.last < today
        yield rect(
            x, y - 5, max(4, end - x), 10, fill="#ffd9d4" if over else "#d6e8f7", thick=1.2, dashed=over, round_=2
        )
    elif row.sort == "refused":
        yield line(x - 5, y - 5, x + 5, y + 5, thick=2)
        yield line(x - 5, y + 5, x + 5, y - 5, thick=2)
    else:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="#0b0c0c"/>'
    if row.shown:
        yield from _day_beside(row.shown, x, end, y)


def _day_beside(text: str, x: float, end: float, y: float) -> Iterator[str]:
    """The day on the side where there is room, on a white ground so that no line runs through it."""
    wide = text_width(text, 11) + 6
    right = end + 10 + wide < _LEFT + _LABEL + _WIDE + 20
    left = end + 9 if right else x - 9 - wide
    yield rect(left, y - 8, wide, 16, stroke="none", round_=0)
    yield texts(left + 3, y + 4, [text], size=11, anchor="start")


def _key(y: float) -> Iterator[str]:
    yield f'<circle cx="{_LEFT + 6:.1f}" cy="{y:.1f}" r="5.5" fill="#0b0c0c"/>'
    yield texts(_LEFT + 18, y + 4, ["happened"], size=11, anchor="start")
    yield line(_LEFT + 96, y - 5, _LEFT + 106, y + 5, thick=2)
    yield line(_LEFT + 96, y + 5, _LEFT + 106, y - 5, thick=2)
    yield texts(_LEFT + 114, y + 4, ["refused"], size=11, anchor="start")
    yield rect(_LEFT + 180, y - 5, 30, 10, fill="#d6e8f7", thick=1.2, round_=2)
    yield texts(_LEFT + 218, y + 4, ["a clock that runs"], size=11, anchor="start")
    yield rect(_LEFT + 330, y - 5, 30, 10, fill="#ffd9d4", thick=1.2, dashed=True, round_=2)
    yield texts(_LEFT + 368, y + 4, ["a clock that has run out"], size=11, anchor="start")


def _words(title: str, rows: Sequence[_Row], found: Position) -> str:
    said = [f"{title}. Stands at: {found.state.title}."]
    said += [f"{row.words}{': ' + row.shown if row.shown else ''}." for row in rows]
    return " ".join(said)
