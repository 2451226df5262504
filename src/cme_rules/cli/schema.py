"""`cme-rules schema`: what goes in and what comes out, as JSON Schema."""

import json

import click

from cme_rules.cli.options import policy_option

__all__ = ["schema"]


@click.command()
@click.argument("what", metavar="facts|assessment", type=click.Choice(["facts", "assessment"]))
@policy_option
def schema(what: str, policy_name: str) -> None:
    """Print the JSON Schema of a child's facts, or of an assessment, by a policy."""
    from cme_rules.adapters.schema import assessment_schema, facts_schema
    from cme_rules.cli.policies import policy_named

    policy = policy_named(policy_name)
    made = facts_schema(policy) if what == "facts" else assessment_schema(policy)
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))
