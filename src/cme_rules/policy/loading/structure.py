"""From a TOML table to its class, strictly: no unknown key, no number read as text, every fault of a table at once."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from attrs import fields

from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.plainly import made_plainly
from cme_rules.policy.loading.remedies import advised
from cme_rules.policy.loading.tables import TomlFile

if TYPE_CHECKING:
    import cattrs

__all__ = ["structure"]

_Entry = TypeVar("_Entry")
_SAID: Mapping[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2026-11-23, without quotes",
}


def structure(
    table: object, entry: type[_Entry], *, file: TomlFile, name: str
) -> tuple[_Entry | None, tuple[PolicyFault, ...]]:
    """A table as an `entry`, or None and everything that is wrong with it."""
    if not isinstance(table, dict):
        where = {"table": name} if file.line(name) else {"key": name}
        return None, advised((file.fault("expected a table of keys and values", **where),))
    made = made_plainly(table, entry)
    if made is not None:
        return made, ()
    from cattrs import ClassValidationError, transform_error  # noqa: PLC0415 - slow to import, and only a fault needs it

    try:
        return _converter().structure(table, entry), ()
    except ClassValidationError as group:
        lines = transform_error(group, path="$", format_exception=_said)
        return None, advised(_fault(line, file, name, entry) for line in lines)


def _fault(line: str, file: TomlFile, table: str, entry: type) -> PolicyFault:
    problem, _, path = line.rpartition(" @ ")
    key = path.removeprefix("$").removeprefix(".")
    if problem.startswith("unknown key "):
        key = problem.removeprefix("unknown key ").split(";")[0].strip("'")
        problem = "this key is not known" + _near(key, entry)
    return file.fault(problem, table=table, key=key)


def _near(key: str, entry: type) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault needs it

    known = [field.name for field in fields(entry)]
    close = get_close_matches(key, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; this table may hold: {', '.join(known)}"


def _said(fault: BaseException, _: type | None) -> str:
    strange = getattr(fault, "extra_fields", None)
    if strange:
        return "; ".join(f"unknown key {key!r}" for key in sorted(strange))
    if isinstance(fault, KeyError):
        return f"the key {fault.args[0]!r} is missing"
    return str(fault)


def _strict(wanted: type) -> Callable[[object, type], object]:
    def check(value: object, _: type) -> object:
        right = isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
        if not right or isinstance(value, datetime):
            found = "a date with a time" if isinstance(value, datetime) else _found(value)
            msg = f"expected {_SAID[wanted]}, found {found}"
            raise ValueError(msg)
        return value

    return check


def _found(value: object) -> str:
    for kind in (bool, int, str, date):
        if isinstance(value, kind):
            return {bool: "true or false", int: "a number", str: "text", date: "a date"}[kind]
    return {list: "a list", dict: "a table", float: "a number with a decimal point"}.get(type(value), "something else")


def _texts(value: object, _: type) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        msg = f"expected a list of texts, found {_found(value)}"
        raise ValueError(msg)
    return tuple(value)


def _text_or_texts(value: object, kind: type) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else _texts(value, kind)


@cache
def _converter() -> "cattrs.Converter":
    """The strict converter, made once: it learns each class on first sight, which takes milliseconds."""
    import cattrs  # noqa: PLC0415 - slow to import, and only a fault needs it

    made = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    for wanted in (str, int, bool, date):
        made.register_structure_hook(wanted, _strict(wanted))
    made.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _texts)
    made.register_structure_hook_func(lambda kind: kind == str | tuple[str, ...], _text_or_texts)
    return made
