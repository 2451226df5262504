"""What a caller may say about a child, and the numbers a policy works with."""

from datetime import date, datetime
from typing import assert_never

from attrs import field, frozen

from cme_rules.calendars.spans import Counted, Span, Unit
from cme_rules.conditions.kinds import SPAN, Base, Kind, counted_in
from cme_rules.conditions.words import Phrase
from cme_rules.domain.never import NEVER

__all__ = ["EARLIEST", "LATEST", "DatedValue", "FactSpec", "Parameter"]

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
"""No child's date lies outside these: an earlier or later one is a slip of the pen."""

_SPAN_UNITS = frozenset(unit.value for unit in Unit)


@frozen(kw_only=True)
class FactSpec:
    """A fact a caller may give: its kind, the question that asks for it, and the roles who would know.

    A date fact may be given as `False`, known never to have happened, unless `can_be_never` forbids it.
    """

    name: str
    kind: Kind
    ask: str
    knows: tuple[str, ...]
    phrase: Phrase
    pack: str
    topic: str = ""
    minimum: int | None = None
    changeable: bool = True
    can_be_never: bool = True

    def problem_with(self, value: object) -> str:
        """What is wrong with a value given for this fact, without repeating it; nothing when it fits."""
        match self.kind.base:
            case Base.BOOL:
                return "" if isinstance(value, bool) else "expected true or false"
            case Base.INT:
                return self._problem_with_number(value)
            case Base.DATE:
                return self._problem_with_date(value)
            case Base.TEXT:
                return self._problem_with_text(value)
            case Base.SPAN:
                return "a span cannot be given as a fact"
            case _:
                assert_never(self.kind.base)

    def _problem_with_number(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            return "expected a whole number"
        if self.minimum is not None and value < self.minimum:
            return f"expected at least {self.minimum}"
        return ""

    def _problem_with_date(self, value: object) -> str:
        if value is False or value is NEVER:
            return "" if self.can_be_never else "expected a date: this cannot be 'never'"
        if isinstance(value, datetime) or not isinstance(value, date):
            never = ", or false for 'has not happened'" if self.can_be_never else ""
            return f"expected a date (YYYY-MM-DD) without a time{never}"
        return "" if EARLIEST <= value <= LATEST else f"expected a date from {EARLIEST} to {LATEST}"

    def _problem_with_text(self, value: object) -> str:
        if not isinstance(value, str) or not value:
            return "expected text"
        if self.kind.words is not None and value not in self.kind.words:
            return f"expected one of {', '.join(self.kind.words)}"
        return ""


@frozen(kw_only=True)
class DatedValue:
    """A parameter's value from the first day it applies to the last, both included; no `until` is 'until now'."""

    since: date
    value: int
    until: date | None = None

    def applies(self, on: date) -> bool:
        """Whether this is the value of the day."""
        return self.since <= on and (self.until is None or on <= self.until)


@frozen(kw_only=True)
class Parameter:
    """A number of the policy, once: its unit, how it is counted, its dated values and the paragraph it stands in."""

    name: str
    title: str
    unit: str
    paragraph: str
    pack: str
    values: tuple[DatedValue, ...] = field()
    counted: Counted | None = None
    reading: str = ""
    unverified: bool = False

    @property
    def is_span(self) -> bool:
        """Whether it is a stretch of time rather than a bare count."""
        return self.unit in _SPAN_UNITS

    @property
    def kind(self) -> Kind:
        """The kind conditions see."""
        if not self.is_span:
            return counted_in(self.unit)
        return Kind(SPAN.base, unit=self.unit, counted=self.counted.value if self.counted else None)

    def on(self, day: date) -> int | Span | None:
        """Its value on a day; None on a day for which the policy states no value."""
        for dated in self.values:
            if dated.applies(day):
                return self._as_value(dated.value)
        return None

    def _as_value(self, count: int) -> int | Span:
        if not self.is_span or self.counted is None:
            return count
        return Span(count=count, unit=Unit(self.unit), counted=self.counted)
