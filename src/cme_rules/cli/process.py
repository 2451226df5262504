"""`cme-rules process`: where a case stands in a process on a day, and what may happen next."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cme_rules.cli.options import file_argument, form_option, on_option, policy_option, reveal_option

if TYPE_CHECKING:
    from cme_rules.policy.model.policy import Policy
    from cme_rules.policy.model.processes import Process

__all__ = ["process"]


@click.command()
@policy_option
@on_option
@form_option
@reveal_option
@click.option("--name", required=True, metavar="N", help="Which process, such as school_attendance_order.")
@file_argument
def process(policy_name: str, on: date, form: str, name: str, *, reveal: bool, file: str) -> None:
    """Say where a case stands on a day, what may happen next and from when, what is overdue and what was refused.

    FILE is a .json file with one case, or - for standard input:
    {"reference": …, "facts": {…}, "events": [{"event": "notice_served", "on": "2026-01-05"}]}.
    Events are named as the process declares them and stand in the order in which they happened. Those dated after the
    day have not happened yet. A fact left out, or null, is unknown.
    """
    from cme_rules.cli.policies import policy_named
    from cme_rules.processes.case import read_case
    from cme_rules.processes.position import position

    policy = policy_named(policy_name)
    wanted = _process_named(name, policy)
    case = read_case(_data(file), wanted, policy)
    found = position(case, on=on, policy=policy)
    if form == "json":
        named = {"reference": case.reference} if case.reference else {}
        click.echo(json.dumps(named | found.to_dict(reveal=reveal), indent=2))
        return
    if case.reference:
        click.echo("".join(letter if letter.isprintable() else "?" for letter in case.reference))
    click.echo(found.explain(reveal=reveal))


def _process_named(name: str, policy: "Policy") -> "Process":
    from cme_rules.errors import UnknownName

    if name not in policy.processes:
        known = ", ".join(sorted(policy.processes)) or "none"
        msg = f"policy {policy.id!r} has no process of this name; it has: {known}"
        raise UnknownName(msg)
    return policy.processes[name]


def _data(file: str) -> dict[str, Any]:
    """What a file of JSON holds; no message repeats any of it."""
    from cme_rules.errors import ProcessError

    try:
        text = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        found: dict[str, Any] = json.loads(text.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except OSError as fault:
        msg = f"FILE cannot be opened: {fault.strerror}"
    except UnicodeDecodeError:
        msg = "FILE is not UTF-8 text: save it as UTF-8"
    except json.JSONDecodeError as fault:
        msg = f"FILE is not JSON: it goes wrong at line {fault.lineno}, column {fault.colno}"
    except RecursionError:
        msg = "FILE is nested too deeply to be a case"
    except ValueError as fault:
        msg = f"FILE: {fault}" if isinstance(fault, ProcessError) else "FILE: a number in this is too long"
    else:
        return found
    raise ProcessError(msg)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    from cme_rules.errors import ProcessError

    found = dict(pairs)
    if len(found) < len(pairs):
        msg = "a key stands twice in one object: which of the two is meant?"
        raise ProcessError(msg)
    return found
