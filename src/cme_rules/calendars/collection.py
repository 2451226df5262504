"""All the calendars of a policy: its authorities', its schools' and the working days."""

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.calendars.working import WorkingCalendar
from cme_rules.errors import CallError

__all__ = ["Calendars", "School"]


@frozen(kw_only=True)
class School:
    """A school with dates of its own: `id` names its file; `urn` is its reference number, empty if not known."""

    id: str
    calendar: SchoolCalendar
    authority: str
    urn: str = ""
    title: str = ""


@frozen(kw_only=True)
class Calendars:
    """The calendars a policy brings. `working` is None where it has no list of bank holidays."""

    authorities: tuple[SchoolCalendar, ...] = ()
    schools: tuple[School, ...] = ()
    working: WorkingCalendar | None = None

    @cached_property
    def by_authority(self) -> Mapping[str, SchoolCalendar]:
        """Each authority's calendar by the id of its file."""
        return {calendar.name: calendar for calendar in self.authorities}

    @cached_property
    def by_school(self) -> Mapping[str, SchoolCalendar]:
        """Each school's calendar by the id of its file and, where it is known, by the school's URN."""
        ids = {school.id: school.calendar for school in self.schools}
        return ids | {school.urn: school.calendar for school in self.schools if school.urn}

    def authority(self, id: str) -> SchoolCalendar:
        """The calendar of the authority with this id.

        Raises:
            CallError: there is none.
        """
        if id not in self.by_authority:
            msg = f"no authority's calendar is called {id!r}; there is {_listed(self.by_authority)}"
            raise CallError(msg)
        return self.by_authority[id]

    def for_school(self, urn: str, *, assume_authority: bool = False, authority: str = "") -> SchoolCalendar:
        """The calendar of the school with this URN (or id).

        A school without a file of its own may follow its authority or not: only some kinds of school are bound to.
        With `assume_authority` it is taken to, and all its dates are marked `ASSUMED`; `authority` says which, and may
        be left out where there is only one.

        Raises:
            CallError: the school has no calendar here and the authority's was not to be assumed.
        """
        if urn in self.by_school:
            return self.by_school[urn]
        if not assume_authority:
            msg = (
                "this school has no calendar of its own here: add schools/<URN>.toml beside the authority's calendar, "
                "or ask for the authority's dates with assume_authority=True and have them marked as assumed"
            )
            raise CallError(msg)
        if not authority and len(self.authorities) != 1:
            msg = f"say which authority's calendar to assume: {_listed(self.by_authority)}"
            raise CallError(msg)
        return self.authority(authority or self.authorities[0].name).assumed()


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(repr(name) for name in sorted(names)) or "none"
