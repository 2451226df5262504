"""Hypothesis strategies made from a policy: facts, children, calendars and case stories, near where answers turn.

They are for whoever tests a system of their own against the library, or a policy of their own. Needs the extra
`cme-rules[testing]`. Everything made up is unlike any real child: references and schools are numbers out of use.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from cme_rules.calendars.days import SchoolYear, Term
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import Name
from cme_rules.engine.assess import assessor
from cme_rules.errors import UnknownName
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.testing.children import children
from cme_rules.testing.edges import edges
from cme_rules.testing.stories import stories
from cme_rules.verify.behind import facts_behind, rule_of

__all__ = [
    "NEAR",
    "calendars",
    "children",
    "days_near",
    "edges",
    "facts_behind_name",
    "facts_for",
    "stories",
    "value_of",
]

NEAR = (0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 13, 14, 15, 16, 19, 20, 21, 27, 28, 29, 30, 40, 60, 365, 2000, 4000)
"""Days from the day assessed that rules are apt to count, and those beside them."""

_A_DAY = timedelta(days=1)
_FREE_TEXT = "000000"
_MOST = 400


def days_near(on: date) -> st.SearchStrategy[date]:
    """Days before and after a day, at the distances in `NEAR`."""
    return st.sampled_from(NEAR + tuple(-distance for distance in NEAR)).map(lambda distance: on - distance * _A_DAY)


def value_of(spec: FactSpec, *, on: date, near: Iterable[Any] = ()) -> st.SearchStrategy[Any]:
    """A value that fits a fact: most often one of `near`, sometimes another; `False` for a date that never was."""
    known = tuple(near)
    biased = [st.sampled_from(known)] * 2 if known else []
    match spec.kind.base:
        case Base.BOOL:
            return st.booleans()
        case Base.INT:
            least = spec.minimum or 0
            fitting = [st.sampled_from([value for value in known if value >= least] or [least])] * 2 if known else []
            return st.one_of(*fitting, st.integers(least, least + _MOST))
        case Base.DATE:
            never = [st.just(value=False)] if spec.can_be_never else []
            return st.one_of(*biased, days_near(on), *never)
        case _:
            return st.sampled_from(spec.kind.words) if spec.kind.words else st.just(_FREE_TEXT)


def facts_for(
    policy: Policy,
    *,
    on: date,
    about: str | Collection[str] = (),
    given: Mapping[str, Any] | None = None,
    leave_out: Collection[str] = ("school",),
    all_known: bool = False,
    preview: tuple[str, ...] = (),
) -> st.SearchStrategy[dict[str, Any]]:
    """A child's flat facts for a policy, as `assess` takes them: any number of them missing, unless `all_known`.

    Dates and numbers lie near where some rule of the day turns. `about` names findings or actions and keeps to the
    facts behind them; `given` is so of every child; `leave_out` names facts never given.

    Raises UnknownName for a name in `about` that the law of the day does not give.
    """
    fixed = dict(given or {})
    wanted = facts_behind_name(policy, about, on=on, preview=preview) if about else tuple(policy.facts)
    names = [name for name in wanted if name not in leave_out and name not in fixed]
    turning = edges(policy, on=on, preview=preview)
    made = {name: value_of(policy.facts[name], on=on, near=turning.get(name, ())) for name in names}
    always = {name: st.just(value) for name, value in fixed.items()}
    if all_known:
        return st.fixed_dictionaries({**always, **made})
    return st.fixed_dictionaries(always, optional=made)


def facts_behind_name(
    policy: Policy, about: str | Collection[str], *, on: date, preview: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Every fact that some findings or actions turn on, each once.

    Raises UnknownName for a name the law of the day does not give.
    """
    law = assessor(policy, on=on, preview=preview).law
    found: dict[str, None] = {}
    for name in (about,) if isinstance(about, str) else about:
        rule = rule_of(law, name)
        if rule is None:
            msg = f"the law of {on} in policy {policy.id!r} has no finding or action {name!r}"
            raise UnknownName(msg)
        done = rule.duty.discharged if rule.duty else None
        limits = [limit.of for limit in (rule.duty.due, rule.duty.not_before) if limit] if rule.duty else []
        trees = [rule.when, *([done] if done is not None else []), *map(Name, limits)]
        found |= dict.fromkeys(fact for tree in trees for fact in facts_behind(tree, law))
    return tuple(found)


@st.composite
def calendars(draw: st.DrawFn, *, first: date = date(2025, 9, 1), length: int = 365) -> SchoolCalendar:
    """A school's year from `first`, `length` days of it: one to six terms, with bank holidays and closures."""
    places = st.lists(st.integers(0, length - 1), min_size=2, max_size=12, unique=True).map(sorted)
    starts = draw(places)
    terms = tuple(
        Term(name=f"Term {number}", first=first + begins * _A_DAY, last=first + ends * _A_DAY)
        for number, (begins, ends) in enumerate(zip(starts[::2], starts[1::2], strict=False), 1)
    )
    year = SchoolYear(label=f"{first.year}", first=first, last=first + (length - 1) * _A_DAY, terms=terms)
    holidays = st.lists(st.integers(0, length - 1).map(lambda place: first + place * _A_DAY), max_size=8, unique=True)
    made = SchoolCalendar.from_terms("made up", [year], bank_holidays=draw(holidays))
    for day in draw(holidays):
        made = made.closed(day, day) if made.is_school_day(day) else made
    return made
