"""The tree in plain English."""

import pytest

from cme_rules.conditions.kinds import BOOL, DATE, Base, Kind, counted_in, one_of
from cme_rules.conditions.parse import parse
from cme_rules.conditions.words import Phrase, say

KINDS = {
    "on_roll": BOOL,
    "in_area": BOOL,
    "left": DATE,
    "absent": counted_in("session"),
    "possible": counted_in("session"),
    "tenth": counted_in("percent"),
    "education": one_of("none", "home_education", "tuition"),
    "four_weeks": Kind(Base.SPAN, unit="calendar_day", counted="after"),
}
PHRASES = {
    "on_roll": Phrase("the child is on a roll", "the child is on no roll"),
    "in_area": Phrase("the child lives in the area"),
    "left": Phrase("the last day of education"),
    "absent": Phrase("the sessions missed"),
    "possible": Phrase("the sessions possible"),
    "tenth": Phrase("a tenth (10 per cent)"),
    "education": Phrase("the education otherwise"),
    "four_weeks": Phrase("a substantial period (28 days)"),
}


@pytest.mark.parametrize(
    ("text", "said", "denied"),
    [
        ("on_roll", "the child is on a roll", "the child is on no roll"),
        ("not on_roll", "the child is on no roll", "the child is on a roll"),
        ("in_area", "the child lives in the area", "it is not the case that the child lives in the area"),
        (
            "on_roll and in_area",
            "the child is on a roll and the child lives in the area",
            "the child is on no roll or it is not the case that the child lives in the area",
        ),
        (
            "on_roll and (in_area or on_roll)",
            "the child is on a roll and (the child lives in the area or the child is on a roll)",
            (
                "the child is on no roll or (it is not the case that the child lives in the area and "
                "the child is on no roll)"
            ),
        ),
        ("happened(left)", "the last day of education has come", "the last day of education has not come"),
        ("passed(left)", "the last day of education has passed", "the last day of education has not passed"),
        ("known(left)", "the last day of education is known", "the last day of education is not known"),
        (
            "days_since(left) >= four_weeks",
            "the days since the last day of education are at least a substantial period (28 days)",
            "the days since the last day of education are less than a substantial period (28 days)",
        ),
        (
            "last_day(four_weeks, left) < on",
            "the last day of a substantial period (28 days) from the last day of education is before the day assessed",
            (
                "the last day of a substantial period (28 days) from the last day of education is on or after "
                "the day assessed"
            ),
        ),
        (
            "rate(absent, possible) >= tenth",
            "the sessions missed as a share of the sessions possible are at least a tenth (10 per cent)",
            "the sessions missed as a share of the sessions possible are less than a tenth (10 per cent)",
        ),
        ("education == 'none'", "there is no education otherwise", "there is some education otherwise"),
        (
            "education in ('none', 'home_education', 'tuition')",
            "the education otherwise is none, home education or tuition",
            "the education otherwise is not none, home education or tuition",
        ),
        ("absent >= 1", "the sessions missed are at least 1", "the sessions missed are less than 1"),
        ("True", "always", "never"),
        ("False", "never", "always"),
    ],
)
def test_a_condition_reads_aloud_and_so_does_its_denial(text: str, said: str, denied: str) -> None:
    tree, _ = parse(text, KINDS)

    assert say(tree, PHRASES) == said
    assert say(tree, PHRASES, denied=True) == denied


def test_a_name_without_a_phrase_reads_as_itself() -> None:
    tree, _ = parse("on_roll", KINDS)

    assert say(tree, {}) == "on roll"


def test_a_function_without_a_verb_is_denied_with_not() -> None:
    tree, _ = parse("age(left)", KINDS)

    assert say(tree, PHRASES, denied=True) == "not the age"
