"""`cme-rules explain`: one finding or action laid open, step by step."""

from datetime import date
from typing import Any

import click

from cme_rules.cli.children import GivenChild
from cme_rules.cli.options import (
    file_argument,
    form_option,
    on_option,
    policy_option,
    preview_option,
    reveal_option,
)

__all__ = ["explain"]


@click.command()
@policy_option
@on_option
@click.option("--finding", required=True, metavar="NAME", help="The finding, or the action, to lay open.")
@form_option
@preview_option
@reveal_option
@file_argument
def explain(
    policy_name: str, on: date, finding: str, form: str, preview: tuple[str, ...], *, reveal: bool, file: str
) -> int:
    """Say why a finding or an action holds, why not, or what would settle it, with the paragraphs it rests on.

    FILE is as for `assess`.
    """
    from attrs import asdict

    from cme_rules.cli.answers import answer_each, as_json
    from cme_rules.cli.policies import rules_named
    from cme_rules.engine.assess import assess
    from cme_rules.errors import UnknownName

    policy = rules_named(policy_name)
    if not any(rule.name == finding for rule in policy.as_of(on, preview=preview).rules):
        msg = f"the law of {on} in policy {policy.id!r} has no finding or action of this name: see `policy show`"
        raise UnknownName(msg)

    def answer(given: GivenChild, facts: dict[str, Any]) -> None:
        result = assess(facts, policy, on=on, preview=preview)
        if form == "json":
            steps = asdict(result.why(finding, reveal=reveal), value_serializer=_plain)
            click.echo(as_json({"name": finding, "on": on.isoformat(), "why": steps}, given))
        else:
            heading = f"{given.label}\n{'=' * len(given.label)}\n" if given.label else ""
            click.echo(heading + result.explain(finding, reveal=reveal) + ("\n" if given.line else ""))

    return answer_each(file, policy, answer)


def _plain(_: object, __: object, value: object) -> object:
    """A verdict as its word."""
    return getattr(value, "value", value)
