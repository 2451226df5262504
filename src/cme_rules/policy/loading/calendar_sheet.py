"""One calendar file on the desk: its tables read strictly, and every fault kept with the line it stands on."""

import re
from datetime import date
from itertools import islice
from typing import Any, TypeVar, get_origin

from attrs import AttrsInstance, field, fields, frozen

from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile

__all__ = ["Part", "Sheet"]

_SCHEMA = 1
_Entry = TypeVar("_Entry", bound=AttrsInstance)


@frozen(eq=False, repr=False)
class Part:
    """A table within the file: what it holds, what faults call it, the line it begins on, and if it is all there."""

    values: dict[str, Any]
    name: str = ""
    line: int = 1
    inline: bool = False


@frozen(eq=False, repr=False)
class Sheet:
    """A file being read, with the faults and warnings collected so far."""

    file: TomlFile
    faults: list[PolicyFault] = field(factory=list)
    warnings: list[PolicyFault] = field(factory=list)
    lines: tuple[str, ...] = field(init=False)

    @lines.default
    def _split(self) -> tuple[str, ...]:
        return tuple(self.file.text.splitlines())

    @property
    def whole(self) -> Part:
        """The file's outermost table."""
        return Part(self.file.data)

    def fault(self, part: Part, key: str, problem: str, *, find: str = "", remedy: str = "") -> None:
        """Keep a fault at a key of a part. `find` is a text that stands on the line of the key or below it."""
        self.faults.append(self._said(part, key, problem, find, remedy))

    def warn(self, part: Part, key: str, problem: str) -> None:
        """Keep a remark on something that looks odd and may be right."""
        self.warnings.append(self._said(part, key, problem, "", ""))

    def _said(self, part: Part, key: str, problem: str, find: str, remedy: str) -> PolicyFault:
        line = self._line_of(part, key)
        if find:
            line = self.line(re.escape(find), after=line)
        named = ".".join(word for word in (part.name, key) if word)
        return PolicyFault(file=self.file.name, line=line, key=named, problem=problem, remedy=remedy)

    def _line_of(self, part: Part, key: str) -> int:
        """The line of a key of the part, or of the header of a table under it; the part's own if there is none."""
        if not key or part.inline:
            return part.line
        for number in range(part.line + bool(part.name), len(self.lines) + 1):
            text = self.lines[number - 1]
            if re.match(rf"\s*({re.escape(key)}\s*=|\[+\s*([\w-]+\.)*{re.escape(key)}\s*\])", text):
                return number
            if text.lstrip().startswith("["):
                break
        return part.line

    def line(self, pattern: str, *, after: int = 1, nth: int = 1) -> int:
        """The nth line from `after` on that the pattern finds; `after` itself if there is none."""
        places = range(max(after, 1), len(self.lines) + 1)
        found = (number for number in places if re.search(pattern, self.lines[number - 1]))
        return next(islice(found, nth - 1, None), after)

    def read(self, part: Part, entry: type[_Entry], *, besides: tuple[str, ...] = ()) -> _Entry | None:
        """A part as an `entry`, but for the keys `besides`, which are read elsewhere; None if it has faults."""
        values = {key: value for key, value in part.values.items() if key not in besides}
        flat = True
        for each in fields(entry):
            if get_origin(each.type) is tuple and not isinstance(values.get(each.name, []), list):
                self.fault(part, each.name, "expected a list in square brackets")
                flat = False
        if not flat:
            return None
        made, wrong = structure(values, entry, file=self.file, name=part.name)
        for fault in wrong:
            key = re.split(r"[.\[]", fault.key.removeprefix(part.name).removeprefix("."))[0]
            self.faults.append(self._said(part, key, fault.problem, "", fault.remedy))
        if getattr(made, "schema", _SCHEMA) != _SCHEMA:
            self.fault(part, "schema", f"schema {part.values['schema']} is not known; expected {_SCHEMA}")
        return made

    def parts(self, part: Part, key: str, named_by: str) -> tuple[Part, ...]:
        """The tables in a list of tables, each named in faults by one of its values; none if it is not such a list."""
        listed = part.values.get(key)
        if listed is None:
            return ()
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.fault(part, key, f"expected a list of tables: write [[{key}]] above each of them")
            return ()
        header = rf"^\s*\[\[\s*([\w-]+\.)?{re.escape(key)}\s*\]\]"
        found = []
        for place, values in enumerate(listed, 1):
            line = self.line(header, after=part.line, nth=place)
            inline = not re.match(header, self.lines[line - 1])
            if inline:
                line = self._line_of(part, key)
            name = f"{part.name}.{key}" if part.name else key
            found.append(Part(values, f"{name}[{_name(values.get(named_by, place))}]", line, inline))
        return tuple(found)


def _name(value: object) -> str:
    return str(value) if isinstance(value, str | int | date) else "?"
