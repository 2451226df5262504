"""The quick way from a TOML table to its class: no other value than the strict way gives, and nothing let through."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict, frozen

from cme_rules.policy.loading.entries import (
    DefinitionEntry,
    FactEntry,
    ParagraphEntry,
    ParameterEntry,
    RoleEntry,
    RuleEntry,
)
from cme_rules.policy.loading.plainly import made_plainly
from cme_rules.policy.loading.structure import structure
from cme_rules.policy.loading.tables import TomlFile

POLICIES = Path(__file__).parents[2] / "policies"
FILE = TomlFile(name="a.toml", text="", data={})
SHAPES = {
    "facts.toml": FactEntry,
    "parameters.toml": ParameterEntry,
    "source.toml": ParagraphEntry,
    "roles.toml": RoleEntry,
    "rules": RuleEntry,
    "definitions": DefinitionEntry,
}


@frozen(kw_only=True, repr=False)
class Inner:
    """A table within."""

    count: int


@frozen(kw_only=True, repr=False)
class Outer:
    """One field of every sort."""

    name: str
    on: date | None = None
    flag: bool = False
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()
    words: str | tuple[str, ...] = ()
    anything: Any = None
    strange: float = 0.0


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*/**/*.toml")), ids=lambda path: "/".join(path.parts[-3:]))
def test_every_table_of_the_policies_is_read_as_the_strict_way_reads_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shape = SHAPES.get(path.name, SHAPES.get(path.parent.name))
    if shape is None:
        return
    tables = tomllib.loads(path.read_text("utf-8"))
    quick = {name: made_plainly(table, shape) for name, table in tables.items()}
    monkeypatch.setattr("cme_rules.policy.loading.structure.made_plainly", lambda *_: None)

    for name, table in tables.items():
        strict, faults = structure(table, shape, file=FILE, name=name)
        assert faults == ()
        assert asdict(quick[name]) == asdict(strict), name  # type: ignore[arg-type]


def test_each_sort_of_value_is_taken() -> None:
    table = {
        "name": "n", "on": date(2026, 1, 1), "flag": True, "inner": {"count": 1}, "inners": [{"count": 2}],
        "words": ["a", "b"], "anything": {"x": 1},
    }  # fmt: skip

    assert made_plainly(table, Outer) == Outer(
        name="n", on=date(2026, 1, 1), flag=True, inner=Inner(count=1), inners=(Inner(count=2),),
        words=("a", "b"), anything={"x": 1},
    )  # fmt: skip
    assert made_plainly({"name": "n", "words": "a"}, Outer) == Outer(name="n", words="a")


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"name": "n", "nmae": "n"},
        {"name": 5},
        {"name": "n", "on": datetime(2026, 1, 1)},  # noqa: DTZ001 - a moment is what is refused
        {"name": "n", "on": "2026-01-01"},
        {"name": "n", "flag": 1},
        {"name": "n", "inner": {"count": True}},
        {"name": "n", "inner": {"cuont": 1}},
        {"name": "n", "inner": [1]},
        {"name": "n", "inners": {"count": 1}},
        {"name": "n", "inners": [{"count": "1"}]},
        {"name": "n", "words": ["a", 1]},
        {"name": "n", "strange": 1.5},
    ],
)
def test_whatever_does_not_fit_plainly_is_left_to_the_strict_way(table: dict[str, Any]) -> None:
    assert made_plainly(table, Outer) is None
