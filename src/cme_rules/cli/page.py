"""`cme-rules policy page`: the policy as one page of HTML, with its rules in words, cases and checks side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cme_rules.cli.faults import ANSWERED
from cme_rules.cli.named import one_policy, the_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cme_rules.policy.model.policy import Policy
    from cme_rules.render.page import PageCheck
    from cme_rules.verify.checks import Checks

__all__ = ["page"]


@click.command()
@click.option("--out", metavar="FILE", help="The file to write; without it the page goes to standard output.")
@one_policy
def page(out: str | None, names: tuple[str, ...], more: tuple[str, ...]) -> int:
    """Write a policy as one page: paragraph, rules in words, readings, cases and what the checks say, side by side.

    The page needs no other file and no network; it can be searched, and prints on A4.
    """
    from cme_rules.cli.policies import folder_named
    from cme_rules.policy.loading.load import load_policy
    from cme_rules.render.page import PageCase, policy_page
    from cme_rules.verify.cases import read_cases
    from cme_rules.verify.checks import check_policy
    from cme_rules.verify.run import run_cases

    folder = folder_named(the_one(names, more))
    policy = load_policy(folder)
    results = run_cases(policy, read_cases(policy, folder))
    cases = [
        PageCase(name=each.case.name, paragraph=each.case.paragraph, on=each.case.on, passed=each.passed)
        for each in results
    ]
    text = policy_page(policy, cases=cases, checks=tuple(_told(check_policy(policy), policy)))
    if out is None:
        click.echo(text, nl=False)
    else:
        Path(out).write_text(text, encoding="utf-8")
        click.echo(f"{out}: {len(policy.paragraphs)} paragraphs, {len(cases)} cases", err=True)
    return ANSWERED


def _told(checks: "Checks", policy: "Policy") -> "Iterator[PageCheck]":
    """What was proved of each rule, under its paragraph, and every note that names one."""
    from cme_rules.render.page import PageCheck

    asked = {
        "dead": "{0} can hold",
        "always": "{0} can fail",
        "excludes": "{0} and {1} never hold together",
        "covers": "{0} and {1} leave nobody out",
        "at_least": "{0} asks for no less than {1}",
        "irrelevant": "every part of {0} matters",
    }
    paragraphs = {rule.id: rule.paragraph for rule in policy.rules}
    for proof in checks.proofs:
        for name in proof.paragraphs[:1]:
            yield PageCheck(paragraph=name, text=asked[proof.about].format(*proof.rules), answer=proof.answer)
    for note in checks.notes:
        if note.place in paragraphs:
            yield PageCheck(paragraph=paragraphs[note.place], text=note.text, answer="to note")
