"""What a school calendar speaks of: sessions, kinds of day, terms, school years, and how sure a date is."""

from datetime import MAXYEAR, MINYEAR, date, datetime
from enum import Enum

from attrs import field, frozen

from cme_rules.errors import NotADate

__all__ = [
    "BOTH",
    "Absence",
    "AcademicYear",
    "Break",
    "Certainty",
    "Day",
    "DayKind",
    "Note",
    "SchoolYear",
    "Session",
    "Term",
    "academic_year",
    "checked",
    "weakest",
]

_SEPTEMBER = 9
_AUGUST = 8


class Session(Enum):
    """Half of a school day."""

    AM = "AM"
    PM = "PM"


BOTH = frozenset(Session)
"""The sessions of a whole school day."""


class DayKind(Enum):
    """What sort of day it is for pupils. Every day a calendar covers is of exactly one kind.

    Pupils attend on a `SCHOOL_DAY` and on a `PARTLY_CLOSED` day (some sessions, or some pupils, only).
    """

    SCHOOL_DAY = "school_day"
    PARTLY_CLOSED = "partly_closed"
    INSET = "inset"
    DISAGGREGATED = "disaggregated"
    OCCASIONAL = "occasional"
    CLOSURE_PLANNED = "closure_planned"
    CLOSURE_EMERGENCY = "closure_emergency"
    BANK_HOLIDAY = "bank_holiday"
    WEEKEND = "weekend"
    BREAK = "break"


class Certainty(Enum):
    """How sure a date is, from the surest to the least sure.

    `ACTUAL` has happened and closures are recorded; `PUBLISHED` was settled by whoever sets the dates; `PROPOSED`
    was only consulted on; `ASSUMED` is somebody else's pattern taken for this school, or INSET days are missing;
    `PROJECTED` stands on bank holidays that nobody has announced yet.
    """

    ACTUAL = "actual"
    PUBLISHED = "published"
    PROPOSED = "proposed"
    ASSUMED = "assumed"
    PROJECTED = "projected"


_SUREST_FIRST = tuple(Certainty)


def weakest(*certainties: Certainty) -> Certainty:
    """The least sure of these; of none, `ACTUAL`.

    >>> weakest(Certainty.PUBLISHED, Certainty.PROPOSED)
    <Certainty.PROPOSED: 'proposed'>
    """
    return max(certainties, key=_SUREST_FIRST.index, default=Certainty.ACTUAL)


@frozen(kw_only=True)
class Term:
    """A stretch of term as published, both ends included; `half_term_of` names the longer term it is half of."""

    name: str
    first: date
    last: date
    half_term_of: str = ""


@frozen(kw_only=True)
class SchoolYear:
    """The terms published together for a year, and the days they speak for (`first` to `last`, both included)."""

    label: str
    first: date
    last: date
    terms: tuple[Term, ...]
    certainty: Certainty = Certainty.PUBLISHED
    source: str = ""
    read: date | None = None
    note: str = ""

    @property
    def begins(self) -> date:
        """The first day of its first term: the day the school year begins, which need not be 1 September."""
        return self.terms[0].first


@frozen(kw_only=True)
class AcademicYear:
    """1 September to 31 August, both included."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """As people write it, e.g. `2025/26`."""
        return f"{self.first.year}/{self.last.year % 100:02d}"


@frozen(kw_only=True)
class Note:
    """Why these days (both ends included) differ from the plain pattern."""

    first: date
    last: date
    text: str


@frozen(kw_only=True)
class Break:
    """Days between two terms, both ends included."""

    first: date
    last: date
    label: str


@frozen(kw_only=True)
class Absence:
    """What a run of days away from school amounts to. `crosses` lists the breaks between terms that it spans."""

    school_days: int
    sessions: int
    first_counted: date | None
    last_counted: date | None
    crosses: tuple[Break, ...]


@frozen(kw_only=True)
class Day:
    """All that a calendar knows about one day. `school_year` is empty where the calendar cannot tell."""

    date: date
    kind: DayKind
    label: str
    sessions: frozenset[Session] = field(repr=lambda held: "+".join(sorted(half.value for half in held)) or "none")
    term: Term | None
    school_year: str
    certainty: Certainty
    source: str


def checked(day: date) -> date:
    """The day itself.

    Raises:
        NotADate: a moment (datetime) or something else was given. A moment is no day until somebody says in which
            time zone, and half past eleven at night in summer is already the next day in London.
    """
    if isinstance(day, datetime):
        msg = "a day (datetime.date) is expected, not a moment (datetime): take its day in the Europe/London zone first"
        raise NotADate(msg)
    if not isinstance(day, date):
        msg = f"a day (datetime.date) is expected, not {type(day).__name__}"
        raise NotADate(msg)
    return day


def academic_year(day: date) -> AcademicYear:
    """The year from 1 September to 31 August that holds the day.

    Not the *school year*, which begins with the first term after July (`SchoolCalendar.school_year`).

    Raises:
        NotADate: a datetime or something else was given.

    >>> academic_year(date(2026, 8, 31)).label, academic_year(date(2026, 9, 1)).label
    ('2025/26', '2026/27')
    """
    starts = checked(day).year - (day.month < _SEPTEMBER)
    first = date(starts, _SEPTEMBER, 1) if starts >= MINYEAR else date.min
    last = date(starts + 1, _AUGUST, 31) if starts < MAXYEAR else date.max
    return AcademicYear(first=first, last=last)
