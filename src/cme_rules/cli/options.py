"""The options that several commands share."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

__all__ = ["day", "file_argument", "form_option", "on_option", "policy_option", "preview_option", "reveal_option"]

_LENGTH = len("2026-11-23")


def day(text: str) -> date:
    """A day as it is typed, such as 2026-11-23; the message for any other text does not repeat it.

    Raises click.BadParameter for text that is no day, and for a moment.
    """
    try:
        if len(text) == _LENGTH:
            return date.fromisoformat(text)
    except ValueError:
        pass
    msg = "expected a day that exists, such as 2026-11-23"
    raise click.BadParameter(msg)


def _as_day(_: click.Context, option: click.Parameter, text: str) -> date:
    try:
        return day(text)
    except click.BadParameter as fault:
        fault.param = option
        raise


policy_option = click.option(
    "--policy", "policy_name", required=True, metavar="P", help="A policy's name, or the path of its folder."
)

on_option = click.option(
    "--on", required=True, metavar="DATE", callback=_as_day, help="The day; facts are as at its close."
)

preview_option = click.option(
    "--preview", multiple=True, metavar="ID", help="Enacted law to judge by though it is not in force; may be repeated."
)

reveal_option = click.option(
    "--reveal", is_flag=True, help="Show the values of the child's facts too; they are left out otherwise."
)

form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to answer."
)


def file_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """FILE, or - for standard input. It is opened by hand, so that no message repeats a file's name."""
    return click.argument("file", metavar="FILE")(command)
