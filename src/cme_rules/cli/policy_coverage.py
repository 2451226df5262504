"""`cme-rules policy coverage`: how much of a policy is encoded, and how much of that its cases hold in place."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from cme_rules.cli.faults import ANSWERED, FAILED
from cme_rules.cli.named import one_policy, the_one

if TYPE_CHECKING:
    from cme_rules.verify.coverage import Coverage
    from cme_rules.verify.covered import Covered

__all__ = ["coverage"]


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "html")),
    default="text",
    show_default=True,
    help="How the answer is written.",
)
@click.option("--strict", is_flag=True, help="Fail, too, where a rule, a threshold or a fact lacks a case.")
@one_policy
def coverage(form: str, names: tuple[str, ...], more: tuple[str, ...], *, strict: bool) -> int:
    """Show every paragraph of a policy with its rules, cases and readings, and what the cases leave open.

    Of every part of a condition it tells in how many cases it was true, was false, and decided the answer each way; of
    every state of a process, how many histories pass through it. As HTML it is a page with a table for each.

    Exit status 1 if a paragraph is said to be encoded and nothing encodes it. A rule lacks a case where none expects
    it to hold, or none to fail; a threshold where no case stands just below it, at it or above it; a fact of a rule
    where no case leaves the rule unknown for want of that fact alone; a transition where no history takes it.
    """
    from cme_rules.cli.policies import folder_named
    from cme_rules.policy.loading.load import load_policy
    from cme_rules.verify.cases import read_cases
    from cme_rules.verify.covered import as_page, covered
    from cme_rules.verify.histories import read_histories

    folder = folder_named(the_one(names, more))
    policy = load_policy(folder)
    whole = covered(policy, read_cases(policy, folder), read_histories(policy, folder))
    found = whole.coverage
    if form == "text":
        click.echo("\n".join((*_as_text(found), *_parts_and_states(whole))))
    else:
        click.echo(json.dumps(whole.to_dict(), indent=2) if form == "json" else as_page(whole), nl=form == "json")
    return ANSWERED if (found.complete if strict else found.passed) else FAILED


def _as_text(found: "Coverage") -> Iterator[str]:
    yield from _paragraphs(found)
    yield from _lacking(found)
    figures = found.figures()
    yield ""
    yield f"{found.policy}: {'passed' if found.passed else 'FAILED'}"
    yield (
        f"  paragraphs: {figures['paragraphs']}, {figures['encoded']} encoded, {figures['context']} context, "
        f"{figures['encoded_by_nothing']} encoded by nothing"
    )
    yield f"  rules: {figures['rules']}, {figures['rules_lacking']} lacking a case"
    yield f"  thresholds: {figures['thresholds']}, {figures['thresholds_lacking']} lacking a case"
    yield f"  facts of rules: {figures['unknowns']}, {figures['unknowns_lacking']} lacking a case without them"
    if figures["transitions"]:
        yield f"  transitions: {figures['transitions']}, {figures['transitions_untried']} taken by no history"
    yield f"  cases: {figures['cases']}, histories: {figures['histories']}"


def _paragraphs(found: "Coverage") -> Iterator[str]:
    wide = max(len(name) for name in ("paragraph", *(row.id for row in found.paragraphs)))
    yield f"{'paragraph'.ljust(wide)}  kind            status    rules others cases readings  source"
    for row in found.paragraphs:
        seen = "seen" if row.verified else "not seen"
        empty = "  ENCODED BY NOTHING" if row.empty else ""
        counts = f"{row.rules:5} {row.others + row.cited:6} {row.cases:5} {row.readings:8}"
        yield f"{row.id.ljust(wide)}  {row.kind:14}  {row.status:8}  {counts}  {seen}{empty}"


def _lacking(found: "Coverage") -> Iterator[str]:
    if found.rules_lacking:
        yield from ("", "Rules that lack a case")
        yield from (f"  {row.id} ({row.name}): {', '.join(row.lacks)}" for row in found.rules_lacking)
    if found.thresholds_lacking:
        yield from ("", "Thresholds that lack a case")
        for row in found.thresholds_lacking:
            yield f"  {', '.join(row.parameters)}, {row.rule}: {', '.join(row.lacks)} ({row.words})"
    if found.unknowns_lacking:
        yield from ("", "Rules that no case leaves unknown for want of one fact alone")
        for rule, rows in groupby(found.unknowns_lacking, key=lambda row: f"{row.rule} ({row.name})"):
            yield f"  {rule}: {', '.join(row.fact for row in rows)}"
    if found.untried:
        yield from ("", "Transitions that no history takes", *(f"  {name}" for name in found.untried))


def _parts_and_states(found: "Covered") -> Iterator[str]:
    figures = found.figures()
    yield (
        f"  parts of conditions: {figures['parts']}, {figures['parts_both_ways']} both true and false in a case, "
        f"{figures['parts_decisive']} deciding both ways"
    )
    if found.states:
        yield f"  states: {figures['states']}, {figures['states_lacking']} passed through by no history"
    yield from (f"    {row.process}: {row.state}" for row in found.states_lacking)
    if found.parts.lacking:
        yield f"  Parts of which something is not shown: {len(found.parts.lacking)}"
        yield from (f"    {row.place}: {row.part}: {', '.join(row.lacks)}" for row in found.parts.lacking)
