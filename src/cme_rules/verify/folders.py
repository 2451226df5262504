"""Which folders a policy stands on: its own and those it extends."""

from pathlib import Path

from cme_rules.policy.loading.find import policy_folder
from cme_rules.policy.loading.tables import read_toml

__all__ = ["case_files", "holds_histories", "pack_folders"]


def pack_folders(folder: Path) -> tuple[Path, ...]:
    """The folders of a policy, the most deeply extended one first and its own last.

    Raises UnknownPolicy where a folder extends one that does not exist.
    """
    folders = [folder]
    while (parent := _extended(folders[0])) is not None and parent not in folders:
        folders.insert(0, parent)
    return tuple(folders)


def _extended(folder: Path) -> Path | None:
    head, _ = read_toml(folder / "policy.toml", name=f"{folder.name}/policy.toml")
    name = head.data.get("extends")
    return policy_folder(name, beside=folder.parent) if isinstance(name, str) and name else None


def case_files(folder: Path) -> tuple[Path, ...]:
    """The files of cases of a policy, those of the policies it extends first, each folder's by name.

    Files of histories, which test the processes, lie beside them and are read by `cme_rules.verify.histories`.
    """
    files = (file for pack in pack_folders(folder) for file in sorted(pack.glob("cases/*.toml")))
    return tuple(file for file in files if not holds_histories(file))


def holds_histories(file: Path) -> bool:
    """Whether a file beside the cases holds histories: its name says so."""
    return file.name.startswith("histories_")
