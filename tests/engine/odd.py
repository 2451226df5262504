"""The toy policy with one rule for each odd turn a condition can take."""

from pathlib import Path

from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.toy import FILES, write_toy

__all__ = ["CONDITIONS", "odd_policy"]

CONDITIONS = {
    "is_known": "known(begins)",
    "begun_today": "begins == on",
    "begins_later": "on < begins",
    "in_last_year": "year_group(date_of_birth) == last_year",
    "in_other_year": "year_group(date_of_birth) != last_year",
    "in_last_year_or_over": "year_group(date_of_birth) >= last_year",
    "grown_up": "age(date_of_birth) >= last_year",
    "of_age": "on >= school_age_begins(date_of_birth)",
    "age_begins_today": "on == school_age_begins(date_of_birth)",
    "not_of_age_for_long": "days_since(school_age_begins(date_of_birth)) >= long",
    "long_ago": "days_between(begins, on) >= long",
    "far_apart": "days_between(begins, ends) >= long",
    "over_a_month": "ends > last_day(a_month, begins)",
    "over_a_while": "ends > last_day(long, begins)",
    "open_after_a_while": "first_day_after(long, begins) <= ends",
    "ended_after_a_while": "passed(last_day(long, begins))",
    "over_an_age": "ends >= last_day(an_age, begins)",
    "over_school_days": "ends > last_day(reported, begins)",
    "reported_long_ago": "school_days_since(begins) >= few_school_days",
    "worked_on": "working_days_since(begins) < few_working_days",
    "before_the_count_ends": "last_day(reported, begins) > on",
    "never_valued": "days_since(begins) >= era",
    "enough": "sessions_absent >= few",
    "some": "sessions_absent > 0",
    "one_way": "few <= sessions_absent",
    "two_definitions": "span_so_far >= long and not (on_roll or begun)",
    "often_enough": "rate(sessions_absent, sessions_possible) < often",
    "at_home": 'schooling in ("home", "tutor")',
    "not_at_home": 'schooling not in ("home",)',
    "tutored": 'schooling == "tutor"',
    "untutored": 'schooling != "tutor"',
    "always": "True",
    "never": "False and on_roll",
    "nested": "not (on_roll and not (in_area or not on_roll)) or (in_area and True)",
    "again": "begun and not begun",
    "same_again": "begun",
    "turned_round": "not on_roll",
}
"""Findings by name, each with its condition."""

_FACTS = """
[begins]
type = "date"
ask = "When did it begin?"
knows = ["clerk"]
words = "the beginning"

[ends]
type = "date"
ask = "When does it end?"
knows = ["clerk"]
words = "the end"
"""

_PARAMETERS = """
[last_year]
title = "The last year"
unit = "year"
paragraph = "2"
values = [{ since = 2020-01-01, value = 11 }]

[few]
title = "A few sessions"
unit = "session"
paragraph = "2"
values = [{ since = 2020-01-01, value = 3 }]

[era]
title = "An era"
unit = "calendar_day"
counted = "after"
paragraph = "2"
values = [{ since = 2020-01-01, until = 2023-12-31, value = 3 }]

[a_month]
title = "A month"
unit = "month"
counted = "beginning_with"
paragraph = "2"
values = [{ since = 2020-01-01, value = 1 }]

[an_age]
title = "An age"
unit = "week"
counted = "after"
paragraph = "2"
values = [{ since = 2020-01-01, value = 500000 }]

[few_school_days]
title = "A few school days"
unit = "school_day"
counted = "after"
paragraph = "2"
values = [{ since = 2020-01-01, value = 3 }]

[few_working_days]
title = "A few working days"
unit = "working_day"
counted = "after"
paragraph = "2"
values = [{ since = 2020-01-01, value = 3 }]
"""

_DEFINITIONS = """
[begun]
means = "happened(begins)"
words = "it has begun"
paragraph = "2"
reading = "the day of the beginning counts"

[span_so_far]
means = "days_since(begins)"
words = "the days since the beginning"
paragraph = "2"
"""

_SCHOOL_AGE = """
[[school_age]]
since = 2020-01-01
start_age = 5
prescribed_days = ["03-31", "08-31", "12-31"]
end_age = 16
leaving_weekday = "friday"
leaving_month = 6
school_year_starts = "09-01"
paragraph = "a.1"
"""

_DUTIES = """
["2/odd_duty"]
title = "Write about it"
action = "write_about_it"
force = "must"
role = "clerk"
when = "begun"
due = { within = "reported", of = "begins" }
not_before = { after = "a_month", of = "ends" }
discharged = "on_roll"
if_not = "nothing is written"

["2/odd_era"]
title = "Count the era"
action = "count_the_era"
force = "may"
role = "clerk"
when = "begun"
due = { within = "era", of = "begins" }

["2/odd_prompt"]
title = "Look at it again"
action = "look_again"
force = "consider"
role = "clerk"
when = "begun and in_area"
judgement = "A person decides."
weigh = ["how long it took"]
"""


def odd_policy(root: Path) -> Policy:
    """The odd policy, written below a folder and loaded."""
    rules = "".join(
        f'["2/{name}"]\ntitle = "{name}"\nfinding = "{name}"\nwords = "it is {name}"\nwhen = \'{when}\'\n\n'
        for name, when in CONDITIONS.items()
    )
    folder = write_toy(
        root,
        land__facts=FILES["land/facts.toml"] + _FACTS,
        land__school_age=_SCHOOL_AGE,
        shire__parameters=FILES["shire/parameters.toml"] + _PARAMETERS,
        shire__definitions__9_odd=_DEFINITIONS,
        shire__rules__9_odd=rules + _DUTIES,
    )
    return load_policy(folder)
