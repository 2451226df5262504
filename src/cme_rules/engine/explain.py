"""Why, why not, and why we cannot say: an answer laid open step by step, in words.

Values a caller gave about a child stay out of the words unless `reveal` asks for them: each step then says only
what was asked and whether it holds.
"""

from datetime import date
from typing import Any

from attrs import evolve, frozen

from cme_rules.conditions.judge import Value, evaluate, verdict
from cme_rules.conditions.nodes import And, Call, Compare, Name, Node, Not, Or
from cme_rules.conditions.words import Phrases, say
from cme_rules.domain.never import NEVER
from cme_rules.domain.shown import mimebundle
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.rules import Rule

__all__ = ["Step", "clauses", "trace"]

_OPPOSITE = {Verdict.HOLDS: Verdict.FAILS, Verdict.FAILS: Verdict.HOLDS, Verdict.UNKNOWN: Verdict.UNKNOWN}


@frozen(kw_only=True)
class Step:
    """One thing asked on the way to an answer, what came of it, and the steps below it.

    `joint` is "all", "any" or nothing: whether every step below was needed or one would do.
    """

    _repr_mimebundle_ = mimebundle

    words: str
    verdict: Verdict
    paragraph: str = ""
    joint: str = ""
    value: str = ""
    steps: "tuple[Step, ...]" = ()


def trace(rule: Rule, scope: Scope, *, reveal: bool = False) -> Step:
    """The whole way to a rule's answer, through every definition and finding it uses."""
    leaves = scope.moment.notes.setdefault("leaves", {})
    tracer = _Tracer(scope=scope, phrases=scope.moment.law.phrases, leaves=leaves, reveal=reveal)
    below = tracer.step(rule.when)
    words = rule.phrase.words or rule.title
    steps = below.steps if below.joint else (below,)
    return Step(words=words, verdict=below.verdict, paragraph=rule.paragraph, joint=below.joint or "all", steps=steps)


def clauses(rule: Rule, scope: Scope) -> tuple[str, ...]:
    """The parts of a rule's condition that made its verdict, one clause each, without a child's values."""
    result = scope.of(rule.when)
    parts = rule.when.operands if isinstance(rule.when, And | Or) else (rule.when,)
    said = _said(rule, parts, result, scope.moment)
    return tuple([words for part, words in zip(parts, said, strict=True) if scope.of(part) is result])


def _said(rule: Rule, parts: tuple[Node, ...], result: Value, moment: Moment) -> tuple[str, ...]:
    """Every part of a rule's condition in words, as they read under an answer: the same for every child."""
    kept: dict[tuple[str, Value], tuple[str, ...]] = moment.notes.setdefault("clauses", {})
    if (rule.id, result) not in kept:
        kept[rule.id, result] = tuple(_clause(part, moment.law.phrases, verdict(result)) for part in parts)
    return kept[rule.id, result]


def _clause(part: Node, phrases: Phrases, result: Verdict) -> str:
    if result is Verdict.UNKNOWN:
        return f"it is not known whether {say(part, phrases)}"
    return say(part, phrases, denied=result is Verdict.FAILS)


@frozen(kw_only=True, eq=False, repr=False)
class _Tracer:
    """Carries what every step needs: the facts, the words, and whether values may be shown."""

    scope: Scope
    phrases: Phrases
    leaves: dict[tuple[int, Value], tuple[Step, Node]]
    reveal: bool

    def step(self, node: Node) -> Step:
        """One step and the steps below it."""
        match node:
            case And(operands=operands):
                return self._joined(operands, "all")
            case Or(operands=operands):
                return self._joined(operands, "any")
            case Not(operand=operand) if self._has_parts(operand):
                denied, inner = self._leaf(node), self.step(operand)
                return Step(words=denied.words, verdict=denied.verdict, joint="all", steps=(inner,))
            case Name():
                return self._named(node)
            case _:
                return self._leaf(node)

    def _has_parts(self, node: Node) -> bool:
        """Whether a tree joins others, or names a definition or a finding that does: then there is more to say."""
        law = self.scope.moment.law
        while isinstance(node, Name):
            definition, rule = law.policy.definitions.get(node.name), law.findings.get(node.name)
            if definition is not None:
                node = definition.means
            elif rule is not None:
                node = rule.when
            else:
                return False
        return isinstance(node, And | Or)

    def _joined(self, operands: tuple[Node, ...], joint: str) -> Step:
        steps = tuple([self.step(operand) for operand in operands])
        words = "all of these" if joint == "all" else "at least one of these"
        return Step(words=words, verdict=_decided(steps, joint), joint=joint, steps=steps)

    def _named(self, node: Name) -> Step:
        law, name = self.scope.moment.law, node.name
        if name in law.policy.definitions:
            definition = law.policy.definitions[name]
            tree, paragraph = definition.means, definition.paragraph
        elif name in law.findings:
            rule = law.findings[name]
            tree, paragraph = rule.when, rule.paragraph
        else:
            return self._leaf(node)
        below = self.step(tree)
        steps = below.steps if below.joint else (below,)
        words = self.phrases[name].words
        return Step(words=words, verdict=below.verdict, paragraph=paragraph, joint=below.joint or "all", steps=steps)

    def _leaf(self, node: Node) -> Step:
        """The step of a part of the law that has none below it: without values it is the same for every child."""
        answer = self.scope.of(node)
        step, _ = self.leaves.get((id(node), answer), (None, None))
        if step is None:
            step = Step(words=say(node, self.phrases), verdict=verdict(answer))
            self.leaves[id(node), answer] = step, node  # the node is kept, so that no other takes its identity
        return evolve(step, value="; ".join(self._values(node))) if self.reveal else step

    def _values(self, node: Node) -> list[str]:
        match node:
            case Compare(left=left, right=right):
                return [*self._values(left), *self._values(right)]
            case Call(function="known"):
                return []
            case Name(name=name) if name in self.scope.moment.law.policy.parameters:
                return []
            case Not(operand=operand):
                return self._values(operand)
            case _:
                value: Any = evaluate(node, self.scope)
                return [] if isinstance(value, bool) or value is None else [_shown(value)]


def _decided(steps: tuple[Step, ...], joint: str) -> Verdict:
    """What steps come to together: one that decides is enough; otherwise one not known leaves it open."""
    found = [step.verdict for step in steps]
    decisive = Verdict.FAILS if joint == "all" else Verdict.HOLDS
    if decisive in found:
        return decisive
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else _OPPOSITE[decisive]


def _shown(value: object) -> str:
    if value is NEVER:
        return "never"
    return value.isoformat() if isinstance(value, date) else str(value)
