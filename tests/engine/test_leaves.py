"""A condition written out to its leaves says what the condition says."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import And, Literal, Name, Not, Or
from cme_rules.engine.assess import assess
from cme_rules.engine.leaves import answer_to, decided, leaves_of, written_out
from cme_rules.policy.loading.load import load_policy
from tests.strategies import TODAY, facts_for

POLICY = load_policy("east_sussex")
LAW = POLICY.as_of(TODAY)


class TestWritingOut:
    """Definitions and findings give way to what they mean."""

    @settings(max_examples=60)
    @given(data=st.data())
    def test_the_leaves_decide_as_the_rule_does(self, data: st.DataObject) -> None:
        scope = assess(data.draw(facts_for(POLICY)), POLICY, on=TODAY).scope
        for rule in LAW.rules:
            tree = written_out(rule.when, LAW)
            answers = {leaf: answer_to(leaf, scope) for leaf in leaves_of(tree)}

            assert decided(tree, answers) is evaluate(rule.when, scope)

    def test_only_facts_and_numbers_are_left(self) -> None:
        tree = written_out(LAW.findings["removal_due"].when, LAW)
        names = {leaf.name for leaf in leaves_of(tree) if isinstance(leaf, Name)}

        assert names <= set(POLICY.facts)

    def test_a_finding_can_be_supposed(self) -> None:
        tree = written_out(Name("removal_due"), LAW, supposed={"removal_due": True})

        assert tree == Literal(True)

    def test_a_finding_the_law_does_not_have_never_holds(self) -> None:
        before = POLICY.as_of(date(2023, 1, 9))

        assert written_out(Name("removal_ground_a"), before) == Literal(False)


class TestDeciding:
    """One part that decides is enough; otherwise what is unknown leaves it open."""

    ONE, OTHER = Name("one"), Name("other")

    def test_no_decides_a_joint_condition(self) -> None:
        assert decided(And((self.ONE, self.OTHER)), {self.ONE: None, self.OTHER: False}) is False
        assert decided(And((self.ONE, self.OTHER)), {self.ONE: None, self.OTHER: True}) is None
        assert decided(And((self.ONE, self.OTHER)), {self.ONE: True, self.OTHER: True}) is True

    def test_yes_decides_an_alternative(self) -> None:
        assert decided(Or((self.ONE, self.OTHER)), {self.ONE: None, self.OTHER: True}) is True
        assert decided(Or((self.ONE, self.OTHER)), {self.ONE: None, self.OTHER: False}) is None
        assert decided(Or((self.ONE, self.OTHER)), {self.ONE: False, self.OTHER: False}) is False

    def test_the_opposite_of_unknown_is_unknown(self) -> None:
        assert decided(Not(self.ONE), {self.ONE: None}) is None
        assert decided(Not(self.ONE), {self.ONE: True}) is False
