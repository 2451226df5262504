"""What a date fact says when its event is known not to have happened."""

from enum import Enum
from typing import Final, Literal

__all__ = ["NEVER", "Never"]


class Never(Enum):
    """One value, `NEVER`: the event is known not to have happened. A caller writes it as `False`.

    It is false in a truth test, so that a date fact is true exactly when there is a day.
    """

    NEVER = "never"

    def __bool__(self) -> bool:
        """False: there is no day."""
        return False


NEVER: Final[Literal[Never.NEVER]] = Never.NEVER
