"""Six findings as OpenFisca variables, for `bench_batch.py`: arrays without nulls, so an unknown is a no or a zero."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core.entities import Entity
from openfisca_core.periods import ETERNITY
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Array = Any
Child = Any
Period = Any
Formula = Callable[[Child, Period], Array]

CHILD = Entity("child", "children", "A child", "")
PERIOD = "2026-11"
LONG_AGO = "1900-01-01"
GIVEN: dict[str, tuple[type, Any]] = {
    "date_of_birth": (int, 0),
    "in_area": (bool, False),
    "on_school_roll": (bool, False),
    "education_otherwise": (str, ""),
    "education_otherwise_assessed": (str, ""),
    "last_day_of_education": (int, 0),
    "sessions_possible": (int, 0),
    "sessions_absent": (int, 0),
    "notice_served": (int, 0),
    "notice_deadline": (int, 0),
}
NEVER = np.iinfo(np.int32).max


def variable(name: str, kind: type, formula: Formula | None = None) -> type[Variable]:
    """A variable class, as OpenFisca wants one."""
    parts = {"value_type": kind, "entity": CHILD, "definition_period": ETERNITY, "label": name}
    return type(name, (Variable,), parts | ({"formula": formula} if formula else {}))


def formulas(on: int, school_age: tuple[int, int], long_ago: int, notice: int) -> dict[str, Formula]:
    """The six, a formula each."""

    def age(child: Child, period: Period) -> Array:
        born = child("date_of_birth", period)
        return (born >= school_age[0]) & (born <= school_age[1])

    def statutory(child: Child, period: Period) -> Array:
        otherwise, assessed = child("education_otherwise", period), child("education_otherwise_assessed", period)
        unsuitable = (otherwise == "none") | (assessed == "unsuitable")
        of_age = child("of_compulsory_school_age", period)
        return child("in_area", period) & of_age & ~child("on_school_roll", period) & unsuitable

    def local(child: Child, period: Period) -> Array:
        nowhere = ~child("on_school_roll", period) & (child("education_otherwise", period) == "none")
        left = child("last_day_of_education", period)
        return child("of_compulsory_school_age", period) & nowhere & (left <= long_ago)

    def share(percent: int) -> Formula:
        def absent(child: Child, period: Period) -> Array:
            possible = child("sessions_possible", period)
            return (possible > 0) & (child("sessions_absent", period) * 100 >= possible * percent)

        return absent

    def notice_valid(child: Child, period: Period) -> Array:
        served = child("notice_served", period)
        return (served <= on) & (child("notice_deadline", period) >= served + notice - 1)

    return {
        "of_compulsory_school_age": age,
        "cme_statutory": statutory,
        "cme_local": local,
        "persistently_absent": share(10),
        "severely_absent": share(50),
        "sao_notice_valid": notice_valid,
    }


def simulation_of(
    table: pa.Table, findings: tuple[str, ...], *, on: date, school_age: tuple[date, date], long_ago: date, notice: int
) -> Callable[[], dict[str, Any]]:
    """What works the six out afresh at each call."""
    first, last = (number(day) for day in school_age)
    system = TaxBenefitSystem([CHILD])
    for name, (kind, _) in GIVEN.items():
        system.add_variable(variable(name, kind))
    for name, formula in formulas(number(on), (first, last), number(long_ago), notice).items():
        system.add_variable(variable(name, bool, formula))
    columns = {name: values(table.column(name), kind) for name, (kind, _) in GIVEN.items()}

    def run() -> dict[str, Any]:
        simulation = SimulationBuilder().build_default_simulation(system, table.num_rows)
        for name, column in columns.items():
            simulation.set_input(name, ETERNITY, column)
        return {name: simulation.calculate(name, PERIOD) for name in findings}

    return run


def number(day: date) -> int:
    """Days since 1970."""
    return (day - date(1970, 1, 1)).days


def values(column: pa.ChunkedArray, kind: type) -> Array:
    """A column without nulls."""
    if pa.types.is_date(column.type):
        return column.cast(pa.int32()).fill_null(int(NEVER) - 100).to_numpy()
    if kind is str:
        coded = column.combine_chunks()
        coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
        words = np.array([*coded.dictionary.to_pylist(), ""])
        return words[coded.indices.fill_null(len(words) - 1).to_numpy()]
    return column.fill_null(0 if kind is int else False).to_numpy()
