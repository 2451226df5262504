"""The recipe for Spark in the how-to page, run as it is printed, on batches such as Spark hands out."""

import doctest
from pathlib import Path
from typing import Any

import pyarrow as pa

from cme_rules.batch import assess_register
from cme_rules.testing.registers import stress_register
from tests.batch.given import ON, SUSSEX

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "whole-registers.md"


def recipe_source() -> str:
    """`answers`, as the page prints it."""
    examples = doctest.DocTestParser().get_examples(PAGE.read_text(encoding="utf-8"))
    return next(example.source for example in examples if "def answers" in example.source)


def recipe() -> Any:  # noqa: ANN401 - the function that the page prints
    """`answers`, as the page defines it."""
    scope: dict[str, Any] = {"date": type(ON)}
    exec(recipe_source(), scope)  # noqa: S102 - our own page
    return scope["answers"]


def referenced(rows: int) -> pa.Table:
    """A register of every sort of value, each child with a reference."""
    table = stress_register(rows, seed=5, on=ON, policy=SUSSEX)
    return table.append_column("reference", pa.array([f"child {row}" for row in range(rows)]))


def test_the_recipe_gives_the_answers_of_the_whole_batch_by_batch() -> None:
    table = referenced(1_000)
    found = pa.Table.from_batches(list(recipe()(table.to_batches(max_chunksize=300))))

    assert found == assess_register(table, SUSSEX, on=ON, actions=False).findings.drop_columns(["row"])
