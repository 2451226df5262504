"""The same tree in plain English, positive or denied, for people who read rules and answers."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from attrs import frozen

from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.judge import OPPOSITE
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today

__all__ = ["Phrase", "Phrases", "came_about", "none_of", "say", "verb"]


@frozen
class Phrase:
    """How a declared name reads: a clause and its denial for a yes or no, a noun phrase for anything else.

    `is_day` says that the noun phrase is a day, which is before or after another and not less or more.

    >>> Phrase("the child lives in the area").denied
    'it is not the case that the child lives in the area'
    """

    words: str
    not_words: str = ""
    is_day: bool = False

    @property
    def denied(self) -> str:
        """The denial, made from the clause where none was written."""
        return self.not_words or f"it is not the case that {self.words}"


Phrases = Mapping[str, Phrase]

_SIGNS = MappingProxyType(
    {"==": "", "!=": " not", "<": " less than", "<=": " at most", ">": " more than", ">=": " at least"}
)
_DATE_SIGNS = MappingProxyType(
    {"==": "", "!=": " not", "<": " before", "<=": " on or before", ">": " after", ">=": " on or after"}
)


_MANY = re.compile(r"the (?:\w+ )?(?:attempts|days|months|sessions|weeks|years)\b")


_DAY_OF_DEED = re.compile(r"the day (?!of |after |from )(.*?\b(?:was|were)\b)(.*)")
_DAY_TOLD = re.compile(r"the day (?!of |after |from )(.*\b\w+ed\b.*)")
"""Days that are named by a clause in the past: what was done, and whoever did it."""


def verb(noun: str) -> str:
    """Is or are, as a noun phrase asks for it.

    >>> verb("the day it began"), verb("the days since it began")
    ('is', 'are')
    """
    return "are" if _MANY.match(noun) else "is"


def say(node: Node, phrases: Phrases, *, denied: bool = False) -> str:
    """The tree as a clause (a yes or no) or a noun phrase; `denied` gives the opposite of a clause.

    >>> tree = Not(Name("on_school_roll"))
    >>> say(tree, {"on_school_roll": Phrase("the child is on a roll", "the child is on no roll")})
    'the child is on no roll'
    """
    match node:
        case Literal(value=value):
            return _written(value, denied=denied)
        case Today():
            return "the day assessed"
        case Name(name=name):
            phrase = phrases.get(name, Phrase(name.replace("_", " ")))
            return phrase.denied if denied else phrase.words
        case Call():
            return _called(node, phrases, denied=denied)
        case Compare(operator="==" | "!=", left=Name() as name, right=Literal(value="none")):
            return none_of(say(name, phrases), denied=denied is (node.operator == "=="))
        case Compare():
            return _compared(node, phrases, denied=denied)
        case OneOf(item=item, words=words):
            sign = "is not" if denied else "is"
            return f"{say(item, phrases)} {sign} {_listed([_spaced(word) for word in words], 'or')}"
        case Not(operand=operand):
            return say(operand, phrases, denied=not denied)
        case And(operands=operands):
            return _joined(operands, phrases, "or" if denied else "and", denied=denied)
        case Or(operands=operands):
            return _joined(operands, phrases, "and" if denied else "or", denied=denied)
        case _:
            assert_never(node)


def came_about(noun: str, *, denied: bool = False) -> str:
    """That a day has come on which something was done, told as that it was done; nothing where a day is only named.

    >>> came_about("the day the order was made"), came_about("the day the order was made", denied=True)
    ('the order was made', 'the order was not made')
    >>> came_about("the day of the visit")
    ''
    """
    found = _DAY_OF_DEED.match(noun)
    if found:
        return f"{found[1]}{' not' if denied else ''}{found[2]}"
    told = None if denied else _DAY_TOLD.match(noun)
    return told[1] if told else ""


def none_of(noun: str, *, denied: bool = False) -> str:
    """That there is none of something, or that there is some.

    >>> none_of("the education at home"), none_of("the education at home", denied=True)
    ('there is no education at home', 'there is some education at home')
    """
    return f"there is {'some' if denied else 'no'} {noun.removeprefix('the ')}"


def _written(value: bool | int | str, *, denied: bool) -> str:  # noqa: FBT001 - the literal's own value, not a switch
    if isinstance(value, bool):
        return "always" if value is not denied else "never"
    return _spaced(value) if isinstance(value, str) else str(value)


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _called(node: Call, phrases: Phrases, *, denied: bool) -> str:
    said = [say(argument, phrases) for argument in node.arguments]
    told = came_about(said[0], denied=denied) if node.function == "happened" else ""
    if told:
        return told
    words = FUNCTIONS[node.function].words.format(*said)
    if not denied:
        return words
    for plain in (" has come", " has passed", " is known"):
        if words.endswith(plain):
            has, rest = plain.split()
            return f"{words.removesuffix(plain)} {has} not {rest}"
    return f"not {words}"


def _compared(node: Compare, phrases: Phrases, *, denied: bool) -> str:
    operator = OPPOSITE[node.operator] if denied else node.operator
    signs = _DATE_SIGNS if _is_a_day(node.left, phrases) or _is_a_day(node.right, phrases) else _SIGNS
    left = say(node.left, phrases)
    return f"{left} {verb(left)}{signs[operator]} {say(node.right, phrases)}"


def _is_a_day(node: Node, phrases: Phrases) -> bool:
    match node:
        case Name(name=name):
            return name in phrases and phrases[name].is_day
        case Call(function=function):
            return FUNCTIONS[function].gives.base.value == "date"
        case _:
            return isinstance(node, Today)


def _joined(operands: tuple[Node, ...], phrases: Phrases, joint: str, *, denied: bool) -> str:
    said = [say(operand, phrases, denied=denied) for operand in operands]
    nested = [isinstance(operand, And | Or) for operand in operands]
    return _listed([f"({words})" if inner else words for words, inner in zip(said, nested, strict=True)], joint)


def _listed(items: list[str], joint: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"
