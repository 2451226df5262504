"""Two small invented policies for tests of the tools: `shire`, a council's, extends `land`, a nation's."""

from pathlib import Path

__all__ = ["CASES", "FILES", "broken_toy", "write_toy"]

CASES = """\
[base.local_child]
in_area = true
on_roll = false
schooling = "none"

[[case]]
name = "Four weeks to the day are long enough"
paragraph = "2"
base = "local_child"
on = 2026-03-10
given = { last_taught = 2026-02-10 }
then = { long_gone = "holds", gone = "holds", call_home = "holds" }
due = { call_home = 2026-02-20 }
status = { call_home = "overdue" }

[[case]]
name = "A day short of four weeks is not enough"
paragraph = "2"
base = "local_child"
on = 2026-03-09
given = { last_taught = 2026-02-10 }
then = { long_gone = "fails", gone = "holds" }
status = { call_home = "absent" }

[[case]]
name = "Nobody knows when teaching stopped"
paragraph = "2"
source = "a worked example"
base = "local_child"
on = 2026-03-09
then = { long_gone = "unknown" }
missing = { long_gone = ["last_taught"] }
status = { call_home = "possible" }

[[table]]
name = "Absence at its edges"
paragraph = "3"
on = 2026-03-09
columns = ["name", "sessions_possible", "sessions_absent", "often_absent"]
rows = [
    ["Just below a tenth", 100, 9, "fails"],
    ["At a tenth", 100, 10, "holds"],
    ["Above a tenth", 100, 11, "holds"],
    ["Not known", 100, "unknown", "unknown"],
]
"""

FILES = {
    "land/policy.toml": """\
schema = 1
id = "land"
title = "The land's law on missing children"
since = 2020-01-01
source = "act"
scope = "every council"

[[sources]]
id = "act"
title = "The Schooling Act"
rank = "statute"

[[sources]]
id = "old_guide"
title = "The old guide"
rank = "guidance"
until = 2023-12-31

[[previews]]
id = "reform"
title = "The Schooling Reform Act"
enacted = 2025-05-01
""",
    "land/source.toml": """\
["a.1"]
gist = "who is gone from education"
kind = "definition"
status = "encoded"

["a.2"]
gist = "why the Act was made"
kind = "context"
status = "context"
why = "an aim, not a rule"

["a.3"]
gist = "a fast track that is to come"
kind = "finding"
status = "encoded"

["g.1"]
gist = "the guide's view of long absence"
kind = "finding"
status = "encoded"
source = "old_guide"
""",
    "land/facts.toml": """\
[in_area]
type = "bool"
ask = "Does the child live in the area?"
knows = ["clerk"]
words = "the child lives in the area"
not_words = "the child lives elsewhere"

[on_roll]
type = "bool"
ask = "Is the child on a school's roll?"
knows = ["clerk", "school"]
words = "the child is on a roll"
not_words = "the child is on no roll"

[schooling]
type = "text"
ask = "What other education is there?"
knows = ["clerk"]
words = "the other education"
one_of = ["none", "home", "tutor"]

[last_taught]
type = "date"
ask = "When was the child last taught?"
knows = ["school"]
words = "the last day of teaching"

[sessions_possible]
type = "int"
unit = "session"
minimum = 0
ask = "How many sessions were there?"
knows = ["school"]
words = "the sessions there were"

[sessions_absent]
type = "int"
unit = "session"
minimum = 0
ask = "How many sessions were missed?"
knows = ["school"]
words = "the sessions missed"

[school]
type = "text"
ask = "Which school's calendar applies?"
knows = ["clerk"]
words = "the school"

[date_of_birth]
type = "date"
can_be_never = false
ask = "When was the child born?"
knows = ["clerk"]
words = "the date of birth"

[absence_began]
type = "date"
ask = "On which day did the absence begin?"
knows = ["school"]
words = "the first day of absence"

[called]
type = "date"
ask = "When was the family called?"
knows = ["clerk"]
words = "the call to the family"
""",
    "land/parameters.toml": """\
[often]
title = "Share of sessions that is often"
unit = "percent"
paragraph = "g.1"
values = [{ since = 2020-01-01, value = 10 }]
""",
    "land/roles.toml": """\
[clerk]
title = "The council's clerk"

[school]
title = "The school"
""",
    "land/rules/1_act.toml": """\
["a.1"]
title = "Gone from education"
finding = "gone"
words = "the child is gone from education"
when = 'in_area and not on_roll and schooling == "none"'
judgement = "Whether tuition is enough is for the council."

["a.3"]
title = "Fast track"
finding = "fast_track"
words = "the fast track is open"
when = "gone"
not_commenced = "reform"
""",
    "land/cases/1_act.toml": """\
[[case]]
name = "A child at home with a tutor is not gone"
paragraph = "a.1"
on = 2026-03-09
given = { in_area = true, on_roll = false, schooling = "tutor" }
then = { gone = "fails", fast_track = "not_in_force" }

[[case]]
name = "The fast track is open under the reform"
paragraph = "a.3"
on = 2026-03-09
given = { in_area = true, on_roll = false, schooling = "none" }
then = { fast_track = "holds" }
preview = ["reform"]
""",
    "land/calendars/bank_holidays.toml": """\
schema = 1
id = "land"
source = "the gazette"
read = 2026-01-01
published_through = 2026-12-31

[[year]]
year = 2025
count = 1
days = [2025-05-05]

[[year]]
year = 2026
count = 1
days = [2026-05-04]
""",
    "shire/policy.toml": """\
schema = 1
id = "shire"
title = "Shire: missing children"
extends = "land"
since = 2022-01-01
source = "shire_policy"
calendar = "shire"
scope = "the shire's schools"

[[sources]]
id = "shire_policy"
title = "The shire's policy"
rank = "council_policy"
""",
    "shire/source.toml": """\
["2"]
gist = "gone for long, and the call that follows"
kind = "definition"
status = "encoded"

["3"]
gist = "often absent"
kind = "finding"
status = "encoded"
cites = ["g.1"]

["4"]
gist = "the aims of the policy"
kind = "context"
status = "context"
why = "an aim, not a rule"

["5"]
gist = "absence that a school reports"
kind = "duty"
status = "encoded"
""",
    "shire/parameters.toml": """\
[long]
title = "A long time out of education"
unit = "calendar_day"
counted = "after"
paragraph = "2"
reading = "four weeks to the day are enough"
values = [{ since = 2022-01-01, value = 28 }]

[time_to_call]
title = "Time to call the family"
unit = "calendar_day"
counted = "after"
paragraph = "2"
values = [{ since = 2022-01-01, value = 10 }]

[reported]
title = "Absence to report"
unit = "school_day"
counted = "beginning_with"
paragraph = "5"
unverified = true
values = [{ since = 2022-01-01, value = 5 }]
""",
    "shire/definitions/2.toml": """\
[out_for]
means = "days_since(last_taught)"
words = "the days since the last day of teaching"
paragraph = "2"
""",
    "shire/rules/2_gone.toml": """\
["2"]
title = "Gone for long"
finding = "long_gone"
words = "the child is gone for long"
not_words = "the child is not gone for long"
when = "gone and out_for >= long"
reading = "below four weeks a person may still decide"
cites = ["a.1"]
conflicts_with = "gone"
conflict = "the Act sets no time"
excludes = ["settled"]

["2/settled"]
title = "Settled"
finding = "settled"
words = "the child is settled"
when = 'on_roll or schooling != "none"'

["2/call"]
title = "Call the family"
action = "call_home"
force = "must"
role = "clerk"
when = "long_gone"
due = { within = "time_to_call", of = "last_taught" }
discharged = "happened(called)"
weigh = ["whether the family can be reached"]
""",
    "shire/rules/3_absence.toml": """\
["3"]
title = "Often absent"
finding = "often_absent"
words = "the child is often absent"
when = "rate(sessions_absent, sessions_possible) >= often"
cites = ["g.1"]

["5"]
title = "Absence to report"
finding = "reportable"
words = "the absence is to be reported"
when = "school_days_from(absence_began) >= reported"
unverified = true
""",
    "shire/cases/2_gone.toml": CASES,
    "shire/calendars/shire.toml": """\
schema = 1
id = "shire"
bank_holidays = "land"

[[year]]
label = "2025/26"
coverage = [2025-09-01, 2026-08-31]
status = "agreed"
source = "the shire's page"
read = 2026-01-01
open_days = 70
inset = [2026-01-05]
  [[year.term]]
  name = "Spring"
  first = 2026-01-05
  last = 2026-02-13
  [[year.term]]
  name = "Summer"
  first = 2026-05-01
  last = 2026-06-26
""",
}
"""Every file of both policies, by its path below the folder they stand in."""


def write_toy(root: Path, **changes: str) -> Path:
    """The shire's folder, with the land's beside it; `changes` replaces whole files, `__` standing for a slash."""
    files = FILES | {name.replace("__", "/") + ".toml": text for name, text in changes.items()}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root / "shire"


def broken_toy(root: Path, name: str, old: str, new: str) -> Path:
    """The shire's folder with one passage of one file changed."""
    folder = write_toy(root)
    text = FILES[name]
    assert old in text, f"{name} does not hold {old!r}"
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
