"""Every example in the how-to pages runs as printed."""

import doctest
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "how-to").glob("*.md"))
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_run_as_printed(page: Path) -> None:
    done = doctest.testfile(str(page), module_relative=False, encoding="utf-8", optionflags=FLAGS)

    assert done.attempted > 0
    assert done.failed == 0
