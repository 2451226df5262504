"""Broken policies, each with the whole message a person reads: where it is, what is wrong and what to do."""

import re
from pathlib import Path

import pytest

from cme_rules.errors import BrokenPolicy, PolicyFault
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.loading.remedies import advised
from cme_rules.verify.cases import read_cases
from tests.errors.expected import EXPECTED
from tests.policy.packs import write_pack
from tests.policy.test_load import BROKEN
from tests.toy import broken_toy

OF_A_WHOLE_FILE = {"a file nothing reads", "a folder nothing reads"}
GONE = "shire/cases/2_gone.toml"
TERMS = "shire/calendars/shire.toml"

BESIDE: dict[str, tuple[str, str, str, str]] = {
    "a fact that a case misspells": (
        GONE,
        "given = { last_taught = 2026-02-10 }",
        "given = { last_tought = 2026-02-10 }",
        f"{GONE}:11: case.given.last_tought: policy 'shire' declares no such fact; did you mean 'last_taught'?",
    ),
    "a case's day in quotes": (
        GONE,
        "on = 2026-03-10",
        'on = "2026-03-10"',
        f"{GONE}:10: case.on: expected a date such as 2026-11-23, without quotes, found text",
    ),
    "a verdict nobody gives": (
        GONE,
        'long_gone = "holds", gone',
        'long_gone = "yes", gone',
        f"{GONE}:12: case.then.long_gone: expected one of holds, fails, unknown, not_in_force",
    ),
    "a role that a case misspells": (
        GONE,
        'status = { call_home = "overdue" }',
        'role = { call_home = "clark" }',
        f"{GONE}:14: case.role.call_home: expected a role of roles.toml; did you mean 'clerk'?",
    ),
    "a force nobody has": (
        GONE,
        'status = { call_home = "overdue" }',
        'force = { call_home = "shall" }',
        f"{GONE}:14: case.force.call_home: expected one of must, must_not, should, may, consider",
    ),
    "a case on a base that is not there": (
        GONE,
        'base = "local_child"\non = 2026-03-10',
        'base = "nobody"\non = 2026-03-10',
        f"{GONE}:9: case.base: this file has no base 'nobody'; it has: local_child",
    ),
    "a case of no paragraph": (
        GONE,
        'paragraph = "2"\nbase',
        'paragraph = "99"\nbase',
        f"{GONE}:8: case.paragraph: paragraph '99' stands in no source.toml",
    ),
    "a case whose name is no sentence": (
        GONE,
        'name = "Four weeks to the day are long enough"',
        'name = "Long"',
        f"{GONE}:7: case.name: a case's name is a sentence that says what is tested",
    ),
    "a row that is too short": (
        GONE,
        '["At a tenth", 100, 10, "holds"]',
        '["At a tenth", 100, 10]',
        f"{GONE}:40: table.rows[2]: expected a list of 4 values, one a column",
    ),
    "a sum of open days that does not add up": (
        TERMS,
        "open_days = 70",
        "open_days = 71",
        f"{TERMS}:11: year[2025/26].open_days: the dates give 70 open days, not 71",
    ),
    "a term that ends first": (
        TERMS,
        "last = 2026-02-13",
        "last = 2026-01-01",
        f"{TERMS}:16: year[2025/26].term[Spring].last: Spring ends on 2026-01-01, before it begins on 2026-01-05",
    ),
    "an INSET day on a Sunday": (
        TERMS,
        "inset = [2026-01-05]",
        "inset = [2026-01-04]",
        f"{TERMS}:12: year[2025/26].inset: the INSET day 2026-01-04 is not an open day",
    ),
    "bank holidays of nowhere": (
        TERMS,
        'bank_holidays = "land"',
        'bank_holidays = "moon"',
        f"{TERMS}:3: bank_holidays: there is no list of bank holidays 'moon'; there is land",
    ),
}


def faults_of(folder: Path) -> tuple[PolicyFault, ...]:
    """Every fault of a policy or of its cases, with what to do about it."""
    with pytest.raises(BrokenPolicy) as broken:
        read_cases(load_policy(folder), folder)
    return advised(broken.value.faults)


def test_there_are_more_than_fifty() -> None:
    assert len(EXPECTED) + len(BESIDE) > 50


@pytest.mark.parametrize("what", EXPECTED)
def test_the_message_says_where_what_and_what_to_do(what: str, tmp_path: Path) -> None:
    changes, _ = BROKEN[what]

    told = [str(fault) for fault in faults_of(write_pack(tmp_path, changes))]

    assert EXPECTED[what] in told


@pytest.mark.parametrize("what", BESIDE)
def test_cases_and_calendars_are_told_as_well(what: str, tmp_path: Path) -> None:
    file, old, new, expected = BESIDE[what]

    fault = next(each for each in faults_of(broken_toy(tmp_path, file, old, new)) if str(each).startswith(expected))

    assert fault.line
    assert fault.remedy


@pytest.mark.parametrize("what", BROKEN)
def test_no_fault_is_without_a_line_or_a_remedy(what: str, tmp_path: Path) -> None:
    faults = faults_of(write_pack(tmp_path, BROKEN[what][0]))
    of_the_whole = what in OF_A_WHOLE_FILE or any("this is not TOML" in fault.problem for fault in faults)

    assert [str(fault) for fault in faults if not fault.remedy] == []
    assert of_the_whole or [str(fault) for fault in faults if not fault.line] == []


@pytest.mark.parametrize("what", EXPECTED)
def test_every_message_is_written_for_a_person(what: str) -> None:
    assert not re.search(r"Error|Exception|Traceback|object at|<class|None\b", EXPECTED[what])
