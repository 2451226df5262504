"""Judging a tree in three values: yes, no, and not known.

This is the plain reading of the language, used for explanations and as the measure of the compiled form.
Inside this module yes, no and not known are True, False and None; a date may also be NEVER, which says the event is
known not to have happened.
"""

from collections.abc import Callable, Mapping
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from types import MappingProxyType
from typing import Protocol, assert_never, cast

from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.kinds import BOOL
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today
from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict

__all__ = ["OPPOSITE", "Scope", "Value", "compared", "evaluate", "judge", "verdict"]

Value = object | None
"""What a tree gives: a yes or no, a number, a word, a day, a span; None where it is not known."""

_COMPARE: Mapping[str, Callable[[object, object], bool]] = MappingProxyType(
    {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}  # type: ignore[dict-item]
)
OPPOSITE = MappingProxyType({"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"})
"""The comparison that holds exactly where the other fails, both sides being known."""


class Scope(Protocol):
    """Where a tree's names get their values and its functions their answers."""

    @property
    def today(self) -> date:
        """The day assessed."""

    def value(self, name: str) -> Value:
        """The value of a fact, definition, finding or parameter; None where it is not known."""

    def call(self, function: str, arguments: tuple[Value, ...]) -> Value:
        """A function's answer to known arguments; None where it cannot tell."""


def judge(node: Node, scope: Scope) -> Verdict:
    """The verdict of a condition in a scope."""
    return verdict(evaluate(node, scope))


def verdict(value: Value) -> Verdict:
    """A yes, no or not-known as a Verdict.

    >>> verdict(None)
    <Verdict.UNKNOWN: 'unknown'>
    """
    if value is None:
        return Verdict.UNKNOWN
    return Verdict.HOLDS if value else Verdict.FAILS


def evaluate(node: Node, scope: Scope) -> Value:
    """The value of any tree: strong Kleene logic, so an unknown part matters only where it could decide."""
    match node:
        case Literal(value=value):
            return value
        case Name(name=name):
            return scope.value(name)
        case Today():
            return scope.today
        case Call():
            return _called(node, scope)
        case Compare(operator=operator, left=left, right=right):
            return compared(operator, evaluate(left, scope), evaluate(right, scope))
        case OneOf(item=item, words=words):
            text = evaluate(item, scope)
            return None if text is None else text in words
        case Not(operand=operand):
            truth = evaluate(operand, scope)
            return None if truth is None else not truth
        case And(operands=operands):
            return _decided([evaluate(part, scope) for part in operands], by=False)
        case Or(operands=operands):
            return _decided([evaluate(part, scope) for part in operands], by=True)
        case _:
            assert_never(node)


def _decided(parts: list[Value], *, by: bool) -> bool | None:
    """One deciding part decides; otherwise one unknown part leaves it open."""
    if any(part is by for part in parts):
        return by
    return None if None in parts else not by


def _called(node: Call, scope: Scope) -> Value:
    arguments = tuple(evaluate(argument, scope) for argument in node.arguments)
    if node.function == "known":
        return None if arguments[0] is None else True
    if None in arguments:
        return None
    if NEVER in arguments:
        return False if FUNCTIONS[node.function].gives is BOOL else NEVER
    return scope.call(node.function, arguments)


def compared(operator: str, left: Value, right: Value) -> bool | None:
    """Two values compared; a span stands for its count, and what never happened fails every comparison."""
    if left is None or right is None:
        return None
    if left is NEVER or right is NEVER:
        return False
    return _COMPARE[operator](_plain(left), _plain(right))


def _plain(value: Value) -> object:
    """A span's count; any other value as it is."""
    return cast("_Span", value).count if hasattr(value, "counted") else value


class _Span(Protocol):
    """As much of a span as a comparison needs: conditions know nothing of calendars."""

    @property
    def count(self) -> int: ...
