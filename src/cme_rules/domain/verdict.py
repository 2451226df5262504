"""The three answers a rule can give, and how strongly it binds."""

from enum import Enum

__all__ = ["Force", "Status", "Verdict"]


class Verdict(Enum):
    """What a rule says of a child on a day. UNKNOWN is an answer: some fact that matters is missing.

    >>> Verdict("holds")
    <Verdict.HOLDS: 'holds'>
    """

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # each verdict is one object; Enum's own hash goes by the name, and explanations wait

    def __bool__(self) -> bool:
        """Refuse: `if verdict` would read UNKNOWN as yes or as no, and it is neither."""
        msg = "a Verdict is not a bool: compare it, e.g. verdict is Verdict.HOLDS"
        raise TypeError(msg)


class Force(Enum):
    """How strongly a rule binds whoever it addresses; `consider` always leaves the decision to a person."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    MAY = "may"
    CONSIDER = "consider"


class Status(Enum):
    """Where an action stands on the day: upcoming before its first lawful day, overdue after its last day."""

    DUE = "due"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"
    DISCHARGED = "discharged"
    UNDATED = "undated"
