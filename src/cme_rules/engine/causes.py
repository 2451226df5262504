"""Why an answer is not what it was the day before, in words and without a child's dates."""

from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from cme_rules.conditions.nodes import Name, Node, names_in
from cme_rules.conditions.words import say
from cme_rules.domain.verdict import Status
from cme_rules.engine.leaves import answer_to, decided, leaves_of, written_out
from cme_rules.engine.missing import missing_from
from cme_rules.engine.readings import facts_behind
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Limit, Rule

__all__ = ["Cause", "CauseKind", "causes"]

_ARISEN = frozenset({Status.DUE.value, Status.UPCOMING.value, Status.UNDATED.value})


class CauseKind(Enum):
    """What moved: a date of the child's, the law, a number of the policy, a last or first day, a calendar's edge."""

    DATE = "date"
    LAW = "law"
    NUMBER = "number"
    LAST_DAY = "last_day"
    FIRST_LAWFUL_DAY = "first_lawful_day"
    CALENDAR = "calendar"


@frozen(kw_only=True)
class Cause:
    """One reason for a turn, as a clause; `facts` names the child's facts it turns on, never their values."""

    kind: CauseKind
    words: str
    facts: tuple[str, ...] = ()


def causes(name: str, before: Scope, after: Scope, *, was: str, now: str) -> tuple[Cause, ...]:
    """Why a finding or an action stands as `now` on one day when it stood as `was` the day before, each reason once."""
    old, new = _rule(name, before), _rule(name, after)
    if old is None or new is None:
        gone = [Cause(kind=CauseKind.LAW, words=f"{_cited(old)} is in force no more")] if old else []
        come = [Cause(kind=CauseKind.LAW, words=f"{_cited(new)} comes into force")] if new else []
        return (*gone, *come)
    found = [
        *_of_law(old, new, before.moment.law, after.moment.law),
        *_of_leaves(old, new, before, after),
        *_of_limits(new, after, was=was, now=now),
    ]
    return tuple(dict.fromkeys(found))


def _rule(name: str, scope: Scope) -> Rule | None:
    return next((rule for rule in scope.moment.law.rules if rule.name == name), None)


def _cited(rule: Rule) -> str:
    return f"{rule.paragraph} ({rule.title})"


def _of_law(old: Rule, new: Rule, before: Law, after: Law) -> Iterator[Cause]:
    """The rules and numbers behind an answer that are not those of the day before."""
    names = sorted(_names_behind(old, before) | _names_behind(new, after))
    changed = [(before.findings.get(name), after.findings.get(name)) for name in names]
    for one, other in [(old, new), *changed]:
        if one is other:
            continue
        if one:
            yield Cause(kind=CauseKind.LAW, words=f"{_cited(one)} is in force no more")
        if other:
            yield Cause(kind=CauseKind.LAW, words=f"{_cited(other)} comes into force")
    for name in names:
        if before.parameters.get(name) != after.parameters.get(name):
            words = f"{before.phrases[name].words} becomes {after.phrases[name].words}"
            yield Cause(kind=CauseKind.NUMBER, words=words)


def _names_behind(rule: Rule, law: Law) -> set[str]:
    """Every name a rule turns on, through definitions and findings, its limits included."""
    waiting = [name for tree in _trees(rule) for name in names_in(tree)]
    for limit in _limits_of(rule):
        waiting += [limit.span, limit.of]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name in law.policy.definitions:
            waiting += names_in(law.policy.definitions[name].means)
        elif name in law.findings:
            waiting += names_in(law.findings[name].when)
    return found


def _trees(rule: Rule) -> Iterator[Node]:
    yield rule.when
    if rule.duty and rule.duty.discharged is not None:
        yield rule.duty.discharged


def _limits_of(rule: Rule) -> list[Limit]:
    return [limit for limit in (rule.duty.due, rule.duty.not_before) if limit] if rule.duty else []


def _of_leaves(old: Rule, new: Rule, before: Scope, after: Scope) -> Iterator[Cause]:
    """The leaves that turned in a tree that turned: those that decide it, or, where none does alone, all of them."""
    stood = [written_out(tree, before.moment.law) for tree in _trees(old)]
    for tree in [written_out(tree, after.moment.law) for tree in _trees(new)]:
        was = {leaf: answer_to(leaf, before) for leaf in leaves_of(tree)}
        now = {leaf: answer_to(leaf, after) for leaf in was}
        if tree in stood and decided(tree, was) is decided(tree, now):
            continue
        turned = [leaf for leaf in was if was[leaf] is not now[leaf]]
        deciding = [leaf for leaf in turned if decided(tree, {**now, leaf: was[leaf]}) is not decided(tree, now)]
        for leaf in deciding or turned:
            yield _of_leaf(leaf, after, holds=now[leaf])


def _of_leaf(leaf: Node, after: Scope, *, holds: bool | None) -> Cause:
    law = after.moment.law
    facts = tuple(name for name in names_in(leaf) if name in law.policy.facts)
    if holds is None:
        why = "; ".join(fact.question for fact in missing_from(leaf, after))
        return Cause(kind=CauseKind.CALENDAR, words=why, facts=facts)
    return Cause(kind=CauseKind.DATE, words=say(leaf, law.phrases, denied=not holds), facts=facts)


def _of_limits(rule: Rule, after: Scope, *, was: str, now: str) -> Iterator[Cause]:
    """A last day that has passed, or a first lawful day that has come."""
    if rule.duty is None or was not in _ARISEN:
        return
    if now == Status.OVERDUE.value and rule.duty.due:
        yield _of_limit(rule.duty.due, after.moment.law, CauseKind.LAST_DAY, "its last day has passed")
    elif now in _ARISEN and rule.duty.not_before:
        kind, happening = CauseKind.FIRST_LAWFUL_DAY, "its first lawful day is here"
        yield _of_limit(rule.duty.not_before, after.moment.law, kind, happening)


def _of_limit(limit: Limit, law: Law, kind: CauseKind, happening: str) -> Cause:
    span, start = law.phrases[limit.span].words, say(Name(limit.of), law.phrases)
    facts = tuple(sorted(facts_behind(Name(limit.of), law)))
    return Cause(kind=kind, words=f"{happening}: {span}, counted from {start}", facts=facts)
