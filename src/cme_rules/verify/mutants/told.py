"""What a policy says of one child, by the plain reading of the language, in the terms in which a case expects it.

A mutant is asked about a handful of children, so compiling it would cost more than it saves.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from cme_rules.conditions.judge import evaluate, verdict
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.due import action
from cme_rules.engine.missing import missing_from
from cme_rules.engine.result import Action
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.case import ABSENT, CALENDAR, NOT_IN_FORCE, POSSIBLE, Case

__all__ = ["differs", "says"]

_FAILS = Verdict.FAILS.value
_NONE = "no such action"
_PARTS: Mapping[str, Callable[[Action], object]] = {
    "due": lambda done: done.due,
    "not_before": lambda done: done.first_lawful_day,
    "role": lambda done: done.role,
    "force": lambda done: done.force.value,
}
"""What a case may say of an action that has arisen, beside where it stands."""


def differs(case: Case, rules: Mapping[str, Rule], scope: Scope) -> bool:
    """Whether the policy of the scope, whose rules are given by name, says something else than the case expects."""
    return any(found != wanted for wanted, found in _compared(case, rules, scope))


def _compared(case: Case, rules: Mapping[str, Rule], scope: Scope) -> Iterator[tuple[object, object]]:
    """(expected, found) for everything a case expects; a rule out of force fails too, where no more is asked."""
    for name, wanted in case.then.items():
        found = _verdict(rules.get(name), scope)
        yield wanted, _FAILS if (wanted, found) == (_FAILS, NOT_IN_FORCE) else found
    for name, names in case.missing.items():
        yield names, _missing(rules.get(name), scope)
    for name in {*case.due, *case.not_before, *case.status, *case.role, *case.force}:
        rule = rules.get(name)
        done = _action(rule, scope)
        for group, part in _PARTS.items():
            if name in getattr(case, group):
                yield getattr(case, group)[name], part(done) if done else _NONE
        if name in case.status:
            yield case.status[name], done.status.value if done else _without_action(rule, scope)


def says(rule: Rule | None, scope: Scope) -> dict[str, str | date | frozenset[str] | None]:
    """Everything a policy says under one rule: its verdict, and the facts missing or the days and status of its action.

    The keys are those of a case: then, missing, due, not_before, status, role, force.
    """
    said: dict[str, str | date | frozenset[str] | None] = {"then": _verdict(rule, scope)}
    if said["then"] == Verdict.UNKNOWN.value:
        said["missing"] = _missing(rule, scope)
    done = _action(rule, scope)
    if done is not None:
        said |= {"status": done.status.value, "due": done.due, "not_before": done.first_lawful_day}
        said |= {"role": done.role, "force": done.force.value}
    return said


def _verdict(rule: Rule | None, scope: Scope) -> str:
    return NOT_IN_FORCE if rule is None else verdict(evaluate(rule.when, scope)).value


def _missing(rule: Rule | None, scope: Scope) -> frozenset[str]:
    facts = missing_from(rule.when, scope) if rule is not None else ()
    return frozenset(fact.name or CALENDAR for fact in facts)


def _action(rule: Rule | None, scope: Scope) -> Action | None:
    """The action of a rule, once it has arisen."""
    if rule is None or rule.duty is None or evaluate(rule.when, scope) is not True:
        return None
    done = rule.duty.discharged is not None and evaluate(rule.duty.discharged, scope) is True
    return action(rule, Verdict.HOLDS, discharged=done, scope=scope)


def _without_action(rule: Rule | None, scope: Scope) -> str:
    return POSSIBLE if _verdict(rule, scope) == Verdict.UNKNOWN.value else ABSENT
