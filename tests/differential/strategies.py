"""Policies made up by Hypothesis: random trees in the language, in definitions, findings, and duties on them."""

import json

from hypothesis import strategies as st

from tests.toy import FILES

__all__ = ["FACTS", "PARAMETERS", "SCHOOL_AGE", "conditions", "files", "made_up"]

FACTS = (
    FILES["land/facts.toml"]
    + """
[letters]
type = "int"
unit = "session"
ask = "How many letters?"
knows = ["clerk"]
words = "the letters"
"""
)

PARAMETERS = (
    FILES["shire/parameters.toml"]
    + """
[few]
title = "A few"
unit = "session"
paragraph = "2"
values = [{ since = 2022-01-01, value = 3 }]

[not_yet]
title = "A number of later years"
unit = "calendar_day"
counted = "after"
paragraph = "2"
values = [{ since = 2030-01-01, value = 5 }]

[month]
title = "A month"
unit = "month"
counted = "beginning_with"
paragraph = "2"
values = [{ since = 2022-01-01, value = 1 }]

[clear_days]
title = "Clear school days"
unit = "school_day"
counted = "clear"
paragraph = "2"
values = [{ since = 2022-01-01, value = 3 }]
"""
)

SCHOOL_AGE = """\
[[school_age]]
since = 1998-08-01
start_age = 5
prescribed_days = ["03-31", "08-31", "12-31"]
end_age = 16
leaving_weekday = "friday"
leaving_month = 6
school_year_starts = "09-01"
paragraph = "a.1"
"""

_ORDERS = ("==", "!=", "<", "<=", ">", ">=")
_DATES = ("last_taught", "absence_began", "called", "date_of_birth")
_NUMBERS = ("sessions_possible", "sessions_absent", "letters")
_DAYS = (
    *_DATES,
    "on",
    "last_day(long, called)",
    "first_day_after(month, last_taught)",
    "last_day(clear_days, absence_began)",
    "last_day(not_yet, called)",
    "school_age_begins(date_of_birth)",
    "school_age_ends(date_of_birth)",
)


def _written(*parts: st.SearchStrategy[str], pattern: str) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda each: pattern.format(*each))


def _among(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


def _words() -> st.SearchStrategy[str]:
    kinds = st.lists(_among("none", "home", "tutor"), min_size=1, max_size=3, unique=True)
    return kinds.map(lambda each: "schooling in (" + "".join(f"{json.dumps(word)}, " for word in each) + ")")


ATOMS = st.one_of(
    _among("in_area", "on_roll", "True", "False"),
    _words(),
    _written(_among("==", "!="), _among("none", "home", "tutor"), pattern='schooling {} "{}"'),
    _written(_among(*_NUMBERS), _among(*_ORDERS), _among("few", "0", "1", *_NUMBERS), pattern="{} {} {}"),
    _written(_among("few", "0", "1"), _among(*_ORDERS), _among(*_NUMBERS), pattern="{} {} {}"),
    _written(_among(*_NUMBERS), _among(*_NUMBERS), _among(">=", "<"), pattern="rate({}, {}) {} often"),
    _written(_among("happened", "passed"), _among(*_DAYS[:4], *_DAYS[5:]), pattern="{}({})"),
    _written(_among(*_DAYS), _among(*_ORDERS), _among(*_DAYS), pattern="{} {} {}"),
    _written(
        _among(*_DATES), _among(*_ORDERS), _among("long", "time_to_call", "not_yet"), pattern="days_since({}) {} {}"
    ),
    _written(_among(*_DATES), _among(*_ORDERS), pattern="school_days_from({}) {} reported"),
    _written(_among(*_DATES, *_NUMBERS, "in_area", "schooling"), pattern="known({})"),
)
"""Conditions without a joint, of every sort the language has."""


def conditions(*names: str) -> st.SearchStrategy[str]:
    """A condition of any shape; `names` are the definitions and findings it may use."""
    leaves = st.one_of(ATOMS, st.sampled_from(names)) if names else ATOMS
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(lambda each: f"not ({each})"),
            st.tuples(_among(" and ", " or "), st.lists(inner, min_size=2, max_size=15)).map(
                lambda each: each[0].join(f"({part})" for part in each[1])
            ),
        ),
        max_leaves=24,
    )


def files(made: tuple[str, str]) -> dict[str, str]:
    """The files that replace the toy's for a policy made up."""
    definitions, rules = made
    return {
        "land__facts": FACTS,
        "land__school_age": SCHOOL_AGE,
        "shire__parameters": PARAMETERS,
        "shire__definitions__made": definitions,
        "shire__rules__9_made": rules,
    }


@st.composite
def made_up(draw: st.DrawFn) -> tuple[str, str]:
    """The definitions and the rules of a policy: each condition may use what stands before it.

    The rules wait in the preview `reform`, since only waiting law may speak of a number that has no value yet.
    """
    names: list[str] = []
    definitions, rules = [], []
    for place in range(draw(st.integers(0, 3))):
        definitions.append(_table(f"meant{place}", means=draw(conditions(*names)), words="it is meant", paragraph="2"))
        names.append(f"meant{place}")
    for place in range(draw(st.integers(1, 5))):
        when = draw(conditions(*names))
        rules.append(_rule(f"f{place}", title="Found", finding=f"found{place}", words="it is found", when=when))
        names.append(f"found{place}")
    duty = {"title": "Do", "action": "do_it", "force": "must", "role": "clerk"}
    done = draw(conditions(*names).filter(lambda text: text not in ("True", "False")))
    rules.append(_rule("do", **duty, when=draw(conditions(*names)), discharged=done))
    return "\n".join(definitions), "\n".join(rules)


def _rule(name: str, **values: str) -> str:
    return _table(f"2/{name}", not_commenced="reform", **values)


def _table(name: str, **values: str) -> str:
    return "\n".join([f'["{name}"]', *(f"{key} = {json.dumps(value)}" for key, value in values.items())])
