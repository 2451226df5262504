"""An invented policy whose rules turn in every way a rule can turn as the days pass."""

from pathlib import Path

from tests.toy import write_toy

__all__ = ["write_ticking"]

FACTS = """
[began]
type = "date"
ask = "When did it begin?"
knows = ["clerk"]
words = "the beginning"

[ended]
type = "date"
ask = "When did it end?"
knows = ["clerk"]
words = "the end"

[quiet]
type = "bool"
ask = "Is it quiet?"
knows = ["clerk"]
words = "it is quiet"
changeable = false
"""

PARAMETERS = """
[growing]
title = "A growing time"
unit = "calendar_day"
counted = "after"
paragraph = "2"
values = [{ since = 2022-01-01, until = 2026-03-31, value = 20 }, { since = 2026-04-01, value = 40 }]

[few_days]
title = "A few days"
unit = "calendar_day"
counted = "after"
paragraph = "2"
values = [{ since = 2022-01-01, value = 3 }]

[working_time]
title = "A working time"
unit = "working_day"
counted = "after"
paragraph = "2"
values = [{ since = 2022-01-01, value = 5 }]

[sat_out]
title = "Days sat out"
unit = "working_day"
counted = "after"
paragraph = "2"
values = [{ since = 2022-01-01, value = 4 }]

[three]
title = "Three years"
unit = "year"
paragraph = "2"
values = [{ since = 2022-01-01, value = 3 }]

[lapsing]
title = "A time that lapses"
unit = "calendar_day"
counted = "after"
paragraph = "2"
values = [{ since = 2022-01-01, until = 2026-04-30, value = 9 }]
"""

DEFINITIONS = """
[moving_day]
means = "last_day(few_days, on)"
words = "the day a few days on"
paragraph = "2"

[soon_over]
means = "began > on"
words = "the beginning is to come"
paragraph = "2"
"""

RULES = """
["2/days"]
title = "Long since it began"
finding = "long_since"
words = "it began long ago"
when = "days_since(began) >= growing"

["2/exactly"]
title = "Exactly so many days ago"
finding = "exactly"
words = "it began just so long ago"
when = '''days_since(began) == few_days or (days_since(ended) != few_days and quiet)
          or working_days_since(began) == sat_out'''

["2/both"]
title = "Longer since the one than since the other"
finding = "longer"
words = "it is longer since the beginning than since the end"
when = "days_since(began) > days_since(ended)"

["2/nested"]
title = "Counted from a day worked out"
finding = "nested"
words = "it is years since the day worked out"
when = "age(last_day(few_days, began)) >= three or passed(last_day(working_time, began))"

["2/school"]
title = "School days"
finding = "schooled"
words = "there were school days enough"
when = "school_days_from(absence_began) >= reported and not soon_over"

["2/old_law"]
title = "What was, until the spring"
finding = "dated"
words = "the old rule holds"
when = "happened(began)"
until = 2026-04-15

["2/new_law"]
title = "What is, from the spring"
finding = "dated"
words = "the new rule holds"
when = "passed(ended)"
since = 2026-04-16

["2/passing"]
title = "In force for a while"
finding = "passing"
words = "it is in force for a while"
when = "quiet"
since = 2026-03-20
until = 2026-04-10

["2/either"]
title = "Either of two that turn together"
finding = "either"
words = "one of two"
when = "passed(began) or days_since(began) >= 1 or dated"

["2/lapse"]
title = "A number that lapses"
finding = "lapsed"
words = "it is long enough while the number stands"
when = "days_since(began) >= lapsing"

["2/between"]
title = "Between the beginning and the day"
finding = "between"
words = "there are days enough in between"
when = "days_between(began, on) >= growing"

["2/gap_before"]
title = "Before the gap"
finding = "gapped"
words = "it stands before the gap"
when = "happened(began)"
until = 2026-04-20

["2/gap_after"]
title = "After the gap"
finding = "gapped"
words = "it stands after the gap"
when = "happened(began)"
since = 2026-04-25

["2/leaning"]
title = "Leaning on what has a gap"
finding = "leaning"
words = "it leans on it"
when = "gapped and quiet"

["2/known"]
title = "Known at all"
finding = "known_at_all"
words = "the beginning is known"
when = "known(began) and quiet"

["2/march"]
title = "Between three days and twenty"
finding = "in_march"
words = "it began between three days and twenty ago"
when = "days_since(began) >= few_days and days_since(began) <= growing"

["2/act"]
title = "Act in time"
action = "act"
force = "must"
role = "clerk"
when = "happened(began)"
due = { within = "growing", of = "began" }
not_before = { after = "few_days", of = "began" }
discharged = "passed(ended)"

["2/only_from"]
title = "Act from a day on"
action = "from_then"
force = "may"
role = "clerk"
when = "quiet or dated"
not_before = { after = "working_time", of = "ended" }

["2/chase"]
title = "Chase a day that runs away"
action = "chase"
force = "should"
role = "clerk"
when = "happened(began)"
due = { within = "few_days", of = "moving_day" }

["2/undated"]
title = "Act some day"
action = "some_day"
force = "should"
role = "clerk"
when = "long_since"
"""


def write_ticking(root: Path) -> Path:
    """The folder of the shire, its rules replaced by those that turn."""
    folder = write_toy(root, shire__cases__2_gone="", shire__rules__3_absence="")
    for name in ("rules/2_gone.toml", "definitions/2.toml", "cases/2_gone.toml", "rules/3_absence.toml"):
        (folder / name).unlink()
    (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
    with (folder / "parameters.toml").open("a", encoding="utf-8") as file:
        file.write(PARAMETERS)
    (folder / "definitions" / "turning.toml").write_text(DEFINITIONS, encoding="utf-8")
    (folder / "rules" / "turning.toml").write_text(RULES, encoding="utf-8")
    source = (folder / "source.toml").read_text(encoding="utf-8")
    (folder / "source.toml").write_text(source, encoding="utf-8")
    return folder
