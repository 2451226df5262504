"""When an action is due, from which day it is lawful, and where it stands."""

from datetime import date
from pathlib import Path

import pytest

from cme_rules.domain.verdict import Status, Verdict
from cme_rules.engine import due as room
from cme_rules.engine.assess import assess
from cme_rules.engine.due import action
from cme_rules.engine.result import Action
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.engine.odd import odd_policy

TODAY = date(2026, 2, 10)
"""A Tuesday in the shire's spring term, which began on 6 January for children."""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return odd_policy(tmp_path_factory.mktemp("odd"))


def acted(policy: Policy, name: str, on: date = TODAY, **facts: object) -> Action:
    (found,) = [each for each in assess(facts, policy, on=on).actions if each.id == name]
    return found


class TestTheLastDay:
    """A span from a dated fact, counted in its calendar."""

    @pytest.mark.parametrize(
        ("begins", "due", "status"),
        [
            (date(2026, 2, 3), date(2026, 2, 9), Status.OVERDUE),
            (date(2026, 2, 4), date(2026, 2, 10), Status.DUE),
            (date(2026, 2, 5), date(2026, 2, 11), Status.DUE),
        ],
    )
    def test_the_last_day_itself_is_still_in_time(
        self, policy: Policy, begins: date, due: date, status: Status
    ) -> None:
        found = acted(policy, "write_about_it", begins=begins)

        assert (found.due, found.status, found.undated) == (due, status, "")

    def test_outside_the_calendar_there_is_no_day_and_it_says_so(self, policy: Policy) -> None:
        found = acted(policy, "write_about_it", begins=date(2025, 3, 1))

        assert (found.due, found.status) == (None, Status.UNDATED)
        assert found.undated == "the absence to report runs outside the calendar"

    def test_without_any_calendar_it_says_so_too(self, policy: Policy) -> None:
        found = acted(policy, "write_about_it", begins=date(2026, 2, 3), school="999999")

        assert found.undated == "the absence to report runs outside the calendar"

    def test_a_span_without_a_value_on_the_day_gives_none(self, policy: Policy) -> None:
        found = acted(policy, "count_the_era", begins=date(2026, 2, 3))

        assert found.undated == "the policy states no value for this day of an era"

    def test_a_source_that_sets_no_limit_is_named_as_the_reason(self, policy: Policy) -> None:
        found = acted(policy, "look_again", begins=date(2026, 2, 3), in_area=True)

        assert (found.undated, found.status) == ("the source sets no time limit", Status.UNDATED)


class TestTheFirstLawfulDay:
    """No action before it."""

    @pytest.mark.parametrize(
        ("ends", "first", "status"),
        [
            (date(2026, 1, 10), date(2026, 2, 10), Status.DUE),
            (date(2026, 1, 11), date(2026, 2, 11), Status.UPCOMING),
        ],
    )
    def test_it_is_the_day_after_the_span(self, policy: Policy, ends: date, first: date, status: Status) -> None:
        found = acted(policy, "write_about_it", begins=date(2026, 2, 5), ends=ends)

        assert (found.first_lawful_day, found.status) == (first, status)

    def test_without_the_day_that_starts_it_there_is_none(self, policy: Policy) -> None:
        assert acted(policy, "write_about_it", begins=date(2026, 2, 5), ends=False).first_lawful_day is None

    def test_late_goes_before_early(self, policy: Policy) -> None:
        assert acted(policy, "write_about_it", begins=date(2026, 2, 3), ends=TODAY).status is Status.OVERDUE

    def test_an_action_that_is_only_held_back_is_due_from_that_day(self) -> None:
        sussex = load_policy("east_sussex")
        lost = {"contact_from_parents": False, "location_known": False, "joint_enquiries_made": True}
        found = acted(sussex, "remove_lost_pupil", on=date(2026, 3, 20), absence_began=date(2026, 2, 2), **lost)

        assert (found.due, found.status) == (None, Status.DUE)


class TestDone:
    """Known to be done, and nothing less."""

    def test_a_record_of_it_discharges(self, policy: Policy) -> None:
        found = acted(policy, "write_about_it", begins=date(2026, 2, 3), on_roll=True)

        assert found.status is Status.DISCHARGED

    def test_a_missing_record_does_not(self, policy: Policy) -> None:
        assert acted(policy, "write_about_it", begins=date(2026, 2, 3)).status is Status.OVERDUE

    def test_what_follows_otherwise_is_told(self, policy: Policy) -> None:
        assert acted(policy, "write_about_it", begins=date(2026, 2, 3)).if_not == "nothing is written"


class TestRemembering:
    """Children with the same days share an action; another verdict or another day is another action."""

    def test_the_same_days_give_the_same_value(self, policy: Policy) -> None:
        assert acted(policy, "write_about_it", begins=TODAY) is acted(
            policy, "write_about_it", begins=TODAY, in_area=True
        )

    def test_an_action_that_may_have_arisen_is_another(self, policy: Policy) -> None:
        scope = assess({"begins": TODAY}, policy, on=TODAY).scope
        rule = next(rule for rule in policy.rules if rule.name == "look_again")
        held = action(rule, Verdict.HOLDS, discharged=False, scope=scope)
        possible = action(rule, Verdict.UNKNOWN, discharged=False, scope=scope)

        assert (held.trigger, held.missing) == (Verdict.HOLDS, ())
        assert (possible.trigger, [fact.name for fact in possible.missing]) == (Verdict.UNKNOWN, ["in_area"])

    def test_not_without_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        small = odd_policy(tmp_path)
        monkeypatch.setattr(room, "_KEPT", 1)
        first = acted(small, "write_about_it", begins=TODAY)
        acted(small, "write_about_it", begins=date(2026, 2, 9))

        assert acted(small, "write_about_it", begins=TODAY) == first
