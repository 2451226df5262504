"""Whatever goes wrong, said once on standard error: what was wrong and what to do, never what a child's file held."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cme_rules.errors import CmeRulesError

__all__ = ["ANSWERED", "FAILED", "WRONG", "complain", "guarded"]

ANSWERED = 0
"""Exit status: the command gave its answer."""

FAILED = 1
"""Exit status: a check or a test failed."""

WRONG = 2
"""Exit status: the call or the input is wrong."""

_OUR_FAULT = 70
_INTERRUPTED = 130


def complain(message: object) -> None:
    """Put a message on standard error."""
    click.echo(str(message), err=True)


def guarded(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command and turn every fault into a message and an exit status."""
    _let_out_every_letter()
    try:
        with command.make_context("cme-rules", list(arguments)) as context:
            status = command.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("stopped")
        return _INTERRUPTED
    except click.ClickException as fault:
        return _misused(fault)
    except CmeRulesError as fault:
        complain(fault)
        return WRONG
    except BrokenPipeError:
        return _reader_gone()
    except Exception as fault:  # noqa: BLE001 - a fault of our own may hold a child's data: only its kind is shown
        complain(f"a fault in cme-rules itself, {_place(fault)}: please report this line")
        return _OUR_FAULT
    return status if isinstance(status, int) else ANSWERED


def _let_out_every_letter() -> None:
    """Letters the terminal cannot show are written as escapes rather than ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _misused(fault: click.ClickException) -> int:
    context = getattr(fault, "ctx", None)
    if context is not None and not isinstance(fault, click.exceptions.NoArgsIsHelpError):
        complain(context.get_usage())
    complain(_said(fault))
    return WRONG


def _said(fault: click.ClickException) -> str:
    """Click's message without what was typed: an argument may be the name of a child's file."""
    match fault:
        case click.NoSuchOption():
            close = f"; did you mean {' or '.join(fault.possibilities)}?" if fault.possibilities else ""
            return f"there is no such option{close}"
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as option):
            if not isinstance(fault, click.MissingParameter):
                return f"{_hint(option)}: expected one of {', '.join(map(str, choices))}"
        case click.BadParameter(param=click.Parameter(type=click.types.IntParamType()) as option):
            if not isinstance(fault, click.MissingParameter):
                return f"{_hint(option)}: expected a whole number"
        case click.UsageError() if fault.message.startswith("No such command"):
            group = fault.ctx.command if fault.ctx else None
            names = ", ".join(group.list_commands(fault.ctx)) if isinstance(group, click.Group) and fault.ctx else ""
            return f"there is no such command; there are: {names}"
        case click.UsageError() if fault.message.startswith("Got unexpected extra argument"):
            return "there are too many arguments"
    return fault.format_message()


def _hint(option: click.Parameter) -> str:
    return option.opts[-1] if option.opts else option.human_readable_name


def _reader_gone() -> int:
    """Whoever read our output has stopped: nothing is wrong, and nothing more is to be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ANSWERED


def _place(fault: Exception) -> str:
    """The kind of a fault and the place it was raised at: no text of its own."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "nowhere"
    return f"{type(fault).__name__} at {where}"
