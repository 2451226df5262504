"""Rulesets stay within what the engine was measured to bear, and are refused where they cannot."""

import json

import pytest
from attrs import evolve

from cme_rules.adapters.durable import EngineCompileError
from cme_rules.adapters.durable.compile import compile_law
from cme_rules.adapters.durable.lines import Line, Program, Test
from cme_rules.adapters.durable.rulesets import END, rulesets
from cme_rules.conditions.nodes import Name
from cme_rules.policy.loading.load import load_policy
from tests.adapters.durable.given import ON

PROGRAM = compile_law(load_policy("east_sussex").as_of(ON))


def with_lines(*lines: Line) -> Program:
    return evolve(PROGRAM, lines=lines)


def a_test(key: str, value: int) -> Test:
    return Test(key, "==", value, Name(key), holds=True)


class TestTheRulesetsOfARealPolicy:
    """Small, in a row, and complete."""

    def test_together_they_hold_every_line_once_and_in_order(self) -> None:
        assert tuple(line for ruleset in rulesets(PROGRAM) for line in ruleset.lines) == PROGRAM.lines

    def test_none_has_more_than_a_hundred_lines(self) -> None:
        assert max(len(ruleset.lines) for ruleset in rulesets(PROGRAM)) <= 100

    def test_each_takes_only_what_is_told_or_concluded_earlier(self) -> None:
        known = set(PROGRAM.sources)
        for ruleset in rulesets(PROGRAM):
            assert set(ruleset.takes) <= known
            known |= {line.key for line in ruleset.lines}

    def test_the_engine_is_given_literal_tests_and_nothing_else(self) -> None:
        for ruleset in rulesets(PROGRAM):
            for rule in json.loads(ruleset.text).values():
                assert set(rule) == {"all", "dist"}
                for condition in rule["all"]:
                    ((_, test),) = condition.items()
                    ((operator, compared),) = test.items()
                    assert operator in {"$neq", "$lt", "$lte", "$gt", "$gte"} or not operator.startswith("$")
                    assert not isinstance(compared, list)

    def test_the_last_rule_is_the_one_that_tells_the_end_was_read(self) -> None:
        assert [list(json.loads(ruleset.text))[-1] for ruleset in rulesets(PROGRAM)] == [END] * len(rulesets(PROGRAM))


class TestWhatIsRefused:
    """At compile time, not with the first child."""

    def test_a_part_of_more_lines_than_a_ruleset_bears(self) -> None:
        lines = [Line(key="n1", holds=True, tests=(a_test(f"f{number}", 1),)) for number in range(101)]

        with pytest.raises(EngineCompileError, match="larger than the engine is known to bear"):
            rulesets(with_lines(*lines))

    def test_a_line_of_more_tests_than_the_engine_bears(self) -> None:
        tests = tuple(a_test(f"f{number}", 1) for number in range(16))

        with pytest.raises(EngineCompileError, match="larger than"):
            rulesets(with_lines(Line(key="n1", holds=True, tests=tests)))

    def test_two_names_with_the_same_hash(self) -> None:
        lines = [Line(key="n1", holds=True, tests=(a_test("liquid", 1), a_test("costarring", 1)))]

        with pytest.raises(EngineCompileError, match="the same hash"):
            rulesets(with_lines(*lines))

    def test_a_rule_is_named_by_its_id(self) -> None:
        root = PROGRAM.roots[0]
        lines = [Line(key=root, holds=True, tests=(a_test(f"f{number}", 1),)) for number in range(101)]

        with pytest.raises(
            EngineCompileError, match=f"rule '{PROGRAM.slots[0][0]}'".replace("(", r"\(").replace(")", r"\)")
        ):
            rulesets(with_lines(*lines))

    def test_many_values_of_one_attribute_are_spread_over_rulesets(self) -> None:
        lines = [Line(key=f"n{number}", holds=True, tests=(a_test("f1", number),)) for number in range(60)]

        assert len(rulesets(with_lines(*lines))) == 2


def test_a_policy_without_rules_has_no_rulesets() -> None:
    assert rulesets(with_lines()) == ()
