"""The codes of an attendance register: which there are from day to day, and what each counts as.

They are policy data; here is only their shape.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum

from attrs import Attribute, field, frozen

from cme_rules.domain.checks import a_day, a_text, as_names, as_tuple, one_of, optional
from cme_rules.errors import CallError

__all__ = ["AttendanceCode", "CodeClass", "CodeSet"]


class CodeClass(Enum):
    """What a code counts as in the figures.

    The first four make up the sessions a pupil could have attended; the third and fourth are absence.
    """

    PRESENT = "present"
    ATTENDING = "attending"  # at an approved activity elsewhere: counted as attendance
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not_possible"  # out of the denominator
    NOT_COLLECTED = "not_collected"  # an administrative mark, no session of this pupil's at all


@frozen
class AttendanceCode:
    """One code of a set: what is written, what it counts as, and what it means in a few words."""

    code: str = field(validator=a_text)
    counts_as: CodeClass = field(validator=one_of(CodeClass))
    means: str = field(default="", kw_only=True)
    unverified: bool = field(default=False, kw_only=True)


def _as_codes(codes: Iterable[AttendanceCode]) -> tuple[AttendanceCode, ...]:
    return as_tuple(codes)


@frozen(kw_only=True)
class CodeSet:
    """The attendance codes in use from one day to another (both included; no last day: still in use).

    Three short lists say what the class of a code cannot. `unexplained`: absence nobody has explained or allowed.
    `came_late`: counted as absence, though the pupil came, so it ends an absence. `not_held`: the session was
    called off for everyone, so it neither makes an absence nor breaks one.
    """

    since: date = field(validator=a_day)
    until: date | None = field(default=None, validator=optional(a_day))
    paragraph: str = ""
    codes: tuple[AttendanceCode, ...] = field(converter=_as_codes)
    unexplained: tuple[str, ...] = field(default=(), converter=as_names)
    came_late: tuple[str, ...] = field(default=(), converter=as_names)
    not_held: tuple[str, ...] = field(default=(), converter=as_names)
    classes: dict[str, CodeClass] = field(init=False, repr=False, eq=False)

    @classes.default
    def _by_code(self) -> dict[str, CodeClass]:
        return {code.code: code.counts_as for code in self.codes}

    @until.validator
    def _ends_after_it_begins(self, _: "Attribute[date | None]", value: date | None) -> None:
        if value is not None and value < self.since:
            msg = f"the attendance codes since {self.since}: until was expected to be no earlier day, found {value}"
            raise CallError(msg)

    @codes.validator
    def _are_different(self, _: "Attribute[tuple[AttendanceCode, ...]]", value: tuple[AttendanceCode, ...]) -> None:
        if len(self.classes) != len(value):
            msg = f"the attendance codes since {self.since}: a code stands there twice"
            raise CallError(msg)

    @unexplained.validator
    @came_late.validator
    @not_held.validator
    def _are_codes_of_the_set(self, attribute: "Attribute[tuple[str, ...]]", value: tuple[str, ...]) -> None:
        for code in value:
            if code not in self.classes:
                msg = f"the attendance codes since {self.since}: {attribute.name} names {code!r}, which is none of them"
                raise CallError(msg)

    def covers(self, on: date) -> bool:
        """Say whether the set is in use on a day."""
        return self.since <= on and (self.until is None or on <= self.until)
