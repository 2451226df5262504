"""The children two policies differ on: in which circumstances, which of the two holds, and one such child."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from cme_rules.conditions.judge import judge
from cme_rules.conditions.nodes import And, Node, Not
from cme_rules.conditions.words import say
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.diff.merged import Both
from cme_rules.verify.diff.model import Region
from cme_rules.verify.partial import Part, partly, parts_found
from cme_rules.verify.witness import Witness
from cme_rules.verify.written import as_toml

__all__ = ["MOST_REGIONS", "Regions", "regions"]

MOST_REGIONS = 12
"""Regions told of one pair; beyond that a change is better read in words."""


@frozen(kw_only=True)
class Regions:
    """The regions told of one pair, and whether these are all in which the two differ."""

    told: tuple[Region, ...]
    all_of_them: bool = True


def regions(one: Rule, other: Rule, sides: Both) -> Regions:
    """Every region in which one rule's answer differs from the other's, the facts being known.

    The two conditions differ nowhere if there is none, and these are all.
    """
    first, second = sides.of_first(one.when), sides.of_second(other.when)
    if first == second:
        return Regions(told=())
    told: list[Region] = []
    complete = True
    for holds_in, tree in (("first", And((first, Not(second)))), ("second", And((Not(first), second)))):
        found = parts_found(tree, sides.moment, at_most=4 * MOST_REGIONS)
        by_words = {_words(_needed(part, tree), sides): part for part in reversed(found.parts)}
        complete = complete and found.all_of_them and len(by_words) <= MOST_REGIONS
        for words, part in list(reversed(by_words.items()))[:MOST_REGIONS]:
            told.append(_region(one, other, holds_in, words=words, child=_child(part, words, tree, sides)))
    return Regions(told=tuple(told), all_of_them=complete)


def _region(one: Rule, other: Rule, holds_in: str, *, words: str, child: Witness) -> Region:
    paragraphs = tuple(dict.fromkeys((*one.paragraphs, *other.paragraphs)))
    return Region(first=one.name, second=other.name, holds_in=holds_in, words=words, paragraphs=paragraphs, child=child)


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
