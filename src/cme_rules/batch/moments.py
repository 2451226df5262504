"""The calendars a register needs: a number for each, given to its rows by the school they name."""

from collections.abc import Iterable
from threading import Lock

from attrs import evolve, field, frozen

from cme_rules.engine.assess import assessor
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.policy import Law

__all__ = ["Moments"]

_OWN = 0


@frozen(eq=False)
class Moments:
    """The day as seen through each calendar met so far: number 0 is the authority's, for a child without a school.

    A school the policy has no calendar for leaves school days uncounted: all such share one number.
    """

    law: Law
    seen: list[Moment] = field(init=False)
    _numbering: Lock = field(factory=Lock, init=False, repr=False)
    _by_school: dict[str, int] = field(factory=dict, init=False, repr=False)
    _by_calendar: dict[object, int] = field(factory=dict, init=False, repr=False)

    @seen.default
    def _first(self) -> list[Moment]:
        return [assessor(self.law.policy, on=self.law.on, preview=self.law.preview).moment]

    @property
    def own(self) -> Moment:
        """The day through the authority's calendar."""
        return self.seen[_OWN]

    def numbers(self, schools: Iterable[str | None]) -> list[int]:
        """The number of each school's calendar."""
        with self._numbering:
            return [_OWN if school is None else self._number(school) for school in schools]

    def _number(self, school: str) -> int:
        if school not in self._by_school:
            calendar = self.law.policy.calendars.by_school.get(school)
            known = calendar and (calendar.name, calendar.first, calendar.last, calendar.am, calendar.pm)
            if known not in self._by_calendar:
                self._by_calendar[known] = len(self.seen)
                self.seen.append(evolve(self.own, school=calendar) if calendar else self._without(school))
            self._by_school[school] = self._by_calendar[known]
        return self._by_school[school]

    def _without(self, school: str) -> Moment:
        return assessor(self.law.policy, on=self.law.on, preview=self.law.preview, school=school).moment
