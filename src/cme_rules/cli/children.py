"""Reading children's facts from JSON, one a file or one a line, without ever repeating what was read."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from attrs import field, frozen

from cme_rules.errors import CmeRulesError

__all__ = ["BadInput", "BadLine", "GivenChild", "children_in"]

_LINES = (".jsonl", ".ndjson")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WRAPPER = {"reference", "facts"}


class BadInput(CmeRulesError):
    """A file of children cannot be read at all, or holds no child; the message names no file and no value."""


@frozen(kw_only=True)
class BadLine:
    """A line that is no child, and why; `line` is 0 where the file is one child."""

    line: int
    problem: str


@frozen(kw_only=True)
class GivenChild:
    """A child's facts as given, with the caller's own reference; `line` is 0 where the file is one child."""

    facts: dict[str, Any] = field(repr=False)
    reference: str | int | None = field(default=None, repr=False)
    line: int = 0

    @property
    def label(self) -> str:
        """How the answer names the child: its reference on one line, or else the number of its own line."""
        if self.reference is None:
            return f"line {self.line}" if self.line else ""
        return "".join(letter if letter.isprintable() else "?" for letter in str(self.reference))


def children_in(file: str, read: Callable[[int], None] = lambda _: None) -> Iterator[GivenChild | BadLine]:
    """The children of a file, or of standard input for "-", in order; `read` is told how many bytes each line took.

    A name ending in .jsonl (or .ndjson) has a child a line; any other file is one child. Standard input is one child
    if all of it is one piece of JSON, and otherwise a child a line.

    Raises BadInput for a file that cannot be opened, is empty, or is not JSON at all.
    """
    if file == "-":
        yield from _from_stream(sys.stdin.buffer.read())
    elif Path(file).suffix.lower() in _LINES:
        with _opened(file) as stream:
            yield from _lines(stream, read)
    else:
        with _opened(file) as stream:
            yield _one(stream.read())


def _opened(file: str) -> BinaryIO:
    path = Path(file)
    try:
        if path.is_dir():
            msg = "FILE is a folder: give a .json file with one child, or a .jsonl file with one a line"
            raise BadInput(msg)
        return path.open("rb")
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", "") or "its name is not one a file can have"
        msg = f"FILE cannot be opened: {why}"
        raise BadInput(msg) from None


def _from_stream(data: bytes) -> Iterator[GivenChild | BadLine]:
    if data.strip().count(b"\n") and _is_many(data):
        yield from _lines(iter(data.splitlines(keepends=True)), lambda _: None)
    else:
        yield _one(data)


def _is_many(data: bytes) -> bool:
    """Whether the first line is a piece of JSON by itself."""
    try:
        json.loads(data.strip().split(b"\n")[0])
    except (ValueError, RecursionError):
        return False
    return True


def _one(data: bytes) -> GivenChild:
    found = _child(data.removeprefix(_BYTE_ORDER_MARK), 0) if data.strip() else None
    if found is None:
        msg = "FILE is empty: expected a child's facts as a JSON object"
        raise BadInput(msg)
    if isinstance(found, BadLine):
        msg = f"FILE: {found.problem}"
        raise BadInput(msg)
    return found


def _lines(stream: Iterator[bytes] | BinaryIO, read: Callable[[int], None]) -> Iterator[GivenChild | BadLine]:
    some = False
    for number, data in enumerate(stream, 1):
        text = data.removeprefix(_BYTE_ORDER_MARK) if number == 1 else data
        if text.strip():
            some = True
            yield _child(text.rstrip(), number)
        read(len(data))
    if not some:
        msg = "FILE is empty: expected a JSON object a line, each with a child's facts"
        raise BadInput(msg)


def _child(data: bytes, line: int) -> GivenChild | BadLine:
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_such_number)
        return _unwrapped(found, line)
    except UnicodeDecodeError:
        problem = "this is not UTF-8 text: save the file as UTF-8"
    except json.JSONDecodeError as fault:
        place = f"column {fault.colno}" if line else f"line {fault.lineno}, column {fault.colno}"
        problem = f"this is not JSON: it goes wrong at {place}"
    except RecursionError:
        problem = "this is nested too deeply to be a child's facts"
    except _Unfit as fault:
        problem = str(fault)
    except ValueError:
        problem = "a number in this is too long"
    return BadLine(line=line, problem=problem)


class _Unfit(ValueError):
    """Sound JSON that is not a child."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = "a key stands twice in one object: which of the two is meant?"
        raise _Unfit(msg)
    return found


def _no_such_number(_: str) -> None:
    msg = "NaN and Infinity are no facts: leave out what is not known"
    raise _Unfit(msg)


def _unwrapped(found: object, line: int) -> GivenChild:
    """The facts themselves, given flat or under `facts` beside a reference."""
    if isinstance(found, list):
        msg = "expected one child, found a list: write one child a line, in a file whose name ends in .jsonl"
        raise _Unfit(msg)
    if not isinstance(found, dict):
        msg = 'expected an object of facts such as {"in_area": true}'
        raise _Unfit(msg)
    if not _WRAPPER & set(found):
        return GivenChild(facts=found, line=line)
    facts, reference = found.get("facts"), found.get("reference")
    if set(found) - _WRAPPER or not isinstance(facts, dict):
        msg = 'expected {"reference": …, "facts": {…}} and nothing beside them, or the facts alone'
        raise _Unfit(msg)
    if reference is not None and (isinstance(reference, bool) or not isinstance(reference, str | int)):
        msg = "a reference is text or a whole number"
        raise _Unfit(msg)
    return GivenChild(facts=facts, reference=reference, line=line)
