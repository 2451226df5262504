"""The parts of a condition that made its answer, as a tree of clauses: what a "because" is put together from.

Only what decided is kept: where one missing part would have been enough, the others are left out.
"""

from datetime import date
from typing import Any

from attrs import frozen

from cme_rules.conditions.judge import evaluate, judge
from cme_rules.conditions.nodes import And, Call, Literal, Name, Node, Not, Or, Today, children
from cme_rules.conditions.words import say
from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.rules import Rule
from cme_rules.render.sentences import agreeing, because, day, joined, whether

__all__ = ["Reason", "made_by", "reasons_for"]


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
        said = f"we do not know whether {whether(self.words)}" if self.verdict is Verdict.UNKNOWN else self.words
        return f"{said} ({self.value})" if self.value else said


def made_by(reasons: "tuple[Reason, ...]") -> str:
    """The reasons as one "because": what is not known is listed after one "we do not know", and not at any length."""
    unknown = [f"whether {whether(each.words)}" for each in reasons if each.verdict is Verdict.UNKNOWN]
    if not unknown:
        return because([each.clause for each in reasons])
    few, more = unknown[:_FEW], len(unknown) - _FEW
    said = unknown if more <= 1 else [*few, f"{more} other things"]
    return f"because we do not know {joined(said, 'or')}"


_FEW = 4
"""Things not known that one sentence names."""


def reasons_for(rule: Rule, scope: Scope, *, reveal: bool = False) -> tuple[Reason, ...]:
    """What made a rule hold, fail or stay unknown, in reading order, each once."""
    finder = _Finder(scope=scope, reveal=reveal)
    return tuple(dict.fromkeys(finder.deciding(rule.when)))


@frozen(kw_only=True)
class _Finder:
    scope: Scope
    reveal: bool

    def deciding(self, node: Node) -> list[Reason]:
        """The reasons for a condition's answer."""
        match node:
            case And(operands=operands) | Or(operands=operands):
                found = judge(node, self.scope)
                chosen = [part for part in operands if judge(part, self.scope) is found]
                return [reason for part in chosen for reason in self.deciding(part)]
            case Not(operand=operand):
                return self.deciding(operand)
            case _:
                return [self._reason(node)]

    def _reason(self, node: Node) -> Reason:
        found = judge(node, self.scope)
        tree, paragraph = self._behind(node)
        words = agreeing(say(node, self.scope.moment.law.phrases, denied=found is Verdict.FAILS))
        values = self._values(node) if self.reveal and tree is None else []
        return Reason(
            words=words.replace("the day assessed", day(self.scope.today)),
            verdict=found,
            paragraph=paragraph,
            value="; ".join(dict.fromkeys(value for value in values if value not in words)),
            below=tuple(dict.fromkeys(self.deciding(tree))) if tree else (),
        )

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
                counted = evaluate(node, self.scope)
                below = self._values(self.scope.moment.law.policy.definitions[name].means)
                return [*below, f"so {counted}"] if type(counted) is int else below
            case Call(function="known") | Literal() | Today() | Name():
                return []
            case Call():
                counted = evaluate(node, self.scope)
                below = [text for child in children(node) for text in self._values(child)]
                return [*below, f"so {counted}"] if type(counted) is int else below
            case _:
                return [text for child in children(node) for text in self._values(child)]


def _shown(value: object) -> str:
    if value is NEVER:
        return "never"
    return day(value) if isinstance(value, date) else str(value).replace("_", " ")
