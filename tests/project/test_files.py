"""The README, the examples and the CI say the same thing, and nothing in the repository tells where it was made."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
EXAMPLES = ROOT / "examples" / "children.jsonl"
CHILDREN = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
FOLDERS = (".ci", "benchmarks", "changelog.d", "docs", "examples", "policies", "src", "tasks", "tests")
LEFT_BY_TOOLS = {"_build", "__pycache__"}
TEXTS = sorted(
    path
    for found in (ROOT.glob("*"), *((ROOT / folder).rglob("*") for folder in FOLDERS))
    for path in found
    if path.is_file() and not LEFT_BY_TOOLS & set(path.parts) and not path.name.startswith(".coverage")
)
# Put together here, so that this file does not hold what it looks for.
MACHINE = re.compile("|".join(f"/{folder}/" for folder in ("work", "farm", "root", "tmp", "home")))
HOSTS = (("pypi", "org"), ("npmjs", "com"), ("hosted", "org"))
REGISTRY = re.compile("|".join(rf"{name}\.{end}" for name, end in HOSTS))


def commands() -> list[str]:
    """The set-up commands of the README: the lines that make an environment."""
    return re.findall(r"^python3\.11 -m venv .*$", README, re.MULTILINE)


class TestReadme:
    """Two commands, one line each, from nothing to an answer and to a green suite; CI runs them as they stand."""

    def test_there_are_two_commands(self) -> None:
        assert len(commands()) == 2

    def test_ci_runs_them_to_the_letter(self) -> None:
        assert [command for command in commands() if command not in CI] == []

    def test_every_file_it_links_to_is_there(self) -> None:
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)

        assert [link for link in links if not (ROOT / link).exists()] == []

    def test_its_example_runs_and_prints_what_it_says(self) -> None:
        code, said = re.findall(r"```python\n(.*?)```\n+(?:```text\n(.*?)```)?", README, re.DOTALL)[0]

        done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)

        assert done.stderr == ""
        assert done.stdout == said or not said


class TestExamples:
    """The example children are well-formed, told apart by reference, and speak the policy's names."""

    def test_every_child_has_a_reference_of_its_own(self) -> None:
        assert len({child["reference"] for child in CHILDREN}) == len(CHILDREN)

    def test_every_child_is_a_reference_and_facts(self) -> None:
        assert {frozenset(child) for child in CHILDREN} == {frozenset({"reference", "facts"})}

    def test_some_facts_are_unknown(self) -> None:
        assert any(value is None for child in CHILDREN for value in child["facts"].values())

    def test_every_fact_is_declared_by_a_policy(self) -> None:
        files = (ROOT / "policies").glob("*/facts.toml")
        declared = {name for file in files for name in tomllib.loads(file.read_text(encoding="utf-8"))}

        assert {name for child in CHILDREN for name in child["facts"]} - declared == set()

    def test_the_page_beside_them_tells_of_each(self) -> None:
        page = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")

        assert [child["reference"] for child in CHILDREN if f"`{child['reference']}`" not in page] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_tells_where_it_was_made(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")

    assert MACHINE.findall(text) == []
    assert REGISTRY.findall(text) == []
