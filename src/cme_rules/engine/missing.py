"""Which facts would settle an unknown, and why a count could not be made."""

from collections.abc import Iterator
from typing import assert_never

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today, names_in
from cme_rules.engine.result import MissingFact
from cme_rules.engine.scope import Scope

__all__ = ["missing_from"]

_Wanting = tuple[str, str]
"""(fact name, "") or ("", why a count could not be made)."""


def missing_from(node: Node, scope: Scope) -> tuple[MissingFact, ...]:
    """The missing facts that keep a tree unknown, in reading order, each once.

    A part that is settled asks for nothing. A calendar that does not reach is said as a missing fact without a name.
    """
    law = id(node) in scope.places  # a part of the law itself: its identity is nobody else's
    if not law:
        return tuple([_asked(wanting, scope) for wanting in _unsettled(node, scope)])
    if ("missing", id(node)) not in scope.notes:
        scope.notes["missing", id(node)] = tuple([_asked(wanting, scope) for wanting in _unsettled(node, scope)])
    found: tuple[MissingFact, ...] = scope.notes["missing", id(node)]
    return found


def _asked(wanting: _Wanting, scope: Scope) -> MissingFact:
    """The question for what is wanting, the same for every child."""
    asked: dict[_Wanting, MissingFact] = scope.moment.notes.setdefault("asked", {})
    if wanting not in asked:
        name, why = wanting
        spec = scope.moment.law.policy.facts.get(name)
        question, knows = (spec.ask, spec.knows) if spec else (why, ())
        asked[wanting] = MissingFact(name=name, question=question, knows=knows)
    return asked[wanting]


def _unsettled(node: Node, scope: Scope) -> dict[_Wanting, None]:
    """Each thing that keeps a tree from an answer, in reading order."""
    found: dict[_Wanting, None] = {}
    _gather(node, scope, found)
    return found


def _gather(node: Node, scope: Scope, found: dict[_Wanting, None]) -> None:
    if scope.of(node) is not None:
        return
    if isinstance(node, And | Or):
        for operand in node.operands:
            _gather(operand, scope, found)
    elif isinstance(node, Not):
        _gather(node.operand, scope, found)
    else:
        wanting = _of_name(node.name, scope) if isinstance(node, Name) else _of_atom(node, scope)
        for each in wanting:
            found[each] = None


def _of_atom(node: Node, scope: Scope) -> tuple[_Wanting, ...]:
    """What an atom lacks; where none of its facts is given, that is the same for every child."""
    if id(node) not in scope.places:  # no part of the law itself, so its identity may be another's tomorrow
        return tuple(_lacking(node, scope))
    notes: dict[int, tuple[frozenset[str], tuple[_Wanting, ...]]] = scope.moment.notes.setdefault("atoms", {})
    if id(node) not in notes:
        nobody = Scope(moment=scope.moment, facts={})
        notes[id(node)] = frozenset(_facts(node, scope)), tuple(_lacking(node, nobody))
    names, wanting = notes[id(node)]
    return wanting if names.isdisjoint(scope.facts) else tuple(_lacking(node, scope))


def _facts(node: Node, scope: Scope) -> Iterator[str]:
    policy = scope.moment.law.policy
    for name in names_in(node):
        if name in policy.definitions:
            yield from _facts(policy.definitions[name].means, scope)
        elif name in policy.facts:
            yield name


def _lacking(node: Node, scope: Scope) -> Iterator[_Wanting]:
    if evaluate(node, scope) is not None:
        return
    match node:
        case Name(name=name):
            yield from _of_name(name, scope)
        case Call(function=function, arguments=arguments):
            values = tuple(evaluate(argument, scope) for argument in arguments)
            for argument in arguments:
                yield from _lacking(argument, scope)
            if function != "known" and None not in values:
                yield "", scope.moment.obstacle(function, values)
        case Compare(left=left, right=right):
            yield from _lacking(left, scope)
            yield from _lacking(right, scope)
        case OneOf(item=item):
            yield from _lacking(item, scope)
        case And() | Or() | Not():  # pragma: no cover - an atom holds none of these
            return
        case Literal() | Today():  # pragma: no cover - these always have a value
            return
        case _:
            assert_never(node)


def _of_name(name: str, scope: Scope) -> tuple[_Wanting, ...]:
    law = scope.moment.law
    if name in law.policy.facts:
        return ((name, ""),)
    if name in law.policy.parameters:
        return (("", f"the policy states no value of {name} for this day"),)
    if ("behind", name) not in scope.notes:
        behind = law.policy.definitions.get(name)
        tree = behind.means if behind else law.findings[name].when
        scope.notes["behind", name] = tuple(_unsettled(tree, scope))
    found: tuple[_Wanting, ...] = scope.notes["behind", name]
    return found
