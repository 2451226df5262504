"""`cme-rules policy`: the policy as the thing looked at and put under test."""

import click

from cme_rules.cli.lazy import LazyGroup

__all__ = ["policy"]


@click.group(
    cls=LazyGroup,
    lazy={
        "list": "cme_rules.cli.policy_list:list_policies",
        "show": "cme_rules.cli.policy_show:show",
        "check": "cme_rules.cli.policy_check:check",
        "test": "cme_rules.cli.policy_test:test",
        "coverage": "cme_rules.cli.policy_coverage:coverage",
        "conflicts": "cme_rules.cli.policy_conflicts:conflicts",
        "mutants": "cme_rules.cli.mutants:mutants",
        "diff": "cme_rules.cli.diff:diff",
        "page": "cme_rules.cli.page:page",
    },
)
def policy() -> None:
    """List, show, check and test policies. P is a policy's name, or the path of its folder.

    Names are looked up in the folder that the environment variable CME_RULES_POLICIES names, then among the shipped
    ones.
    """
