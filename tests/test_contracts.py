"""The names other programs rely on: the front door, the facts, the findings, the shape of the answer."""

import json
from datetime import date
from pathlib import Path

import pytest

import cme_rules
from cme_rules import Verdict, assess, load_policy
from cme_rules.conditions.kinds import Base

POLICY = load_policy("east_sussex")
ON = date(2026, 11, 23)
CHILD = {
    "date_of_birth": date(2014, 5, 2),
    "in_area": True,
    "on_school_roll": False,
    "education_otherwise": "none",
    "last_day_of_education": date(2026, 10, 9),
}

BOOLS = """in_area on_school_roll reached_school_age_or_transferring newly_arrived_in_area off_roll_procedure_followed
absence_all_unauthorised absence_authorised_at_any_time sickness_or_unavoidable_cause contact_from_parents
location_known joint_enquiries_made agreed_will_not_attend_again returned_from_leave attendance_strategies_exhausted
attendance_improved child_seen part_time_timetable registered_at_another_school dual_registration_agreed
mobile_child_main_school other_schools_consent expected_to_attend_again nursery_completed boarder boarding_fees_unpaid
ceased_to_be_pupil moved_beyond_reasonable_distance detained_under_sentence permanently_excluded
continuing_to_sixth_form will_be_over_school_age_when_school_next_meets medically_unfit_until_school_age_ends
placed_by_la_in_special_school la_consents_to_removal home_education_notice_in_writing home_education_registered
home_education_responded greater_risk_if_home_educated family_discussion_increases_risk ehcp past_plan_or_social_care
past_or_current_esbas sen_support vulnerable school_raised_concern attendance_difficulty bullied domestic_violence
adverse_family_circumstances gypsy_roma_traveller migrant_family service_family runaway youth_justice at_risk_of_harm
newly_migrant temporary_accommodation left_school parent_satisfied_authority attendance_expedient
order_names_this_school order_in_force order_substituted_school order_revoked_for_education_otherwise
prosecution_considered education_supervision_order_considered attended_from_start departure_confirmed
destination_address_known emigration_confirmed_in_writing long_gap_before_departure sharing_supports_safeguarding
lawful_basis consent sharing_necessary sharing_proportionate sharing_relevant sharing_adequate sharing_accurate
sharing_timely sharing_secure sharing_recorded""".split()  # noqa: SIM905
DATES = """date_of_birth died last_day_of_education place_applied_for place_offered place_start_date off_rolled
absence_began leave_ended home_education_after home_education_declared plan_stepped_down notice_served notice_deadline
order_made order_revoked home_visit_after_order intention_to_prosecute_issued spoa_contacted pam_arranged pam_attended
pam_missed start_date_agreed parent_agreed_place convicted acquitted emigration_notified departure_date
referred""".split()  # noqa: SIM905
TEXTS = """school school_kind education_otherwise education_otherwise_assessed plan
referral_channel referrer""".split()  # noqa: SIM905
INTS = """sessions_possible sessions_absent sentence_months home_education_contact_attempts""".split()  # noqa: SIM905
FINDINGS = """cme_statutory cme_local of_compulsory_school_age at_risk_of_missing persistently_absent severely_absent
risk_point risk_group removal_due lost_pupil_local emigration_ready sao_notice_valid sao_may_be_made
sao_home_visit_overdue""".split()  # noqa: SIM905
LETTERS = "abcdefghijklmno"


def test_a_ground_that_applies_makes_a_removal_due_whoever_arranged_the_place() -> None:
    facts = {
        "date_of_birth": date(2014, 5, 2),
        "absence_began": date(2026, 1, 5),
        "absence_all_unauthorised": True,
        "sickness_or_unavoidable_cause": False,
        "joint_enquiries_made": True,
        "location_known": False,
    }
    found = assess(facts, POLICY, on=date(2026, 3, 20))

    assert found["removal_ground_i"].verdict is Verdict.HOLDS
    assert found["removal_due"].verdict is Verdict.HOLDS
    assert found["deletion_due"].verdict is Verdict.UNKNOWN
    assert {fact.name for fact in found["deletion_due"].missing} >= {"placed_by_la_in_special_school"}


class TestTheFactsACallerMayGive:
    """Every name, with its type."""

    @pytest.mark.parametrize(
        ("names", "base"), [(BOOLS, Base.BOOL), (DATES, Base.DATE), (TEXTS, Base.TEXT), (INTS, Base.INT)]
    )
    def test_each_is_declared_with_its_type(self, names: list[str], base: Base) -> None:
        found = {name: POLICY.facts[name].kind.base for name in names if name in POLICY.facts}

        assert found == dict.fromkeys(names, base)

    def test_each_has_a_question_and_somebody_who_knows(self) -> None:
        assert all("?" in spec.ask and spec.knows for spec in POLICY.facts.values())

    def test_closed_lists_hold_the_agreed_words(self) -> None:
        words = {name: set(POLICY.facts[name].kind.words or ()) for name in TEXTS if name != "school"}

        assert words["education_otherwise"] == {"none", "home_education", "alternative_provision", "tuition", "other"}
        assert words["education_otherwise_assessed"] == {"suitable", "unsuitable", "not_assessed"}
        assert words["plan"] == {"none", "child_in_need", "child_protection"}
        assert words["school_kind"] == {
            "maintained", "academy", "independent", "non_maintained_special", "special", "nursery",
        }  # fmt: skip


class TestTheFindingsThatMustExist:
    """By name, in the law of some day."""

    @pytest.mark.parametrize("name", FINDINGS)
    def test_each_is_given_today(self, name: str) -> None:
        assert assess({}, POLICY, on=ON)[name].in_force

    @pytest.mark.parametrize("letter", LETTERS)
    def test_the_grounds_change_on_the_nineteenth_of_august_2024(self, letter: str) -> None:
        before, after = (assess({}, POLICY, on=date(2024, 8, day)) for day in (18, 19))

        assert before[f"removal_2006_{letter}"].in_force
        assert not before[f"removal_ground_{letter}"].in_force
        assert after[f"removal_ground_{letter}"].in_force
        assert not after[f"removal_2006_{letter}"].in_force

    def test_nothing_is_said_of_a_child_of_whom_nothing_is_known(self) -> None:
        result = assess({}, POLICY, on=ON)

        assert {result[name].verdict for name in FINDINGS} == {Verdict.UNKNOWN}


class TestTheCall:
    """The example every reader starts from."""

    def test_the_child_is_missing_education_by_both_tests(self) -> None:
        result = assess(CHILD, POLICY, on=ON)

        assert result["cme_statutory"].verdict is Verdict.HOLDS
        assert result["cme_local"].verdict is Verdict.HOLDS
        assert result["cme_local"].paragraphs[0] == "2.1"

    def test_actions_say_who_must_do_what_by_when(self) -> None:
        result = assess({**CHILD, "order_made": date(2026, 11, 16)}, POLICY, on=ON)
        visit = next(action for action in result.actions if action.paragraphs[0] == "8a")

        assert (visit.due, visit.status.value, visit.force.value) == (date(2026, 12, 1), "due", "must")
        assert visit.role in POLICY.roles
        assert visit.cites == visit.paragraphs
        assert result["cme_local"].cites == result["cme_local"].paragraphs

    def test_a_missing_fact_is_asked_for_from_somebody(self) -> None:
        result = assess({**CHILD, "in_area": None}, POLICY, on=ON)
        (fact,) = result["cme_statutory"].missing

        assert result["cme_statutory"].verdict is Verdict.UNKNOWN
        assert fact.name == "in_area"
        assert fact.question
        assert fact.knows
        assert fact in result.missing

    def test_a_day_outside_the_calendar_is_unknown_with_the_reason(self) -> None:
        given = {"absence_began": date(2026, 9, 7), "contact_from_parents": False, "location_known": False}
        finding = assess({**given, "joint_enquiries_made": True}, POLICY, on=ON)["lost_pupil_local"]

        assert finding.verdict is Verdict.UNKNOWN
        assert "covers 2021-09-01 to 2026-08-31" in finding.missing[0].question

    def test_the_dict_has_the_agreed_shape_and_is_json(self) -> None:
        told = assess({**CHILD, "order_made": date(2026, 11, 16)}, POLICY, on=ON).to_dict()

        assert json.loads(json.dumps(told)) == told
        assert (told["policy"], told["on"], told["law_as_of"]) == ("east_sussex", "2026-11-23", "2026-11-23")
        assert told["findings"]["cme_local"]["verdict"] == "holds"
        assert {"verdict", "paragraphs", "because", "missing"} <= told["findings"]["cme_local"].keys()
        assert {"id", "role", "force", "due", "status", "paragraphs"} <= told["actions"][0].keys()
        assert isinstance(told["missing"], list)
        assert isinstance(told["readings"], list)

    def test_text_tells_the_paragraph_and_keeps_the_childs_days_to_itself(self) -> None:
        told = assess(CHILD, POLICY, on=ON).explain()

        assert "cme_local" in told
        assert "(2.1" in told
        assert "2014" not in told

    def test_a_policy_is_loaded_by_path_too(self) -> None:
        folder = Path(cme_rules.__file__).parents[2] / "policies" / "east_sussex"

        assert load_policy(folder).id == "east_sussex"


class TestTheFrontDoor:
    """What `from cme_rules import …` offers."""

    def test_every_name_can_be_had_and_is_listed(self) -> None:
        assert all(getattr(cme_rules, name) is not None for name in cme_rules.__all__)
        assert dir(cme_rules) == sorted(cme_rules.__all__)

    def test_a_name_that_is_not_there_is_said_as_python_says_it(self) -> None:
        with pytest.raises(AttributeError, match="module 'cme_rules' has no attribute 'nonsense'"):
            _ = cme_rules.nonsense
