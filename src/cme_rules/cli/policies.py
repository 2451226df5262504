"""Finding the policy a command asks for: the only place that reads the environment."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cme_rules.policy.model.policy import Policy

__all__ = ["VARIABLE", "folder_named", "own_folder", "policy_named", "rules_named"]

VARIABLE = "CME_RULES_POLICIES"
"""The environment variable that names a folder with policies of one's own."""


def own_folder() -> Path | None:
    """The folder of policies the environment names, if it names one."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else None


def folder_named(name: str) -> Path:
    """The folder of a policy: by name in one's own folder of policies, by path, or by the name of a shipped one.

    Raises UnknownPolicy.
    """
    from cme_rules.policy.loading.find import policy_folder

    own = own_folder() if len(Path(name).parts) == 1 else None
    return policy_folder(name, beside=own)


def policy_named(name: str, *, readings: tuple[str, ...] = ()) -> "Policy":
    """The policy of a name or path, loaded, with some paragraphs read otherwise if that is asked for.

    Raises UnknownPolicy, and BrokenPolicy with every fault.
    """
    from cme_rules.policy.loading.load import load_policy

    return load_policy(folder_named(name), readings=readings)


def rules_named(name: str) -> "Policy":
    """The policy of a name or path, loaded as far as an assessment asks.

    A shipped policy was checked whole before it was shipped, so its processes are left unread; a folder of one's own
    is loaded whole, so that nothing wrong in it stays unsaid. Raises as `policy_named` does.
    """
    from cme_rules.policy.loading.find import policies_folder
    from cme_rules.policy.loading.load import load_policy, load_rules

    folder = folder_named(name)
    return load_rules(folder) if folder.parent == policies_folder() else load_policy(folder)
