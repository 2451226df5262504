"""How much of a policy is encoded, and how much of what is encoded its cases hold in place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import asdict, frozen

from cme_rules.domain.shown import mimebundle
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.case import Case
from cme_rules.verify.exercise import Exercised, exercised
from cme_rules.verify.histories import HistoryCase, untried
from cme_rules.verify.paragraphs import ParagraphRow, paragraph_rows
from cme_rules.verify.thresholds import ThresholdRow, threshold_rows
from cme_rules.verify.unknowns import UnknownRow, unknown_rows

__all__ = ["Coverage", "RuleRow", "coverage"]


@frozen(kw_only=True)
class RuleRow:
    """One rule and how many cases expect each verdict of it.

    `discharged` and `not_discharged` count the cases that expect either of an action that can be discharged;
    both are None where nothing discharges the rule. `constant` marks a rule without a condition.
    """

    id: str
    name: str
    paragraph: str
    holds: int
    fails: int
    unknown: int
    constant: bool = False
    discharged: int | None = None
    not_discharged: int | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What no case expects of it and some case should."""
        counts = {"holds": self.holds, "fails": self.fails or self.constant, "discharged": self.discharged}
        counts["not discharged"] = self.not_discharged
        return tuple(name for name, count in counts.items() if count is not None and not count)


@frozen(kw_only=True)
class Coverage:
    """The whole picture of a policy. It fails only where a paragraph is said to be encoded and nothing encodes it.

    `unknowns` has a row for every fact that can by itself leave a rule unknown; `untried` lists the transitions that
    the policy's own files declare and none of its histories takes.
    """

    _repr_mimebundle_ = mimebundle

    policy: str
    cases: int
    paragraphs: tuple[ParagraphRow, ...]
    rules: tuple[RuleRow, ...]
    thresholds: tuple[ThresholdRow, ...]
    unknowns: tuple[UnknownRow, ...]
    histories: int = 0
    transitions: int = 0
    untried: tuple[str, ...] = ()

    @property
    def empty(self) -> tuple[ParagraphRow, ...]:
        """The paragraphs said to be encoded for which nothing is there."""
        return tuple(row for row in self.paragraphs if row.empty)

    @property
    def rules_lacking(self) -> tuple[RuleRow, ...]:
        """The rules for which some expectation is wanting."""
        return tuple(row for row in self.rules if row.lacks)

    @property
    def thresholds_lacking(self) -> tuple[ThresholdRow, ...]:
        """The thresholds that no case meets from every side."""
        return tuple(row for row in self.thresholds if row.lacks)

    @property
    def unknowns_lacking(self) -> tuple[UnknownRow, ...]:
        """The facts that no case shows to leave their rule unknown."""
        return tuple(row for row in self.unknowns if not row.met)

    @property
    def passed(self) -> bool:
        """Whether every paragraph said to be encoded is."""
        return not self.empty

    @property
    def complete(self) -> bool:
        """Whether the cases, too, leave nothing open."""
        lacking = (self.rules_lacking, self.thresholds_lacking, self.unknowns_lacking, self.untried)
        return self.passed and not any(lacking)

    def figures(self) -> dict[str, int]:
        """The figures a summary prints, by name."""
        encoded = [row for row in self.paragraphs if row.status == "encoded"]
        return {
            "paragraphs": len(self.paragraphs),
            "encoded": len(encoded),
            "context": len(self.paragraphs) - len(encoded),
            "encoded_by_nothing": len(self.empty),
            "rules": len(self.rules),
            "rules_lacking": len(self.rules_lacking),
            "thresholds": len(self.thresholds),
            "thresholds_lacking": len(self.thresholds_lacking),
            "unknowns": len(self.unknowns),
            "unknowns_lacking": len(self.unknowns_lacking),
            "transitions": self.transitions,
            "transitions_untried": len(self.untried),
            "cases": self.cases,
            "histories": self.histories,
        }

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "policy": self.policy,
            "passed": self.passed,
            "complete": self.complete,
            "figures": self.figures(),
            "paragraphs": [asdict(row) | {"empty": row.empty} for row in self.paragraphs],
            "rules": [asdict(row) | {"lacks": list(row.lacks)} for row in self.rules],
            "thresholds": [asdict(row) | {"lacks": list(row.lacks)} for row in self.thresholds],
            "unknowns": [asdict(row) for row in self.unknowns],
            "transitions_untried": list(self.untried),
        }


def coverage(policy: Policy, cases: Iterable[Case], histories: Iterable[HistoryCase] = ()) -> Coverage:
    """What the paragraphs, rules, thresholds, facts and processes of a policy have in the way of rules and cases."""
    known, told = tuple(cases), tuple(histories)
    seen = exercised(policy, known)
    return Coverage(
        policy=policy.id,
        cases=len(known),
        paragraphs=paragraph_rows(policy, known),
        rules=_rule_rows(policy, seen),
        thresholds=threshold_rows(policy, seen),
        unknowns=unknown_rows(policy, seen),
        histories=len(told),
        transitions=_own_transitions(policy),
        untried=untried(policy, told),
    )


def _own_transitions(policy: Policy) -> int:
    """How many transitions the policy's own files declare, one for a whole group of states counted once."""
    return sum(
        len({transition.id for transition in process.transitions if transition.pack == policy.id})
        for process in policy.processes.values()
    )


def _rule_rows(policy: Policy, seen: Exercised) -> tuple[RuleRow, ...]:
    rows = []
    for rule in policy.rules:
        counts = Counter(asserted.verdict for asserted in seen.asserted if asserted.rule is rule)
        rows.append(
            RuleRow(
                id=rule.id,
                name=rule.name,
                paragraph=rule.paragraph,
                holds=counts["holds"],
                fails=counts["fails"],
                unknown=counts["unknown"],
                constant=not seen.facts_of[rule.id],
                **_discharges(rule.id, seen) if rule.duty and rule.duty.discharged is not None else {},
            )
        )
    return tuple(rows)


def _discharges(rule_id: str, seen: Exercised) -> Mapping[str, int]:
    statuses = [asserted.status for asserted in seen.asserted if asserted.rule.id == rule_id and asserted.status]
    done = statuses.count("discharged")
    return {"discharged": done, "not_discharged": len(statuses) - done}
