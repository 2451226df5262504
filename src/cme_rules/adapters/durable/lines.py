"""What a law becomes for a forward-chaining engine: lines that conclude, and tests on single attributes.

Three values are carried on two rails. Every part of a condition may be concluded to hold or to fail; a part of which
neither is concluded is unknown. So the engine needs no negation, only ever learns more, and its answer does not
depend on the order in which it fires.
"""

from collections.abc import Mapping

from attrs import field, frozen

from cme_rules.conditions.nodes import Node
from cme_rules.policy.model.policy import Law

__all__ = [
    "Constant",
    "FromAtom",
    "FromCase",
    "FromFact",
    "FromGiven",
    "Line",
    "Program",
    "Rails",
    "Source",
    "Test",
    "ids",
]


@frozen
class Test:
    """A literal test on one attribute. `node` and `holds` say what it stands for: a part, and whether it holds."""

    __test__ = False  # pytest is not meant to collect it

    key: str
    operator: str
    value: bool | int | str
    node: Node = field(eq=False)
    holds: bool = field(eq=False)


Rails = tuple[Test, Test]
"""The test met where a part holds, and the test met where it fails."""


@frozen(kw_only=True)
class Line:
    """One rule of the engine: where every test is met, the part `key` is concluded to hold, or to fail."""

    key: str
    holds: bool
    tests: tuple[Test, ...]


@frozen
class Constant:
    """The attribute that is always true: what is always so, or never, is tested on it."""


@frozen
class FromFact:
    """The value of a fact, compared by the engine itself."""

    name: str


@frozen
class FromGiven:
    """True where a fact was given at all; otherwise nothing is asserted."""

    name: str


@frozen
class FromAtom:
    """The truth of a part that needs a calendar or arithmetic, judged beforehand; `names` are the facts it needs."""

    node: Node
    names: tuple[str, ...]


@frozen
class FromCase:
    """Something of a case in a process: its state, the event, how the day stands to the clocks."""

    name: str


Source = Constant | FromFact | FromGiven | FromAtom | FromCase
"""Where an attribute's value comes from."""


@frozen(kw_only=True, eq=False)
class Program:
    """A law as lines. `slots` are the answers wanted, (rule id, part), and `roots` the keys that give them.

    A line's tests speak of attributes asserted from outside (`sources`) or of keys concluded by earlier lines.
    `parts` says what each concluded key stands for.
    """

    law: Law
    lines: tuple[Line, ...]
    sources: Mapping[str, Source]
    parts: Mapping[str, Node]
    slots: tuple[tuple[str, str], ...]
    roots: tuple[str, ...]


def ids(key: str) -> tuple[str, str, str]:
    """The ids an attribute's facts go by: asserted from outside, concluded to hold, concluded to fail."""
    return key, f"{key}T", f"{key}F"
