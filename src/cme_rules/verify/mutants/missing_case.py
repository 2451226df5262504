"""The case that is wanting: a child of whom the policy and a mutant say different things, written out to be pasted."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve, fields, frozen

from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.case import Case
from cme_rules.verify.mutants.bench import Bench, Laws
from cme_rules.verify.mutants.candidates import Candidate, candidates
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.mutants.told import says

__all__ = ["Wanting", "as_toml", "wanting_case"]

_TELLING = ("then", "due", "not_before", "status", "role", "missing")
"""What a case can expect, what is plainest to a reader first."""
_MOST_TRIED = 4000


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
    keys = [key for key in _TELLING if key in {each.name for each in fields(Case)}]
    if one.get("then") == Verdict.UNKNOWN.value != other.get("then"):
        return ("then",)
    return tuple(key for key in keys if key in one and one.get(key) != other.get(key))


def _told_apart(rule: Rule, child: Candidate, laws: Laws, mutated: Laws) -> Wanting | None:
    said, other = (_said(rule.name, child, each) for each in (laws, mutated))
    if not _differences(said, other):
        return None
    return Wanting(name=rule.name, paragraph=rule.paragraph, child=child, said=said, mutant_said=other)


def _said(name: str, child: Candidate, laws: Laws) -> Mapping[str, Any]:
    scope = laws.scope(child.facts, child.on, child.preview)
    return says(laws.rule(name, scope), scope)


def _least(rule: Rule, found: Wanting, laws: Laws, mutated: Laws) -> Wanting:
    """The same with every fact left out that is not needed for either to say what it says."""
    for name in list(found.child.facts):
        facts = {each: value for each, value in found.child.facts.items() if each != name}
        fewer = _told_apart(rule, evolve(found.child, facts=facts), laws, mutated)
        if fewer is not None and (fewer.said, fewer.told_by) == (found.said, found.told_by):
            found = fewer
    return found


def as_toml(found: Wanting, mutant: Mutant) -> str:
    """The case as cases/*.toml has it. Its sentence and its answers are for a person to check against the paragraph."""
    given = ", ".join(f"{name} = {_value(value)}" for name, value in found.child.facts.items())
    lines = [
        f"# {mutant.place}: {mutant.words}",
        "# Expected is what the policy answers now. Check it against the paragraph, then say in `name` what it shows.",
        "[[case]]",
        f'name = "{found.name} where a slip would show: {mutant.words.replace(chr(34), chr(39))}"',
        f'paragraph = "{found.paragraph}"',
        f"on = {found.child.on}",
        f"given = {{ {given} }}" if given else "given = {}",
        *_expected(found),
    ]
    if found.child.preview:
        lines.append(f"preview = [{', '.join(map(_value, found.child.preview))}]")
    return "\n".join(lines) + "\n"


def _expected(found: Wanting) -> Iterator[str]:
    for key in dict.fromkeys(("then", *found.told_by)):
        value = found.said[key]
        written = _listed(value) if isinstance(value, frozenset) else '"undated"' if value is None else _value(value)
        yield f"{key} = {{ {found.name} = {written} }}"


def _listed(names: frozenset[str]) -> str:
    return f"[{', '.join(map(_value, sorted(names)))}]"


def _value(value: object) -> str:
    if value is NEVER or isinstance(value, bool):
        return "true" if value is True else "false"
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else f'"{value}"'
