"""Where durable-rules is not installed there is no second engine to compare with."""

import sys
from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("durable_rules_engine") else ["test_*.py"]
collect_ignore = ["test_memory.py"] if sys.platform == "win32" else []  # nothing there tells how large a process was
