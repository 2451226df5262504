"""May a name come off the roll: every ground answered, with its reason, what it wants for, and its first day."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cme_rules import CallError, Status, Verdict, assess, load_policy, removal
from cme_rules.engine.grounds import Ground
from cme_rules.engine.removal import Removal
from tests.policy.packs import added, write_pack
from tests.toy import write_toy

COUNCIL = load_policy("east_sussex")
NATION = load_policy("england")
NEW_LAW = date(2024, 8, 19)

PUPIL: dict[str, Any] = {
    "date_of_birth": date(2014, 5, 2),
    "on_school_roll": True,
    "off_rolled": False,
    "placed_by_la_in_special_school": False,
    "registered_at_another_school": False,
    "nursery_completed": False,
    "order_substituted_school": False,
    "order_revoked_for_education_otherwise": False,
    "home_education_notice_in_writing": False,
    "moved_beyond_reasonable_distance": False,
    "leave_ended": False,
    "detained_under_sentence": False,
    "died": False,
    "will_be_over_school_age_when_school_next_meets": False,
    "boarder": False,
    "ceased_to_be_pupil": False,
    "permanently_excluded": False,
    "absence_began": False,
}
LOST: dict[str, Any] = PUPIL | {
    "absence_began": date(2025, 12, 8),
    "absence_all_unauthorised": True,
    "sickness_or_unavoidable_cause": False,
    "contact_from_parents": False,
    "location_known": False,
    "joint_enquiries_made": True,
}


def ground(found: Removal, name: str) -> Ground:
    return next(each for each in (*found.grounds, *found.bars, *found.local) if each.name == name)


class TestGrounds:
    """The grounds are those of the Regulations in force on the day, and the policy says which rules they are."""

    def test_before_the_new_regulations_they_are_the_old_ones(self) -> None:
        names = {each.name for each in removal(PUPIL, NATION, on=NEW_LAW - timedelta(days=1)).grounds}

        assert "removal_2006_g" in names
        assert "removal_ground_a" not in names

    def test_from_their_first_day_they_are_the_new_ones(self) -> None:
        found = removal(PUPIL, NATION, on=NEW_LAW)
        names = {each.name for each in found.grounds}

        assert {f"removal_ground_{letter}" for letter in "abcdefghijklmno"} <= names
        assert not any(name.startswith("removal_2006") for name in names)
        assert len(found.sources) == 1

    def test_a_pupil_of_whom_nothing_is_so_stays(self) -> None:
        found = removal(PUPIL, NATION, on=date(2026, 1, 5))

        assert found.verdict is Verdict.FAILS
        assert found.failing == found.grounds
        assert all(each.because for each in found.grounds)
        assert found.first_day is None

    def test_a_pupil_of_whom_nothing_is_known_could_go_on_any_ground(self) -> None:
        found = removal({}, NATION, on=date(2026, 1, 5))

        assert found.verdict is Verdict.UNKNOWN
        assert found.possible == found.grounds
        assert all(each.missing for each in found.grounds)

    def test_the_verdict_is_that_of_the_assessment(self) -> None:
        for child in (PUPIL, LOST, {}, PUPIL | {"died": date(2026, 1, 2)}):
            for on in (date(2026, 1, 5), date(2026, 2, 2), date(2024, 6, 3)):
                assert removal(child, NATION, on=on).verdict is assess(child, NATION, on=on)["deletion_due"].verdict

    def test_a_ground_that_applies_says_so_and_may_be_used_the_next_day(self) -> None:
        found = removal(PUPIL | {"permanently_excluded": True}, NATION, on=date(2026, 1, 5))

        assert [each.name for each in found.applying] == ["removal_ground_o"]
        assert found.applying[0].holds_from == date(2026, 1, 5)
        assert found.first_day == date(2026, 1, 6)

    def test_a_missing_fact_is_asked_for_by_the_ground_it_decides(self) -> None:
        child = PUPIL | {"absence_began": date(2025, 12, 1), "joint_enquiries_made": None}
        wanting = ground(removal(child, NATION, on=date(2026, 2, 2)), "removal_ground_i")

        assert wanting.verdict is Verdict.UNKNOWN
        assert "joint_enquiries_made" in {fact.name for fact in wanting.missing}
        assert wanting.because == ()

    def test_a_ground_that_fails_gives_its_reason_in_words(self) -> None:
        failing = ground(removal(PUPIL, NATION, on=date(2026, 1, 5)), "removal_ground_g")

        assert failing.because == ("the pupil still lives within reasonable distance of the school",)


class TestCounting:
    """A circumstance may be there and still not be enough."""

    def test_a_ground_for_children_of_school_age_does_not_count_beyond_it(self) -> None:
        child = PUPIL | {"date_of_birth": date(2008, 5, 2), "registered_at_another_school": True}
        child |= {
            "order_names_this_school": False,
            "mobile_child_main_school": False,
            "dual_registration_agreed": False,
        }
        other = ground(removal(child, NATION, on=date(2026, 1, 5)), "removal_ground_a")

        assert other.circumstance is Verdict.HOLDS
        assert other.verdict is Verdict.FAILS
        assert any("compulsory school age" in clause for clause in other.because)

    def test_without_the_placing_authoritys_consent_most_grounds_do_not_count(self) -> None:
        child = PUPIL | {
            "placed_by_la_in_special_school": True,
            "la_consents_to_removal": False,
            "registered_at_another_school": True,
            "order_names_this_school": False,
            "mobile_child_main_school": False,
            "dual_registration_agreed": False,
        }
        found = removal(child, NATION, on=date(2026, 1, 5))
        barred = ground(found, "removal_ground_a")

        assert barred.circumstance is Verdict.HOLDS
        assert barred.verdict is Verdict.FAILS
        assert any("consent" in clause for clause in barred.because)
        assert ground(found, "removal_consent_missing").verdict is Verdict.HOLDS

    def test_each_ground_is_judged_as_if_no_other_applied(self) -> None:
        child = PUPIL | {"permanently_excluded": True, "died": date(2026, 1, 2)}
        found = removal(child, NATION, on=date(2026, 1, 5))

        assert {each.name for each in found.applying} == {"removal_ground_k", "removal_ground_o"}


class TestFirstDays:
    """Where only time stands in the way, the day is given; where people can still act, the earliest."""

    def test_a_long_absence_over_christmas_reaches_its_twentieth_school_day(self) -> None:
        found = ground(removal(LOST, COUNCIL, on=date(2025, 12, 19)), "removal_ground_i")

        assert found.verdict is Verdict.FAILS
        assert found.holds_from == date(2026, 1, 16)
        assert found.first_day == date(2026, 1, 17)

    @pytest.mark.parametrize(
        ("on", "verdict"),
        [(date(2026, 1, 15), Verdict.FAILS), (date(2026, 1, 16), Verdict.HOLDS), (date(2026, 1, 17), Verdict.HOLDS)],
    )
    def test_the_twentieth_school_day_is_the_first_on_which_it_holds(self, on: date, verdict: Verdict) -> None:
        assert ground(removal(LOST, COUNCIL, on=on), "removal_ground_i").verdict is verdict

    def test_a_search_not_yet_made_leaves_the_earliest_day(self) -> None:
        child = LOST | {"joint_enquiries_made": False}
        found = ground(removal(child, COUNCIL, on=date(2025, 12, 19)), "removal_ground_i")

        assert found.holds_from is None
        assert found.first_day is None
        assert found.earliest == date(2026, 1, 16)

    def test_where_time_does_not_stand_in_the_way_there_is_no_earliest_day(self) -> None:
        child = LOST | {"joint_enquiries_made": False}
        found = ground(removal(child, COUNCIL, on=date(2026, 2, 2)), "removal_ground_i")

        assert found.earliest is None

    def test_no_day_beyond_the_last_one_looked_at_is_given(self) -> None:
        found = removal(LOST, COUNCIL, on=date(2025, 12, 19), until=date(2026, 1, 15))

        assert ground(found, "removal_ground_i").holds_from is None

    def test_home_education_counts_from_the_day_after_the_one_named(self) -> None:
        child = PUPIL | {
            "home_education_notice_in_writing": True,
            "home_education_after": date(2026, 1, 16),
            "order_names_this_school": False,
        }
        found = ground(removal(child, NATION, on=date(2026, 1, 5)), "removal_ground_f")

        assert found.holds_from == date(2026, 1, 17)


class TestAround:
    """What follows, what has to be sent, and what the council adds."""

    def test_the_deletion_return_is_told_with_its_limit_before_it_arises(self) -> None:
        found = removal(PUPIL, NATION, on=date(2026, 1, 5))
        step = next(each for each in found.returns if each.id == "deletion_return")

        assert step.status == "absent"
        assert step.due is None
        assert "counted from the day the name was deleted" in step.limit
        assert step.when

    def test_once_the_name_is_deleted_the_return_has_a_day(self) -> None:
        child = PUPIL | {"on_school_roll": False, "off_rolled": date(2026, 1, 5), "deletion_return_sent": False}
        child |= {"left_senior_class_after_final_term": False}
        found = removal(child, NATION, on=date(2026, 1, 5))
        step = next(each for each in found.returns if each.id == "deletion_return")

        assert (step.status, step.due) == (Status.DUE.value, date(2026, 1, 5))

    def test_the_law_says_what_becomes_of_the_name(self) -> None:
        keep = {each.id: each.status for each in removal(PUPIL, NATION, on=date(2026, 1, 5)).acts}
        gone = {each.id: each.status for each in removal(LOST, COUNCIL, on=date(2026, 1, 16)).acts}

        assert keep == {"remove_from_roll": "absent", "keep_on_roll": "undated"}
        assert gone == {"remove_from_roll": "undated", "keep_on_roll": "absent"}

    def test_the_nation_alone_has_nothing_local(self) -> None:
        found = removal(PUPIL, NATION, on=date(2026, 1, 5))

        assert (found.local, found.local_steps, found.differences) == ((), (), ())

    def test_a_found_pupil_shows_how_the_councils_rule_differs(self) -> None:
        child = LOST | {"location_known": True, "agreed_will_not_attend_again": True}
        found = removal(child, COUNCIL, on=date(2026, 1, 16))
        local, law = next(pair for pair in found.differences if pair[0].name == "lost_pupil_local")

        assert local.verdict is Verdict.FAILS
        assert law is not None
        assert law.verdict is Verdict.HOLDS
        assert local.conflict

    def test_a_local_finding_has_its_first_day_too(self) -> None:
        found = ground(removal(LOST, COUNCIL, on=date(2025, 12, 19)), "lost_pupil_local")

        assert found.first_day == date(2026, 1, 17)


class TestTelling:
    """The text has every ground once, and nothing of the child's."""

    def test_it_opens_with_the_answer_and_the_first_day(self) -> None:
        told = removal(LOST, COUNCIL, on=date(2025, 12, 19)).tell().splitlines()

        assert told[0].startswith("The name must come off on 19 December 2025: no (")
        assert told[1] == "First day on which the name could go, if nothing else happens: 17 January 2026"

    def test_it_tells_reasons_questions_days_and_differences(self) -> None:
        child = LOST | {"joint_enquiries_made": False, "boarder": None, "permanently_excluded": True}
        told = removal(child, COUNCIL, on=date(2025, 12, 19)).tell()

        assert "because the pupil is not registered at another school" in told
        assert "whatever else happens not before the close of 16 January 2026" in told
        assert "differs from removal_ground_i" in told
        assert "differs: the policy says 'can'" in told
        assert "to ask: " in told
        assert "within " in told
        assert "it holds: everything the admission register holds of the pupil" in told

    def test_it_tells_when_a_ground_will_apply(self) -> None:
        told = removal(LOST, COUNCIL, on=date(2025, 12, 19)).tell()

        assert "if nothing else happens it applies at the close of 16 January 2026" in told

    def test_a_step_with_a_day_is_told_with_it(self) -> None:
        child = PUPIL | {"off_rolled": date(2026, 1, 5), "deletion_return_sent": False}
        child |= {"left_senior_class_after_final_term": False}

        assert "by 5 January 2026 [due]" in removal(child, NATION, on=date(2026, 1, 5)).tell()

    def test_the_nation_alone_has_no_local_part(self) -> None:
        assert "Local" not in removal(PUPIL, NATION, on=date(2026, 1, 5)).tell()


class TestPolicies:
    """A policy without such rules cannot be asked; a wrong group is a fault of its file."""

    def test_a_policy_without_rules_on_removal_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CallError, match="deletion_due"):
            removal({}, load_policy(write_toy(tmp_path)), on=date(2026, 1, 5))

    def test_an_unknown_group_is_a_fault(self, tmp_path: Path) -> None:
        rule = '["1/more"]\ntitle = "More"\nfinding = "more"\nwords = "more"\nwhen = "on_roll"\ngroup = "removal"\n'
        with pytest.raises(Exception, match="'removal' is not one of removal_ground"):
            load_policy(write_pack(tmp_path, added("rules/1_out.toml", rule)))
