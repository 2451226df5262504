"""Policies made up by Hypothesis, with several schools' calendars, over a handful of children each."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cme_rules.calendars.collection import Calendars, School
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from tests.batch.compare import actions_differ, both, missing_differ, register_of, verdicts_differ
from tests.calendars.given import YEAR, school, working
from tests.policy.packs import write_pack
from tests.strategies import value_of

TODAY = date(2026, 3, 20)
FACTS = "".join(
    f'[{name}]\n{kind}\nask = "What of {name}?"\nknows = ["team"]\nwords = "{name}"\n'
    for name, kind in {
        "on_roll": 'type = "bool"',
        "left": 'type = "date"',
        "visited": 'type = "date"',
        "born": 'type = "date"',
        "letters": 'type = "int"\nunit = "letter"\nminimum = 0',
        "posted": 'type = "int"\nunit = "letter"',
        "place": 'type = "text"\none_of = ["town", "village", "farm"]',
        "school": 'type = "text"',
    }.items()
)
PARAMETERS = "".join(
    f'[{name}]\ntitle = "{name}"\n{kind}\nparagraph = "1"\nreading = "so"\n'
    f"values = [{{ since = 2020-01-01, value = {value} }}]\n"
    for name, kind, value in (
        ("long", 'unit = "calendar_day"\ncounted = "after"', 28),
        ("weeks", 'unit = "week"\ncounted = "beginning_with"', 3),
        ("month", 'unit = "month"\ncounted = "after"', 1),
        ("some_school_days", 'unit = "school_day"\ncounted = "beginning_with"', 10),
        ("school_days_later", 'unit = "school_day"\ncounted = "after"', 4),
        ("working", 'unit = "working_day"\ncounted = "after"', 5),
        ("enough", 'unit = "letter"', 3),
        ("share", 'unit = "percent"', 40),
        ("years", 'unit = "year"', 5),
    )
)
DEFINITIONS = """
[days_out]
means = "days_since(left)"
words = "the days out"
paragraph = "1"

[last]
means = "last_day(some_school_days, left)"
words = "the last day"
paragraph = "1"

[seen]
means = "happened(visited) or known(letters)"
words = "seen"
paragraph = "1"
"""
ATOMS = (
    "on_roll",
    "seen",
    "happened(left)",
    "passed(visited)",
    "days_out >= long",
    "left < on",
    "left > visited",
    "left == visited",
    "visited != left",
    "last >= visited",
    "happened(last)",
    "passed(last_day(month, visited))",
    "first_day_after(weeks, left) <= on",
    "last_day(long, left) > last_day(working, visited)",
    "days_between(left, visited) >= long",
    "school_days_from(left) >= some_school_days",
    "school_days_since(visited) < school_days_later",
    "working_days_since(left) >= working",
    "first_day_after(school_days_later, visited) > left",
    "age(born) >= years",
    "rate(letters, posted) >= share",
    "rate(posted, letters) < share",
    "letters >= enough",
    "letters == posted",
    "posted > 1",
    'place == "town"',
    'place != "farm"',
    'place in ("town", "farm")',
    "known(on_roll)",
    "known(visited)",
    "known(school)",
    "on > left",
)


def conditions(atoms: Sequence[str]) -> st.SearchStrategy[str]:
    """Conditions over these atoms."""

    def joined(below: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(below, min_size=2, max_size=4)
        sign = st.sampled_from((" and ", " or "))
        together = st.builds(lambda by, parts: f"({by.join(parts)})", sign, several)
        return st.one_of(below.map(lambda text: f"not ({text})"), together)

    return st.recursive(st.sampled_from(atoms), joined, max_leaves=8)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules, the later of which may use the findings of the earlier, and two duties."""
    text, atoms = "", list[str](ATOMS)
    for place in range(draw(st.integers(1, 5))):
        when = draw(conditions(atoms))
        text += f'["1/f{place}"]\ntitle = "F"\nfinding = "f{place}"\nwords = "f"\nwhen = \'\'\'{when}\'\'\'\n'
        atoms.append(f"f{place}")
    spans = ("long", "weeks", "month", "some_school_days", "working")
    for place in range(2):
        when, done = draw(conditions(atoms)), draw(conditions(atoms))
        text += f'["2/a{place}"]\ntitle = "A"\naction = "a{place}"\nforce = "must"\nrole = "team"\n'
        text += f"when = '''{when}'''\n"
        text += f"discharged = '''{done}'''\n" if draw(st.booleans()) else ""
        for key, span_key in (("due", "within"), ("not_before", "after")):
            if draw(st.booleans()):
                of = draw(st.sampled_from(("left", "visited", "last")))
                text += f'{key} = {{ {span_key} = "{draw(st.sampled_from(spans))}", of = "{of}" }}\n'
    return text


def value(spec: FactSpec) -> st.SearchStrategy[Any]:
    """A value of a fact; a school may be one that has no calendar here."""
    return st.sampled_from(("near", "far", "nowhere", "elsewhere")) if spec.name == "school" else value_of(spec)


def with_calendars(policy: Policy) -> Policy:
    """The policy with an authority's calendar and two schools', one of which ends sooner."""
    schools = (
        School(id="near", calendar=school(name="near").with_inset([date(2026, 2, 12)]), authority="the_shire"),
        School(id="far", calendar=school(YEAR, name="far"), authority="the_shire"),
    )
    calendars = Calendars(authorities=(school(),), schools=schools, working=working())
    return evolve(policy, calendars=calendars, calendar="the_shire")


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data(), text=rules(), on=st.sampled_from((TODAY, date(2026, 11, 23), date(2028, 1, 3))))
def test_a_made_up_policy_is_judged_as_the_engine_judges_it(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, text: str, on: date
) -> None:
    changes: dict[str, str | None] = {
        "facts.toml": FACTS,
        "parameters.toml": PARAMETERS,
        "definitions/out.toml": DEFINITIONS,
        "rules/1_out.toml": text,
        "rules/2_visit.toml": None,
    }
    folder: Path = tmp_path_factory.mktemp("made_up")
    policy = with_calendars(load_policy(write_pack(folder, changes)))
    children = st.fixed_dictionaries({}, optional={name: value(spec) for name, spec in policy.facts.items()})
    rows = data.draw(st.lists(children, min_size=1, max_size=12))
    result, one_by_one = both(register_of(rows, policy), policy, on)

    assert verdicts_differ(result, one_by_one) == []
    assert actions_differ(result, one_by_one) == set()
    assert missing_differ(result, one_by_one) == set()
