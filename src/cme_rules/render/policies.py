"""A policy and its parts as tables and pictures: the whole, a rule, a process, a school calendar."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.conditions.nodes import And, Node, Or
from cme_rules.conditions.words import Phrases, say
from cme_rules.engine.sentences import FORCE, day, joined, sentence, spaced, titled
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.processes import Process
from cme_rules.policy.model.rules import Rule
from cme_rules.render.alone import steps_of
from cme_rules.render.asking import people
from cme_rules.render.blocks import Block, Bullets, Document, Fold, Heading, Para, Picture, Table
from cme_rules.render.drawn import draw
from cme_rules.render.process_graph import process_graph
from cme_rules.render.rule_graph import rule_graph
from cme_rules.render.year import draw_year

__all__ = [
    "calendar_document",
    "conditions",
    "limits_of",
    "policy_document",
    "process_document",
    "rule_blocks",
    "rule_document",
]


def policy_document(policy: Policy) -> Document:
    """What a policy holds, its sources, and its findings by paragraph."""
    return Document(tuple(_of_policy(policy)))


def _of_policy(policy: Policy) -> Iterator[Block]:
    yield Heading(policy.title, 1)
    if policy.scope:
        yield Para(sentence(policy.scope), strong="Who is bound:")
    kinds = Counter("encoded" if each.encoded else "context only" for each in policy.paragraphs.values())
    held = (
        ("Paragraphs", f"{len(policy.paragraphs)}, of which {kinds['encoded']} are encoded"),
        ("Rules", str(len(policy.rules))),
        ("Facts", str(len(policy.facts))),
        ("Numbers", str(len(policy.parameters))),
        ("Processes", joined(each.title for each in policy.processes.values()) or "none"),
        ("Rests on", joined(titled(each) for each in policy.packs if each != policy.id) or "nothing else"),
    )
    yield Table(caption="What it holds", columns=("What", "How much"), rows=held)
    sources = tuple(
        (each.title, spaced(each.rank.value), _days(each.since, each.until)) for each in policy.sources.values()
    )
    yield Table(caption="Sources", columns=("Source", "Rank", "In force"), rows=sources)
    findings = tuple((each.title, each.paragraph, each.name) for each in policy.rules if each.finding)
    yield Fold(
        summary=f"{len(findings)} findings",
        blocks=(Table(caption="Findings", columns=("Finding", "Paragraph", "Name"), rows=findings),),
    )


def _days(since: date | None, until: date | None) -> str:
    if since is None:
        return f"to {day(until)}" if until else "no first day is recorded"
    return f"from {day(since)} to {day(until)}" if until else f"from {day(since)}"


def rule_document(rule: Rule, law: Law) -> Document:
    """A rule in words and as questions."""
    graph = rule_graph(rule, law)
    picture = Picture(svg=draw(graph), words=graph.words)
    return Document((Heading(rule.title, 1), *rule_blocks(rule, law.policy), picture))


def rule_blocks(rule: Rule, policy: Policy) -> tuple[Block, ...]:
    """A rule in words: when it holds, who must do what by when, our readings, and what stays with a person."""
    return tuple(_of_rule(rule, policy))


def _of_rule(rule: Rule, policy: Policy) -> Iterator[Block]:
    if rule.finding:
        yield Para(sentence(rule.phrase.words or rule.title), strong="Finds:")
    elif rule.duty:
        yield Para(
            f"{sentence(people((rule.duty.role,), policy))[:-1]} {FORCE[rule.duty.force]} do this.", strong="Who:"
        )
    yield from conditions("When:", rule.when, policy)
    yield from (Para(text, strong=strong) for strong, text in limits_of(rule, policy.phrases))
    if rule.not_commenced:
        yield Para(f"Enacted, not in force: {policy.previews[rule.not_commenced].title}.", strong="Not law yet.")
    elif rule.until:
        yield Para(f"{_days(rule.since, rule.until)}.", strong="In force")
    if rule.judgement:
        yield Para(sentence(rule.judgement), strong="For a person to decide:")
    if rule.weigh:
        yield Para("What to weigh:")
        yield Bullets(tuple(sentence(each) for each in rule.weigh))
    if rule.conflict:
        yield Para(sentence(rule.conflict), strong="Differs:")
    for reading in rule.readings:
        yield Para(sentence(reading), strong="Our reading:")
    if rule.unverified:
        yield Para("The source was not seen.", strong="Not checked.")


def conditions(strong: str, tree: Node, policy: Policy, *, begins: str = "") -> tuple[Block, ...]:
    """A condition in words: one of several parts as a list, so that it can be seen what belongs together."""
    match tree:
        case And(operands=parts):
            said = "all of these are so"
        case Or(operands=parts):
            said = "at least one of these is so"
        case _:
            return (Para(sentence(f"{begins}{say(tree, policy.phrases)}"), strong=strong),)
    listed = tuple(say(part, policy.phrases) for part in parts)
    return Para(sentence(f"{begins}{said}:"), strong=strong), Bullets(listed)


def limits_of(rule: Rule, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """By when, not before when, what shows that it is done and what follows if not: headings and sentences."""
    duty = rule.duty
    if duty is None:
        return
    if duty.due:
        yield "By:", sentence(f"the end of {phrases[duty.due.span].words}, counted from {phrases[duty.due.of].words}")
    if duty.not_before:
        span, start = phrases[duty.not_before.span].words, phrases[duty.not_before.of].words
        yield "Not before:", sentence(f"{span} is over, counted from {start}")
    if duty.discharged is not None:
        yield "Done when:", sentence(say(duty.discharged, phrases))
    if duty.contents:
        yield "It holds:", sentence("; ".join(duty.contents))
    if duty.if_not:
        yield "If not:", sentence(duty.if_not)


def process_document(process: Process, policy: Policy) -> Document:
    """A process as a picture, and its steps as a table."""
    graph = process_graph(process, policy)
    table = steps_of(process, lambda role: policy.roles[role].title if role in policy.roles else spaced(role))
    picture = Picture(svg=draw(graph), words=graph.words)
    return Document((Heading(process.title, 1), picture, Fold(summary=f"{len(table.rows)} steps", blocks=(table,))))


def calendar_document(calendar: SchoolCalendar) -> Document:
    """A school calendar as the terms of each year, and its last year as a picture."""
    rows = tuple(
        (f"{year.label}, {term.name}", day(term.first), day(term.last), year.certainty.value)
        for year in calendar.years
        for term in year.terms
    )
    table = Table(caption="Terms", columns=("Term", "First day", "Last day", "How sure"), rows=rows)
    covers = Para(f"{day(calendar.first)} to {day(calendar.last)}. It answers for no other day.", strong="Covers:")
    picture = Picture(
        svg=draw_year(calendar, calendar.years[-1].begins), words="The last year of the calendar, month by month."
    )
    return Document((Heading(f"School calendar: {titled(calendar.name)}", 1), covers, table, picture))
