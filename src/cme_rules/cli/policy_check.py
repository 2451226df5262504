"""`cme-rules policy check`: load it, prove what can be proved, list what deserves a look."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cme_rules.cli.faults import ANSWERED, FAILED, WRONG, complain
from cme_rules.cli.named import several_policies, the_several
from cme_rules.cli.options import form_option

if TYPE_CHECKING:
    from cme_rules.verify.checks import Checks
    from cme_rules.verify.completion import Completion

__all__ = ["check"]


@click.command()
@form_option
@several_policies
def check(form: str, names: tuple[str, ...], more: tuple[str, ...]) -> int:
    """Check policies: every fault of their files at once; then what can be proved of their rules.

    Proved by going through every way a child can stand: findings said to exclude one another never hold together; a
    decision said to leave nobody out has no gap; a rule said to ask for no less than another does not; no rule is
    dead or holds for every child, and no part of one could be left out; and every state of a process can be reached
    and left, and waits for somebody or for a clock. Listed: where an answer stays unknown though every completion of
    the unknown facts gives the same, with what would settle it; sources out of force under a rule in force, and rules
    and numbers whose source was not seen. Exit status 1 if a proof is broken, 2 if a policy cannot be loaded.
    """
    from cme_rules.errors import BrokenPolicy

    status, found = ANSWERED, []
    for name in the_several(names, more):
        try:
            checks = _checked(name)
        except BrokenPolicy as fault:
            complain(fault)
            status = WRONG
            continue
        status = max(status, ANSWERED if checks.passed else FAILED)
        found.append(checks)
        if form == "text":
            click.echo("\n".join(_as_text(checks)))
    if form == "json":
        click.echo(json.dumps([checks.to_dict() for checks in found], indent=2))
    return status


def _checked(name: str) -> "Checks":
    from cme_rules.cli.policies import folder_named
    from cme_rules.policy.loading.calendars import read_calendars
    from cme_rules.policy.loading.load import load_policy
    from cme_rules.verify.cases import read_cases
    from cme_rules.verify.checks import check_policy
    from cme_rules.verify.folders import pack_folders
    from cme_rules.verify.histories import read_histories

    folder: Path = folder_named(name)
    policy = load_policy(folder)
    read_cases(policy, folder)
    read_histories(policy, folder)
    for reading in policy.other_readings:
        load_policy(folder, readings=(reading,))
    return check_policy(policy, warnings=read_calendars(pack_folders(folder)).warnings)


_QUESTIONS = {
    "excludes": "pairs of findings that exclude one another",
    "covers": "decisions that leave nobody out",
    "at_least": "rules that ask for no less than another",
    "dead": "rules that can hold",
    "always": "rules that can fail",
    "irrelevant": "rules of which every part matters",
}
_NOTES = {
    "source": "In force on a source that no longer is",
    "unverified": "Written without seeing the source",
    "calendar": "Calendars to look at",
}


def _as_text(checks: "Checks") -> Iterator[str]:
    figures = checks.figures()
    passed = "passed" if checks.passed else "FAILED"
    yield f"{checks.policy}: {passed} ({checks.rules} rules, {figures['cells']:,} cells)"
    for about, question in _QUESTIONS.items():
        counts = ", ".join(f"{figures[f'{about}_{answer}']} {answer}" for answer in ("proved", "broken", "open"))
        yield f"  {question}: {counts}"
    for proof in checks.proofs:
        if proof.answer != "proved":
            yield f"  {proof.answer}: {proof}"
    yield from _weaker(checks.completion)
    yield f"  processes that can be gone through from end to end: {checks.processes} looked at"
    if checks.readings:
        yield f"  other readings that can be run: {checks.readings}"
    yield from (f"  broken: {fault}" for fault in checks.process_faults)
    for about, heading in _NOTES.items():
        notes = [note for note in checks.notes if note.about == about]
        if notes:
            yield f"  {heading}: {len(notes)}"
            yield from (f"    {note.place}: {note.text}" for note in notes)


def _weaker(found: "Completion") -> Iterator[str]:
    """Where three values are weaker than trying every completion: each rule with its first place."""
    weaker = found.weaker_rules
    yield (
        f"  rules judged as strongly as by trying every completion: {found.exact} proved, {len(weaker)} weaker, "
        f"{len(found.open_rules)} open"
    )
    for name in weaker:
        places = [place for place in found.weaker if place.rule == name]
        yield f"    {places[0]}"
        if len(places) > 1:
            yield f"    and {len(places) - 1} more of {name}, told with --format json"
    yield from (f"    open: {name}" for name in found.open_rules)
