"""`cme-rules policy conflicts`: where a policy says that it differs from another rule."""

import json

import click

from cme_rules.cli.named import one_policy, the_one
from cme_rules.cli.options import form_option

__all__ = ["conflicts"]


@click.command()
@form_option
@one_policy
def conflicts(form: str, names: tuple[str, ...], more: tuple[str, ...]) -> None:
    """List where a rule is said to differ from another: both sides with source and rank, and how they differ."""
    from cme_rules.cli.policies import policy_named
    from cme_rules.verify.conflicts import Side
    from cme_rules.verify.conflicts import conflicts as declared

    policy = policy_named(the_one(names, more))
    found = declared(policy)
    if form == "json":
        click.echo(json.dumps([conflict.to_dict() for conflict in found], indent=2))
        return

    def said(side: Side, *, higher: bool) -> str:
        mark = ", the higher" if higher else ""
        return f"  {side.paragraph}, {side.name}: {side.title} ({side.source}, {side.rank.replace('_', ' ')}{mark})"

    for conflict in found:
        click.echo(said(conflict.this, higher=conflict.higher == "this").strip())
        click.echo(said(conflict.other, higher=conflict.higher == "other"))
        days = f"from {conflict.since} to {conflict.until}" if conflict.until else f"since {conflict.since}"
        click.echo(f"  they differ, {days}: {conflict.how}\n")
    click.echo(f"{policy.id}: {len(found)} declared")
