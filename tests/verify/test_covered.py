"""Coverage as a whole: the parts of conditions and the states of processes beside paragraphs and rules."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cme_rules import load_policy
from cme_rules.policy.loading.find import policy_folder
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.cases import read_cases
from cme_rules.verify.covered import Covered, as_page, covered
from cme_rules.verify.histories import read_histories


class Tags(HTMLParser):
    """Counts the tags that are opened, and holds that each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.counts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.opened += [] if tag == "meta" else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


@pytest.fixture(scope="module")
def found(policy: Policy, folder: Path) -> Covered:
    return covered(policy, read_cases(policy, folder))


def test_the_parts_of_conditions_stand_beside_the_rules(found: Covered) -> None:
    figures = found.figures()

    assert figures["parts"] == len(found.parts.parts) > 0
    assert figures["parts_decisive"] <= figures["parts_both_ways"] <= figures["parts"]
    assert figures["rules"] == len(found.coverage.rules)


def test_it_is_data(found: Covered) -> None:
    data = json.loads(json.dumps(found.to_dict()))

    assert {"paragraphs", "rules", "thresholds", "parts", "states"} <= data.keys()
    assert data["parts"][0].keys() >= {"place", "part", "true", "false", "decides_true", "decides_false", "lacks"}


def test_it_is_a_page_with_a_row_for_everything(found: Covered) -> None:
    tags = Tags()
    tags.feed(as_page(found))

    data = found.to_dict()
    tables = [rows for rows in data.values() if isinstance(rows, list) and rows and isinstance(rows[0], dict)]
    assert tags.opened == []
    assert tags.counts["table"] == len(tables)
    assert tags.counts["tr"] == sum(len(rows) + 1 for rows in tables)


def test_a_page_marks_what_lacks_something(found: Covered) -> None:
    page = as_page(found)

    assert page.count('<tr class="lacks">') >= len(found.parts.lacking) > 0
    assert "out_for &gt;= long" in page


def test_every_state_of_the_shipped_processes_is_passed_through_by_a_history() -> None:
    for name in ("england", "east_sussex"):
        policy, folder = load_policy(name), policy_folder(name)
        whole = covered(policy, read_cases(policy, folder), read_histories(policy, folder))

        assert len(whole.states) > 20
        assert [f"{row.process}: {row.state}" for row in whole.states_lacking] == []


def test_without_histories_every_state_is_told(policy: Policy) -> None:
    sussex = load_policy("east_sussex")

    assert covered(policy, ()).states == ()
    assert {row.process for row in covered(sussex, ()).states_lacking} == set(sussex.processes)
