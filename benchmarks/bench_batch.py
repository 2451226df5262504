"""Whole registers: ours against hand-written Polars, DuckDB, OpenFisca and one child at a time, in one run.

    python benchmarks/bench_batch.py [rows …]          by default 10,000, 100,000 and 1,000,000

All answer the same six findings of the shipped council policy on the same register, and must agree before they are
timed. Words are kept as numbers of a dictionary, which suits all of them. The Polars and SQL texts are what an expert
writes who knows the day assessed: dates of birth and last days compared with constants. What is not installed is left
out and said. Each measurement is a process of its own; the best of a few repeats counts, beside the most memory it
took over what the loaded register takes.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pyarrow as pa
import pyarrow.parquet
from resident import Resident

from cme_rules import assess, load_policy
from cme_rules.batch import assess_register
from cme_rules.batch.session import Session
from cme_rules.testing.registers import register

ON = date(2026, 11, 23)
FINDINGS = (
    "of_compulsory_school_age",
    "cme_statutory",
    "cme_local",
    "persistently_absent",
    "severely_absent",
    "sao_notice_valid",
)
SCHOOL_AGE = (date(2010, 9, 1), date(2021, 8, 31))
FOUR_WEEKS_AGO = ON - timedelta(days=28)
NOTICE = 15
REPEATS = 3
MOST_ONE_BY_ONE = 50_000
ROWS = (10_000, 100_000, 1_000_000)
CHECKED = 20_000

Answers = Callable[[], Any]


def ours(table: pa.Table) -> Answers:
    """The six findings, by the library."""
    policy = load_policy("east_sussex")
    return lambda: assess_register(table, policy, on=ON, findings=FINDINGS, actions=False).findings


def ours_in_full(table: pa.Table) -> Answers:
    """Every finding and action of the policy."""
    policy = load_policy("east_sussex")
    return lambda: assess_register(table, policy, on=ON).findings


def ours_every_finding(table: pa.Table) -> Answers:
    """Every finding of the policy."""
    policy = load_policy("east_sussex")
    return lambda: assess_register(table, policy, on=ON, actions=False).findings


def checked(table: pa.Table, findings: tuple[str, ...]) -> Answers:
    """The rules alone: the cells have been checked beforehand, which the other engines never do."""
    session = Session.of(table, load_policy("east_sussex"), on=ON, findings=findings, actions=False)
    answerer = session.answerer
    chunks = [answerer.intake.taken(batch.rows, answerer.moments).chunk for batch in session.source.batches()]
    return lambda: pa.Table.from_batches([answerer.judged(chunk) for chunk in chunks])


def one_by_one(table: pa.Table) -> Answers:
    """The library's own engine for one child, the mappings made beforehand."""
    policy = load_policy("east_sussex")
    rows = table.drop_columns(["reference"]).to_pylist()

    def run() -> pa.Table:
        judged = [assess(row, policy, on=ON).verdicts() for row in rows]
        said = {"holds": True, "fails": False, "unknown": None}
        return pa.table({name: pa.array([said[each[name].value] for each in judged], pa.bool_()) for name in FINDINGS})

    return run


def polars(table: pa.Table) -> Answers:
    """Written by hand; Polars' own logic has three values."""
    import polars as pl

    frame, col = pl.from_arrow(table), pl.col
    born, left, served = col("date_of_birth"), col("last_day_of_education"), col("notice_served")
    otherwise, assessed = col("education_otherwise"), col("education_otherwise_assessed")
    age = born.is_between(*SCHOOL_AGE)
    unknown = pl.lit(None, pl.Boolean)
    unsuitable = (
        (otherwise == "none")
        | (assessed == "unsuitable")
        | ((assessed == "not_assessed") & unknown & otherwise.is_in(["alternative_provision", "tuition", "other"]))
    )
    never_in = ~(left <= ON) & ~(left > ON)
    long = (left <= FOUR_WEEKS_AGO) | (never_in & (born <= SCHOOL_AGE[1]))
    possible = pl.when(col("sessions_possible") > 0).then(col("sessions_possible"))
    missed = col("sessions_absent") * 100
    texts = {
        "of_compulsory_school_age": age,
        "cme_statutory": col("in_area") & age & ~col("on_school_roll") & unsuitable,
        "cme_local": age & ~col("on_school_roll") & (otherwise == "none") & long,
        "persistently_absent": missed >= possible * 10,
        "severely_absent": missed >= possible * 50,
        "sao_notice_valid": (served <= ON) & (col("notice_deadline") >= served + pl.duration(days=NOTICE - 1)),
    }
    query = frame.lazy().select(**texts)
    return query.collect


def polars_from_trees(table: pa.Table) -> Answers:
    """Every finding of the policy, its trees written as Polars expressions: what a compiler to Polars would give."""
    from polars_trees import query_of

    return query_of(table, load_policy("east_sussex"), ON).collect


def duckdb(table: pa.Table) -> Answers:
    """Written by hand in SQL, which has three values too."""
    import duckdb as db

    connection = db.connect()
    connection.register("children", table)
    age = f"(date_of_birth between date '{SCHOOL_AGE[0]}' and date '{SCHOOL_AGE[1]}')"
    text = f"""
        select {age} as of_compulsory_school_age,
               in_area and {age} and not on_school_roll and (education_otherwise = 'none'
                   or education_otherwise_assessed = 'unsuitable'
                   or (education_otherwise_assessed = 'not_assessed' and null::boolean
                       and education_otherwise in ('alternative_provision', 'tuition', 'other'))) as cme_statutory,
               {age} and not on_school_roll and education_otherwise = 'none'
                   and (last_day_of_education <= date '{FOUR_WEEKS_AGO}'
                        or (not last_day_of_education <= date '{ON}' and not last_day_of_education > date '{ON}'
                            and date_of_birth <= date '{SCHOOL_AGE[1]}')) as cme_local,
               sessions_absent * 100 >= 10 * case when sessions_possible > 0 then sessions_possible end
                   as persistently_absent,
               sessions_absent * 100 >= 50 * case when sessions_possible > 0 then sessions_possible end
                   as severely_absent,
               notice_served <= date '{ON}' and notice_deadline >= notice_served + {NOTICE - 1} as sao_notice_valid
        from children"""  # noqa: S608 - every part is a constant of ours
    return lambda: connection.sql(text).to_arrow_table()


def openfisca(table: pa.Table) -> Answers:
    """The same six as OpenFisca variables: two values only, an unknown taken for a no or a zero."""
    from openfisca_six import simulation_of

    run = simulation_of(table, FINDINGS, on=ON, school_age=SCHOOL_AGE, long_ago=FOUR_WEEKS_AGO, notice=NOTICE)
    return lambda: pa.table(run())


ENGINES: dict[str, tuple[str, Callable[[pa.Table], Answers]]] = {
    "ours": ("numpy", ours),
    "ours, cells already checked": ("numpy", lambda table: checked(table, FINDINGS)),
    "hand-written Polars": ("polars", polars),
    "DuckDB": ("duckdb", duckdb),
    "OpenFisca": ("openfisca_core", openfisca),
    "one child at a time": ("cme_rules", one_by_one),
    "ours, every finding and action": ("numpy", ours_in_full),
    "ours, every finding": ("numpy", ours_every_finding),
    "ours, every finding, cells already checked": ("numpy", lambda table: checked(table, ())),
    "Polars, every finding": ("polars", polars_from_trees),
}
TWO_VALUED = {"OpenFisca"}
TEXTS = ["education_otherwise", "education_otherwise_assessed", "plan"]


def measured(engine: str, path: str) -> dict[str, float]:
    """Best time and processor time of a few repeats, and memory over what the loaded register takes."""
    run = ENGINES[engine][1](pyarrow.parquet.read_table(path, read_dictionary=TEXTS))
    took = []
    with Resident() as resident:
        for _ in range(REPEATS):
            begun = perf_counter(), process_time()
            run()
            took.append((perf_counter() - begun[0], process_time() - begun[1]))
    return {
        "wall": min(wall for wall, _ in took),
        "cpu": min(cpu for _, cpu in took),
        "memory": (resident.most - resident.first) / (1 << 20),
    }


def disagree(engine: str, table: pa.Table) -> int:
    """Cells in which an engine says something else than ours; of a two-valued one, where ours knows."""
    said = ours(table)()
    found: Any = ENGINES[engine][1](table)()
    if not isinstance(found, pa.Table):
        found = found.to_arrow() if hasattr(found, "to_arrow") else found.read_all()
    pairs = (zip(said.column(name).to_pylist(), found[name].to_pylist(), strict=True) for name in FINDINGS)
    found = dict(zip(found.column_names, found.columns, strict=True))
    return sum(one is not other for each in pairs for one, other in each if one is not None or engine not in TWO_VALUED)


def table_for(rows: int, engines: list[str], folder: Path) -> None:
    """Measure every engine on one register and print a line each."""
    path = folder / f"{rows}.parquet"
    pyarrow.parquet.write_table(register(rows, seed=1, on=ON, policy=load_policy("east_sussex"), tier="england"), path)
    print(f"\n{rows:,} children\n")
    print("| engine | ms | ns a child | processor ns a child | memory MB | times ours |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    first = 0.0
    for engine in engines:
        if engine == "one child at a time" and rows > MOST_ONE_BY_ONE:
            continue
        asked = [sys.executable, __file__, "--one", engine, str(path)]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603 - this very script
        took = json.loads(done.stdout)
        first = first or took["wall"]
        each = (took["wall"] * 1e3, took["wall"] / rows * 1e9, took["cpu"] / rows * 1e9, took["memory"])
        print(f"| {engine} | {' | '.join(f'{part:,.1f}' for part in each)} | {took['wall'] / first:,.2f} |")


def main() -> None:
    """Check that all agree, then measure."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2], sys.argv[3])))
        return
    engines = [name for name, (needs, _) in ENGINES.items() if find_spec(needs)]
    print("left out, not installed:", ", ".join(ENGINES.keys() - engines) or "nothing")
    small = register(CHECKED, seed=2, on=ON, policy=load_policy("east_sussex"), tier="county", unknown=0.2)
    for engine in engines:
        print(f"{engine}: {disagree(engine, small)} of {CHECKED * len(FINDINGS):,} cells differ from ours")
    with tempfile.TemporaryDirectory() as folder:
        for rows in [int(text) for text in sys.argv[1:]] or ROWS:
            table_for(rows, engines, Path(folder))


if __name__ == "__main__":
    main()
