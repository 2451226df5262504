"""Running a policy's cases: what was expected beside what the policy says."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.assessment import Assessment
from cme_rules.engine.result import Action, MissingFact
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.behind import rule_of
from cme_rules.verify.case import ABSENT, CALENDAR, NOT_IN_FORCE, POSSIBLE, UNDATED, Case

__all__ = ["CaseResult", "Mismatch", "found_of", "judged", "run_cases"]


@frozen(kw_only=True)
class Mismatch:
    """One thing a case expected of a finding or action and did not get; `about` is the case's key: then, due …"""

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
    return assess(case.given, policy, on=case.on, preview=case.preview)


def _mismatches(case: Case, result: Assessment) -> Iterator[Mismatch]:
    actions = _Actions.of(result)
    for about, name, expected, found in _compared(case, result, actions):
        if expected != found:
            yield Mismatch(about=about, name=name, expected=expected, found=found)


def _compared(case: Case, result: Assessment, actions: "_Actions") -> Iterator[tuple[str, str, str, str]]:
    """(key, name, expected, found) for everything a case expects."""
    for name, wanted in case.then.items():
        yield "then", name, wanted, _as_asked(wanted, found_of(result, name, actions))
    for name, names in case.missing.items():
        yield "missing", name, _listed(names), _listed(_missing(result, name, actions))
    for name, last in case.due.items():
        yield "due", name, _day(last), actions.day(name, "due")
    for name, first in case.not_before.items():
        yield "not_before", name, _day(first), actions.day(name, "first_lawful_day")
    for name, status in case.status.items():
        yield "status", name, status, actions.status(name)


def _as_asked(wanted: str, found: str) -> str:
    """A rule the day's law does not have fails too, where a case asks for no more than that."""
    return Verdict.FAILS.value if wanted == Verdict.FAILS.value and found == NOT_IN_FORCE else found


@frozen(kw_only=True)
class _Actions:
    """The actions of an assessment by id: those that have arisen and those that may have."""

    arisen: dict[str, Action]
    possible: dict[str, Action]

    @classmethod
    def of(cls, result: Assessment) -> "_Actions":
        return cls(
            arisen={action.id: action for action in result.actions},
            possible={action.id: action for action in result.possible_actions},
        )

    def either(self, name: str) -> Action | None:
        return self.arisen.get(name) or self.possible.get(name)

    def day(self, name: str, part: str) -> str:
        action = self.arisen.get(name)
        return "no such action" if action is None else _day(getattr(action, part))

    def status(self, name: str) -> str:
        action = self.arisen.get(name)
        return action.status.value if action else POSSIBLE if name in self.possible else ABSENT


def found_of(result: Assessment, name: str, actions: "_Actions | None" = None) -> str:
    """The verdict of a finding, or of what sets an action off; "not_in_force" where the day's law has no such rule."""
    rule = rule_of(result.law, name)
    if rule is None:
        return NOT_IN_FORCE
    if rule.finding:
        return result[name].verdict.value
    known = actions or _Actions.of(result)
    arisen = Verdict.HOLDS if name in known.arisen else Verdict.UNKNOWN if name in known.possible else Verdict.FAILS
    return arisen.value


def _missing(result: Assessment, name: str, actions: _Actions) -> frozenset[str]:
    facts: tuple[MissingFact, ...] = ()
    action = actions.either(name)
    if action is not None:
        facts = action.missing
    elif name in result:
        facts = result[name].missing
    return frozenset(fact.name or CALENDAR for fact in facts)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _day(value: date | None) -> str:
    return value.isoformat() if value else UNDATED
