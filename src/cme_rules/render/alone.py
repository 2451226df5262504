"""A rule and a process without the policy they belong to: what they can say by themselves."""

from collections.abc import Callable

from cme_rules.engine.sentences import day, joined, sentence, spaced
from cme_rules.policy.model.processes import Basis, Process
from cme_rules.policy.model.rules import Rule
from cme_rules.render.blocks import Document, Heading, Para, Table

__all__ = ["process_alone", "rule_alone", "steps_of"]

_MADE = {Basis.STATED: "stated", Basis.RECONSTRUCTED: "put together by us"}


def rule_alone(rule: Rule) -> Document:
    """A rule as its file has it: the words of its condition belong to the policy."""
    gives = f"the action {spaced(rule.name)}" if rule.duty else f"the finding {spaced(rule.name)}"
    rows = [
        ("Paragraph", joined(rule.paragraphs)),
        ("Gives", gives),
        ("When", rule.text),
        ("In force from", day(rule.since)),
        *([("In force to", day(rule.until))] if rule.until else []),
        *(("Our reading", sentence(reading)) for reading in rule.readings),
    ]
    table = Table(caption="The rule", columns=("What", "As it stands"), rows=tuple(rows))
    return Document((Heading(rule.title, 1), table, Para("Give its policy and a day to see it in words and drawn.")))


def process_alone(process: Process) -> Document:
    """The steps of a process as a table."""
    table = steps_of(process, spaced)
    return Document((Heading(process.title, 1), table, Para("Give its policy to see it drawn.")))


def steps_of(process: Process, title: Callable[[str], str]) -> Table:
    """A step a row: where, what happens, where it leads, who acts, by which paragraph. `title` says who a role is."""
    rows = tuple(
        dict.fromkeys(
            (
                process.states[each.state].title,
                process.events[each.event].title,
                process.states[each.to].title if each.to != each.state else "stays",
                joined([title(role) for role in each.roles]),
                each.grounds.paragraph,
                _MADE[each.grounds.basis],
            )
            for each in process.transitions
        )
    )
    return Table(caption="Steps", columns=("At", "Event", "Leads to", "Who", "Paragraph", "Basis"), rows=rows)
