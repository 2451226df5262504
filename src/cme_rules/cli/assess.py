"""`cme-rules assess`: what a policy says of each child of a file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from attrs import field, frozen

from cme_rules.cli.children import GivenChild
from cme_rules.cli.options import (
    file_argument,
    form_option,
    on_option,
    policy_option,
    preview_option,
    reveal_option,
)

if TYPE_CHECKING:
    from cme_rules.engine.assessment import Assessment

__all__ = ["assess"]

_MOST_NAMED = 20
"""Children named for each finding in the summary of a long file."""


@click.command()
@policy_option
@on_option
@form_option
@preview_option
@reveal_option
@click.option("--full", is_flag=True, help="Lay out every child in full; a file of many is otherwise told in brief.")
@file_argument
def assess(
    policy_name: str, on: date, form: str, preview: tuple[str, ...], *, reveal: bool, full: bool, file: str
) -> int:
    """Say what a policy finds of a child on a day, who must do what by when, and what is missing.

    FILE is a .json file with one child, a .jsonl file with one a line, or - for standard input. A child is an object
    of facts, or {"reference": …, "facts": {…}}. A fact left out, or null, is unknown; days are written "2026-11-23";
    false for a day says that it is known not to have happened.
    """
    from cme_rules.cli.answers import answer_each, as_json
    from cme_rules.cli.policies import rules_named
    from cme_rules.engine.assess import assess as judge

    policy, summary = rules_named(policy_name), _Summary()

    def answer(given: GivenChild, facts: dict[str, Any]) -> None:
        result = judge(facts, policy, on=on, preview=preview)
        if form == "json":
            shown = {"facts": given.facts} if reveal else {}
            click.echo(as_json(result.to_dict() | shown, given))
        else:
            click.echo("\n".join(_as_text(result, given, reveal=reveal, full=full)))
            summary.add(given, result)

    policy.as_of(on, preview=preview)
    status = answer_each(file, policy, answer)
    if form == "text":
        click.echo("".join(f"{line}\n" for line in summary.lines()), nl=False)
    return status


def _as_text(result: "Assessment", given: GivenChild, *, reveal: bool, full: bool) -> Iterator[str]:
    from cme_rules.cli.brief import in_brief

    if given.label:
        yield from (given.label, "=" * len(given.label))
    yield from in_brief(result) if given.line and not full else (result.explain(reveal=reveal), "")
    if reveal:
        yield from ("Given", *(f"  {name} = {_shown(value)}" for name, value in given.facts.items()))
    if given.line:
        yield ""


def _shown(value: object) -> str:
    """A fact's value as its file gave it."""
    if value is None:
        return "not known"
    return str(value).lower() if isinstance(value, bool) else str(value)


@frozen(eq=False, repr=False)
class _Summary:
    """Which findings hold, and which are open questions, for whom: told at the end of a file with a child a line."""

    order: dict[str, None] = field(factory=dict)
    holds: dict[str, list[str]] = field(factory=lambda: defaultdict(list))
    open: dict[str, list[str]] = field(factory=lambda: defaultdict(list))

    def add(self, given: GivenChild, result: "Assessment") -> None:
        from cme_rules.cli.brief import open_questions
        from cme_rules.domain.verdict import Verdict

        if not given.line:
            return
        for name, verdict in result.verdicts().items():
            self.order[name] = None
            if verdict is Verdict.HOLDS:
                self.holds[name].append(given.label)
        for name in open_questions(result):
            self.open[name].append(given.label)

    def lines(self) -> Iterator[str]:
        yield from self._group("Yes, of all of these", self.holds)
        yield from self._group("Not known, of all of these", self.open)

    def _group(self, heading: str, group: Mapping[str, list[str]]) -> Iterator[str]:
        if not group:
            return
        yield from (heading, "-" * len(heading))
        for name in self.order:
            if name in group:
                more = len(group[name]) - _MOST_NAMED
                named = ", ".join(group[name][:_MOST_NAMED])
                yield f"  {name}: {len(group[name])} ({named}{f' and {more} more' if more > 0 else ''})"
        yield ""
