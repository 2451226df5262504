"""Where numpy and pyarrow are not installed there are no whole registers to answer, and without PySpark no cluster."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("numpy") and find_spec("pyarrow") else ["*.py"]
collect_ignore = [] if find_spec("pyspark") else ["test_spark_cluster.py"]
