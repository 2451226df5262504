"""`cme-rules policy test`: run the cases and histories that lie beside a policy."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click
from attrs import asdict, frozen

from cme_rules.cli.faults import ANSWERED, FAILED, WRONG, complain
from cme_rules.cli.named import several_policies, the_several
from cme_rules.cli.options import form_option

if TYPE_CHECKING:
    from cme_rules.policy.model.policy import Policy
    from cme_rules.verify.histories import HistoryResult
    from cme_rules.verify.run import CaseResult

__all__ = ["test"]


@frozen
class _Tested:
    """A policy with what its cases and its histories came to."""

    policy: "Policy"
    cases: "tuple[CaseResult, ...]"
    histories: "tuple[HistoryResult, ...]"

    @property
    def passed(self) -> bool:
        return all(case.passed for case in self.cases) and all(each.passed for each in self.histories)


@click.command()
@form_option
@click.option("--only", metavar="TEXT", default="", help="Only what has this text in its name, or is its paragraph.")
@several_policies
def test(form: str, only: str, names: tuple[str, ...], more: tuple[str, ...]) -> int:
    """Run the cases of policies, each policy's own and those of the policies it extends, and its histories.

    A case puts an invented child to the rules, a history puts events to a process. A failure shows the paragraph,
    what was expected and found, the facts that mattered and the explanation. Exit status 1 if one fails, 2 if a
    policy or a file of cases cannot be read.
    """
    from cme_rules.errors import BrokenPolicy

    status, found = ANSWERED, []
    for name in the_several(names, more):
        try:
            tested = _tested(name, only)
        except BrokenPolicy as fault:
            complain(fault)
            status = WRONG
            continue
        status = max(status, ANSWERED if tested.passed else FAILED)
        found.append(_as_data(tested))
        if form == "text":
            _tell(tested)
    if form == "json":
        click.echo(json.dumps(found, indent=2))
    return status


def _tested(name: str, only: str) -> _Tested:
    from cme_rules.cli.policies import folder_named
    from cme_rules.policy.loading.load import load_policy
    from cme_rules.verify.cases import read_cases
    from cme_rules.verify.histories import read_histories, run_histories
    from cme_rules.verify.run import run_cases

    folder = folder_named(name)
    policy = load_policy(folder)
    cases = (case for case in read_cases(policy, folder) if only in case.name or only == case.paragraph)
    histories = (history for history in read_histories(policy, folder) if only in history.name)
    return _Tested(policy, run_cases(policy, cases), run_histories(policy, histories))


def _tell(tested: _Tested) -> None:
    from cme_rules.verify.failures import tell_failure, tell_history

    for result in tested.cases:
        if not result.passed:
            click.echo(f"FAILED: {tell_failure(result, tested.policy)}\n")
    for history in tested.histories:
        if not history.passed:
            click.echo(f"FAILED: {tell_history(history)}\n")
    packs = Counter(result.case.pack for result in tested.cases)
    by_pack = ", ".join(f"{count} of {pack}" for pack, count in packs.items()) or "there are none"
    passed = sum(result.passed for result in tested.cases)
    said = f"{tested.policy.id}: {passed} of {len(tested.cases)} cases passed ({by_pack})"
    if tested.histories:
        said += f", {sum(each.passed for each in tested.histories)} of {len(tested.histories)} histories"
    click.echo(said)


def _as_data(tested: _Tested) -> dict[str, Any]:
    return {
        "policy": tested.policy.id,
        "passed": tested.passed,
        "cases": [
            {
                "name": result.case.name,
                "paragraph": result.case.paragraph,
                "place": result.case.place,
                "passed": result.passed,
                "mismatches": [asdict(wrong) for wrong in result.mismatches],
            }
            for result in tested.cases
        ],
        "histories": [
            {
                "name": result.history.name,
                "process": result.history.case.process.id,
                "place": f"{result.history.file}:{result.history.line}",
                "passed": result.passed,
                "mismatches": [asdict(wrong) for wrong in result.wrong],
            }
            for result in tested.histories
        ],
    }
