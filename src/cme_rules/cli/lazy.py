"""A group of commands that imports a command only when it is called, so that each starts quickly."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

__all__ = ["LazyGroup"]


class LazyGroup(click.Group):  # click's groups are made by inheriting from its own
    """Commands by name, each given as `module:attribute`."""

    def __init__(self, *arguments: Any, lazy: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401 - click's own
        """Keep where the commands are; none is imported yet."""
        super().__init__(*arguments, **settings)
        self._lazy = dict(lazy)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """The names, in the order in which they were given."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own signature
        """The command of a name, imported now; None where there is none."""
        if cmd_name not in self._lazy:
            return None
        module, _, attribute = self._lazy[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
