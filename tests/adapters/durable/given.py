"""A small policy and children for the tests of the second engine, and an engine module that misbehaves."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

__all__ = ["CHILD", "ON", "PREVIEW", "Misbehaving"]

ON = date(2026, 3, 9)
PREVIEW = ("reform",)
CHILD: dict[str, Any] = {
    "in_area": True,
    "on_roll": False,
    "schooling": "none",
    "last_taught": date(2026, 2, 1),
    "sessions_possible": 100,
    "sessions_absent": 12,
    "called": False,
}
"""Gone, and for long; often absent; the family was never called; the absence is not known."""


class Misbehaving:
    """The engine's C module with some of its functions replaced, each given the real one first."""

    def __init__(self, **replaced: Callable[..., Any]) -> None:
        self._real = import_module("durable_rules_engine")
        self._replaced = replaced

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        real = getattr(self._real, name)
        replacement = self._replaced.get(name)
        if replacement is None:
            return real
        return lambda *arguments: replacement(real, *arguments)
