"""The shape of a policy's TOML files, a class a table: what may stand in it, and of what type.

These classes are only the door, read once and put aside, so they need neither equality nor a repr.
Everything behind it is the frozen model in `cme_rules.policy.model`.
"""

from datetime import date
from typing import Any

from attrs import field, frozen

__all__ = [
    "AgeEntry",
    "CodeEntry",
    "CodeSetEntry",
    "CoverEntry",
    "DefinitionEntry",
    "FactEntry",
    "LimitEntry",
    "NotBeforeEntry",
    "ParagraphEntry",
    "ParameterEntry",
    "PolicyEntry",
    "PreviewEntry",
    "ReadingEntry",
    "RoleEntry",
    "RuleEntry",
    "SourceEntry",
    "TermEntry",
    "ValueEntry",
]


@frozen(kw_only=True, eq=False, repr=False)
class SourceEntry:
    """`[[sources]]` in policy.toml."""

    id: str
    title: str
    rank: str
    cited: str = ""
    since: date | None = None
    until: date | None = None
    replaced_by: str = ""
    url: str = ""
    read: date | None = None


@frozen(kw_only=True, eq=False, repr=False)
class PreviewEntry:
    """`[[previews]]` in policy.toml."""

    id: str
    title: str
    enacted: date
    paragraph: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class PolicyEntry:
    """policy.toml as a whole."""

    schema: int
    id: str
    title: str
    since: date
    source: str
    scope: str = ""
    extends: str = ""
    calendar: str = ""
    sources: tuple[SourceEntry, ...] = ()
    previews: tuple[PreviewEntry, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class ParagraphEntry:
    """A paragraph in source.toml."""

    gist: str
    kind: str
    status: str
    why: str = ""
    source: str = ""
    cites: tuple[str, ...] = ()
    printed_as: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class FactEntry:
    """A fact in facts.toml."""

    type: str
    ask: str
    knows: tuple[str, ...]
    words: str
    not_words: str = ""
    topic: str = ""
    unit: str = ""
    one_of: tuple[str, ...] = ()
    minimum: int | None = None
    changeable: bool = True
    can_be_never: bool = True


@frozen(kw_only=True, eq=False, repr=False)
class ValueEntry:
    """A dated value of a parameter."""

    since: date
    value: int
    until: date | None = None


@frozen(kw_only=True, eq=False, repr=False)
class ParameterEntry:
    """A number in parameters.toml."""

    title: str
    unit: str
    paragraph: str
    values: tuple[ValueEntry, ...]
    counted: str = ""
    reading: str = ""
    unverified: bool = False


@frozen(kw_only=True, eq=False, repr=False)
class DefinitionEntry:
    """A definition in definitions/*.toml."""

    means: str
    words: str
    paragraph: str
    not_words: str = ""
    reading: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class LimitEntry:
    """`due = { within = …, of = … }`."""

    within: str
    of: str


@frozen(kw_only=True, eq=False, repr=False)
class NotBeforeEntry:
    """`not_before = { after = …, of = … }`."""

    after: str
    of: str


@frozen(kw_only=True, eq=False, repr=False)
class CoverEntry:
    """`covers = { among = […], of = "…" }`."""

    among: tuple[str, ...]
    of: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class RuleEntry:
    """A rule in rules/*.toml: a finding, an action or a schedule."""

    title: str
    when: str = ""
    finding: str = ""
    action: str = ""
    schedule: str = ""
    words: str = ""
    not_words: str = ""
    force: str = ""
    role: str = ""
    due: LimitEntry | None = None
    not_before: NotBeforeEntry | None = None
    discharged: str = ""
    if_not: str = ""
    contents: tuple[str, ...] = ()
    reading: str | tuple[str, ...] = ()
    judgement: str = ""
    weigh: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    conflicts_with: str = ""
    conflict: str = ""
    covers: CoverEntry | None = None
    at_least: str = ""
    since: date | None = None
    until: date | None = None
    not_commenced: str = ""
    unverified: bool = False
    group: str = ""
    every: str = ""
    times_a_term: str = ""
    attends: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class ReadingEntry:
    """Another reading in readings.toml; `changes` holds, by name, the keys of tables that are then otherwise."""

    title: str
    paragraph: str
    changes: Any = field(factory=dict)


@frozen(kw_only=True, eq=False, repr=False)
class RoleEntry:
    """A role in roles.toml."""

    title: str
    organisation: str = ""
    paragraph: str = ""
    acts: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class TermEntry:
    """A term in terms.toml."""

    meaning: str
    paragraph: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class AgeEntry:
    """`[[school_age]]` in school_age.toml; days of the year are written MM-DD."""

    since: date
    start_age: int
    prescribed_days: tuple[str, ...]
    end_age: int
    leaving_weekday: str
    leaving_month: int
    school_year_starts: str
    paragraph: str
    until: date | None = None
    reading: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class CodeEntry:
    """One attendance code."""

    means: str
    unverified: bool = False


@frozen(kw_only=True, eq=False, repr=False)
class CodeSetEntry:
    """`[[set]]` in attendance_codes.toml."""

    since: date
    paragraph: str
