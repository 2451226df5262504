"""A child's data never leave by the wrong door: a canary in every place a value can stand, looked for everywhere."""

import json
import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cme_rules.cli.children import BadInput, BadLine, GivenChild, children_in
from cme_rules.engine.assess import assess
from cme_rules.engine.facts import facts_from_json
from cme_rules.errors import CallError
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.cli.conftest import Cme

CANARY = "CANARY-7731"
ODD_DAY = "1987-06-05"
LETTERS = [CANARY, "CANARY", "7731", ODD_DAY, "5 June 1987"]  # a due day that follows from a day is an answer
BOOLS = ("in_area", "on_roll")
TEXTS = ("schooling", "school")
DATES = ("last_taught", "date_of_birth", "absence_began", "called")
NUMBERS = ("sessions_possible", "sessions_absent")
ODD_NUMBER = 77317731


def clean(text: str) -> bool:
    return not any(letters in text for letters in LETTERS)


def wrong_children() -> Iterator[Any]:
    """Children with the canary where it does not belong."""
    for name in (*BOOLS, "schooling", *DATES, *NUMBERS):
        yield {name: CANARY}
        yield {name: [CANARY]}
        yield {name: {CANARY: CANARY}}
        yield {"facts": {name: CANARY}, "reference": None}
    yield {CANARY: True}
    yield {f"{CANARY} {ODD_DAY}": CANARY}
    yield {"facts": {}, CANARY: 1}
    yield {"facts": CANARY}
    yield {"facts": {}, "reference": [CANARY]}
    yield [CANARY]
    yield CANARY


RIGHT = {
    "in_area": True,
    "on_roll": False,
    "schooling": "none",
    "school": CANARY,
    **dict.fromkeys(DATES, ODD_DAY),
    "sessions_possible": ODD_NUMBER,
    "sessions_absent": ODD_NUMBER,
}
COMMANDS: list[tuple[str, ...]] = [
    ("assess",),
    ("assess", "--format", "json"),
    ("assess", "--preview", "reform"),
    *(("explain", "--finding", name) for name in ("gone", "long_gone", "call_home", "often_absent", "reportable")),
    ("explain", "--finding", "long_gone", "--format", "json"),
]


@pytest.fixture(params=COMMANDS, ids=" ".join)
def command(request: pytest.FixtureRequest) -> tuple[str, ...]:
    found: tuple[str, ...] = request.param
    return found


def assess_only_child(file: Path, policy: Policy) -> None:
    (given,) = children_in(str(file))
    assert isinstance(given, GivenChild)
    assess(facts_from_json(given.facts, policy), policy, on=date(2026, 3, 10))


class TestRightValues:
    """Values that fit are used, and shown by no command unless it is told to reveal them."""

    @pytest.mark.parametrize("suffix", [".json", ".jsonl"])
    def test_they_show_nowhere(
        self, cme: Cme, shire: Path, tmp_path: Path, command: tuple[str, ...], suffix: str
    ) -> None:
        child = tmp_path / f"{CANARY}{suffix}"
        child.write_text(json.dumps(RIGHT) + "\n", encoding="utf-8")

        done = cme(command[0], "--policy", shire, "--on", "2026-03-10", *command[1:], child)

        assert done.status == 0
        assert clean(done.out)
        assert clean(done.err)
        assert str(ODD_NUMBER) not in done.out

    def test_they_show_where_they_are_asked_for(self, cme: Cme, shire: Path) -> None:
        data = json.dumps(RIGHT).encode()

        assert CANARY in cme("assess", "--policy", shire, "--on", "2026-03-10", "--reveal", "-", stdin=data).out

    def test_a_reference_is_shown_with_the_answer_and_never_with_a_fault(self, cme: Cme, shire: Path) -> None:
        lines = [{"reference": CANARY, "facts": {"in_area": 1}}, {"reference": CANARY, "facts": {}}]
        data = "\n".join(json.dumps(line) for line in lines).encode()
        done = cme("assess", "--policy", shire, "--on", "2026-03-10", "-", stdin=data)

        assert CANARY in done.out
        assert clean(done.err)


class TestWrongValues:
    """Values that do not fit are told by the names of facts."""

    @pytest.mark.parametrize("child", list(wrong_children()), ids=str)
    @pytest.mark.parametrize("suffix", [".json", ".jsonl"])
    def test_they_show_nowhere(self, cme: Cme, shire: Path, tmp_path: Path, child: object, suffix: str) -> None:
        file = tmp_path / f"{CANARY}{suffix}"
        file.write_text(json.dumps(child) + "\n", encoding="utf-8")

        done = cme("assess", "--policy", shire, "--on", "2026-03-10", file)

        assert done.status == 2
        assert done.err
        assert clean(done.out)
        assert clean(done.err)

    @pytest.mark.parametrize(
        "data",
        [
            f'{{"school": {CANARY}}}',
            f'{{"school": "{CANARY}',
            f"{CANARY}",
            f'{{"school": "\\{CANARY}"}}',
            f'{{"{CANARY}": 1, "{CANARY}": 2}}',
            f'{{"school": "\x01{CANARY}"}}',
        ],
    )
    def test_broken_json_shows_nothing_of_itself(self, cme: Cme, shire: Path, data: str) -> None:
        done = cme("assess", "--policy", shire, "--on", "2026-03-10", "-", stdin=data.encode())

        assert done.status == 2
        assert clean(done.err)

    def test_no_exception_holds_them_either(self, shire: Path, tmp_path: Path) -> None:
        policy = load_policy(shire)
        file = tmp_path / f"{CANARY}.json"
        for child in wrong_children():
            file.write_text(json.dumps(child), encoding="utf-8")
            with pytest.raises((BadInput, CallError)) as caught:
                assess_only_child(file, policy)
            shown = "".join(traceback.format_exception_only(caught.value))
            assert clean(shown)
            assert clean(repr(caught.value))


class TestCalls:
    """What is typed may be the name of a child's file, so it is not repeated."""

    @pytest.mark.parametrize(
        "arguments",
        [
            (CANARY,),
            ("policy", CANARY),
            ("assess", "--policy", "england", "--on", CANARY, CANARY),
            ("assess", "--policy", "england", "--on", ODD_DAY, CANARY),
            ("assess", "--policy", "england", "--on", "2026-03-10", f"{CANARY}/{CANARY}.json"),
            ("assess", "--policy", "england", "--on", "2026-03-10", "a.json", f"{CANARY}.json"),
            ("assess", "--policy", "england", "--on", "2026-03-10", "--format", CANARY, "a.json"),
            ("assess", f"--{CANARY}"),
            ("assess", f"-{CANARY}"),
            ("calendar", "--policy", "england", "--school", CANARY, "show"),
            ("explain", "--policy", "england", "--on", "2026-03-10", "--finding", CANARY, f"{CANARY}.json"),
        ],
        ids=str,
    )
    def test_it_is_not(self, cme: Cme, arguments: tuple[str, ...]) -> None:
        done = cme(*arguments)

        assert done.status == 2
        assert clean(done.out)
        assert clean(done.err)


class TestReprs:
    """What a debugger or a log would show of the values that carry a child."""

    def test_a_given_child_shows_neither_facts_nor_reference(self) -> None:
        assert clean(repr(GivenChild(facts={"school": CANARY}, reference=CANARY, line=3)))

    def test_a_bad_line_holds_only_what_is_wrong(self, tmp_path: Path) -> None:
        many = tmp_path / "many.jsonl"
        many.write_text(f"{CANARY}\n", encoding="utf-8")
        (bad,) = children_in(str(many))

        assert isinstance(bad, BadLine)
        assert clean(repr(bad))
