from datetime import date

import pytest
from attrs import evolve

from cme_rules.errors import ProcessError
from cme_rules.policy.model.processes import Process
from cme_rules.processes.case import CaseEvent
from cme_rules.processes.history import replay
from cme_rules.processes.machine import Refusal, Refused, Standing, Taken, begin, facts_in, step
from tests.processes.given import day, england, event, small

SMALL = small()
SERVED = event("notice_served", 0, notice_deadline=day(14))


def standing(*events: CaseEvent, process: Process = SMALL) -> Standing:
    return replay(process, events, policy=england()).standing


def taken(happened: tuple[CaseEvent, ...], then: CaseEvent, process: Process = SMALL) -> Taken:
    made = step(process, standing(*happened, process=process), then, policy=england())
    assert isinstance(made, Taken)
    return made


def refused(happened: tuple[CaseEvent, ...], then: CaseEvent, process: Process = SMALL) -> Refused:
    made = step(process, standing(*happened, process=process), then, policy=england())
    assert isinstance(made, Refused)
    return made


class TestTaken:
    """An event that fits leads on, and is remembered."""

    def test_a_case_begins_where_the_process_starts(self) -> None:
        assert begin(SMALL) == Standing(state="doubt")

    def test_an_event_leads_to_the_next_state(self) -> None:
        made = taken((), SERVED)

        assert (made.standing.state, made.standing.since) == ("running", day(0))

    def test_its_day_and_what_was_given_with_it_become_facts(self) -> None:
        facts = taken((), SERVED).standing.facts

        assert facts == {"notice_served": day(0), "notice_deadline": day(14)}

    def test_a_state_that_is_kept_keeps_its_first_day(self) -> None:
        made = taken((SERVED,), event("answered", 3, answer_good=False))

        assert (made.standing.state, made.standing.since, made.standing.latest) == ("running", day(0), day(3))

    def test_an_event_on_the_day_of_the_one_before_is_taken(self) -> None:
        assert taken((SERVED,), event("answered", 0, answer_good=True)).standing.state == "closed"

    def test_a_state_implies_its_facts_only_while_the_case_is_there(self) -> None:
        ordered = standing(SERVED, event("order_made", 15))

        assert facts_in(SMALL, ordered)["order_in_force"] is True
        assert "order_in_force" not in ordered.facts

    def test_what_an_event_makes_so_is_so_after_it(self) -> None:
        process = small(('fact  = "order_revoked"', 'fact  = "order_revoked"\ngives = { order_in_force = false }'))
        ordered = (SERVED, event("order_made", 15, named_school_maintained=True))
        told = event("order_revoked", 20)
        with_facts = evolve(standing(*ordered, process=process), given={"satisfactory_arrangements_made": True})
        made = step(process, with_facts, told, policy=england())

        assert isinstance(made, Taken)
        assert made.standing.facts["order_in_force"] is False

    def test_a_final_state_stops_every_clock(self) -> None:
        assert taken((SERVED,), event("answered", 3, answer_good=True)).standing.running == frozenset()

    def test_an_event_stops_the_clocks_it_makes_pointless_and_starts_others(self) -> None:
        assert standing(SERVED).running == {"period", "stated_time"}
        assert standing(SERVED, event("order_made", 15)).running == {"visit"}


class TestOvertaken:
    """What an event told may be overtaken by a later one; what was given with the case stays."""

    def test_an_answer_of_its_own_is_asked_for_each_time(self) -> None:
        made = refused((SERVED, event("answered", 3, answer_good=False)), event("answered", 5))

        assert [fact.name for fact in made.missing] == ["answer_good"]

    def test_an_event_forgets_what_it_says_it_forgets(self) -> None:
        process = small(('title = "A notice is served"', 'title = "A notice is served"\nforgets = ["ehcp", "in_area"]'))
        before = evolve(begin(process, {"ehcp": True}), told={"in_area": True, "ehcp": False, "died": day(0)})
        made = step(process, before, SERVED, policy=england())

        assert isinstance(made, Taken)
        assert made.standing.facts == {
            "ehcp": True, "died": day(0), "notice_served": day(0), "notice_deadline": day(14),
        }  # fmt: skip


class TestLate:
    """An event that a clock expected is taken after its last day all the same, and marked."""

    ORDERED = (SERVED, event("order_made", 15))

    @pytest.mark.parametrize(("number", "late"), [(28, ()), (29, ()), (30, ("visit",))])
    def test_late_from_the_day_after_the_last(self, number: int, late: tuple[str, ...]) -> None:
        assert taken(self.ORDERED, event("visited", number)).late == late

    def test_an_expected_event_stops_the_clock(self) -> None:
        assert standing(*self.ORDERED, event("visited", 20)).running == frozenset()


class TestRefused:
    """An event that does not fit is refused with the reason, and changes nothing."""

    def test_by_a_state_it_does_not_fit(self) -> None:
        made = refused((), event("order_made", 20))

        assert made.refusal is Refusal.NOT_HERE
        assert made.reason == "it does not fit the state: There is a doubt"
        assert made.possible == ("notice_served",)

    def test_by_a_closed_case(self) -> None:
        made = refused((SERVED, event("answered", 3, answer_good=True)), event("order_made", 20))

        assert (made.refusal, made.possible) == (Refusal.CLOSED, ())

    def test_dated_before_the_one_before(self) -> None:
        assert refused((SERVED,), event("answered", -1, answer_good=True)).refusal is Refusal.BEFORE_PREVIOUS

    @pytest.mark.parametrize("number", [0, 13, 14])
    def test_before_its_first_lawful_day(self, number: int) -> None:
        made = refused((SERVED,), event("order_made", number))

        assert (made.refusal, made.first_lawful_day) == (Refusal.TOO_EARLY, day(15))
        assert made.reason.endswith("the period of the notice and the time the notice states")

    def test_on_its_first_lawful_day_it_is_taken(self) -> None:
        assert taken((SERVED,), event("order_made", 15)).standing.state == "ordered"

    def test_the_longest_of_several_clocks_counts(self) -> None:
        served = event("notice_served", 0, notice_deadline=day(20))

        assert refused((served,), event("order_made", 20)).first_lawful_day == day(21)

    @pytest.mark.parametrize("number", [15, 16])
    def test_after_its_last_lawful_day(self, number: int) -> None:
        assert refused((SERVED,), event("answered", number, answer_good=True)).refusal is Refusal.TOO_LATE

    def test_on_its_last_lawful_day_it_is_taken(self) -> None:
        assert taken((SERVED,), event("answered", 14, answer_good=True)).standing.state == "closed"

    def test_the_earliest_of_several_last_days_counts(self) -> None:
        both = 'answer_good", not_after = ["period", "stated_time"] },\n    { when'
        process = small(('answer_good", not_after = "period" },\n    { when', both))
        served = event("notice_served", 0, notice_deadline=day(9))

        assert refused((served,), event("answered", 10, answer_good=True), process).refusal is Refusal.TOO_LATE
        assert taken((served,), event("answered", 9, answer_good=True), process).standing.state == "closed"

    def test_by_a_guard_that_is_not_met(self) -> None:
        ordered = standing(SERVED, event("order_made", 15))
        told = evolve(ordered, given={"satisfactory_arrangements_made": False})
        made = step(SMALL, told, event("order_revoked", 20), policy=england())

        assert isinstance(made, Refused)
        assert made.refusal is Refusal.NOT_MET
        assert "satisfactory arrangements" in made.reason

    def test_by_a_guard_nobody_can_judge_yet(self) -> None:
        made = refused((SERVED, event("order_made", 15)), event("order_revoked", 20))

        assert made.refusal is Refusal.NOT_KNOWN
        assert [fact.name for fact in made.missing] == ["satisfactory_arrangements_made"]

    def test_for_want_of_what_should_have_been_given_with_it(self) -> None:
        made = refused((SERVED,), event("answered", 3))

        assert [fact.name for fact in made.missing] == ["answer_good"]
        assert made.missing[0].knows == ("parent",)

    def test_when_a_clock_has_no_known_end(self) -> None:
        made = refused((event("notice_served", 0),), event("order_made", 30))

        assert made.refusal is Refusal.NOT_KNOWN
        assert [fact.name for fact in made.missing] == ["notice_deadline"]

    def test_when_a_clock_was_never_set_running(self) -> None:
        process = small(('starts = "notice_served"\nruns', 'starts = "order_made"\nruns'))
        made = refused((SERVED,), event("order_made", 15), process)

        assert (made.refusal, made.missing) == (Refusal.NOT_KNOWN, ())
        assert "nothing has set this clock running" in made.reason

    def test_when_a_clock_only_opens_it_has_no_last_day(self) -> None:
        process = small(
            ('not_after = "period" },\n    { when', 'not_after = "stated_time" },\n    { when'),
            ('until  = "notice_deadline"', 'opens  = "notice_deadline"'),
        )
        made = refused((SERVED,), event("answered", 3, answer_good=True), process)

        assert made.reason.endswith("The time the notice states: it has no last day")

    def test_when_two_steps_fit(self) -> None:
        process = small(('{ when = "not answer_good", not_after = "period" },', '{ when = "known(answer_good)" },'))
        made = refused((SERVED,), event("answered", 3, answer_good=True), process)

        assert made.refusal is Refusal.AMBIGUOUS

    def test_and_is_not_kept_for_later(self) -> None:
        history = replay(SMALL, [event("order_made", 0), SERVED], policy=england())

        assert history.standing.state == "running"

    def test_an_event_the_process_does_not_have_is_a_wrong_call(self) -> None:
        with pytest.raises(ProcessError, match="has no event of this name; it has: notice_served"):
            step(SMALL, begin(SMALL), CaseEvent("nonsense", date(2026, 1, 5)), policy=england())


class TestPrivacy:
    """Nothing a case tells shows in a repr."""

    def test_no_value_shows(self) -> None:
        made = taken((), SERVED)

        assert "2026" not in repr(made) + repr(made.standing) + repr(SERVED)
