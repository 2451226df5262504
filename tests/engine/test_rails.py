"""Three-valued answers as pairs of expressions, folded where something cannot matter."""

import pytest

from cme_rules.engine.rails import ALWAYS, NEITHER, answer, both, either, of_answer, opposite

A, B = ("a", "a is False"), ("b", "b is False")


@pytest.mark.parametrize(
    ("rails", "expected"),
    [
        (A, "a"),
        (ALWAYS, "True"),
        (opposite(ALWAYS), "False"),
        (NEITHER, "None"),
        (("a", "False"), "True if a else None"),
        (("False", "a"), "False if a else None"),
        (opposite(A), "True if a is False else False if a else None"),
        (("True", "a"), "True"),
    ],
)
def test_an_answer_is_written_as_short_as_it_can_be(rails: tuple[str, str], expected: str) -> None:
    # A bare name is itself True, False or None.
    assert answer(rails) == expected


def test_a_part_that_always_holds_is_left_out_of_a_conjunction() -> None:
    assert both([A, ALWAYS]) == A


def test_a_part_that_never_holds_decides_a_conjunction() -> None:
    assert both([A, opposite(ALWAYS)]) == ("False", "True")


def test_a_part_that_always_holds_decides_an_alternative() -> None:
    assert either([A, ALWAYS, B]) == ALWAYS


def test_nothing_at_all_holds_as_a_conjunction_and_fails_as_an_alternative() -> None:
    assert (both([]), either([])) == (ALWAYS, opposite(ALWAYS))


def test_the_same_part_twice_is_written_once() -> None:
    assert both([A, A]) == A


def test_an_unknown_part_keeps_a_conjunction_from_holding() -> None:
    assert both([A, NEITHER]) == ("False", "a is False")


def test_the_rails_of_a_written_answer_are_those_of_its_value() -> None:
    assert [of_answer(value) for value in ("True", "False", "None")] == [ALWAYS, opposite(ALWAYS), NEITHER]
