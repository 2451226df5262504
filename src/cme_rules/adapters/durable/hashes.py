"""The engine tells names apart by a hash of 32 bits alone, so two names with one hash must never meet."""

from collections.abc import Iterable

__all__ = ["RESERVED", "collisions", "fnv"]

_BASIS, _PRIME, _BITS = 2_166_136_261, 16_777_619, 0xFFFFFFFF

RESERVED = ("id", "sid", "$s", "sid-0", "0", "$pulse", "$timerName", "$baseTime", "$time", "$i")
"""Names the engine uses itself."""


def fnv(name: str) -> int:
    """The engine's own hash of an ASCII name (FNV-1a).

    >>> fnv("id")
    926444256
    """
    hashed = _BASIS
    for byte in name.encode("ascii"):
        hashed = ((hashed ^ byte) * _PRIME) & _BITS
    return hashed


def collisions(names: Iterable[str]) -> list[str]:
    """The names whose hash another of the names, or one of the engine's own, already has."""
    seen = {fnv(name): name for name in RESERVED}
    return [name for name in names if seen.setdefault(fnv(name), name) != name]
