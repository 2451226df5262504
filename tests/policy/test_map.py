"""Every paragraph of the council's policy stands in its pack exactly once, encoded or recorded as context."""

import tomllib
from collections import Counter

import pytest

from cme_rules import load_policy
from cme_rules.policy.loading.find import policy_folder
from cme_rules.verify.cases import read_cases
from cme_rules.verify.paragraphs import paragraph_rows

CONTEXT = "1.1 1.2 2.2b 6 7.1 A1.n2"
ENCODED = """
    1.3 1.4 1.5a 1.5b
    2.1 2.2a 2.3a 2.3b 2.3c 2.4 2.5a 2.5b 2.5c 2.5d 2.5+
    3.1 3.2 3.3 3.4
    4.1 4.2
    5.schools 5.admin 5.cme 5.tlp 5.ehcp 5.admissions 5.panel
    7.2 7.3 7.4a 7.4b 7.4c 7.4d 7.4e 7.4f 7.4g 7.4h 7.4i 7.4j
    8a 8a2 8b 8c 8d 8e 8f 8g 8h 8i 8j 8k 8l
    9a 9b 10
    A1 A1.n1 A1.n3 A2 A3 A3.school A3.note A4 A4.n1 A5 A6 A7 A8
"""
COUNCIL = load_policy("east_sussex")
ROWS = {row.id: row for row in paragraph_rows(COUNCIL, read_cases(COUNCIL, policy_folder("east_sussex")))}
"""The table that `policy coverage` prints."""


def test_the_policys_own_document_has_these_paragraphs_and_no_others() -> None:
    own = [row.id for row in ROWS.values() if COUNCIL.paragraphs[row.id].source == "escc_cme"]

    assert sorted(own) == sorted([*CONTEXT.split(), *ENCODED.split()])


@pytest.mark.parametrize("name", CONTEXT.split())
def test_a_paragraph_that_computes_nothing_says_why(name: str) -> None:
    assert ROWS[name].status == "context"
    assert len(COUNCIL.paragraphs[name].why.split()) > 3


@pytest.mark.parametrize("name", ENCODED.split())
def test_any_other_paragraph_is_encoded_by_something(name: str) -> None:
    assert ROWS[name].status == "encoded"
    assert not ROWS[name].empty


def test_no_paragraph_stands_in_two_packs() -> None:
    files = [policy_folder(pack) / "source.toml" for pack in COUNCIL.packs]
    counted = Counter(name for file in files for name in tomllib.loads(file.read_text("utf-8")))

    assert [name for name, times in counted.items() if times > 1] == []


def test_the_named_schools_steps_are_one_rule_each_under_section_8() -> None:
    of_the_appendix = [rule.name for rule in COUNCIL.rules if rule.paragraph == "A3.school"]
    cited = {rule.paragraph for rule in COUNCIL.rules if "A3.school" in rule.cites}

    assert of_the_appendix == ["named_school_steps"]
    assert cited == {"8c", "8d", "8e", "8f", "8g", "8h", "8i"}
