"""Slips in a condition: a comparison flipped, a part dropped or denied, an exception lost, a function mistaken."""

from collections.abc import Iterator
from types import MappingProxyType

from attrs import evolve, frozen

from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.judge import OPPOSITE
from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import And, Call, Compare, Node, Not, OneOf, Or
from cme_rules.verify.spelling import spelt

__all__ = ["Slip", "slips"]


@frozen
class Slip:
    """One slip: its kind, what it is in words, and the tree with it."""

    kind: str
    words: str
    tree: Node


_NEXT_TO = MappingProxyType({"<": "<=", "<=": "<", ">": ">=", ">=": ">"})
_MISTAKEN_FOR = MappingProxyType(
    {"happened": "passed", "passed": "happened", "last_day": "first_day_after", "first_day_after": "last_day"}
)
"""Functions of one kind that are easily mistaken for one another; counts of days are told apart by their kinds."""


def slips(tree: Node) -> Iterator[Slip]:
    """Every slip in a condition, each once."""
    seen = {tree}
    for slip in (*_whole(tree), *_within(tree)):
        if slip.tree not in seen:
            seen.add(slip.tree)
            yield slip


def _whole(tree: Node) -> Iterator[Slip]:
    if _is_truth(tree):
        yield Slip("negated", f"the whole condition denied: {spelt(_denied(tree))}", _denied(tree))


def _is_truth(tree: Node) -> bool:
    match tree:
        case Not() | And() | Or() | OneOf() | Compare():
            return True
        case Call(function=function):
            return FUNCTIONS[function].gives.base is Base.BOOL
        case _:
            return False


def _denied(tree: Node) -> Node:
    return tree.operand if isinstance(tree, Not) else Not(tree)


def _within(tree: Node) -> Iterator[Slip]:
    """Slips in a tree or in any part of it, with the part put back into the whole."""
    match tree:
        case And(operands=operands) | Or(operands=operands):
            yield from _of_parts(tree, operands)
            for place, operand in enumerate(operands):
                for slip in _within(operand):
                    yield evolve(slip, tree=type(tree)((*operands[:place], slip.tree, *operands[place + 1 :])))
        case Not(operand=operand):
            for slip in _within(operand):
                yield evolve(slip, tree=Not(slip.tree))
        case Compare(operator=operator, left=left, right=right):
            yield from _of_comparison(tree)
            for slip in _within(left):
                yield evolve(slip, tree=Compare(operator, slip.tree, right))
            for slip in _within(right):
                yield evolve(slip, tree=Compare(operator, left, slip.tree))
        case Call(function=function, arguments=arguments):
            yield from _of_call(tree)
            for place, argument in enumerate(arguments):
                for slip in _within(argument):
                    yield evolve(slip, tree=Call(function, (*arguments[:place], slip.tree, *arguments[place + 1 :])))
        case OneOf(item=item, words=words) if len(words) > 1:
            for word in words:
                fewer = OneOf(item, tuple(each for each in words if each != word))
                yield Slip("word", f'"{word}" left out of {spelt(tree)}', fewer)
        case _:
            return


def _of_parts(tree: And | Or, operands: tuple[Node, ...]) -> Iterator[Slip]:
    """A part dropped or denied, and `and` taken for `or`."""
    for place, operand in enumerate(operands):
        rest = (*operands[:place], *operands[place + 1 :])
        fewer = rest[0] if len(rest) == 1 else type(tree)(rest)
        excepted = isinstance(operand, Not) and isinstance(tree, And)
        kind, said = ("exception", "exception removed") if excepted else ("dropped", "dropped")
        yield Slip(kind, f"{said}: {spelt(operand)}", fewer)
        denied = type(tree)((*operands[:place], _denied(operand), *operands[place + 1 :]))
        yield Slip("negated", f"denied: {spelt(operand)}", denied)
    other, words = (Or(operands), "and taken for or") if isinstance(tree, And) else (And(operands), "or taken for and")
    yield Slip("joined", f"{words}: {spelt(tree)}", other)


def _of_comparison(tree: Compare) -> Iterator[Slip]:
    signs = [OPPOSITE[tree.operator]]
    if tree.operator in _NEXT_TO and not _is_a_rate(tree.left):
        signs.append(_NEXT_TO[tree.operator])
    for sign in signs:
        yield Slip("comparison", f"{spelt(tree)}: {tree.operator} became {sign}", Compare(sign, tree.left, tree.right))


def _is_a_rate(node: Node) -> bool:
    return isinstance(node, Call) and FUNCTIONS[node.function].orders_only


def _of_call(tree: Call) -> Iterator[Slip]:
    other = _MISTAKEN_FOR.get(tree.function)
    if other:
        yield Slip("function", f"{tree.function} became {other} in {spelt(tree)}", Call(other, tree.arguments))
    if tree.function in ("days_between", "rate"):
        swapped = (tree.arguments[1], tree.arguments[0])
        yield Slip("function", f"its two parts swapped: {spelt(tree)}", Call(tree.function, swapped))
