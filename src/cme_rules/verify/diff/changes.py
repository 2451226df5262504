"""What changed from one policy to another, in words: rules, numbers, definitions and facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from cme_rules.policy.model.facts import FactSpec, Parameter
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Definition, Limit, Rule, Schedule
from cme_rules.verify.diff.model import Change
from cme_rules.verify.spelling import spelt

__all__ = ["changes"]

_Told = Mapping[str, str]


def changes(first: Policy, second: Policy) -> tuple[Change, ...]:
    """Every rule, schedule, number, definition and fact that only one policy has, or that differs, whatever the day."""
    return (
        *_compared("rule", _by_id(first.rules), _by_id(second.rules), _rule),
        *_compared("schedule", _by_id(first.schedules), _by_id(second.schedules), _schedule),
        *_compared("number", first.parameters, second.parameters, _parameter),
        *_compared("definition", first.definitions, second.definitions, _definition),
        *_compared("fact", first.facts, second.facts, _fact),
        *_school_ages(first, second),
    )


def _by_id(things: Iterable[Any]) -> Mapping[str, Any]:
    return {thing.id: thing for thing in things}


def _compared(
    about: str, first: Mapping[str, Any], second: Mapping[str, Any], tell: Callable[..., _Told]
) -> Iterator[Change]:
    """The second's order, what only the first has at the end."""
    for name, thing in second.items():
        if name not in first:
            yield Change(what="added", about=about, id=name, words=_all(tell(thing)))
            continue
        before, after = tell(first[name]), tell(thing)
        differing = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        if differing:
            words = "; ".join(f"{key}: {before.get(key) or 'none'} → {after.get(key) or 'none'}" for key in differing)
            yield Change(what="changed", about=about, id=name, words=words)
    for name, thing in first.items():
        if name not in second:
            yield Change(what="removed", about=about, id=name, words=_all(tell(thing)))


def _all(told: _Told) -> str:
    return "; ".join(f"{key}: {value}" for key, value in told.items() if value)


def _rule(rule: Rule) -> _Told:
    told = {"title": rule.title, "gives": rule.name, "when": spelt(rule.when), "since": _day(rule.since)}
    told |= {"until": _day(rule.until), "waits for": rule.not_commenced, "rests on": ", ".join(rule.cites)}
    if rule.duty is not None:
        duty = rule.duty
        told |= {"force": duty.force.value, "role": duty.role, "due": _limit(duty.due, "within")}
        told["not before"] = _limit(duty.not_before, "after")
        told["discharged"] = spelt(duty.discharged) if duty.discharged is not None else ""
        told["if not"] = duty.if_not
    return {**told, "reading": " ".join(rule.readings), "judgement": rule.judgement}


def _limit(limit: Limit | None, word: str) -> str:
    return f"{word} {limit.span} of {limit.of}" if limit else ""


def _schedule(schedule: Schedule) -> _Told:
    often = {"every": schedule.every, "times a term": schedule.times_a_term}
    return {"title": schedule.title, **often, "role": schedule.role, "force": schedule.force.value}


def _parameter(parameter: Parameter) -> _Told:
    values = [f"{value.value} from {value.since}" + _to(value.until) for value in parameter.values]
    counted = parameter.counted.value if parameter.counted else ""
    return {"values": ", ".join(values), "unit": parameter.unit, "counted": counted, "reading": parameter.reading}


def _definition(definition: Definition) -> _Told:
    return {"means": spelt(definition.means), "reading": definition.reading}


def _fact(spec: FactSpec) -> _Told:
    words = ", ".join(spec.kind.words or ())
    return {"kind": str(spec.kind), "one of": words, "asks": spec.ask, "known to": ", ".join(spec.knows)}


def _school_ages(first: Policy, second: Policy) -> Iterator[Change]:
    before, after = ([f"{each.rules} from {each.since}" for each in policy.school_ages] for policy in (first, second))
    if before != after:
        words = f"{'; '.join(before) or 'none'} → {'; '.join(after) or 'none'}"
        yield Change(what="changed", about="school age", id="school_age", words=words)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _to(day: date | None) -> str:
    return f" to {day}" if day else ""
