"""The one call: a child, a policy and a day in; an assessment out."""

from collections import ChainMap
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.conditions.kinds import DATE
from cme_rules.domain.attendance import Mark, Session
from cme_rules.domain.children import Child
from cme_rules.domain.histories import History
from cme_rules.engine import assess as room
from cme_rules.engine.assess import assess, assessor, facts_of
from cme_rules.errors import CallError
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.facts import EARLIEST, LATEST
from cme_rules.policy.model.policy import Policy
from tests.engine.odd import odd_policy
from tests.toy import write_toy

TODAY = date(2026, 3, 10)
SUSSEX = load_policy("east_sussex")


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(write_toy(tmp_path_factory.mktemp("toy")))


class TestTheChild:
    """Flat facts in any mapping, or a Child with histories."""

    def test_any_mapping_will_do(self, toy: Policy) -> None:
        facts: ChainMap[str, Any] = ChainMap({"in_area": True}, {"on_roll": False, "schooling": "none"})

        assert assess(facts, toy, on=TODAY)["gone"].verdict.value == "holds"

    def test_a_child_with_histories_gives_the_facts_of_the_day(self) -> None:
        child = Child(date_of_birth=date(2014, 5, 2), in_area=True)

        assert assess(child, SUSSEX, on=TODAY)["of_compulsory_school_age"].verdict.value == "holds"
        assert facts_of(child, SUSSEX, on=TODAY)["in_area"] is True

    def test_a_mapping_gives_back_its_own_facts(self, toy: Policy) -> None:
        facts = {"in_area": True}

        assert facts_of(facts, toy, on=TODAY) is facts

    def test_anything_else_is_refused(self, toy: Policy) -> None:
        with pytest.raises(CallError, match="expected a mapping of facts or a Child, found list"):
            assess(["in_area"], toy, on=TODAY)  # type: ignore[arg-type]

    def test_a_moment_is_no_day(self, toy: Policy) -> None:
        with pytest.raises(CallError, match="without a time"):
            assess({}, toy, on=datetime(2026, 3, 10))  # noqa: DTZ001 - a moment is what is refused

    def test_a_policys_name_is_no_policy(self) -> None:
        with pytest.raises(CallError, match=r"as load_policy\(\) gives it, found str"):
            assess({}, "east_sussex", on=TODAY)  # type: ignore[arg-type]

    @pytest.mark.parametrize("preview", ["cwsa2026", None, 3])
    def test_previews_are_a_list_of_ids(self, preview: Any) -> None:  # noqa: ANN401 - what is refused
        with pytest.raises(CallError, match="expected a list of ids"):
            assess({}, SUSSEX, on=TODAY, preview=preview)

    def test_a_calendars_name_is_no_calendar(self) -> None:
        with pytest.raises(CallError, match="expected a SchoolCalendar, found str"):
            assess({}, SUSSEX, on=TODAY, calendar="east_sussex")  # type: ignore[arg-type]

    @pytest.mark.parametrize("on", [date.min, date(1, 9, 1), date(9999, 8, 31), date.max])
    @pytest.mark.parametrize("born", [EARLIEST, LATEST])
    def test_no_day_is_too_early_or_too_late_to_be_answered(self, on: date, born: date) -> None:
        facts = {name: born for name, spec in SUSSEX.facts.items() if spec.kind == DATE}

        result = assess({**facts, "in_area": True, "on_school_roll": False}, SUSSEX, on=on)

        assert set(result.verdicts()) == set(result.law.findings)
        assert result.explain().startswith(SUSSEX.title)
        assert result.to_dict()["on"] == on.isoformat()

    def test_changing_the_mapping_afterwards_changes_nothing(self, toy: Policy) -> None:
        facts = {"in_area": True, "on_roll": False, "schooling": "none"}
        result = assess(facts, toy, on=TODAY)
        facts["in_area"] = False

        assert result["gone"].verdict.value == "holds"
        assert result.because("gone")


class TestTheCalendar:
    """The school's own, or the authority's, or the one given."""

    def test_a_school_the_policy_knows_brings_its_own_calendar(self) -> None:
        known = next(iter(SUSSEX.calendars.by_school))

        assert assess({"school": known}, SUSSEX, on=TODAY).assessor.moment.school is SUSSEX.calendars.by_school[known]

    def test_a_school_it_does_not_know_leaves_school_days_uncounted_and_says_so(self) -> None:
        result = assess({"school": "999999", "absence_began": date(2026, 1, 5)}, SUSSEX, on=TODAY)

        assert result.assessor.moment.school is None
        assert "no calendar for this child's school" in str(result["lost_pupil_local"].missing[0].question)

    def test_without_a_school_the_authoritys_calendar_counts(self, toy: Policy) -> None:
        moment = assess({}, toy, on=TODAY).assessor.moment

        assert moment.school is toy.calendars.authority("shire")

    def test_a_policy_without_a_calendar_has_none(self) -> None:
        assert assess({}, load_policy("england"), on=TODAY).assessor.moment.school is None

    def test_a_school_that_is_no_text_is_left_to_the_check_of_facts(self) -> None:
        with pytest.raises(CallError, match="fact school"):
            assess({"school": 5}, SUSSEX, on=TODAY)

    def test_a_calendar_that_is_given_goes_before_all_others(self, toy: Policy) -> None:
        given = SUSSEX.calendars.authority("east_sussex")
        assert isinstance(given, SchoolCalendar)

        assert assess({}, toy, on=TODAY, calendar=given).assessor.moment.school is given


class TestTheSchoolYear:
    """The session figures of a Child run from its first day."""

    def sessions(self, on: date, policy: Policy, **child: object) -> object:
        marks = History(
            [Mark(day, session, "/") for day in (date(2025, 9, 10), on) for session in Session], complete=True
        )
        return facts_of(Child(marks=marks, **child), policy, on=on).get("sessions_possible")  # type: ignore[arg-type]

    def test_it_begins_as_the_calendar_says(self) -> None:
        assert self.sessions(TODAY, SUSSEX) == 4

    def test_outside_the_calendar_it_begins_on_the_day_the_law_names(self) -> None:
        assert self.sessions(TODAY, SUSSEX, school="999999") == 4
        assert self.sessions(date(2026, 9, 10), SUSSEX, school="999999") == 2

    def test_a_calendar_that_does_not_reach_leaves_it_to_the_law(self) -> None:
        assert self.sessions(date(2032, 3, 10), SUSSEX) == 2

    def test_without_calendar_and_law_nobody_can_say(self, tmp_path: Path) -> None:
        toy = odd_policy(tmp_path)

        assert room._year_began(assessor(toy, on=date(2019, 6, 1), school="1").moment) is None


class TestKeeping:
    """What is compiled for a day is made once, and not kept for ever."""

    def test_the_same_day_gives_the_same_assessor(self, toy: Policy) -> None:
        assert assessor(toy, on=TODAY) is assessor(toy, on=TODAY)

    def test_another_day_under_the_same_rules_shares_the_function(self, toy: Policy) -> None:
        one, other = assessor(toy, on=TODAY), assessor(toy, on=date(2026, 3, 11))

        assert one is not other
        assert one.run.__code__ is other.run.__code__

    def test_the_memory_is_emptied_when_it_is_full(self, toy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
        before = assessor(toy, on=TODAY)
        monkeypatch.setattr(room, "_KEPT", 0)
        assessor(toy, on=date(2026, 3, 12))

        assert assessor(toy, on=TODAY) is not before
        assert assessor(toy, on=TODAY).run.__code__ is before.run.__code__
