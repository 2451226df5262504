from datetime import date

import pytest

from cme_rules.domain.histories import History
from cme_rules.domain.plans import Plan, PlanKind, plan_facts, refuse_overlaps
from cme_rules.errors import CallError

BEGAN, DOWN, NEXT, ON = date(2026, 1, 5), date(2026, 6, 1), date(2026, 6, 2), date(2026, 11, 23)
PROTECTION = Plan(PlanKind.CHILD_PROTECTION, BEGAN, ended=DOWN, stepped_down=True)
IN_NEED = Plan(PlanKind.CHILD_IN_NEED, DOWN)
BOTH = History([IN_NEED, PROTECTION])


class TestPlans:
    """One plan at a time, and when it was stepped down."""

    @pytest.mark.parametrize(
        ("on", "plan"),
        [(BEGAN, "child_protection"), (date(2026, 5, 31), "child_protection"), (DOWN, "child_in_need")],
    )
    def test_the_plan_of_the_day_is_the_one_begun_last(self, on: date, plan: str) -> None:
        assert plan_facts(BOTH, on)["plan"] == plan

    def test_the_day_it_was_stepped_down_is_known_from_that_day(self) -> None:
        assert "plan_stepped_down" not in plan_facts(BOTH, date(2026, 5, 31))
        assert plan_facts(BOTH, DOWN)["plan_stepped_down"] == DOWN

    def test_a_past_plan_is_one_that_has_ended(self) -> None:
        assert "past_plan_or_social_care" not in plan_facts(BOTH, DOWN)
        assert plan_facts(BOTH, NEXT)["past_plan_or_social_care"] is True

    def test_that_there_is_none_needs_the_whole_file(self) -> None:
        assert plan_facts(History(), ON) == {}
        assert plan_facts(History(known_from=BEGAN), ON) == {"plan": "none"}
        assert plan_facts(History(complete=True), ON) == {"plan": "none", "plan_stepped_down": False}

    def test_a_plan_that_just_ended_was_not_stepped_down(self) -> None:
        ended = Plan(PlanKind.CHILD_IN_NEED, BEGAN, ended=DOWN)
        assert plan_facts(History([ended], complete=True), ON)["plan_stepped_down"] is False


class TestRefusals:
    """Plans that cannot both be right."""

    def test_a_plan_under_way_was_not_stepped_down(self) -> None:
        with pytest.raises(CallError, match=r"Plan\.stepped_down"):
            Plan(PlanKind.CHILD_PROTECTION, BEGAN, stepped_down=True)

    def test_two_plans_may_share_a_day_and_no_more(self) -> None:
        refuse_overlaps((IN_NEED, PROTECTION))
        for earlier in (Plan(PlanKind.CHILD_IN_NEED, BEGAN, ended=NEXT), Plan(PlanKind.CHILD_IN_NEED, BEGAN)):
            with pytest.raises(CallError, match="overlap"):
                refuse_overlaps((IN_NEED, earlier))
