"""A pytest plugin that collects a policy's cases: `pytest policies/`, or `pytest --policy path` for a folder elsewhere.

Every case of cases/*.toml beside a policy.toml is a test, named by its sentence, and so is every history. Nothing of
the library is imported until such a file is met.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr, TracebackStyle

    from cme_rules.policy.model.policy import Policy
    from cme_rules.verify.case import Case
    from cme_rules.verify.histories import HistoryCase

__all__ = ["CaseFailed", "CaseFile", "CaseItem", "pytest_addoption", "pytest_collect_file", "pytest_configure"]

_POLICIES = pytest.StashKey[dict[Path, "Policy"]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--policy`."""
    group = parser.getgroup("cme_rules")
    group.addoption(
        "--policy",
        metavar="PATH",
        default="",
        help="run the cases of this policy (a name or a folder) and, under it, those of the policies it extends",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect the folders of the policy asked for, instead of the default test paths if no path was given."""
    config.stash[_POLICIES] = {}
    named = config.getoption("--policy")
    if not named:
        return
    from cme_rules.errors import UnknownPolicy
    from cme_rules.policy.loading.find import policy_folder
    from cme_rules.verify.folders import pack_folders

    try:
        folders = pack_folders(policy_folder(named))
    except UnknownPolicy as fault:
        raise pytest.UsageError(str(fault)) from None
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args.clear()
    config.args.extend(str(folder / "cases") for folder in folders if (folder / "cases").is_dir())


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "CaseFile | None":
    """Collect cases/*.toml beside a policy.toml."""
    head = file_path.parent.parent / "policy.toml"
    if file_path.suffix == ".toml" and file_path.parent.name == "cases" and head.is_file():
        collected: CaseFile = CaseFile.from_parent(parent, path=file_path)
        return collected
    return None


class CaseFile(pytest.File):  # pytest's collectors are made by inheriting from its own
    """One file of cases, or of histories."""

    def collect(self) -> Iterator["CaseItem"]:
        """An item for each case; a broken policy or file of cases is told with all its faults."""
        from cme_rules.errors import BrokenPolicy

        try:
            for name, line, trial in _trials(self.path, _policy_for(self.path, self.config)):
                item: CaseItem = CaseItem.from_parent(self, name=name, line=line, trial=trial)
                yield item
        except BrokenPolicy as fault:
            raise self.CollectError(str(fault)) from None


def _policy_for(path: Path, config: pytest.Config) -> "Policy":
    """The policy of --policy where it is, or extends, the one the file lies beside; otherwise the latter."""
    from cme_rules.policy.loading.find import policy_folder
    from cme_rules.policy.loading.load import load_policy
    from cme_rules.verify.folders import pack_folders

    folder = path.parent.parent.resolve()
    named = config.getoption("--policy")
    if named and folder in pack_folders(policy_folder(named)):
        folder = policy_folder(named)
    known = config.stash[_POLICIES]
    if folder not in known:
        known[folder] = load_policy(folder)
    return known[folder]


Trial = Callable[[], str]
"""Runs one case; gives what went wrong, or nothing."""


def _trials(path: Path, policy: "Policy") -> Iterator[tuple[str, int, Trial]]:
    """The name, line and trial of everything in a file."""
    from cme_rules.verify.cases import read_case_file
    from cme_rules.verify.folders import holds_histories
    from cme_rules.verify.histories import read_histories

    if not holds_histories(path):
        for case in read_case_file(policy, path):
            yield case.name, case.line, partial(_case_failure, case, policy)
        return
    for history in read_histories(policy, path.parent.parent):
        if history.file.endswith(f"/{path.name}"):
            yield history.name, history.line, partial(_history_failure, history, policy)


def _case_failure(case: "Case", policy: "Policy") -> str:
    from cme_rules.verify.failures import tell_failure
    from cme_rules.verify.run import run_cases

    (result,) = run_cases(policy, (case,))
    return "" if result.passed else tell_failure(result, policy)


def _history_failure(history: "HistoryCase", policy: "Policy") -> str:
    from cme_rules.verify.failures import tell_history
    from cme_rules.verify.histories import run_histories

    (result,) = run_histories(policy, (history,))
    return "" if result.passed else tell_history(result)


class CaseFailed(Exception):
    """The policy did not say what a case expects; its text tells the whole story."""


class CaseItem(pytest.Item):  # pytest's items are made by inheriting from its own
    """One case."""

    def __init__(self, *, line: int, trial: Trial, **settings: Any) -> None:  # noqa: ANN401 - pytest's own
        """Keep where the case stands and how it is run."""
        super().__init__(**settings)
        self.line = line
        self.trial = trial

    def runtest(self) -> None:
        """Run the case.

        Raises CaseFailed where the policy says something else.
        """
        wrong = self.trial()
        if wrong:
            raise CaseFailed(wrong)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: "TracebackStyle | None" = None
    ) -> "str | TerminalRepr":
        """What was expected and the policy's own explanation, in place of a traceback."""
        if isinstance(excinfo.value, CaseFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style=style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands."""
        return self.path, max(0, self.line - 1), self.name
