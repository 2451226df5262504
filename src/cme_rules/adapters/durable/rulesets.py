"""From lines to the rulesets the engine is given, each well within the limits it was measured to bear.

The engine looks every attribute up among all tests of a ruleset, one after another, so several small rulesets in a
row are also quicker than one large one. What an earlier ruleset concludes is asserted to the later ones that need it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any

from attrs import frozen

from cme_rules.adapters.durable.errors import EngineCompileError
from cme_rules.adapters.durable.hashes import collisions
from cme_rules.adapters.durable.lines import Line, Program, Test, ids

__all__ = ["END", "Ruleset", "rulesets"]

END = "end"
"""The attribute asserted last: where its line does not fire, something before it stopped the engine from reading."""

_MOST_LINES = 100
_MOST_TESTS = 150
_MOST_TESTS_OF_A_KEY = 50
_MOST_USES_OF_A_TEST = 200
_MOST_TESTS_OF_A_LINE = 15

_OPERATORS = MappingProxyType({"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"})


@frozen(kw_only=True)
class Ruleset:
    """Some lines as the JSON the engine reads.

    `takes` are the keys asserted to it from outside, `keeps` those it concludes and tests itself.
    """

    lines: tuple[Line, ...]
    takes: tuple[str, ...]
    keeps: frozenset[str]
    text: str


def rulesets(program: Program) -> tuple[Ruleset, ...]:
    """The rulesets of a program, in the order in which they are to be asked.

    Raises EngineCompileError where a part is too large for any ruleset, or two names share a hash.
    """
    made: list[Ruleset] = []
    lines: list[Line] = []
    for _, group in groupby(program.lines, key=lambda line: line.key):
        part = list(group)
        if _too_much([*lines, *part]):
            made.append(_ruleset(lines, program))
            lines = []
        lines += part
        if _too_much(part):
            raise EngineCompileError(_said(part[0].key, program))
    return tuple([*made, _ruleset(lines, program)] if lines else made)


def _too_much(lines: Iterable[Line]) -> bool:
    lines = list(lines)
    uses = Counter(test for line in lines for test in line.tests)
    tests_of = Counter(test.key for test in uses)
    return (
        len(lines) > _MOST_LINES
        or len(uses) > _MOST_TESTS
        or max(uses.values(), default=0) > _MOST_USES_OF_A_TEST
        or max(tests_of.values(), default=0) > _MOST_TESTS_OF_A_KEY
        or max((len(line.tests) for line in lines), default=0) > _MOST_TESTS_OF_A_LINE
    )


def _said(key: str, program: Program) -> str:
    rules = [rule for (rule, _), root in zip(program.slots, program.roots, strict=True) if root == key]
    whose = f"rule {rules[0]!r}" if rules else "a part of a condition"
    return f"policy {program.law.policy.id!r}: {whose} is larger than the engine is known to bear"


def _ruleset(lines: list[Line], program: Program) -> Ruleset:
    concluded = {line.key for line in lines}
    tested = dict.fromkeys(test.key for line in lines for test in line.tests)
    takes = tuple(key for key in tested if key not in concluded)
    names = [*takes, END, *(each for key in concluded for each in ids(key))]
    if collisions(dict.fromkeys(names)):
        msg = f"policy {program.law.policy.id!r}: two names of a ruleset have the same hash"
        raise EngineCompileError(msg)
    definition: dict[str, Any] = {f"r{place}": _defined(line.tests) for place, line in enumerate(lines)}
    definition[END] = {"all": [{"c0": {END: True}}], "dist": 0}
    text = json.dumps(definition, separators=(",", ":"))
    return Ruleset(lines=tuple(lines), takes=takes, keeps=frozenset(concluded & set(tested)), text=text)


def _defined(tests: tuple[Test, ...]) -> Mapping[str, Any]:
    """A line as the engine writes it. `dist` 0 lets one fact meet two tests of a line."""
    return {"all": [{f"c{place}": _tested(test)} for place, test in enumerate(tests)], "dist": 0}


def _tested(test: Test) -> Mapping[str, Any]:
    if test.operator == "==":
        return {test.key: test.value}
    return {_OPERATORS[test.operator]: {test.key: test.value}}
