"""The toy policy, and small registers for it, that the tests of this room share."""

import os
from datetime import date
from pathlib import Path

import pyarrow as pa

from cme_rules.policy.loading.load import load_policy

SCALE = int(os.environ.get("CME_RULES_SCALE", "1"))
"""How many times as much the long comparisons do as in an ordinary run."""

ON = date(2026, 11, 23)
SUSSEX = load_policy("east_sussex")
FOUR_WEEKS_AGO, LATER = date(2026, 10, 26), date(2026, 10, 27)

CHILDREN = {
    "reference": ["a", "b", "c", "d"],
    "date_of_birth": [date(2014, 5, 2)] * 4,
    "in_area": [True, True, True, None],
    "on_school_roll": [False, False, None, False],
    "education_otherwise": ["none", "none", "none", "home_education"],
    "last_day_of_education": [FOUR_WEEKS_AGO, LATER, FOUR_WEEKS_AGO, None],
}


def children(**columns: object) -> pa.Table:
    """Four children, with some columns replaced, added, or (None) left out."""
    given = {name: values for name, values in {**CHILDREN, **columns}.items() if values is not None}
    return pa.table(given)


def csv_file(folder: Path, text: str) -> Path:
    """A CSV file with this text."""
    path = folder / "register.csv"
    path.write_text(text, encoding="utf-8")
    return path
