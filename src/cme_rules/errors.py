"""Everything that can go wrong, said in a way that tells the reader what to do next.

No message holds a child's data: only names of facts, ids, files, keys and codes.
A missing fact is not an error (it is UNKNOWN), and a refusal by policy is not one either (it is a finding).
"""

from datetime import date
from typing import Any

from attrs import frozen

__all__ = [
    "BrokenPolicy",
    "CalendarError",
    "CallError",
    "CmeRulesError",
    "ConditionError",
    "InconsistentCalendar",
    "NotADate",
    "OutsideCoverage",
    "PolicyFault",
    "ProcessError",
    "ReversedRange",
    "UnknownName",
    "UnknownPolicy",
]


class CmeRulesError(Exception):
    """The common base: catch this to catch whatever the library raises on purpose."""


class CallError(CmeRulesError, ValueError):
    """A call was made with something it cannot take: an unknown fact, a wrong type, a moment instead of a day."""


class UnknownName(CallError, KeyError):
    """A finding, action, process or role was asked for by a name the policy does not have."""

    def __str__(self) -> str:
        """The message as given: KeyError's own form would quote it."""
        return str(self.args[0])


class CalendarError(CmeRulesError, ValueError):
    """A calendar was asked for something it cannot answer, or was put together wrongly."""


class OutsideCoverage(CalendarError):
    """A day lies outside the days a calendar speaks for, so there is no answer to give."""

    def __init__(self, *, calendar: str, first: date, last: date, needed_year: str, file: str = "") -> None:
        """Keep the calendar's name and bounds, and the school year whose dates would be needed."""
        super().__init__(calendar, first, last, needed_year, file)
        self.calendar = calendar
        self.first = first
        self.last = last
        self.needed_year = needed_year
        self.file = file

    def __reduce__(self) -> tuple[Any, ...]:
        """As a worker process sends it home: exceptions are made anew from their arguments in order."""
        return _outside, self.args

    def __str__(self) -> str:
        """Say which days are covered and which file to extend."""
        where = self.file or "its file"
        return (
            f"calendar {self.calendar!r} covers {self.first} to {self.last}; "
            f"add the school year {self.needed_year} to {where}"
        )


def _outside(calendar: str, first: date, last: date, *more: str) -> OutsideCoverage:
    needed_year, file = more
    return OutsideCoverage(calendar=calendar, first=first, last=last, needed_year=needed_year, file=file)


class ReversedRange(CalendarError):
    """The first day of a range comes after its last day."""


class NotADate(CalendarError):
    """A day was expected; a moment (datetime) or something else was given."""


class InconsistentCalendar(CalendarError):
    """A calendar's data contradict themselves; every contradiction found is kept in `faults`."""

    def __init__(self, calendar: str, faults: tuple[str, ...]) -> None:
        """Keep the calendar's name and all that is wrong with it."""
        super().__init__(calendar, faults)
        self.calendar = calendar
        self.faults = faults

    def __str__(self) -> str:
        """One line a fault."""
        return "\n".join(f"calendar {self.calendar!r}: {fault}" for fault in self.faults)


class ConditionError(CmeRulesError, ValueError):
    """A condition does not parse, names something undeclared, or mixes types."""

    def __init__(self, text: str, column: int, problem: str) -> None:
        """Keep the condition's text, the place of the fault (0 is the first character) and what is wrong there."""
        super().__init__(text, column, problem)
        self.text = text
        self.column = column
        self.problem = problem

    def __str__(self) -> str:
        """The problem, the text on one line, and a caret under the place."""
        return f"{self.problem}\n    {self.text}\n    {' ' * self.column}^"


@frozen(kw_only=True)
class PolicyFault:
    """One thing wrong in a policy folder: where it stands, what was expected and what was found.

    `line` counts from 1; 0 means the fault belongs to the file as a whole.
    """

    file: str
    key: str
    problem: str
    line: int = 0
    remedy: str = ""

    def __str__(self) -> str:
        """`file:line: key: problem`, and the remedy on a line of its own."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        named = f"{self.key}: " if self.key else ""
        advice = f"\n    {self.remedy}" if self.remedy else ""
        return f"{place}: {named}{self.problem}{advice}"


class BrokenPolicy(CmeRulesError):
    """A policy folder cannot be used; `faults` holds everything found wrong with it, not just the first."""

    def __init__(self, policy: str, faults: tuple[PolicyFault, ...]) -> None:
        """Keep the policy's name and all its faults."""
        super().__init__(policy, faults)
        self.policy = policy
        self.faults = faults

    def __str__(self) -> str:
        """A count, then one fault after another."""
        count = len(self.faults)
        head = f"policy {self.policy!r} has {count} fault{'' if count == 1 else 's'}:"
        return "\n".join([head, *(str(fault) for fault in self.faults)])


class UnknownPolicy(CmeRulesError, LookupError):
    """No policy folder has this name."""

    def __str__(self) -> str:
        """The message as given: LookupError's own form would quote it."""
        return str(self.args[0])


class ProcessError(CmeRulesError, ValueError):
    """A process or a case cannot be read: an undeclared state, event or attribute."""
