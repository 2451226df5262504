"""A whole register, side by side: ours, Polars and SQL written by hand, OpenFisca, zen-engine, one child at a time.

    python benchmarks/bench_batch.py                      # 10,000 to 10,000,000 children
    python benchmarks/bench_batch.py 75000 8400000        # a county, England

The engines answer the same six findings of the shipped council policy on the same register, and must agree before they
are timed; ours and Polars then answer every finding of the day. Words are kept as numbers of a dictionary and columns
in one piece, which suits all of them. The Polars and SQL texts are what an expert writes who knows the day assessed:
dates of birth and last days compared with constants. Engines that take a child at a time get the first children of
the register. What is not installed is left out and said. Each measurement is a process of its own; the best of a few
repeats counts, beside the most memory it took over what the loaded register takes.
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
from attrs import evolve
from resident import Resident

from cme_rules import assess, load_policy
from cme_rules.batch import assess_register, write_register
from cme_rules.batch.session import Session
from cme_rules.conditions.kinds import DATE
from cme_rules.conditions.nodes import names_in
from cme_rules.engine.assess import assessor
from cme_rules.policy.model.policy import Law
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
REPEATS = 5
MOST_ONE_BY_ONE = 20_000
ROWS = (10_000, 75_000, 1_000_000, 10_000_000)
CHECKED = 20_000
PER_RULE_OF_903 = 3_400.0
"""Nanoseconds a child and rule of csc-validator-be-903 0.1.17, which validates returns with pandas.

Worked out from its whole runs: 311 to 316 rules over 2,675, 26,750 and 133,750 children in 3.3, 24.5 to 28.8 and
143 seconds on two processors of the same sort. Its rules are others than ours, so only the order of size says anything.
"""

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
    chunks = [answerer.intake.taken(batch.rows, answerer.law.moments).chunk for batch in session.source.batches()]
    return lambda: pa.Table.from_batches([answerer.judged(evolve(chunk)) for chunk in chunks])


def one_by_one(table: pa.Table) -> Answers:
    """The library's own engine for one child, the mappings made beforehand: all 87 verdicts, six of them kept."""
    policy = load_policy("east_sussex")
    rows = table.drop_columns(["reference"]).to_pylist()

    def run() -> pa.Table:
        judged = [assess(row, policy, on=ON).verdicts() for row in rows]
        said = {"holds": True, "fails": False, "unknown": None}
        return pa.table({name: pa.array([said[each[name].value] for each in judged], pa.bool_()) for name in FINDINGS})

    return run


def zen(table: pa.Table) -> Answers:
    """The same six as expressions of zen-engine, the children made into its numbered days beforehand."""
    from in_zen import in_zen, numbered

    policy = load_policy("east_sussex")
    law = policy.as_of(ON)
    wanted = {name for finding in FINDINGS for name in behind(finding, law)}
    six = evolve(policy, rules=tuple(rule for rule in law.rules if rule.finding in wanted))
    judge = in_zen(assessor(six, on=ON).moment)
    days = frozenset(name for name, spec in policy.facts.items() if spec.kind == DATE)
    rows = [
        numbered({name: value for name, value in row.items() if value is not None}, days)
        for row in table.drop_columns(["reference"]).to_pylist()
    ]

    def run() -> pa.Table:
        judged = [judge(row) for row in rows]
        return pa.table({name: pa.array([each.get(name) for each in judged], pa.bool_()) for name in FINDINGS})

    return run


def behind(finding: str, law: Law) -> set[str]:
    """A finding and those its rule rests on."""
    names = {name for name in names_in(law.findings[finding].when) if name in law.findings}
    return {finding}.union(*(behind(name, law) for name in names))


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


SIX: dict[str, tuple[str, Callable[[pa.Table], Answers]]] = {
    "hand-written Polars": ("polars", polars),
    "ours": ("numpy", ours),
    "ours, cells already checked": ("numpy", lambda table: checked(table, FINDINGS)),
    "DuckDB, SQL by hand": ("duckdb", duckdb),
    "OpenFisca-core": ("openfisca_core", openfisca),
    "zen-engine, one child at a time": ("zen", zen),
    "ours, one child at a time": ("cme_rules", one_by_one),
}
ALL: dict[str, tuple[str, Callable[[pa.Table], Answers]]] = {
    "Polars, from the same trees": ("polars", polars_from_trees),
    "ours": ("numpy", ours_every_finding),
    "ours, cells already checked": ("numpy", lambda table: checked(table, ())),
    "ours, with every action": ("numpy", ours_in_full),
}
TABLES = {"six findings": SIX, "every finding": ALL}
TWO_VALUED = {"OpenFisca-core"}
ONE_BY_ONE = {"zen-engine, one child at a time", "ours, one child at a time"}
TEXTS = ["education_otherwise", "education_otherwise_assessed", "plan"]


def measured(engine: str, asked: str, path: str) -> dict[str, float]:
    """Best time and processor time of a few repeats, and memory over what the loaded register takes."""
    table = pyarrow.parquet.read_table(path, read_dictionary=TEXTS).combine_chunks()
    rows = min(table.num_rows, MOST_ONE_BY_ONE if engine in ONE_BY_ONE else table.num_rows)
    run = TABLES[asked][engine][1](table.slice(0, rows))
    took = []
    with Resident() as resident:
        for _ in range(1 if engine in ONE_BY_ONE else REPEATS):
            begun = perf_counter(), process_time()
            run()
            took.append((perf_counter() - begun[0], process_time() - begun[1]))
    return {
        "wall": min(wall for wall, _ in took) / rows * 1e9,
        "cpu": min(cpu for _, cpu in took) / rows * 1e9,
        "memory": (resident.most - resident.first) / (1 << 20),
    }


def written(path: str) -> dict[str, float]:
    """From a Parquet file to files: every finding and action, and the missing facts of both definitions."""
    policy = load_policy("east_sussex")
    with tempfile.TemporaryDirectory() as folder, Resident() as resident:
        begun = perf_counter(), process_time()
        write_register(path, policy, folder, on=ON, missing=("cme_statutory", "cme_local"))
        took = perf_counter() - begun[0], process_time() - begun[1]
    return {"wall": took[0], "cpu": took[1], "memory": resident.most / (1 << 20)}


def disagree(engine: str, table: pa.Table) -> int:
    """Cells in which an engine says something else than ours; of a two-valued one, where ours knows."""
    said = ours(table)()
    found: Any = SIX[engine][1](table)()
    if not isinstance(found, pa.Table):
        found = found.to_arrow() if hasattr(found, "to_arrow") else found.read_all()
    pairs = (zip(said.column(name).to_pylist(), found[name].to_pylist(), strict=True) for name in FINDINGS)
    return sum(one is not other for each in pairs for one, other in each if one is not None or engine not in TWO_VALUED)


def table_for(asked: str, rules: int, path: Path) -> None:
    """Measure the engines of a table on one register and print a line each; the first is what the others stand by."""
    heads = ("ns a child", "processor ns", "a rule", "processor, times the first", "time, times the first", "MB")
    print(f"\n| {asked} ({rules} rules) | {' | '.join(heads)} |\n| --- |{' ---: |' * len(heads)}")
    first: dict[str, float] = {}
    for engine, (needs, _) in TABLES[asked].items():
        if find_spec(needs):
            took = asked_of_a_process("--one", engine, asked, str(path))
            first = first or took
            wall, cpu = took["wall"], took["cpu"]
            each = (wall, cpu, cpu / rules, cpu / first["cpu"], wall / first["wall"])
            print(f"| {engine} | {' | '.join(f'{part:,.2f}' for part in each)} | {took['memory']:,.0f} |", flush=True)
    if TABLES[asked] is SIX:
        print(f"| csc-validator-be-903: its own rules, measured elsewhere | | | {PER_RULE_OF_903:,.0f} | | | |")


def asked_of_a_process(*words: str) -> dict[str, float]:
    """What a process of its own measures."""
    done = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=True)  # noqa: S603 - this very script
    found: dict[str, float] = json.loads(done.stdout)
    return found


def agree() -> None:
    """Say in how many cells each engine differs from ours, and stop if any does."""
    small = register(CHECKED, seed=2, on=ON, policy=load_policy("east_sussex"), tier="county", unknown=0.2)
    for engine, (needs, _) in SIX.items():
        if find_spec(needs):
            wrong = disagree(engine, small)
            print(f"{engine}: {wrong} of {CHECKED * len(FINDINGS):,} cells differ from ours")
            if wrong:
                sys.exit(1)
        else:
            print(f"{engine}: left out, not installed")


def main() -> None:
    """Check that all agree, then measure."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(*sys.argv[2:])))
        return
    if sys.argv[1:2] == ["--write"]:
        print(json.dumps(written(sys.argv[2])))
        return
    agree()
    policy = load_policy("east_sussex")
    rules = {"six findings": len(FINDINGS), "every finding": len(policy.as_of(ON).findings)}
    for rows in [int(text) for text in sys.argv[1:]] or ROWS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.parquet"
            pyarrow.parquet.write_table(register(rows, seed=1, on=ON, policy=policy, tier="england"), path)
            print(f"\n## {rows:,} children")
            for asked in TABLES:
                table_for(asked, rules[asked], path)
            took = asked_of_a_process("--write", str(path))
            times = f"{took['wall']:.2f} s, {took['cpu']:.2f} s of processor, {took['memory']:,.0f} MB in all"
            print(f"\nFrom a Parquet file to files, with every action and two findings' missing facts: {times}")


if __name__ == "__main__":
    main()
