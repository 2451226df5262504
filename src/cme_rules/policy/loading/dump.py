"""Writing a policy's folder out again in one plain form: what was loaded, dumped and loaded again is the same policy.

Comments are not kept: they are for the people who write the file, and the form is for programs that compare, merge
or generate policies.
"""

import tomllib
from pathlib import Path

from cme_rules.errors import CallError
from cme_rules.policy.loading.find import policy_folder
from cme_rules.policy.loading.load import load_policy

__all__ = ["dump_policy", "plain_files"]


def plain_files(name: str | Path) -> dict[str, str]:
    """Every TOML file of one policy folder in plain form, by its path within the folder.

    The folder it extends is not included: that is a folder of its own.
    Raises UnknownPolicy or BrokenPolicy where the policy cannot be loaded, so that nothing broken is written out.
    """
    from tomli_w import dumps  # noqa: PLC0415 - the extra `write`, needed only here

    load_policy(name)
    folder = policy_folder(name)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.toml"))
    return {file: dumps(tomllib.loads((folder / file).read_text("utf-8"))) for file in files}


def dump_policy(name: str | Path, to: Path) -> Path:
    """Write a policy folder in plain form into `to`, under the policy's own name; give back the new folder.

    Raises CallError where that folder exists already: nothing is overwritten.
    """
    target = to / policy_folder(name).name
    if target.exists():
        msg = f"{target.name!r} exists already in the folder to write to: choose another, or remove it first"
        raise CallError(msg)
    for file, text in plain_files(name).items():
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        (target / file).write_text(text, encoding="utf-8")
    return target
