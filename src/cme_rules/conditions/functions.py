"""The closed list of functions a condition may use: what each takes, gives and counts.

The list holds signatures and meanings only. What a count *is* on a given day needs a calendar, so the engine
supplies the answers (`cme_rules.engine.moment`).
"""

from types import MappingProxyType

from attrs import frozen

from cme_rules.conditions.kinds import BOOL, DATE, SPAN, Base, Kind, counted_in

__all__ = ["ANY", "FUNCTIONS", "SIGNATURES", "Signature"]

ANY = Kind(Base.TEXT, unit="any")
"""Stands in a signature for 'a fact of whatever kind'."""


@frozen(kw_only=True)
class Signature:
    """One function: its arguments, its result, how it reads, and which way it moves.

    `direction` says what happens to the result as the last date argument moves later: +1 it never falls, -1 it
    never rises, 0 neither. A comparison of such a function with a constant is then a comparison of that date with
    some other constant, which is what lets the engine specialise a rule to a day.
    `argument_units` lists, for number arguments, that both must share a unit. `orders_only` limits comparisons to
    >= and <. `needs_calendar` names the calendar it counts in: "school", "working" or none.
    """

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    words: str
    meaning: str
    direction: int = 0
    orders_only: bool = False
    needs_calendar: str = ""


_INT = Kind(Base.INT)

SIGNATURES = (
    Signature(
        name="known",
        takes=(ANY,),
        gives=BOOL,
        words="{0} is known",
        meaning="HOLDS when a value was given, otherwise UNKNOWN; never FAILS.",
    ),
    Signature(
        name="happened",
        takes=(DATE,),
        gives=BOOL,
        words="{0} has come",
        meaning="The date is on or before the day assessed. A date said never to have happened, or a later one, FAILS.",
        direction=-1,
    ),
    Signature(
        name="passed",
        takes=(DATE,),
        gives=BOOL,
        words="{0} has passed",
        meaning="The day assessed is after the date.",
        direction=-1,
    ),
    Signature(
        name="days_since",
        takes=(DATE,),
        gives=counted_in("calendar_day", "after"),
        words="the days since {0}",
        meaning="Calendar days from the date to the day assessed; the date itself is not counted.",
        direction=-1,
    ),
    Signature(
        name="days_between",
        takes=(DATE, DATE),
        gives=counted_in("calendar_day", "after"),
        words="the days from {0} to {1}",
        meaning="Calendar days from the first date to the second; the first is not counted.",
    ),
    Signature(
        name="school_days_from",
        takes=(DATE,),
        gives=counted_in("school_day", "beginning_with"),
        words="the school days beginning with {0}",
        meaning="School days from the date to the day assessed, both counted when they are school days.",
        direction=-1,
        needs_calendar="school",
    ),
    Signature(
        name="school_days_since",
        takes=(DATE,),
        gives=counted_in("school_day", "after"),
        words="the school days after {0}",
        meaning="School days after the date, up to and including the day assessed.",
        direction=-1,
        needs_calendar="school",
    ),
    Signature(
        name="working_days_since",
        takes=(DATE,),
        gives=counted_in("working_day", "after"),
        words="the working days after {0}",
        meaning="Working days after the date, up to and including the day assessed.",
        direction=-1,
        needs_calendar="working",
    ),
    Signature(
        name="last_day",
        takes=(SPAN, DATE),
        gives=DATE,
        words="the last day of {0} from {1}",
        meaning="The last day of the span that the date sets running, counted as the span says.",
        direction=1,
    ),
    Signature(
        name="first_day_after",
        takes=(SPAN, DATE),
        gives=DATE,
        words="the first day after {0} from {1}",
        meaning="The first day after that span: from here on the next step is lawful.",
        direction=1,
    ),
    Signature(
        name="rate",
        takes=(_INT, _INT),
        gives=counted_in("percent"),
        words="{0} as a share of {1}",
        meaning="A whole percent, rounded down, so it compares only with >= and <. A whole of none gives UNKNOWN.",
        orders_only=True,
    ),
    Signature(
        name="school_age_begins",
        takes=(DATE,),
        gives=DATE,
        words="the first day of compulsory school age",
        meaning="The day a child born on the date reaches compulsory school age.",
        direction=1,
    ),
    Signature(
        name="school_age_ends",
        takes=(DATE,),
        gives=DATE,
        words="the last day of compulsory school age",
        meaning="The last day on which a child born on the date is of compulsory school age.",
        direction=1,
    ),
    Signature(
        name="year_group",
        takes=(DATE,),
        gives=counted_in("year"),
        words="the year group",
        meaning="The national-curriculum year, on the day assessed, of a child born on the date; Reception is 0.",
        direction=-1,
    ),
    Signature(
        name="age",
        takes=(DATE,),
        gives=counted_in("year"),
        words="the age",
        meaning="Whole years of age on the day assessed of a child born on the date.",
        direction=-1,
    ),
)

FUNCTIONS = MappingProxyType({signature.name: signature for signature in SIGNATURES})
