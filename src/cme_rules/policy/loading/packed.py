"""A policy written out as a Python module, so that an answer need not wait until its files are read and checked.

A wheel carries such a module beside each policy; it is written when the wheel is built, from the policy as it was
loaded. It is used only while the files it was made from are the same, byte for byte: a change to one of them, a file
more or a file less, and the files are read. A checkout has none, and nothing writes one later.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import NOTHING, Attribute, evolve, field, fields, frozen, has

from cme_rules.policy.loading.find import policies_folder
from cme_rules.policy.model.policy import Policy

__all__ = ["MODULE", "packed", "packed_source"]

MODULE = "packed"
"""The name of the module beside a policy's files."""

_NOT_LOADED = frozenset({"cases", "__pycache__", f"{MODULE}.py"})
"""What lies in a policy's folder and has no part in the policy as it is loaded."""


def packed(folder: Path, *, processes: bool = True) -> Policy | None:
    """The policy of a shipped folder from its module; None where it has none, or a file is not as it was."""
    if folder.parent != policies_folder() or not (folder / f"{MODULE}.py").is_file():
        return None
    module = import_module(f"cme_rules.{folder.parent.name}.{folder.name}.{MODULE}")
    try:
        as_it_was = _digest(folder.parent / name for name in module.PACKS) == module.DIGEST
    except OSError:  # a folder that is gone, or a file that may not be read: reading them will say so
        as_it_was = False
    if not as_it_was:
        return None
    policy: Policy = module.rules()
    return evolve(policy, processes=module.processes()) if processes else policy


def packed_source(policy: Policy, folder: Path) -> str:
    """The module of a policy, as source; `folder` holds the policy and all that it extends."""
    writer = _Writer()
    rules = writer.written(evolve(policy, processes={}))
    processes = writer.written(policy.processes)
    lines = [
        '"""Written when the package was built, from the TOML files in this folder: change those instead."""',
        *writer.imports(),
        f"PACKS = {policy.packs!r}",
        f"DIGEST = {_digest(folder / name for name in policy.packs)!r}",
        f"def rules():\n    return {rules}",
        f"def processes():\n    return {processes}",
    ]
    return "\n".join(lines) + "\n"


def _digest(folders: Iterable[Path]) -> str:
    """What the files of some folders come to, their names included."""
    found = sha256()
    for folder in folders:
        for path in _files(folder):
            content = path.read_bytes()
            found.update(f"{path.relative_to(folder.parent).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name not in _NOT_LOADED:
            yield from _files(path) if path.is_dir() else (path,)


@frozen(eq=False, repr=False)
class _Writer:
    """Writes values as the expressions that make them, and keeps the classes they need."""

    classes: dict[str, type] = field(factory=dict)

    def imports(self) -> list[str]:
        """The classes met so far."""
        met = sorted(self.classes.items())
        return [f"from {each.__module__} import {each.__name__} as {name}" for name, each in met]

    def written(self, value: object) -> str:
        """A value as source. Raises TypeError for one of which it does not know how it is made."""
        match value:
            case Enum():
                return f"{self._name(type(value))}.{value.name}"
            case None | bool() | int() | str():
                return repr(value)
            case date():
                return f"{self._name(date)}({value.year}, {value.month}, {value.day})"
            case Mapping():
                return f"{{{', '.join(f'{key!r}: {self.written(each)}' for key, each in value.items())}}}"
        if type(value) is tuple:
            return f"({''.join(f'{self.written(each)}, ' for each in value)})"
        if has(type(value)):
            return f"{self._name(type(value))}({', '.join(self._given(value))})"
        msg = f"there is no way yet to write a {type(value).__name__}"
        raise TypeError(msg)

    def _given(self, value: Any) -> Iterator[str]:  # noqa: ANN401 - any class of the model
        for part in fields(type(value)):
            own = getattr(value, part.name)
            if part.init and not _is_default(own, part):
                yield f"{part.alias}={self.written(own)}"

    def _name(self, kind: type) -> str:
        """What a class is called in the module: two rooms may each have a Term."""
        name = f"{kind.__module__.replace('.', '_')}_{kind.__name__}"
        self.classes[name] = kind
        return name


def _is_default(value: object, part: "Attribute[object]") -> bool:
    factory = getattr(part.default, "factory", None)
    default = factory() if factory else part.default
    return default is not NOTHING and type(value) is type(default) and value == default
