"""The P that the policy commands take, one or several, as arguments or after --policy."""

from collections.abc import Callable
from typing import Any

import click

__all__ = ["one_policy", "several_policies", "the_one", "the_several"]

_option = click.option("--policy", "more", multiple=True, metavar="P", help="The same as an argument P.")


def several_policies(command: Callable[..., Any]) -> Callable[..., Any]:
    """P…, as arguments or after --policy."""
    return click.argument("names", metavar="P...", nargs=-1)(_option(command))


def the_several(names: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """The policies asked for, each once.

    Raises click.UsageError when there is none.
    """
    found = tuple(dict.fromkeys((*names, *more)))
    if not found:
        msg = "say which policy: a name (see: cme-rules policy list) or the path of a folder"
        raise click.UsageError(msg)
    return found


def one_policy(command: Callable[..., Any]) -> Callable[..., Any]:
    """P, as an argument or after --policy."""
    return several_policies(command)


def the_one(names: tuple[str, ...], more: tuple[str, ...]) -> str:
    """The policy asked for.

    Raises click.UsageError when there is none, or more than one.
    """
    found = the_several(names, more)
    if len(found) > 1:
        msg = "this command takes one policy"
        raise click.UsageError(msg)
    return found[0]
