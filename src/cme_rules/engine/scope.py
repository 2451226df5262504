"""The facts of one child on one day, as the names and functions of a condition."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from cme_rules.conditions.judge import Value, evaluate
from cme_rules.conditions.nodes import Name, Node, Not
from cme_rules.engine.moment import Moment

__all__ = ["Scope"]

_NOWHERE: Mapping[int, int] = MappingProxyType({})


@frozen(kw_only=True, eq=False)
class Scope:
    """Where a tree's names get their values: facts as given, parameters of the day, definitions and findings judged.

    Each definition and finding is judged once and kept. Where the child has been judged already, `answers` holds what
    was found, and `places` where in it a tree's answer stands, by the identity of the tree.
    """

    moment: Moment
    facts: Mapping[str, Any] = field(repr=False)
    answers: tuple[bool | None, ...] = field(default=(), repr=False)
    places: Mapping[int, int] = field(default=_NOWHERE, repr=False)
    notes: dict[Any, Any] = field(factory=dict, init=False, repr=False)

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
        if name not in self.notes:
            self.notes[name] = self._judge(name)
        judged: Value = self.notes[name]
        return judged

    def _judge(self, name: str) -> Value:
        law = self.moment.law
        definition = law.policy.definitions.get(name)
        if definition:
            return self.of(definition.means)
        rule = law.findings.get(name)
        return self.of(rule.when) if rule else False

    def of(self, node: Node) -> Value:
        """The value of any tree, as `evaluate` gives it: looked up where it has been judged, worked out where not."""
        place = self.places.get(id(node))
        if place is not None:
            return self.answers[place]
        if isinstance(node, Name):
            return self.value(node.name)
        if isinstance(node, Not):
            truth = self.of(node.operand)
            return None if truth is None else not truth
        return evaluate(node, self)
