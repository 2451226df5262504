"""`cme-rules batch`: a policy over a whole register, the answers in files."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cme_rules.cli.faults import ANSWERED, WRONG, complain
from cme_rules.cli.options import on_option, policy_option, preview_option
from cme_rules.errors import CallError

if TYPE_CHECKING:
    from cme_rules.batch import Written

__all__ = ["batch"]

_EVERY = "all"


@click.command()
@policy_option
@on_option
@preview_option
@click.option("--out", required=True, metavar="FOLDER", help="Where the answers go; it is made if need be.")
@click.option("--possible", is_flag=True, help="Write the actions that may have arisen too.")
@click.option(
    "--missing",
    multiple=True,
    metavar="FINDING",
    help="Write the facts that would settle this finding where it is unknown; may be repeated; all for every finding.",
)
@click.option("--strict", is_flag=True, help="Answer nothing at all if any row is bad.")
@click.option("--reference", default="reference", show_default=True, metavar="COLUMN", help="Names each child.")
@click.option("--ignore", multiple=True, metavar="COLUMN", help="A column that is no fact; may be repeated.")
@click.argument("register", metavar="REGISTER")
def batch(
    *,
    policy_name: str,
    on: date,
    preview: tuple[str, ...],
    out: str,
    missing: tuple[str, ...],
    reference: str,
    ignore: tuple[str, ...],
    register: str,
    **switches: bool,
) -> int:
    """Say what a policy finds of every child of a register, who must do what by when, and what is missing.

    REGISTER is a .parquet, .arrow or .csv file with a row a child and a column a fact. An empty cell, or a column left
    out, is unknown; false (or never) for a day, or a yes in a column DAY_never, says that it is known not to have
    happened. FOLDER gets findings.parquet, actions.parquet, counts.csv, bad_rows.csv and, if asked for,
    missing.parquet. A row that is bad is told by number, column and rule, and the others are answered. A run that was
    stopped goes on where it stopped when it is started again in the same words.
    """
    from cme_rules.cli.policies import policy_named

    write = _writer()
    with _progress() as progress:
        written = write(
            register,
            policy_named(policy_name),
            Path(out),
            on=on,
            preview=preview,
            missing=True if _EVERY in missing else missing,
            reference=reference,
            ignore=ignore,
            progress=progress,
            **switches,
        )
    return _told(written)


def _writer() -> "Callable[..., Written]":
    """What writes the answers, with the extra that it needs.

    Raises CallError where the extra is not installed.
    """
    try:
        from cme_rules.batch import write_register
    except ModuleNotFoundError as fault:
        raise CallError(str(fault)) from None
    return write_register


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, if a person is looking."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    with click.progressbar(length=1, file=sys.stderr, label="children") as bar:

        def forward(rows: int, all_rows: int) -> None:
            bar.length = max(all_rows, bar.pos + rows, 1)
            bar.update(rows)

        yield forward


def _told(written: "Written") -> int:
    click.echo(f"{written.answered} children answered, {written.actions} actions: see the files in the folder given")
    if written.kept:
        click.echo(f"{written.kept} of them had been answered by a run that was stopped: this one went on from there")
    if not written.bad:
        return ANSWERED
    rows = "1 row is" if written.bad == 1 else f"{written.bad} rows are"
    complain(f"{rows} bad and not answered: bad_rows.csv says which, and why")
    return WRONG
