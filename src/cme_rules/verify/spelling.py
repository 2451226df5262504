"""A tree written in the condition language again, as a policy's file could have it."""

from typing import assert_never

from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today

__all__ = ["spelt"]

_LOOSE, _BOTH, _DENIED, _TIGHT = range(4)
"""How tightly a place binds: `or` stands loosest, then `and`, then `not`; names and comparisons need no brackets."""


def spelt(node: Node) -> str:
    """The tree as text that parses to the same tree.

    >>> spelt(And((Name("in_area"), Not(Or((Name("on_roll"), Name("home_educated")))))))
    'in_area and not (on_roll or home_educated)'
    """
    return _spelt(node, _LOOSE)


def _spelt(node: Node, place: int) -> str:
    match node:
        case Literal(value=value):
            return f'"{value}"' if isinstance(value, str) else str(value)
        case Name(name=name):
            return name
        case Today():
            return "on"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_spelt(argument, _LOOSE) for argument in arguments)})"
        case Compare(operator=operator, left=left, right=right):
            return f"{_spelt(left, _TIGHT)} {operator} {_spelt(right, _TIGHT)}"
        case OneOf(item=item, words=words):
            return f"{_spelt(item, _TIGHT)} in ({_words(words)})"
        case Not(operand=OneOf(item=item, words=words)):
            return f"{_spelt(item, _TIGHT)} not in ({_words(words)})"
        case Not(operand=operand):
            return _bracketed(f"not {_spelt(operand, _DENIED)}", place > _DENIED)
        case And(operands=operands):
            return _bracketed(" and ".join(_spelt(each, _DENIED) for each in operands), place > _BOTH)
        case Or(operands=operands):
            return _bracketed(" or ".join(_spelt(each, _BOTH) for each in operands), place > _LOOSE)
        case _:
            assert_never(node)


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words) + ("," if len(words) == 1 else "")


def _bracketed(text: str, wanted: bool) -> str:  # noqa: FBT001 - a condition worked out by the caller
    return f"({text})" if wanted else text
