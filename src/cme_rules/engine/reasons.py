"""The parts of a condition that made its answer, as a tree of clauses: what a "because" is put together from.

Only what decided is kept: where one missing part would have been enough, the others are left out. Every clause says
what is so; nothing is asked and then denied.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from cme_rules.conditions.judge import evaluate, verdict
from cme_rules.conditions.nodes import And, Call, Literal, Name, Node, Not, Or, Today, children
from cme_rules.conditions.words import say
from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.scope import Scope
from cme_rules.engine.sentences import because, day, joined, noted, whether
from cme_rules.policy.model.rules import Rule

__all__ = ["Answer", "Reason", "answer_to", "made_by"]


@frozen(kw_only=True)
class Reason:
    """One thing that helped to make an answer: the clause, where it stands, and what made it so in turn.

    `words` are a clause that is so, or, of what is not known, what it is that is not known. `value` holds the
    child's values where they were asked for.
    """

    words: str
    verdict: Verdict
    paragraph: str = ""
    value: str = ""
    below: "tuple[Reason, ...]" = ()

    @property
    def clause(self) -> str:
        """The clause as it begins a sentence, with the child's values where they were asked for."""
        return f"we do not know whether {whether(self.shown)}" if self.verdict is Verdict.UNKNOWN else self.shown

    @property
    def shown(self) -> str:
        """The words, with the child's values where they were asked for."""
        return noted(self.words, self.value)


@frozen(kw_only=True)
class Answer:
    """A finding's or an action's answer as a clause, and the reasons that made it, in reading order.

    A denial that only lists the ways in which it could be so is not said: the rule's title does not apply.
    Without reasons, the answer is nothing but what was said of the child, or what nobody said.
    """

    said: str
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


def answer_to(rule: Rule, scope: Scope, *, reveal: bool = False) -> Answer:
    """What a rule's answer is, in words, and what made it."""
    finder = _Finder(scope=scope, reveal=reveal)
    found = verdict(scope.of(rule.when))
    said = rule.phrase.words or f"“{rule.title}” applies"
    if found is Verdict.FAILS:
        said = rule.phrase.denied if rule.phrase.words and not _lists_ways(rule.phrase.denied) else ""
    reasons = tuple(dict.fromkeys(finder.deciding(rule.when)))
    while len(reasons) == 1 and reasons[0].words == said and not reasons[0].value:
        reasons = reasons[0].below
    return Answer(said=said or f"“{rule.title}” does not apply", verdict=found, reasons=reasons)


def _lists_ways(denied: str) -> bool:
    """Whether a denial lists ways in which it could be so, and leaves open which of them it is."""
    return ", or " in denied


def made_by(reasons: Iterable[Reason]) -> str:
    """The reasons as one "because": what is not known is listed after one "we do not know", and not at any length."""
    listed = tuple(reasons)
    unknown = [f"whether {whether(each.shown)}" for each in listed if each.verdict is Verdict.UNKNOWN]
    if not unknown:
        return because([each.shown for each in listed])
    few, more = unknown[:_FEW], len(unknown) - _FEW
    said = unknown if more <= 1 else [*few, f"{more} other things"]
    return f"because we do not know {joined(said, 'or')}"


_FEW = 4
"""Things not known that one sentence names."""


@frozen(kw_only=True)
class _Finder:
    scope: Scope
    reveal: bool

    def deciding(self, node: Node) -> list[Reason]:
        """The reasons for a condition's answer."""
        match node:
            case And(operands=operands) | Or(operands=operands):
                found = self.scope.of(node)
                chosen = [part for part in operands if self.scope.of(part) is found]
                return [reason for part in chosen for reason in self.deciding(part)]
            case Not(operand=operand):
                return self.deciding(operand)
            case _:
                return self._reasons(node)

    def _reasons(self, node: Node) -> list[Reason]:
        """A leaf or a name as a reason of its own; of a denial that lists ways, the one there is instead."""
        found = verdict(self.scope.of(node))
        tree, paragraph = self._behind(node)
        words = self._words(node, denied=found is Verdict.FAILS)
        below = tuple(dict.fromkeys(self.deciding(tree))) if tree else ()
        if len(below) == 1 and found is Verdict.FAILS and _lists_ways(words):
            return list(below)
        values = self._values(node) if self.reveal and tree is None else []
        value = "; ".join(dict.fromkeys(value for value in values if value not in words))
        return [Reason(words=words, verdict=found, paragraph=paragraph, value=value, below=below)]

    def _words(self, node: Node, *, denied: bool) -> str:
        """A part of the law in words, put together once for every child of the day."""
        kept: dict[tuple[int, bool], str] = self.scope.moment.notes.setdefault("reasons", {})
        key = id(node), denied
        if key not in kept:
            words = say(node, self.scope.moment.law.phrases, denied=denied)
            kept[key] = words.replace("the day assessed", day(self.scope.today))
        return kept[key]

    def _behind(self, node: Node) -> tuple[Node | None, str]:
        """The condition a name stands for, and the paragraph of that; nothing for a fact."""
        law = self.scope.moment.law
        if not isinstance(node, Name):
            return None, ""
        if node.name in law.policy.definitions:
            definition = law.policy.definitions[node.name]
            return definition.means, definition.paragraph
        rule = law.findings.get(node.name)
        return (rule.when, rule.paragraph) if rule else (None, "")

    def _values(self, node: Node) -> list[str]:
        """The values of the child's facts in a leaf, in the order in which it reads."""
        match node:
            case Name(name=name) if name in self.scope.moment.law.policy.facts:
                value: Any = self.scope.facts.get(name)
                return [] if isinstance(value, bool) or value is None else [_shown(value)]
            case Name(name=name) if name in self.scope.moment.law.policy.definitions:
                return self._values(self.scope.moment.law.policy.definitions[name].means)
            case Call(function="known") | Literal() | Today() | Name():
                return []
            case Call():
                return self._counted(node, children(node))
            case _:
                return [text for child in children(node) for text in self._values(child)]

    def _counted(self, node: Node, parts: Iterable[Node]) -> list[str]:
        """The values of some parts, and the number they come to where they come to one."""
        counted = evaluate(node, self.scope)
        below = [text for part in parts for text in self._values(part)]
        return [", so ".join(filter(None, ("; ".join(below), str(counted))))] if type(counted) is int else below


def _shown(value: object) -> str:
    if value is NEVER:
        return "never"
    return day(value) if isinstance(value, date) else str(value).replace("_", " ")
