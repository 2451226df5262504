"""Loading a policy: the one door to the frozen model, whether it stands ready in the wheel or has to be read."""

from pathlib import Path

from cme_rules.policy.loading.find import policy_folder
from cme_rules.policy.loading.packed import packed
from cme_rules.policy.model.policy import Policy

__all__ = ["load_policy", "load_rules"]


def load_policy(name: str | Path, *, readings: tuple[str, ...] = ()) -> Policy:
    """The policy of a folder, by a shipped name or a path, together with whatever it extends.

    `readings` asks for unclear paragraphs to be read otherwise, by the ids of readings.toml; without it the policy is
    as its files say.

    Raises UnknownPolicy when there is no such folder, and BrokenPolicy with every fault found, each with its file,
    line and key, when there is one and it cannot be used.

    >>> load_policy("england").id
    'england'
    """
    folder = policy_folder(name)
    ready = None if readings else packed(folder)
    if ready is not None:
        return ready
    from cme_rules.policy.loading.read import read_policy  # noqa: PLC0415 - slow to import, and not always needed

    return read_policy(folder, readings=readings)


def load_rules(name: str | Path) -> Policy:
    """As `load_policy`, but the processes are neither read nor checked: no assessment asks for them."""
    folder = policy_folder(name)
    ready = packed(folder, processes=False)
    if ready is not None:
        return ready
    from cme_rules.policy.loading.read import read_rules  # noqa: PLC0415 - as above

    return read_rules(folder)
