"""The rules of the slice written by hand: what a programmer in a hurry for microseconds would write.

No trees, no explanations: one function a day, with the day's dates worked out beforehand, three values throughout
(True, False, None), every test in line. The benchmark checks that it answers as the library does.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.domain.ages import SchoolAge, school_age_begins, school_age_ends

__all__ = ["ByHand", "Due", "by_hand", "checked_by_hand"]

_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)

Truth = bool | None
Day = Any
"""A date, False for an event that never happened, None where it is not known."""


class Due(NamedTuple):
    """An action that has arisen: its last day, its first lawful day, and whether it is done."""

    action: str
    due: date | None
    first: date | None
    done: bool


ByHand = Callable[..., tuple[dict[str, Truth], list[Due]]]


def checked_by_hand(facts: dict[str, Any], kinds: dict[str, type], words: dict[str, frozenset[str]]) -> dict[str, Any]:
    """The facts, each known, of its kind and possible; what a careful caller does before believing a register.

    Raises KeyError for a name that is no fact, TypeError for a value of another kind, and ValueError for a day that
    is no child's, a word that is not on the list, and a number below nothing.
    """
    for name, value in facts.items():
        kind = kinds[name]
        if type(value) is not kind:
            if value is not None and not (value is False and kind is date):
                raise TypeError(name)
        elif kind is date:
            if not _EARLIEST <= value <= _LATEST:
                raise ValueError(name)
        elif (kind is str and value not in words[name]) or (kind is int and value < 0):
            raise ValueError(name)
    return facts


def _last_birth(on: date, reaches: Callable[[date], bool]) -> date:
    """The last date of birth for which something is so on the day, found day by day."""
    born = on
    while not reaches(born):
        born -= timedelta(days=1)
    return born


def _first_day(calendar: SchoolCalendar, on: date, count: int) -> date:
    """The last day that is `count` school days before the close of the day, both counted."""
    day = on
    while calendar.school_days_between(day, on) < count:
        day -= timedelta(days=1)
    return day


def by_hand(on: date, calendar: SchoolCalendar, ages: SchoolAge) -> ByHand:  # noqa: PLR0915 - it is long
    """The rules for a day, as a function of the facts by name."""
    old_enough = _last_birth(on, lambda born: school_age_begins(born, ages) <= on)
    too_old = _last_birth(on, lambda born: school_age_ends(born, ages) < on)
    began_long_ago = _last_birth(on, lambda born: (on - school_age_begins(born, ages)).days >= 28)
    covered_from, covered_to = calendar.first, calendar.last
    twenty_days_ago = _first_day(calendar, on, 20)
    ten_days_after = _first_day(calendar, on, 10)
    while calendar.school_days_between(ten_days_after, on) - calendar.is_school_day(ten_days_after) < 10:
        ten_days_after -= timedelta(days=1)
    four_weeks_ago = on - timedelta(days=28)
    fifteen_days = timedelta(days=15)
    fourteen_days = timedelta(days=14)
    not_assessed_kinds = ("alternative_provision", "tuition", "other")
    maintained_kinds = ("maintained", "academy", "special", "nursery")
    twentieth_day = calendar.nth_school_day
    one_day = timedelta(days=1)

    def judge(  # noqa: PLR0915, PLR0917 - it is long, and takes every fact of the slice
        date_of_birth: Day = None,
        in_area: Truth = None,
        on_school_roll: Truth = None,
        education_otherwise: str | None = None,
        education_otherwise_assessed: str | None = None,
        provision_appears_suitable: Truth = None,
        last_day_of_education: Day = None,
        notice_served: Day = None,
        notice_deadline: Day = None,
        parent_satisfied_authority: Truth = None,
        attendance_expedient: Truth = None,
        order_made: Day = None,
        home_visit_after_order: Day = None,
        sessions_absent: int | None = None,
        sessions_possible: int | None = None,
        placed_by_la_in_special_school: Truth = None,
        la_consents_to_removal: Truth = None,
        registered_at_another_school: Truth = None,
        order_names_this_school: Truth = None,
        mobile_child_main_school: Truth = None,
        dual_registration_agreed: Truth = None,
        nursery_completed: Truth = None,
        expected_to_attend_again: Truth = None,
        other_schools_consent: Truth = None,
        order_substituted_school: Truth = None,
        order_revoked_for_education_otherwise: Truth = None,
        home_education_notice_in_writing: Truth = None,
        home_education_after: Day = None,
        moved_beyond_reasonable_distance: Truth = None,
        boarder: Truth = None,
        returned_from_leave: Truth = None,
        leave_ended: Day = None,
        sickness_or_unavoidable_cause: Truth = None,
        joint_enquiries_made: Truth = None,
        location_known: Truth = None,
        agreed_will_not_attend_again: Truth = None,
        absence_began: Day = None,
        absence_all_unauthorised: Truth = None,
        absence_authorised_at_any_time: Truth = None,
        detained_under_sentence: Truth = None,
        died: Day = None,
        will_be_over_school_age_when_school_next_meets: Truth = None,
        continuing_to_sixth_form: Truth = None,
        boarding_fees_unpaid: Truth = None,
        school_kind: str | None = None,
        ceased_to_be_pupil: Truth = None,
        permanently_excluded: Truth = None,
        school_enquiries_made: Truth = None,
        off_rolled: Day = None,
        fails_to_attend_regularly: Truth = None,
        home_education_contact_attempts: int | None = None,
        home_education_responded: Truth = None,
        identity_established: Day = None,
        referred: Day = None,
        response_started: Day = None,
        entered_on_s2s: Day = None,
        reached_school_age_or_transferring: Truth = None,
        newly_arrived_in_area: Truth = None,
        off_roll_procedure_followed: Truth = None,
        attendance_difficulty: Truth = None,
        bullied: Truth = None,
        domestic_violence: Truth = None,
        adverse_family_circumstances: Truth = None,
        gypsy_roma_traveller: Truth = None,
        migrant_family: Truth = None,
        home_education_registered: Truth = None,
        contact_from_parents: Truth = None,
        destination_address_known: Truth = None,
        departure_confirmed: Truth = None,
        departure_date: Day = None,
        long_gap_before_departure: Truth = None,
        emigration_confirmed_in_writing: Truth = None,
        emigration_notified: Day = None,
        removal_wanted_from: Day = None,
    ) -> tuple[dict[str, Truth], list[Due]]:
        # A date given as False never happened, so `day and day <= on` is None, False or the answer.
        age = None if date_of_birth is None else too_old < date_of_birth <= old_enough
        off_roll = None if on_school_roll is None else not on_school_roll

        # Section 436A and the notice of section 437
        if education_otherwise == "none" or education_otherwise_assessed == "unsuitable":
            unsuitable: Truth = True
        elif education_otherwise_assessed == "not_assessed":
            if education_otherwise is None:
                unsuitable = None
            elif education_otherwise not in not_assessed_kinds:
                unsuitable = False
            else:
                unsuitable = None if provision_appears_suitable is None else not provision_appears_suitable
        elif education_otherwise is None or education_otherwise_assessed is None:
            unsuitable = None
        else:
            unsuitable = False
        if in_area is False or age is False or off_roll is False or unsuitable is False:
            statutory: Truth = False
        else:
            statutory = True if in_area and age and off_roll and unsuitable else None
        served = notice_served and notice_served <= on
        if notice_deadline is None or notice_served is None:
            valid: Truth = False if served is False else None
        else:
            valid = bool(served and notice_deadline and notice_deadline >= notice_served + fourteen_days)
        run_out = notice_served and notice_served + fourteen_days < on
        past_deadline = notice_deadline and notice_deadline < on
        if (
            valid is False
            or run_out is False
            or past_deadline is False
            or parent_satisfied_authority
            or attendance_expedient is False
            or age is False
        ):
            may_order: Truth = False
        else:
            asked = valid and run_out and past_deadline and parent_satisfied_authority is False
            may_order = True if asked and attendance_expedient and age else None

        # Absence
        if sessions_absent is None or not sessions_possible:
            persistent: Truth = None
            severe: Truth = None
        else:
            persistent = sessions_absent * 100 >= 10 * sessions_possible
            severe = sessions_absent * 100 >= 50 * sessions_possible

        # Removal: what several grounds have in common
        leave_over: Truth = None
        if leave_ended is False:
            leave_over = False
        elif leave_ended and covered_from <= leave_ended <= covered_to:
            leave_over = leave_ended <= ten_days_after
        if returned_from_leave or leave_over is False:
            late: Truth = False
        else:
            late = True if returned_from_leave is False and leave_over else None
        gone: Truth = None
        if absence_began is False:
            gone = False
        elif absence_began and covered_from <= absence_began <= covered_to:
            gone = absence_began <= twenty_days_ago
        if joint_enquiries_made is False or (location_known and agreed_will_not_attend_again is False):
            searched: Truth = False
        else:
            found = location_known is False or agreed_will_not_attend_again
            searched = True if joint_enquiries_made and found else None
        not_back = None if expected_to_attend_again is None else not expected_to_attend_again
        well = None if sickness_or_unavoidable_cause is None else not sickness_or_unavoidable_cause
        kept = None if school_kind is None else school_kind in maintained_kinds

        # The grounds
        if age is False or placed_by_la_in_special_school is False:
            needs_consent: Truth = False
        else:
            needs_consent = True if age and placed_by_la_in_special_school else None
        if needs_consent is False or la_consents_to_removal:
            no_consent: Truth = False
        else:
            no_consent = True if needs_consent and la_consents_to_removal is False else None
        if (
            registered_at_another_school is False
            or order_names_this_school
            or mobile_child_main_school
            or dual_registration_agreed
        ):
            ground_a: Truth = False
        elif registered_at_another_school and order_names_this_school is False and mobile_child_main_school is False:
            ground_a = None if dual_registration_agreed is None else True
        else:
            ground_a = None
        ground_b: Truth = (
            False
            if nursery_completed is False or not_back is False
            else True
            if nursery_completed and not_back
            else None
        )
        if (
            registered_at_another_school is False
            or not_back is False
            or other_schools_consent is False
            or order_names_this_school
            or mobile_child_main_school
        ):
            ground_c: Truth = False
        elif registered_at_another_school and not_back and other_schools_consent and order_names_this_school is False:
            ground_c = None if mobile_child_main_school is None else True
        else:
            ground_c = None
        home_from = home_education_after and home_education_after < on
        if home_education_notice_in_writing is False or home_from is False or order_names_this_school:
            ground_f: Truth = False
        else:
            ground_f = (
                True if home_education_notice_in_writing and home_from and order_names_this_school is False else None
            )
        if moved_beyond_reasonable_distance is False or not_back is False or boarder:
            ground_g: Truth = False
        else:
            ground_g = True if moved_beyond_reasonable_distance and not_back and boarder is False else None
        if late is False or well is False or searched is False:
            ground_h: Truth = False
        else:
            ground_h = True if late and well and searched else None
        if gone is False or absence_all_unauthorised is False or well is False or searched is False:
            ground_i: Truth = False
        else:
            ground_i = True if gone and absence_all_unauthorised and well and searched else None
        ground_j: Truth = (
            False
            if detained_under_sentence is False or not_back is False
            else True
            if detained_under_sentence and not_back
            else None
        )
        ground_k = died and died <= on
        if will_be_over_school_age_when_school_next_meets is False or continuing_to_sixth_form:
            ground_l: Truth = False
        else:
            leaving = will_be_over_school_age_when_school_next_meets and continuing_to_sixth_form is False
            ground_l = True if leaving else None
        if boarder is False or boarding_fees_unpaid is False or kept is False:
            ground_m: Truth = False
        else:
            ground_m = True if boarder and boarding_fees_unpaid and kept else None
        if ceased_to_be_pupil is False or kept:
            ground_n: Truth = False
        else:
            ground_n = True if ceased_to_be_pupil and kept is False else None
        if age or boarder or not_back is False:
            under_a: Truth = False
        else:
            under_a = True if age is False and boarder is False and not_back else None
        if age or boarder is False or ceased_to_be_pupil is False:
            under_b: Truth = False
        else:
            under_b = True if age is False and boarder and ceased_to_be_pupil else None
        if school_enquiries_made or joint_enquiries_made:
            asked_about: Truth = True
        else:
            asked_about = None if school_enquiries_made is None or joint_enquiries_made is None else False
        if asked_about is False or (location_known and not_back is False):
            alone: Truth = False
        else:
            alone = True if asked_about and (location_known is False or not_back) else None
        if age or gone is False or absence_authorised_at_any_time or well is False or alone is False:
            under_c: Truth = False
        else:
            away = age is False and gone and absence_authorised_at_any_time is False
            under_c = True if away and well and alone else None

        # Whether a ground applies, and whether the name must therefore go
        of_age = (
            ground_a, ground_b, ground_c, order_substituted_school, order_revoked_for_education_otherwise, ground_f,
            ground_g, ground_h, ground_i, ground_j, ground_l, ground_m, ground_n,
        )  # fmt: skip
        if ground_k or permanently_excluded or under_a or under_b or under_c:
            removal: Truth = True
        else:
            if True in of_age:
                at_age: Truth = age
            elif age is False:
                at_age = False
            else:
                at_age = None if None in of_age else False
            if at_age:
                removal = True
            elif at_age is False and None not in (ground_k, permanently_excluded, under_a, under_b, under_c):
                removal = False
            else:
                removal = None
        no_bar = (
            order_substituted_school, order_revoked_for_education_otherwise, ground_k, permanently_excluded,
            None if no_consent is None else not no_consent,
        )  # fmt: skip
        if removal is False:
            deletion: Truth = False
        elif True in no_bar:
            deletion = removal
        else:
            deletion = None if None in no_bar else False

        # The council's sections 1 and 2
        irregular = True if persistent or fails_to_attend_regularly else None
        if persistent is False and fails_to_attend_regularly is False:
            irregular = False
        if on_school_roll is False or irregular is False:
            at_risk: Truth = False
        else:
            at_risk = True if on_school_roll and irregular else None
        at_home = None if education_otherwise is None else education_otherwise == "home_education"
        tried = None if home_education_contact_attempts is None else home_education_contact_attempts >= 2
        if at_home is False or tried is False or home_education_responded:
            silent: Truth = False
        else:
            silent = True if at_home and tried and home_education_responded is False else None
        nothing_else = None if education_otherwise is None else education_otherwise == "none"
        if age is False or off_roll is False or nothing_else is False:
            without: Truth = False
        else:
            without = True if age and off_roll and nothing_else else None
        if last_day_of_education is None:
            long_out: Truth = None
            still: Truth = None
        elif last_day_of_education is False:
            long_out = None if date_of_birth is None else date_of_birth <= began_long_ago
            still = False
        else:
            long_out = last_day_of_education <= four_weeks_ago
            still = last_day_of_education > on
        if without is False or long_out is False:
            local: Truth = False
        else:
            local = True if without and long_out else None
        if without is False or long_out or still:
            waiting: Truth = False
        else:
            waiting = True if without and long_out is False and still is False else None
        identified: Truth = True if local or statutory else False if local is False and statutory is False else None
        if on_school_roll or reached_school_age_or_transferring is False:
            point_a: Truth = False
        else:
            point_a = True if off_roll and reached_school_age_or_transferring else None
        if on_school_roll or newly_arrived_in_area is False:
            point_b: Truth = False
        else:
            point_b = True if off_roll and newly_arrived_in_area else None
        removed = off_rolled and off_rolled <= on
        if removed is False or off_roll_procedure_followed:
            point_c: Truth = False
        else:
            point_c = True if removed and off_roll_procedure_followed is False else None
        if point_a or point_b or point_c:
            point: Truth = True
        else:
            point = False if point_a is False and point_b is False and point_c is False else None
        if without or (on_school_roll and persistent):
            dropped_out: Truth = True
        elif without is False and (on_school_roll is False or persistent is False):
            dropped_out = False
        else:
            dropped_out = None
        group_a: Truth = (
            True
            if attendance_difficulty or bullied
            else None
            if attendance_difficulty is None or bullied is None
            else False
        )
        group_b: Truth = (
            True
            if domestic_violence or adverse_family_circumstances
            else None
            if domestic_violence is None or adverse_family_circumstances is None
            else False
        )
        group_c: Truth = (
            True
            if gypsy_roma_traveller or migrant_family
            else None
            if gypsy_roma_traveller is None or migrant_family is None
            else False
        )
        if at_home is False or home_education_registered:
            group_d: Truth = False
        else:
            group_d = True if at_home and home_education_registered is False else None
        if group_a or group_b or group_c or group_d:
            group: Truth = True
        else:
            group = None if None in (group_a, group_b, group_c, group_d) else False

        # 8a, A4 and A6
        ordered = order_made and order_made <= on
        visited = home_visit_after_order and home_visit_after_order <= on
        visit_late = order_made and order_made + fifteen_days < on
        if visit_late is False or visited:
            visit_overdue: Truth = False
        else:
            visit_overdue = True if visit_late and visited is False else None
        if gone is False or contact_from_parents or location_known or joint_enquiries_made is False:
            lost: Truth = False
        else:
            unheard = gone and contact_from_parents is False and location_known is False
            lost = True if unheard and joint_enquiries_made else None
        away_now = absence_began and absence_began <= on
        if away_now is False or contact_from_parents or location_known or lost:
            not_yet: Truth = False
        else:
            unheard = away_now and contact_from_parents is False and location_known is False
            not_yet = True if unheard and lost is False else None
        dated = None if departure_date is None else departure_date is not False
        if (
            destination_address_known is False
            or departure_confirmed is False
            or dated is False
            or long_gap_before_departure
        ):
            ready: Truth = False
        else:
            said = destination_address_known and departure_confirmed and dated
            ready = True if said and long_gap_before_departure is False else None
        if ready is False or emigration_confirmed_in_writing is False:
            in_writing: Truth = False
        else:
            in_writing = True if ready and emigration_confirmed_in_writing else None
        if removal_wanted_from is None or departure_date is None:
            prompted: Truth = None
        else:
            prompted = bool(
                removal_wanted_from and departure_date and (departure_date - removal_wanted_from).days >= 28
            )

        verdicts: dict[str, Truth] = {
            "of_compulsory_school_age": age,
            "cme_statutory": statutory,
            "sao_notice_valid": valid,
            "sao_may_be_made": may_order,
            "persistently_absent": persistent,
            "severely_absent": severe,
            "removal_needs_la_consent": needs_consent,
            "removal_consent_missing": no_consent,
            "removal_ground_a": ground_a,
            "removal_ground_b": ground_b,
            "removal_ground_c": ground_c,
            "removal_ground_d": order_substituted_school,
            "removal_ground_e": order_revoked_for_education_otherwise,
            "removal_ground_f": ground_f,
            "removal_ground_g": ground_g,
            "removal_ground_h": ground_h,
            "removal_ground_i": ground_i,
            "removal_ground_j": ground_j,
            "removal_ground_k": ground_k,
            "removal_ground_l": ground_l,
            "removal_ground_m": ground_m,
            "removal_ground_n": ground_n,
            "removal_ground_o": permanently_excluded,
            "removal_not_school_age_a": under_a,
            "removal_not_school_age_b": under_b,
            "removal_not_school_age_c": under_c,
            "removal_due": removal,
            "deletion_due": deletion,
            "at_risk_of_missing": at_risk,
            "home_education_no_response": silent,
            "cme_local": local,
            "cme_local_not_presumed": waiting,
            "risk_point_a": point_a,
            "risk_point_b": point_b,
            "risk_point_c": point_c,
            "risk_point": point,
            "significant_risk_of_harm": dropped_out,
            "risk_group_a": group_a,
            "risk_group_b": group_b,
            "risk_group_c": group_c,
            "risk_group_d": group_d,
            "risk_group": group,
            "sao_home_visit_overdue": visit_overdue,
            "lost_pupil_local": lost,
            "lost_pupil_not_yet": not_yet,
            "emigration_ready": ready,
            "emigration_ready_in_writing": in_writing,
            "long_gap_prompted": prompted,
        }
        actions: list[Due] = []
        if statutory:
            actions.append(Due("serve_sao_notice", None, None, served is True))
        if may_order:
            done = bool(order_made and order_made <= on)
            actions.append(Due("make_order", None, notice_served + fifteen_days, done))
        if on_school_roll and deletion:
            actions.append(Due("remove_from_roll", None, None, removed is True))
        if on_school_roll and deletion is False:
            actions.append(Due("keep_on_roll", None, None, False))  # noqa: FBT003 - a record
        if silent:
            known = bool(identity_established and identity_established <= on)
            actions.append(Due("follow_up_silent_home_education", None, None, known))
        if waiting:
            actions.append(Due("judge_time_out_of_education", None, None, bool(referred and referred <= on)))
        if identified:
            started = bool(response_started and response_started <= on)
            actions.append(Due("respond_rapidly", None, None, started))
            actions.append(Due("enter_on_s2s", None, None, bool(entered_on_s2s and entered_on_s2s <= on)))
        if ordered:
            actions.append(Due("home_visit_after_order", order_made + fifteen_days, None, visited is True))
        if lost:
            lawful = twentieth_day(absence_began, 20) + one_day
            actions.append(Due("remove_lost_pupil", None, lawful, removed is True))
        if emigration_notified and emigration_notified <= on:
            actions.append(Due("ask_for_destination_address", None, None, destination_address_known is True))
            confirmed = departure_confirmed is True and dated is True
            actions.append(Due("confirm_departure_date", None, None, confirmed))
            in_hand = emigration_confirmed_in_writing is True
            actions.append(Due("ask_for_written_confirmation", None, None, in_hand))
            if long_gap_before_departure:
                actions.append(Due("off_roll_at_once", None, None, False))  # noqa: FBT003 - a record
            if prompted:
                actions.append(Due("judge_gap", None, None, long_gap_before_departure is not None))
        return verdicts, actions

    return judge
