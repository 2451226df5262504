"""`cme-rules policy show`: a policy, or one thing in it, laid out for a reader."""

from collections.abc import Iterator
from textwrap import fill
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cme_rules.policy.model.facts import FactSpec, Parameter
    from cme_rules.policy.model.policy import Policy
    from cme_rules.policy.model.rules import Definition, Rule
    from cme_rules.policy.model.sources import Paragraph

__all__ = ["show"]

_WIDTH = 100


@click.command()
@click.argument("name", metavar="P")
@click.argument("thing", required=False, metavar="[PARAGRAPH|FINDING]")
def show(name: str, thing: str | None) -> None:
    """Show a policy's sources and paragraphs, or one paragraph, finding, action, fact, number, definition or role."""
    from cme_rules.cli.policies import policy_named
    from cme_rules.errors import UnknownName

    policy = policy_named(name)
    if thing is None:
        click.echo("\n".join(_whole(policy)))
        return
    lines = list(_named(thing, policy))
    if not lines:
        from difflib import get_close_matches

        known = {*policy.paragraphs, *policy.facts, *policy.parameters, *policy.definitions, *policy.roles}
        close = get_close_matches(thing, sorted(known | {rule.name for rule in policy.rules}), n=3)
        hint = f"; did you mean {', '.join(close)}?" if close else ""
        sorts = "paragraph, finding, action, fact, number, definition or role"
        msg = f"policy {policy.id!r} has no {sorts} of this name{hint}"
        raise UnknownName(msg)
    click.echo("\n".join(lines))


def _whole(policy: "Policy") -> Iterator[str]:
    yield policy.title
    yield _wrapped(f"binds: {policy.scope}") if policy.scope else ""
    yield (
        f"  {len(policy.rules)} rules, {len(policy.facts)} facts, {len(policy.parameters)} numbers, "
        f"{len(policy.paragraphs)} paragraphs, of {' and '.join(policy.packs)}"
    )
    yield from ("", "Sources")
    for source in policy.sources.values():
        days = f"{source.since or '…'} to {source.until or '…'}"
        yield _wrapped(f"{source.id}: {source.title} ({source.rank.value.replace('_', ' ')}, {days})")
    yield from ("", "Paragraphs")
    for paragraph in policy.paragraphs.values():
        names = ", ".join(dict.fromkeys(rule.name for rule in policy.rules if rule.paragraph == paragraph.id))
        status = names or ("encoded" if paragraph.encoded else "context")
        yield _wrapped(f"{paragraph.id}: {paragraph.gist} [{status}]")


def _named(thing: str, policy: "Policy") -> Iterator[str]:
    """Everything of this name: a fact and an action may share one."""
    if thing in policy.paragraphs:
        yield from _paragraph(policy.paragraphs[thing], policy)
    for rule in policy.rules:
        if thing in (rule.name, rule.id) and thing not in policy.paragraphs:
            yield from _rule(rule, policy)
    if thing in policy.facts:
        yield from _fact(policy.facts[thing])
    if thing in policy.parameters:
        yield from _parameter(policy.parameters[thing])
    if thing in policy.definitions:
        yield from _definition(policy.definitions[thing], policy)
    if thing in policy.roles:
        role = policy.roles[thing]
        yield f"{role.id}: {role.title}"
        yield from _parts(organisation=role.organisation, acts=role.acts, paragraph=role.paragraph)


def _paragraph(paragraph: "Paragraph", policy: "Policy") -> Iterator[str]:
    source = policy.sources[paragraph.source]
    yield f"{paragraph.id}: {paragraph.gist}"
    yield from _parts(
        kind=paragraph.kind.value,
        status="encoded" if paragraph.encoded else f"context: {paragraph.why}",
        source=f"{source.title} ({source.rank.value.replace('_', ' ')})",
        printed_as=paragraph.printed_as,
        rests_on=", ".join(paragraph.cites),
    )
    for rule in policy.rules:
        if rule.paragraph == paragraph.id:
            yield from ("", *_rule(rule, policy))
    for definition in policy.definitions.values():
        if definition.paragraph == paragraph.id:
            yield from ("", *_definition(definition, policy))
    for parameter in policy.parameters.values():
        if parameter.paragraph == paragraph.id:
            yield from ("", *_parameter(parameter))
    for schedule in policy.schedules:
        if schedule.paragraph == paragraph.id:
            yield from ("", f"{schedule.schedule}: {schedule.title}", *_parts(role=schedule.role))


def _rule(rule: "Rule", policy: "Policy") -> Iterator[str]:
    from cme_rules.conditions.words import say

    yield f"{rule.name}: {rule.title} ({', '.join(rule.paragraphs)})"
    dates = f"since {rule.since}{f' until {rule.until}' if rule.until else ''}"
    yield from _parts(
        in_force=f"not yet: preview {rule.not_commenced}" if rule.not_commenced else dates,
        when=" ".join(rule.text.split()),
        in_words=say(rule.when, policy.phrases),
    )
    if rule.duty:
        limits = ((key, getattr(rule.duty, key)) for key in ("due", "not_before"))
        days = {key: f"{limit.span} of {limit.of}" for key, limit in limits if limit}
        force = rule.duty.force.value.replace("_", " ")
        yield from _parts(who=f"{rule.duty.role} {force}", **days, discharged=rule.duty.discharged_text)
        yield from _parts(it_holds="; ".join(rule.duty.contents), if_not=rule.duty.if_not)
    for reading in rule.readings:
        yield from _parts(reading=reading)
    yield from _parts(judgement=rule.judgement, to_weigh="; ".join(rule.weigh))
    yield from _parts(excludes=", ".join(rule.excludes), differs_from=rule.conflicts_with, how=rule.conflict)
    among = ", ".join(rule.covers.among) if rule.covers else ""
    yield from _parts(covers_with=among, covers_whom=rule.covers.text if rule.covers else "", at_least=rule.at_least)
    yield from _parts(unverified="the source was not seen" if rule.unverified else "")


def _fact(fact: "FactSpec") -> Iterator[str]:
    yield f"{fact.name}: {fact.ask}"
    words = ", ".join(fact.kind.words or ())
    yield from _parts(kind=str(fact.kind), one_of=words, who_would_know=", ".join(fact.knows), topic=fact.topic)


def _parameter(parameter: "Parameter") -> Iterator[str]:
    yield f"{parameter.name}: {parameter.title} ({parameter.paragraph})"
    counted = parameter.counted.value.replace("_", " ") if parameter.counted else ""
    values = "; ".join(
        f"{dated.value} since {dated.since}{f' until {dated.until}' if dated.until else ''}"
        for dated in parameter.values
    )
    yield from _parts(values=values, unit=parameter.unit.replace("_", " "), counted=counted, reading=parameter.reading)
    yield from _parts(unverified="the source was not seen" if parameter.unverified else "")


def _definition(definition: "Definition", policy: "Policy") -> Iterator[str]:
    from cme_rules.conditions.words import say

    yield f"{definition.name}: {definition.phrase.words} ({definition.paragraph})"
    yield from _parts(
        means=" ".join(definition.text.split()),
        in_words=say(definition.means, policy.phrases),
        reading=definition.reading,
    )


def _parts(**parts: str) -> Iterator[str]:
    for name, text in parts.items():
        if text:
            yield _wrapped(f"{name.replace('_', ' ')}: {text}")


def _wrapped(text: str) -> str:
    return fill(text, width=_WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
