"""A tiny policy in a folder, to be broken one place at a time."""

from pathlib import Path

TINY = {
    "policy.toml": """\
schema = 1
id = "tiny"
title = "A tiny policy"
since = 2020-01-01
source = "book"
scope = "nobody"

[[sources]]
id = "book"
title = "A book"
rank = "council_policy"
since = 2020-01-01

[[previews]]
id = "new_law"
title = "A new law"
enacted = 2026-01-01
""",
    "source.toml": """\
["1"]
gist = "a child with no school is out of school"
kind = "definition"
status = "encoded"

["2"]
gist = "somebody visits"
kind = "duty"
status = "encoded"
cites = ["1"]

["3"]
gist = "an introduction"
kind = "context"
status = "context"
why = "it asks nothing of anybody"
""",
    "roles.toml": """\
[team]
title = "The team"
""",
    "facts.toml": """\
[on_roll]
type = "bool"
ask = "Is the child on a roll?"
knows = ["team"]
words = "the child is on a roll"
not_words = "the child is on no roll"

[left]
type = "date"
ask = "When did the child leave?"
knows = ["team"]
words = "the day the child left"

[visited]
type = "date"
ask = "When was the visit?"
knows = ["team"]
words = "the visit"

[letters]
type = "int"
unit = "letter"
ask = "How many letters were sent?"
knows = ["team"]
words = "the letters sent"
minimum = 0

[place]
type = "text"
one_of = ["town", "village"]
ask = "Where does the child live?"
knows = ["team"]
words = "the place"
""",
    "parameters.toml": """\
[long_out]
title = "A long time"
unit = "calendar_day"
counted = "after"
paragraph = "1"
reading = "a long time is four weeks"
values = [{ since = 2020-01-01, value = 28 }]

[enough_letters]
title = "Enough letters"
unit = "letter"
paragraph = "2"
values = [{ since = 2020-01-01, until = 2024-12-31, value = 2 }, { since = 2025-01-01, value = 3 }]
""",
    "definitions/out.toml": """\
[days_out]
means = "days_since(left)"
words = "the days out"
paragraph = "1"

[out_long]
means = "days_out >= long_out"
words = "the child has been out for a long time"
paragraph = "1"
reading = "the day of leaving is not counted"
""",
    "rules/1_out.toml": """\
["1"]
title = "Out of school"
finding = "out_of_school"
words = "the child is out of school"
when = "not on_roll and out_long"
reading = "a presumption"
""",
    "rules/2_visit.toml": """\
["2"]
title = "Visit"
action = "visit"
force = "must"
role = "team"
when = "out_of_school"
due = { within = "long_out", of = "left" }
discharged = "happened(visited)"
""",
}


def write_pack(folder: Path, changes: dict[str, str | None] | None = None, *, name: str = "tiny") -> Path:
    """Write the tiny policy, with whole files replaced, added or (None) left out; give back its folder."""
    pack = folder / name
    for path, text in {**TINY, **(changes or {})}.items():
        if text is not None:
            (pack / path).parent.mkdir(parents=True, exist_ok=True)
            (pack / path).write_text(text, encoding="utf-8")
    return pack


def edited(path: str, old: str, new: str) -> dict[str, str | None]:
    """One file of the tiny policy with one piece of text changed."""
    assert TINY[path].count(old) >= 1, f"{old!r} is not in {path}"
    return {path: TINY[path].replace(old, new, 1)}


def added(path: str, text: str) -> dict[str, str | None]:
    """One file of the tiny policy with text put at its end."""
    return {path: TINY.get(path, "") + "\n" + text}
