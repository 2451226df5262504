"""Children worth trying when a mutant is to be told from its policy: those of the cases, with a fact or two changed."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, islice
from typing import Any

from attrs import evolve

from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import Node, names_in
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.behind import facts_behind
from cme_rules.verify.cells import atoms_of, variables_of, written_out
from cme_rules.verify.mutants.apart import Candidate, children_apart, days_apart
from cme_rules.verify.mutants.bench import Bench, Laws
from cme_rules.verify.mutants.model import Mutant

__all__ = ["candidates"]

_A_DAY = timedelta(days=1)
_MOST_SEEDS = 40
_MOST_PAIRS = 300
_MOST_VALUES = 9


def candidates(rule: Rule, mutant: Mutant, bench: Bench) -> Iterator[Candidate]:
    """Children for whom the two conditions differ; then those of the cases, with none, one or two facts changed."""
    exact = list(children_apart(rule, mutant, bench))
    yield from exact
    seeds = [*exact[:1], *islice(_seeds(rule, mutant, bench), _MOST_SEEDS)]
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
    """The children of the cases that speak of the rule, on their own days or on those on which a moved date shows."""
    preview = (rule.not_commenced,) if rule.not_commenced else ()
    known = [(bench.facts(case), case) for case in bench.cases_of((rule.name,))]
    if mutant.kind != "date":
        yield from (Candidate(facts=facts, on=case.on, preview=case.preview) for facts, case in known)
    for day in _days(rule, mutant, bench):
        yield from (Candidate(facts=facts, on=day, preview=preview) for facts, _ in known if mutant.kind == "date")
        for case in bench.cases_of(names_in(rule.when)):
            if any(case.then.get(name) == "holds" for name in names_in(rule.when)):
                yield Candidate(facts=bench.facts(case), on=day, preview=preview)


def _days(rule: Rule, mutant: Mutant, bench: Bench) -> list[date]:
    """Days worth trying: those on which a moved date shows; otherwise the last on which the rule stands."""
    if mutant.kind == "date":
        return days_apart(rule, mutant, bench)
    return [moment.today for moment in bench.standing((rule,))[-1:]]


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
