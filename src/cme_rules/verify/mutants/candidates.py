"""Children worth trying when a mutant is to be told from its policy: those of the cases, with a fact or two changed."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, islice
from typing import Any

from attrs import evolve, frozen

from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import And, Node, Not, Or, names_in
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.behind import facts_behind
from cme_rules.verify.cells import atoms_of, variables_of, written_out
from cme_rules.verify.mutants.bench import Bench, Laws
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.search import look_for
from cme_rules.verify.standing import standing_moments

__all__ = ["Candidate", "candidates"]

_A_DAY = timedelta(days=1)
_MOST_SEEDS = 16
_MOST_PAIRS = 600
_MOST_VALUES = 9


@frozen(kw_only=True)
class Candidate:
    """A child on a day, with the previews asked for."""

    facts: Mapping[str, Any]
    on: date
    preview: tuple[str, ...] = ()


def candidates(rule: Rule, mutant: Mutant, bench: Bench) -> Iterator[Candidate]:
    """Children near those of the cases, the plainest first: as they are, then with one fact changed, then with two."""
    seeds = list(islice(_seeds(rule, mutant, bench), _MOST_SEEDS))
    yield from seeds
    laws = Laws(mutant.policy, bench)
    worth: dict[date, list[tuple[str, Any]]] = {}
    for seed in seeds:
        if seed.on not in worth:
            worth[seed.on] = _worth_trying(rule, seed, laws, bench)
        for name, value in worth[seed.on]:
            yield _with(seed, ((name, value),))
    for seed in seeds:
        pairs = (pair for pair in combinations(worth[seed.on], 2) if pair[0][0] != pair[1][0])
        for pair in islice(pairs, _MOST_PAIRS):
            yield _with(seed, pair)


def _with(seed: Candidate, changes: tuple[tuple[str, Any], ...]) -> Candidate:
    facts = {**seed.facts, **dict(changes)}
    return evolve(seed, facts={name: value for name, value in facts.items() if value is not None})


def _seeds(rule: Rule, mutant: Mutant, bench: Bench) -> Iterator[Candidate]:
    preview = (rule.not_commenced,) if rule.not_commenced else ()
    moments = list(standing_moments((rule,), bench.policy))
    days = _edges(rule, mutant, bench)
    known = [(bench.facts(case), case) for case in bench.cases_of(bench.reached((rule.name,)))]
    for facts, case in known:
        if not days:
            yield Candidate(facts=facts, on=case.on, preview=case.preview)
    for day in days or [moment.today for moment in moments[-1:]]:
        for facts, _ in known:
            yield Candidate(facts=facts, on=day, preview=preview)
        yield Candidate(facts={}, on=day, preview=preview)
        yield from _apart(rule, mutant, bench.moment(day, preview, ""))


def _edges(rule: Rule, mutant: Mutant, bench: Bench) -> list[date]:
    """The days on which a moved date shows."""
    if mutant.kind != "date":
        return []
    found: list[date] = []
    for policy in (bench.policy, mutant.policy):
        for each in (*(other for other in policy.rules if other.name == rule.name), *policy.school_ages):
            found += [each.since, each.since - _A_DAY, *([each.until, each.until + _A_DAY] if each.until else [])]
        for value in policy.parameters[mutant.place].values if mutant.place in policy.parameters else ():
            found += [value.since, value.since - _A_DAY, *([value.until, value.until + _A_DAY] if value.until else [])]
    return sorted(set(found))


def _apart(rule: Rule, mutant: Mutant, moment: Moment) -> Iterator[Candidate]:
    """A child found by going through the cells in which the two conditions differ."""
    law = mutant.policy.as_of(moment.today, preview=moment.law.preview)
    other = next((each for each in law.rules if each.id == rule.id), None)
    if other is None:
        return
    before, after = written_out(rule.when, moment.law), written_out(other.when, law)
    for tree in (And((before, Not(after))), And((Not(before), after)), Or((before, after))):
        search = look_for(tree, wanted=True, moment=moment)
        if search.facts is not None:
            yield Candidate(facts=search.facts, on=moment.today, preview=moment.law.preview)


def _worth_trying(rule: Rule, seed: Candidate, laws: Laws, bench: Bench) -> list[tuple[str, Any]]:
    """(fact, value) pairs that could matter to a rule or to its action; None takes the fact away."""
    moment = bench.moment(seed.on, seed.preview, seed.facts.get("school", ""))
    mutated = laws.scope(seed.facts, seed.on, seed.preview).moment
    trees = [(tree, each) for each in (moment, mutated) for tree in _trees(rule, each)]
    names = dict.fromkeys(name for tree, each in trees for name in facts_behind(tree, each.law))
    found: dict[tuple[str, Any], None] = {}
    for name in (*names, *_limit_facts(rule, bench)):
        for value in (*_values(name, trees, seed.on, moment), None):
            found[name, value] = None
    return list(found)


def _trees(rule: Rule, moment: Moment) -> list[Node]:
    now = next((each for each in moment.law.rules if each.name == rule.name), rule)
    done = now.duty.discharged if now.duty else None
    return [now.when, *([done] if done is not None else [])]


def _limit_facts(rule: Rule, bench: Bench) -> Iterator[str]:
    for limit in (rule.duty.due, rule.duty.not_before) if rule.duty else ():
        if limit is not None:
            of = bench.policy.definitions.get(limit.of)
            yield from (name for name in (names_in(of.means) if of else (limit.of,)) if name in bench.policy.facts)


def _values(name: str, trees: list[tuple[Node, Moment]], on: date, moment: Moment) -> list[Any]:
    spec = moment.law.policy.facts[name]
    if spec.kind.base is Base.BOOL:
        return [True, False]
    if spec.kind.base is Base.TEXT:
        return list(spec.kind.words or ())
    found: dict[Any, None] = {}
    for tree, each in trees:
        atoms = [atom for atom in atoms_of(written_out(tree, each.law)) if names_in(atom) and name in names_in(atom)]
        for variable in variables_of(atoms, each):
            found |= {choice.facts[name]: None for choice in variable.choices if choice.facts and name in choice.facts}
    if spec.kind.base is Base.DATE:
        found |= dict.fromkeys(on + days * _A_DAY for days in (0, -1, -7, -30, 1))
    return list(found)[:_MOST_VALUES]
