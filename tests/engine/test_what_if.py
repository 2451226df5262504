"""The ways found are the smallest there are, each of them works, and none is missed."""

from datetime import date, timedelta
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cme_rules import NEVER, CallError, Policy, UnknownName, Verdict, assess, load_policy, what_if
from cme_rules.engine.readings import facts_behind
from cme_rules.engine.what_if import Way, WhatIf
from tests.engine.ticking import write_ticking

COUNCIL = load_policy("east_sussex")
ON = date(2026, 6, 15)
CHILD = {
    "date_of_birth": date(2014, 5, 2),
    "in_area": True,
    "on_school_roll": False,
    "education_otherwise": "none",
    "last_day_of_education": date(2026, 5, 20),
}
TICKING_DAY = date(2026, 3, 20)


@pytest.fixture(scope="module")
def ticking(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(write_ticking(tmp_path_factory.mktemp("ticking")))


def fact_sets(found: WhatIf) -> list[tuple[str, ...]]:
    return [tuple(each.fact for each in way.facts) for way in found.ways]


def examples(way: Way) -> list[dict[str, Any]]:
    """Every corner of a way: each fact at each value told, or at both ends of its run."""
    corners = []
    for each in way.facts:
        ends = [end for end in (each.first, each.last) if end is not None]
        corners.append([(each.fact, value) for value in (*each.values, *ends)] or [(each.fact, ON)])
    return [dict(corner) for corner in product(*corners)]


class TestTheWays:
    """One fact before two, two before three, and every way of the smallest size."""

    def test_one_fact_is_enough(self) -> None:
        found = what_if(CHILD, COUNCIL, on=ON, finding="cme_statutory", wanted=Verdict.FAILS)

        assert fact_sets(found) == [("in_area",), ("on_school_roll",)]
        assert found.complete
        assert found.now is Verdict.HOLDS

    def test_a_fact_nobody_can_change_stays(self) -> None:
        found = what_if(CHILD, COUNCIL, on=ON, finding="cme_local")

        assert found.ways == ()
        assert found.complete
        assert found.tell() == "cme_local (2.1, s.436A): no change of up to 3 facts gives holds"

    def test_a_fact_not_known_may_turn_out_any_way(self) -> None:
        child = {name: value for name, value in CHILD.items() if name != "last_day_of_education"}
        found = what_if(child, COUNCIL, on=ON, finding="cme_local")
        (way,) = found.ways

        assert way.facts[0].learnt
        assert (way.facts[0].first, way.facts[0].last) == (None, ON - timedelta(days=28))
        assert way.words == "the last day of education is on or before 18 May 2026"
        assert "School admissions" not in way.facts[0].knows
        assert way.facts[0].question

    def test_four_facts_are_found_where_four_may_change(self) -> None:
        few = what_if({}, COUNCIL, on=ON, finding="emigration_ready")
        more = what_if({}, COUNCIL, on=ON, finding="emigration_ready", most=4)

        assert few.ways == ()
        assert len(more.ways[0].facts) == 4

    def test_what_holds_already_needs_nothing(self) -> None:
        found = what_if(CHILD, COUNCIL, on=ON, finding="cme_statutory", wanted=Verdict.HOLDS)

        assert (found.ways, found.tried) == ((), 0)
        assert found.tell() == "cme_statutory (s.436A, guidance.cme.2025): holds already"

    @pytest.mark.parametrize(
        ("child", "finding", "now", "wanted"),
        [
            (CHILD, "cme_statutory", Verdict.HOLDS, Verdict.FAILS),
            (CHILD, "cme_local", Verdict.FAILS, Verdict.HOLDS),
            ({}, "cme_local", Verdict.UNKNOWN, Verdict.HOLDS),
        ],
    )
    def test_unless_it_is_said_another_answer_is_wanted(
        self, child: dict[str, Any], finding: str, now: Verdict, wanted: Verdict
    ) -> None:
        found = what_if(child, COUNCIL, on=ON, finding=finding)

        assert (found.now, found.wanted) == (now, wanted)

    def test_the_paragraphs_of_the_finding_are_given(self) -> None:
        assert what_if(CHILD, COUNCIL, on=ON, finding="cme_local").paragraphs == ("2.1", "s.436A")

    def test_what_is_not_in_force_cannot_be_had(self) -> None:
        found = what_if(CHILD, COUNCIL, on=date(2026, 6, 15), finding="removal_2006_a")

        assert found.now is Verdict.FAILS
        assert found.ways == ()

    def test_a_share_is_told_as_a_run_of_one_number_beside_the_other(self) -> None:
        found = what_if({}, COUNCIL, on=ON, finding="persistently_absent")
        absent, possible = found.ways[0].facts

        assert (absent.first, absent.last) == (10, None)
        assert (possible.first, possible.last) == (100, 100)
        assert found.ways[0].words == "the sessions missed are at least 10, and the possible sessions are 100"

    def test_words_that_would_do_are_told_as_a_choice_and_none_as_there_being_none(self) -> None:
        home = {**CHILD, "last_day_of_education": date(2026, 5, 1), "education_otherwise": "home_education"}
        away = {**home, "education_otherwise": "none"}

        taught = what_if(away, COUNCIL, on=ON, finding="cme_local", wanted=Verdict.FAILS)
        untaught = what_if(home, COUNCIL, on=ON, finding="cme_local", wanted=Verdict.HOLDS)

        said = "the education otherwise than at school is home education, alternative provision, tuition or other"
        assert said in [way.words for way in taught.ways]
        assert [way.words for way in untaught.ways] == ["there is no education otherwise than at school"]

    def test_a_share_can_also_be_too_small(self) -> None:
        found = what_if({}, COUNCIL, on=ON, finding="persistently_absent", wanted=Verdict.FAILS)

        absent, possible = found.ways[0].facts

        assert absent.first is None
        assert absent.last is not None
        assert possible.first == possible.last

    def test_the_other_education_is_told_by_its_words(self) -> None:
        child = {name: value for name, value in CHILD.items() if name != "education_otherwise"}
        found = what_if(child, COUNCIL, on=ON, finding="place_through_admissions")

        assert found.ways[0].facts[0].values in (("none",), (True,), (False,))

    def test_the_text_names_whom_to_turn_to(self) -> None:
        told = what_if(CHILD, COUNCIL, on=ON, finding="cme_statutory", wanted=Verdict.FAILS).tell()

        assert told.splitlines()[0] == "cme_statutory (s.436A, guidance.cme.2025): holds now; fails if"
        assert told.splitlines()[2].startswith("- the child is on a school roll (School admissions")


class TestDays:
    """Days are told as the run in which they would do."""

    def test_a_run_on_both_sides(self, ticking: Policy) -> None:
        facts = {"ended": date(2026, 3, 1), "quiet": False}
        found = what_if(facts, ticking, on=TICKING_DAY, finding="exactly")

        assert [way.words for way in found.ways] == ["the beginning is from 16 March 2026 to 17 March 2026"]

    def test_never_is_a_value_of_its_own(self, ticking: Policy) -> None:
        found = what_if({"began": date(2026, 3, 1)}, ticking, on=TICKING_DAY, finding="dated", wanted=Verdict.FAILS)
        (way,) = found.ways

        assert way.words == "the beginning is on or after 21 March 2026"
        assert assess({"began": way.facts[0].first}, ticking, on=TICKING_DAY)["dated"].verdict is Verdict.FAILS

    def test_only_never_may_do(self, tmp_path: Path) -> None:
        folder = write_ticking(tmp_path)
        rules = folder / "rules" / "turning.toml"
        more = '\n["2/no_day"]\ntitle = "No day"\nfinding = "no_day"\nwords = "there is no day"\n'
        more += 'when = "not (happened(began) or began > on)"\n'
        rules.write_text(rules.read_text(encoding="utf-8") + more, encoding="utf-8")
        found = what_if({"began": date(2026, 3, 1)}, load_policy(folder), on=TICKING_DAY, finding="no_day")

        assert found.ways[0].facts[0].values == (NEVER,)
        assert found.ways[0].words == "the beginning: this has not happened"

    def test_any_day_may_do(self, ticking: Policy) -> None:
        found = what_if({"quiet": True}, ticking, on=TICKING_DAY, finding="known_at_all")

        assert found.ways[0].words == "the beginning is known"

    def test_a_run_between_two_days(self, ticking: Policy) -> None:
        found = what_if({}, ticking, on=TICKING_DAY, finding="in_march")

        assert found.ways[0].words == "the beginning is from 28 February 2026 to 17 March 2026"


class TestProof:
    """Tried against every set of values near a turning point."""

    NAMES = ("long_since", "exactly", "longer", "nested", "dated", "either", "lapsed", "between", "in_march")
    VALUES = (*(TICKING_DAY + timedelta(days=days) for days in (-1200, -41, -21, -20, -4, -3, -2, -1, 0, 1, 30)), False)

    @settings(max_examples=60)
    @given(
        name=st.sampled_from(NAMES),
        wanted=st.sampled_from([Verdict.HOLDS, Verdict.FAILS]),
        began=st.sampled_from(VALUES) | st.none(),
        ended=st.sampled_from(VALUES) | st.none(),
        quiet=st.sampled_from([True, False, None]),
    )
    def test_every_way_works_and_no_smaller_one_exists(
        self, ticking: Policy, *, name: str, wanted: Verdict, began: object, ended: object, quiet: object
    ) -> None:
        facts = {"began": began, "ended": ended, "quiet": quiet}
        known = {fact: value for fact, value in facts.items() if value is not None}
        found = what_if(facts, ticking, on=TICKING_DAY, finding=name, wanted=wanted)
        for way in found.ways:
            for corner in examples(way):
                assert self.verdict(known | corner, ticking, name) is wanted
        if found.now is not wanted:
            size = len(found.ways[0].facts) if found.ways else 4
            assert set(fact_sets(found)) >= self.simply(known, ticking, name, wanted, size)

    def verdict(self, facts: dict[str, Any], policy: Policy, name: str) -> Verdict:
        plain = {fact: False if value is NEVER else value for fact, value in facts.items()}
        return assess(plain, policy, on=TICKING_DAY)[name].verdict

    def simply(
        self, known: dict[str, Any], policy: Policy, name: str, wanted: Verdict, size: int
    ) -> set[tuple[str, ...]]:
        """The sets of facts, of up to a size, for which some of the values tried give the verdict wanted."""
        free = ["began", "ended", *([] if "quiet" in known else ["quiet"])]
        tried = {"began": self.VALUES, "ended": self.VALUES, "quiet": (True, False)}
        behind = facts_behind(policy.as_of(TICKING_DAY).findings[name].when, policy.as_of(TICKING_DAY))
        for number in range(1, size + 1):
            working = {
                names
                for names in combinations([fact for fact in free if fact in behind], number)
                for values in product(*(tried[fact] for fact in names))
                if self.verdict(known | dict(zip(names, values, strict=True)), policy, name) is wanted
            }
            if working:
                return working
        return set()


class TestLimits:
    """A search that is stopped says so."""

    def test_it_stops_where_it_is_told(self) -> None:
        found = what_if({}, COUNCIL, on=ON, finding="sao_may_be_made", most=5, limit=50)

        assert not found.complete
        assert found.tell().endswith("there may be more ways")

    def test_it_stops_between_the_values_of_a_fact(self) -> None:
        found = what_if({}, COUNCIL, on=ON, finding="cme_local", limit=4, most=4)

        assert not found.complete

    def test_unknown_cannot_be_wanted(self) -> None:
        with pytest.raises(CallError, match="wanted"):
            what_if({}, COUNCIL, on=ON, finding="cme_local", wanted=Verdict.UNKNOWN)

    def test_a_finding_the_policy_never_gives_is_refused(self) -> None:
        with pytest.raises(UnknownName):
            what_if({}, COUNCIL, on=ON, finding="no_such")
