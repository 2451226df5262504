"""A test of a policy kept as data: an invented child on a day, and what the policy should say of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from cme_rules.calendars.school import SchoolCalendar

__all__ = ["ABSENT", "CALENDAR", "NOT_IN_FORCE", "POSSIBLE", "UNDATED", "UNKNOWN", "Case"]

UNKNOWN = "unknown"
"""Given for a fact: it is not known. Expected of a finding: its verdict."""

NOT_IN_FORCE = "not_in_force"
"""Expected of a finding or action: the law of the day has no rule for it."""

ABSENT = "absent"
"""Expected as an action's status: it has not arisen, and it is known that it has not."""

POSSIBLE = "possible"
"""Expected as an action's status: it may have arisen; some missing fact decides."""

UNDATED = "undated"
"""Expected as an action's day: there is none."""

CALENDAR = "calendar"
"""Expected among the missing: no fact is wanting, but a calendar does not reach."""


@frozen(kw_only=True)
class Case:
    """One case: what is given of a child on a day, and what is expected of the policy.

    `then` expects verdicts by finding or action, `missing` the exact names that would settle an unknown, `due` the
    last day and `not_before` the first lawful day by action (None where there is none), `status` where an action
    stands, `role` who is to act and `force` how strongly. `calendar` holds the term dates invented for it, if any. The
    children are invented, so a case may be printed whole.
    """

    name: str
    paragraph: str
    pack: str
    file: str
    on: date
    line: int = 0
    given: Mapping[str, Any] = field(factory=dict)
    then: Mapping[str, str] = field(factory=dict)
    missing: Mapping[str, frozenset[str]] = field(factory=dict)
    due: Mapping[str, date | None] = field(factory=dict)
    not_before: Mapping[str, date | None] = field(factory=dict)
    status: Mapping[str, str] = field(factory=dict)
    role: Mapping[str, str] = field(factory=dict)
    force: Mapping[str, str] = field(factory=dict)
    preview: tuple[str, ...] = ()
    calendar: SchoolCalendar | None = field(default=None, repr=False)
    source: str = ""

    @property
    def place(self) -> str:
        """Where the case stands: file and line."""
        return f"{self.file}:{self.line}" if self.line else self.file

    @property
    def expected(self) -> tuple[str, ...]:
        """The findings and actions it expects something of, each once."""
        groups = (self.then, self.missing, self.due, self.not_before, self.status, self.role, self.force)
        return tuple(dict.fromkeys(name for group in groups for name in group))
