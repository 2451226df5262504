"""Every way a child can stand towards a set of conditions, as finitely many choices.

A condition turns on atoms: a yes-or-no fact, a word from a list, a comparison of a number or a day. Atoms on one fact
belong together, because one value settles them all: such a group is a Variable, and each of its choices says which of
its atoms hold for some value a child could have. For groups on a single fact the choices are exact. A comparison of
several facts is a group of its own, taken to be free of the others: that can only add ways, never lose one, so what
is proved over the choices is proved.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today, names_in, walk
from cme_rules.domain.never import NEVER
from cme_rules.engine.emit import expand
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Law
from cme_rules.verify.days import days_worth_trying

__all__ = ["Choice", "Variable", "atoms_of", "signed_atoms", "variables_of", "written_out"]


@frozen
class Choice:
    """One way to settle a variable: what each of its atoms then is, and facts of a child that has it so, if known."""

    atoms: Mapping[Node, bool | None]
    facts: Mapping[str, Any] | None = None


@frozen
class Variable:
    """Atoms that stand and fall together, with every way they can; `facts` names what they turn on."""

    facts: tuple[str, ...]
    choices: tuple[Choice, ...] = field(repr=False)


def written_out(node: Node, law: Law) -> Node:
    """The tree with every definition and finding written out, down to facts and numbers of the policy."""
    match node:
        case Not(operand=operand):
            return Not(written_out(operand, law))
        case And(operands=operands):
            return And(tuple(written_out(operand, law) for operand in operands))
        case Or(operands=operands):
            return Or(tuple(written_out(operand, law) for operand in operands))
        case Name(name=name) if name not in law.policy.facts:
            return _meant(name, law)
        case _:
            return expand(node, law.policy)


def _meant(name: str, law: Law) -> Node:
    """What a name of a yes or no stands for; a finding the day's law does not have never holds."""
    if name in law.policy.definitions:
        return written_out(law.policy.definitions[name].means, law)
    return written_out(law.findings[name].when, law) if name in law.findings else Literal(value=False)


def atoms_of(tree: Node) -> Iterator[Node]:
    """The atoms of a tree that is written out, in reading order."""
    return (atom for atom, _ in signed_atoms(tree))


def signed_atoms(tree: Node, *, sign: bool = True) -> Iterator[tuple[Node, bool]]:
    """The atoms with whether each stands for the tree or, under a `not`, against it."""
    match tree:
        case Not(operand=operand):
            yield from signed_atoms(operand, sign=not sign)
        case And(operands=operands) | Or(operands=operands):
            for operand in operands:
                yield from signed_atoms(operand, sign=sign)
        case Literal():
            return
        case _:
            yield tree, sign


def variables_of(trees: Iterable[Node], moment: Moment) -> tuple[Variable, ...]:
    """The variables of some written-out trees: each atom stands in exactly one."""
    groups: dict[tuple[Any, ...], dict[Node, None]] = defaultdict(dict)
    for tree in trees:
        for atom in atoms_of(tree):
            groups[_group(atom, moment)][atom] = None
    return tuple(_variable(key, tuple(atoms), moment) for key, atoms in groups.items())


def _group(atom: Node, moment: Moment) -> tuple[Any, ...]:
    """What decides an atom: one fact, a known number compared with others, or two things compared."""
    policy = moment.law.policy
    facts = tuple(name for name in dict.fromkeys(names_in(atom)) if name in policy.facts)
    if isinstance(atom, Call) and atom.function == "known":
        return ("known", facts)
    if len(facts) == 1 and policy.facts[facts[0]].kind.base is not Base.DATE:
        return ("fact", facts)
    if len(facts) == 1 and _reaches(atom, facts[0], moment):
        return ("fact", facts)
    left, _, right = _sides(atom)
    return ("term", facts, left) if _constant(right, moment) is not None else ("pair", facts, left, right)


def _reaches(atom: Node, fact: str, moment: Moment) -> bool:
    """Whether any day at all settles an atom: without a calendar, none may."""
    days = (day for day in days_worth_trying((atom,), fact, moment) if day is not NEVER)
    return any(_value(atom, {fact: day}, moment) is not None for day in days)


def _sides(atom: Node) -> tuple[Node, str, Node]:
    """What an atom compares: left, sign, right."""
    match atom:
        case Compare(operator=operator, left=left, right=right):
            return left, operator, right
        case Call(function="passed", arguments=(day,)):
            return Today(), ">", day
        case Call(function="happened", arguments=(day,)):
            return Today(), ">=", day
        case _:
            return atom, "==", Literal(value=True)


def _constant(node: Node, moment: Moment) -> int | None:
    """A side that is the same for every child: a number of the policy, or 0 or 1."""
    if any(isinstance(part, Name) and part.name in moment.law.policy.facts for part in walk(node)):
        return None
    value: Any = evaluate(node, Scope(moment=moment, facts={}))
    count = getattr(value, "count", value)
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def _variable(key: tuple[Any, ...], atoms: tuple[Node, ...], moment: Moment) -> Variable:
    facts = key[1]
    match key[0]:
        case "known":
            choices: Iterable[Choice] = [Choice(dict.fromkeys(atoms, True))]
        case "fact":
            tried = ({facts[0]: value} for value in _values(facts[0], atoms, moment))
            choices = [Choice({atom: _value(atom, given, moment) for atom in atoms}, given) for given in tried]
        case "term":
            choices = _of_term(atoms, moment)
        case _:
            choices = _of_pair(atoms)
    return Variable(facts, tuple(_each_once(choices)))


def _each_once(choices: Iterable[Choice]) -> Iterator[Choice]:
    seen = set()
    for choice in choices:
        pattern = tuple(choice.atoms.values())
        if pattern not in seen:
            seen.add(pattern)
            yield choice


def _value(atom: Node, facts: Mapping[str, Any], moment: Moment) -> bool | None:
    value = evaluate(atom, Scope(moment=moment, facts=facts))
    return None if value is None else bool(value)


def _values(fact: str, atoms: tuple[Node, ...], moment: Moment) -> Iterable[Any]:
    """Values of one fact between which no atom can tell a difference that is not seen."""
    spec = moment.law.policy.facts[fact]
    match spec.kind.base:
        case Base.BOOL:
            return (True, False)
        case Base.TEXT:
            return spec.kind.words or tuple(_words(atoms))
        case Base.INT:
            lowest = spec.minimum if spec.minimum is not None else -(10**9)
            return sorted({max(lowest, number) for number in _near(atoms, moment)})
        case _:
            return days_worth_trying(atoms, fact, moment)


def _words(atoms: tuple[Node, ...]) -> Iterator[str]:
    for atom in atoms:
        for part in walk(atom):
            yield from part.words if isinstance(part, OneOf) else ()


def _near(atoms: tuple[Node, ...], moment: Moment) -> Iterator[int]:
    """The numbers at, below and above every constant that an atom compares with."""
    for atom in atoms:
        left, _, right = _sides(atom)
        for side in (left, right):
            constant = _constant(side, moment)
            if constant is not None:
                yield from (constant - 1, constant, constant + 1)


def _of_term(atoms: tuple[Node, ...], moment: Moment) -> Iterator[Choice]:
    """Choices of a number worked out from several facts: each value near a constant, or never."""
    for number in sorted(set(_near(atoms, moment))):
        held = {atom: _holds(_sides(atom)[1], number - (_constant(_sides(atom)[2], moment) or 0)) for atom in atoms}
        yield Choice(held, _facts_giving(_sides(atoms[0])[0], number))
    yield Choice(dict.fromkeys(atoms, False))


def _of_pair(atoms: tuple[Node, ...]) -> Iterator[Choice]:
    """Choices of two things compared with one another: less, equal, more, or one of them never happened."""
    for difference in (-1, 0, 1):
        yield Choice({atom: _holds(_sides(atom)[1], difference) for atom in atoms})
    yield Choice(dict.fromkeys(atoms, False))


def _holds(sign: str, difference: int) -> bool:
    signs = {"<": difference < 0, ">": difference > 0, "==": difference == 0}
    signs |= {"<=": not signs[">"], ">=": not signs["<"], "!=": not signs["=="]}
    return signs[sign]


def _facts_giving(term: Node, number: int) -> Mapping[str, Any] | None:
    match term:
        case Call(function="rate", arguments=(Name(name=part), Name(name=whole))) if number >= 0:
            return {part: number, whole: 100}
        case _:
            return None
