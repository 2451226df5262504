"""Two facts varied, everything else kept: how a finding changes, as a table and as a picture."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any

from attrs import field, frozen

from cme_rules.conditions.kinds import Base
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.sentences import VERDICT, day, spaced
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Policy, as_day
from cme_rules.render.blocks import Document, Heading, Picture, Table
from cme_rules.render.svg import drawing, line, rect, texts, wrapped
from cme_rules.render.view import View

__all__ = ["Grid", "grid"]

_DAY = "on"
_TINT = {Verdict.HOLDS: "#cce5d6", Verdict.FAILS: "#ffffff", Verdict.UNKNOWN: "#fff7e0"}
_CELL, _HIGH, _SIDE = 128.0, 40.0, 190.0


@frozen(kw_only=True)
class Grid:
    """A finding for every choice of the values varied. `verdicts` are row by row; without a second fact, one column.

    The base is a child's facts and is kept out of everything that is shown.
    """

    policy: Policy = field(repr=False)
    finding: str
    rows: tuple[str, tuple[Any, ...]] = field(repr=False)
    columns: tuple[str, tuple[Any, ...]] = field(repr=False)
    verdicts: tuple[tuple[Verdict, ...], ...] = field(repr=False)

    @property
    def title(self) -> str:
        """The finding's heading."""
        return next(rule.title for rule in self.policy.rules if rule.finding == self.finding)

    @property
    def svg(self) -> str:
        """The picture."""
        return _drawn(self)

    @property
    def table(self) -> Table:
        """The table."""
        columns = (self._named(self.rows[0]), *(self._value(self.columns[0], each) for each in self.columns[1]))
        rows = tuple(
            (self._value(self.rows[0], value), *(VERDICT[each] for each in line))
            for value, line in zip(self.rows[1], self.verdicts, strict=True)
        )
        classes = {"Yes": "yes", "No": "no", "Not known": "unknown"}
        caption = f"{self.title}, by {self._named(self.rows[0])}{self._across()}"
        return Table(caption=caption, columns=columns, rows=rows, classes=classes)

    def _across(self) -> str:
        return f" (down) and {self._named(self.columns[0])} (across)" if self.columns[0] else ""

    def _named(self, name: str) -> str:
        if name == _DAY:
            return "the day asked about"
        spec = self.policy.facts[name]
        return f"whether {spec.phrase.words}" if spec.kind.base is Base.BOOL else spec.phrase.words

    def _value(self, name: str, value: Any) -> str:  # noqa: ANN401 - a fact's value is of the kind its policy declares
        if value is False and name != _DAY and self.policy.facts[name].kind.base is Base.DATE:
            return "never"
        return _value(value)

    @property
    def view(self) -> View:
        """The table and the picture, to be shown."""
        blocks = (Heading(self.title, 2), self.table, Picture(svg=self.svg, words="The same as a picture."))
        return View(title=self.title, make=lambda _: Document(blocks), svg=self.svg)

    def __str__(self) -> str:
        """The table as text."""
        return View(title=self.title, make=lambda _: Document((self.table,))).text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows."""
        del include, exclude
        return self.view._repr_mimebundle_()


def grid(
    policy: Policy,
    base: Mapping[str, Any],
    *,
    over: Mapping[str, Iterable[Any]],
    finding: str,
    on: date | None = None,
    preview: Iterable[str] = (),
) -> Grid:
    """A finding for every choice of the values of one or two facts; `"on"` among them varies the day itself.

    In `over`, None is "not known", and for a date False is "never". The first fact goes down, the second across.

    Raises CallError for no or more than two facts, for faulty values, and where no day is given; UnknownName for a
    finding the policy never gives.
    """
    names = list(over)
    if not 1 <= len(names) <= 2:  # noqa: PLR2004 - a table has two sides
        msg = f"over: one or two facts can be varied, found {len(names)}"
        raise CallError(msg)
    if on is None and _DAY not in names:
        msg = "on: say for which day, or vary it with over={'on': …}"
        raise CallError(msg)
    values = [tuple(over[name]) for name in names] + [(None,)] * (2 - len(names))
    across = names[1] if len(names) > 1 else ""
    asked = tuple(preview)
    found = []
    for one, other in product(*values):
        chosen = {names[0]: one, **({across: other} if across else {})}
        facts = {**base, **{name: value for name, value in chosen.items() if name != _DAY}}
        when: Any = chosen.get(_DAY) or on
        found.append(assess(facts, policy, on=as_day(when), preview=asked)[finding].verdict)
    wide = len(values[1])
    lines = tuple(tuple(found[place : place + wide]) for place in range(0, len(found), wide))
    columns = (across, values[1] if across else (VERDICT_ONLY,))
    return Grid(policy=policy, finding=finding, rows=(names[0], values[0]), columns=columns, verdicts=lines)


VERDICT_ONLY = "Answer"
"""The heading of the only column where one fact is varied."""


def _value(value: Any) -> str:  # noqa: ANN401 - a fact's value is of the kind its policy declares
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day(value) if isinstance(value, date) else spaced(str(value))


def _drawn(made: Grid) -> str:
    table = made.table
    parts = [texts(20, 28, [made.title], size=16, bold=True, anchor="start")]
    parts.append(texts(20, 48, wrapped(table.caption, _SIDE + _CELL * len(made.columns[1]), 12)[:2], anchor="start"))
    top = 84.0
    for place, name in enumerate(table.columns[1:]):
        parts.append(
            texts(20 + _SIDE + (place + 0.5) * _CELL, top + 14, wrapped(name, _CELL - 8, 11), size=11, bold=True)
        )
    top += 36
    for number, row in enumerate(made.verdicts):
        y = top + number * _HIGH
        parts.append(texts(20, y + 24, wrapped(table.rows[number][0], _SIDE - 10, 12), anchor="start"))
        for place, verdict in enumerate(row):
            parts.extend(_cell(verdict, 20 + _SIDE + place * _CELL, y))
    wide, high = 40 + _SIDE + _CELL * len(made.columns[1]), top + len(made.verdicts) * _HIGH + 20
    words = f"{table.caption}. " + "; ".join(": ".join((row[0], ", ".join(row[1:]))) for row in table.rows) + "."
    return drawing(max(wide, 420), high, parts, title=made.title, words=words)


def _cell(verdict: Verdict, x: float, y: float) -> Iterable[str]:
    """A cell: its word, a thick frame where it holds, a stroke where it fails, a dashed frame where it is not known."""
    yield rect(
        x + 3, y + 3, _CELL - 6, _HIGH - 6, fill=_TINT[verdict], dashed=verdict is Verdict.UNKNOWN,
        thick=2.6 if verdict is Verdict.HOLDS else 1.2,
    )  # fmt: skip
    if verdict is Verdict.FAILS:
        yield line(x + 8, y + _HIGH - 8, x + 22, y + 8, thick=1, stroke="#505a5f")
    yield texts(x + _CELL / 2, y + 25, [VERDICT[verdict]], bold=verdict is Verdict.HOLDS)
