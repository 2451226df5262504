"""The shape of calendar files, a class a table: what may stand in them, and of what type.

Lists of tables (`year`, `term`, `closed`, `opened`, `closure`) are read one by one, so they are not named here.
"""

from datetime import date

from attrs import frozen

__all__ = [
    "AuthorityEntry",
    "BankHolidaysEntry",
    "BankYearEntry",
    "ChangeEntry",
    "ClosureEntry",
    "SchoolEntry",
    "TermDatesEntry",
    "YearEntry",
]


@frozen(kw_only=True, eq=False, repr=False)
class BankHolidaysEntry:
    """calendars/bank_holidays.toml, outermost. `rule` is what the `holidays` package calls the country and its part."""

    schema: int
    id: str
    title: str = ""
    source: str
    read: date
    published_through: date
    rule: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class BankYearEntry:
    """`[[year]]` in bank_holidays.toml: a whole calendar year; `count` proves the days."""

    year: int
    count: int
    days: tuple[date, ...]
    substitute: tuple[date, ...] = ()
    one_off: tuple[date, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class AuthorityEntry:
    """An authority's file, calendars/<id>.toml, outermost."""

    schema: int
    id: str
    title: str = ""
    weekdays: str = "mon-fri"
    bank_holidays: str = ""
    actual_to: date | None = None
    expect_inset: int | None = None
    expect_term_days: tuple[int, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class SchoolEntry:
    """A school's file, calendars/schools/<URN or id>.toml, outermost."""

    schema: int
    id: str
    title: str = ""
    urn: str = ""
    kind: str = ""
    base: str
    follows_base: bool = False
    actual_to: date | None = None


@frozen(kw_only=True, eq=False, repr=False)
class YearEntry:
    """`[[year]]`: the days it speaks for, the totals that prove it, and where it was found."""

    label: str
    coverage: tuple[date, ...] = ()
    status: str
    source: str
    read: date
    note: str = ""
    open_days: int
    pupil_days: int | None = None
    inset: tuple[date, ...] = ()
    inset_known: bool = True
    inset_left_to_schools: int = 0


@frozen(kw_only=True, eq=False, repr=False)
class TermDatesEntry:
    """`[[year.term]]`; `days` and `weekdays` are the publisher's, kept as proofs of the dates."""

    name: str
    half_term_of: str = ""
    first: date
    last: date
    days: int | None = None
    weekdays: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class ChangeEntry:
    """One of a year's `closed` or `opened`: how a school's plan differs from its authority's; `last` may be left out.

    `kind` is for `closed` only.
    """

    first: date
    last: date | None = None
    reason: str = ""
    kind: str = "break"


@frozen(kw_only=True, eq=False, repr=False)
class ClosureEntry:
    """`[[closure]]`: sessions that were not held although they were planned; `last` may be left out."""

    first: date
    last: date | None = None
    sessions: tuple[str, ...] = ("AM", "PM")
    emergency: bool = False
    some_pupils: bool = False
    reason: str
    recorded: date | None = None
