"""The facts of one child on one day, as the names and functions of a condition."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from cme_rules.conditions.judge import Value, evaluate
from cme_rules.engine.moment import Moment

__all__ = ["Scope"]


@frozen(kw_only=True, eq=False)
class Scope:
    """Where a tree's names get their values: facts as given, parameters of the day, definitions and findings judged.

    Each definition and finding is judged once and kept.
    """

    moment: Moment
    facts: Mapping[str, Any] = field(repr=False)
    _judged: dict[str, Value] = field(factory=dict, init=False, repr=False)

    @property
    def today(self) -> date:
        """The day assessed."""
        return self.moment.today

    def call(self, function: str, arguments: tuple[Value, ...]) -> Value:
        """A function's answer to known arguments."""
        return self.moment.call(function, arguments)

    def value(self, name: str) -> Value:
        """The value of any declared name; None where it is not known."""
        policy = self.moment.law.policy
        if name in policy.facts:
            return self.facts.get(name)
        if name in policy.parameters:
            return self.moment.law.parameters[name]
        if name not in self._judged:
            self._judged[name] = self._judge(name)
        return self._judged[name]

    def _judge(self, name: str) -> Value:
        law = self.moment.law
        definition = law.policy.definitions.get(name)
        if definition:
            return evaluate(definition.means, self)
        rule = law.findings.get(name)
        return evaluate(rule.when, self) if rule else False
