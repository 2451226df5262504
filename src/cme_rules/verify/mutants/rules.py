"""Slips in rules and definitions: in conditions, dates, who acts, by when, and what shows that it is done."""

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import evolve

from cme_rules.conditions.kinds import DATE
from cme_rules.domain.verdict import Force
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Definition, Duty, Limit, Rule
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.mutants.trees import slips

__all__ = ["another_span", "of_definitions", "of_rules", "of_the_first_day"]

_A_DAY = timedelta(days=1)
_WAYS = ((-1, "a day earlier"), (1, "a day later"))
_TAKEN_FOR = {
    Force.MUST: Force.MAY,
    Force.MUST_NOT: Force.MAY,
    Force.SHOULD: Force.MUST,
    Force.MAY: Force.MUST,
    Force.CONSIDER: Force.MUST,
}


def of_rules(policy: Policy, own: Policy) -> Iterator[Mutant]:
    """Every slip in the rules that stand in the folder of one of the policy's packs."""
    for rule in policy.rules:
        if rule.pack == own.id:
            yield from _of_condition(rule, policy)
            yield from _of_dates(rule, policy, own)
            if rule.duty is not None:
                yield from _of_duty(rule, rule.duty, policy)


def of_definitions(policy: Policy, packs: frozenset[str]) -> Iterator[Mutant]:
    """Every slip in the definitions of some packs."""
    for definition in policy.definitions.values():
        if definition.pack in packs:
            for slip in slips(definition.means):
                changed: dict[str, Definition] = dict(policy.definitions)
                changed[definition.name] = evolve(definition, means=slip.tree)
                yield Mutant(
                    kind=slip.kind, place=definition.name, paragraph=definition.paragraph, words=slip.words,
                    touches=(definition.name,), policy=evolve(policy, definitions=changed),
                )  # fmt: skip


def of_the_first_day(policy: Policy, own: Policy) -> Iterator[Mutant]:
    """The first day of a pack moved: that of every rule of it that names no day of its own."""
    bound = [rule for rule in policy.rules if _has_the_packs_day(rule, own)]
    for days, said in _WAYS:
        moved = {rule.id: evolve(rule, since=rule.since + days * _A_DAY) for rule in bound}
        rules = tuple(moved.get(rule.id, rule) for rule in policy.rules)
        if bound:
            yield Mutant(
                kind="date", place="policy.toml", paragraph=bound[0].paragraph, words=f"since {own.since}, {said}",
                touches=tuple(rule.name for rule in bound), policy=evolve(policy, rules=rules),
            )  # fmt: skip


def _has_the_packs_day(rule: Rule, own: Policy) -> bool:
    return rule.pack == own.id and rule.since == own.since and not rule.not_commenced


def _mutant(kind: str, words: str, rule: Rule, changed: Rule, policy: Policy) -> Mutant:
    rules = tuple(changed if each is rule else each for each in policy.rules)
    return Mutant(
        kind=kind, place=rule.id, paragraph=rule.paragraph, words=words, touches=(rule.name,),
        policy=evolve(policy, rules=rules),
    )  # fmt: skip


def _of_condition(rule: Rule, policy: Policy) -> Iterator[Mutant]:
    for slip in slips(rule.when):
        yield _mutant(slip.kind, slip.words, rule, evolve(rule, when=slip.tree), policy)


def _of_dates(rule: Rule, policy: Policy, own: Policy) -> Iterator[Mutant]:
    """The first and the last day moved; law that waits for its commencement is judged without them."""
    if rule.not_commenced:
        return
    for days, said in _WAYS:
        if not _has_the_packs_day(rule, own):
            later = evolve(rule, since=rule.since + days * _A_DAY)
            yield _mutant("date", f"since {rule.since}, {said}", rule, later, policy)
        if rule.until:
            yield _mutant(
                "date", f"until {rule.until}, {said}", rule, evolve(rule, until=rule.until + days * _A_DAY), policy
            )


def _of_duty(rule: Rule, duty: Duty, policy: Policy) -> Iterator[Mutant]:
    for kind, words, changed in (*_of_who(duty, policy), *_of_discharge(duty), *_of_limits(duty, policy, rule.since)):
        yield _mutant(kind, words, rule, evolve(rule, duty=changed), policy)


def _of_who(duty: Duty, policy: Policy) -> Iterator[tuple[str, str, Duty]]:
    other = next((name for name in policy.roles if name != duty.role), "")
    if other:
        yield "role", f"{duty.role} became {other}", evolve(duty, role=other)
    force = _TAKEN_FOR[duty.force]
    yield "force", f"{duty.force.value} became {force.value}", evolve(duty, force=force)


def _of_discharge(duty: Duty) -> Iterator[tuple[str, str, Duty]]:
    if duty.discharged is not None:
        yield "discharge", f"nothing discharges it: {duty.discharged_text}", evolve(duty, discharged=None)
        for slip in slips(duty.discharged):
            yield "discharge", f"discharged: {slip.words}", evolve(duty, discharged=slip.tree)


def _of_limits(duty: Duty, policy: Policy, since: date) -> Iterator[tuple[str, str, Duty]]:
    for key, limit in (("due", duty.due), ("not_before", duty.not_before)):
        if limit is None:
            continue
        yield "due", f"{key} dropped", _limited(duty, key, None)
        span = another_span(limit.span, policy, since)
        if span:
            yield "due", f"{key}: {limit.span} became {span}", _limited(duty, key, Limit(span=span, of=limit.of))
        day = next((name for name, fact in policy.facts.items() if fact.kind == DATE and name != limit.of), "")
        if day:
            yield "due", f"{key}: of {limit.of} became {day}", _limited(duty, key, Limit(span=limit.span, of=day))


def _limited(duty: Duty, key: str, limit: Limit | None) -> Duty:
    return evolve(duty, due=limit) if key == "due" else evolve(duty, not_before=limit)


def another_span(name: str, policy: Policy, since: date) -> str:
    """Another span of the policy, of a different length or count, that has a value when the rule begins."""
    mine = policy.parameters[name].on(max(since, policy.parameters[name].values[-1].since))
    for other in policy.parameters.values():
        value = other.on(max(since, policy.parameters[name].values[-1].since))
        if other.is_span and value is not None and value != mine:
            return other.name
    return ""
