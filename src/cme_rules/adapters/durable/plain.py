"""Which comparisons the engine can make by itself: a word with words, a number with a number of the policy."""

from types import MappingProxyType

from attrs import frozen

from cme_rules.calendars.spans import Span
from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import Compare, Literal, Name, Node, OneOf, names_in
from cme_rules.policy.model.policy import Law, Policy

__all__ = ["LARGEST", "Against", "Chosen", "facts_below", "plain"]

LARGEST = 2**31 - 1
"""The largest number the engine is given: it keeps a constant in as little as 32 bits."""

_LONGEST_WORD = 200
_MOST_WORDS = 40
_TURNED = MappingProxyType({"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="})


@frozen
class Against:
    """A fact compared with one value."""

    name: str
    operator: str
    value: int | str


@frozen
class Chosen:
    """A text fact that is one of these words, out of its closed list."""

    name: str
    words: tuple[str, ...]
    closed: tuple[str, ...]


def facts_below(node: Node, policy: Policy) -> tuple[str, ...]:
    """Every fact a part needs, also by way of definitions."""
    found: dict[str, None] = {}
    for name in names_in(node):
        if name in policy.definitions:
            found |= dict.fromkeys(facts_below(policy.definitions[name].means, policy))
        elif name in policy.facts:
            found[name] = None
    return tuple(found)


def plain(node: Node, law: Law) -> Against | Chosen | None:
    """The part as something the engine tests by itself; None where it must be judged beforehand."""
    match node:
        case OneOf(item=Name() as item, words=words) if closed := _closed(_fact(item, law), law):
            return Chosen(_fact(item, law), words, closed)
        case Compare(operator=operator, left=Name() as left, right=right):
            return _against(_fact(left, law), operator, right, law) or _turned(node, law)
        case Compare():
            return _turned(node, law)
        case _:
            return None


def _turned(node: Compare, law: Law) -> Against | None:
    """`0 < absences` is `absences > 0`."""
    match node.right:
        case Name() as right:
            return _against(_fact(right, law), _TURNED[node.operator], node.left, law)
        case _:
            return None


def _against(name: str, operator: str, other: Node, law: Law) -> Against | None:
    if isinstance(other, Literal) and isinstance(other.value, str):
        equal = operator in ("==", "!=")
        return Against(name, operator, other.value) if equal and other.value in _closed(name, law) else None
    number, spec = _number(other, law), law.policy.facts.get(name)
    if spec is None or spec.kind.base is not Base.INT or number is None:
        return None
    return Against(name, operator, number)


def _fact(name: Name, law: Law) -> str:
    """The name itself, or the one a definition gives another name to."""
    definition = law.policy.definitions.get(name.name)
    return _fact(definition.means, law) if definition and isinstance(definition.means, Name) else name.name


def _number(node: Node, law: Law) -> int | None:
    """A constant of the day, where it is small enough for the engine."""
    match node:
        case Literal(value=int() as value) if not isinstance(value, bool):
            return value
        case Name(name=name):
            number = law.parameters.get(name)
            count = number.count if isinstance(number, Span) else number
            return count if count is not None and abs(count) <= LARGEST else None
        case _:
            return None


def _closed(name: str, law: Law) -> tuple[str, ...]:
    """The closed list of a text fact, where the engine can be given its words as they are; otherwise nothing."""
    spec = law.policy.facts.get(name)
    words = (spec.kind.words or ()) if spec else ()
    return words if len(words) <= _MOST_WORDS and all(map(_is_simple, words)) else ()


def _is_simple(word: str) -> bool:
    """Printable ASCII that JSON writes as it stands: the engine compares the bytes between the quotes."""
    return word.isascii() and word.isprintable() and not set(word) & {'"', "\\"} and 0 < len(word) <= _LONGEST_WORD
