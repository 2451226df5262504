"""What cannot be true of a set of school years: every contradiction, not just the first."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from attrs import frozen

from cme_rules.calendars.days import SchoolYear, Term

__all__ = ["LONGEST", "Contradiction", "between", "contradictions", "inside"]

LONGEST = 65_535
"""The most days a calendar can cover: its index counts in 16 bits."""


@frozen(kw_only=True)
class Contradiction:
    """One thing that cannot be true: in which year (and term), at which key of it, and what is wrong."""

    year: str
    key: str
    problem: str
    term: str = ""


def contradictions(years: Iterable[SchoolYear]) -> tuple[Contradiction, ...]:
    """Everything wrong with the order, the bounds and the terms of these years."""
    listed = tuple(years)
    within = (wrong for year in listed for wrong in inside(year))
    return (*within, *between(listed))


def inside(year: SchoolYear) -> tuple[Contradiction, ...]:
    """Everything wrong with one year, taken by itself."""
    return tuple(_inside(year))


def between(years: tuple[SchoolYear, ...]) -> tuple[Contradiction, ...]:
    """Everything wrong with how these years follow each other."""
    return tuple(_between(years))


def _between(years: tuple[SchoolYear, ...]) -> Iterator[Contradiction]:
    if not years:
        yield Contradiction(year="", key="year", problem="there is no school year in it")
        return
    for earlier, later in pairwise(years):
        if (later.first - earlier.last).days != 1:
            told = f"it covers days from {later.first}, but {earlier.label} before it ends on {earlier.last}"
            yield Contradiction(year=later.label, key="coverage", problem=f"{told}: no gap and no overlap is allowed")
    if (years[-1].last - years[0].first).days >= LONGEST:
        yield Contradiction(year=years[-1].label, key="coverage", problem=f"over {LONGEST} days are covered in all")


def _inside(year: SchoolYear) -> Iterator[Contradiction]:
    def wrong(key: str, problem: str, term: str = "") -> Contradiction:
        return Contradiction(year=year.label, key=key, problem=problem, term=term)

    if year.first > year.last:
        yield wrong("coverage", f"the coverage ends on {year.last}, before it begins on {year.first}")
    if not year.terms:
        yield wrong("term", "the year has no term")
    for term in year.terms:
        if term.first > term.last:
            yield wrong("last", f"{term.name} ends on {term.last}, before it begins on {term.first}", term.name)
        for key, day in (("first", term.first), ("last", term.last)):
            if not year.first <= day <= year.last:
                told = f"{term.name} has a day, {day}, outside the coverage {year.first} to {year.last}"
                yield wrong(key, told, term.name)
    for earlier, later in pairwise(year.terms):
        if later.first <= earlier.last:
            yield wrong("first", _overlap(earlier, later), later.name)


def _overlap(earlier: Term, later: Term) -> str:
    return f"{later.name} begins on {later.first}, but {earlier.name} before it runs to {earlier.last}"
