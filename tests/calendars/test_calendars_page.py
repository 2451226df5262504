import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "calendars.md"


def test_the_examples_of_the_page_run_as_printed() -> None:
    done = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert done.attempted > 10
    assert done.failed == 0
