"""Slips in the numbers of a policy: one more, one fewer, another unit, another way of counting, another day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from attrs import evolve

from cme_rules.calendars.spans import Counted, Unit
from cme_rules.errors import CmeRulesError
from cme_rules.policy.model.facts import DatedValue, Parameter
from cme_rules.policy.model.policy import DatedSchoolAge, Policy
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.mutants.touch import SCHOOL_AGE, behind, users

__all__ = ["of_numbers", "of_school_ages"]

_A_DAY = timedelta(days=1)
_WAYS = ((-1, "a day earlier"), (1, "a day later"))
_OTHER_UNIT = {
    Unit.CALENDAR_DAY: Unit.SCHOOL_DAY,
    Unit.SCHOOL_DAY: Unit.CALENDAR_DAY,
    Unit.WORKING_DAY: Unit.CALENDAR_DAY,
    Unit.WEEK: Unit.MONTH,
    Unit.MONTH: Unit.WEEK,
}
_OTHER_COUNT = {
    Counted.AFTER: Counted.BEGINNING_WITH,
    Counted.BEGINNING_WITH: Counted.AFTER,
    Counted.CLEAR: Counted.AFTER,
}


def of_numbers(policy: Policy, packs: frozenset[str]) -> Iterator[Mutant]:
    """Every slip in the parameters of some packs."""
    for parameter in policy.parameters.values():
        if parameter.pack in packs:
            dates = () if _only_waits(parameter, policy) else _of_days(parameter)
            for kind, words, changed in (*_of_values(parameter), *_of_counting(parameter), *dates):
                parameters = {**policy.parameters, parameter.name: changed}
                yield Mutant(
                    kind=kind, place=parameter.name, paragraph=parameter.paragraph, words=words,
                    touches=(parameter.name,), policy=evolve(policy, parameters=parameters),
                )  # fmt: skip


def _of_values(parameter: Parameter) -> Iterator[tuple[str, str, Parameter]]:
    least = 1 if parameter.is_span else 0
    for place, dated in enumerate(parameter.values):
        for more in (-1, 1):
            if dated.value + more >= least:
                yield (
                    "threshold",
                    f"{dated.value} became {dated.value + more}",
                    _with(parameter, place, evolve(dated, value=dated.value + more)),
                )


def _of_days(parameter: Parameter) -> Iterator[tuple[str, str, Parameter]]:
    for place, dated in enumerate(parameter.values):
        for days, said in _WAYS:
            since = dated.since + days * _A_DAY
            yield (
                "date",
                f"{dated.value} since {dated.since}, {said}",
                _with(parameter, place, evolve(dated, since=since)),
            )
            if dated.until:
                until = dated.until + days * _A_DAY
                yield (
                    "date",
                    f"{dated.value} until {dated.until}, {said}",
                    _with(parameter, place, evolve(dated, until=until)),
                )


def _only_waits(parameter: Parameter, policy: Policy) -> bool:
    """Whether only law that waits for its commencement uses a number: then its day is that of no answer."""
    using = [rule for rule in policy.rules if parameter.name in behind(rule, policy)]
    return bool(using) and all(rule.not_commenced for rule in using)


def _with(parameter: Parameter, place: int, dated: DatedValue) -> Parameter:
    return evolve(parameter, values=(*parameter.values[:place], dated, *parameter.values[place + 1 :]))


def _of_counting(parameter: Parameter) -> Iterator[tuple[str, str, Parameter]]:
    if not parameter.is_span or parameter.counted is None:
        return
    unit, counted = _OTHER_UNIT[Unit(parameter.unit)], _OTHER_COUNT[parameter.counted]
    yield "unit", f"{parameter.unit} became {unit.value}", evolve(parameter, unit=unit.value)
    yield "counted", f"{parameter.counted.value} became {counted.value}", evolve(parameter, counted=counted)


def of_school_ages(policy: Policy, packs: frozenset[str]) -> Iterator[Mutant]:
    """Every slip in the numbers of compulsory school age, where some of the packs give them."""
    for place, dated in enumerate(policy.school_ages):
        if policy.paragraphs[dated.paragraph].pack in packs:
            for kind, words, changed in _of_ages(dated):
                ages = (*policy.school_ages[:place], changed, *policy.school_ages[place + 1 :])
                yield Mutant(
                    kind=kind, place="school_age", paragraph=dated.paragraph, words=words,
                    touches=tuple(sorted(users(policy).get(SCHOOL_AGE, ()))),
                    policy=evolve(policy, school_ages=ages),
                )  # fmt: skip


def _of_ages(dated: DatedSchoolAge) -> Iterator[tuple[str, str, DatedSchoolAge]]:
    ages = dated.rules
    changes: list[tuple[str, str, dict[str, Any]]] = []
    for name in ("start_age", "end_age", "leaving_month", "leaving_weekday"):
        value = getattr(ages, name)
        changes += [("threshold", f"{name} {value} became {value + more}", {name: value + more}) for more in (-1, 1)]
    for place, (month, number) in enumerate(ages.prescribed_days):
        moved = (*ages.prescribed_days[:place], (month, number - 1), *ages.prescribed_days[place + 1 :])
        changes.append(("date", f"prescribed day {month:02}-{number:02}, a day earlier", {"prescribed_days": moved}))
    month, number = ages.school_year_starts
    starts = {"school_year_starts": (month, number + 1)}
    changes.append(("date", f"school year from {month:02}-{number:02}, a day later", starts))
    for kind, words, change in changes:
        try:
            yield kind, words, evolve(dated, rules=evolve(ages, **change))
        except CmeRulesError:
            continue
    for days, said in _WAYS:
        yield "date", f"school age since {dated.since}, {said}", evolve(dated, since=dated.since + days * _A_DAY)
