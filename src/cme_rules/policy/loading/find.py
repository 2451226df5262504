"""Where a policy's folder is: a path as given, the copy inside the installed package, or the checkout's."""

from pathlib import Path

from cme_rules.errors import CallError, UnknownPolicy

__all__ = ["policies_folder", "policy_folder", "shipped_policies"]

_LONGEST = 60
"""Letters of a name that a message repeats."""

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

    Raises UnknownPolicy naming the policies that do exist, and CallError for what can be neither a name nor a path.
    """
    if not isinstance(name, str | Path):
        msg = f"a policy is asked for by its name or the path of its folder, found {type(name).__name__}"
        raise CallError(msg)
    given = Path(name)
    looked_in = [given] if isinstance(name, Path) or len(given.parts) > 1 else []
    looked_in += [folder / given for folder in (beside, policies_folder()) if folder] if not given.is_absolute() else []
    looked_in += [given] if given not in looked_in else []
    for folder in looked_in:
        if _holds_a_policy(folder):
            return folder.resolve()
    known = ", ".join(shipped_policies()) or "none"
    shown = given.name if len(given.name) <= _LONGEST else f"{given.name[:_LONGEST]}…"
    msg = f"there is no policy {shown!r}: no folder of that name holds a policy.toml; shipped policies: {known}"
    raise UnknownPolicy(msg)


def _holds_a_policy(folder: Path) -> bool:
    try:
        return (folder / "policy.toml").is_file()
    except OSError:  # a name no folder can have, or a folder that may not be looked into
        return False
