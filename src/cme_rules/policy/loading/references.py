"""Faults that show only when a whole policy is together: names that lead nowhere, dates that overlap or leave gaps."""

from collections.abc import Iterator
from datetime import date

from cme_rules.conditions.nodes import names_in
from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.pack import Pack
from cme_rules.policy.loading.parts import Parts
from cme_rules.policy.loading.remedies import advised
from cme_rules.policy.loading.rules import Built
from cme_rules.policy.loading.tables import TomlFile
from cme_rules.policy.model.rules import Rule

__all__ = ["reference_faults"]


def reference_faults(packs: tuple[Pack, ...], parts: Parts, built: Built) -> Iterator[PolicyFault]:
    """Every name that leads nowhere and every pair of rules that cannot both stand."""
    return iter(advised(_reference_faults(packs, parts, built)))


def _reference_faults(packs: tuple[Pack, ...], parts: Parts, built: Built) -> Iterator[PolicyFault]:
    where = {name: file for pack in packs for name, (_, file) in pack.rules.items()}
    yield from _of_paragraphs(packs, parts)
    yield from _of_facts(packs, parts)
    yield from _of_definitions(packs, parts, built)
    by_name: dict[str, list[Rule]] = {}
    for rule in built.rules:
        by_name.setdefault(rule.name, []).append(rule)
    for rule in built.rules:
        yield from _of_rule(rule, where[rule.id], parts, built, by_name)
    for schedule in built.schedules:
        if schedule.conflicts_with and schedule.conflicts_with not in by_name:
            problem = f"there is no finding or action {schedule.conflicts_with!r}"
            yield where[schedule.id].fault(problem, table=schedule.id)
    for rules in by_name.values():
        yield from _twice(rules, where)


def _of_paragraphs(packs: tuple[Pack, ...], parts: Parts) -> Iterator[PolicyFault]:
    for pack in packs:
        for name, (entry, file) in pack.paragraphs.items():
            for cited in entry.cites:
                if cited not in parts.paragraphs:
                    yield file.fault(f"paragraph {cited!r} stands in no source.toml", table=name, key="cites")
        for name, (rule, file) in pack.rules.items():
            paragraph = parts.paragraphs.get(name.split("/")[0])
            if paragraph is None:
                remedy = "a rule's key is its paragraph's id, or that id, a slash and a word"
                yield file.fault("this paragraph stands in no source.toml", table=name, remedy=remedy)
            elif not paragraph.encoded:
                yield file.fault("this paragraph is marked context, and here is a rule for it", table=name)
            for cited in rule.cites:
                if cited not in parts.paragraphs:
                    yield file.fault(f"paragraph {cited!r} stands in no source.toml", table=name, key="cites")


def _of_facts(packs: tuple[Pack, ...], parts: Parts) -> Iterator[PolicyFault]:
    for pack in packs:
        for name, (fact, file) in pack.facts.items():
            for role in fact.knows:
                if role not in parts.roles:
                    yield file.fault(f"role {role!r} is not declared in roles.toml", table=name, key="knows")
        for name, (parameter, file) in pack.parameters.items():
            if parameter.paragraph not in parts.paragraphs:
                problem = f"paragraph {parameter.paragraph!r} stands in no source.toml"
                yield file.fault(problem, table=name, key="paragraph")


def _of_definitions(packs: tuple[Pack, ...], parts: Parts, built: Built) -> Iterator[PolicyFault]:
    for pack in packs:
        for name, (entry, file) in pack.definitions.items():
            if name in built.definitions and entry.paragraph not in parts.paragraphs:
                yield file.fault(f"paragraph {entry.paragraph!r} stands in no source.toml", table=name, key="paragraph")


def _of_rule(
    rule: Rule, file: TomlFile, parts: Parts, built: Built, by_name: dict[str, list[Rule]]
) -> Iterator[PolicyFault]:
    for other in _promised(rule):
        if other not in by_name:
            yield file.fault(f"there is no finding or action {other!r}", table=rule.id)
    if rule.until and rule.until < rule.since:
        yield file.fault(f"the rule ends on {rule.until}, before it begins on {rule.since}", table=rule.id, key="until")
    for used in _names_behind(rule, built):
        if used in parts.parameters:
            yield from _unvalued(used, rule, file, parts)
        yield from _not_then_in_force(used, rule, file, by_name)


def _promised(rule: Rule) -> tuple[str, ...]:
    """The findings and actions a rule speaks of beside its condition."""
    among = rule.covers.among if rule.covers else ()
    named = (rule.conflicts_with, rule.at_least)
    return (*rule.excludes, *among, *(name for name in named if name))


def _names_behind(rule: Rule, built: Built) -> tuple[str, ...]:
    """Every name a rule turns on, directly, through definitions, or as a limit of its duty."""
    limits = [limit for limit in (rule.duty.due, rule.duty.not_before) if limit] if rule.duty else []
    waiting = [*names_in(rule.when), *(name for limit in limits for name in (limit.span, limit.of))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found and name in built.definitions:
            waiting += names_in(built.definitions[name].means)
        found[name] = None
    return tuple(found)


def _unvalued(name: str, rule: Rule, file: TomlFile, parts: Parts) -> Iterator[PolicyFault]:
    values = parts.parameters[name].values
    if values and not rule.not_commenced and min(value.since for value in values) > rule.since:
        first = min(value.since for value in values)
        problem = f"in force since {rule.since}, but parameter {name!r} has no value before {first}"
        yield file.fault(problem, table=rule.id, key="when")


def _not_then_in_force(name: str, rule: Rule, file: TomlFile, by_name: dict[str, list[Rule]]) -> Iterator[PolicyFault]:
    givers = [each for each in by_name.get(name, ()) if each.finding]
    if not givers or rule.not_commenced:
        return
    standing = [each for each in givers if not each.not_commenced]
    if not standing:
        yield file.fault(f"{name!r} is enacted and not in force: only its own preview may use it", table=rule.id)
    elif min(each.since for each in standing) > rule.since:
        first = min(each.since for each in standing)
        yield file.fault(f"in force since {rule.since}, but uses {name!r}, in force since {first}", table=rule.id)
    elif all(each.until for each in standing) and _last(standing) < (rule.until or date.max):
        yield file.fault(f"uses {name!r}, which ends on {_last(standing)}, and stays in force after it", table=rule.id)


def _last(rules: list[Rule]) -> date:
    return max(rule.until or date.max for rule in rules)


def _twice(rules: list[Rule], where: dict[str, TomlFile]) -> Iterator[PolicyFault]:
    """Two rules in force on one day may not give one finding or set one action."""
    for place, one in enumerate(rules):
        for other in rules[place + 1 :]:
            if one.name == other.name and _together(one, other):
                problem = f"{one.name!r} is already given by {one.id!r} on the same days: date them apart"
                yield where[other.id].fault(problem, table=other.id)


def _together(one: Rule, other: Rule) -> bool:
    if bool(one.finding) != bool(other.finding):
        return True
    if one.not_commenced != other.not_commenced:
        return False
    ends = [rule.until or date.max for rule in (one, other)]
    return max(one.since, other.since) <= min(ends)
