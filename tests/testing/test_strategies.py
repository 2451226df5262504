"""The strategies a council uses: what they make fits the policy, reaches the edges, and leaves things unknown."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from cme_rules import Verdict, assess, load_policy
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.domain.children import Child
from cme_rules.errors import UnknownName
from cme_rules.processes.case import Case
from cme_rules.processes.history import replay
from cme_rules.testing.strategies import calendars, children, edges, facts_behind_name, facts_for, stories, value_of

ON = date(2026, 3, 20)
EAST_SUSSEX = load_policy("east_sussex")
ABOUT = facts_for(EAST_SUSSEX, on=ON, about="cme_local")


class TestFacts:
    """Flat facts for `assess`."""

    @given(facts_for(EAST_SUSSEX, on=ON))
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
    def test_they_are_taken_by_the_policy(self, facts: dict[str, Any]) -> None:
        assert assess(facts, EAST_SUSSEX, on=ON).on == ON

    @given(ABOUT)
    def test_about_keeps_to_what_stands_behind_a_finding(self, facts: dict[str, Any]) -> None:
        assert set(facts) <= set(facts_behind_name(EAST_SUSSEX, "cme_local", on=ON))

    @pytest.mark.parametrize("wanted", list(Verdict))
    def test_every_verdict_is_found(self, wanted: Verdict) -> None:
        found = find(ABOUT, lambda facts: assess(facts, EAST_SUSSEX, on=ON)["cme_local"].verdict is wanted)

        assert assess(found, EAST_SUSSEX, on=ON)["cme_local"].verdict is wanted

    @pytest.mark.parametrize("days", [27, 28, 29])
    def test_days_just_below_at_and_above_a_threshold_are_tried(self, days: int) -> None:
        wanted = ON - timedelta(days=days)

        assert find(ABOUT, lambda facts: facts.get("last_day_of_education") == wanted)

    @given(facts_for(EAST_SUSSEX, on=ON, about="cme_local", given={"in_area": True}, all_known=True))
    def test_given_is_always_so_and_all_known_leaves_nothing_out(self, facts: dict[str, Any]) -> None:
        wanted = set(facts_behind_name(EAST_SUSSEX, "cme_local", on=ON))

        assert facts["in_area"] is True
        assert set(facts) == wanted | {"in_area"}

    def test_a_name_the_law_does_not_give_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="has no finding or action 'zzz'"):
            facts_for(EAST_SUSSEX, on=ON, about="zzz")

    def test_the_edges_of_a_number_are_its_neighbours(self) -> None:
        assert set(edges(EAST_SUSSEX, on=ON)["home_education_contact_attempts"]) >= {1, 2, 3}

    @given(st.sampled_from(sorted(EAST_SUSSEX.facts)).flatmap(lambda name: st.tuples(st.just(name), of(name))))
    def test_a_value_fits_its_fact(self, named: tuple[str, Any]) -> None:
        name, value = named

        assert EAST_SUSSEX.facts[name].problem_with(value) == ""


def of(name: str) -> st.SearchStrategy[Any]:
    return value_of(EAST_SUSSEX.facts[name], on=ON)


class TestChildren:
    """Children with histories."""

    @given(children(EAST_SUSSEX, on=ON))
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    def test_they_are_taken_by_the_policy(self, child: Child) -> None:
        assert assess(child, EAST_SUSSEX, on=ON).on == ON

    @pytest.mark.parametrize("wanted", [Verdict.HOLDS, Verdict.UNKNOWN])
    def test_some_are_missing_education_and_some_cannot_be_told(self, wanted: Verdict) -> None:
        def is_so(child: Child) -> bool:
            return assess(child, EAST_SUSSEX, on=ON)["cme_statutory"].verdict is wanted

        quick = settings(max_examples=2000, phases=[Phase.generate], suppress_health_check=list(HealthCheck))

        assert is_so(find(children(EAST_SUSSEX, on=ON), is_so, settings=quick))


class TestStories:
    """Cases of a process."""

    @pytest.mark.parametrize("process", sorted(EAST_SUSSEX.processes))
    def test_they_can_be_replayed(self, process: str) -> None:
        @given(stories(EAST_SUSSEX, process, most=5))
        @settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
        def replayed(case: Case) -> None:
            history = replay(case.process, case.events, policy=EAST_SUSSEX, facts=case.facts)
            assert len(history.steps) == len(case.events)

        replayed()

    def test_one_goes_past_its_first_state(self) -> None:
        def has_moved(case: Case) -> bool:
            return bool(replay(case.process, case.events, policy=EAST_SUSSEX).taken)

        assert has_moved(find(stories(EAST_SUSSEX, "emigration"), has_moved))

    def test_a_process_the_policy_lacks_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="has no process 'zzz'; it has: "):
            stories(EAST_SUSSEX, "zzz")


class TestCalendars:
    """School years made up."""

    @given(calendars(length=120))
    @settings(max_examples=25)
    def test_they_count_within_their_bounds(self, calendar: SchoolCalendar) -> None:
        assert 0 <= calendar.school_days_between(calendar.first, calendar.last) <= 120
