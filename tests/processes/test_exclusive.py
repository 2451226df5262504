import pytest

from cme_rules.conditions.kinds import BOOL, DATE, Base, Kind, Vocabulary, counted_in
from cme_rules.conditions.parse import parse_condition
from cme_rules.processes.exclusive import can_both_hold

NAMES: Vocabulary = {
    "a": BOOL,
    "b": BOOL,
    "c": BOOL,
    "plan": Kind(Base.TEXT, words=("none", "need", "protection")),
    "born": DATE,
    "days": counted_in("calendar_day"),
    "limit": counted_in("calendar_day"),
} | {f"x{number}": BOOL for number in range(20)}


def both(one: str, other: str) -> bool | None:
    return can_both_hold(
        parse_condition(one, NAMES) if one else None, parse_condition(other, NAMES) if other else None, NAMES
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "not a"),
        ("a and b", "a and not b"),
        ("a or b", "not a and not b"),
        ("a", "False"),
        ('plan == "need"', 'plan == "none"'),
        ('plan == "need"', 'plan != "need"'),
        ('plan in ("need", "protection")', 'plan not in ("need", "protection")'),
        ('plan != "need" and plan != "none"', 'plan != "protection"'),
        ("days >= limit", "days < limit"),
        ("days > limit", "days <= limit"),
        ("days == limit", "days != limit"),
        ("happened(born)", "not happened(born)"),
    ],
)
def test_these_are_proved_to_exclude_each_other(one: str, other: str) -> None:
    assert both(one, other) is False
    assert both(other, one) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        ("", "a"),
        ("a", "b"),
        ("a", "a and b"),
        ('plan != "need"', 'plan != "none"'),
        ("True", "a"),
        ("born == on", "a"),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert both(one, other) is True


def test_a_word_that_no_guard_names_is_tried_too() -> None:
    free = {**NAMES, "plan": Kind(Base.TEXT, words=None)}
    one = parse_condition('plan != "need"', NAMES)
    other = parse_condition('plan != "none"', NAMES)

    assert can_both_hold(one, other, free) is True
    assert can_both_hold(one, other, {}) is True


def test_too_many_ways_are_not_tried() -> None:
    assert both(" and ".join(f"x{number}" for number in range(20)), "a") is None
