"""From the tables of the packs to the plain parts of the model: sources, paragraphs, facts, numbers, roles, terms."""

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from itertools import pairwise
from keyword import iskeyword
from typing import TypeVar

from attrs import field, frozen

from cme_rules.calendars.spans import Counted
from cme_rules.conditions.functions import FUNCTIONS
from cme_rules.conditions.kinds import BOOL, DATE, Base, Kind, counted_in
from cme_rules.conditions.words import Phrase
from cme_rules.domain.ages import SchoolAge
from cme_rules.domain.codes import AttendanceCode, CodeClass, CodeSet
from cme_rules.errors import CmeRulesError, PolicyFault
from cme_rules.policy.loading.entries import AgeEntry, FactEntry, ParagraphEntry, ParameterEntry, SourceEntry
from cme_rules.policy.loading.pack import Pack
from cme_rules.policy.loading.tables import TomlFile
from cme_rules.policy.model.facts import DatedValue, FactSpec, Parameter
from cme_rules.policy.model.policy import DatedSchoolAge
from cme_rules.policy.model.sources import Paragraph, ParagraphKind, Preview, Rank, Role, Source, Term

__all__ = ["Parts", "chosen", "gather"]

_Chosen = TypeVar("_Chosen", bound=Enum)
_Made = TypeVar("_Made", Paragraph, FactSpec, Parameter)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@frozen(kw_only=True, eq=False, repr=False)
class Parts:
    """The parts of a policy that stand on their own, and where each named thing was declared."""

    sources: dict[str, Source] = field(factory=dict)
    previews: dict[str, Preview] = field(factory=dict)
    paragraphs: dict[str, Paragraph] = field(factory=dict)
    facts: dict[str, FactSpec] = field(factory=dict)
    parameters: dict[str, Parameter] = field(factory=dict)
    roles: dict[str, Role] = field(factory=dict)
    terms: dict[str, Term] = field(factory=dict)
    school_ages: list[DatedSchoolAge] = field(factory=list)
    code_sets: list[CodeSet] = field(factory=list)
    faults: list[PolicyFault] = field(factory=list)


def gather(packs: tuple[Pack, ...]) -> Parts:
    """The parts of a chain of packs, the extended ones first."""
    parts = Parts()
    for pack in packs:
        parts.faults.extend(pack.faults)
        _heads(pack, parts)
        for name, (paragraph, file) in pack.paragraphs.items():
            _once(parts.paragraphs, name, _paragraph(name, paragraph, file, pack, parts), file, parts)
        for name, (fact, file) in pack.facts.items():
            _once(parts.facts, name, _fact(name, fact, file, pack, parts), file, parts)
        for name, (parameter, file) in pack.parameters.items():
            _once(parts.parameters, name, _parameter(name, parameter, file, pack, parts), file, parts)
        for name, (role, _) in pack.roles.items():
            parts.roles[name] = Role(
                id=name, title=role.title, pack=pack.id, organisation=role.organisation,
                paragraph=role.paragraph, acts=role.acts,
            )  # fmt: skip
        for name, (term, _) in pack.terms.items():
            parts.terms[name] = Term(term=name, meaning=term.meaning, paragraph=term.paragraph)
        parts.school_ages.extend(_ages(pack, parts))
        parts.code_sets.extend(_code_sets(pack, parts))
    return parts


def chosen(
    kind: type[_Chosen], value: str, report: Callable[[str], PolicyFault], faults: list[PolicyFault]
) -> _Chosen | None:
    """The member of a closed list, or None and a fault that lists them all."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(member.value for member in kind)
        faults.append(report(f"{value!r} is not one of {known}"))
        return None


def _once(kept: dict[str, _Made], name: str, made: _Made | None, file: TomlFile, parts: Parts) -> None:
    if name in kept:
        parts.faults.append(file.fault(f"{name!r} is already declared in pack {kept[name].pack!r}", table=name))
    elif made is not None:
        kept[name] = made


def _heads(pack: Pack, parts: Parts) -> None:
    head = pack.head
    if head is None:
        return
    if head.schema != 1:
        parts.faults.append(pack.file.fault(f"schema {head.schema} is not known; expected 1", key="schema"))
    if head.id != pack.id:
        problem = f"the id is {head.id!r} and the folder is {pack.id!r}: expected the same name"
        parts.faults.append(pack.file.fault(problem, key="id"))
    for source in head.sources:
        if source.id in parts.sources:
            parts.faults.append(_of_source(f"source {source.id!r} is already declared", source.id, pack))
        parts.sources[source.id] = _source(source, pack, parts)
    for preview in head.previews:
        parts.previews[preview.id] = Preview(
            id=preview.id, title=preview.title, enacted=preview.enacted, paragraph=preview.paragraph
        )


def _source(entry: SourceEntry, pack: Pack, parts: Parts) -> Source:
    rank = chosen(Rank, entry.rank, lambda problem: _of_source(problem, entry.id, pack), parts.faults)
    if entry.since and entry.until and entry.until < entry.since:
        parts.faults.append(_of_source(f"source {entry.id!r} ends before it begins", entry.id, pack))
    return Source(
        id=entry.id, title=entry.title, rank=rank or Rank.SCHOOL_PRACTICE, cited=entry.cited, since=entry.since,
        until=entry.until, replaced_by=entry.replaced_by, url=entry.url, read=entry.read,
    )  # fmt: skip


def _of_source(problem: str, name: str, pack: Pack) -> PolicyFault:
    """A fault of the last source of this id, on the line of its id."""
    lines = [number for number, line in enumerate(pack.file.text.splitlines(), 1) if _names(line, name)]
    return PolicyFault(file=pack.file.name, line=max(lines, default=0), key="sources", problem=problem)


def _names(line: str, name: str) -> bool:
    key, _, value = line.partition("=")
    return key.strip() == "id" and value.split("#")[0].strip() == f'"{name}"'


def _paragraph(name: str, entry: ParagraphEntry, file: TomlFile, pack: Pack, parts: Parts) -> Paragraph | None:
    def report(problem: str) -> PolicyFault:
        return file.fault(problem, table=name)

    kind = chosen(ParagraphKind, entry.kind, report, parts.faults)
    if entry.status not in ("encoded", "context"):
        parts.faults.append(report(f"status {entry.status!r} is not one of encoded, context"))
    if entry.status == "context" and not entry.why:
        parts.faults.append(file.fault("a context paragraph says why nothing is computed: add `why`", table=name))
    source = entry.source or (pack.head.source if pack.head else "")
    if source not in parts.sources:
        parts.faults.append(file.fault(f"source {source!r} is not declared in policy.toml", table=name, key="source"))
    return kind and Paragraph(
        id=name, gist=entry.gist, kind=kind, encoded=entry.status == "encoded", source=source, pack=pack.id,
        why=entry.why, cites=entry.cites, printed_as=entry.printed_as,
    )  # fmt: skip


def _fact(name: str, entry: FactEntry, file: TomlFile, pack: Pack, parts: Parts) -> FactSpec | None:
    for problem in _name_problems(name):
        parts.faults.append(file.fault(problem, table=name))
    base = chosen(Base, entry.type, lambda problem: file.fault(problem, table=name, key="type"), parts.faults)
    if base is None or base is Base.SPAN:
        return None
    if (base is Base.INT) != bool(entry.unit):
        wanted = "a number names its unit" if base is Base.INT else "only a number has a unit"
        parts.faults.append(file.fault(wanted, table=name, key="unit"))
    kinds = {Base.BOOL: BOOL, Base.DATE: DATE, Base.INT: counted_in(entry.unit)}
    return FactSpec(
        name=name, kind=kinds.get(base) or Kind(Base.TEXT, words=entry.one_of or None), ask=entry.ask,
        knows=entry.knows, phrase=Phrase(entry.words, entry.not_words, entry.type == "date"), pack=pack.id,
        topic=entry.topic, minimum=entry.minimum, changeable=entry.changeable, can_be_never=entry.can_be_never,
    )  # fmt: skip


def _name_problems(name: str) -> Iterator[str]:
    if not name.isidentifier() or iskeyword(name) or name != name.lower():
        yield f"{name!r} cannot be a name in a condition: use small letters and underscores"
    if name in FUNCTIONS or name == "on":
        yield f"{name!r} is a word of the condition language: choose another name"


def _parameter(name: str, entry: ParameterEntry, file: TomlFile, pack: Pack, parts: Parts) -> Parameter | None:
    for problem in _name_problems(name):
        parts.faults.append(file.fault(problem, table=name))
    counted = None
    if entry.counted:
        counted = chosen(
            Counted, entry.counted, lambda problem: file.fault(problem, table=name, key="counted"), parts.faults
        )
    made = Parameter(
        name=name, title=entry.title, unit=entry.unit, paragraph=entry.paragraph, pack=pack.id, counted=counted,
        reading=entry.reading, unverified=entry.unverified,
        values=tuple(DatedValue(since=value.since, value=value.value, until=value.until) for value in entry.values),
    )  # fmt: skip
    if made.is_span and not entry.counted:
        problem = f"a span of {entry.unit}s says how it is counted: beginning_with, after or clear"
        parts.faults.append(file.fault(problem, table=name, key="counted"))
    if entry.counted and not made.is_span:
        problem = f"a number of {entry.unit} is not counted out in days"
        parts.faults.append(file.fault(problem, table=name, key="counted"))
    parts.faults.extend(file.fault(problem, table=name, key="values") for problem in _value_problems(made))
    return made


def _value_problems(parameter: Parameter) -> Iterator[str]:
    if not parameter.values:
        yield "a parameter has at least one dated value"
    ordered = sorted(parameter.values, key=lambda value: value.since)
    for value in ordered:
        if value.value < (1 if parameter.is_span else 0):
            yield "a span counts from 1 upwards, and no number is negative"
        if value.until is not None and value.until < value.since:
            yield f"the value since {value.since} ends before it begins"
    for one, other in pairwise(ordered):
        if one.until is None or one.until >= other.since:
            yield f"the values since {one.since} and since {other.since} overlap: end the earlier with `until`"


def _ages(pack: Pack, parts: Parts) -> Iterator[DatedSchoolAge]:
    for entry, file in pack.ages:
        try:
            rules = _school_age(entry)
        except (ValueError, CmeRulesError) as fault:
            parts.faults.append(file.fault(f"the rules of school age do not fit: {fault}", table="school_age"))
            continue
        yield DatedSchoolAge(
            since=entry.since, until=entry.until, rules=rules, paragraph=entry.paragraph, reading=entry.reading
        )


def _school_age(entry: AgeEntry) -> SchoolAge:
    if entry.leaving_weekday not in _WEEKDAYS:
        msg = f"{entry.leaving_weekday!r} is not a day of the week"
        raise ValueError(msg)
    return SchoolAge(
        start_age=entry.start_age,
        prescribed_days=tuple(_month_day(day) for day in entry.prescribed_days),
        end_age=entry.end_age,
        leaving_weekday=_WEEKDAYS.index(entry.leaving_weekday),
        leaving_month=entry.leaving_month,
        school_year_starts=_month_day(entry.school_year_starts),
    )


def _month_day(text: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2001-{text}")
    return day.month, day.day


def _code_sets(pack: Pack, parts: Parts) -> Iterator[CodeSet]:
    if pack.codes is None:
        return
    for table in pack.codes.data.get("set", ()):
        try:
            codes = tuple(
                AttendanceCode(code, CodeClass(about["class"]), means=about.get("means", ""),
                               unverified=about.get("unverified", False))
                for code, about in table.get("codes", {}).items()
            )  # fmt: skip
            rest = {key: value for key, value in table.items() if key not in ("codes", "reading", "source")}
            yield CodeSet(codes=codes, **rest)
        except (TypeError, KeyError, ValueError, CmeRulesError) as fault:
            parts.faults.append(pack.codes.fault(f"this set of codes does not fit: {fault}", table="set"))
