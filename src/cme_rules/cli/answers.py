"""Going through a file of children: each answered in turn, what cannot be answered told on standard error."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cme_rules.cli.children import BadInput, BadLine, GivenChild, children_in
from cme_rules.cli.faults import ANSWERED, WRONG, complain
from cme_rules.engine.facts import facts_from_json
from cme_rules.errors import CallError

if TYPE_CHECKING:
    from cme_rules.policy.model.policy import Policy

__all__ = ["answer_each", "as_json"]

_LONG_FILE = 250_000
"""Bytes from which a file is long enough for a progress bar."""

Answer = Callable[[GivenChild, dict[str, Any]], None]


def answer_each(file: str, policy: "Policy", answer: Answer) -> int:
    """Put every child of a file to `answer`, with its facts as the policy reads them; the exit status.

    A line that is wrong is told with its number and the names of facts, and the others are answered all the same.

    Raises BadInput where the file as a whole cannot be read, or its only child is wrong.
    """
    status = ANSWERED
    with _progress(file) as read:
        for given in children_in(file, read):
            problem = _answered(given, policy, answer)
            if problem:
                status = WRONG
                complain(problem)
    return status


def _answered(given: GivenChild | BadLine, policy: "Policy", answer: Answer) -> str:
    """Nothing once a child is answered; otherwise what is wrong with it."""
    if isinstance(given, BadLine):
        return f"line {given.line}: {given.problem}"
    try:
        answer(given, facts_from_json(given.facts, policy))
    except CallError as fault:
        if not given.line:
            raise BadInput(str(fault)) from None
        return "\n".join(f"line {given.line}: {line}" for line in str(fault).splitlines())
    return ""


@contextmanager
def _progress(file: str) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, for long files read by a person whose answers go elsewhere."""
    size = _size(file)
    if size < _LONG_FILE or not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=size, file=sys.stderr, label="children") as bar:
        yield bar.update


def _size(file: str) -> int:
    """The bytes of a file; none for standard input, and for what cannot be opened, which is told elsewhere."""
    try:
        return Path(file).stat().st_size if file != "-" else 0
    except (OSError, ValueError):
        return 0


def as_json(data: dict[str, Any], given: GivenChild) -> str:
    """Data as JSON beside the child's reference or line: on one line where the file has a child a line."""
    named = {"reference": given.reference} if given.reference is not None else {}
    if given.line and not named:
        named = {"line": given.line}
    return json.dumps(named | data, indent=None if given.line else 2)
