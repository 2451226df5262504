"""Things that happened on a day, or are to happen on a day already known."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import Attribute, field, frozen

from cme_rules.domain.checks import a_day, a_text, masked, the_day

__all__ = ["Event", "event_facts"]


@frozen(repr=False)
class Event:
    """Something that happened on a day, under the name of the fact it gives (`order_made`, `referred` …).

    It is known from the day it happens. One that is known before (a start date agreed, a deadline set) says since
    when in `known_on`; a later entry of the same name then replaces an earlier one.
    """

    name: str = field(validator=a_text)
    day: date = field(validator=a_day)
    known_on: date = field(kw_only=True)

    @known_on.default
    def _when_it_happens(self) -> date:
        return self.day

    @known_on.validator
    def _is_a_day(self, _: "Attribute[Any]", value: object) -> None:
        the_day(value, "Event.known_on")

    __repr__ = masked


def event_facts(events: Iterable[Event], on: date, *, all_known: Iterable[str] = ()) -> dict[str, object]:
    """Give each event known at the close of a day: its day; of several of one name, what was learned last.

    A name in `all_known` with no event so far has not happened, and gives False.
    """
    facts: dict[str, object] = dict.fromkeys(all_known, False)
    for event in sorted(events, key=_order_of_learning):
        if event.known_on <= on:
            facts[event.name] = event.day
    return facts


def _order_of_learning(event: Event) -> tuple[date, date]:
    return event.known_on, event.day
