"""`cme-rules policy mutants`: slips put into a policy on purpose, to see whether its cases and proofs notice."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cme_rules.cli.faults import ANSWERED, FAILED
from cme_rules.cli.named import several_policies, the_several
from cme_rules.cli.options import form_option

if TYPE_CHECKING:
    from cme_rules.verify.mutants.model import Mutants

__all__ = ["mutants"]


@click.command()
@form_option
@click.option(
    "--least", type=click.FloatRange(0, 100), default=95, show_default=True, help="The lowest score that passes."
)
@click.option(
    "--workers", type=click.IntRange(1), default=None, metavar="N", help="Processes; one a processor if left out."
)
@click.option("--quiet", is_flag=True, help="Figures only, without the survivors.")
@several_policies
def mutants(
    form: str, least: float, workers: int | None, names: tuple[str, ...], more: tuple[str, ...], *, quiet: bool
) -> int:
    """Make slips in policies and see whether loading, the cases, the histories or the proofs notice.

    A slip that goes unnoticed is told with the case or history that would notice it, to be checked against the
    paragraph and pasted into cases/. Slips are made in each policy's own folder. Where one of the policies named
    extends another, that one's slips are tried in it, with its calendar and the cases of both; slips in processes in
    the policy itself, with its histories. Exit status 1 if a score is below --least.
    """
    from cme_rules.cli.policies import folder_named
    from cme_rules.verify.mutants.run import try_folder

    folders = [folder_named(name) for name in the_several(names, more)]
    status, found = ANSWERED, []
    for folder in folders:
        result = try_folder(folder, through=_through(folder, folders), workers=workers)
        status = max(status, ANSWERED if result.score >= least else FAILED)
        found.append(result)
        if form == "text":
            click.echo("\n".join(_as_text(result, quiet=quiet)))
    if form == "json":
        click.echo(json.dumps([result.to_dict() for result in found], indent=2))
    return status


def _through(folder: Path, folders: list[Path]) -> Path | None:
    """The policy among those named that extends a policy, if there is one."""
    from cme_rules.verify.folders import pack_folders

    chains = [pack_folders(other) for other in folders]
    longest = max((chain for chain in chains if folder in chain), key=len, default=(folder,))
    return longest[-1] if longest[-1] != folder else None


def _as_text(found: "Mutants", *, quiet: bool) -> Iterator[str]:
    if not quiet:
        for fate in found.survivors:
            yield f"SURVIVED ({fate.kind}): {fate.place}: {fate.words}"
            yield fate.case or "    no child was found that tells it from the policy\n"
    figures = found.figures()
    killed = figures["load"] + figures["case"] + figures["proof"]
    mortal = killed + figures["survived"]
    yield f"{found.policy}: {figures['score']} per cent of the mutants killed ({killed} of {mortal})"
    yield f"  by loading {figures['load']}, by a case {figures['case']}, by a proof {figures['proof']}"
    yield f"  {figures['equivalent']} more are proved to answer as the policy does; {figures['survived']} survived"
    kinds = (
        f"{kind} {told['mutants'] - told['survived']}/{told['mutants']}" for kind, told in figures["kinds"].items()
    )
    yield f"  not surviving, by kind: {', '.join(kinds)}"
