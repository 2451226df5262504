"""The proofs of a policy put to a mutant, as far as they concern the rules its slip can reach.

They are the questions of `cme_rules.verify.checks`; asked of a few rules, on days worked out once for all mutants.
"""

from collections.abc import Iterator

from attrs import evolve

from cme_rules.conditions.judge import judge
from cme_rules.conditions.nodes import And, Call, Literal, Node, walk
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.cells import written_out
from cme_rules.verify.mutants.bench import Bench
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.search import Outcome, Search, look_for

__all__ = ["broken_proof"]


def broken_proof(mutant: Mutant, bench: Bench) -> str:
    """The first proof that the mutant breaks; nothing where it breaks none."""
    if mutant.kind == "date":
        return ""  # the proofs ask about whatever days a rule has
    reached = frozenset(bench.reached(mutant.touches))
    rules = [rule for rule in mutant.policy.rules if rule.name in reached]
    return next(_constant(rules, mutant, bench), "") or next(_together(reached, mutant, bench), "")


def _moments(rules: tuple[Rule, ...], mutant: Mutant, bench: Bench) -> Iterator[Moment]:
    """The moments at which the rules stand, by the mutant's law."""
    for moment in bench.standing(rules):
        law = mutant.policy.as_of(moment.today, preview=moment.law.preview)
        yield evolve(moment, law=law)


def _constant(rules: list[Rule], mutant: Mutant, bench: Bench) -> Iterator[str]:
    """The rules that can never hold any more, or never fail."""
    for rule in rules:
        if isinstance(rule.when, Literal):
            continue
        wanted = (
            {True: "can never hold"}
            if _asks_what_is_known(rule.when)
            else {True: "can never hold", False: "always holds"}
        )
        for answer, said in wanted.items():
            found = [_search(rule.when, answer, moment).outcome for moment in _moments((rule,), mutant, bench)]
            if found and all(outcome is Outcome.NONE for outcome in found):
                yield f"{rule.id} {said}"


def _asks_what_is_known(tree: Node) -> bool:
    return any(isinstance(part, Call) and part.function == "known" for part in walk(tree))


def _search(tree: Node, wanted: bool, moment: Moment) -> Search:  # noqa: FBT001 - the answer looked for
    return look_for(written_out(tree, moment.law), wanted=wanted, moment=moment)


def _together(reached: frozenset[str], mutant: Mutant, bench: Bench) -> Iterator[str]:
    """The rules that are said to exclude one another and may now hold together."""
    for rule in mutant.policy.rules:
        for name in rule.excludes:
            for other in mutant.policy.rules:
                if other.name == name and {rule.name, name} & reached and _can_both(rule, other, mutant, bench):
                    yield f"{rule.id} and {other.id} may hold together"


def _can_both(rule: Rule, other: Rule, mutant: Mutant, bench: Bench) -> bool:
    both = And((rule.when, other.when))
    for moment in _moments((rule, other), mutant, bench):
        search = _search(both, True, moment)  # noqa: FBT003 - the answer looked for
        if search.facts is not None and judge(both, Scope(moment=moment, facts=search.facts)) is Verdict.HOLDS:
            return True
    return False
