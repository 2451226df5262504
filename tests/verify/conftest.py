"""The toy policy, loaded once for all tests of this room."""

from pathlib import Path

import pytest

from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.toy import write_toy


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def policy(folder: Path) -> Policy:
    return load_policy(folder)
