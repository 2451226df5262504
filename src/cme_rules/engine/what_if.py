"""What would have to be otherwise for another answer: the fewest facts, and who knows or can change them.

Every set of one fact is tried, then of two, then of three; the first size with an answer is the smallest. A set
that leaves the answer settled when its facts are taken away cannot change it, whatever their values, and is passed
over; that is exact, because learning a fact never flips a settled answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field, frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.domain.shown import mimebundle
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.cells import Cells
from cme_rules.engine.leaves import written_out
from cme_rules.engine.otherwise import Otherwise, like, otherwise
from cme_rules.errors import CallError
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy

if TYPE_CHECKING:
    from cme_rules.domain.children import Child

__all__ = ["LIMIT", "Way", "WhatIf", "what_if"]

LIMIT = 50_000
"""Sets of facts and values looked at before a question is left open."""
_MOST = 3


@frozen(kw_only=True)
class Way:
    """Facts that together, and none of them alone, would give the verdict wanted."""

    facts: tuple[Otherwise, ...]

    @property
    def words(self) -> str:
        """The way as one clause."""
        return ", and ".join(each.words for each in self.facts)


@frozen(kw_only=True)
class WhatIf:
    """The smallest ways to the verdict wanted. `complete` is False where the limit stopped the search.

    Without ways, and complete, no change of up to `most` facts gives that verdict. `paragraphs` are those the finding
    rests on.
    """

    _repr_mimebundle_ = mimebundle

    finding: str
    wanted: Verdict
    now: Verdict
    ways: tuple[Way, ...]
    most: int
    tried: int
    complete: bool
    paragraphs: tuple[str, ...] = ()

    def tell(self) -> str:
        """The answer as text for a person, a way a line with those to turn to."""
        about = f"{self.finding} ({', '.join(self.paragraphs)})" if self.paragraphs else self.finding
        if self.now is self.wanted:
            return f"{about}: {self.wanted.value} already"
        lines = [f"{about}: {self.now.value} now; {self.wanted.value} if"]
        lines += [f"- {way.words} ({_people(way)})" for way in self.ways]
        if not self.ways:
            lines = [f"{about}: no change of up to {self.most} facts gives {self.wanted.value}"]
        if not self.complete:
            lines.append(f"stopped after {self.tried} tries: there may be more ways")
        return "\n".join(lines)


def _people(way: Way) -> str:
    return ", ".join(dict.fromkeys(who for each in way.facts for who in each.knows))


def what_if(
    child: "Mapping[str, Any] | Child",
    policy: Policy,
    *,
    on: date,
    finding: str,
    wanted: Verdict | None = None,
    most: int = _MOST,
    limit: int = LIMIT,
    preview: Iterable[str] = (),
    calendar: SchoolCalendar | None = None,
) -> WhatIf:
    """The smallest changes, of up to `most` facts, that would give a finding the verdict wanted on the day.

    Unless it is said, another is wanted than it has: FAILS where it holds, otherwise HOLDS. A known fact may change
    where the policy says that people can change it; an unknown fact may turn out any way. All ways of the smallest
    size are given, one for each set of facts, in the order in which the rule reads.

    Raises CallError for faulty facts and for UNKNOWN as the verdict wanted, and UnknownName for a name the policy
    never gives.
    """
    if wanted is Verdict.UNKNOWN:
        msg = "wanted: expected Verdict.HOLDS or Verdict.FAILS; leave a fact out to see what is unknown without it"
        raise CallError(msg)
    result = assess(child, policy, on=on, preview=preview, calendar=calendar)
    now, rule = result[finding].verdict, result.law.findings.get(finding)
    if wanted is None:
        wanted = Verdict.FAILS if now is Verdict.HOLDS else Verdict.HOLDS
    found = WhatIf(
        finding=finding, wanted=wanted, now=now, ways=(), most=most, tried=0, complete=True,
        paragraphs=result[finding].paragraphs,
    )  # fmt: skip
    if rule is None or now is wanted:
        return found
    cells = Cells(tree=written_out(rule.when, result.law), moment=result.assessor.moment)
    hunt = _Hunt(cells=cells, facts=result.facts, wanted=wanted is Verdict.HOLDS, limit=limit)
    return evolve(found, ways=hunt.smallest(most), tried=hunt.tried, complete=not hunt.stopped)


@define(kw_only=True, eq=False)
class _Hunt:
    """One search under way."""

    cells: Cells
    facts: Mapping[str, Any] = field(repr=False)
    wanted: bool
    limit: int
    tried: int = 0
    stopped: bool = False

    def smallest(self, most: int) -> tuple[Way, ...]:
        """All ways of the smallest size that has any."""
        free = [name for name in self.cells.facts if name not in self.facts or self._spec(name).changeable]
        for size in range(1, most + 1):
            found = tuple(way for names in combinations(free, size) if (way := self._way(names)))
            if found or self.stopped:
                return found
        return ()

    def _spec(self, name: str) -> FactSpec:
        return self.cells.moment.law.policy.facts[name]

    def _way(self, names: tuple[str, ...]) -> Way | None:
        """The way over these facts, if there is one."""
        rest = {name: value for name, value in self.facts.items() if name not in names}
        if self._verdict(rest) is not None:
            return None
        for given in self._givens(names, rest):
            if self._verdict({**rest, **given}) is self.wanted:
                return self._told(given, rest)
        return None

    def _verdict(self, facts: Mapping[str, Any]) -> bool | None:
        self.tried += 1
        self.stopped = self.stopped or self.tried > self.limit
        return not self.wanted if self.stopped else self.cells.verdict(facts)

    def _givens(self, names: tuple[str, ...], rest: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Every choice of values, each fact's own chosen in sight of those before it."""
        if not names or self.stopped:
            yield {}
            return
        name, *others = names
        near = {name: self.facts[name]} if name in self.facts else {}
        for value in self.cells.values(name, {**near, **rest}):
            if value != self.facts.get(name):
                for more in self._givens(tuple(others), {**rest, name: value}):
                    yield {name: value, **more}

    def _told(self, given: Mapping[str, Any], rest: Mapping[str, Any]) -> Way:
        """The way with every value that would do, whichever the other facts take of theirs."""
        would_do: dict[str, tuple[Any, ...]] = {name: (value,) for name, value in given.items()}
        for name, value in given.items():
            if all(len(would_do[other]) == 1 for other in self._compared_with(name, given)):
                others = [dict(zip(would_do, values, strict=True)) for values in product(*would_do.values())]
                tried = self.cells.values(name, {**rest, **given})
                does = [(each, all(self._does({**rest, **other, name: each}) for other in others)) for each in tried]
                would_do[name] = like(value, does)
        policy = self.cells.moment.law.policy
        return Way(
            facts=tuple(
                otherwise(self._spec(name), policy, learnt=name not in self.facts, would_do=values)
                for name, values in would_do.items()
            )
        )

    def _compared_with(self, name: str, given: Mapping[str, Any]) -> set[str]:
        """The other facts of a way that some leaf compares a fact with: only one of them can be told as a run."""
        together = {other for names in self.cells.facts_of.values() if name in names for other in names}
        return together.intersection(given) - {name}

    def _does(self, facts: Mapping[str, Any]) -> bool:
        return self.cells.verdict(facts) is self.wanted
