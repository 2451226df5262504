"""Children of whom a policy and a mutant must differ, found by going through the cells of their two conditions."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from cme_rules.conditions.nodes import And, Node, Not, Or
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.cells import written_out
from cme_rules.verify.mutants.bench import Bench
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.partial import parts_where

__all__ = ["Candidate", "children_apart", "days_apart"]

_A_DAY = timedelta(days=1)
_MOST_CELLS = 2**11


@frozen(kw_only=True)
class Candidate:
    """A child on a day, with the previews asked for."""

    facts: Mapping[str, Any]
    on: date
    preview: tuple[str, ...] = ()


def children_apart(rule: Rule, mutant: Mutant, bench: Bench) -> Iterator[Candidate]:
    """For each stretch of days, a child for whom the rule's answer, or its discharge, is not the mutant's."""
    for moment in _moments(rule, mutant, bench):
        law = mutant.policy.as_of(moment.today, preview=moment.law.preview)
        other = next((each for each in law.rules if each.name == rule.name), None)
        mine = next((each for each in moment.law.rules if each.name == rule.name), None)
        for tree in _trees(mine, other, moment, Moment(law=law, school=moment.school, working=moment.working)):
            for part in parts_where(tree, moment, at_most=1, cells=_MOST_CELLS):
                if part.facts is not None:
                    yield Candidate(facts=part.facts, on=moment.today, preview=moment.law.preview)


def _moments(rule: Rule, mutant: Mutant, bench: Bench) -> Iterator[Moment]:
    preview = (rule.not_commenced,) if rule.not_commenced else ()
    if mutant.kind == "date":
        yield from (bench.moment(day, preview, "") for day in days_apart(rule, mutant, bench))
    else:
        yield from reversed(bench.standing((rule,)))


def days_apart(rule: Rule, mutant: Mutant, bench: Bench) -> list[date]:
    """The days on which a moved date makes the mutant's law another than the policy's."""
    days = {day for policy in (bench.policy, mutant.policy) for day in _edges(rule, mutant, policy)}
    return sorted(day for day in days if _standing(bench.policy, day) != _standing(mutant.policy, day))


def _edges(rule: Rule, mutant: Mutant, policy: Policy) -> Iterator[date]:
    names = {rule.name, *mutant.touches}
    dated: list[Any] = [each for each in policy.rules if each.name in names]
    dated += [
        *policy.school_ages,
        *(policy.parameters[mutant.place].values if mutant.place in policy.parameters else ()),
    ]
    for each in dated:
        yield from (each.since, each.since - _A_DAY)
        yield from (each.until, each.until + _A_DAY) if each.until else ()


def _standing(policy: Policy, day: date) -> tuple[Any, ...]:
    law = policy.as_of(day)
    ages = [
        each.rules for each in policy.school_ages if each.since <= day and (each.until is None or day <= each.until)
    ]
    return tuple(rule.id for rule in law.rules), tuple(law.parameters.values()), tuple(map(repr, ages))


def _trees(mine: Rule | None, other: Rule | None, moment: Moment, theirs: Moment) -> Iterator[Node]:
    """Conditions that hold just where the two rules differ: first plainly, then in what discharges them."""
    if mine is None or other is None:
        present, at = (mine, moment) if mine is not None else (other, theirs)
        if present is not None:
            yield written_out(present.when, at.law)
        return
    before, after = written_out(mine.when, moment.law), written_out(other.when, theirs.law)
    if before != after:
        yield from (And((Not(after), before)), And((Not(before), after)))
    done, undone = (each.duty.discharged if each.duty else None for each in (mine, other))
    if done is not None and undone is not None and done != undone:
        one, two = written_out(done, moment.law), written_out(undone, theirs.law)
        yield And((before, Or((And((Not(two), one)), And((Not(one), two))))))
    elif done is not None and undone is None:
        yield And((before, written_out(done, moment.law)))
    yield before
