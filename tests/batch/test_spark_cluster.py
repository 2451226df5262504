"""The recipe for Spark on Spark itself, over a million rows: every cell compared with the answers given here."""

import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

from cme_rules.batch import assess_register
from tests.batch.given import ON, SUSSEX
from tests.batch.test_spark import recipe_source, referenced

ROWS = 1_000_000
JOB = """
import sys
from datetime import date
from pyspark.sql import SparkSession

{recipe}
register, answered, schema = sys.argv[1:]
spark = SparkSession.builder.master("local[2]").config("spark.driver.memory", "4g").getOrCreate()
spark.read.parquet(register).mapInArrow(answers, schema).write.parquet(answered)
spark.stop()
"""


def test_spark_says_the_same_in_every_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = referenced(ROWS)
    register, answered, job = (str(tmp_path / name) for name in ("register.parquet", "answered", "job.py"))
    parquet.write_table(table, register, row_group_size=100_000)
    Path(job).write_text(JOB.format(recipe=recipe_source()), encoding="utf-8")
    wanted = assess_register(table, SUSSEX, on=ON, actions=False).findings.drop_columns(["row"])
    schema = ", ".join(["reference string", *(f"{name} boolean" for name in wanted.column_names[1:])])

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    subprocess.run([sys.executable, job, register, answered, schema], check=True)
    found = parquet.read_table(answered).sort_by("reference")

    assert found.num_rows == ROWS
    assert found.cast(wanted.schema) == wanted.sort_by("reference")
