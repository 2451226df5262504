"""Where durable-rules is not installed, only the tests of how the library says so are collected."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("durable_rules_engine") else ["test_[!u]*.py"]
