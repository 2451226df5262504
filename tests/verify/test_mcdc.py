"""Whether each part of a condition is shown to matter."""

import json
from pathlib import Path

from cme_rules.policy.model.policy import Policy
from cme_rules.verify.cases import read_cases
from cme_rules.verify.mcdc import Mcdc, PartRow, as_html, mcdc


def row(found: Mcdc, place: str, part: str) -> PartRow:
    (wanted,) = [each for each in found.parts if (each.place, each.part) == (place, part)]
    return wanted


def test_a_part_that_decides_both_ways_lacks_nothing(policy: Policy, folder: Path) -> None:
    found = mcdc(policy, read_cases(policy, folder))

    enough = row(found, "2", "out_for >= long")
    assert (enough.decides_true, enough.decides_false, enough.lacks) == (1, 1, ())
    assert row(found, "3", "rate(sessions_absent, sessions_possible) >= often").lacks == ()


def test_a_part_that_was_never_otherwise_is_told(policy: Policy, folder: Path) -> None:
    found = mcdc(policy, read_cases(policy, folder))

    assert row(found, "2", "gone").lacks == ("false", "deciding, false")
    assert row(found, "2/settled", "on_roll").lacks == ("true", "false", "deciding, true", "deciding, false")
    assert "2/settled" in {each.place for each in found.lacking}


def test_what_discharges_a_duty_counts_as_a_condition(policy: Policy, folder: Path) -> None:
    found = mcdc(policy, read_cases(policy, folder))

    assert row(found, "2/call discharged", "happened(called)").true == 0


def test_without_cases_nothing_is_shown(policy: Policy) -> None:
    figures = mcdc(policy, ()).figures()

    assert (figures["both_ways"], figures["decisive"], figures["percent"]) == (0, 0, 0.0)


def test_the_report_is_data_and_a_page(policy: Policy, folder: Path) -> None:
    found = mcdc(policy, read_cases(policy, folder))

    assert json.loads(json.dumps(found.to_dict()))["figures"] == found.figures()
    page = as_html(found)
    assert page.startswith("<!doctype html>")
    assert "<code>out_for &gt;= long</code>" in page
    assert page.count("<tr") == len(found.parts) + 1
