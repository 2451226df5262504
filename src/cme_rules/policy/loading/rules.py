"""From the text of definitions and rules to trees, in an order in which nothing is used before it is given."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from graphlib import CycleError, TopologicalSorter

from attrs import field, frozen

from cme_rules.conditions.kinds import BOOL, DATE, Kind
from cme_rules.conditions.nodes import Call, Literal, Name, Node, names_in, walk
from cme_rules.conditions.parse import names_used, parse, parse_condition
from cme_rules.conditions.words import Phrase
from cme_rules.domain.verdict import Force
from cme_rules.errors import ConditionError, PolicyFault
from cme_rules.policy.loading.entries import CoverEntry, RuleEntry
from cme_rules.policy.loading.pack import Pack
from cme_rules.policy.loading.parts import Parts, chosen
from cme_rules.policy.loading.remedies import advised
from cme_rules.policy.loading.tables import TomlFile
from cme_rules.policy.model.rules import Cover, Definition, Duty, Group, Limit, Rule, Schedule

__all__ = ["Built", "build_rules"]


@frozen(kw_only=True, eq=False, repr=False)
class Built:
    """What the texts became."""

    definitions: dict[str, Definition] = field(factory=dict)
    rules: list[Rule] = field(factory=list)
    schedules: list[Schedule] = field(factory=list)


@frozen(kw_only=True, eq=False, repr=False)
class _Place:
    """Where a text stands and what it may speak of: carries faults to the right line."""

    table: str
    file: TomlFile
    pack: Pack
    parts: Parts
    vocabulary: dict[str, Kind]

    def wrong(self, problem: str, key: str = "") -> None:
        """Note a fault of this table."""
        self.parts.faults.append(self.file.fault(problem, table=self.table, key=key))

    def tree(self, text: str, key: str) -> Node | None:
        """The tree of a condition, or None and a fault."""
        try:
            node = parse_condition(text, self.vocabulary)
        except ConditionError as fault:
            self.wrong(str(fault), key)
            return None
        for part in walk(node):
            if isinstance(part, Call) and part.function == "known" and _not_a_fact(part, self.parts):
                self.wrong("known() takes the name of a fact", key)
        return node


def build_rules(packs: tuple[Pack, ...], parts: Parts) -> Built:
    """Every definition, rule and schedule of a chain of packs; faults are added to `parts`."""
    built = Built()
    vocabulary: dict[str, Kind] = {
        name: thing.kind for group in (parts.facts, parts.parameters) for name, thing in group.items()
    }
    entries = [
        (entry, _Place(table=name, file=file, pack=pack, parts=parts, vocabulary=vocabulary))
        for pack in packs
        for name, (entry, file) in pack.rules.items()
    ]
    for entry, place in entries:
        if entry.finding in parts.facts or entry.finding in parts.parameters:
            place.wrong(f"{entry.finding!r} is already a fact or a parameter", "finding")
        elif entry.finding:
            vocabulary[entry.finding] = BOOL
    _define(packs, parts, vocabulary, built)
    made = [rule for entry, place in entries if (rule := _rule(entry, place, built))]
    built.rules.extend(_ordered(made, built.definitions, parts, packs))
    parts.faults[:] = advised(parts.faults)
    return built


def _define(packs: tuple[Pack, ...], parts: Parts, vocabulary: dict[str, Kind], built: Built) -> None:
    entries = {name: (entry, file, pack) for pack in packs for name, (entry, file) in pack.definitions.items()}
    for name, (_, file, _) in entries.items():
        if name in vocabulary:
            parts.faults.append(file.fault(f"{name!r} is already a fact, a finding or a parameter", table=name))
    for name in _definitions_in_order({name: entry.means for name, (entry, _, _) in entries.items()}):
        entry, file, pack = entries[name]
        try:
            means, kind = parse(entry.means, vocabulary)
        except ConditionError as fault:
            parts.faults.append(file.fault(str(fault), table=name, key="means"))
            continue
        vocabulary[name] = kind
        built.definitions[name] = Definition(
            name=name, means=means, kind=kind, text=entry.means, paragraph=entry.paragraph, pack=pack.id,
            phrase=Phrase(entry.words, entry.not_words), reading=entry.reading,
        )  # fmt: skip


def _definitions_in_order(texts: Mapping[str, str]) -> list[str]:
    graph = {name: [used for used in _names(text) if used in texts] for name, text in texts.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError:
        return list(texts)


def _names(text: str) -> tuple[str, ...]:
    try:
        return names_used(text)
    except ConditionError:
        return ()


def _rule(entry: RuleEntry, place: _Place, built: Built) -> Rule | None:
    """One table of rules/*.toml; a schedule is kept aside."""
    problems = list(_entry_problems(entry, place.parts))
    for key, problem in problems:
        place.wrong(problem, key)
    if entry.schedule:
        built.schedules.append(_schedule(place.table, entry, place.pack))
        return None
    if entry.action in place.vocabulary and entry.action not in place.parts.facts:
        place.wrong(f"{entry.action!r} is already the name of a finding, a definition or a number", "action")
    when = place.tree(entry.when, "when") if entry.when else None
    duty = _duty(entry, place) if entry.action else None
    covers = _cover(entry.covers, place) if entry.covers else None
    if when is None or (entry.action and duty is None) or problems:
        return None
    head = place.pack.head
    return Rule(
        id=place.table, paragraph=place.table.split("/")[0], pack=place.pack.id, title=entry.title, when=when,
        text=entry.when, since=entry.since or (head.since if head else date.min), until=entry.until,
        finding=entry.finding, duty=duty, phrase=Phrase(entry.words, entry.not_words), readings=_readings(entry),
        judgement=entry.judgement, weigh=entry.weigh, cites=entry.cites, excludes=entry.excludes,
        conflicts_with=entry.conflicts_with, conflict=entry.conflict, covers=covers, at_least=entry.at_least,
        not_commenced=entry.not_commenced, unverified=entry.unverified,
        group=Group(entry.group) if entry.group else None,
    )  # fmt: skip


def _cover(entry: CoverEntry, place: _Place) -> Cover | None:
    of = place.tree(entry.of, "covers") if entry.of else Literal(value=True)
    return Cover(among=entry.among, of=of, text=entry.of) if of is not None else None


def _readings(entry: RuleEntry) -> tuple[str, ...]:
    return (entry.reading,) if isinstance(entry.reading, str) else entry.reading


def _entry_problems(entry: RuleEntry, parts: Parts) -> Iterator[tuple[str, str]]:
    yields = [kind for kind in ("finding", "action", "schedule") if getattr(entry, kind)]
    if len(yields) != 1:
        found = " and ".join(yields) or "none"
        yield "", f"a rule gives exactly one of finding, action, schedule; found {found}"
    if not entry.schedule and not entry.when:
        yield "when", "a rule says when it applies: the key 'when' is missing"
    if entry.finding and not entry.words:
        yield "words", "a finding has words, so that it can stand in a sentence"
    if not entry.finding and not (entry.role and (entry.force or entry.schedule)):
        yield "role", "an action has a role and a force: who must, should or may do it"
    if entry.role and entry.role not in parts.roles:
        yield "role", f"role {entry.role!r} is not declared in roles.toml"
    yield from _schedule_problems(entry, parts) if entry.schedule else ()
    groups = [group.value for group in Group]
    if entry.group and entry.group not in groups:
        yield "group", f"{entry.group!r} is not one of {', '.join(groups)}"
    if entry.not_commenced and entry.not_commenced not in parts.previews:
        yield "not_commenced", f"preview {entry.not_commenced!r} is not declared in policy.toml"
    if bool(entry.conflict) != bool(entry.conflicts_with):
        yield "conflict", "conflicts_with and conflict stand together: with what, and how they differ"


def _schedule_problems(entry: RuleEntry, parts: Parts) -> Iterator[tuple[str, str]]:
    if bool(entry.every) == bool(entry.times_a_term):
        yield "every", "a schedule says either how often (every) or how many times a term (times_a_term)"
    if entry.every not in ("", "month"):
        yield "every", f"{entry.every!r} is not known: expected 'month'"
    number = parts.parameters.get(entry.times_a_term)
    if entry.times_a_term and (number is None or number.is_span):
        yield "times_a_term", f"{entry.times_a_term!r} is not a parameter with a bare number"
    for role in entry.attends:
        if role not in parts.roles:
            yield "attends", f"role {role!r} is not declared in roles.toml"


def _schedule(name: str, entry: RuleEntry, pack: Pack) -> Schedule:
    return Schedule(
        id=name, schedule=entry.schedule, paragraph=name.split("/", maxsplit=1)[0], pack=pack.id, title=entry.title,
        role=entry.role, every=entry.every, times_a_term=entry.times_a_term, readings=_readings(entry),
        force=Force(entry.force) if entry.force in {force.value for force in Force} else Force.MUST,
        attends=entry.attends, since=entry.since or (pack.head.since if pack.head else date.min), until=entry.until,
        conflicts_with=entry.conflicts_with, conflict=entry.conflict,
    )  # fmt: skip


def _duty(entry: RuleEntry, place: _Place) -> Duty | None:
    faults = place.parts.faults
    report = partial(place.file.fault, table=place.table, key="force")
    force = chosen(Force, entry.force, report, faults)
    discharged = place.tree(entry.discharged, "discharged") if entry.discharged else None
    due = Limit(span=entry.due.within, of=entry.due.of) if entry.due else None
    first = Limit(span=entry.not_before.after, of=entry.not_before.of) if entry.not_before else None
    for key, limit in (("due", due), ("not_before", first)):
        for problem in _limit_problems(limit, place.parts, place.vocabulary):
            place.wrong(problem, key)
    return force and Duty(
        action=entry.action, force=force, role=entry.role, due=due, not_before=first, discharged=discharged,
        discharged_text=entry.discharged, if_not=entry.if_not,
        contents=entry.contents,
    )  # fmt: skip


def _limit_problems(limit: Limit | None, parts: Parts, vocabulary: Mapping[str, Kind]) -> Iterator[str]:
    if limit is None:
        return
    parameter = parts.parameters.get(limit.span)
    if parameter is None or not parameter.is_span:
        yield f"{limit.span!r} is not a parameter with a span of time"
    if vocabulary.get(limit.of) != DATE:
        yield f"{limit.of!r} is not a date: a span is set running by a dated fact"


def _not_a_fact(call: Call, parts: Parts) -> bool:
    return not any(isinstance(name, Name) and name.name in parts.facts for name in call.arguments)


def _ordered(
    rules: list[Rule], definitions: Mapping[str, Definition], parts: Parts, packs: tuple[Pack, ...]
) -> list[Rule]:
    """The rules so that a finding comes before the rules that use it; a ring of them is a fault."""
    findings = {rule.finding for rule in rules if rule.finding}
    named = findings | definitions.keys()
    graph = {name: named.intersection(names_in(each.means)) for name, each in definitions.items()}
    for rule in rules:
        graph[rule.name] = graph.get(rule.name, set()) | named.intersection(names_in(rule.when))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as ring:
        names = " → ".join(ring.args[1])
        parts.faults.append(_at(ring.args[1][0], packs, f"these are defined by one another: {names}"))
        return rules
    return _stable(rules, graph)


def _at(name: str, packs: tuple[Pack, ...], problem: str) -> PolicyFault:
    """A fault where a definition, finding or action stands."""
    for pack in packs:
        if name in pack.definitions:
            return pack.definitions[name][1].fault(problem, table=name)
        for table, (entry, file) in pack.rules.items():
            if name in (entry.finding, entry.action):
                return file.fault(problem, table=table)
    return packs[-1].file.fault(problem)


def _stable(rules: list[Rule], graph: Mapping[str, set[str]]) -> list[Rule]:
    """The packs' own order, save that what a rule uses is moved before it."""
    placed: dict[str, None] = {}
    by_name: dict[str, list[Rule]] = {}
    for rule in rules:
        by_name.setdefault(rule.name, []).append(rule)
    order = {name: place for place, name in enumerate(by_name)}

    def place(name: str) -> None:
        if name in placed:
            return
        for used in sorted(graph.get(name, ()), key=lambda each: (order.get(each, -1), each)):
            place(used)
        placed[name] = None

    for rule in rules:
        place(rule.name)
    return [rule for name in placed for rule in by_name.get(name, ())]
