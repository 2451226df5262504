"""A list of what happened, together with how far the list may be trusted.

An empty list says nothing: a child with no enrolment on file may be at school elsewhere. Only a list declared to be
whole, for good or between two days, turns the absence of an entry into a real "no".
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from attrs import Attribute, field, frozen

from cme_rules.domain.checks import Validator, a_day, a_flag, as_tuple, masked, optional, the_day
from cme_rules.errors import CallError

__all__ = ["History", "Period", "current", "ended_before", "history_of", "in_order", "not_before_beginning"]

T = TypeVar("T")


class Period(Protocol):
    """Something that lasts: from its first day to its last, both included; no last day means it goes on."""

    @property
    def began(self) -> date:
        """First day."""

    @property
    def ended(self) -> date | None:
        """Last day, included; None: no end is known."""


P = TypeVar("P", bound=Period)


@frozen(repr=False)
class History(Generic[T]):
    """Entries of one kind, and the days for which they are known to be all there is.

    `complete=True`: nothing is left out, from birth to any day asked about. Otherwise `known_from` and `known_until`
    (both included) bound the days for which nothing is left out; `known_until` without `known_from` is refused, and
    with neither the list says what it says and no more.

    >>> History([], complete=True).covers(date(2026, 9, 1))
    True
    >>> History([]).covers(date(2026, 9, 1))
    False
    """

    entries: tuple[T, ...] = field(default=(), converter=as_tuple)
    complete: bool = field(default=False, kw_only=True, validator=a_flag)
    known_from: date | None = field(default=None, kw_only=True, validator=optional(a_day))
    known_until: date | None = field(default=None, kw_only=True, validator=optional(a_day))

    @known_until.validator
    def _has_a_beginning(self, _: "Attribute[date | None]", value: date | None) -> None:
        if value is None:
            return
        if self.known_from is None and not self.complete:
            msg = "History.known_until: known_from or complete was expected beside it"
            raise CallError(msg)
        if self.known_from is not None and value < self.known_from:
            msg = "History.known_until: a day on or after known_from was expected"
            raise CallError(msg)

    def covers(self, first: date, last: date | None = None) -> bool:
        """Say whether every entry that touches the days from first to last (both included) is in the list."""
        begins_in_time = self.complete or (self.known_from is not None and self.known_from <= first)
        return begins_in_time and (self.known_until is None or (last or first) <= self.known_until)

    __repr__ = masked


def history_of(kind: type[T]) -> Validator:
    """Refuse a field that is not a `History` of entries of one kind."""

    def check(instance: object, attribute: "Attribute[Any]", value: object) -> None:
        place = f"{type(instance).__name__}.{attribute.name}"
        if not isinstance(value, History):
            msg = f"{place}: a History was expected, found {type(value).__name__}"
            raise CallError(msg)
        for number, entry in enumerate(value.entries, start=1):
            if not isinstance(entry, kind):
                msg = f"{place}: entry {number} was expected to be a {kind.__name__}, found {type(entry).__name__}"
                raise CallError(msg)

    return check


def not_before_beginning(instance: Period, attribute: "Attribute[Any]", value: date | None) -> None:
    """Refuse a last day that is not a day, or comes before the first."""
    if value is None:
        return
    place = f"{type(instance).__name__}.{attribute.name}"
    if the_day(value, place) < instance.began:
        msg = f"{place}: a day on or after its beginning was expected"
        raise CallError(msg)


def current(entries: Iterable[P], on: date) -> tuple[P, ...]:
    """Entries that have begun and whose last day is not before the day, the latest begun last."""
    lasting = (entry for entry in entries if entry.began <= on and (entry.ended is None or on <= entry.ended))
    return tuple(sorted(lasting, key=_beginning))


def ended_before(entries: Iterable[Period], on: date) -> tuple[date, ...]:
    """Last days that lie before the day."""
    return tuple(entry.ended for entry in entries if entry.ended is not None and entry.ended < on)


def in_order(entries: Iterable[P]) -> tuple[P, ...]:
    """Entries in the order in which they began."""
    return tuple(sorted(entries, key=_beginning))


def _beginning(entry: Period) -> date:
    return entry.began
