"""The days found are exactly those on which a day-by-day look would see a difference, and each has its cause."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cme_rules import CallError, Child, Policy, UnknownName, Verdict, assess, load_policy, next_change, removal
from cme_rules.engine.causes import CauseKind
from cme_rules.engine.when_next import Change
from tests.engine.ticking import write_ticking
from tests.strategies import facts_for

COUNCIL = load_policy("east_sussex")
STARTS = (date(2024, 8, 1), date(2025, 12, 8), date(2026, 3, 20), date(2026, 8, 10), date(2025, 8, 20))
HORIZON = timedelta(days=40)
A_DAY = timedelta(days=1)


def days_from(first: date, last: date) -> Iterator[date]:
    return (first + place * A_DAY for place in range((last - first).days + 1))


def stands(facts: dict[str, Any], policy: Policy, on: date) -> dict[str, str]:
    """Where everything stands on a day, by the ordinary assessment."""
    result = assess(facts, policy, on=on)
    found = {name: verdict.value for name, verdict in result.verdicts().items()}
    found |= {rule.name: "absent" for rule in result.law.duties}
    found |= {each.id: each.status.value for each in result.actions}
    return found | {each.id: "possible" for each in result.possible_actions}


def day_by_day(facts: dict[str, Any], policy: Policy, on: date, until: date) -> set[tuple[date, str, str, str]]:
    """Every turn, found by looking at every day."""
    found, before = set(), stands(facts, policy, on)
    for day in days_from(on + A_DAY, until):
        after = stands(facts, policy, day)
        for name in before.keys() | after.keys():
            was, now = before.get(name, "not_in_force"), after.get(name, "not_in_force")
            if was != now:
                found.add((day, name, was, now))
        before = after
    return found


def turns(changes: tuple[Change, ...]) -> set[tuple[date, str, str, str]]:
    return {(each.on, each.name, each.before, each.after) for each in changes}


@pytest.fixture(scope="module")
def ticking(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(write_ticking(tmp_path_factory.mktemp("ticking")))


class TestTheDays:
    """No day is missed and none is added, whatever is known of the child."""

    @settings(max_examples=25)
    @given(data=st.data(), on=st.sampled_from(STARTS))
    def test_they_are_those_of_a_day_by_day_look(self, data: st.DataObject, on: date) -> None:
        facts = data.draw(facts_for(COUNCIL))
        found = next_change(facts, COUNCIL, on=on, until=on + HORIZON)

        assert turns(found) == day_by_day(facts, COUNCIL, on, on + HORIZON)

    @settings(max_examples=40)
    @given(
        began=st.dates(date(2026, 2, 1), date(2026, 5, 31)) | st.sampled_from([False, None]),
        ended=st.dates(date(2026, 2, 1), date(2026, 5, 31)) | st.sampled_from([False, None]),
        absent=st.dates(date(2026, 1, 1), date(2026, 5, 31)) | st.none(),
        quiet=st.sampled_from([True, False, None]),
        on=st.sampled_from([date(2026, 3, 1), date(2026, 4, 3), date(2026, 8, 20), date(2026, 12, 10)]),
    )
    def test_so_are_those_of_rules_made_to_turn_in_every_way(
        self, ticking: Policy, *, began: object, ended: object, absent: object, quiet: object, on: date
    ) -> None:
        facts = {"began": began, "ended": ended, "absence_began": absent, "quiet": quiet}
        found = next_change(facts, ticking, on=on, until=on + HORIZON)

        assert turns(found) == day_by_day(facts, ticking, on, on + HORIZON)
        assert all(each.causes for each in found)

    def test_names_narrow_the_answer_and_change_nothing_else(self, ticking: Policy) -> None:
        facts = {"began": date(2026, 3, 5), "quiet": True}
        every = next_change(facts, ticking, on=date(2026, 3, 1))
        few = next_change(facts, ticking, on=date(2026, 3, 1), names=["act", "long_since"])

        assert few == tuple(each for each in every if each.name in {"act", "long_since"})
        assert next_change(facts, ticking, on=date(2026, 3, 1), names="act")

    def test_a_year_is_looked_at_where_no_last_day_is_given(self, ticking: Policy) -> None:
        facts = {"began": date(2027, 3, 1)}

        assert next_change(facts, ticking, on=date(2026, 2, 28), names="long_since") == ()
        assert next_change(facts, ticking, on=date(2026, 4, 10), names="long_since")

    def test_on_a_day_that_is_itself_the_last_nothing_turns(self, ticking: Policy) -> None:
        assert next_change({}, ticking, on=date(2026, 3, 1), until=date(2026, 3, 1)) == ()

    def test_of_a_child_the_facts_of_the_day_stand(self) -> None:
        child = Child(date_of_birth=date(2010, 5, 2))
        found = next_change(
            child, COUNCIL, on=date(2026, 6, 1), until=date(2026, 7, 1), names="of_compulsory_school_age"
        )

        assert [(each.on, each.after) for each in found] == [(date(2026, 6, 27), "fails")]


class TestTheCauses:
    """Each turn says what moved, by name and in words, without the child's dates."""

    def one(self, facts: dict[str, Any], policy: Policy, name: str, on: date) -> Change:
        return next_change(facts, policy, on=on, names=name)[0]

    def test_a_count_that_reaches_its_number(self, ticking: Policy) -> None:
        change = self.one({"began": date(2026, 3, 1)}, ticking, "long_since", date(2026, 3, 10))

        assert change.on == date(2026, 3, 21)
        assert (change.before, change.after) == ("fails", "holds")
        assert [cause.kind for cause in change.causes] == [CauseKind.DATE]
        assert change.causes[0].facts == ("began",)
        assert change.because == "the days since the beginning are at least a growing time (20 days)"

    def test_a_number_of_the_policy_that_changes(self, ticking: Policy) -> None:
        change = self.one({"began": date(2026, 3, 5)}, ticking, "long_since", date(2026, 3, 26))

        assert (change.on, change.after) == (date(2026, 4, 1), "fails")
        assert CauseKind.NUMBER in {cause.kind for cause in change.causes}
        assert "a growing time (20 days) becomes a growing time (40 days)" in change.because

    def test_a_rule_that_follows_another(self, ticking: Policy) -> None:
        change = self.one({"began": date(2026, 3, 1), "ended": False}, ticking, "dated", date(2026, 4, 1))

        assert (change.on, change.before, change.after) == (date(2026, 4, 16), "holds", "fails")
        assert [cause.words for cause in change.causes if cause.kind is CauseKind.LAW] == [
            "2 (What was, until the spring) is in force no more",
            "2 (What is, from the spring) comes into force",
        ]

    def test_a_rule_behind_the_rule_that_follows_another(self, ticking: Policy) -> None:
        facts = {"began": date(2026, 3, 1), "ended": False, "quiet": False}
        change = self.one(facts, ticking, "from_then", date(2026, 4, 1))

        assert (change.on, change.after) == (date(2026, 4, 16), "absent")
        assert "2 (What is, from the spring) comes into force" in change.because

    def test_a_rule_behind_it_that_goes_and_comes_again(self, ticking: Policy) -> None:
        facts = {"began": date(2026, 3, 1), "quiet": True}
        going, coming = next_change(facts, ticking, on=date(2026, 4, 1), names="leaning")

        assert (going.on, going.after, going.because) == (
            date(2026, 4, 21),
            "fails",
            "2 (Before the gap) is in force no more",
        )
        assert (coming.on, coming.after) == (date(2026, 4, 25), "holds")
        assert coming.because.startswith("2 (After the gap) comes into force")

    def test_a_rule_that_comes_and_one_that_goes(self, ticking: Policy) -> None:
        coming, going = next_change({"quiet": True}, ticking, on=date(2026, 3, 1), names="passing")

        assert (coming.on, coming.before, coming.after) == (date(2026, 3, 20), "not_in_force", "holds")
        assert coming.because == "2 (In force for a while) comes into force"
        assert (going.on, going.before, going.after) == (date(2026, 4, 11), "holds", "not_in_force")
        assert going.because == "2 (In force for a while) is in force no more"

    def test_a_last_day_that_passes(self, ticking: Policy) -> None:
        found = next_change({"began": date(2026, 4, 20), "ended": False}, ticking, on=date(2026, 4, 21), names="act")

        assert [(each.on, each.after) for each in found] == [(date(2026, 4, 24), "due"), (date(2026, 5, 31), "overdue")]
        assert [each.causes[0].kind for each in found] == [CauseKind.FIRST_LAWFUL_DAY, CauseKind.LAST_DAY]
        assert found[0].because == "its first lawful day is here: a few days (3 days), counted from the beginning"
        assert found[1].because == "its last day has passed: a growing time (40 days), counted from the beginning"
        assert found[1].causes[0].facts == ("began",)

    def test_a_thing_done_that_was_overdue(self, ticking: Policy) -> None:
        facts = {"began": date(2026, 1, 5), "ended": date(2026, 3, 9)}
        change = self.one(facts, ticking, "act", date(2026, 3, 1))

        assert (change.on, change.before, change.after) == (date(2026, 3, 10), "overdue", "discharged")
        assert change.because == "the end has passed"

    def test_two_that_turn_together_are_both_named(self, ticking: Policy) -> None:
        change = self.one({"began": date(2026, 4, 20), "ended": False}, ticking, "either", date(2026, 4, 20))

        assert change.on == date(2026, 4, 21)
        assert change.because == "the beginning has passed; the days since the beginning are at least 1"

    def test_a_calendar_that_runs_out(self, ticking: Policy) -> None:
        change = self.one({"absence_began": date(2026, 6, 1), "began": False}, ticking, "schooled", date(2026, 8, 1))

        assert (change.on, change.before, change.after) == (date(2026, 9, 1), "holds", "unknown")
        assert [cause.kind for cause in change.causes] == [CauseKind.CALENDAR]
        assert change.because == "calendar 'shire' covers 2025-09-01 to 2026-08-31, and this reaches outside it"

    def test_a_number_that_lapses(self, ticking: Policy) -> None:
        change = self.one({"began": date(2026, 4, 1)}, ticking, "lapsed", date(2026, 4, 25))

        assert (change.on, change.after) == (date(2026, 5, 1), "unknown")
        assert "the policy states no value of lapsing for this day" in change.because

    def test_no_cause_tells_a_date_of_the_childs(self) -> None:
        facts = {
            "date_of_birth": date(2010, 5, 17),
            "last_day_of_education": date(2026, 5, 13),
            "on_school_roll": False,
        }
        told = " ".join(each.because for each in next_change(facts, COUNCIL, on=date(2026, 5, 14)))

        assert told
        assert not any(day in told for day in ("2010", "17 May", "13 May", "05-13", "05-17"))


class TestCalls:
    """A call that cannot be answered says why."""

    def test_a_last_day_before_the_first_is_refused(self) -> None:
        with pytest.raises(CallError, match="until"):
            next_change({}, COUNCIL, on=date(2026, 3, 2), until=date(2026, 3, 1))

    def test_where_there_is_no_day_a_year_later_the_last_must_be_given(self) -> None:
        with pytest.raises(CallError, match="there is no day a year later"):
            next_change({}, COUNCIL, on=date(9999, 3, 1))
        with pytest.raises(CallError, match="there is no day a year later"):
            removal({}, COUNCIL, on=date.max)

        assert next_change({}, COUNCIL, on=date(9999, 3, 1), until=date(9999, 3, 2)) == ()

    def test_the_last_of_all_days_is_too_late_to_look_until(self) -> None:
        with pytest.raises(CallError, match="a day with another after it"):
            next_change({}, COUNCIL, on=date.max, until=date.max)

    def test_a_moment_is_refused(self) -> None:
        with pytest.raises(CallError, match="until"):
            next_change({}, COUNCIL, on=date(2026, 3, 2), until=datetime(2026, 3, 3))  # noqa: DTZ001
        with pytest.raises(CallError, match="on"):
            next_change({}, COUNCIL, on=datetime(2026, 3, 3))  # noqa: DTZ001

    def test_a_name_the_policy_never_gives_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="no_such"):
            next_change({}, COUNCIL, on=date(2026, 3, 2), names=["no_such"])

    def test_enacted_law_is_looked_at_where_it_is_asked_for(self) -> None:
        asked = next_change({}, COUNCIL, on=date(2026, 3, 2), until=date(2026, 3, 9), preview=["cwsa2026"])

        assert asked == ()


def test_a_policy_without_a_calendar_turns_all_the_same() -> None:
    policy = load_policy("england")
    found = next_change(
        {"date_of_birth": date(2021, 2, 1)}, policy, on=date(2026, 3, 1), names="of_compulsory_school_age"
    )

    assert [(each.on, each.after) for each in found] == [(date(2026, 3, 31), Verdict.HOLDS.value)]
