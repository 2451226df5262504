"""The bench on which mutants are tried: a policy, its cases and how each is judged, worked out once for all of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import evolve, field, frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.engine.facts import check_facts
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.case import Case
from cme_rules.verify.mutants.touch import behind, cases_by_name, reach, users
from cme_rules.verify.standing import standing_moments

__all__ = ["Bench", "Laws"]

Day = tuple[date, tuple[str, ...]]
"""A day and the previews asked for."""


@frozen(eq=False)
class Laws:
    """The law of a policy on each day it was asked for, put into the moments of the bench."""

    policy: Policy
    bench: "Bench"
    _kept: dict[Day, Law] = field(factory=dict, init=False, repr=False)
    _rules: dict[Day, dict[str, Rule]] = field(factory=dict, init=False, repr=False)

    def rules(self, scope: Scope) -> Mapping[str, Rule]:
        """The rules of a scope's day, by the name of what they give."""
        law = scope.moment.law
        key = (law.on, law.preview)
        if key not in self._rules:
            self._rules[key] = {rule.name: rule for rule in law.rules}
        return self._rules[key]

    def rule(self, name: str, scope: Scope) -> Rule | None:
        """The rule of a scope's day that gives a finding or sets an action; None where the law has none."""
        return self.rules(scope).get(name)

    def scope(
        self, facts: Mapping[str, Any], on: date, preview: tuple[str, ...], calendar: SchoolCalendar | None = None
    ) -> Scope:
        """A child as this policy sees it on a day, in the calendars of the policy the bench was made for.

        `calendar` stands in for that of the child's school: a case may bring its own.
        """
        moment = self.bench.moment(on, preview, facts.get("school", ""))
        moment = moment if calendar is None else evolve(moment, school=calendar)
        law = self._kept.get((on, preview))
        if law is None:
            law = self._kept[on, preview] = self.policy.as_of(on, preview=preview)
        return Scope(moment=evolve(moment, law=law), facts=facts)


@frozen(eq=False)
class Bench:
    """A policy and its cases, made ready."""

    policy: Policy
    cases: tuple[Case, ...]
    by_name: Mapping[str, tuple[Case, ...]] = field(init=False, repr=False)
    used_by: Mapping[str, frozenset[str]] = field(init=False, repr=False)
    _facts: dict[str, dict[str, Any]] = field(factory=dict, init=False, repr=False)
    _moments: dict[tuple[Any, ...], Moment] = field(factory=dict, init=False, repr=False)
    _behind: dict[str, frozenset[str]] = field(factory=dict, init=False, repr=False)
    _standing: dict[tuple[str, ...], tuple[Moment, ...]] = field(factory=dict, init=False, repr=False)

    @by_name.default
    def _by_name(self) -> Mapping[str, tuple[Case, ...]]:
        return cases_by_name(self.cases)

    @used_by.default
    def _used_by(self) -> Mapping[str, frozenset[str]]:
        return users(self.policy)

    def facts(self, case: Case) -> Mapping[str, Any]:
        """What a case gives, as the engine takes it."""
        if case.name not in self._facts:
            self._facts[case.name] = check_facts(case.given, self.policy)
        return self._facts[case.name]

    def moment(self, on: date, preview: tuple[str, ...], school: str) -> Moment:
        """A day by the policy's own law, in the calendars of a school."""
        key = (on, preview, school)
        if key not in self._moments:
            calendars, named = self.policy.calendars, self.policy.calendar
            own = calendars.authority(named) if named else None
            self._moments[key] = Moment(
                law=self.policy.as_of(on, preview=preview),
                school=calendars.by_school.get(school) if school else own,
                working=calendars.working,
            )
        return self._moments[key]

    def standing(self, rules: tuple[Rule, ...]) -> tuple[Moment, ...]:
        """One moment for each stretch of days on which the policy's own rules of these ids stand unchanged."""
        key = tuple(rule.id for rule in rules)
        if key not in self._standing:
            own = tuple(rule for rule in self.policy.rules if rule.id in key)
            self._standing[key] = tuple(standing_moments(own, self.policy))
        return self._standing[key]

    def behind(self, rule: Rule) -> frozenset[str]:
        """Every name one of the policy's own rules rests on, through definitions."""
        if rule.id not in self._behind:
            self._behind[rule.id] = behind(rule, self.policy)
        return self._behind[rule.id]

    def reached(self, names: Iterable[str]) -> tuple[str, ...]:
        """What rests on some names, nearest first."""
        return reach(names, self.used_by)

    def cases_of(self, names: Iterable[str]) -> tuple[Case, ...]:
        """The cases that expect something of any of the names, each once, in the names' order."""
        return tuple({case.name: case for name in names for case in self.by_name.get(name, ())}.values())
