"""How a child stands on one day, in a word for each finding and each action, and nothing else."""

from collections.abc import Mapping

from cme_rules.conditions.judge import evaluate, verdict
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.due import action
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.rules import Rule

__all__ = ["ABSENT", "NOT_IN_FORCE", "POSSIBLE", "standing", "standing_of"]

ABSENT = "absent"
"""An action that has not arisen."""
POSSIBLE = "possible"
"""An action that may have arisen: a missing fact decides."""
NOT_IN_FORCE = "not_in_force"
"""A finding or an action of which the law of the day knows nothing."""


def standing(scope: Scope, names: frozenset[str] | None = None) -> Mapping[str, str]:
    """The verdict of each finding and the status of each action on the day of the scope, by name."""
    rules = scope.moment.law.rules
    return {rule.name: standing_of(rule, scope) for rule in rules if names is None or rule.name in names}


def standing_of(rule: Rule, scope: Scope) -> str:
    """A verdict for a finding; for an action its status, or that it is only possible, or absent."""
    found = verdict(evaluate(rule.when, scope))
    if rule.duty is None:
        return found.value
    if found is not Verdict.HOLDS:
        return POSSIBLE if found is Verdict.UNKNOWN else ABSENT
    done = rule.duty.discharged is not None and evaluate(rule.duty.discharged, scope) is True
    return action(rule, found, discharged=done, scope=scope).status.value
