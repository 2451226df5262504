"""That every condition decides something, and every part of it: proved for each rule over all its cells."""

from collections.abc import Callable, Iterator

from attrs import frozen

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import And, Call, Literal, Node, Not, Or, names_in, walk
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.facts import LATEST
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.cells import atoms_of, written_out
from cme_rules.verify.proof import Proof
from cme_rules.verify.search import MOST_CELLS, Outcome, Search, look_for
from cme_rules.verify.spelling import spelt
from cme_rules.verify.standing import standing_moments

__all__ = ["constants", "irrelevant"]


def constants(policy: Policy) -> Iterator[Proof]:
    """That each rule can hold, and that it can fail; a rule written as always true says so itself."""
    for rule in policy.rules:
        if not isinstance(rule.when, Literal):
            yield _can_be(rule, policy, about="dead", wanted=True)
            if not _asks_what_is_known(rule.when):
                yield _can_be(rule, policy, about="always", wanted=False)


def _asks_what_is_known(node: Node) -> bool:
    """`known` never fails, so a rule that uses it may hold or be unknown and nothing else."""
    return any(isinstance(part, Call) and part.function == "known" for part in walk(node))


def _can_be(rule: Rule, policy: Policy, *, about: str, wanted: bool) -> Proof:
    searches: list[Search] = []
    for moment in standing_moments((rule,), policy):
        searches.append(look_for(written_out(rule.when, moment.law), wanted=wanted, moment=moment))
        if searches[-1].outcome is Outcome.FOUND:
            break
    outcomes = {search.outcome for search in searches}
    answer = "proved" if Outcome.FOUND in outcomes else "open" if Outcome.TOO_MANY in outcomes else "broken"
    return Proof(
        about=about,
        rules=(rule.id,),
        paragraphs=(rule.paragraph,),
        answer=answer if searches else "open",
        cells=sum(search.cells for search in searches),
        reason=f"there are more than {MOST_CELLS:,} cells" if answer == "open" else "",
    )


def irrelevant(policy: Policy) -> Iterator[Proof]:
    """That no part of a rule's condition could be left out without any child noticing."""
    for rule in policy.rules:
        if isinstance(rule.when, And | Or | Not):
            yield _all_matter(rule, policy)


def _all_matter(rule: Rule, policy: Policy) -> Proof:
    """Each part is asked about on one day after another, until one is found on which some child turns on it."""
    waiting, cells, left_open = list(_parts(rule.when)), 0, False
    for moment in standing_moments((rule,), policy):
        searches = [(part, look_for(written_out(part.differs, moment.law), True, moment)) for part in waiting]  # noqa: FBT003
        cells += sum(search.cells for _, search in searches)
        left_open = left_open or any(search.outcome is Outcome.TOO_MANY for _, search in searches)
        tree = written_out(rule.when, moment.law)
        idle_here = (part for part, search in searches if search.outcome is Outcome.NONE)
        waiting = [part for part in idle_here if not _settles_more(part.part, tree, moment)]
    idle = ", ".join(spelt(part.part) for part in waiting)
    answer = "broken" if idle else "open" if left_open else "proved"
    return Proof(
        about="irrelevant", rules=(rule.id,), paragraphs=(rule.paragraph,), answer=answer, cells=cells, reason=idle,
    )  # fmt: skip


_Back = Callable[[Node], Node]
"""Puts a part, or what stands in its place, back into the whole."""


def _settles_more(part: Node, tree: Node, moment: Moment) -> bool:
    """Whether a part may settle what is unknown without it: another asks for a count of its day no calendar reaches."""
    policy = moment.law.policy
    days = {name for name in names_in(part) if name in policy.facts and policy.facts[name].kind.base is Base.DATE}
    asked = ((atom, set(names_in(atom)) & set(policy.facts)) for atom in atoms_of(tree) if atom != part)
    return any(
        len(facts) == 1
        and facts <= days
        and evaluate(atom, Scope(moment=moment, facts=dict.fromkeys(facts, LATEST))) is None
        for atom, facts in asked
    )


@frozen
class _Part:
    """A part that `and` or `or` joins to others, and when a child turns on it."""

    part: Node
    differs: Node


def _parts(tree: Node) -> Iterator[_Part]:
    """Every joined part of a tree, save what asks whether something is known."""
    yield from _below(tree, lambda node: node, against=False)


def _below(tree: Node, back: _Back, *, against: bool) -> Iterator[_Part]:
    """The parts of a tree that `back` puts into the whole; `against` where it stands under an odd number of `not`."""
    if isinstance(tree, Not):
        yield from _below(tree.operand, lambda node: back(Not(node)), against=not against)
    if not isinstance(tree, And | Or):
        return
    for place, operand in enumerate(tree.operands):
        before, after = tree.operands[:place], tree.operands[place + 1 :]
        if not _asks_what_is_known(operand) and not _asked_further_in(operand, type(tree)):
            yield _Part(operand, _differs(tree, operand, (*before, *after), back, against=against))
        yield from _below(operand, _within(tree, before, after, back), against=against)


def _asked_further_in(part: Node, joint: type[And | Or]) -> bool:
    """Whether a part joins parts of its own in the same way: if it were idle, so would each of them be."""
    return isinstance(part, joint) or (
        isinstance(part, And | Or) and any(_asked_further_in(each, joint) for each in part.operands)
    )


def _within(tree: And | Or, before: tuple[Node, ...], after: tuple[Node, ...], back: _Back) -> _Back:
    return lambda node: back(type(tree)((*before, node, *after)))


def _differs(tree: And | Or, part: Node, rest: tuple[Node, ...], back: _Back, *, against: bool) -> Node:
    """When leaving a part out changes the whole: it decides among its neighbours, and what they join decides the rest.

    A whole can only go the way its parts go, or, under a `not`, the other; so one way is looked at.
    """
    alone = (Not(part), *rest) if isinstance(tree, And) else (part, *(Not(each) for each in rest))
    yes, no = back(Literal(value=not against)), back(Literal(value=against))
    return And((*alone, yes, Not(no)))
