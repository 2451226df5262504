"""One fact that would have to be otherwise, with every value that would do, in plain words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import frozen

from cme_rules.conditions.kinds import Base
from cme_rules.conditions.words import none_of, verb
from cme_rules.domain.never import NEVER
from cme_rules.engine.cells import LARGEST
from cme_rules.engine.sentences import day, joined, spaced
from cme_rules.policy.model.facts import EARLIEST, LATEST, FactSpec
from cme_rules.policy.model.policy import Policy

__all__ = ["Otherwise", "like", "otherwise"]


@frozen(kw_only=True)
class Otherwise:
    """One fact that would have to be otherwise, or, where it is not known, to turn out so.

    `values` are the answers or words that would do; NEVER stands for a date that has not come about. A day or a
    number has instead the run from `first` to `last`, both included, in which it would do; None is no bound.
    `knows` are the titles of those who know or can act.
    """

    fact: str
    learnt: bool
    words: str
    question: str
    knows: tuple[str, ...]
    values: tuple[Any, ...] = ()
    first: date | int | None = None
    last: date | int | None = None


def otherwise(spec: FactSpec, policy: Policy, *, learnt: bool, would_do: Sequence[Any]) -> Otherwise:
    """The fact with all that would do; of days and numbers `would_do` holds at least the ends of the run."""
    values, first, last = _told(spec, would_do)
    return Otherwise(
        fact=spec.name,
        learnt=learnt,
        words=_words(spec, values, first, last),
        question=spec.ask,
        knows=tuple(policy.roles[role].title for role in spec.knows),
        values=values,
        first=first,
        last=last,
    )


def like(chosen: object, tried: Sequence[tuple[Any, bool]]) -> tuple[Any, ...]:
    """The values that would do as the chosen one does: of days and numbers, those of the run it stands in."""
    if chosen is NEVER or isinstance(chosen, bool | str):
        return tuple(value for value, does in tried if does and (value is NEVER) is (chosen is NEVER))
    ordered = sorted((value, does) for value, does in tried if value is not NEVER)
    low = high = [value for value, _ in ordered].index(chosen)
    while low > 0 and ordered[low - 1][1]:
        low -= 1
    while high < len(ordered) - 1 and ordered[high + 1][1]:
        high += 1
    return tuple(value for value, _ in ordered[low : high + 1])


def _told(spec: FactSpec, would_do: Sequence[Any]) -> tuple[tuple[Any, ...], date | int | None, date | int | None]:
    """The values to list, or the bounds of the run: a bound that no value could lie beyond is none."""
    if NEVER in would_do or spec.kind.base in (Base.BOOL, Base.TEXT):
        return tuple(would_do), None, None
    first, last = min(would_do), max(would_do)
    least = EARLIEST if isinstance(first, date) else spec.minimum or 0
    return (), None if first == least else first, None if last in (LATEST, LARGEST) else last


def _words(spec: FactSpec, values: tuple[Any, ...], first: date | int | None, last: date | int | None) -> str:
    phrase = spec.phrase
    if values == (NEVER,):
        return f"{phrase.words}: this has not happened"
    if spec.kind.base is Base.BOOL:
        return phrase.words if values[0] else phrase.denied
    if values == ("none",):
        return none_of(phrase.words)
    if values:
        return f"{phrase.words} {verb(phrase.words)} {joined(map(spaced, map(str, values)), 'or')}"
    if first is None and last is None:
        return f"{phrase.words} {verb(phrase.words)} known"
    return f"{phrase.words} {verb(phrase.words)} {_run(first, last)}"


def _run(first: date | int | None, last: date | int | None) -> str:
    """The run in words: days are on or after and on or before, numbers at least and at most."""
    from_on, up_to = ("on or after", "on or before") if isinstance(first or last, date) else ("at least", "at most")
    if last is None:
        return f"{from_on} {_said(first)}"
    if first is None:
        return f"{up_to} {_said(last)}"
    return _said(first) if first == last else f"from {_said(first)} to {_said(last)}"


def _said(value: date | int | None) -> str:
    return day(value) if isinstance(value, date) else str(value)
