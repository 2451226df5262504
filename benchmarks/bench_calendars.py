"""School-day questions against numpy's busday functions, side by side in one process.

Both get the same calendar, and must give the same answers before anything is timed. Every round uses fresh date
objects, and the two take turns, so that neither profits from the other's warmth.
"""

import gc
import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter_ns

import numpy as np

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.policy.loading.calendars import load_calendars

POLICIES = Path(__file__).parents[1] / "policies"
ROUNDS = 41
QUESTIONS = 500
ROWS = 300_000
N = 20

Days = list[tuple[date, date]]


def busday_calendar(cal: SchoolCalendar) -> np.busdaycalendar:
    """The same school days as numpy keeps them: weekdays less a list of holidays."""
    days = (cal.first + timedelta(days=place) for place in range((cal.last - cal.first).days + 1))
    return np.busdaycalendar(holidays=[day for day in days if day.weekday() < 5 and not cal.is_school_day(day)])


def fresh(day: date) -> date:
    """An equal date that nothing has been computed for yet."""
    return date(day.year, day.month, day.day)


def questions(cal: SchoolCalendar, count: int, chance: random.Random) -> Days:
    """Pairs of days up to a year apart, early enough in the calendar to have a twentieth school day."""
    last = (cal.last - cal.first).days - 400
    starts = (cal.first + timedelta(days=chance.randrange(last)) for _ in range(count))
    return [(start, start + timedelta(days=chance.randrange(365))) for start in starts]


def timed(run: Callable[[Days], object], rows: Days) -> float:
    """Nanoseconds a row."""
    begun = perf_counter_ns()
    run(rows)
    return (perf_counter_ns() - begun) / len(rows)


def one_by_one(
    cal: SchoolCalendar, busdays: np.busdaycalendar
) -> dict[str, tuple[Callable[[Days], list[object]], ...]]:
    """Each question, asked of ours and of numpy, one date at a time."""
    is_ours, count_ours, nth_ours = cal.is_school_day, cal.school_days_between, cal.nth_school_day
    a_day = timedelta(days=1)
    return {
        "is it a school day": (
            lambda rows: [is_ours(a) for a, _ in rows],
            lambda rows: [np.is_busday(a, busdaycal=busdays) for a, _ in rows],
        ),
        "how many between": (
            lambda rows: [count_ours(a, b) for a, b in rows],
            lambda rows: [np.busday_count(a, b + a_day, busdaycal=busdays) for a, b in rows],
        ),
        f"the {N}th from here": (
            lambda rows: [nth_ours(a, N) for a, _ in rows],
            lambda rows: [np.busday_offset(a, N - 1, roll="forward", busdaycal=busdays) for a, _ in rows],
        ),
    }


def show(title: str, rows: Iterable[tuple[str, float, float]]) -> None:
    """One table."""
    print(f"\n{title}\n{'':22}{'cme_rules':>12}{'numpy':>12}{'ratio':>9}")
    for name, ours, theirs in rows:
        print(f"{name:22}{ours:>9,.0f} ns{theirs:>9,.0f} ns{theirs / ours:>8.1f}x")


def scalar(cal: SchoolCalendar, busdays: np.busdaycalendar, chance: random.Random) -> None:
    """One date at a time."""
    results = []
    for name, (ours, theirs) in one_by_one(cal, busdays).items():
        rows = questions(cal, QUESTIONS, chance)
        assert [np.datetime64(x) if isinstance(x, date) else x for x in ours(rows)] == theirs(rows), name  # noqa: S101
        times: tuple[list[float], list[float]] = [], []
        for _ in range(ROUNDS):
            for run, kept in zip((ours, theirs), times, strict=True):
                kept.append(timed(run, [(fresh(a), fresh(b)) for a, b in rows]))
        results.append((name, median(times[0]), median(times[1])))
    show(f"One question at a time (median of {ROUNDS} rounds in turns, {QUESTIONS} questions each)", results)


def bulk(cal: SchoolCalendar, busdays: np.busdaycalendar, chance: random.Random) -> None:
    """A whole column at a time, given as arrays of days."""
    rows = questions(cal, ROWS, chance)
    starts, ends = (np.array(column, dtype="datetime64[D]") for column in zip(*rows, strict=True))
    assert (cal.school_days_between_many(starts, ends) == np.busday_count(starts, ends + 1, busdaycal=busdays)).all()  # type: ignore[attr-defined]  # noqa: S101
    times: tuple[list[float], list[float]] = [], []
    for _ in range(7):
        begun = perf_counter_ns()
        cal.school_days_between_many(starts, ends)
        between = perf_counter_ns()
        np.busday_count(starts, ends + 1, busdaycal=busdays)
        times[0].append((between - begun) / ROWS)
        times[1].append((perf_counter_ns() - between) / ROWS)
    show(f"{ROWS:,} rows as arrays (median of 7)", [("how many between", median(times[0]), median(times[1]))])


def main() -> None:
    """Print both tables."""
    calendars, _ = load_calendars([POLICIES / "england", POLICIES / "east_sussex"])
    cal = calendars.authority("east_sussex")
    busdays = busday_calendar(cal)
    chance = random.Random(1996)  # noqa: S311 — questions, not secrets
    gc.disable()
    scalar(cal, busdays, chance)
    bulk(cal, busdays, chance)


if __name__ == "__main__":
    main()
