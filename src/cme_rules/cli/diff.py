"""`cme-rules policy diff`: what changed from one policy to another, and whom it changes."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cme_rules.cli.faults import ANSWERED
from cme_rules.cli.options import day, form_option, preview_option

if TYPE_CHECKING:
    from cme_rules.policy.model.policy import Policy
    from cme_rules.verify.diff.model import Count, Diff, Region

__all__ = ["diff"]


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    return None if text is None else day(text)


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--on", metavar="DATE", callback=_day, help="The day; the last on which either changed if left out.")
@click.option(
    "--finding", "pairs", multiple=True, metavar="A=B", help="Compare only these; may be repeated. NAME alone: in both."
)
@click.option("--reading", "readings", multiple=True, metavar="ID", help="Read B so (readings.toml); may be repeated.")
@click.option("--cohort", metavar="FILE", help="Children, one a line; the answer holds counts, no names.")
@preview_option
@form_option
def diff(  # noqa: PLR0917 - click gives them all by name
    first: str,
    second: str,
    on: date | None,
    pairs: tuple[str, ...],
    readings: tuple[str, ...],
    cohort: str | None,
    preview: tuple[str, ...],
    form: str,
) -> int:
    """Compare two policies: what changed in words, whom it changes with a child of each sort, and how many of a cohort.

    A and B are names or paths of folders: two versions of a policy, a council's against the nation's, one reading
    against another. Compared are the findings and actions both have, and those that one declares to differ from the
    other's; `--finding cme_local=cme_statutory` compares any two, of the same policy too. With `--reading` the second
    policy is read otherwise: `diff P P --reading ID` tells whose answer hangs on how a paragraph is read.
    """
    from cme_rules.cli.policies import policy_named
    from cme_rules.verify.diff.compare import compare, last_change

    one = policy_named(first)
    other = one if first == second and not readings else policy_named(second, readings=readings)
    children = None if cohort is None else _children(cohort, one, other)
    found = compare(
        one,
        other,
        on=on or last_change(one, other),
        pairs=[_pair(text) for text in pairs],
        preview=preview,
        cohort=children,
    )
    click.echo(json.dumps(found.to_dict(), indent=2) if form == "json" else "\n".join(_as_text(found)))
    return ANSWERED


def _pair(text: str) -> tuple[str, str]:
    one, _, other = text.partition("=")
    return one.strip(), (other or one).strip()


def _children(file: str, first: "Policy", second: "Policy") -> Iterator[Mapping[str, Any]]:
    """The children of a file, each with its facts as the two policies read them."""
    from cme_rules.cli.children import BadInput, BadLine, children_in
    from cme_rules.engine.facts import facts_from_json

    for given in children_in(file):
        if isinstance(given, BadLine):
            msg = f"line {given.line}: {given.problem}"
            raise BadInput(msg)
        shared = {name: value for name, value in given.facts.items() if name in first.facts}
        rest = {name: value for name, value in given.facts.items() if name not in first.facts}
        yield {**facts_from_json(shared, first), **facts_from_json(rest, second)}


def _as_text(found: "Diff") -> Iterator[str]:
    yield f"{found.first} and {found.second} on {found.on}: {found.compared} findings and actions compared"
    if found.changes:
        yield from ("", f"What changed: {len(found.changes)}")
        yield from (f"  {change}" for change in found.changes)
    if found.regions:
        yield from ("", f"Whom it changes: {len(found.regions)}")
        for region in found.regions:
            yield from _region(region, found)
    if found.open_pairs:
        yield from ("", f"Not told to the end, there are too many circumstances: {', '.join(found.open_pairs)}")
    if found.cohort is not None:
        yield from ("", f"Of {found.cohort} children")
        yield from (f"  {_count(count)}" for count in found.counts)
        if not found.counts:
            yield "  none has another answer"
    if found.same:
        yield "  nothing differs"


def _region(region: "Region", found: "Diff") -> Iterator[str]:
    name = region.first if region.first == region.second else f"{region.first} and {region.second}"
    holds, fails = (found.first, found.second) if region.holds_in == "first" else (found.second, found.first)
    if found.first == found.second:
        holds, fails = "the first", "the second"
        holds, fails = (holds, fails) if region.holds_in == "first" else (fails, holds)
    yield f"  {name} ({', '.join(region.paragraphs)}): holds in {holds}, fails in {fails}"
    yield f"    when {region.words}"
    if region.child.real:
        given = ", ".join(f"{fact} = {value}" for fact, value in region.child.facts.items())
        yield f"    for example: given = {{ {given} }}"


def _count(count: "Count") -> str:
    name = count.first if count.first == count.second else f"{count.first} and {count.second}"
    sides = [
        ", ".join(f"{verdict} {number}" for verdict, number in sorted(side.items()))
        for side in (count.in_first, count.in_second)
    ]
    return f"{name}: {count.differ} differ ({sides[0]} against {sides[1]})"
