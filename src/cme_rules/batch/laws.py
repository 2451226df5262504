"""The rules of a day's law, written as one program over planes of bits."""

from collections.abc import Hashable, Iterator
from typing import assert_never

from attrs import field, frozen

from cme_rules.batch.program import FAILS, HOLDS, UNKNOWN, Slots, Writer
from cme_rules.conditions.kinds import BOOL
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today, names_in, walk
from cme_rules.engine.emit import expand
from cme_rules.policy.model.policy import Law

__all__ = ["Known", "Lawyer", "Wanting"]

_ALWAYS_ANSWERED = frozenset({"happened", "passed", "days_since", "days_between", "known"})


@frozen
class Known:
    """Stands for 'a value of this fact was given'."""

    name: str


@frozen(kw_only=True)
class Wanting:
    """Rows in which something keeps a rule's answer open.

    It is the missing fact `fact`; or, without a fact, the reason `why`, or what stands in the way of `atom`.
    """

    rule: str
    slot: int
    fact: str = ""
    why: str = ""
    atom: Node | None = None


@frozen(eq=False)
class Lawyer:
    """Writes trees of a law into a program. `given` are the facts the register has: the others are unknown."""

    law: Law
    given: frozenset[str]
    writer: Writer = field(factory=Writer)
    _written: dict[Node, Slots] = field(factory=dict, init=False)

    def slots(self, node: Node) -> Slots:
        """Where a yes-or-no stands."""
        if node not in self._written:
            self._written[node] = self._write(node)
        return self._written[node]

    def _write(self, node: Node) -> Slots:
        match node:
            case Not(operand=operand):
                return self.slots(operand)[::-1]
            case And(operands=operands):
                return self._joined(operands)
            case Or(operands=operands):
                return self._joined(tuple(Not(operand) for operand in operands))[::-1]
            case Literal(value=value):
                return HOLDS if value else FAILS
            case Name(name=name):
                return self._named(name)
            case Call() | Compare() | OneOf():
                return self._atom(expand(node, self.law.policy))
            case Today():  # pragma: no cover - a day is no yes or no
                return UNKNOWN
            case _:
                assert_never(node)

    def _joined(self, operands: tuple[Node, ...]) -> Slots:
        """All of some conditions."""
        holds, fails = HOLDS
        for operand in operands:
            also_holds, also_fails = self.slots(operand)
            holds, fails = self.writer.both(holds, also_holds), self.writer.either(fails, also_fails)
        return holds, fails

    def _named(self, name: str) -> Slots:
        if name in self.law.policy.facts:
            return self.writer.leaf(Name(name)) if name in self.given else UNKNOWN
        return self.slots(self._meaning(name))

    def _meaning(self, name: str) -> Node:
        if name in self.law.policy.definitions:
            return self.law.policy.definitions[name].means
        return self.law.findings[name].when if name in self.law.findings else Literal(value=False)

    def _atom(self, node: Node) -> Slots:
        """A comparison or call: open wherever one of its facts is, so nowhere answered if the register lacks one."""
        match node:
            case Call(function="known", arguments=(Name(name=name),)) if self._is_truth(name):
                return self.writer.either(*self._named(name)), UNKNOWN[1]
            case Compare(operator="!=", left=Name(name=name) as left, right=Literal(value=str()) as right):
                return self._atom(Compare("==", left, right))[::-1]
        if any(name not in self.given for name in self._facts(node)):
            return UNKNOWN
        return self.writer.leaf(node)

    def _is_truth(self, name: str) -> bool:
        return name not in self.law.policy.parameters and self.law.policy.vocabulary[name] == BOOL

    def _facts(self, node: Node) -> Iterator[str]:
        return (name for name in names_in(node) if name in self.law.policy.facts)

    def wanting(self, rule: str, node: Node) -> Iterator[Wanting]:
        """What keeps a tree open, and where: the same walk as `engine.missing`, for all rows at once."""
        found: dict[tuple[Hashable, ...], int] = {}
        for key, slot in self._unsettled(node, self.writer.unknown(self.slots(node))):
            found[key] = self.writer.either(found[key], slot) if key in found else slot
        for (fact, why, atom), slot in found.items():
            if slot != UNKNOWN[0]:
                yield Wanting(rule=rule, slot=slot, fact=str(fact), why=str(why), atom=atom)  # type: ignore[arg-type]

    def _unsettled(self, node: Node, path: int) -> Iterator[tuple[tuple[Hashable, ...], int]]:
        """((fact, why, atom), slot) for each thing in the way; `path`: where all the trees above are open."""
        here = self.writer.both(path, self.writer.unknown(self.slots(node)))
        match node:
            case Name(name=name) if name in self.law.policy.facts:
                yield (name, "", None), here
            case Name(name=name):
                yield from self._unsettled(self._meaning(name), here)
            case Not() | And() | Or():
                for part in (node.operand,) if isinstance(node, Not) else node.operands:
                    yield from self._unsettled(part, here)
            case Call(function="known", arguments=(Name(name=name) as below,)) if self._is_truth(name):
                yield from self._unsettled(below, here)
            case Call() | Compare() | OneOf():
                yield from self._below(expand(node, self.law.policy), here)
            case Literal() | Today():
                return
            case _:
                assert_never(node)

    def _below(self, atom: Node, here: int) -> Iterator[tuple[tuple[Hashable, ...], int]]:
        for part in walk(atom):
            if isinstance(part, Name) and part.name in self.law.policy.facts:
                known = self.writer.leaf(Known(part.name))[0] if part.name in self.given else UNKNOWN[0]
                yield (part.name, "", None), self.writer.both(here, self.writer.without(known))
            elif isinstance(part, Name) and self.law.parameters.get(part.name, 0) is None:
                yield ("", f"the policy states no value of {part.name} for this day", None), here
        if any(isinstance(part, Call) and part.function not in _ALWAYS_ANSWERED for part in walk(atom)):
            yield ("", "", atom), here
