"""The children two policies differ on: in which circumstances, which of the two holds, and one such child."""

from collections.abc import Iterator, Mapping
from typing import Any

from cme_rules.conditions.judge import judge
from cme_rules.conditions.nodes import And, Node, Not
from cme_rules.conditions.words import say
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.diff.merged import Both
from cme_rules.verify.diff.model import Region
from cme_rules.verify.partial import Part, partly, parts_where
from cme_rules.verify.witness import Witness
from cme_rules.verify.written import as_toml

__all__ = ["MOST_REGIONS", "regions"]

MOST_REGIONS = 12
"""Regions told of one pair; beyond that a change is better read in words."""


def regions(one: Rule, other: Rule, sides: Both) -> Iterator[Region]:
    """Every region in which one rule's answer differs from the other's, the facts being known.

    The two conditions differ nowhere if there is none.
    """
    first, second = sides.of_first(one.when), sides.of_second(other.when)
    if first == second:
        return
    for holds_in, tree in (("first", And((first, Not(second)))), ("second", And((Not(first), second)))):
        told: set[str] = set()
        for part in parts_where(tree, sides.moment, at_most=4 * MOST_REGIONS):
            words = _words(_needed(part, tree), sides)
            if words not in told and len(told) < MOST_REGIONS:
                told.add(words)
                yield Region(
                    first=one.name, second=other.name, holds_in=holds_in, words=words,
                    paragraphs=tuple(dict.fromkeys((*one.paragraphs, *other.paragraphs))),
                    child=_child(part, words, tree, sides),
                )  # fmt: skip


def _needed(part: Part, tree: Node) -> Mapping[Node, bool]:
    """The part's atoms without those on which nothing depends."""
    kept = dict(part.settled)
    for atom in list(kept):
        fewer = {each: truth for each, truth in kept.items() if each != atom}
        if partly(tree, fewer)[0] is True:
            kept = fewer
    return kept


def _words(settled: Mapping[Node, bool], sides: Both) -> str:
    return "; ".join(say(atom, sides.phrases, denied=not truth) for atom, truth in settled.items()) or "always"


def _child(part: Part, words: str, tree: Node, sides: Both) -> Witness:
    """A child of the region, judged once more by the plain reading of the language."""
    given: Mapping[str, Any] = part.facts or {}
    real = part.facts is not None and judge(tree, Scope(moment=sides.moment, facts=given)) is Verdict.HOLDS
    shown = {name: as_toml(value) for name, value in given.items()}
    return Witness(on=sides.moment.today, words=words, facts=shown, real=real)
