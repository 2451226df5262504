"""What would change an answer, and when it changes by itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from cme_rules.conditions.kinds import Base
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.otherwise import Otherwise
from cme_rules.engine.sentences import day, joined, readable, sentence, spaced
from cme_rules.engine.what_if import Way, what_if
from cme_rules.engine.when_next import Change, next_change
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.render.asking import the
from cme_rules.render.blocks import Block, Bullets, Heading, Para

if TYPE_CHECKING:
    from cme_rules.engine.assessment import Assessment

__all__ = ["changes_of"]

_TRIES = 3000
_FEW = 6
_A_YEAR = timedelta(days=365)


def changes_of(result: "Assessment", rule: Rule, *, reveal: bool = False) -> Iterator[Block]:
    """The smallest changes of fact that would turn a finding, and the days in the year ahead on which it turns.

    Without `reveal` a day or a number is named and not told: its bounds could give away another of the child's days.
    """
    if rule.finding:
        yield from _ways(result, rule, reveal=reveal)
    until = result.on + _A_YEAR
    calendar = result.assessor.moment.school
    turns = next_change(
        result.facts, result.law.policy, on=result.on, until=until, names=(rule.name,),
        preview=result.law.preview, calendar=calendar,
    )  # fmt: skip
    if turns:
        yield Heading("When it changes by itself")
        yield Bullets(tuple(_turn(each) for each in turns[:_FEW]))


def _ways(result: "Assessment", rule: Rule, *, reveal: bool) -> Iterator[Block]:
    now = result[rule.name].verdict
    wanted = [each for each in (Verdict.HOLDS, Verdict.FAILS) if each is not now]
    for each in wanted:
        found = what_if(
            result.facts, result.law.policy, on=result.on, finding=rule.name, wanted=each, limit=_TRIES,
            preview=result.law.preview, calendar=result.assessor.moment.school,
        )  # fmt: skip
        if found.ways:
            yield Heading(f"It would be {'yes' if each is Verdict.HOLDS else 'no'} if")
            yield Bullets(tuple(_way(way, result.law.policy, reveal=reveal) for way in found.ways[:_FEW]))
        if len(found.ways) > _FEW:
            yield Para(f"There are {len(found.ways) - _FEW} more ways as small as these.")


def _way(way: Way, policy: Policy, *, reveal: bool) -> str:
    said = joined([each.words if reveal else _masked(each, policy) for each in way.facts])
    who = joined(dict.fromkeys(the(name) for each in way.facts for name in each.knows), "or")
    return sentence(f"{said} ({who} would know, or can act)" if who else said)


def _masked(each: Otherwise, policy: Policy) -> str:
    """The change without bounds: of a day or a number only that it would have to be another."""
    spec = policy.facts[each.fact]
    if spec.kind.base in (Base.BOOL, Base.TEXT):
        return each.words
    return f"{spec.phrase.words}, once known, fits" if each.learnt else f"{spec.phrase.words} were different"


def _turn(change: Change) -> str:
    begins = f"on {day(change.on)} it goes from {_stands(change.before)} to {_stands(change.after)}"
    return sentence(f"{begins}, because {readable(change.because)}" if change.because else begins)


def _stands(word: str) -> str:
    """A verdict or a status as a person says it."""
    said = {"holds": "yes", "fails": "no", "unknown": "not known", "absent": "not arisen"}
    return said.get(word, spaced(word))
