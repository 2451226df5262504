from datetime import date

from attrs import evolve

from cme_rules.domain.never import NEVER
from cme_rules.processes.clocks import Runs, worked_out
from cme_rules.processes.machine import begin
from cme_rules.processes.sight import scope, seen_by
from tests.processes.given import MONDAY, day, england, small

SMALL = small()
PERIOD, STATED = SMALL.timers["period"], SMALL.timers["stated_time"]


class TestRuns:
    """A clock that runs for a span ends as the span is counted."""

    def test_fifteen_days_beginning_with_the_first(self) -> None:
        runs = worked_out(PERIOD, MONDAY, scope(SMALL, england(), {}, MONDAY))

        assert (runs.last_day, runs.act_from, runs.why) == (day(14), day(15), "")

    def test_the_span_is_that_of_the_day_it_starts(self) -> None:
        runs = worked_out(PERIOD, date(2001, 1, 1), scope(SMALL, england(), {}, MONDAY))

        assert runs == Runs(why="the policy states no value of sao_notice_period for the day it starts")

    def test_outside_the_calendar_is_said_and_not_raised(self) -> None:
        school_days = evolve(PERIOD, runs="continuous_absence_for_removal")

        runs = worked_out(school_days, MONDAY, scope(SMALL, england(), {}, MONDAY))

        assert runs == Runs(why="continuous_absence_for_removal runs outside the calendar")


class TestUntil:
    """A clock that lasts until a day, or opens on one, takes the day from what is known."""

    def test_its_last_day_still_belongs_to_it(self) -> None:
        runs = worked_out(STATED, MONDAY, scope(SMALL, england(), {"notice_deadline": day(9)}, MONDAY))

        assert (runs.last_day, runs.act_from) == (day(9), day(10))

    def test_a_day_that_is_not_known_is_asked_for(self) -> None:
        runs = worked_out(STATED, MONDAY, scope(SMALL, england(), {}, MONDAY))

        assert (runs.last_day, runs.why) == (None, "its day is not known")
        assert [fact.name for fact in runs.missing] == ["notice_deadline"]

    def test_a_day_that_will_never_come_is_none(self) -> None:
        runs = worked_out(STATED, MONDAY, scope(SMALL, england(), {"notice_deadline": NEVER}, MONDAY))

        assert runs == Runs(why="its day is known never to come")

    def test_one_that_opens_is_lawful_on_its_very_day(self) -> None:
        opening = evolve(STATED, until=None, opens=STATED.until)

        runs = worked_out(opening, MONDAY, scope(SMALL, england(), {"notice_deadline": day(9)}, MONDAY))

        assert runs == Runs(act_from=day(9))

    def test_one_that_opens_may_be_waiting_for_its_day(self) -> None:
        opening = evolve(STATED, until=None, opens=STATED.until)

        assert worked_out(opening, MONDAY, scope(SMALL, england(), {}, MONDAY)).why == "its day is not known"


class TestSight:
    """A process sees the facts of its policy, its own, and the child's calendar."""

    def test_its_own_facts_are_seen_beside_the_policy_s(self) -> None:
        seen = seen_by(SMALL, england())

        assert {"answer_good", "ehcp"} <= set(seen.facts)
        assert "answer_good" not in england().facts
        assert seen_by(SMALL, england()) is seen

    def test_a_process_without_facts_of_its_own_sees_the_policy(self) -> None:
        assert seen_by(evolve(SMALL, events={}), england()) is england()

    def test_a_school_without_a_calendar_is_said(self) -> None:
        found = scope(SMALL, england(), {"school": "999999"}, MONDAY)

        assert found.moment.school is None
        assert found.moment.without_school == "the policy has no calendar for this child's school"

    def test_a_policy_without_a_calendar_is_said(self) -> None:
        assert scope(SMALL, england(), {}, MONDAY).moment.without_school == "the policy has no school calendar"

    def test_the_authority_s_calendar_is_taken_where_there_is_one(self) -> None:
        from cme_rules import load_policy

        found = scope(SMALL, load_policy("east_sussex"), begin(SMALL).facts, MONDAY)

        assert found.moment.school is not None
