"""The policy as a page: every paragraph with its rules, readings, cases and checks, in one file that needs no other."""

import re
from html.parser import HTMLParser

import pytest

from cme_rules.render.page import PageCase, PageCheck, policy_page
from tests.render.given import ON, council

CASES = (
    PageCase(name="Four weeks to the day", paragraph="2.1", on=ON, passed=True),
    PageCase(name="Just <below> four weeks", paragraph="2.1", on=ON, passed=False),
)
CHECKS = (PageCheck(paragraph="2.1", text="2.1 can hold", answer="proved"),)
PAGE = policy_page(council(), cases=CASES, checks=CHECKS)
VOID = {"meta", "input", "br", "rect", "line", "circle", "path", "use"}


class Balanced(HTMLParser):
    """Counts the elements that are open, and keeps ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value and tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


class TestPage:
    """A council’s policy as its owner reads it."""

    def test_every_paragraph_has_its_place(self) -> None:
        assert PAGE.count('<article class="paragraph"') == len(council().paragraphs)

    def test_it_is_well_formed_and_ids_are_unique(self) -> None:
        parser = Balanced()
        parser.feed(PAGE)

        assert parser.open == []
        assert len(parser.ids) == len(set(parser.ids))

    def test_cases_say_in_words_how_they_came_out(self) -> None:
        assert "1 of 2 FAIL" in PAGE
        assert "FAILS: Just &lt;below&gt; four weeks" in PAGE

    def test_checks_stand_beside_the_rule(self) -> None:
        assert "proved: 2.1 can hold" in PAGE

    def test_it_fetches_nothing(self) -> None:
        assert re.findall(r"""(?:src|href)=["'](?!#)""", PAGE) == []
        assert "@import" not in PAGE

    def test_the_search_box_has_a_label(self) -> None:
        assert '<label for="words">' in PAGE

    def test_every_process_is_drawn_and_the_register_inspection(self) -> None:
        assert PAGE.count('<article class="process') == len(council().processes) + 1
        assert "Register inspection, paragraph A5" in PAGE


@pytest.mark.slow
def test_the_command_writes_it(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    from pathlib import Path

    from cme_rules.cli import run

    out = Path(str(tmp_path)) / "page.html"

    assert run(["policy", "page", "england", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "paragraphs" in capsys.readouterr().err
