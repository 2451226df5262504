"""Turning a question about a date into a comparison with a constant.

'At least 28 days since the last day of education' is, on a given day, the same as 'that last day is on or before'
one particular date. Where a yes or no depends on a single date fact and can only turn once as that date moves
later, the turning point is found by halving, once a day assessed, and the calendar leaves the hot path.
"""

from collections.abc import Callable
from datetime import date

from attrs import frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.calendars.spans import Unit
from cme_rules.calendars.working import WorkingCalendar
from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.kinds import DATE
from cme_rules.conditions.nodes import Call, Compare, Name, Node, walk
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.facts import EARLIEST, LATEST
from cme_rules.policy.model.policy import Policy

__all__ = ["OneDate", "Turning", "date_in", "is_partial", "trend", "turning"]

_COUNTED_UNITS = frozenset({Unit.SCHOOL_DAY.value, Unit.WORKING_DAY.value})
_BORN_BY_TODAY = frozenset({"age", "year_group"})


@frozen
class Turning:
    """Where a yes or no turns as its date moves later: known from `first` to `last`, both included.

    `low` is the last date of the earlier part and `high` the first date of the later part.
    """

    first: date
    low: date
    high: date
    last: date


def date_in(node: Node, policy: Policy) -> str:
    """The one date fact a tree turns on, used once and beside no other fact; nothing when there is no such one."""
    facts = [part.name for part in walk(node) if isinstance(part, Name) and part.name not in policy.parameters]
    if len(facts) != 1 or facts[0] not in policy.facts or policy.facts[facts[0]].kind != DATE:
        return ""
    return facts[0]


def trend(node: Node, policy: Policy) -> int:
    """Which way a tree's value goes as its one date moves later: +1 never down, -1 never up, 0 cannot tell."""
    match node:
        case Name(name=name):
            return 1 if name in policy.facts else 0
        case Call(function=function, arguments=arguments):
            return FUNCTIONS[function].direction * trend(arguments[-1], policy)
        case Compare(operator=operator, left=left, right=right):
            way = trend(left, policy) - trend(right, policy)
            return {">": way, ">=": way, "<": -way, "<=": -way}.get(operator, 0)
        case _:
            return 0


def is_partial(node: Node, policy: Policy) -> bool:
    """Whether some dates leave the tree without an answer, because a calendar or a birth bounds them."""
    for part in walk(node):
        if isinstance(part, Call) and (FUNCTIONS[part.function].needs_calendar or part.function in _BORN_BY_TODAY):
            return True
        if isinstance(part, Name) and _unit(part.name, policy) in _COUNTED_UNITS:
            return True
    return False


def _unit(name: str, policy: Policy) -> str:
    parameter = policy.parameters.get(name)
    return parameter.unit if parameter else ""


def turning(node: Node, moment: Moment) -> Turning:
    """The turning point of a tree with a trend, on this day and in these calendars.

    Where no date has an answer, `first` comes after `last`.
    """
    name = date_in(node, moment.law.policy)

    def answer(day: date) -> bool | None:
        return evaluate(node, OneDate(moment, name, day))  # type: ignore[return-value]

    first, last = _window(node, moment)
    if first > last or answer(first) is None:
        return Turning(LATEST, EARLIEST, LATEST, EARLIEST)
    last = _last_while(lambda day: answer(day) is not None, first, last)
    begins = answer(first)
    low = _last_while(lambda day: answer(day) is begins, first, last)
    if (trend(node, moment.law.policy) > 0 and begins) or (trend(node, moment.law.policy) < 0 and not begins):
        before = date.fromordinal(first.toordinal() - 1)
        return Turning(first, before, first, last)
    return Turning(first, low, date.fromordinal(low.toordinal() + 1), last)


def _window(node: Node, moment: Moment) -> tuple[date, date]:
    """The dates worth asking about: those every calendar involved covers."""
    first, last = EARLIEST, LATEST
    for calendar in _calendars(node, moment):
        if calendar is None:
            return LATEST, EARLIEST
        first, last = max(first, calendar.first), min(last, calendar.last)
    return first, last


def _calendars(node: Node, moment: Moment) -> list[SchoolCalendar | WorkingCalendar | None]:
    wanted = set()
    for part in walk(node):
        if isinstance(part, Call):
            wanted.add(FUNCTIONS[part.function].needs_calendar)
        elif isinstance(part, Name) and part.name in moment.law.parameters:
            wanted.add(moment.law.policy.parameters[part.name].unit.removesuffix("_day"))
    return [calendar for name, calendar in (("school", moment.school), ("working", moment.working)) if name in wanted]


def _last_while(holds: Callable[[date], bool], first: date, last: date) -> date:
    """The last date from `first` on for which `holds`, given that it holds on `first` and stops at most once."""
    low, high = first.toordinal(), last.toordinal()
    while low < high:
        middle = (low + high + 1) // 2
        if holds(date.fromordinal(middle)):
            low = middle
        else:
            high = middle - 1
    return date.fromordinal(low)


@frozen(eq=False)
class OneDate:
    """A scope in which one date fact has a value; everything else is a parameter of the day. See `Scope`."""

    moment: Moment
    name: str
    day: date

    @property
    def today(self) -> date:
        """The day assessed."""
        return self.moment.today

    def call(self, function: str, arguments: tuple[object, ...]) -> object:
        """A function's answer to known arguments."""
        return self.moment.call(function, arguments)

    def value(self, name: str) -> object:
        """The date, or a parameter of the day."""
        return self.day if name == self.name else self.moment.law.parameters.get(name)
