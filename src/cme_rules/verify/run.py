"""Running a policy's cases: what was expected beside what the policy says."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from cme_rules.conditions.judge import verdict
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.assessment import Assessment
from cme_rules.engine.due import action
from cme_rules.engine.missing import missing_from
from cme_rules.engine.result import Action
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.behind import rule_of
from cme_rules.verify.case import ABSENT, CALENDAR, NOT_IN_FORCE, POSSIBLE, UNDATED, Case

__all__ = ["CaseResult", "Mismatch", "found_of", "judged", "missing_of", "run_cases"]


_NONE = "no such action"


@frozen(kw_only=True)
class Mismatch:
    """One thing a case expected of a finding or action and did not get; `about` is the case's key, such as `due`."""

    about: str
    name: str
    expected: str
    found: str


@frozen(kw_only=True)
class CaseResult:
    """A case with everything in which the policy's answer differs from it."""

    case: Case
    mismatches: tuple[Mismatch, ...]

    @property
    def passed(self) -> bool:
        """Whether the policy says all that the case expects."""
        return not self.mismatches


def run_cases(policy: Policy, cases: Iterable[Case]) -> tuple[CaseResult, ...]:
    """Each case judged by the policy, in the order given."""
    return tuple(CaseResult(case=case, mismatches=tuple(_mismatches(case, judged(policy, case)))) for case in cases)


def judged(policy: Policy, case: Case) -> Assessment:
    """What the policy says of a case's child."""
    return assess(case.given, policy, on=case.on, preview=case.preview, calendar=case.calendar)


def _mismatches(case: Case, result: Assessment) -> Iterator[Mismatch]:
    for about, name, expected, found in _compared(case, result):
        if expected != found:
            yield Mismatch(about=about, name=name, expected=expected, found=found)


def _compared(case: Case, result: Assessment) -> Iterator[tuple[str, str, str, str]]:
    """(key, name, expected, found) for everything a case expects."""
    for name, wanted in case.then.items():
        yield "then", name, wanted, _as_asked(wanted, found_of(result, name))
    for name, names in case.missing.items():
        yield "missing", name, _listed(names), _listed(missing_of(result, name))
    for name, last in case.due.items():
        yield "due", name, _day(last), _day_of(result, name, "due")
    for name, first in case.not_before.items():
        yield "not_before", name, _day(first), _day_of(result, name, "first_lawful_day")
    for name, status in case.status.items():
        yield "status", name, status, _status_of(result, name)
    for name, role in case.role.items():
        found = _action(result, name)
        yield "role", name, role, found.role if found else _NONE
    for name, force in case.force.items():
        found = _action(result, name)
        yield "force", name, force, found.force.value if found else _NONE


def _as_asked(wanted: str, found: str) -> str:
    """A rule the day's law does not have fails too, where a case asks for no more than that."""
    return Verdict.FAILS.value if wanted == Verdict.FAILS.value and found == NOT_IN_FORCE else found


def found_of(result: Assessment, name: str) -> str:
    """The verdict of a finding, or of what sets an action off; "not_in_force" where the day's law has no such rule."""
    rule = rule_of(result.law, name)
    return NOT_IN_FORCE if rule is None else _answer(result, rule).value


def missing_of(result: Assessment, name: str) -> frozenset[str]:
    """The facts that would settle an unknown finding or action; "calendar" where one does not reach."""
    rule = rule_of(result.law, name)
    facts = missing_from(rule.when, result.scope) if rule and _answer(result, rule) is Verdict.UNKNOWN else ()
    return frozenset(fact.name or CALENDAR for fact in facts)


def _answer(result: Assessment, rule: Rule, part: str = "when") -> Verdict:
    return verdict(result.answers[result.assessor.slots[rule.id, part]])


def _action(result: Assessment, name: str) -> Action | None:
    """An action that has arisen, by itself: working out all of them would take far longer."""
    rule = rule_of(result.law, name)
    if rule is None or rule.duty is None or _answer(result, rule) is not Verdict.HOLDS:
        return None
    done = rule.duty.discharged is not None and _answer(result, rule, "discharged") is Verdict.HOLDS
    return action(rule, Verdict.HOLDS, discharged=done, scope=result.scope)


def _day_of(result: Assessment, name: str, part: str) -> str:
    found = _action(result, name)
    return _NONE if found is None else _day(getattr(found, part))


def _status_of(result: Assessment, name: str) -> str:
    found = _action(result, name)
    if found is not None:
        return found.status.value
    return POSSIBLE if found_of(result, name) == Verdict.UNKNOWN.value else ABSENT


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _day(value: date | None) -> str:
    return value.isoformat() if value else UNDATED
