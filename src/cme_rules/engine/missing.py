"""Which facts would settle an unknown, and why a count could not be made."""

from collections.abc import Iterator
from typing import assert_never

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today
from cme_rules.engine.result import MissingFact
from cme_rules.engine.scope import Scope

__all__ = ["missing_from"]


def missing_from(node: Node, scope: Scope) -> tuple[MissingFact, ...]:
    """The missing facts that keep a tree unknown, in reading order, each once.

    A part that is settled asks for nothing. A calendar that does not reach is said as a missing fact without a name.
    """
    found = dict.fromkeys(_unsettled(node, scope))
    return tuple(_asked(name, why, scope) for name, why in found)


def _asked(name: str, why: str, scope: Scope) -> MissingFact:
    if not name:
        return MissingFact(name="", question=why)
    spec = scope.moment.law.policy.facts[name]
    return MissingFact(name=name, question=spec.ask, knows=spec.knows)


def _unsettled(node: Node, scope: Scope) -> Iterator[tuple[str, str]]:
    """(fact name, "") or ("", reason) for each thing that keeps a tree from an answer."""
    if evaluate(node, scope) is not None:
        return
    match node:
        case Name(name=name):
            yield from _of_name(name, scope)
        case Call(function=function, arguments=arguments):
            values = tuple(evaluate(argument, scope) for argument in arguments)
            for argument in arguments:
                yield from _unsettled(argument, scope)
            if function != "known" and None not in values:
                yield "", scope.moment.obstacle(function, values)
        case Compare(left=left, right=right):
            yield from _unsettled(left, scope)
            yield from _unsettled(right, scope)
        case OneOf(item=below) | Not(operand=below):
            yield from _unsettled(below, scope)
        case And(operands=operands) | Or(operands=operands):
            for operand in operands:
                yield from _unsettled(operand, scope)
        case Literal() | Today():  # pragma: no cover - these always have a value
            return
        case _:
            assert_never(node)


def _of_name(name: str, scope: Scope) -> Iterator[tuple[str, str]]:
    law = scope.moment.law
    if name in law.policy.facts:
        yield name, ""
    elif name in law.policy.definitions:
        yield from _unsettled(law.policy.definitions[name].means, scope)
    elif name in law.policy.parameters:
        yield "", f"the policy states no value of {name} for this day"
    else:
        yield from _unsettled(law.findings[name].when, scope)
