"""One ground after another: does it apply, could it, why not, and from which day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import evolve, frozen

from cme_rules.conditions.judge import judge
from cme_rules.conditions.nodes import Node
from cme_rules.conditions.words import say
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.explain import clauses
from cme_rules.engine.leaves import answer_to, decided, leaves_of, written_out
from cme_rules.engine.missing import missing_from
from cme_rules.engine.readings import readings_of
from cme_rules.engine.result import MissingFact
from cme_rules.engine.scope import Scope
from cme_rules.engine.turns import Stretch
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Group, Rule

__all__ = ["Ground", "findings_in", "grounds_in"]

_A_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Ground:
    """A finding that bears on a name's removal, on one day.

    `verdict` says whether the name goes on it; `circumstance` whether what it describes is so, which need not be
    enough, since age or a consent that is wanting can stand against it. `because` gives the clauses that settle it,
    `missing` the facts that would. `holds_from` is the first day on whose close it applies if nothing else happens,
    the day asked about where it applies already; `earliest` the day before which time alone stands against it,
    whatever else people may still change.
    """

    name: str
    title: str
    paragraphs: tuple[str, ...]
    verdict: Verdict
    circumstance: Verdict
    because: tuple[str, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    holds_from: date | None = None
    earliest: date | None = None
    readings: tuple[str, ...] = ()
    judgement: str = ""
    conflicts_with: str = ""
    conflict: str = ""
    unverified: bool = False

    @property
    def first_day(self) -> date | None:
        """The first day on which a name could be taken off for it, if nothing else happens."""
        return self.holds_from and self.holds_from + _A_DAY


def grounds_in(stretch: Stretch) -> tuple[Ground, ...]:
    """Every ground of the law of the stretch's first day, each as if no other applied."""
    return _in(stretch, Group.REMOVAL_GROUND)


def findings_in(stretch: Stretch, group: Group) -> tuple[Ground, ...]:
    """Every finding of another group, in the same form; each stands for itself."""
    return _in(stretch, group)


def _in(stretch: Stretch, group: Group) -> tuple[Ground, ...]:
    names = frozenset(rule.name for rule in stretch.policy.rules if rule.group in (group, Group.DELETION_DUE))
    holds_from = _first_days(stretch, group, names, wanted=(True,))
    left_open = evolve(stretch, facts=_settled_by_time(stretch))
    earliest = _first_days(left_open, group, names, wanted=(True, None))
    scope, today = stretch.scope(stretch.moment.today), stretch.moment.today
    return tuple(
        _ground(rule, tree, scope, holds_from.get(rule.name), _if_later(earliest.get(rule.name), today))
        for rule, tree in _trees(scope.moment.law, group)
    )


def _if_later(day: date | None, today: date) -> date | None:
    return day if day and day > today else None


def _trees(law: Law, group: Group) -> list[tuple[Rule, Node]]:
    """Each finding of a group with the condition on which it counts, written out."""
    rules = [rule for rule in law.rules if rule.group is group and rule.finding]
    if group is not Group.REMOVAL_GROUND:
        return [(rule, written_out(rule.when, law)) for rule in rules]
    names = [rule.finding for rule in rules]
    due = [rule for rule in law.rules if rule.group is Group.DELETION_DUE]
    return [
        (rule, written_out((due or [rule])[0].when, law, supposed=dict.fromkeys(set(names) - {rule.finding}, False)))
        for rule in rules
    ]


def _settled_by_time(stretch: Stretch) -> Mapping[str, Any]:
    """The facts nobody can change any more: the days that have come, and whatever the policy calls unchangeable."""
    known = stretch.policy.facts
    return {
        name: value
        for name, value in stretch.facts.items()
        if not known[name].changeable or (isinstance(value, date) and value <= stretch.moment.today)
    }


def _first_days(
    stretch: Stretch, group: Group, names: frozenset[str], *, wanted: tuple[bool | None, ...]
) -> Mapping[str, date]:
    """The first day of the stretch on which each finding's answer is one of those wanted."""
    found: dict[str, date] = {}
    for day in (stretch.moment.today, *stretch.turns(names)):
        scope = stretch.scope(day)
        for rule, tree in _trees(scope.moment.law, group):
            if rule.name not in found and answer_to(tree, scope) in wanted:
                found[rule.name] = day
    return found


def _ground(rule: Rule, tree: Node, scope: Scope, holds_from: date | None, earliest: date | None) -> Ground:
    found, circumstance = judge(tree, scope), judge(rule.when, scope)
    if found is not Verdict.UNKNOWN and found is circumstance:
        because: Iterable[str] = clauses(rule, scope)
    else:
        because = _deciding(tree, scope, found)
    return Ground(
        name=rule.finding,
        title=rule.title,
        paragraphs=rule.paragraphs,
        verdict=found,
        circumstance=circumstance,
        because=tuple(because),
        missing=missing_from(tree, scope) if found is Verdict.UNKNOWN else (),
        holds_from=holds_from,
        earliest=earliest,
        readings=tuple(reading.text for reading in readings_of(rule, scope.moment.law)),
        judgement=rule.judgement,
        conflicts_with=rule.conflicts_with,
        conflict=rule.conflict,
        unverified=rule.unverified,
    )


def _deciding(tree: Node, scope: Scope, found: Verdict) -> list[str]:
    """The leaves any of which, were it otherwise, would leave the answer other than it is."""
    if found is Verdict.UNKNOWN:
        return []
    answers = {leaf: answer_to(leaf, scope) for leaf in leaves_of(tree)}
    settled = decided(tree, answers)
    return [
        say(leaf, scope.moment.law.phrases, denied=not answer)
        for leaf, answer in answers.items()
        if answer is not None and decided(tree, {**answers, leaf: not answer}) is not settled
    ]
