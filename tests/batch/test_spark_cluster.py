"""The recipe for Spark on Spark itself: every cell compared with the answers given here."""

from pathlib import Path

from pyarrow import parquet
from pyspark.sql import SparkSession

from cme_rules.batch import assess_register
from tests.batch.given import ON, SCALE, SUSSEX
from tests.batch.test_spark import recipe, referenced

ROWS = 200_000 * SCALE


def test_spark_says_the_same_in_every_cell(tmp_path: Path) -> None:
    table = referenced(ROWS)
    parquet.write_table(table, tmp_path / "register.parquet", row_group_size=100_000)
    wanted = assess_register(table, SUSSEX, on=ON, actions=False).findings.drop_columns(["row"])
    fields = ", ".join(["reference string", *(f"{name} boolean" for name in wanted.column_names[1:])])
    spark = SparkSession.builder.master("local[2]").config("spark.driver.memory", "4g").getOrCreate()
    try:
        register = spark.read.parquet(str(tmp_path / "register.parquet"))
        register.mapInArrow(recipe(), fields).write.parquet(str(tmp_path / "answers"))
    finally:
        spark.stop()
    found = parquet.read_table(tmp_path / "answers").sort_by("reference")

    assert found.cast(wanted.schema) == wanted.sort_by("reference")
