"""Days as numbers, counted from 1 January 1970 as Arrow counts them."""

from datetime import date

__all__ = ["day_of", "number_of"]

_EPOCH = date(1970, 1, 1).toordinal()


def number_of(day: date) -> int:
    """A day as a number.

    >>> number_of(date(1970, 1, 2))
    1
    """
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(number + _EPOCH)
