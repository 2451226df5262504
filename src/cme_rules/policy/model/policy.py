"""A whole policy as one frozen value, and the part of it that was law on a day."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import field, fields, frozen

from cme_rules.calendars.collection import Calendars
from cme_rules.calendars.spans import Span
from cme_rules.conditions.kinds import BOOL, Vocabulary
from cme_rules.conditions.nodes import names_in
from cme_rules.conditions.words import Phrase, Phrases
from cme_rules.domain.ages import SchoolAge
from cme_rules.domain.codes import CodeSet
from cme_rules.domain.shown import mimebundle
from cme_rules.errors import CallError
from cme_rules.policy.model.directory import Directory
from cme_rules.policy.model.facts import FactSpec, Parameter
from cme_rules.policy.model.rules import Definition, Rule, Schedule
from cme_rules.policy.model.sources import OtherReading, Paragraph, Preview, Role, Source, Term

if TYPE_CHECKING:
    from cme_rules.policy.model.processes import Process

__all__ = ["DatedSchoolAge", "Law", "Policy", "as_day"]


def as_day(value: date, name: str = "on") -> date:
    """The day itself, refused when it is a moment: a datetime's day depends on where one stands."""
    if isinstance(value, datetime) or not isinstance(value, date):
        msg = f"{name}: expected a date without a time, found {type(value).__name__}"
        raise CallError(msg)
    return value


@frozen(kw_only=True)
class DatedSchoolAge:
    """The rules of compulsory school age, with the first and last day they apply and the paragraph they stand in."""

    since: date
    rules: SchoolAge
    paragraph: str
    until: date | None = None
    reading: str = ""


@frozen(kw_only=True, eq=False)
class Policy:
    """A policy: everything loaded from a folder and from the folder it extends, in one frozen value.

    Later rules may use the findings of earlier ones: `rules` and `definitions` stand in an order in which nothing
    is used before it is given. Two policies are equal only if they are the same object.
    """

    _repr_mimebundle_ = mimebundle

    id: str
    title: str
    since: date
    scope: str
    packs: tuple[str, ...]
    sources: Mapping[str, Source]
    paragraphs: Mapping[str, Paragraph]
    facts: Mapping[str, FactSpec]
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    rules: tuple[Rule, ...]
    schedules: tuple[Schedule, ...]
    roles: Mapping[str, Role]
    terms: Mapping[str, Term]
    previews: Mapping[str, Preview]
    directory: Directory
    school_ages: tuple[DatedSchoolAge, ...]
    code_sets: tuple[CodeSet, ...]
    calendars: Calendars
    calendar: str = ""
    processes: "Mapping[str, Process]" = field(factory=dict)
    other_readings: Mapping[str, OtherReading] = field(factory=dict)
    read_as: tuple[str, ...] = ()
    _memo: dict[Any, Any] = field(factory=dict, init=False, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        return {part.name: getattr(self, part.name) for part in fields(Policy) if part.init}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in {**state, "_memo": {}}.items():  # what was compiled is compiled anew where it is wanted
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        """Its id and how much it holds."""
        return f"Policy({self.id!r}, rules={len(self.rules)}, facts={len(self.facts)})"

    def as_of(self, on: date, *, preview: tuple[str, ...] = ()) -> "Law":
        """The rules and numbers in force on a day, with any enacted law asked for by its preview id.

        Raises CallError when `on` is a datetime or a preview is not one of the policy's.
        """
        day = as_day(on)
        for wanted in preview:
            if wanted not in self.previews:
                known = ", ".join(sorted(self.previews)) or "none"
                msg = f"preview {wanted!r} is not declared by policy {self.id!r}; it has: {known}"
                raise CallError(msg)
        rules = tuple(rule for rule in self.rules if rule.in_force(day, preview))
        values = {name: parameter.on(day) for name, parameter in self.parameters.items()}
        return Law(policy=self, on=day, preview=preview, rules=rules, parameters=values)

    def cite(self, paragraph: str) -> str:
        """A paragraph as a person cites it: by its source's own manner, or as "paragraph" and its id.

        A number begins after the last full stop of the id, as 8 does in "s.8".
        """
        known = self.paragraphs.get(paragraph)
        cited = self.sources[known.source].cited if known else ""
        return cited.replace("{}", paragraph.rpartition(".")[2]) if cited else f"paragraph {paragraph}"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every name a condition of this policy may use, with its kind."""
        names = {rule.finding: BOOL for rule in self.rules if rule.finding}
        named = (self.facts, self.definitions, self.parameters)
        return names | {name: thing.kind for group in named for name, thing in group.items()}

    @cached_property
    def phrases(self) -> Phrases:
        """How every name reads in a sentence."""
        said = {rule.finding: rule.phrase for rule in self.rules if rule.finding}
        said |= {name: Phrase(_title(parameter)) for name, parameter in self.parameters.items()}
        return said | {name: thing.phrase for group in (self.facts, self.definitions) for name, thing in group.items()}


def _title(parameter: Parameter) -> str:
    """A parameter's title as it stands in a sentence, with its article."""
    title = parameter.title[:1].lower() + parameter.title[1:]
    return title if title.startswith(("the ", "a ", "an ")) else f"the {title}"


def _number_words(name: str, law: "Law") -> str:
    """A parameter with its value on the day, e.g. 'a substantial period (28 days)'."""
    parameter, value = law.policy.parameters[name], law.parameters[name]
    if value is None:
        return f"{_title(parameter)} (no value on this day)"
    count = value.count if isinstance(value, Span) else value
    unit = parameter.unit.replace("_", " ").removeprefix("calendar ")
    counted = f"{count} per cent" if unit == "percent" else f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{_title(parameter)} ({counted})"


@frozen(kw_only=True, eq=False)
class Law:
    """A policy as it stood on one day: the rules in force, in order, and the day's numbers."""

    _repr_mimebundle_ = mimebundle

    policy: Policy
    on: date
    preview: tuple[str, ...]
    rules: tuple[Rule, ...]
    parameters: Mapping[str, int | Span | None]

    def __repr__(self) -> str:
        """The policy's id, the day, and how many rules were in force."""
        return f"Law({self.policy.id!r}, on={self.on.isoformat()}, rules={len(self.rules)})"

    @cached_property
    def findings(self) -> Mapping[str, Rule]:
        """The rule that gives each finding on this day."""
        return MappingProxyType({rule.finding: rule for rule in self.rules if rule.finding})

    @cached_property
    def duties(self) -> tuple[Rule, ...]:
        """The rules that set a duty, in the policy's order."""
        return tuple(rule for rule in self.rules if rule.duty)

    @cached_property
    def _used(self) -> dict[str, tuple[str, ...]]:
        return {}

    def used_by(self, name: str) -> tuple[str, ...]:
        """The names that a definition or a finding of the day turns on directly, in reading order.

        A fact or a parameter turns on nothing.
        """
        if name not in self._used:
            definition, rule = self.policy.definitions.get(name), self.findings.get(name)
            tree = definition.means if definition else rule.when if rule else None
            self._used[name] = names_in(tree) if tree else ()
        return self._used[name]

    @cached_property
    def phrases(self) -> Phrases:
        """How every name reads on this day: a parameter with its value and unit."""
        numbers = {name: Phrase(_number_words(name, self)) for name in self.policy.parameters}
        return {**self.policy.phrases, **numbers}

    @cached_property
    def school_age(self) -> SchoolAge | None:
        """The rules of compulsory school age of the day; None when the policy states none for it."""
        for dated in self.policy.school_ages:
            if dated.since <= self.on and (dated.until is None or self.on <= dated.until):
                return dated.rules
        return None
