"""The search for gaps in three-valued judging, and the solver, against trying everything there is."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cme_rules import load_policy
from cme_rules.conditions.nodes import And, Name, Node, Not, Or
from cme_rules.engine.assess import assessor
from cme_rules.verify import completion
from cme_rules.verify import search as search_room
from cme_rules.verify.cells import Choice, Variable, atoms_of, variables_of, written_out
from cme_rules.verify.completion import weaker_than_completion
from cme_rules.verify.gaps import Gap, TooMany, Ways, questions, search, wanting
from cme_rules.verify.partial import partly
from cme_rules.verify.search import Outcome, look_for
from cme_rules.verify.solver import gaps_by_solver, solved

A, B, C = Name("a"), Name("b"), Name("c")
LOW, MIDDLE = Name("low"), Name("middle")
VARIABLES = (
    *(Variable((node.name,), (Choice({node: True}), Choice({node: False}))) for node in (A, B, C)),
    Variable(
        ("number",),
        tuple(Choice({LOW: low, MIDDLE: middle}) for low, middle in ((True, False), (False, True), (False, False))),
    ),
)
TREES = st.recursive(
    st.sampled_from([A, B, C, LOW, MIDDLE]),
    lambda below: st.one_of(
        below.map(Not),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=9,
)


def of(tree: Node) -> tuple[Variable, ...]:
    """The variables a tree speaks of."""
    atoms = set(atoms_of(tree))
    return tuple(each for each in VARIABLES if atoms & set(each.choices[0].atoms))


def by_trying_everything(tree: Node) -> bool:
    """Whether there is any way of knowing some variables in which the answer is open and all completions agree."""
    variables = of(tree)
    for known in product(*((None, *each.choices) for each in variables)):
        settled = {a: t for choice in known if choice is not None for a, t in choice.atoms.items()}
        if partly(tree, settled)[0] is None and len(set(completions(tree, settled, known))) == 1:
            return True
    return False


def completions(tree: Node, settled: Mapping[Node, bool | None], known: tuple[Choice | None, ...]) -> Iterator[object]:
    left = [each.choices for each, choice in zip(of(tree), known, strict=True) if choice is None]
    for more in product(*left):
        yield partly(tree, {**settled, **{a: t for choice in more for a, t in choice.atoms.items()}})[0]


def by_search(tree: Node) -> list[tuple[Gap, bool]]:
    """Every gap found, and whether it is one."""
    return [
        (gap, wanting(asked, gap.known)) for asked in questions(tree, of(tree)) for gap in search(asked, ways=Ways())
    ]


@given(TREES)
def test_a_gap_is_found_just_where_there_is_one(tree: Node) -> None:
    found = by_search(tree)

    assert bool(found) == by_trying_everything(tree)
    assert all(is_one for _, is_one in found)


@given(TREES)
def test_the_solver_finds_a_gap_where_the_search_does(tree: Node) -> None:
    for asked in questions(tree, of(tree)):
        by_hand = {tuple(sorted(map(str, gap.known.items()))) for gap in search(asked, ways=Ways())}
        by_solver = list(gaps_by_solver(asked))

        assert bool(by_hand) == bool(by_solver)
        assert all(wanting(asked, gap.known) for gap in by_solver)


@given(TREES, st.booleans())
def test_the_solver_finds_a_child_where_trying_everything_does(tree: Node, wanted: bool) -> None:  # noqa: FBT001
    variables = of(tree)
    answers = {
        partly(tree, {a: t for choice in chosen for a, t in choice.atoms.items()})[0]
        for chosen in product(*(each.choices for each in variables))
    }

    found = solved(tree, wanted, variables)

    assert (found is not None) == (wanted in answers)
    if found is not None:
        assert partly(tree, {a: t for choice in found for a, t in choice.atoms.items()})[0] is wanted


class TestTooMany:
    """What is too large for the search goes to the solver, where that is there."""

    def test_the_solver_takes_over_a_proof(self, monkeypatch: pytest.MonkeyPatch) -> None:
        policy = load_policy("england")
        moment = assessor(policy, on=date(2026, 3, 20)).moment
        due = moment.law.findings["removal_due"].when
        tree = written_out(And((due, Not(due))), moment.law)
        monkeypatch.setattr(search_room, "MOST_CELLS", 50)

        assert look_for(tree, wanted=True, moment=moment).outcome is Outcome.NONE
        monkeypatch.setattr(search_room, "solved", absent)
        assert look_for(tree, wanted=True, moment=moment).outcome is Outcome.TOO_MANY

    def test_the_solver_takes_over_a_question_of_completion(self, monkeypatch: pytest.MonkeyPatch) -> None:
        policy = load_policy("england")
        monkeypatch.setattr(completion, "Ways", lambda: Ways(most=1))

        found = weaker_than_completion(policy, on=date(2026, 3, 20))

        assert found.open_rules == ()
        assert set(found.weaker_rules) >= {"s.438(3)/naming", "reg.2024.9(1)/due"}

    def test_without_it_the_question_is_left_open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        policy = load_policy("england")
        monkeypatch.setattr(completion, "Ways", lambda: Ways(most=1))
        monkeypatch.setattr(completion, "gaps_by_solver", absent)

        assert "s.438(3)/naming" in weaker_than_completion(policy, on=date(2026, 3, 20)).open_rules

    def test_the_search_says_when_there_are_too_many(self) -> None:
        tree = Or((And((A, B)), And((Not(A), C))))
        asked = next(iter(questions(tree, of(tree))))

        with pytest.raises(TooMany):
            list(search(asked, ways=Ways(most=0)))


def absent(*_: object) -> object:
    msg = "no solver here"
    raise ImportError(msg)


@pytest.mark.parametrize("name", ["england", "east_sussex"])
def test_the_shipped_policies_leave_no_question_open(name: str) -> None:
    policy = load_policy(name)
    moment = assessor(policy, on=date(2026, 3, 20)).moment

    assert weaker_than_completion(policy, on=date(2026, 3, 20)).open_rules == ()
    assert all(variables_of((written_out(rule.when, moment.law),), moment) for rule in moment.law.rules[:3])
