"""A second prover, for questions with too many cells to go through one by one: the `verify` extra, z3.

It is asked exactly what the search by hand is asked, over the same choices; the tests hold the two against each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from cme_rules.conditions.nodes import And, Literal, Node, Not, Or
from cme_rules.verify.cells import Choice, Variable
from cme_rules.verify.gaps import Gap, Question, least

__all__ = ["gaps_by_solver", "solved"]

_PATIENCE = 20_000
"""Milliseconds after which a question is left open."""


def solved(tree: Node, wanted: bool, variables: Sequence[Variable]) -> tuple[Choice, ...] | None:  # noqa: FBT001
    """Choices of all the variables with which a written-out tree comes out as wanted; None where there are none.

    Raises ImportError without the extra, and TimeoutError where the solver did not come to an end.
    """
    import z3

    rails = _Rails(z3, tuple(_bools(z3, place, each) for place, each in enumerate(variables)))
    solver = _solver(z3, rails, all_known=True)
    solver.add(rails.of(tree, wanted, {}))
    return tuple(rails.chosen(solver.model())) if _ends_well(z3, solver) else None


def gaps_by_solver(question: Question) -> Iterator[Gap]:
    """The gaps of one question, each with as little known as it needs.

    Raises ImportError without the extra, and TimeoutError where the solver did not come to an end.
    """
    import z3

    rails = _Rails(z3, tuple(_bools(z3, place, each) for place, each in enumerate(question.others)))
    solver = _solver(z3, rails, all_known=False)
    unknown: dict[Node, bool | None] = dict.fromkeys((*question.wanting.choices[0].atoms, *question.tied))
    for choice in question.wanting.choices:
        solver.add(rails.of(question.tree, question.answer, {**unknown, **choice.atoms}))
    solver.add(z3.Not(rails.of(question.tree, question.answer, unknown)))
    while _ends_well(z3, solver):
        atoms = {a: t for choice in rails.chosen(solver.model()) for a, t in choice.atoms.items()}
        found = least(question, {atom: truth for atom, truth in atoms.items() if truth is not None})
        yield Gap(found, question.wanting, question.answer)
        solver.add(z3.Not(z3.And([rails.atom(atom, truth) for atom, truth in found.items()])))


def _bools(z3: Any, place: int, variable: Variable) -> "_Bools":  # noqa: ANN401 - z3 ships no types
    return tuple((choice, z3.Bool(f"v{place}c{number}")) for number, choice in enumerate(variable.choices))


_Bools = tuple[tuple[Choice, Any], ...]
"""The choices of a variable, each with what says that it is the one."""


def _solver(z3: Any, rails: "_Rails", *, all_known: bool) -> Any:  # noqa: ANN401
    """A solver that knows that a variable has one choice: at most one, where it may stay unknown."""
    solver = z3.Solver()
    solver.set("timeout", _PATIENCE)
    for bools in rails.bools:
        solver.add(z3.AtMost(*(each for _, each in bools), 1))
        if all_known:
            solver.add(z3.Or([each for _, each in bools]))
    return solver


def _ends_well(z3: Any, solver: Any) -> bool:  # noqa: ANN401
    answer = solver.check()
    if answer == z3.unknown:
        msg = "the solver did not come to an end"
        raise TimeoutError(msg)
    return bool(answer == z3.sat)


@frozen(eq=False)
class _Rails:
    """A tree as two formulas: that it is known to be so, and that it is known not to be."""

    z3: Any
    bools: tuple[_Bools, ...]

    def of(self, tree: Node, sign: bool, settled: Mapping[Node, bool | None]) -> Any:  # noqa: ANN401, FBT001
        """That a tree is known to be `sign`, where some atoms are settled, unknown ones with None."""
        match tree:
            case Literal(value=value):
                return self.z3.BoolVal(bool(value) is sign)
            case Not(operand=operand):
                return self.of(operand, not sign, settled)
            case And(operands=operands):
                return self._joined(operands, sign, settled, every=sign)
            case Or(operands=operands):
                return self._joined(operands, sign, settled, every=not sign)
            case _ if tree in settled:
                return self.z3.BoolVal(settled[tree] is sign)
            case _:
                return self.atom(tree, sign)

    def _joined(self, parts: Iterable[Node], sign: bool, settled: Mapping[Node, bool | None], *, every: bool) -> Any:  # noqa: ANN401, FBT001
        told = [self.of(part, sign, settled) for part in parts]
        return self.z3.And(told) if every else self.z3.Or(told)

    def atom(self, atom: Node, truth: bool) -> Any:  # noqa: ANN401, FBT001
        """That an atom is known to be so, or not to be."""
        fitting = [each for bools in self.bools for choice, each in bools if choice.atoms.get(atom) is truth]
        return self.z3.Or(fitting)

    def chosen(self, model: Any) -> tuple[Choice, ...]:  # noqa: ANN401
        """The choices a model makes."""
        return tuple(choice for bools in self.bools for choice, each in bools if self.z3.is_true(model.eval(each)))
