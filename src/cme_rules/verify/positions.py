"""Everything a history can expect of where a case stands, by the key under which it expects it."""

from collections.abc import Mapping
from datetime import date

from cme_rules.domain.never import NEVER
from cme_rules.processes.position import Position

__all__ = ["ABSENT", "said_of"]

ABSENT: Mapping[str, str] = {
    "next": "not possible",
    "due": "not running",
    "duties": "no duty of this state",
    "implies": "not implied",
}
"""What is said, group by group, of a name that is not there."""


def said_of(found: Position) -> Mapping[str, object]:
    """State, refusals, clocks, what may happen next, duties, and what the state implies and hands over to.

    `next.x`, `due.x`, `duties.x` and `implies.x` stand for each by name. Of a clock that has no last day it says why;
    an event that is not there cannot happen, a clock not there does not run, a duty or fact not there is not the
    state's.
    """
    said: dict[str, object] = {
        "state": found.state.id,
        "since": found.since,
        "refused": tuple((each.event.name, each.refusal.value) for each in found.history.refused),
        "overdue": tuple(sorted(each.id for each in found.overdue)),
        "late": tuple(sorted({name for each in found.history.taken for name in each.late})),
    }
    said |= {f"next.{each.event}": _day_of(found, each.event) for each in found.next}
    said["then"] = found.state.then
    said |= {f"implies.{name}": value is not NEVER and value for name, value in found.state.implies.items()}
    said |= {f"due.{each.id}": each.last_day or each.why for each in found.clocks}
    return said | {f"duties.{each.id}": each.status for each in found.duties}


def _day_of(found: Position, event: str) -> date | str:
    """From when an event may happen: "now", a day, or "unknown"."""
    rows = [each for each in found.next if each.event == event]
    if any(each.lawful_now for each in rows):
        return "now"
    days = [each.first_lawful_day for each in rows if each.first_lawful_day and not each.missing]
    return min(days) if days else "unknown"
