"""The same law as a decision of zen-engine: one expression a rule, days as day numbers that the host works out.

zen-engine has null but not the logic of it, so each rule is written out as where it holds and where it fails, as our
own compiler writes it. It has no calendars and no school age: what those come to on the day is handed to it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import zen

from cme_rules.conditions.judge import OPPOSITE
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today
from cme_rules.engine.emit import expand
from cme_rules.engine.invert import date_in, is_partial, trend, turning
from cme_rules.engine.moment import Moment
from cme_rules.policy.model.policy import Law

__all__ = ["in_zen", "numbered"]

_NEVER = -1
"""The day number of an event that never happened: no real day has it."""

Rails = tuple[str, str]


def numbered(child: Mapping[str, Any], days: frozenset[str]) -> dict[str, Any]:
    """A child as zen-engine takes it: days as numbers."""
    return {name: (value.toordinal() if value else _NEVER) if name in days else value for name, value in child.items()}


def in_zen(moment: Moment) -> Callable[[dict[str, Any]], Mapping[str, Any]]:
    """The law of a day as a function: a child with numbered days in, what came of every rule out (no key: unknown)."""
    expressions = [
        {"id": name, "key": name, "value": f"{holds} ? true : {fails} ? false : null"}
        for name, (holds, fails) in _expressions(moment)
    ]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "law", "name": "law", "type": "expressionNode", "position": {"x": 0, "y": 0},
         "content": {"expressions": expressions}},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ]  # fmt: skip
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "law"},
        {"id": "2", "type": "edge", "sourceId": "law", "targetId": "out"},
    ]
    graph = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"law": graph}}})
    return lambda child: engine.evaluate("law", child)["result"]


def _expressions(moment: Moment) -> list[tuple[str, Rails]]:
    """Each definition and rule in the order in which the law uses them."""
    law, written = moment.law, dict[str, Rails]()
    for rule in law.rules:
        _write(rule.name, rule.when, moment, written)
    return list(written.items())


def _write(name: str, tree: Node, moment: Moment, written: dict[str, Rails]) -> None:
    if name in written:
        return
    law = moment.law
    for used in _used(tree, law):
        behind = law.policy.definitions.get(used)
        _write(used, behind.means if behind else law.findings[used].when, moment, written)
    written[name] = _rails(tree, moment)


def _used(tree: Node, law: Law) -> list[str]:
    """The definitions that are a yes or no, and the findings, that a tree names."""
    match tree:
        case And(operands=operands) | Or(operands=operands):
            return [name for operand in operands for name in _used(operand, law)]
        case Not(operand=operand):
            return _used(operand, law)
        case Name(name=name) if name not in law.policy.facts:
            return [name]
        case _:
            return []


def _rails(tree: Node, moment: Moment) -> Rails:
    match tree:
        case And(operands=operands):
            parts = [_rails(operand, moment) for operand in operands]
            return f"({' and '.join(one for one, _ in parts)})", f"({' or '.join(other for _, other in parts)})"
        case Or(operands=operands):
            parts = [_rails(operand, moment) for operand in operands]
            return f"({' or '.join(one for one, _ in parts)})", f"({' and '.join(other for _, other in parts)})"
        case Not(operand=operand):
            return _rails(operand, moment)[::-1]
        case Name(name=name):
            where = name if name in moment.law.policy.facts else f"$.{name}"
            return f"{where} == true", f"{where} == false"
        case _:
            return _atom(expand(tree, moment.law.policy), moment)


def _atom(atom: Node, moment: Moment) -> Rails:
    policy, law = moment.law.policy, moment.law
    match atom:
        case OneOf(item=Name(name=name), words=words):
            listed = ", ".join(f"'{word}'" for word in words)
            return f"({name} != null and {name} in [{listed}])", f"({name} != null and {name} not in [{listed}])"
        case Compare(operator=sign, left=Name(name=name), right=Literal(value=str() as word)):
            return (
                f"({name} != null and {name} {sign} '{word}')",
                f"({name} != null and {name} {OPPOSITE[sign]} '{word}')",
            )
        case Compare(operator=sign, left=Call("rate", (Name(part), Name(whole))), right=Name(name=share)):
            given = f"{part} != null and {whole} != null and {whole} > 0"
            return _both_ways(given, f"{part} * 100", sign, f"{law.parameters[share]} * {whole}")
        case Compare(operator=sign, left=Call("days_between", (Name(first), Name(last))), right=Name(name=span)):
            return _of_days((first, last), f"{last} - {first}", sign, _count(span, law))
        case Compare(operator=sign, left=Name(name=name), right=Name(name=number)) if number in law.parameters:
            return _both_ways(f"{name} != null", name, sign, _count(number, law))
        case Compare(operator=sign, left=Name(name=name), right=Call("last_day", (Name(span), Name(start)))):
            return _of_days((name, start), name, sign, f"{start} + {_length(span, moment)}")
        case Compare(operator=sign, left=Name(name=name), right=Today()):
            return _of_days((name,), name, sign, str(moment.today.toordinal()))
    name = date_in(atom, policy)
    turn = turning(atom, moment)
    early, late = f"{name} <= {turn.low.toordinal()}", f"{name} > {turn.low.toordinal()}"
    holds, fails = (late, early) if trend(atom, policy) > 0 else (early, late)
    given = f"{name} != null and {name} > 0"
    if is_partial(atom, policy):
        given += f" and {name} >= {turn.first.toordinal()} and {name} <= {turn.last.toordinal()}"
    return f"({given} and {holds})", f"({name} != null and {name} < 0 or {given} and {fails})"


def _count(name: str, law: Law) -> str:
    value = law.parameters[name]
    return str(getattr(value, "count", value))


def _length(span: str, moment: Moment) -> int:
    reached = moment.call("last_day", (moment.law.parameters[span], moment.today))
    assert isinstance(reached, date)  # noqa: S101 - a span of days
    return (reached - moment.today).days


def _both_ways(given: str, one: str, sign: str, other: str) -> Rails:
    return f"({given} and {one} {sign} {other})", f"({given} and {one} {OPPOSITE[sign]} {other})"


def _of_days(names: tuple[str, ...], one: str, sign: str, other: str) -> Rails:
    """A comparison of days: it fails where an event never happened, and says nothing where a day is missing."""
    given = " and ".join(f"{name} != null" for name in names)
    real = " and ".join(f"{name} > 0" for name in names)
    never = " or ".join(f"{name} < 0" for name in names)
    return (
        f"({given} and {real} and {one} {sign} {other})",
        f"({given} and ({never} or {one} {OPPOSITE[sign]} {other}))",
    )
