import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cme

ON = ("--on", "2026-03-10")
GONE = b'{"in_area": true, "on_roll": false, "schooling": "none", "last_taught": "2026-02-10"}'


def test_a_finding_is_laid_open_with_its_paragraphs(cme: Cme, shire: Path) -> None:
    done = cme("explain", "--policy", shire, *ON, "--finding", "long_gone", "-", stdin=GONE)

    assert done.status == 0
    assert done.out.startswith(
        "Gone for long, on 10 March 2026: yes\n\nThe child is gone for long (paragraph 2), because\n"
    )
    assert "28 days)\n" in done.out


def test_an_action_is_laid_open_too(cme: Cme, shire: Path) -> None:
    done = cme("explain", "--policy", shire, *ON, "--finding", "call_home", "-", stdin=GONE)

    assert done.out.startswith("Call the family, on 10 March 2026: yes")


def test_values_are_shown_only_when_asked_for(cme: Cme, shire: Path) -> None:
    done = cme("explain", "--policy", shire, *ON, "--finding", "long_gone", "--reveal", "-", stdin=GONE)

    assert "28 days; 10 February 2026, so 28)" in done.out


def test_json_holds_the_steps(cme: Cme, shire: Path) -> None:
    done = cme("explain", "--policy", shire, *ON, "--finding", "long_gone", "--format", "json", "-", stdin=GONE)

    assert json.loads(done.out)["why"]["verdict"] == "holds"


@pytest.mark.parametrize("form", ["text", "json"])
def test_many_children_are_answered_in_turn(cme: Cme, shire: Path, form: str) -> None:
    many = b'{"reference": "a", "facts": {}}\n{}\n'
    done = cme("explain", "--policy", shire, *ON, "--finding", "gone", "--format", form, "-", stdin=many)

    assert done.out.count("Gone from education, on" if form == "text" else '"name": "gone"') == 2


@pytest.mark.parametrize("name", ["no_such_finding", "fast_track"])
def test_a_finding_the_law_of_the_day_lacks_is_told_once(cme: Cme, shire: Path, name: str) -> None:
    done = cme("explain", "--policy", shire, *ON, "--finding", name, "-", stdin=b"{}\n{}\n")

    assert done.status == 2
    assert done.err == (
        "the law of 2026-03-10 in policy 'shire' has no finding or action of this name: see `policy show`\n"
    )


def test_a_preview_brings_it_in(cme: Cme, shire: Path) -> None:
    done = cme("explain", "--policy", shire, *ON, "--finding", "fast_track", "--preview", "reform", "-", stdin=b"{}")

    assert done.status == 0
