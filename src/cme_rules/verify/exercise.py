"""What a policy's cases pin down: which verdict of which rule, and for want of which fact."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assessment import Assessment
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.behind import facts_behind, rule_of
from cme_rules.verify.case import ABSENT, NOT_IN_FORCE, POSSIBLE, Case
from cme_rules.verify.run import judged, missing_of

__all__ = ["Asserted", "Exercised", "exercised"]


@frozen(kw_only=True)
class Asserted:
    """One expectation of one case, tied to the rule that was law on the case's day.

    `verdict` is "holds", "fails" or "unknown"; `status` is where an action that has arisen was expected to stand,
    if the case says; `dated` names the days it expects of the action: "due", "not_before".
    """

    case: Case
    rule: Rule
    verdict: str
    result: Assessment = field(repr=False)
    status: str = ""
    dated: tuple[str, ...] = ()


@frozen(kw_only=True)
class Exercised:
    """Everything a policy's cases expect, and the facts its rules turn on.

    By the rule's id: `facts_of` gives the facts behind each rule, `alone` those of them that leave it unknown in some
    case that expects it to be, with nothing else wanting.
    """

    asserted: tuple[Asserted, ...]
    facts_of: Mapping[str, tuple[str, ...]]
    alone: Mapping[str, frozenset[str]]


def exercised(policy: Policy, cases: Iterable[Case]) -> Exercised:
    """What the cases of a policy expect of its rules."""
    asserted = tuple(each for case in cases for each in _of_case(policy, case))
    alone: dict[str, set[str]] = {rule.id: set() for rule in policy.rules}
    for each in asserted:
        missing = missing_of(each.result, each.rule.name) if each.verdict == Verdict.UNKNOWN.value else ()
        if len(missing) == 1:
            alone[each.rule.id] |= missing
    return Exercised(
        asserted=asserted,
        facts_of={rule.id: facts_behind(rule.when, _law_of(rule, policy)) for rule in policy.rules},
        alone={name: frozenset(facts) for name, facts in alone.items()},
    )


def _law_of(rule: Rule, policy: Policy) -> Law:
    return policy.as_of(rule.since, preview=(rule.not_commenced,) if rule.not_commenced else ())


def _of_case(policy: Policy, case: Case) -> Iterator[Asserted]:
    result = judged(policy, case)
    for name in case.expected:
        rule = rule_of(result.law, name)
        verdict = _verdict_expected(case, name)
        if rule is not None and verdict:
            dated = tuple(group for group in ("due", "not_before") if getattr(case, group).get(name))
            status = case.status.get(name, "")
            status = "" if status in (ABSENT, POSSIBLE) else status
            yield Asserted(case=case, rule=rule, verdict=verdict, result=result, status=status, dated=dated)


def _verdict_expected(case: Case, name: str) -> str:
    """The verdict a case expects, said outright or implied by what else it expects; empty where it expects none."""
    if name in case.then:
        return "" if case.then[name] == NOT_IN_FORCE else case.then[name]
    if name in case.status:
        implied = {ABSENT: Verdict.FAILS, POSSIBLE: Verdict.UNKNOWN}
        return implied.get(case.status[name], Verdict.HOLDS).value
    if any(name in group for group in (case.due, case.not_before, case.role, case.force)):
        return Verdict.HOLDS.value
    return Verdict.UNKNOWN.value if case.missing.get(name) else ""
