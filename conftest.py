"""What is collected: the rooms that need an extra are left out where that extra is not installed.

`nox -s batch` and `nox -s durable` install them and run what is left out here.
"""

from importlib.util import find_spec

collect_ignore_glob = (
    []
    if find_spec("numpy") and find_spec("pyarrow")
    else ["src/cme_rules/batch/*.py", "src/cme_rules/testing/registers.py", "tests/batch/*.py"]
)
