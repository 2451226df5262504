"""Whether two guards can ever hold together, proved by trying every way their simplest parts can come out."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import assert_never

from attrs import frozen

from cme_rules.conditions.judge import OPPOSITE
from cme_rules.conditions.kinds import Vocabulary
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today

__all__ = ["LARGEST", "can_both_hold"]

LARGEST = 1 << 16
"""Ways to try before giving up: guards that need more are too hard to read as well."""

_ELSE = ""
"""Stands for every word a text may be that no guard names; no text of a policy is empty."""

_Atom = Node
_Values = Mapping[_Atom, object]


@frozen
class _Split:
    """An atom and the values it may take: yes and no, or the words of a text."""

    atom: _Atom
    values: tuple[object, ...]


def can_both_hold(one: Node | None, other: Node | None, vocabulary: Vocabulary) -> bool | None:
    """Whether some child could meet both guards; None where there are too many ways to try.

    A missing guard always holds. Parts that are not taken apart (a finding, a comparison) are taken to be free, so a
    no is a proof and a yes may be overcautious.

    >>> can_both_hold(Name("ehcp"), Not(Name("ehcp")), {})
    False
    """
    trees = [_plain(tree) for tree in (one, other) if tree is not None]
    splits = tuple(_splits(trees, vocabulary))
    count = 1
    for split in splits:
        count *= len(split.values)
    if count > LARGEST:
        return None
    ways = product(*(split.values for split in splits))
    atoms = [split.atom for split in splits]
    return any(all(_holds(tree, dict(zip(atoms, way, strict=True))) for tree in trees) for way in ways)


def _plain(node: Node) -> Node:
    """The tree with `x == "word"` as a choice of one word, and each comparison as the first of its opposites."""
    match node:
        case And(operands=operands):
            return And(tuple(_plain(each) for each in operands))
        case Or(operands=operands):
            return Or(tuple(_plain(each) for each in operands))
        case Not(operand=operand):
            return Not(_plain(operand))
        case Compare(operator="==", left=left, right=Literal(value=str() as word)):
            return OneOf(left, (word,))
        case Compare(operator="!=", left=left, right=Literal(value=str() as word)):
            return Not(OneOf(left, (word,)))
        case Compare(operator=("!=" | ">=" | ">") as operator, left=left, right=right):
            return Not(Compare(OPPOSITE[operator], left, right))
        case _:
            return node


def _splits(trees: list[Node], vocabulary: Vocabulary) -> Iterator[_Split]:
    """Every atom of the trees, once each, with the values to try."""
    texts: dict[_Atom, set[str]] = {}
    others: dict[_Atom, None] = {}
    for tree in trees:
        for atom in _atoms(tree):
            if isinstance(atom, OneOf):
                texts.setdefault(atom.item, set()).update(atom.words)
            elif not isinstance(atom, Literal):
                others[atom] = None
    for item, named in texts.items():
        listed = vocabulary[item.name].words if isinstance(item, Name) and item.name in vocabulary else None
        yield _Split(item, tuple(sorted(listed)) if listed else (*sorted(named), _ELSE))
    yield from (_Split(atom, (True, False)) for atom in others)


def _atoms(node: Node) -> Iterator[_Atom]:
    match node:
        case And(operands=operands) | Or(operands=operands):
            for each in operands:
                yield from _atoms(each)
        case Not(operand=operand):
            yield from _atoms(operand)
        case _:
            yield node


def _holds(node: Node, values: _Values) -> bool:
    match node:
        case And(operands=operands):
            return all(_holds(each, values) for each in operands)
        case Or(operands=operands):
            return any(_holds(each, values) for each in operands)
        case Not(operand=operand):
            return not _holds(operand, values)
        case OneOf(item=item, words=words):
            return values[item] in words
        case Literal(value=value):
            return bool(value)
        case Name() | Call() | Compare() | Today():
            return bool(values[node])
        case _:
            assert_never(node)
