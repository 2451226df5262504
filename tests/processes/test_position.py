from datetime import date, datetime

import pytest

from cme_rules import CallError, load_policy
from cme_rules.domain.verdict import Force, Verdict
from cme_rules.policy.model.processes import Process
from cme_rules.processes.case import Case, CaseEvent
from cme_rules.processes.position import Clock, Next, Position, position
from tests.processes.given import day, england, event, small

SMALL = small()
SERVED = event("notice_served", 0, notice_deadline=day(14))
ORDERED = event("order_made", 15, named_school_maintained=True)


def at(number: int, *events: CaseEvent, process: Process = SMALL, **facts: object) -> Position:
    return position(Case(process=process, events=events, facts=facts), on=day(number), policy=england())


def next_of(found: Position, name: str) -> list[Next]:
    return [each for each in found.next if each.event == name]


def clock(found: Position, name: str) -> Clock:
    return next(each for each in found.clocks if each.id == name)


class TestWhere:
    """A case stands where the events up to the day led it."""

    def test_before_anything_has_happened(self) -> None:
        found = at(0)

        assert (found.state.id, found.since, found.clocks, found.duties) == ("doubt", None, (), ())

    def test_events_dated_after_the_day_have_not_happened_yet(self) -> None:
        found = at(14, SERVED, ORDERED)

        assert (found.state.id, found.since, found.later) == ("running", day(0), ("order_made",))

    def test_events_of_the_day_have(self) -> None:
        assert at(15, SERVED, ORDERED).state.id == "ordered"

    def test_a_moment_is_no_day(self) -> None:
        with pytest.raises(CallError, match="without a time"):
            position(Case(process=SMALL), on=datetime(2026, 1, 5), policy=england())  # noqa: DTZ001 - to be refused


class TestNext:
    """What may happen next, from when, and for want of what not."""

    @pytest.mark.parametrize(("number", "now"), [(0, False), (14, False), (15, True), (16, True)])
    def test_lawful_from_the_first_day_after_the_clocks(self, number: int, *, now: bool) -> None:
        (order,) = next_of(at(number, SERVED), "order_made")

        assert (order.lawful_now, order.first_lawful_day) == (now, day(15))
        assert (order.verdict, order.force, order.roles) == (Verdict.HOLDS, Force.MUST, ("local_authority",))

    @pytest.mark.parametrize(("number", "rows"), [(13, 2), (14, 2), (15, 0)])
    def test_possible_to_the_last_lawful_day(self, number: int, rows: int) -> None:
        assert len(next_of(at(number, SERVED), "answered")) == rows

    def test_what_only_the_event_will_tell_is_asked_for(self) -> None:
        good, bad = next_of(at(3, SERVED), "answered")

        assert (good.verdict, good.lawful_now, good.last_lawful_day) == (Verdict.UNKNOWN, False, day(14))
        assert [fact.name for fact in good.missing] == ["answer_good"]
        assert (good.to, bad.to) == ("closed", "running")

    def test_what_is_known_to_fail_is_not_offered(self) -> None:
        assert next_of(at(20, SERVED, ORDERED, satisfactory_arrangements_made=False), "order_revoked") == []
        assert next_of(at(20, SERVED, ORDERED, satisfactory_arrangements_made=True), "order_revoked")[0].lawful_now

    def test_a_day_that_cannot_be_told_is_said(self) -> None:
        (order,) = next_of(at(30, event("notice_served", 0)), "order_made")

        assert not order.lawful_now
        assert order.why == "The time the notice states: its day is not known"
        assert [fact.name for fact in order.missing] == ["notice_deadline"]

    def test_nothing_follows_a_closed_case(self) -> None:
        assert at(3, SERVED, event("answered", 3, answer_good=True)).next == ()


class TestClocks:
    """Clocks run, run out, and are overdue; they never move the case."""

    def test_a_clock_runs_to_its_last_day(self) -> None:
        period = clock(at(14, SERVED), "period")

        assert (period.last_day, period.act_from, period.run_out, period.overdue) == (day(14), day(15), False, False)

    def test_a_clock_that_expects_nothing_only_runs_out(self) -> None:
        period = clock(at(15, SERVED), "period")

        assert (period.run_out, period.overdue) == (True, False)

    @pytest.mark.parametrize(("number", "overdue"), [(28, False), (29, False), (30, True)])
    def test_overdue_from_the_day_after_the_last(self, number: int, *, overdue: bool) -> None:
        found = at(number, SERVED, ORDERED)

        assert clock(found, "visit").overdue is overdue
        assert [each.id for each in found.overdue] == (["visit"] if overdue else [])
        assert found.state.id == "ordered"

    def test_what_it_expected_stops_it(self) -> None:
        assert at(40, SERVED, ORDERED, event("visited", 20)).clocks == ()

    def test_a_day_that_cannot_be_told_is_said(self) -> None:
        stated = clock(at(3, event("notice_served", 0)), "stated_time")

        assert (stated.last_day, stated.run_out, stated.why) == (None, False, "its day is not known")


class TestDuties:
    """The duties of a state stand as the policy judges them from what the case tells."""

    def statuses(self, found: Position) -> dict[str, str]:
        return {each.id: each.status for each in found.duties}

    def test_a_duty_that_has_arisen(self) -> None:
        found = at(20, SERVED, ORDERED)

        assert self.statuses(found) == {"inform_named_school": "undated"}
        assert found.duties[0].action is not None

    def test_a_duty_that_is_done(self) -> None:
        assert self.statuses(at(20, SERVED, ORDERED, named_school_informed=day(16))) == {
            "inform_named_school": "discharged"
        }

    def test_a_duty_that_may_have_arisen(self) -> None:
        assert self.statuses(at(20, SERVED, event("order_made", 15))) == {"inform_named_school": "possible"}

    def test_a_duty_that_has_not(self) -> None:
        found = at(20, SERVED, event("order_made", 15, named_school_maintained=False))

        assert self.statuses(found) == {"inform_named_school": "absent"}
        assert found.duties[0].action is None

    def test_a_duty_the_policy_does_not_have_is_absent_under_its_own_name(self) -> None:
        found = at(20, SERVED, ORDERED, process=small(("inform_named_school", "dance_on_the_table")))

        assert (found.duties[0].title, found.duties[0].status) == ("dance_on_the_table", "absent")


class TestTold:
    """The position as text and as data; the case's own days only when asked for."""

    def test_the_text_says_where_it_stands_and_what_comes_next(self) -> None:
        early = event("order_made", 3)
        said = at(4, SERVED, early, event("visited", 30)).explain()

        assert said.splitlines()[:5] == [
            "A notice and what follows, on 9 January 2026",
            "",
            "Stands",
            "  The notice runs (running, s.437(1))",
            "  waits for: parent",
        ]
        assert "from 20 January 2026: order_made: The order is made (local authority must; s.437(1))" in said
        assert "not known whether it may, until 19 January 2026: answered" in said
        assert "runs to 19 January 2026: The period of the notice (period, s.437(1))" in said
        assert "first lawful day 20 January 2026" in " ".join(said.split())
        assert "Is the answer good? (parent: answer_good)" in said
        assert "Dated later, so not counted yet\n  visited" in said
        assert "5 January" not in said

    def test_revealed_it_says_the_days_of_the_case(self) -> None:
        said = at(4, SERVED).explain(reveal=True)

        assert "(running, s.437(1)), since 5 January 2026" in said
        assert "What was taken\n  5 January 2026: notice_served" in said

    def test_revealed_before_anything_has_happened_there_is_no_day(self) -> None:
        assert "since" not in at(4).explain(reveal=True)

    def test_what_is_overdue_and_what_follows(self) -> None:
        said = at(30, SERVED, ORDERED, satisfactory_arrangements_made=True).explain()

        assert "OVERDUE since 3 February 2026: The visit (visit, s.437(1)): the visit is still owed" in said
        assert "now: order_revoked" in said
        assert "undated: local authority must: Tell the named school (inform_named_school)" in said

    def test_a_clock_that_ran_out_and_one_without_a_day(self) -> None:
        said = at(15, event("notice_served", 0)).explain()

        assert "ran out on 19 January 2026: The period of the notice" in said
        assert "no day, its day is not known: The time the notice states" in said
        assert "day not known, The time the notice states: its day is not known" in " ".join(said.split())

    def test_what_was_put_together_and_how_it_was_read(self) -> None:
        process = small(
            ('title = "There is a doubt"', 'title = "There is a doubt"\nreading = "as we see it"'),
            ('owner = "local_authority"', 'owner = "parent"\nbasis = "reconstructed"\ndrawn_from = "a hunch"'),
            ("on.order_made = { to", 'on.order_made = { reading = "so we say", to'),
        )
        said = at(0, process=process).explain()

        assert "Put together, not stated by a source\n  a hunch" in said
        assert "Our readings\n  s.437(1): as we see it" in said
        assert "s.437(1)) [put together]" in said

    def test_a_guard_and_a_first_day_together(self) -> None:
        process = small(('not_before = ["period", "stated_time"]', 'when = "ehcp", not_before = "period"'))

        assert (
            "not known whether it may and not before 20 January 2026: order_made"
            in at(3, SERVED, process=process).explain()
        )

    def test_a_clock_that_opens(self) -> None:
        process = small(('until  = "notice_deadline"', 'opens  = "notice_deadline"'))

        assert "opens 19 January 2026: The time the notice states" in at(3, SERVED, process=process).explain()

    def test_a_closed_case_says_where_it_goes_on(self) -> None:
        policy = load_policy("east_sussex")
        found = position(
            Case(
                process=policy.processes["referral_inbound"],
                events=(
                    CaseEvent("referral_received", day(0)),
                    CaseEvent("referral_logged", day(0)),
                    CaseEvent("found_outside_area", day(1)),
                ),
            ),
            on=day(2),
            policy=policy,
        )

        assert "goes on in: Enquiry after a child believed to have left the county (outbound)" in " ".join(
            found.explain().split()
        )
        assert found.to_dict()["goes_on_in"] == ["referral_outbound"]

    def test_the_data_are_plain_and_hold_no_day_of_the_case(self) -> None:
        import json

        data = at(30, SERVED, event("order_made", 3), ORDERED).to_dict()
        text = json.dumps(data)

        assert (data["state"], data["on"], data["overdue"]) == ("ordered", "2026-02-04", ["visit"])
        assert "2026-01-05" not in text
        assert [each["taken"] for each in data["history"]] == [True, False, True]
        assert data["history"][1]["first_lawful_day"] == "2026-01-20"
        assert data["duties"][0]["role"] == "local_authority"
        assert {each["id"] for each in data["clocks"]} == {"visit"}

    def test_revealed_the_data_hold_them(self) -> None:
        data = at(30, SERVED).to_dict(reveal=True)

        assert data["since"] == "2026-01-05"
        assert data["history"][0]["on"] == "2026-01-05"
        assert at(0).to_dict(reveal=True)["since"] is None

    def test_a_role_the_policy_does_not_have_is_shown_by_its_name(self) -> None:
        from attrs import evolve

        state = evolve(SMALL.states["doubt"], owners=("stranger",))
        process = evolve(SMALL, states={**SMALL.states, "doubt": state})

        assert "waits for: stranger" in at(0, process=process).explain()

    def test_a_duty_that_is_absent_has_no_role(self) -> None:
        position = at(20, SERVED, event("order_made", 15, named_school_maintained=False))

        assert "absent: Tell the named school (inform_named_school)" in position.explain()
        assert position.to_dict()["duties"] == [
            {
                "id": "inform_named_school",
                "title": "Tell the named school",
                "status": "absent",
                "role": None,
                "force": None,
                "due": None,
                "paragraphs": [],
            }
        ]

    def test_a_duty_with_a_last_day_says_it(self) -> None:
        process = small(("inform_named_school", "choose_another_school"))
        found = at(20, SERVED, ORDERED, process=process, ehcp=False, school_choice_notice_served=date(2026, 1, 20))

        assert "due by 3 February 2026: parent may: Settle on another school" in found.explain()
