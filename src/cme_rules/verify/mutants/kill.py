"""Trying to kill a mutant: by loading it, by the policy's cases, by its proofs."""

from datetime import date, timedelta

from cme_rules.conditions.nodes import And, Call, Node, Not, names_in, walk
from cme_rules.conditions.parse import parse
from cme_rules.errors import ConditionError
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.cells import written_out
from cme_rules.verify.mutants.bench import Bench, Laws
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.mutants.references import refused
from cme_rules.verify.mutants.told import differs
from cme_rules.verify.partial import holds_nowhere

__all__ = ["equivalent", "killing_case", "killing_fault"]

_OF_A_TREE = frozenset({"comparison", "dropped", "exception", "negated", "joined", "word", "function"})
_COUNTING = frozenset({"unit", "counted"})


def killing_fault(mutant: Mutant, bench: Bench) -> str:
    """Why the mutant would not load; nothing where it would."""
    if mutant.kind in ("unit", "counted"):
        return _misread(mutant)
    return refused(mutant.policy, bench.policy) if mutant.kind == "date" else ""


def _misread(mutant: Mutant) -> str:
    """The first condition whose kinds no longer fit."""
    policy = mutant.policy
    texts = [(rule.id, rule.text) for rule in policy.rules] + [
        (each.name, each.text) for each in policy.definitions.values()
    ]
    for place, text in texts:
        if mutant.place in text:
            try:
                parse(text, policy.vocabulary)
            except ConditionError as fault:
                return f"{place}: {fault.problem}"
    return ""


def killing_case(mutant: Mutant, bench: Bench) -> str:
    """The first case that the mutant answers otherwise than it expects."""
    laws = Laws(mutant.policy, bench)
    for case in bench.cases_of(bench.reached(mutant.touches)):
        scope = laws.scope(bench.facts(case), case.on, case.preview, case.calendar)
        if differs(case, laws.rules(scope), scope):
            return case.name
    return ""


def equivalent(mutant: Mutant, bench: Bench) -> bool:
    """Whether it is proved that the slip changes no answer of any child whose facts are known."""
    if mutant.kind in _OF_A_TREE:
        reached = frozenset(bench.reached(mutant.touches))
        both = zip(bench.policy.rules, mutant.policy.rules, strict=True)
        pairs = [(old, new) for old, new in both if old.name in reached]
        return bool(pairs) and all(_same(old, new, mutant, bench) for old, new in pairs)
    if mutant.place not in mutant.policy.parameters:
        return False
    return (
        _unused(mutant, bench) if mutant.kind == "date" else mutant.kind in _COUNTING and _only_a_number(mutant, bench)
    )


def _only_a_number(mutant: Mutant, bench: Bench) -> bool:
    """Whether no day is ever counted out with the number: compared, it is its count and nothing else."""
    policy = bench.policy
    limits = [
        each
        for rule in (each.duty for each in policy.rules if each.duty)
        for each in (rule.due, rule.not_before)
        if each
    ]
    trees = [tree for rule in policy.rules for tree in _trees(rule)] + [
        each.means for each in policy.definitions.values()
    ]
    counting = [
        part for tree in trees for part in walk(tree) if isinstance(part, Call) and mutant.place in names_in(part)
    ]
    return not counting and mutant.place not in [limit.span for limit in limits]


def _unused(mutant: Mutant, bench: Bench) -> bool:
    """Whether no rule uses the number on any day on which the mutant's value is another."""
    old, new = (policy.parameters[mutant.place] for policy in (bench.policy, mutant.policy))
    edges = {day for one in (old, new) for value in one.values for day in (value.since, value.until) if day}
    days = {day + timedelta(days=more) for day in edges for more in (-1, 0, 1) if day > date.min}
    return not any(
        rule.in_force(day) and mutant.place in bench.behind(rule)
        for day in days
        if old.on(day) != new.on(day)
        for rule in bench.policy.rules
    )


def _same(old: Rule, new: Rule, mutant: Mutant, bench: Bench) -> bool:
    for moment in bench.standing((old,)):
        theirs = mutant.policy.as_of(moment.today, preview=moment.law.preview)
        for one, other in zip(_trees(old), _trees(new), strict=True):
            before, after = written_out(one, moment.law), written_out(other, theirs)
            if _asks_what_is_known(before) or _asks_what_is_known(after):
                return False
            apart = (And((Not(after), before)), And((Not(before), after)))
            if not all(holds_nowhere(tree, moment) for tree in apart):
                return False
    return True


def _asks_what_is_known(tree: Node) -> bool:
    return any(isinstance(part, Call) and part.function == "known" for part in walk(tree))


def _trees(rule: Rule) -> tuple[Node, ...]:
    done = rule.duty.discharged if rule.duty else None
    return (rule.when,) if done is None else (rule.when, done)
