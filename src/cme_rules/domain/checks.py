"""What every room of the domain asks of the values it is given, and how it hides them.

A message here names the thing asked for and the type that was found, and never the value: values are a child's data.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from attrs import Attribute

from cme_rules.errors import CallError

__all__ = ["a_day", "a_flag", "a_text", "as_names", "as_tuple", "masked", "one_of", "optional", "the_day"]

T = TypeVar("T")
Validator = Callable[[Any, "Attribute[Any]", Any], None]


def the_day(value: object, name: str) -> date:
    """Give the value back if it is a day.

    A `datetime` is a moment, not a day, though Python calls it a date: it raises `CallError`, and so does all else.

    >>> the_day(date(2026, 9, 1), "on")
    datetime.date(2026, 9, 1)
    """
    if isinstance(value, datetime):
        msg = f"{name}: a day was expected, found a moment (datetime); take its date()"
        raise CallError(msg)
    if not isinstance(value, date):
        msg = f"{name}: a day (datetime.date) was expected, found {type(value).__name__}"
        raise CallError(msg)
    return value


def a_day(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Refuse a field that is not a day."""
    the_day(value, _place(instance, attribute))


def a_text(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Refuse a field that is not text, or is empty."""
    if not isinstance(value, str) or not value:
        msg = f"{_place(instance, attribute)}: text was expected, found {_found(value)}"
        raise CallError(msg)


def a_flag(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Refuse a field that is not True or False."""
    if not isinstance(value, bool):
        msg = f"{_place(instance, attribute)}: True or False was expected, found {_found(value)}"
        raise CallError(msg)


def one_of(kinds: type[Enum]) -> Validator:
    """Refuse a field that is not a member of an enumeration, and say which members there are."""

    def check(instance: object, attribute: "Attribute[Any]", value: object) -> None:
        if not isinstance(value, kinds):
            names = ", ".join(f"{kinds.__name__}.{member.name}" for member in kinds)
            msg = f"{_place(instance, attribute)}: one of {names} was expected, found {_found(value)}"
            raise CallError(msg)

    return check


def optional(check: Validator) -> Validator:
    """Let None pass, and hold anything else to another check."""

    def check_unless_none(instance: object, attribute: "Attribute[Any]", value: object) -> None:
        if value is not None:
            check(instance, attribute, value)

    return check_unless_none


def as_tuple(entries: Iterable[T]) -> tuple[T, ...]:
    """Keep a list as a tuple; a text, though Python can go through it, is not a list."""
    if isinstance(entries, str) or not isinstance(entries, Iterable):
        msg = f"a list was expected, found {type(entries).__name__}"
        raise CallError(msg)
    return tuple(entries)


def as_names(names: Iterable[str]) -> tuple[str, ...]:
    """Keep a list of names as a tuple."""
    return as_tuple(names)


def masked(self: object) -> str:
    """Stand in for `__repr__` in every class that holds a child's data: the name of the class and nothing else."""
    return f"<{type(self).__name__}>"


def _place(instance: object, attribute: "Attribute[Any]") -> str:
    """Name a field in a message: its class and its name."""
    return f"{type(instance).__name__}.{attribute.name}"


def _found(value: object) -> str:
    """Name what was found by its type; an empty text is said to be empty, for there is nothing in it to hide."""
    return "an empty text" if value == "" else type(value).__name__
