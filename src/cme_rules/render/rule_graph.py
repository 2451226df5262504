"""A rule as questions: each leads by yes or no to the next, and in the end to the answer.

A name that stands for a condition is laid open where it is one of the policy's definitions; a finding of another rule
stays one question, under its paragraph. A question nobody can answer leaves the rule unknown, unless every way on from
it ends in the same answer.
"""

from attrs import define, field

from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import And, Compare, Literal, Name, Node, Not, OneOf, Or
from cme_rules.conditions.words import say
from cme_rules.engine.sentences import as_question, joined, noted, spaced
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Rule
from cme_rules.render.graph import Arrow, Box, Graph

__all__ = ["Drafter", "rule_graph"]

_YES, _NO = "yes", "no"


def rule_graph(rule: Rule, law: Law) -> Graph:
    """The questions of a rule in the order in which they are best put, by the law of a day."""
    drafter = Drafter(law=law)
    begins = drafter.ask(rule.when, _YES, _NO)
    ends = [_end(rule, _YES, law), _end(rule, _NO, law)]
    boxes = [box for box in reversed(drafter.boxes) if box.id in drafter.reached(begins)]
    boxes += [box for box in ends if box.id in {arrow.target for arrow in drafter.arrows} | {begins}]
    first = [
        Box(id=each.id, heading=each.heading, lines=each.lines, kind=each.kind, first=each.id == begins)
        for each in boxes
    ]
    arrows = [each for each in drafter.arrows if each.source in drafter.reached(begins)]
    return Graph(
        title=noted(rule.title, law.policy.cite(rule.paragraph)),
        boxes=tuple(first),
        arrows=tuple(arrows),
        words=_words(rule, first, arrows),
        notes=("A question nobody can answer leaves the answer not known, unless both ways on from it end alike.",),
    )


def _end(rule: Rule, answer: str, law: Law) -> Box:
    about = rule.phrase.words or rule.title
    said = about if answer == _YES else rule.phrase.denied if rule.phrase.words else "this does not arise"
    return Box(id=answer, heading=f"{answer.title()}: {said}", lines=(law.policy.cite(rule.paragraph),), kind="end")


@define(kw_only=True)
class Drafter:
    """The questions put so far, the last one first: each is made knowing where its two answers lead."""

    law: Law
    boxes: list[Box] = field(factory=list)
    arrows: list[Arrow] = field(factory=list)
    _made: dict[tuple[str, str, str], str] = field(factory=dict)

    def ask(self, node: Node, yes: str, no: str) -> str:
        """The id of the question a condition begins with, given where yes and no lead."""
        match node:
            case Not(operand=operand):
                return self.ask(operand, no, yes)
            case And(operands=operands):
                for operand in reversed(operands):
                    yes = self.ask(operand, yes, no)
                return yes
            case Or(operands=operands):
                for operand in reversed(operands):
                    no = self.ask(operand, yes, no)
                return no
            case Name(name=name) if name in self.law.policy.definitions:
                return self.ask(self.law.policy.definitions[name].means, yes, no)
            case Compare(operator="!=", left=left, right=right):
                return self.ask(Compare(operator="==", left=left, right=right), no, yes)
            case _:
                return self._question(node, yes, no)

    def _question(self, node: Node, yes: str, no: str) -> str:
        words, lines = self._put(node)
        key = (words, yes, no)
        if yes == no:
            return yes
        if key not in self._made:
            self._made[key] = name = f"question {len(self._made)}"
            self.boxes.append(Box(id=name, heading=words, lines=lines, kind="question"))
            self.arrows += [
                Arrow(source=name, target=yes, lines=("yes",)),
                Arrow(source=name, target=no, lines=("no",)),
            ]
        return self._made[key]

    def _put(self, node: Node) -> tuple[str, tuple[str, ...]]:
        """A leaf as a question, and where it stands."""
        law = self.law
        if isinstance(node, Name) and node.name in law.policy.facts:
            spec = law.policy.facts[node.name]
            if spec.kind.base is Base.BOOL:
                return spec.ask, ()
        chosen = self._chosen(node)
        if chosen:
            return chosen
        rule = law.findings.get(node.name) if isinstance(node, Name) else None
        lines = (law.policy.cite(rule.paragraph),) if rule else ()
        return as_question(say(node, law.phrases)), lines

    def _chosen(self, node: Node) -> tuple[str, tuple[str, ...]] | None:
        """A fact that is one of some words, as its own question, and for which answers the way is yes."""
        match node:
            case Compare(operator="==", left=Name(name=name), right=Literal(value=str(word))):
                words: tuple[str, ...] = (word,)
            case OneOf(item=Name(name=name), words=words):
                pass
            case _:
                return None
        spec = self.law.policy.facts.get(name)
        return (spec.ask, (f"Yes means: {joined(map(spaced, words), 'or')}.",)) if spec else None

    def reached(self, begins: str) -> set[str]:
        """The questions a way leads to."""
        found, waiting = set[str](), [begins]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [arrow.target for arrow in self.arrows if arrow.source == name]
        return found


def _words(rule: Rule, boxes: list[Box], arrows: list[Arrow]) -> str:
    headings = {box.id: box.heading for box in boxes}
    said = [f"{rule.title}."]
    for box in boxes:
        ways = [f"{arrow.lines[0]}: {headings[arrow.target]}" for arrow in arrows if arrow.source == box.id]
        said += [f"{box.heading} {'; '.join(ways)}."] if ways else []
    return " ".join(said)
