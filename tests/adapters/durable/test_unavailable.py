"""Without durable-rules the library works, and says of this engine alone that it is missing, and why."""

import subprocess
import sys
from pathlib import Path

import pytest

from cme_rules.adapters.durable import CaseRuntime, DurableEngine, EngineUnavailable
from cme_rules.engine.assess import assess
from cme_rules.errors import CmeRulesError
from cme_rules.policy.loading.load import load_policy
from tests.adapters.durable.given import CHILD, ON
from tests.processes.given import england, small
from tests.toy import write_toy


@pytest.fixture(autouse=True)
def _blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if durable-rules were not installed."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)


class TestWithoutDurableRules:
    """Making an engine says what is missing; nothing else is touched."""

    def test_making_an_engine_says_how_to_get_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "version_info", (3, 12, 1, "final", 0))
        policy = load_policy(write_toy(tmp_path))

        with pytest.raises(EngineUnavailable, match=r"install the extra 'durable'.*needs a C compiler"):
            DurableEngine(policy, on=ON)

    def test_on_a_newer_python_it_says_that_there_is_no_release(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "version_info", (3, 13, 0, "final", 0))
        policy = load_policy(write_toy(tmp_path))

        with pytest.raises(EngineUnavailable, match=r"no release for Python 3\.13: .*after 3\.12"):
            DurableEngine(policy, on=ON)

    def test_a_runtime_for_cases_says_it_too(self) -> None:
        with pytest.raises(EngineUnavailable):
            CaseRuntime(small(), england())

    def test_the_error_is_one_of_the_librarys_and_an_import_error(self) -> None:
        assert issubclass(EngineUnavailable, CmeRulesError)
        assert issubclass(EngineUnavailable, ImportError)

    def test_assessing_works(self, tmp_path: Path) -> None:
        assert "long_gone" in assess(CHILD, load_policy(write_toy(tmp_path)), on=ON)


def test_importing_the_library_and_the_adapter_imports_no_durable_rules() -> None:
    code = """
import sys, cme_rules, cme_rules.adapters.durable
cme_rules.assess, cme_rules.load_policy("england")
print([name for name in sys.modules if name.split(".")[0].startswith("durable")])
"""

    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
