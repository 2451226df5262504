"""Every snippet of the documentation runs, page by page, and prints what the page says it prints.

A fenced block of `python` is run; a block of `text` straight below it is what it must have printed. On a page with
prompts the blocks with prompts are run, as doctests, and the others are parts of programs. A page that needs a library
which is not installed is run as far as that library.
"""

import contextlib
import doctest
import io
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
FRAGMENTS = {"reference/durable.md", "performance.md"}
"""Pages whose snippets are parts of programs; what they show is tested beside the code."""
PAGES = [
    page
    for page in sorted(DOCS.rglob("*.md"))
    if BLOCK.search(page.read_text(encoding="utf-8")) and not {"_build", "_generated", "notebooks"} & set(page.parts)
    if str(page.relative_to(DOCS)) not in FRAGMENTS
    if find_spec("pyarrow") or "cme_rules.batch" not in page.read_text(encoding="utf-8")
]
"""The pages on whole registers need numpy and pyarrow: the session that installs them runs those too."""
OPTIONAL = {"django", "durable", "fastapi", "icalendar", "narwhals", "numpy", "pandas", "polars", "pyarrow", "z3"}
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def run_doctest(code: str, names: dict[str, Any], page: Path) -> None:
    test = doctest.DocTestParser().get_doctest(code, names, page.name, str(page), 0)
    said = io.StringIO()
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.write, clear_globs=False)
    names.update(test.globs)
    assert said.getvalue() == ""


def run_plain(code: str, expected: str | None, names: dict[str, Any], page: Path) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, str(page), "exec"), names)  # noqa: S102 - our own pages
    assert expected is None or said.getvalue() == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
@pytest.mark.filterwarnings("default")
def test_the_snippets_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("examples", "policies"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": f"page_{page.stem.replace('-', '_')}"}
    monkeypatch.setitem(sys.modules, names["__name__"], ModuleType(names["__name__"]))
    try:
        text = page.read_text(encoding="utf-8")
        for code, expected in BLOCK.findall(text):
            if ">>>" in code:
                run_doctest(code, names, page)
            elif ">>>" not in text:
                run_plain(code, expected or None, names, page)
            vars(sys.modules[names["__name__"]]).update(names)  # Django looks addresses up by module
    except ModuleNotFoundError as missing:
        # A page on embedding in a library that is not here is run by the session that installs it (`nox -s snippets`).
        if (missing.name or "").split(".")[0] not in OPTIONAL:
            raise
