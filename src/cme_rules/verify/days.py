"""Which days of a fact are worth trying: one on either side of every point at which some condition turns."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from cme_rules.conditions.nodes import Compare, Node
from cme_rules.domain.never import NEVER
from cme_rules.engine.invert import trend, turning
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.facts import EARLIEST, LATEST

__all__ = ["days_worth_trying"]

_YEARS_BACK = 25
_YEARS_ON = 5
_YEAR = 366


def days_worth_trying(atoms: tuple[Node, ...], fact: str, moment: Moment) -> tuple[Any, ...]:
    """Days of one fact, and NEVER where it may be: between two neighbouring days no atom changes.

    An atom that turns once as the day moves later gives its turning points; one with no such order is tried on every
    day from 25 years before the day assessed to 5 years after it.
    """
    found: set[date] = {EARLIEST, LATEST, moment.today}
    for atom in atoms:
        found.update(_of_atom(atom, moment))
    days = sorted(day for day in found if EARLIEST <= day <= LATEST)
    near_today_first = sorted(days, key=lambda day: abs(day - moment.today))
    can_be_never = moment.law.policy.facts[fact].can_be_never
    return (*near_today_first, *([NEVER] if can_be_never else []))


def _of_atom(atom: Node, moment: Moment) -> Iterator[date]:
    if isinstance(atom, Compare) and atom.operator in ("==", "!="):
        halves: tuple[Node, ...] = (Compare(">=", atom.left, atom.right), Compare(">", atom.left, atom.right))
    else:
        halves = (atom,)
    for half in halves:
        if trend(half, moment.law.policy):
            turn = turning(half, moment)
            for day in (turn.first, turn.low, turn.high, turn.last):
                yield from (_later(day, -1), day, _later(day, 1))
        else:
            yield from (_later(moment.today, days) for days in range(-_YEARS_BACK * _YEAR, _YEARS_ON * _YEAR))


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
