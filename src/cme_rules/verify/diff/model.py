"""How two policies, or two findings, differ: in words, in which children they differ on, and in counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import asdict, field, frozen

from cme_rules.domain.shown import mimebundle
from cme_rules.verify.witness import Witness

__all__ = ["Change", "Count", "Diff", "Region"]


@frozen(kw_only=True)
class Change:
    """One thing that is in one policy only, or differs. `what` is "added", "removed" or "changed"."""

    what: str
    about: str
    id: str
    words: str

    def __str__(self) -> str:
        """The change on one line."""
        return f"{self.what}: {self.about} {self.id}: {self.words}"


@frozen(kw_only=True)
class Region:
    """Children of whom one policy's answer holds and the other's does not; `child` is one of them.

    `first` and `second` are the names compared; `holds_in` says which of the two holds: "first" or "second".
    """

    first: str
    second: str
    holds_in: str
    words: str
    paragraphs: tuple[str, ...]
    child: Witness

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self) | {"child": asdict(self.child) | {"on": self.child.on.isoformat()}}


@frozen(kw_only=True)
class Count:
    """How many children of a cohort have each verdict of a finding in either policy, and of how many they differ."""

    first: str
    second: str
    in_first: Mapping[str, int]
    in_second: Mapping[str, int]
    differ: int


@frozen(kw_only=True)
class Diff:
    """Everything in which two policies differ on a day.

    `open_pairs` are those of which not all circumstances are told: they are too many.
    """

    _repr_mimebundle_ = mimebundle

    first: str
    second: str
    on: date
    changes: tuple[Change, ...]
    regions: tuple[Region, ...]
    compared: int
    open_pairs: tuple[str, ...] = ()
    cohort: int | None = None
    counts: tuple[Count, ...] = field(default=())

    @property
    def same(self) -> bool:
        """Whether nothing at all was found to differ."""
        return not (self.changes or self.regions or self.open_pairs or any(count.differ for count in self.counts))

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "first": self.first,
            "second": self.second,
            "on": self.on.isoformat(),
            "compared": self.compared,
            "changes": [asdict(change) for change in self.changes],
            "regions": [region.to_dict() for region in self.regions],
            "open": list(self.open_pairs),
            "cohort": None
            if self.cohort is None
            else {"children": self.cohort, "counts": [asdict(c) for c in self.counts]},
        }
