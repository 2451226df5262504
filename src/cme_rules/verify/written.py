"""Values of facts as TOML writes them."""

from datetime import date

from cme_rules.domain.never import NEVER

__all__ = ["as_toml"]


def as_toml(value: object) -> str:
    """A fact's value as a file of cases gives it; a date that never was is `false`.

    >>> as_toml(date(2026, 11, 23)), as_toml(True), as_toml("none"), as_toml(NEVER)
    ('2026-11-23', 'true', '"none"', 'false')
    """
    if value is NEVER or isinstance(value, bool):
        return "true" if value is True else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else f'"{value}"'
