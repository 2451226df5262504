"""What a notebook makes of a value: fetched when it asks, and as any reader gets it."""

from datetime import date

from cme_rules import assess, load_policy
from cme_rules.domain.shown import mimebundle


def test_a_value_of_the_library_is_shown_in_every_form() -> None:
    answer = assess({"date_of_birth": date(2013, 1, 23)}, load_policy("england"), on=date(2026, 6, 15))

    assert set(mimebundle(answer)) == {"text/plain", "text/markdown", "text/html"}


def test_what_a_notebook_leaves_out_or_wants_changes_nothing() -> None:
    policy = load_policy("england")

    assert mimebundle(policy, include=["text/html"], exclude=None) == mimebundle(policy)
