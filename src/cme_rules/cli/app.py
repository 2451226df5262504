"""The commands by name."""

import click

from cme_rules.cli.lazy import LazyGroup

__all__ = ["app"]


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's own signature
    if wanted:
        from importlib.metadata import version

        click.echo(f"cme-rules {version('cme-rules')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    lazy={
        "assess": "cme_rules.cli.assess:assess",
        "explain": "cme_rules.cli.explain:explain",
        "policy": "cme_rules.cli.policy:policy",
        "process": "cme_rules.cli.process:process",
        "calendar": "cme_rules.cli.calendar:calendar",
        "batch": "cme_rules.cli.batch:batch",
        "schema": "cme_rules.cli.schema:schema",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and stop."
)
def app() -> None:
    """Children missing education: policy kept as data, answered for a child on a day.

    Exit status: 0 answered; 1 a check or a test failed; 2 the call or the input is wrong.
    """
