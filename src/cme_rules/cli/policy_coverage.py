"""`cme-rules policy coverage`: how much of a policy is encoded, and how much of that its cases hold in place."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from cme_rules.cli.faults import ANSWERED, FAILED
from cme_rules.cli.named import one_policy, the_one
from cme_rules.cli.options import form_option

if TYPE_CHECKING:
    from cme_rules.verify.coverage import Coverage

__all__ = ["coverage"]


@click.command()
@form_option
@click.option("--strict", is_flag=True, help="Fail, too, where a rule, a threshold or a fact lacks a case.")
@one_policy
def coverage(form: str, names: tuple[str, ...], more: tuple[str, ...], *, strict: bool) -> int:
    """Show every paragraph of a policy with its rules, cases and readings, and what the cases leave open.

    Exit status 1 if a paragraph is said to be encoded and nothing encodes it. A rule lacks a case where none expects
    it to hold, or none to fail; a threshold where no case stands just below it, at it or above it; a fact of a rule
    where no case leaves the rule unknown for want of that fact alone; a transition where no history takes it.
    """
    from cme_rules.cli.policies import folder_named
    from cme_rules.policy.loading.load import load_policy
    from cme_rules.verify.cases import read_cases
    from cme_rules.verify.coverage import coverage as measured
    from cme_rules.verify.histories import read_histories

    folder = folder_named(the_one(names, more))
    policy = load_policy(folder)
    found = measured(policy, read_cases(policy, folder), read_histories(policy, folder))
    click.echo(json.dumps(found.to_dict(), indent=2) if form == "json" else "\n".join(_as_text(found)))
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
