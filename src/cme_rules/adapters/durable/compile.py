"""From the trees of a law to the lines of the engine.

What the engine can test by itself it tests: a yes or no, a word of a closed list, a number against a number of the
policy. What needs a calendar or arithmetic is an atom, judged beforehand by the plain reading of the language. How
those combine into findings, and findings into other findings, is the engine's work.
"""

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from cme_rules.adapters.durable.hashes import RESERVED, fnv
from cme_rules.adapters.durable.lines import (
    Constant,
    FromAtom,
    FromCase,
    FromFact,
    FromGiven,
    Line,
    Program,
    Rails,
    Source,
    Test,
    ids,
)
from cme_rules.adapters.durable.plain import Against, Chosen, facts_below, plain
from cme_rules.conditions.judge import OPPOSITE
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, Or
from cme_rules.policy.model.policy import Law

__all__ = ["WIDEST", "Compiler", "compile_law"]

WIDEST = 12
"""Parts one line may test; the engine bears fifteen. A wider `and` or `or` becomes a tree of narrower ones."""


def compile_law(law: Law) -> Program:
    """The lines of every rule in force, and of what shows a duty done, in an order in which nothing is used unmade."""
    compiler = Compiler(law=law)
    slots, roots = [], []
    for rule in law.rules:
        slots.append((rule.id, "when"))
        roots.append(compiler.named(rule.finding or f"duty {rule.id}", rule.when))
        if rule.duty and rule.duty.discharged is not None:
            slots.append((rule.id, "discharged"))
            roots.append(compiler.concluded(rule.duty.discharged))
    return compiler.program(slots, roots)


@frozen(kw_only=True, eq=False)
class Compiler:
    """Collects lines; every definition and finding, and every `and` and `or`, is concluded once under its own key."""

    law: Law
    lines: list[Line] = field(factory=list)
    sources: dict[Source, str] = field(factory=dict)
    parts: dict[str, Node] = field(factory=dict)
    made: dict[str | Node, str] = field(factory=dict)
    hashes: set[int] = field(factory=lambda: set(map(fnv, RESERVED)))

    def program(self, slots: Iterable[tuple[str, str]] = (), roots: Iterable[str] = ()) -> Program:
        """The lines so far, with the answers wanted of them."""
        return Program(
            law=self.law,
            lines=tuple(self.lines),
            sources={key: source for source, key in self.sources.items()},
            parts=self.parts,
            slots=tuple(slots),
            roots=tuple(roots),
        )

    def named(self, name: str, tree: Node) -> str:
        """The key under which a finding, a definition or a duty's condition is concluded."""
        if name not in self.made:
            self.made[name] = self._conclude(tree, Name(name))
        return self.made[name]

    def concluded(self, tree: Node) -> str:
        """The key under which a tree is concluded."""
        if tree not in self.made:
            self.made[tree] = self._conclude(tree, tree)
        return self.made[tree]

    def _conclude(self, tree: Node, part: Node) -> str:
        match tree:
            case And(operands=operands) | Or(operands=operands):
                return self._join([self.rails(each) for each in operands], part, every=isinstance(tree, And))
            case _:
                return self._join([self.rails(tree)], part, every=True)

    def rails(self, node: Node) -> Rails:
        """The tests met where a part holds and where it fails."""
        match node:
            case Not(operand=operand):
                holds, fails = self.rails(operand)
                return fails, holds
            case And() | Or():
                return _on(self.concluded(node), node)
            case Literal(value=value):
                return _on(self.source(Constant()), node, yes=bool(value))
            case Name(name=name):
                return self._name(name)
            case _:
                return self._leaf(node)

    def _name(self, name: str) -> Rails:
        policy, findings = self.law.policy, self.law.findings
        if name in policy.facts:
            return _on(self.source(FromFact(name)), Name(name))
        if name in policy.definitions:
            return _on(self.named(name, policy.definitions[name].means), Name(name))
        if name in findings:
            return _on(self.named(name, findings[name].when), Name(name))
        return _on(self.source(Constant()), Name(name), yes=False)  # no rule of the day gives it: there is nothing

    def _leaf(self, node: Node) -> Rails:
        match plain(node, self.law):
            case Chosen() as chosen:
                return _on(self._choose(node, chosen), node)
            case Against(name=name, operator=operator, value=value):
                key = self.source(FromFact(name))
                opposite = OPPOSITE[operator]
                return Test(key, operator, value, node, holds=True), Test(key, opposite, value, node, holds=False)
            case None:
                return self._atom(node)

    def _atom(self, node: Node) -> Rails:
        match node:
            case Call(function="known", arguments=(Name(name=name),)) if name in self.law.policy.facts:
                return _on(self.source(FromGiven(name)), node)
            case _:
                return _on(self.source(FromAtom(node, facts_below(node, self.law.policy))), node)

    def _choose(self, node: Node, chosen: Chosen) -> str:
        """One word of a list: a line for each word that is in the list, and for each of the closed list that is not."""
        if node not in self.made:
            key = self.made[node] = self.fresh("n", node)
            fact = self.source(FromFact(chosen.name))
            for word in chosen.closed:
                test = Test(fact, "==", word, Compare("==", Name(chosen.name), Literal(word)), holds=True)
                self.lines.append(Line(key=key, holds=word in chosen.words, tests=(test,)))
        return self.made[node]

    def _join(self, rails: Sequence[Rails], part: Node, *, every: bool) -> str:
        """A key that holds where every part does (or any), and fails where any does (or every)."""
        while len(rails) > WIDEST:
            narrow = [rails[start : start + WIDEST] for start in range(0, len(rails), WIDEST)]
            rails = [_on(self._join(few, _joined(few, every=every), every=every), part) for few in narrow]
        key = self.fresh("n", part)
        together, apart = (0, 1) if every else (1, 0)
        tests = tuple(dict.fromkeys(pair[together] for pair in rails))
        self.lines.append(Line(key=key, holds=every, tests=tests))
        for test in dict.fromkeys(pair[apart] for pair in rails):
            self.lines.append(Line(key=key, holds=not every, tests=(test,)))
        return key

    def source(self, source: Source) -> str:
        """The key of an attribute that is asserted from outside."""
        if source not in self.sources:
            letter = {Constant: "c", FromFact: "f", FromGiven: "g", FromAtom: "a", FromCase: "s"}[type(source)]
            self.sources[source] = self.fresh(letter)
        return self.sources[source]

    def fresh(self, letter: str, part: Node | None = None) -> str:
        """A short name that the engine mistakes for no other, nor the ids made from it."""
        number = len(self.hashes)
        while not self.hashes.isdisjoint(map(fnv, ids(f"{letter}{number}"))):
            number += 1
        key = f"{letter}{number}"
        self.hashes.update(map(fnv, ids(key)))
        if part is not None:
            self.parts[key] = part
        return key


def _on(key: str, node: Node, *, yes: bool = True) -> Rails:
    """The two tests on a key that is true or false; `yes` says which of them means that the part holds."""
    return Test(key, "==", yes, node, holds=True), Test(key, "==", not yes, node, holds=False)


def _joined(rails: Sequence[Rails], *, every: bool) -> Node:
    """The `and` or `or` of some parts, for the words of a proof."""
    parts = tuple(test.node if test.holds else Not(test.node) for test, _ in rails)
    return And(parts) if every else Or(parts)
