"""What a policy's files may and may not hold, whatever the policy."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "policies").rglob("*.toml"))
CONDITIONS = ("when", "discharged", "guard")
QUOTED = re.compile(r"""(["']).*?\1""")
NUMBER = re.compile(r"(?<![\w.])\d+")


def conditions(value: object, keys: tuple[str, ...], under: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a file's data that stands under one of the keys, with its place."""
    if isinstance(value, dict):
        for name, inner in value.items():
            place = f"{under}.{name}" if under else name
            if name in keys and isinstance(inner, str):
                yield place, inner
            else:
                yield from conditions(inner, keys, place)
    elif isinstance(value, list):
        for inner in value:
            yield from conditions(inner, keys, under)


def numbers_in(condition: str) -> list[str]:
    return NUMBER.findall(QUOTED.sub("", condition))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "policies")))
def test_a_condition_holds_no_number_but_nought_and_one(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    keys = (*CONDITIONS, "means") if path.parent.name == "definitions" else CONDITIONS
    wrong = [place for place, text in conditions(data, keys) if set(numbers_in(text)) - {"0", "1"}]

    assert wrong == []


def test_a_number_in_a_condition_would_be_seen() -> None:
    assert numbers_in("days_since(last_day) >= 28") == ["28"]


def test_a_digit_in_a_name_or_in_quoted_text_is_no_number() -> None:
    assert numbers_in('removal_2006_a and year_11 and kind == "over 16"') == []
