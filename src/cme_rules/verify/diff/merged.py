"""Two laws of one day put side by side, so that a child can be judged by both at once.

The second law's numbers are given names of their own, so that one search goes through the thresholds of both.
"""

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from cme_rules.conditions.nodes import And, Call, Compare, Name, Node, Not, OneOf, Or
from cme_rules.conditions.words import Phrases
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.policy import Law
from cme_rules.verify.cells import written_out

__all__ = ["Both", "both"]

_MARK = "__second"


@frozen(kw_only=True, eq=False)
class Both:
    """A moment that knows the facts and numbers of two laws, and how each name of them reads."""

    first: Law
    second: Law
    moment: Moment
    phrases: Phrases

    def of_first(self, node: Node) -> Node:
        """A condition of the first law, written out."""
        return written_out(node, self.first)

    def of_second(self, node: Node) -> Node:
        """A condition of the second law, written out, with its own numbers."""
        return _renamed(written_out(node, self.second), frozenset(_differing(self.first, self.second)))


def both(first: Moment, second: Moment) -> Both:
    """Two moments of one day as one; a calendar only one of them has serves both."""
    one, two = first.law, second.law
    own = _differing(one, two)
    parameters = {
        **two.policy.parameters,
        **one.policy.parameters,
        **{n + _MARK: two.policy.parameters[n] for n in own},
    }
    values: Mapping[str, Any] = {**two.parameters, **one.parameters, **{n + _MARK: two.parameters[n] for n in own}}
    policy = evolve(one.policy, facts={**two.policy.facts, **one.policy.facts}, parameters=parameters)
    phrases = {**two.phrases, **one.phrases, **{name + _MARK: two.phrases[name] for name in own}}
    law = evolve(one, policy=policy, parameters=values)
    moment = Moment(law=law, school=first.school or second.school, working=first.working or second.working)
    return Both(first=one, second=two, moment=moment, phrases=phrases)


def _differing(first: Law, second: Law) -> tuple[str, ...]:
    """The numbers that have another value in the second law."""
    shared = (name for name in second.parameters if name in first.parameters)
    return tuple(name for name in shared if second.parameters[name] != first.parameters[name])


def _renamed(node: Node, names: frozenset[str]) -> Node:
    match node:
        case Name(name=name):
            return Name(name + _MARK) if name in names else node
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(_renamed(each, names) for each in arguments))
        case Compare(operator=operator, left=left, right=right):
            return Compare(operator, _renamed(left, names), _renamed(right, names))
        case OneOf(item=item, words=words):
            return OneOf(_renamed(item, names), words)
        case Not(operand=operand):
            return Not(_renamed(operand, names))
        case And(operands=operands):
            return And(tuple(_renamed(each, names) for each in operands))
        case Or(operands=operands):
            return Or(tuple(_renamed(each, names) for each in operands))
        case _:
            return node
