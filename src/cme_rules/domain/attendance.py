"""Attendance marks, and what they come to: the year's figures, and the present unbroken absence.

Which codes there are and what each counts as is policy data, a `CodeSet` for each stretch of days; a mark is read
under the set of its own day. No calendar is asked: the marks themselves say when the school met.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from itertools import groupby

from attrs import field, frozen

from cme_rules.domain.checks import a_day, a_text, masked, one_of, the_day
from cme_rules.domain.codes import AttendanceCode, CodeClass, CodeSet
from cme_rules.errors import CallError

__all__ = [
    "AbsenceFigures",
    "AttendanceCode",
    "CodeClass",
    "CodeSet",
    "ContinuousAbsence",
    "Mark",
    "Session",
    "absence_figures",
    "continuous_absence",
    "percent_of",
    "reaches",
]

_HUNDRED = 100
_ATTENDANCE = frozenset({CodeClass.PRESENT, CodeClass.ATTENDING})
_ABSENCE = frozenset({CodeClass.AUTHORISED, CodeClass.UNAUTHORISED})
_POSSIBLE = _ATTENDANCE | _ABSENCE


class Session(Enum):
    """Half of a school day, each with its own mark."""

    AM = "AM"
    PM = "PM"


@frozen(repr=False)
class Mark:
    """One mark in the attendance register. The code is as written there, under the code set of the day.

    >>> Mark(date(2024, 9, 2), Session.AM, "/")
    <Mark>
    """

    day: date = field(validator=a_day)
    session: Session = field(validator=one_of(Session))
    code: str = field(validator=a_text)

    __repr__ = masked


@frozen(kw_only=True, repr=False)
class AbsenceFigures:
    """Sessions of one pupil: those that could be attended, and those missed, by kind."""

    possible: int
    authorised: int
    unauthorised: int

    @property
    def absent(self) -> int:
        """Sessions missed, allowed or not."""
        return self.authorised + self.unauthorised

    @property
    def percent(self) -> int | None:
        """Absence as whole percent of the possible sessions, rounded down; None where none was possible."""
        return percent_of(self.absent, self.possible)

    __repr__ = masked


@frozen(kw_only=True, repr=False)
class ContinuousAbsence:
    """The present unbroken absence, in whole school days.

    `began`: its first school day. `all_unexplained`: every session of it bears a code from `CodeSet.unexplained`.
    `authorised_at_any_time`: some session of it is authorised. `unexplained_since`: the first school day from which
    on every session is unexplained; None when the last is not.
    `beginning_seen`: an attended session comes before it; otherwise it may have begun before the first mark.
    """

    began: date
    all_unexplained: bool
    authorised_at_any_time: bool
    unexplained_since: date | None
    beginning_seen: bool

    __repr__ = masked


def percent_of(part: int, whole: int) -> int | None:
    """Whole percent, rounded down; None of nothing. Compare it with `>=` or `<` only.

    >>> percent_of(19, 190), percent_of(18, 190), percent_of(0, 0)
    (10, 9, None)
    """
    return part * _HUNDRED // whole if whole else None


def reaches(percent: int, part: int, whole: int) -> bool:
    """Say whether part is at least so many percent of the whole, exactly. Nothing of nothing reaches nothing.

    >>> reaches(10, 19, 190), reaches(10, 18, 190), reaches(10, 0, 0)
    (True, False, False)
    """
    return bool(whole) and part * _HUNDRED >= percent * whole


def absence_figures(marks: Iterable[Mark], code_sets: Sequence[CodeSet], *, on: date, since: date) -> AbsenceFigures:
    """Count the sessions from a day to another (both included): year to date when `since` starts the school year.

    A mark after `on` is not looked at. A code or a day that no code set knows, or two marks for one session,
    raise `CallError`.
    """
    counts = dict.fromkeys(CodeClass, 0)
    for read in _read(marks, code_sets, on=on, since=since):
        counts[read.counts_as] += 1
    return AbsenceFigures(
        possible=sum(counts[counts_as] for counts_as in _POSSIBLE),
        authorised=counts[CodeClass.AUTHORISED],
        unauthorised=counts[CodeClass.UNAUTHORISED],
    )


def continuous_absence(marks: Iterable[Mark], code_sets: Sequence[CodeSet], *, on: date) -> ContinuousAbsence | None:
    """Find the absence that still goes on at the last mark up to a day (included); None if there is none.

    A school day counts when none of its sessions was attended; being at an approved activity, or late, is attending.
    A session called off or not collected is passed over. Leave, illness and sessions that were not possible keep
    the absence unbroken, and it is then not `all_unexplained`. Errors as in `absence_figures`.
    """
    absent: list[_Read] = []
    unexplained_since = None
    still_unexplained = True
    beginning_seen = False
    for day, sessions in _school_days_backwards(_read(marks, code_sets, on=on)):
        if any(_attended(session) for session in sessions):
            beginning_seen = True
            break
        absent += sessions
        still_unexplained = still_unexplained and all(_unexplained(session) for session in sessions)
        unexplained_since = day if still_unexplained else unexplained_since
    if not absent:
        return None
    return ContinuousAbsence(
        began=absent[-1].mark.day,
        all_unexplained=still_unexplained,
        authorised_at_any_time=any(session.counts_as is CodeClass.AUTHORISED for session in absent),
        unexplained_since=unexplained_since,
        beginning_seen=beginning_seen,
    )


@frozen(repr=False)
class _Read:
    """A mark with the code set of its day and what it counts as there."""

    mark: Mark
    code_set: CodeSet
    counts_as: CodeClass

    __repr__ = masked


def _attended(read: _Read) -> bool:
    return read.counts_as in _ATTENDANCE or read.mark.code in read.code_set.came_late


def _unexplained(read: _Read) -> bool:
    return read.mark.code in read.code_set.unexplained


def _was_held(read: _Read) -> bool:
    return read.counts_as is not CodeClass.NOT_COLLECTED and read.mark.code not in read.code_set.not_held


def _school_days_backwards(read: Sequence[_Read]) -> Iterator[tuple[date, list[_Read]]]:
    """Go back through the days on which some session was held, with the sessions held."""
    return ((day, list(sessions)) for day, sessions in groupby(filter(_was_held, reversed(read)), key=_day))


def _day(read: _Read) -> date:
    return read.mark.day


def _read(marks: Iterable[Mark], code_sets: Sequence[CodeSet], *, on: date, since: date = date.min) -> list[_Read]:
    """Put the marks of the days asked about in order, each with its code set and what it counts as."""
    the_day(on, "on")
    the_day(since, "since")
    chosen = sorted((mark for mark in marks if since <= mark.day <= on), key=_place_in_register)
    if len({_place_in_register(mark) for mark in chosen}) < len(chosen):
        msg = "marks: one mark a session was expected, found two for the same session of the same day"
        raise CallError(msg)
    return [_look_up(mark, number, code_sets) for number, mark in enumerate(chosen, start=1)]


def _place_in_register(mark: Mark) -> tuple[date, str]:
    return mark.day, mark.session.value


def _look_up(mark: Mark, number: int, code_sets: Sequence[CodeSet]) -> _Read:
    """Read one mark. What cannot be read is named by its place in the order of days: its code may be anything."""
    for code_set in code_sets:
        if code_set.covers(mark.day):
            counts_as = code_set.classes.get(mark.code)
            if counts_as is None:
                known = " ".join(sorted(code_set.classes))
                msg = (
                    f"marks: number {number} in order has none of the codes of the set since {code_set.since}: {known}"
                )
                raise CallError(msg)
            return _Read(mark, code_set, counts_as)
    known = ", ".join(f"{code_set.since} to {code_set.until or 'now'}" for code_set in code_sets) or "no days at all"
    msg = f"marks: number {number} in order is of a day without a code set; there are sets for {known}"
    raise CallError(msg)
