"""What a run depends on, as one short text: two runs with the same text give the same answers."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from attrs import fields, has

__all__ = ["digest_of"]


def digest_of(register: Path, *things: object) -> str:
    """A text for the content of a file, this version of the library, and any values: policies, days, words, numbers."""
    with register.open("rb") as file:
        content = file_digest(file, "sha256").hexdigest()
    return sha256(repr((content, _version(), [_plain(thing) for thing in things])).encode()).hexdigest()


def _version() -> str:
    """The version installed; none in a checkout that is not installed."""
    try:
        return version("cme-rules")
    except PackageNotFoundError:
        return ""


def _plain(thing: object) -> object:
    """A value as nested lists of texts, which are the same in every process."""
    if isinstance(thing, Mapping):
        return sorted(([_plain(key), _plain(value)] for key, value in thing.items()), key=repr)
    if isinstance(thing, AbstractSet):
        return sorted(map(_plain, thing), key=repr)
    if isinstance(thing, tuple | list):
        return [_plain(part) for part in thing]
    kind = type(thing)
    if has(kind):
        return [kind.__name__, *(_plain(getattr(thing, part.name)) for part in fields(kind) if part.init)]
    return repr(thing)
