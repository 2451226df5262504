"""What a process sees on a day: the law of that day, kept for the days it asks about, and not for ever."""

from cme_rules.processes.sight import scope
from tests.processes.given import day, england, small


def test_the_law_of_a_day_is_kept_while_few_days_are_asked_about() -> None:
    process, policy = small(), england()

    assert scope(process, policy, {}, day(0)).moment.law is scope(process, policy, {}, day(0)).moment.law


def test_after_many_days_the_first_is_made_anew_and_says_the_same() -> None:
    process, policy = small(), england()
    first = scope(process, policy, {}, day(0)).moment.law
    for number in range(1, 70):
        scope(process, policy, {}, day(number))
    again = scope(process, policy, {}, day(0)).moment.law

    assert again is not first
    assert again.rules == first.rules
