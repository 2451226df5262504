"""Every command of the documentation is one that `cme-rules` has; every extract of a file can be read."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from cme_rules.cli.app import app

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXTRACT = re.compile(r"^```(toml|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MADE_BY_TOOLS = {"_build", "_generated", "_extra"}
PAGES = [
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if not MADE_BY_TOOLS & set(page.parts)),
    ROOT / "README.md",
    ROOT / "examples" / "README.md",
]
COMMANDS = [
    pytest.param(line.partition("cme-rules ")[2], id=f"{page.name}: {line.partition('cme-rules ')[2]}")
    for page in PAGES
    for block in BLOCK.findall(page.read_text(encoding="utf-8"))
    for line in block.splitlines()
    if "cme-rules " in line
]


def given(line: str) -> None:
    """Have the command line read a command as far as running it.

    Raises click.UsageError where there is no such command, or it does not take what it is given.
    """
    words = shlex.split(re.split(r"\s[|>]", line)[0], comments=True)
    command: click.Command = app
    context = command.make_context("cme-rules", words)
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, [*context._protected_args, *context.args])
        assert found is not None
        command, context = found, found.make_context(name, words, parent=context)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_documentation_can_be_given(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for word in shlex.split(line, comments=True):  # a file that a page speaks of stands where the page says
        if "." in word and "/" not in word and not word.startswith("-"):
            (tmp_path / word).touch()

    given(line)


@pytest.mark.parametrize(
    "line", ["policy chekc england", "policy check --nonsense england", "explain --policy england"]
)
def test_one_that_cannot_is_noticed(line: str) -> None:
    with pytest.raises(click.UsageError):
        given(line)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_extracts_of_toml_and_json_can_be_read(page: Path) -> None:
    read = {"toml": tomllib.loads, "json": json.loads}
    extracts = EXTRACT.findall(page.read_text(encoding="utf-8"))

    assert all(isinstance(read[form](text), dict) for form, text in extracts)
