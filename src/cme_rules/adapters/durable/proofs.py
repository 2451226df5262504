"""Why the engine answered as it did: the chain of its firings, as a tree.

A proof is put together from what the engine reported of each firing, and each step is checked again here: the facts
reported must meet the tests of the line that fired. A verdict that FAILS has a proof as well as one that HOLDS; an
UNKNOWN has none, for nothing fired.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from json import loads
from operator import eq, ge, gt, le, lt, ne
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from cme_rules.adapters.durable.errors import EngineRunError
from cme_rules.adapters.durable.lines import FromAtom, Program, Test
from cme_rules.adapters.durable.session import Firing
from cme_rules.adapters.durable.sources import Scalar
from cme_rules.conditions.nodes import Name, Node, OneOf
from cme_rules.conditions.words import say
from cme_rules.domain.never import NEVER

__all__ = ["Proof", "Prover"]

_MEETS = MappingProxyType({"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge})


@frozen(kw_only=True)
class Proof:
    """One step: what is so, the paragraph it stands in, and the steps it was concluded from.

    `value` is what the caller gave, and is empty unless values were asked for.
    """

    words: str
    paragraph: str = ""
    value: str = ""
    because: "tuple[Proof, ...]" = ()

    def __str__(self) -> str:
        """The tree, a step a line, each deeper step indented."""
        return "\n".join(_told(self, 0))


@frozen(kw_only=True, eq=False)
class Prover:
    """Carries what every step of a proof needs: the lines, what fired for each key, and the facts."""

    program: Program
    firings: Mapping[str, tuple[Firing, ...]] = field(repr=False)
    facts: Mapping[str, Any] = field(repr=False)
    reveal: bool

    def proofs(self, key: str, words: str, paragraph: str) -> tuple[Proof, ...]:
        """The proofs of a key's conclusion, one for each line that fired for it.

        Raises EngineRunError where the engine's report of a firing does not bear out the line that fired.
        """
        return tuple(
            Proof(words=words, paragraph=paragraph, because=self._steps(firing)) for firing in self.firings[key]
        )

    def _steps(self, firing: Firing) -> tuple[Proof, ...]:
        pairs = zip(firing.line.tests, _matched(firing), strict=True)
        return tuple(self._step(test, value) for test, value in pairs)

    def _step(self, test: Test, value: Scalar) -> Proof:
        words = say(test.node, self.program.law.phrases, denied=not test.holds)
        part = self.program.parts.get(test.key)
        if part is None:
            return Proof(words=words, value=self._shown(test, value))
        first = self.firings[test.key][0]
        if isinstance(part, OneOf):  # the step below would tell which word it was, and so the child's own
            return Proof(words=words, value=self._shown(first.line.tests[0], _matched(first)[0]))
        return Proof(words=words, paragraph=self._paragraph(part), because=self._steps(first))

    def _paragraph(self, part: Node) -> str:
        law = self.program.law
        match part:
            case Name(name=name) if name in law.policy.definitions:
                return law.policy.definitions[name].paragraph
            case Name(name=name) if name in law.findings:
                return law.findings[name].paragraph
            case _:
                return ""

    def _shown(self, test: Test, value: Scalar) -> str:
        if not self.reveal:
            return ""
        source = self.program.sources[test.key]
        given = [self.facts.get(name) for name in source.names] if isinstance(source, FromAtom) else [value]
        return "; ".join(_written(each) for each in given)


def _matched(firing: Firing) -> list[Scalar]:
    """The values the engine says met a line's tests, each checked against its test."""
    (matched,) = loads(firing.report).values()
    found = [matched.get(f"c{place}", {}).get(test.key) for place, test in enumerate(firing.line.tests)]
    for test, value in zip(firing.line.tests, found, strict=True):
        if value is None or not _MEETS[test.operator](value, test.value):
            msg = "the engine reported a firing that its facts do not bear out"
            raise EngineRunError(msg)
    return found


def _told(proof: Proof, depth: int) -> Iterator[str]:
    where = f" [{proof.paragraph}]" if proof.paragraph else ""
    value = f" ({proof.value})" if proof.value else ""
    yield f"{'  ' * depth}- {proof.words}{where}{value}"
    for step in proof.because:
        yield from _told(step, depth + 1)


def _written(value: object) -> str:
    if value is NEVER:
        return "never"
    return value.isoformat() if isinstance(value, date) else str(value)
