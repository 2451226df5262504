"""A condition written out down to what it turns on: yes-or-no facts, words, and comparisons of days and numbers."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import cast

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import And, Literal, Name, Node, Not, Or
from cme_rules.engine.emit import expand
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Law

__all__ = ["answer_to", "decided", "leaves_of", "written_out"]


_AS_IT_IS: Mapping[str, bool] = MappingProxyType({})


def written_out(node: Node, law: Law, *, supposed: Mapping[str, bool] = _AS_IT_IS) -> Node:
    """The tree with every definition and finding written out; a finding the day's law does not have never holds.

    `supposed` puts a yes or a no in the place of some definitions and findings.
    """
    match node:
        case Not(operand=operand):
            return Not(written_out(operand, law, supposed=supposed))
        case And(operands=operands):
            return And(tuple(written_out(operand, law, supposed=supposed) for operand in operands))
        case Or(operands=operands):
            return Or(tuple(written_out(operand, law, supposed=supposed) for operand in operands))
        case Name(name=name) if name not in law.policy.facts:
            return Literal(supposed[name]) if name in supposed else _meant(name, law, supposed)
        case _:
            return expand(node, law.policy)


def _meant(name: str, law: Law, supposed: Mapping[str, bool]) -> Node:
    if name in law.policy.definitions:
        return written_out(law.policy.definitions[name].means, law, supposed=supposed)
    if name in law.findings:
        return written_out(law.findings[name].when, law, supposed=supposed)
    return Literal(value=False)


def leaves_of(tree: Node) -> Iterator[Node]:
    """The leaves of a tree that is written out, in reading order."""
    match tree:
        case Not(operand=operand):
            yield from leaves_of(operand)
        case And(operands=operands) | Or(operands=operands):
            for operand in operands:
                yield from leaves_of(operand)
        case _:
            yield tree


def answer_to(leaf: Node, scope: Scope) -> bool | None:
    """What a leaf is in a scope: True, False, or None where it is not known."""
    return cast("bool | None", evaluate(leaf, scope))


def decided(tree: Node, answers: Mapping[Node, bool | None]) -> bool | None:
    """What a written-out tree is when its leaves are so: strong Kleene logic, as `evaluate` has it.

    >>> decided(And((Name("in_area"), Not(Name("on_roll")))), {Name("in_area"): True, Name("on_roll"): None})
    >>> decided(Or((Name("in_area"), Not(Name("on_roll")))), {Name("in_area"): True, Name("on_roll"): None})
    True
    """
    match tree:
        case Not(operand=operand):
            below = decided(operand, answers)
            return None if below is None else not below
        case And(operands=operands):
            return _joined([decided(operand, answers) for operand in operands], by=False)
        case Or(operands=operands):
            return _joined([decided(operand, answers) for operand in operands], by=True)
        case _:
            return answers[tree]


def _joined(parts: list[bool | None], *, by: bool) -> bool | None:
    """One part that decides decides all; otherwise one unknown part leaves it open."""
    if by in parts:
        return by
    return None if None in parts else not by
