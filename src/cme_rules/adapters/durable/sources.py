"""What the engine is told of a child: the values of attributes, and the atoms judged for it beforehand."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from cme_rules.adapters.durable.lines import Constant, FromAtom, FromFact, FromGiven, Program
from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import Node
from cme_rules.engine.scope import Scope

__all__ = ["Scalar", "Told", "told"]

Scalar = bool | int | str
"""What an attribute may be. Never a date: only atoms ask about days, and they know `never` from unknown."""

_LARGEST = 2**53
"""Numbers beyond this are told as this: every constant they are compared with is far smaller."""


@frozen
class Told:
    """The attributes of a program by where they come from, sorted once so that a child takes as little as possible."""

    constants: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    given: tuple[tuple[str, str], ...]
    atoms: tuple[tuple[str, Node, frozenset[str]], ...]

    def of(self, scope: Scope) -> dict[str, Scalar]:
        """The value of every attribute that is known, by its key. The engine is told nothing of what is unknown."""
        facts = scope.facts
        known: dict[str, Scalar] = dict.fromkeys(self.constants, True)
        known |= {key: _scalar(facts[name]) for key, name in self.facts if name in facts}
        known |= {key: True for key, name in self.given if name in facts}
        known |= self._judged(scope, facts)
        return known

    def _judged(self, scope: Scope, facts: Mapping[str, Any]) -> dict[str, Scalar]:
        """The atoms; one that lacks a fact is unknown without being judged."""
        judged = {key: evaluate(node, scope) for key, node, names in self.atoms if names <= facts.keys()}
        return {key: bool(truth) for key, truth in judged.items() if truth is not None}


def told(program: Program) -> Told:
    """What a program wants to be told."""
    sources = program.sources.items()
    return Told(
        constants=tuple(key for key, source in sources if isinstance(source, Constant)),
        facts=tuple((key, source.name) for key, source in sources if isinstance(source, FromFact)),
        given=tuple((key, source.name) for key, source in sources if isinstance(source, FromGiven)),
        atoms=tuple(
            (key, source.node, frozenset(source.names)) for key, source in sources if isinstance(source, FromAtom)
        ),
    )


def _scalar(value: Scalar) -> Scalar:
    if isinstance(value, bool | str):
        return value
    return max(-_LARGEST, min(_LARGEST, value))
