"""A register inspection as one picture: each child of the lists goes through the questions of every finding in turn."""

from cme_rules.conditions.nodes import Name
from cme_rules.engine.sentences import sentence
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Group, Rule
from cme_rules.render.graph import Arrow, Box, Graph
from cme_rules.render.process_graph import PUT_TOGETHER
from cme_rules.render.rule_graph import Drafter

__all__ = ["inspection_graph"]

_START, _NOTHING = "start", "nothing"


def inspection_graph(law: Law) -> Graph | None:
    """The findings of a register inspection with what follows from each; nothing where the law of the day has none."""
    rules = [rule for rule in law.rules if rule.group is Group.REGISTER_INSPECTION and rule.finding]
    if not rules:
        return None
    drafter = Drafter(law=law)
    starts = [(rule, drafter.ask(rule.when, rule.finding, _NOTHING)) for rule in rules]
    ways = [Arrow(source=_START, target=first, lines=(f"{rule.title}?",), dashed=True) for rule, first in starts]
    questions = tuple(
        Box(id=box.id, heading=box.heading, lines=box.lines, kind=box.kind) for box in reversed(drafter.boxes)
    )
    boxes = (_start(rules[0], law), *questions, *(_found(rule, law) for rule in rules), _nothing())
    return Graph(
        title=f"Register inspection, {law.policy.cite(rules[0].paragraph)}",
        boxes=boxes,
        arrows=(*ways, *drafter.arrows),
        words=_words(rules, law),
        notes=(f"Dashed, and marked “{PUT_TOGETHER}”: the order of the steps is ours; the rules are the policy's.",),
    )


def _start(rule: Rule, law: Law) -> Box:
    lines = (law.policy.cite(rule.paragraph), "each of these is asked", PUT_TOGETHER)
    return Box(id=_START, heading="For each child on any of the lists", lines=lines, first=True, dashed=True)


def _nothing() -> Box:
    return Box(id=_NOTHING, heading="Nothing of this sort is found", lines=(PUT_TOGETHER,), kind="end", dashed=True)


def _found(rule: Rule, law: Law) -> Box:
    """The end of a finding's way: what was found, and what has to be done then."""
    steps = tuple(f"then: {each.title}" for each in law.duties if each.when == Name(rule.finding))
    return Box(id=rule.finding, heading=rule.title, lines=(law.policy.cite(rule.paragraph), *steps), kind="end")


def _words(rules: list[Rule], law: Law) -> str:
    said = [sentence(f"{rule.title}: {rule.phrase.words}") for rule in rules]
    return " ".join((f"Register inspection of {law.policy.title}. Each child on any of the lists is looked at.", *said))
