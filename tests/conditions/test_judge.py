"""Judging in three values."""

from collections.abc import Mapping
from datetime import date

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from cme_rules.calendars.spans import Counted, Span, Unit
from cme_rules.conditions.judge import Value, compared, evaluate, judge, verdict
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today, walk
from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict

TODAY = date(2026, 11, 23)


@frozen
class Given:
    """A scope of plain values; functions answer from a table."""

    values: Mapping[str, Value] = field(factory=dict)
    answers: Mapping[str, Value] = field(factory=dict)

    @property
    def today(self) -> date:
        return TODAY

    def value(self, name: str) -> Value:
        return self.values.get(name)

    def call(self, function: str, arguments: tuple[Value, ...]) -> Value:
        assert arguments
        return self.answers.get(function)


YES, NO, OPEN = Literal(value=True), Literal(value=False), Name("unknown")


class TestThreeValues:
    """An unknown part matters only where it could decide."""

    @pytest.mark.parametrize(
        ("tree", "expected"),
        [
            (And((YES, YES)), True),
            (And((YES, OPEN)), None),
            (And((OPEN, NO)), False),
            (Or((NO, NO)), False),
            (Or((NO, OPEN)), None),
            (Or((OPEN, YES)), True),
            (Not(YES), False),
            (Not(NO), True),
            (Not(OPEN), None),
        ],
    )
    def test_and_or_and_not(self, tree: Node, expected: bool | None) -> None:  # noqa: FBT001 - a table's value
        assert evaluate(tree, Given()) is expected

    def test_a_missing_text_is_not_outside_the_list(self) -> None:
        assert evaluate(OneOf(Name("word"), ("a",)), Given()) is None

    def test_a_given_text_is_in_the_list_or_not(self) -> None:
        assert evaluate(OneOf(Name("word"), ("a",)), Given({"word": "a"})) is True
        assert evaluate(OneOf(Name("word"), ("a",)), Given({"word": "b"})) is False

    def test_the_day_assessed_is_a_value(self) -> None:
        assert evaluate(Compare("==", Today(), Name("day")), Given({"day": TODAY})) is True

    def test_known_holds_or_is_unknown_and_never_fails(self) -> None:
        known = Call("known", (Name("x"),))

        assert evaluate(known, Given({"x": False})) is True
        assert evaluate(known, Given({"x": NEVER})) is True
        assert evaluate(known, Given()) is None

    def test_a_function_is_not_asked_about_a_missing_fact(self) -> None:
        assert evaluate(Call("days_since", (Name("x"),)), Given(answers={"days_since": 3})) is None

    def test_a_function_that_cannot_tell_leaves_it_unknown(self) -> None:
        assert evaluate(Call("days_since", (Name("x"),)), Given({"x": TODAY})) is None


class TestNever:
    """An event known not to have happened answers every question about it with no."""

    def test_what_never_happened_has_not_come_and_has_not_passed(self) -> None:
        given_never = Given({"x": NEVER}, {"happened": True, "passed": True})

        assert evaluate(Call("happened", (Name("x"),)), given_never) is False
        assert evaluate(Call("passed", (Name("x"),)), given_never) is False

    def test_a_count_from_it_fails_every_comparison(self) -> None:
        since = Call("days_since", (Name("x"),))

        for operator in ("==", "!=", "<", "<=", ">", ">="):
            assert evaluate(Compare(operator, since, Literal(0)), Given({"x": NEVER})) is False

    def test_two_of_them_are_not_equal_days(self) -> None:
        assert compared("==", NEVER, NEVER) is False

    def test_beside_a_missing_fact_it_stays_unknown(self) -> None:
        assert compared("<", NEVER, None) is None


class TestComparisons:
    """Spans compare by their count."""

    @pytest.mark.parametrize(("days", "expected"), [(27, False), (28, True), (29, True)])
    def test_a_count_against_a_span(self, days: int, expected: bool) -> None:  # noqa: FBT001 - a table's value
        span = Span(28, unit=Unit.CALENDAR_DAY, counted=Counted.AFTER)

        assert compared(">=", days, span) is expected
        assert compared("<=", span, days) is expected


def test_verdicts_are_named() -> None:
    assert [verdict(value) for value in (True, False, None)] == [Verdict.HOLDS, Verdict.FAILS, Verdict.UNKNOWN]
    assert judge(YES, Given()) is Verdict.HOLDS


def test_a_verdict_refuses_to_be_a_bool() -> None:
    with pytest.raises(TypeError, match="compare it"):
        bool(Verdict.UNKNOWN)


names = st.sampled_from(["a", "b", "c", "d"])
trees: st.SearchStrategy[Node] = st.recursive(
    names.map(Name),
    lambda below: st.one_of(
        below.map(Not),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=12,
)
facts = st.dictionaries(names, st.booleans())


class TestLearning:
    """Learning a fact may settle an unknown and never flips a settled answer."""

    @given(tree=trees, known=facts, more=facts)
    def test_a_settled_answer_stays(self, tree: Node, known: dict[str, bool], more: dict[str, bool]) -> None:
        before = evaluate(tree, Given(known))
        after = evaluate(tree, Given({**more, **known}))

        assert before is None or after is before

    @given(tree=trees, known=st.fixed_dictionaries({name: st.booleans() for name in "abcd"}))
    def test_with_every_fact_known_there_is_an_answer(self, tree: Node, known: dict[str, bool]) -> None:
        assert evaluate(tree, Given(known)) is not None

    @given(tree=trees)
    def test_walking_meets_every_leaf(self, tree: Node) -> None:
        assert all(isinstance(part, Name | Not | And | Or) for part in walk(tree))
