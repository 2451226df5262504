"""Where a policy's folder is: a path as given, the copy inside the installed package, or the checkout's."""

from pathlib import Path

from cme_rules.errors import UnknownPolicy

__all__ = ["policies_folder", "policy_folder", "shipped_policies"]

_PACKAGE = Path(__file__).resolve().parents[2]


def policies_folder() -> Path:
    """The folder of the shipped policies: beside the package's modules in a wheel, beside `src` in a checkout."""
    inside = _PACKAGE / "policies"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "policies"


def shipped_policies(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the policies in a folder (default: the shipped ones), in order."""
    where = folder or policies_folder()
    return tuple(sorted(found.parent.name for found in where.glob("*/policy.toml")))


def policy_folder(name: str | Path, *, beside: Path | None = None) -> Path:
    """The folder of a policy: a path to it, or the name of one in `beside` or among the shipped ones.

    Raises UnknownPolicy naming the policies that do exist.
    """
    given = Path(name)
    looked_in = [given] if isinstance(name, Path) or len(given.parts) > 1 else []
    looked_in += [folder / given for folder in (beside, policies_folder()) if folder] if not given.is_absolute() else []
    looked_in += [given] if given not in looked_in else []
    for folder in looked_in:
        if (folder / "policy.toml").is_file():
            return folder.resolve()
    known = ", ".join(shipped_policies()) or "none"
    msg = f"there is no policy {given.name!r}: no folder of that name holds a policy.toml; shipped policies: {known}"
    raise UnknownPolicy(msg)
