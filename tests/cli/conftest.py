"""Running the command line inside the test, and the toy policy to run it on."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from cme_rules.cli import run
from tests.toy import write_toy


@frozen
class Done:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str


Cme = Callable[..., Done]


class _Stdin:
    """Standard input with bytes below it, as a program has it."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.fixture
def cme(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cme:
    """Run `cme-rules` with some arguments."""

    def command(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr("sys.stdin", _Stdin(stdin))
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    return command


@pytest.fixture(scope="session")
def shire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture(autouse=True)
def _no_policies_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CME_RULES_POLICIES", raising=False)
