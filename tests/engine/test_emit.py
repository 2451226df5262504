"""The law as a Python function: every odd turn of the language, compiled and read plainly, gives one answer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import Compare, Name, walk
from cme_rules.engine.assess import assess, assessor
from cme_rules.engine.emit import expand, write
from cme_rules.engine.facts import check_facts
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Policy
from tests.engine.odd import CONDITIONS, odd_policy
from tests.strategies import facts_for

TODAY = date(2026, 3, 10)
DAYS = (TODAY, date(2026, 2, 20), date(2021, 6, 1), date(2023, 5, 31), date(2019, 6, 1))


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return odd_policy(tmp_path_factory.mktemp("odd"))


def plain(policy: Policy, facts: dict[str, Any], on: date) -> Scope:
    """The facts as the plain reading sees them, with nothing judged beforehand."""
    return Scope(moment=assessor(policy, on=on, preview=("reform",)).moment, facts=check_facts(facts, policy))


class TestOddConditions:
    """One rule for each form a condition can take."""

    @settings(max_examples=200)
    @given(data=st.data(), on=st.sampled_from(DAYS))
    def test_compiled_and_plain_agree_on_every_slot(self, odd: Policy, data: st.DataObject, on: date) -> None:
        facts = data.draw(facts_for(odd))
        result = assess(facts, odd, on=on, preview=("reform",))
        scope = plain(odd, facts, on)

        for (rule_id, part), place in result.assessor.slots.items():
            rule = next(rule for rule in result.law.rules if rule.id == rule_id)
            tree = rule.when if part == "when" or not rule.duty else rule.duty.discharged
            assert tree is not None
            assert result.answers[place] is evaluate(tree, scope), (rule_id, part)

    @settings(max_examples=100)
    @given(data=st.data(), on=st.sampled_from(DAYS))
    def test_what_was_judged_on_the_way_is_what_the_plain_reading_says(
        self, odd: Policy, data: st.DataObject, on: date
    ) -> None:
        facts = data.draw(facts_for(odd))
        judged, scope = assess(facts, odd, on=on, preview=("reform",)).scope, plain(odd, facts, on)

        for rule in judged.moment.law.rules:
            for node in walk(rule.when):
                assert judged.of(node) == evaluate(node, scope)

    def test_a_rule_that_turns_on_no_fact_is_answered_for_everybody(self, odd: Policy) -> None:
        result = assess({}, odd, on=TODAY)

        assert (result["always"].verdict.value, result["never"].verdict.value) == ("holds", "fails")

    def test_a_number_without_a_value_on_the_day_leaves_its_rule_open(self, odd: Policy) -> None:
        facts = {"begins": date(2023, 5, 1)}

        assert assess(facts, odd, on=date(2023, 6, 1))["never_valued"].verdict.value == "holds"
        assert assess(facts, odd, on=TODAY)["never_valued"].verdict.value == "unknown"

    def test_without_rules_of_school_age_on_the_day_no_age_is_told(self, odd: Policy) -> None:
        facts = {"date_of_birth": date(2010, 5, 1)}

        assert assess(facts, odd, on=TODAY)["of_age"].verdict.value == "holds"
        early = assessor(odd, on=date(2019, 6, 1), preview=("reform",))
        assert early.law.school_age is None

    def test_a_finding_the_law_of_the_day_has_not_is_a_no(self, odd: Policy) -> None:
        facts = {"in_area": True, "on_roll": False, "schooling": "none"}
        early = assess(facts, odd, on=date(2019, 6, 1), preview=("reform",))

        assert early["fast_track"].verdict.value == "fails"
        assert assess(facts, odd, on=TODAY, preview=("reform",))["fast_track"].verdict.value == "holds"


class TestTheSource:
    """It can be read, and says each thing once."""

    def test_two_rules_with_the_same_condition_are_judged_once(self, odd: Policy) -> None:
        source = write(odd.as_of(TODAY)).source

        assert source.count("begins <= ON") == 1
        assert source.count("schooling == 'tutor'") == 1

    def test_atoms_of_the_same_shape_share_their_constant(self, odd: Policy) -> None:
        lines = write(odd.as_of(TODAY)).source.splitlines()
        turned = [line.split("<= ")[1] for line in lines if "begins <= K" in line or "last_taught <= K" in line]

        assert len(set(turned)) < len(turned)

    def test_a_rule_that_asks_for_a_fact_gives_the_fact_itself(self, odd: Policy) -> None:
        program = write(odd.as_of(TODAY))

        assert program.slots.index(("2/same_again", "when")) != program.slots.index(("2/again", "when"))
        assert "R0 = None if" in program.source

    def test_no_word_of_a_child_stands_in_it(self, odd: Policy) -> None:
        assess({"last_taught": date(2026, 1, 7)}, odd, on=TODAY)

        assert "2026" not in write(odd.as_of(TODAY)).source


class TestWritingOutDefinitions:
    """A definition that is no yes or no is written out; one that is stays a name."""

    def test_a_count_is_written_out_below_a_comparison(self, odd: Policy) -> None:
        tree = Compare(">=", Name("span_so_far"), Name("long"))

        assert expand(tree, odd) == Compare(">=", odd.definitions["span_so_far"].means, Name("long"))

    def test_a_yes_or_no_stays_as_it_is(self, odd: Policy) -> None:
        assert expand(Name("begun"), odd) == Name("begun")


def test_every_odd_condition_is_in_the_policy(tmp_path: Path) -> None:
    policy = odd_policy(tmp_path)

    assert set(CONDITIONS) <= {rule.finding for rule in policy.rules}
