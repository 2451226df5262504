"""The tree a condition is: one shape, read by everything that judges, words, compiles, proves or draws.

Each reader walks it with `match` and ends in `assert_never`, so a new sort of node cannot be forgotten.
"""

from collections.abc import Iterator

from attrs import frozen

__all__ = [
    "And",
    "Call",
    "Compare",
    "Literal",
    "Name",
    "Node",
    "Not",
    "OneOf",
    "Or",
    "Today",
    "children",
    "names_in",
    "walk",
]


@frozen
class Literal:
    """A value written out: True, False, 0, 1 or a quoted word."""

    value: bool | int | str


@frozen
class Name:
    """A fact, a definition, a finding of another rule, or a parameter."""

    name: str


@frozen
class Today:
    """The day the assessment is made for, written `on`."""


@frozen
class Call:
    """One of the language's functions, applied."""

    function: str
    arguments: "tuple[Node, ...]"


@frozen
class Compare:
    """Two values compared; `operator` is one of == != < <= > >=."""

    operator: str
    left: "Node"
    right: "Node"


@frozen
class OneOf:
    """A text is one of the words listed."""

    item: "Node"
    words: tuple[str, ...]


@frozen
class Not:
    """The opposite of a condition; the opposite of unknown is unknown."""

    operand: "Node"


@frozen
class And:
    """Every one of the conditions."""

    operands: "tuple[Node, ...]"


@frozen
class Or:
    """At least one of the conditions."""

    operands: "tuple[Node, ...]"


Node = Literal | Name | Today | Call | Compare | OneOf | Not | And | Or


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in reading order."""
    match node:
        case Call(arguments=below) | And(operands=below) | Or(operands=below):
            return below
        case Compare(left=left, right=right):
            return (left, right)
        case OneOf(item=below_one) | Not(operand=below_one):
            return (below_one,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in reading order."""
    yield node
    for child in children(node):
        yield from walk(child)


def names_in(node: Node) -> tuple[str, ...]:
    """Every name the tree uses, once each, in reading order.

    >>> names_in(And((Name("in_area"), Not(Name("on_school_roll")))))
    ('in_area', 'on_school_roll')
    """
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))
