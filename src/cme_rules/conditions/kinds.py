"""The kinds of value a condition can speak of: yes/no, a counted number, a day, a word from a list, a span."""

from collections.abc import Mapping
from enum import Enum

from attrs import frozen

__all__ = ["BOOL", "DATE", "SPAN", "Base", "Kind", "Vocabulary", "counted_in", "one_of"]


class Base(Enum):
    """What sort of value it is, before its unit or its list of words."""

    BOOL = "bool"
    INT = "int"
    DATE = "date"
    TEXT = "text"
    SPAN = "span"


@frozen
class Kind:
    """A base with its unit (numbers) or its closed list of words (text; None means free text).

    Numbers of different units do not compare: twenty school days are not twenty days. Nor do counts that start on
    different days: `counted` says whether the day that sets a count running is itself counted.
    """

    base: Base
    unit: str | None = None
    words: tuple[str, ...] | None = None
    counted: str | None = None

    def __str__(self) -> str:
        """As an error message names it, e.g. `int (school day, beginning with)`."""
        details = ", ".join(part.replace("_", " ") for part in (self.unit, self.counted) if part)
        return f"{self.base.value} ({details})" if details else self.base.value


BOOL = Kind(Base.BOOL)
DATE = Kind(Base.DATE)
SPAN = Kind(Base.SPAN)


def counted_in(unit: str, counted: str | None = None) -> Kind:
    """The kind of a number counted in `unit`, from the first day or from the day after as `counted` says."""
    return Kind(Base.INT, unit=unit, counted=counted)


def one_of(*words: str) -> Kind:
    """The kind of a text that is one of these words."""
    return Kind(Base.TEXT, words=words)


Vocabulary = Mapping[str, Kind]
"""Every name a condition may use, with its kind."""
