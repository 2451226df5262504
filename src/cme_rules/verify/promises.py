"""What rules promise of one another, proved for every child: never together, nobody left out, never less than that."""

from collections.abc import Iterator

from attrs import evolve

from cme_rules.calendars.spans import Span
from cme_rules.conditions.nodes import And, Literal, Name, Node, Not, Or
from cme_rules.domain.verdict import Force
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Duty, Rule
from cme_rules.verify.behind import rule_of
from cme_rules.verify.proof import Proof, holds_for_nobody
from cme_rules.verify.standing import standing_moments

__all__ = ["at_least", "covers", "excludes"]

_STRENGTH = {Force.MUST: 3, Force.MUST_NOT: 3, Force.SHOULD: 2, Force.CONSIDER: 1, Force.MAY: 0}


def excludes(policy: Policy) -> Iterator[Proof]:
    """Each pair of rules said to exclude one another, once: no child may have both."""
    asked: set[frozenset[str]] = set()
    for rule in policy.rules:
        for name in rule.excludes:
            for other in policy.rules:
                pair = frozenset((rule.id, other.id))
                if other.name == name and pair not in asked and other is not rule:
                    asked.add(pair)
                    both = And((rule.when, other.when))
                    trees = ((both, moment) for moment in standing_moments((rule, other), policy))
                    paragraphs = (rule.paragraph, other.paragraph)
                    yield holds_for_nobody("excludes", trees, rules=(rule.id, other.id), paragraphs=paragraphs)


def covers(policy: Policy) -> Iterator[Proof]:
    """Each decision said to leave nobody out: of whom it is made, one of its rules holds."""
    for rule in policy.rules:
        if rule.covers is not None:
            others = [each for each in policy.rules if each.name in rule.covers.among]
            trees = ((_left_out(rule, moment), moment) for moment in _days_of(rule, rule.covers.among, policy))
            yield holds_for_nobody("covers", trees, **_named(rule, others))


def _named(rule: Rule, others: list[Rule]) -> dict[str, tuple[str, str]]:
    """The rule with the others, and the paragraphs of both, each once."""
    names = ", ".join(other.id for other in others)
    places = ", ".join(dict.fromkeys(other.paragraph for other in others))
    return {"rules": (rule.id, names), "paragraphs": (rule.paragraph, places)}


def _left_out(rule: Rule, moment: Moment) -> Node:
    assert rule.covers is not None  # noqa: S101 - the caller picks those that have one
    others = (_when(name, moment) for name in rule.covers.among)
    return And((rule.covers.of, Not(Or((rule.when, *others)))))


def _when(name: str, moment: Moment) -> Node:
    """The condition of a finding or action by the day's law; one it does not have never holds."""
    rule = rule_of(moment.law, name)
    return Literal(value=False) if rule is None else rule.when


def _days_of(rule: Rule, names: tuple[str, ...], policy: Policy) -> Iterator[Moment]:
    """A moment for each stretch of days on which the rule stands and nothing it or the named ones use changes."""
    trees = [each.when for each in policy.rules if each.name in names]
    wide = evolve(rule, when=And((rule.when, *trees, *(Name(name) for name in names))))
    yield from standing_moments((wide,), policy)


def at_least(policy: Policy) -> Iterator[Proof]:
    """Each rule said to ask for no less than another: it holds where that holds, as strongly and as soon."""
    for rule in policy.rules:
        if rule.at_least:
            givers = [each for each in policy.rules if each.name == rule.at_least]
            trees = (
                (And((_when(rule.at_least, moment), Not(rule.when))), moment)
                for moment in _days_of(rule, (rule.at_least,), policy)
            )
            proof = holds_for_nobody("at_least", trees, **_named(rule, givers))
            less = "; ".join(dict.fromkeys(_weaker(rule, policy)))
            yield evolve(proof, answer="broken", reason=less) if less and proof.answer == "proved" else proof


def _weaker(rule: Rule, policy: Policy) -> Iterator[str]:
    """In what the duty of a rule is weaker than that of the action it names, on some day."""
    for moment in _days_of(rule, (rule.at_least,), policy):
        other = rule_of(moment.law, rule.at_least)
        if other is None or other.duty is None:
            continue
        if rule.duty is None:
            yield f"{other.id} is a duty, and this is none"
            continue
        yield from _less_strong(rule.duty, other.duty)
        yield from _less_soon(rule.duty, other.duty, moment)


def _less_strong(mine: Duty, other: Duty) -> Iterator[str]:
    forbids = {duty.force is Force.MUST_NOT for duty in (mine, other)}
    if len(forbids) > 1 or _STRENGTH[mine.force] < _STRENGTH[other.force]:
        yield f"{mine.force.value.replace('_', ' ')} is weaker than {other.force.value.replace('_', ' ')}"


def _less_soon(mine: Duty, other: Duty, moment: Moment) -> Iterator[str]:
    """A last day that is missing, or is not shown to come as soon: from the same day, counted alike, and no longer."""
    if other.due is None or mine.due == other.due:
        return
    if mine.due is None:
        yield f"the other has a last day ({other.due.span} of {other.due.of}), and this has none"
        return
    spans = (moment.law.parameters[mine.due.span], moment.law.parameters[other.due.span])
    if mine.due.of != other.due.of or not _no_longer(*spans):
        yield f"{mine.due.span} of {mine.due.of} is not shown to end as soon as {other.due.span} of {other.due.of}"


def _no_longer(mine: object, other: object) -> bool:
    """Whether both are spans, counted alike, and the first has no more days, weeks or months than the second."""
    if not (isinstance(mine, Span) and isinstance(other, Span)):
        return False
    return (mine.unit, mine.counted) == (other.unit, other.counted) and mine.count <= other.count
