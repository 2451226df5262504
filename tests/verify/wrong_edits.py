"""Edits of the shipped policies that are wrong on purpose, each with the tool that has to notice it.

An edit is a passage of one file put otherwise. `LOAD`: the policy no longer loads, and what is said. `CHECK`: a proof
is broken, and of which rules. `TEST`: cases fail; `HISTORIES`: histories do. `COVERAGE` and `MUTANTS`: nothing fails,
and the figures fall.
"""

from attrs import frozen

__all__ = ["CHECK", "COVERAGE", "HISTORIES", "LOAD", "MUTANTS", "TEST", "WRONG_EDITS", "WrongEdit"]

LOAD, CHECK, TEST, COVERAGE, MUTANTS = "load", "check", "test", "coverage", "mutants"
HISTORIES = "histories"
ES, EN = "east_sussex", "england"


@frozen(kw_only=True)
class WrongEdit:
    """One edit: in `file`, `old` becomes `new`; `tool` notices, and what it says holds `says`."""

    file: str
    old: str
    new: str
    tool: str
    says: str = ""


def _edit(tool: str, file: str, old: str, new: str, says: str = "") -> WrongEdit:
    return WrongEdit(file=file, old=old, new=new, tool=tool, says=says)


WRONG_EDITS = {
    "the officer's role is misspelt": _edit(
        LOAD,
        f"{ES}/rules/8_school_attendance_orders.toml",
        '"legal_interventions_officer"',
        '"legal_intervention_officer"',
        "role 'legal_intervention_officer' is not declared",
    ),
    "nobody says how the fifteen days are counted": _edit(
        LOAD,
        f"{ES}/parameters.toml",
        'title     = "Time for the home visit after an order"\nunit      = "calendar_day"\ncounted   = "after"\n',
        'title     = "Time for the home visit after an order"\nunit      = "calendar_day"\n',
        "a span of calendar_days says how it is counted",
    ),
    "a definition is misspelt in a condition": _edit(
        LOAD,
        f"{ES}/rules/2_context.toml",
        '"without_education and out_of_education_for_long"',
        '"without_education and out_of_education_to_long"',
        "did you mean 'out_of_education_for_long'",
    ),
    "four weeks begin a year after the rule that uses them": _edit(
        LOAD,
        f"{ES}/parameters.toml",
        "values    = [{ since = 2022-09-28, value = 28 }]",
        "values    = [{ since = 2023-09-28, value = 28 }]",
        "has no value before 2023-09-28",
    ),
    "four weeks are written in quotes": _edit(
        LOAD, f"{ES}/parameters.toml", "value = 28 }", 'value = "28" }', "expected a whole number, found text"
    ),
    "a paragraph of the Act that nobody listed is cited": _edit(
        LOAD,
        f"{ES}/rules/2_context.toml",
        'cites          = ["s.436A"]',
        'cites          = ["s.436Z"]',
        "paragraph 's.436Z' stands in no source.toml",
    ),
    "the council gives the nation's finding again": _edit(
        LOAD,
        f"{ES}/rules/2_context.toml",
        'finding   = "risk_group_local_or_national"',
        'finding   = "cme_statutory"',
        "'cme_statutory' is already given by",
    ),
    "four weeks are compared with a count of school days": _edit(
        LOAD,
        f"{ES}/definitions/education.toml",
        "days_out_of_education >= substantial_period",
        "days_out_of_education >= referral_period",
        "referral_period",
    ),
    "a process leads to a state it does not have": _edit(
        LOAD, f"{ES}/processes/emigration.toml", 'to = "told"', 'to = "tolled"', "tolled"
    ),
    "a term has lost a week": _edit(
        LOAD, f"{ES}/calendars/east_sussex.toml", "open_days  = 195", "open_days  = 190", "190"
    ),
    "below four weeks and above are no longer kept apart": _edit(
        CHECK,
        f"{ES}/rules/2_context.toml",
        "without_education and not out_of_education_for_long and not still_in_education",
        "without_education and not still_in_education",
        "2.1/below",
    ),
    "a risk point asks for both a roll and none": _edit(
        CHECK,
        f"{ES}/rules/2_context.toml",
        '"not on_school_roll and reached_school_age_or_transferring"',
        '"not on_school_roll and on_school_roll and reached_school_age_or_transferring"',
        "can never hold",
    ),
    "a risk point takes everybody in": _edit(
        CHECK,
        f"{ES}/rules/2_context.toml",
        '"not on_school_roll and newly_arrived_in_area"',
        '"not on_school_roll or on_school_roll or newly_arrived_in_area"',
        "holds for every child",
    ),
    "a family with a welfare concern is neither visited nor telephoned": _edit(
        CHECK,
        f"{ES}/rules/5_roles.toml",
        'when      = "home_education_begun and not flagged_for_visit"',
        'when      = "home_education_begun and not flagged_for_visit and not welfare_concern"',
        "is said to leave nobody out together with 5.tlp/by_telephone",
    ),
    "the rapid response waits four weeks, which the Act does not": _edit(
        CHECK,
        f"{ES}/definitions/education.toml",
        'means     = "cme_local or cme_statutory"',
        'means     = "cme_local"',
        "2.2a is said to ask for no less than",
    ),
    "a condition is asked for twice": _edit(
        CHECK,
        f"{ES}/rules/2_context.toml",
        'when      = "not on_school_roll and newly_arrived_in_area"',
        'when      = "not on_school_roll and (newly_arrived_in_area and not on_school_roll)"',
        "has a part without which it is the same for every child",
    ),
    "a process has a state to which nothing leads": _edit(
        CHECK,
        f"{ES}/processes/emigration.toml",
        'on.details_given = [\n    { to = "leaving",',
        'on.details_given = [\n    { to = "told",',
        "no events lead to this state",
    ),
    "another officer visits after an order": _edit(
        TEST,
        f"{ES}/rules/8_school_attendance_orders.toml",
        'role       = "legal_interventions_officer"',
        'role       = "cme_officer"',
        "home_visit_after_order",
    ),
    "the officer only may visit after an order": _edit(
        TEST,
        f"{ES}/rules/8_school_attendance_orders.toml",
        'action     = "home_visit_after_order"\nforce      = "must"',
        'action     = "home_visit_after_order"\nforce      = "may"',
        "home_visit_after_order",
    ),
    "a child is gone before the day the family leaves": _edit(
        HISTORIES,
        f"{ES}/processes/emigration.toml",
        '{ to = "gone", when = "not long_gap_before_departure", not_before = "departure" }',
        '{ to = "gone", when = "not long_gap_before_departure" }',
        "Nobody has left before the day of leaving",
    ),
    "the address is no longer asked for before a family leaves": _edit(
        HISTORIES,
        f"{ES}/processes/emigration.toml",
        'when = "destination_address_known and departure_confirmed and departure_date_given" }',
        'when = "departure_confirmed and departure_date_given and not destination_address_known" }',
        "With address and day the child stays on the roll until the family leaves",
    ),
    "four weeks are twenty-seven days": _edit(
        TEST, f"{ES}/parameters.toml", "value = 28 }", "value = 27 }", "cme_local"
    ),
    "more than four weeks are asked for": _edit(
        TEST,
        f"{ES}/definitions/education.toml",
        "days_out_of_education >= substantial_period",
        "days_out_of_education > substantial_period",
        "cme_local",
    ),
    "the day of the order is counted": _edit(
        TEST,
        f"{ES}/parameters.toml",
        'home visit after an order"\nunit      = "calendar_day"\ncounted   = "after"\n',
        'home visit after an order"\nunit      = "calendar_day"\ncounted   = "beginning_with"\n',
        "home_visit_after_order",
    ),
    "the fifteen days are school days": _edit(
        TEST,
        f"{ES}/parameters.toml",
        'title     = "Time for the home visit after an order"\nunit      = "calendar_day"\n',
        'title     = "Time for the home visit after an order"\nunit      = "school_day"\n',
        "home_visit_after_order",
    ),
    "a visit no longer ends the duty to visit": _edit(
        TEST,
        f"{ES}/rules/8_school_attendance_orders.toml",
        'of = "order_made" }\ndischarged = "happened(home_visit_after_order)"\n',
        'of = "order_made" }\n',
        "home_visit_after_order",
    ),
    "the visit is due within another number of days": _edit(
        TEST,
        f"{ES}/rules/8_school_attendance_orders.toml",
        'within = "home_visit_period"',
        'within = "spoa_contact_period"',
        "home_visit_after_order",
    ),
    "improvement no longer stops the referral": _edit(
        TEST,
        f"{ES}/rules/8_school_attendance_orders.toml",
        '"attendance_strategies_exhausted and not attendance_improved"',
        '"attendance_strategies_exhausted"',
        "consider_esbas_referral",
    ),
    "a notice of fourteen days is long enough": _edit(
        TEST,
        f"{EN}/parameters.toml",
        'paragraph = "s.437(2)"\nvalues    = [{ since = 2006-09-01, value = 15 }]',
        'paragraph = "s.437(2)"\nvalues    = [{ since = 2006-09-01, value = 14 }]',
        "sao_notice_valid",
    ),
    "an order does not stand in the way of home education": _edit(
        TEST,
        f"{EN}/rules/removal_2024.toml",
        "passed(home_education_after) and not order_names_this_school",
        "passed(home_education_after)",
        "removal_ground_f",
    ),
    "the guidance of 2025 begins a day late": _edit(
        TEST,
        f"{EN}/rules/436_missing_education.toml",
        "since     = 2025-09-08",
        "since     = 2025-09-09",
        "cme_statutory",
    ),
    "persistent absence is eleven in a hundred": _edit(
        TEST,
        f"{EN}/parameters.toml",
        "{ since = 2015-09-01, value = 10 }",
        "{ since = 2015-09-01, value = 11 }",
        "persistently_absent",
    ),
    "compulsory school age ends at seventeen": _edit(
        TEST,
        f"{EN}/school_age.toml",
        "end_age            = 16",
        "end_age            = 17",
        "of_compulsory_school_age",
    ),
    "a paragraph is said to be encoded and is not": _edit(
        COVERAGE,
        f"{ES}/source.toml",
        'wider care for children\'s safety"\nkind   = "context"\nstatus = "context"',
        'wider care for children\'s safety"\nkind   = "duty"\nstatus = "encoded"',
        "1.2",
    ),
    "the cases of the home visit are gone": _edit(
        COVERAGE, f"{ES}/cases/8_school_attendance_orders.toml", "", "", "8a"
    ),
    "the cases at the edges of four weeks are gone": _edit(MUTANTS, f"{ES}/cases/2_context.toml", "", "", "28 became"),
}
"""What each edit does, in a sentence. An edit without `old` leaves the whole file out."""
