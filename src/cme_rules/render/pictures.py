"""The pictures by one call each: SVG as text, to be written to a file or put on a page; and the same as Mermaid."""

from datetime import date

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.errors import UnknownName
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.processes import Process
from cme_rules.policy.model.rules import Rule
from cme_rules.processes.position import Position
from cme_rules.render.drawn import draw
from cme_rules.render.graph import Graph
from cme_rules.render.inspection_graph import inspection_graph
from cme_rules.render.mermaid import as_flowchart, as_state_diagram
from cme_rules.render.process_graph import process_graph
from cme_rules.render.rule_graph import rule_graph
from cme_rules.render.timeline import draw_timeline
from cme_rules.render.year import draw_year

__all__ = [
    "inspection_mermaid",
    "inspection_picture",
    "process_mermaid",
    "process_picture",
    "rule_mermaid",
    "rule_picture",
    "timeline_picture",
    "year_picture",
]


def process_picture(policy: Policy, name: str) -> str:
    """A process as a state diagram in SVG; what no source states is dashed and says so.

    Raises UnknownName for a process the policy has not.
    """
    return draw(process_graph(_process(policy, name), policy))


def process_mermaid(policy: Policy, name: str) -> str:
    """A process as a Mermaid state diagram.

    Raises UnknownName for a process the policy has not.
    """
    return as_state_diagram(process_graph(_process(policy, name), policy))


def rule_picture(policy: Policy, name: str, *, on: date, preview: tuple[str, ...] = ()) -> str:
    """A finding or an action as questions, by the law of a day, in SVG.

    Raises UnknownName for a name the law of the day has not.
    """
    law = policy.as_of(on, preview=preview)
    return draw(rule_graph(_rule(law, name), law))


def rule_mermaid(policy: Policy, name: str, *, on: date, preview: tuple[str, ...] = ()) -> str:
    """A finding or an action as questions, by the law of a day, as a Mermaid flowchart.

    Raises UnknownName for a name the law of the day has not.
    """
    law = policy.as_of(on, preview=preview)
    return as_flowchart(rule_graph(_rule(law, name), law))


def inspection_picture(policy: Policy, *, on: date) -> str:
    """What a register inspection looks for, and what follows, by the law of a day, in SVG.

    Raises UnknownName for a policy without rules for an inspection.
    """
    return draw(_inspection(policy, on))


def inspection_mermaid(policy: Policy, *, on: date) -> str:
    """What a register inspection looks for, by the law of a day, as a Mermaid flowchart.

    Raises UnknownName for a policy without rules for an inspection.
    """
    return as_flowchart(_inspection(policy, on))


def _inspection(policy: Policy, on: date) -> Graph:
    found = inspection_graph(policy.as_of(on))
    if found is None:
        msg = f"policy {policy.id!r} has no rules for a register inspection in force on {on}"
        raise UnknownName(msg)
    return found


def timeline_picture(found: Position, *, reveal: bool = False) -> str:
    """A case's events, clocks and the day asked about in SVG; the case's own days are left out unless `reveal`."""
    return draw_timeline(found, reveal=reveal)


def year_picture(calendar: SchoolCalendar, day: date) -> str:
    """The academic year that holds a day, as the calendar has it, in SVG."""
    return draw_year(calendar, day)


def _process(policy: Policy, name: str) -> Process:
    if name not in policy.processes:
        msg = f"policy {policy.id!r} has no process {name!r}; it has: {', '.join(policy.processes) or 'none'}"
        raise UnknownName(msg)
    return policy.processes[name]


def _rule(law: Law, name: str) -> Rule:
    for rule in law.rules:
        if rule.name == name:
            return rule
    msg = f"the law of {law.on} in policy {law.policy.id!r} has no finding or action {name!r}"
    raise UnknownName(msg)
