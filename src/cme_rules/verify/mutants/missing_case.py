"""The case that is wanting: a child of whom the policy and a mutant say different things, written out to be pasted."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve, frozen

from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.case import NOT_IN_FORCE
from cme_rules.verify.mutants.apart import Candidate
from cme_rules.verify.mutants.bench import Bench, Laws
from cme_rules.verify.mutants.candidates import candidates
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.mutants.told import says
from cme_rules.verify.written import as_toml as written

__all__ = ["Wanting", "as_toml", "sentence", "wanting_case"]

_TELLING = ("then", "due", "not_before", "status", "role", "force", "missing")
"""What a case can expect, what is plainest to a reader first."""
_MOST_TRIED = 1500


@frozen(kw_only=True)
class Wanting:
    """A child that tells a mutant from its policy, and what each says of one finding or action."""

    name: str
    paragraph: str
    child: Candidate
    said: Mapping[str, Any]
    mutant_said: Mapping[str, Any]

    @property
    def told_by(self) -> tuple[str, ...]:
        """The keys of a case in which the two differ."""
        return _differences(self.said, self.mutant_said)


def wanting_case(mutant: Mutant, bench: Bench) -> Wanting | None:
    """A child of whom the policy and the mutant differ; None where none was found near the cases."""
    laws, mutated = Laws(bench.policy, bench), Laws(mutant.policy, bench)
    spare: Wanting | None = None
    tried = 0
    for rule in _rules(mutant, bench):
        for child in candidates(rule, mutant, bench):
            tried += 1
            found = _told_apart(rule, child, laws, mutated)
            if found is not None and found.told_by[0] != "missing":
                return _least(rule, found, laws, mutated)
            spare = spare or found
            if tried > _MOST_TRIED:
                return spare
    return spare


def _rules(mutant: Mutant, bench: Bench) -> Iterator[Rule]:
    """The rules in which a slip may show: the changed ones of the changed names first, then those that rest on them."""
    reached = bench.reached(mutant.touches)
    for name in reached:
        versions = [rule for rule in bench.policy.rules if rule.name == name]
        changed = {new.id for old, new in zip(bench.policy.rules, mutant.policy.rules, strict=True) if old is not new}
        yield from sorted(versions, key=lambda rule: rule.id not in changed)


def _differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, ...]:
    if {one.get("then"), other.get("then")} == {Verdict.FAILS.value, NOT_IN_FORCE} and one.get("then") != NOT_IN_FORCE:
        return ()  # a case that expects a rule to fail is content with there being none
    if one.get("then") == Verdict.UNKNOWN.value != other.get("then"):
        return ("then",)
    return tuple(key for key in _TELLING if key in one and one.get(key) != other.get(key))


def _told_apart(rule: Rule, child: Candidate, laws: Laws, mutated: Laws) -> Wanting | None:
    said, other = (_said(rule.name, child, each) for each in (laws, mutated))
    if not _differences(said, other):
        return None
    return Wanting(name=rule.name, paragraph=rule.paragraph, child=child, said=said, mutant_said=other)


def _said(name: str, child: Candidate, laws: Laws) -> Mapping[str, Any]:
    scope = laws.scope(child.facts, child.on, child.preview)
    return says(laws.rule(name, scope), scope)


def _least(rule: Rule, found: Wanting, laws: Laws, mutated: Laws) -> Wanting:
    """The same with every fact left out that is not needed for either to say what it says, and the rest made plain."""
    for name in list(found.child.facts):
        facts = {each: value for each, value in found.child.facts.items() if each != name}
        found = _unless_it_tells_less(rule, facts, found, laws, mutated)
    for name, value in list(found.child.facts.items()):
        plainer = _plainer(name, value, found.child.on, laws)
        if plainer is not None:
            found = _unless_it_tells_less(rule, {**found.child.facts, name: plainer}, found, laws, mutated)
    return found


def _unless_it_tells_less(rule: Rule, facts: Mapping[str, Any], found: Wanting, laws: Laws, mutated: Laws) -> Wanting:
    other = _told_apart(rule, evolve(found.child, facts=facts), laws, mutated)
    return other if other is not None and (other.said, other.told_by) == (found.said, found.told_by) else found


def _plainer(name: str, value: object, on: date, laws: Laws) -> object:
    """A date to come said never to have been; a day that must have been, and is the very day, some years before."""
    spec = laws.policy.facts[name]
    if not isinstance(value, date) or value < on:
        return None
    if spec.can_be_never:
        return NEVER if value > on else None
    return on.replace(year=on.year - 3, day=min(on.day, 28))


def sentence(found: Wanting, bench: Bench) -> str:
    """A sentence that names the case: what it is about, what the answer is, and for which child."""
    on = found.child.on
    law = bench.moment(on, found.child.preview, "").law
    rules = [rule for rule in (*law.rules, *bench.policy.rules) if rule.name == found.name]
    title, day = rules[0].title, f"{on.day} {on:%B %Y}"
    if found.said["then"] == NOT_IN_FORCE:
        return f"{title}: {'no longer' if min(rule.since for rule in rules) <= on else 'not yet'} law on {day}"
    said = _ANSWERS.get(str(found.said.get("status")), "") or _ANSWERS[str(found.said["then"])]
    if found.mutant_said["then"] == NOT_IN_FORCE:
        return f"{title}: {said} on {day}"
    clauses = [_clause(name, value, on, bench) for name, value in found.child.facts.items()]
    if len(clauses) > _MOST_CLAUSES:
        clauses = ["the rest is so", *clauses[1 - _MOST_CLAUSES :]]
    return f"{title}: {said} where {'; '.join(clauses) or 'nothing is known'}"


_MOST_CLAUSES = 4
_ANSWERS = {"holds": "so", "fails": "not so", "unknown": "not known", "discharged": "done", "undated": "to be done"}
_ANSWERS |= {"due": "to be done in time", "overdue": "late", "upcoming": "not yet to be done"}


def _clause(name: str, value: object, on: date, bench: Bench) -> str:
    phrase = bench.policy.facts[name].phrase
    if isinstance(value, bool):
        return phrase.words if value else phrase.denied
    if value is NEVER:
        return f"{phrase.words} never came"
    if isinstance(value, date):
        days = (on - value).days
        return f"{phrase.words} is this very day" if days == 0 else f"{phrase.words} is {_ago(days)}"
    return f"{phrase.words} is {str(value).replace('_', ' ')}"


def _ago(days: int) -> str:
    count, way = abs(days), "ago" if days > 0 else "to come"
    years = count // 365
    return f"{years} years {way}" if years > 1 else f"{count} day{'' if count == 1 else 's'} {way}"


def as_toml(found: Wanting, mutant: Mutant, bench: Bench) -> str:
    """The case as cases/*.toml has it. Its sentence and its answers are for a person to check against the paragraph."""
    given = ", ".join(f"{name} = {written(value)}" for name, value in found.child.facts.items())
    lines = [
        f"# It would notice, in {mutant.place}: {mutant.words}",
        "[[case]]",
        f'name = "{sentence(found, bench).replace(chr(34), chr(39))}"',
        f'paragraph = "{found.paragraph}"',
        f"on = {found.child.on}",
        f"given = {{ {given} }}" if given else "given = {}",
        *_expected(found),
    ]
    if found.child.preview:
        lines.append(f"preview = [{', '.join(map(written, found.child.preview))}]")
    return "\n".join(lines) + "\n"


def _expected(found: Wanting) -> Iterator[str]:
    for key in dict.fromkeys(("then", *found.told_by)):
        value = found.said[key]
        shown = _listed(value) if isinstance(value, frozenset) else '"undated"' if value is None else written(value)
        yield f"{key} = {{ {found.name} = {shown} }}"


def _listed(names: frozenset[str]) -> str:
    return f"[{', '.join(map(written, sorted(names)))}]"
