"""Trying every mutant of a policy, on as many processors as there are."""

import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.case import Case
from cme_rules.verify.cases import read_cases
from cme_rules.verify.folders import pack_folders
from cme_rules.verify.histories import HistoryCase, read_histories
from cme_rules.verify.mutants.bench import Bench
from cme_rules.verify.mutants.kill import equivalent, killing_case, killing_fault
from cme_rules.verify.mutants.make import mutants_of
from cme_rules.verify.mutants.missing_case import as_toml, wanting_case
from cme_rules.verify.mutants.model import CASE, EQUIVALENT, LOAD, PROOF, SURVIVED, Fate, Mutant, Mutants
from cme_rules.verify.mutants.processes import of_processes
from cme_rules.verify.mutants.proofs import broken_proof
from cme_rules.verify.mutants.tracks import Track, broken_process, killing_history, wanting_history

__all__ = ["try_folder", "try_mutants"]

_ENOUGH = 200
"""Fewer mutants than these are not worth a second process."""

_Folders = tuple[Path, Path]


def try_mutants(
    policy: Policy, cases: Iterable[Case], histories: Iterable[HistoryCase] = (), *, pack: Policy | None = None
) -> Mutants:
    """Make every mutant of a policy (or of a pack it extends) and try to kill it, in this process.

    Slips in processes are tried in the policy whose folder they stand in, with its own `histories`.
    """
    own = pack or policy
    bench, track = Bench(policy, tuple(cases)), Track(own, tuple(histories))
    fates = [_fate(mutant, bench) for mutant in mutants_of(policy, pack=pack)]
    return Mutants(policy=own.id, fates=(*fates, *(_fate_on(track, mutant) for mutant in of_processes(own))))


def try_folder(folder: Path, *, through: Path | None = None, workers: int | None = None) -> Mutants:
    """The same for a policy's folder, shared out over processes; None asks for one a processor.

    `through` is the folder of a policy that extends it: the mutants are then tried in that one, with its calendar and
    with the cases of both.
    """
    policy, whole = load_policy(folder), through or folder
    count = len(mutants_of(load_policy(whole), pack=policy)) + sum(1 for _ in of_processes(policy))
    wanted = workers or os.cpu_count() or 1
    if wanted == 1 or count < _ENOUGH:
        fates = _share((folder, whole), 0, 1)
    else:
        with ProcessPoolExecutor(wanted, mp_context=get_context("spawn")) as pool:
            shares = [pool.submit(_share, (folder, whole), first, wanted) for first in range(wanted)]
            fates = [fate for share in shares for fate in share.result()]
    return Mutants(policy=policy.id, fates=tuple(fate for _, fate in sorted(fates, key=lambda each: each[0])))


def _share(folders: _Folders, first: int, step: int) -> list[tuple[int, Fate]]:
    """Every `step`th mutant from the `first` on, with its place; policies are loaded afresh, as they do not travel."""
    folder, whole = folders
    policy, own = load_policy(whole), load_policy(folder)
    bench, track = Bench(policy, read_cases(policy, whole)), _track(own, folder)
    made = mutants_of(policy, pack=own)
    fates = [(place, _fate(made[place], bench)) for place in range(first, len(made), step)]
    slips = tuple(of_processes(own))
    return fates + [(len(made) + place, _fate_on(track, slips[place])) for place in range(first, len(slips), step)]


def _track(own: Policy, folder: Path) -> Track:
    """A policy with the histories of its folder; those of the policies it extends are worth trying."""
    seeds = (history for parent in pack_folders(folder)[:-1] for history in read_histories(own, parent))
    return Track(own, read_histories(own, folder), tuple(seeds))


def _fate(mutant: Mutant, bench: Bench) -> Fate:
    """What becomes of a mutant: loading is tried first, then the cases, then the proofs."""
    for ended, tried in ((LOAD, killing_fault), (CASE, killing_case), (PROOF, broken_proof)):
        by = tried(mutant, bench)
        if by:
            return _ended(mutant, ended, by=by)
    if equivalent(mutant, bench):
        return _ended(mutant, EQUIVALENT)
    found = wanting_case(mutant, bench)
    return _ended(mutant, SURVIVED, case=as_toml(found, mutant, bench) if found else "")


def _fate_on(track: Track, mutant: Mutant) -> Fate:
    """What becomes of a slip in a process: its histories are tried first, then its own checks."""
    for ended, tried in ((CASE, killing_history), (PROOF, broken_process)):
        by = tried(mutant, track)
        if by:
            return _ended(mutant, ended, by=by)
    return _ended(mutant, SURVIVED, case=wanting_history(mutant, track))


def _ended(mutant: Mutant, ended: str, *, by: str = "", case: str = "") -> Fate:
    return Fate(
        kind=mutant.kind, place=mutant.place, paragraph=mutant.paragraph, words=mutant.words, ended=ended, by=by,
        case=case,
    )  # fmt: skip
