"""Children, days and cases that the tests of this room share. All are invented."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cme_rules import Assessment, Policy, assess, load_policy
from cme_rules.processes.case import read_case
from cme_rules.processes.position import Position, position

ON = date(2026, 6, 15)
CANARY = date(2013, 1, 23)
SAID = ("23 January 2013", "2013-01-23")
CHILD: dict[str, Any] = {
    "date_of_birth": CANARY,
    "in_area": True,
    "on_school_roll": False,
    "education_otherwise": "none",
    "last_day_of_education": date(2026, 5, 1),
    "order_made": date(2026, 5, 27),
}
ORDER = Path(__file__).parents[2] / "examples" / "cases" / "order.json"


@cache
def council() -> Policy:
    return load_policy("east_sussex")


def answer(**changes: object) -> Assessment:
    """The child assessed, with some facts otherwise; None takes one away."""
    return assess({**CHILD, **changes}, council(), on=ON)


def standing() -> Position:
    """An invented case of an attendance order, some days after a missed meeting."""
    process = council().processes["school_attendance_order"]
    given = json.loads(ORDER.read_text(encoding="utf-8"))
    return position(read_case(given, process, council()), on=date(2026, 11, 27), policy=council())
