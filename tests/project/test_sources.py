"""The house rules that no linter knows, held over every module under src."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
MODULES = sorted(SRC.rglob("*.py"))
LONGEST_MODULE = 350
LONGEST_FUNCTION = 30

type_or_function = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_public(name: str) -> bool:
    return not name.startswith("_")


def definitions(inside: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, type_or_function]]:
    """Every class and function a reader meets, methods included, with its dotted name; not those inside functions."""
    for node in inside.body:
        if isinstance(node, type_or_function):
            yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from definitions(node, f"{prefix}{node.name}.")


def declared_all(module: ast.Module) -> list[str] | None:
    """The names in `__all__`, or None where a module has none."""
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names = ast.literal_eval(node.value)
            assert isinstance(names, list | tuple)
            return list(names)
    return None


def reading_order(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions, each by the alphabet, as ruff sorts them."""
    constant, titled = name.isupper(), name[:1].isupper()
    return (0 if constant else 1 if titled else 2, name)


def length_without_docstring(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert function.end_lineno is not None
    documented = ast.get_docstring(function)
    return function.end_lineno - function.lineno + 1 - (documented.count("\n") + 1 if documented else 0)


class TestSourceNamesNoPolicy:
    """A council, its teams, an Act or a school is data: it stands under policies, never under src."""

    NAMED = re.compile(
        r"""\b(east.?sussex | brighton | norfolk | derbyshire | ealing | ringmer | king'?s.academy)\b
          | \b(esbas|tlp|isend|spoa|misper)\b
          | \b(education|children|equality|care)\b[^.\n]{0,40}\bact\b\s+(19|20)\d\d
          | \bregulations\s+(19|20)\d\d | \bss?\.\s?4[34]\d""",
        re.IGNORECASE | re.VERBOSE,
    )

    @each_module
    def test_no_council_team_or_act_is_named(self, path: Path) -> None:
        found = [match.group() for match in self.NAMED.finditer(path.read_text(encoding="utf-8"))]

        assert found == []

    def test_the_search_would_find_one(self) -> None:
        assert all(
            self.NAMED.search(text) for text in ("East Sussex", "the ESBAS team", "Education Act 1996", "s.437(1)")
        )

    def test_ordinary_words_are_let_through(self) -> None:
        ordinary = ("an act of 2024", "who is to act", "revealing", "settle")

        assert not any(self.NAMED.search(text) for text in ordinary)


class TestSourceIsPure:
    """The day is always an argument, and an answer depends on nothing else that changes."""

    @each_module
    def test_nothing_asks_what_day_it_is(self, path: Path) -> None:
        calls = [ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]

        assert [call for call in calls if re.search(r"\.(today|now|utcnow)$|^time\.", call)] == []

    def test_importing_the_library_imports_no_extra(self) -> None:
        extras = (
            "durable",
            "polars",
            "pyarrow",
            "narwhals",
            "durable_rules_engine",
            "numpy",
            "pandas",
            "icalendar",
            "z3",
            "hypothesis",
            "pytest",
        )
        code = f"import sys, cme_rules; print(sorted(set(sys.modules) & set({extras})))"

        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        assert done.stdout.strip() == "[]"


class TestSourceReadsEasily:
    """Short modules, short functions, and one plain sentence on everything public."""

    @each_module
    def test_a_module_fits_in_the_head(self, path: Path) -> None:
        assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_MODULE

    @each_module
    def test_a_function_fits_on_a_screen(self, path: Path) -> None:
        functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        too_long = [function.name for function in functions if length_without_docstring(function) > LONGEST_FUNCTION]

        assert too_long == []

    @each_module
    def test_everything_public_has_a_docstring(self, path: Path) -> None:
        module = tree(path)
        without = [
            name
            for name, node in definitions(module)
            if all(map(is_public, name.split("."))) and not ast.get_docstring(node)
        ]

        assert without == []
        assert ast.get_docstring(module) or not module.body

    @each_module
    def test_the_names_a_module_offers_are_listed_and_sorted(self, path: Path) -> None:
        module = tree(path)
        offered = declared_all(module)
        defined = {node.name for node in module.body if isinstance(node, type_or_function) and is_public(node.name)}

        assert offered is not None or not defined
        assert offered == sorted(set(offered or []), key=reading_order) or offered is None
        assert defined <= set(offered or [])


class TestVersion:
    """The version stands once, in pyproject.toml, and is read from the installed metadata."""

    def test_the_installed_version_is_that_of_the_project(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

        assert version("cme-rules") == project["version"]

    @each_module
    def test_no_module_writes_it_down_again(self, path: Path) -> None:
        assert not re.search(r"""version\w*\s*=\s*["']\d""", path.read_text(encoding="utf-8"), re.IGNORECASE)
