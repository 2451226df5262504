"""Reading a TOML file of a policy, and finding again the line on which a key stands."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from cme_rules.errors import PolicyFault

__all__ = ["TomlFile", "cannot_be_read", "read_toml"]

_NOT_TOML, _NOT_UTF_8, _CLOSED = "this is not TOML", "this is not UTF-8 text", "this cannot be read"


@frozen(kw_only=True, eq=False, repr=False)
class TomlFile:
    """A parsed TOML file with its text, so that a fault can name the line it stands on."""

    name: str
    text: str
    data: dict[str, Any]

    def line(self, table: str = "", key: str = "") -> int:
        r"""The line of a table's heading, or of a key within it, counting from 1; 0 when it is not found.

        >>> TomlFile(name="x.toml", text="[a]\nb = 1\n", data={}).line("a", "b")
        2
        """
        lines = self.text.splitlines()
        start = _heading(lines, table) if table else 0
        if start is None:
            return 0
        found = _key(lines, start, key) if key else None
        return (found if found is not None else start) + 1 if table or found is not None else 0

    def fault(self, problem: str, *, table: str = "", key: str = "", remedy: str = "") -> PolicyFault:
        """A fault of this file at a table and key."""
        named = ".".join(part for part in (table, key) if part)
        line = self.line(table, re.split(r"[.\[]", key, maxsplit=1)[0])
        return PolicyFault(file=self.name, key=named, problem=problem, line=line, remedy=remedy)


def read_toml(path: Path, *, name: str) -> tuple[TomlFile, tuple[PolicyFault, ...]]:
    """The file, empty where it cannot be read, and what stood in the way."""
    try:
        text = path.read_text("utf-8")
        return TomlFile(name=name, text=text, data=tomllib.loads(text)), ()
    except tomllib.TOMLDecodeError as fault:
        problem, line = str(fault), _line_in(str(fault))
        remedy = "words go in quotes; dates are written 2026-11-23; yes and no are true and false"
        broken = PolicyFault(file=name, key="", problem=f"{_NOT_TOML}: {problem}", line=line, remedy=remedy)
    except UnicodeDecodeError:
        broken = PolicyFault(file=name, key="", problem=_NOT_UTF_8, remedy="save the file as UTF-8")
    except OSError as fault:
        broken = PolicyFault(file=name, key="", problem=f"{_CLOSED}: {fault.strerror}")
    return TomlFile(name=name, text="", data={}), (broken,)


def cannot_be_read(fault: PolicyFault) -> bool:
    """Whether a fault is that a whole file cannot be read, so that what stands in it is not known."""
    return fault.problem.startswith((_NOT_TOML, _NOT_UTF_8, _CLOSED))


def _line_in(message: str) -> int:
    found = re.search(r"line (\d+)", message)
    return int(found[1]) if found else 0


def _heading(lines: list[str], table: str) -> int | None:
    wanted = {f"[{table}]", f'["{table}"]', f"['{table}']", f"[[{table}]]"}
    for place, line in enumerate(lines):
        bare = line.split("#")[0].strip() if line.lstrip().startswith("[") else ""
        if bare in wanted or bare.startswith((f"[{table}.", f'["{table}".')):
            return place
    return None


def _key(lines: list[str], start: int, key: str) -> int | None:
    for place in _until_next_heading(lines, start):
        if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", lines[place]):
            return place
    return None


def _until_next_heading(lines: list[str], start: int) -> Iterator[int]:
    for place in range(start, len(lines)):
        if place > start and lines[place].startswith("["):
            return
        yield place
