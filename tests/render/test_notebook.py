"""What a notebook shows: text, Markdown and HTML; tables that can be heard; nothing of the child until asked for."""

import re
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from cme_rules import Verdict, load_policy, what_if
from cme_rules.policy.model.processes import Process
from cme_rules.policy.model.rules import Rule
from cme_rules.render import View, enable, load_ipython_extension, show
from cme_rules.verify.checks import check_policy
from tests.render.given import CHILD, ON, SAID, answer, council, standing

FORMS = {"text/plain", "text/markdown", "text/html"}


def everything() -> list[View]:
    policy = council()
    return [
        show(answer()),
        show(standing()),
        show(policy),
        show(policy.as_of(ON)),
        show(policy.calendars.authority("east_sussex")),
        show(answer().why("cme_local")),
        show(what_if(CHILD, policy, on=ON, finding="cme_local", wanted=Verdict.FAILS)),
        show(policy.processes["emigration"], policy=policy),
        show(policy.rules[0], policy=policy, on=ON),
        show(check_policy(load_policy("england"))),
    ]


@pytest.fixture(scope="module")
def views() -> list[View]:
    return everything()


class TestViews:
    """Everything that can be shown."""

    def test_each_has_every_form(self, views: list[View]) -> None:
        assert all(set(view._repr_mimebundle_()) == FORMS for view in views)

    def test_every_table_has_a_caption_and_scopes(self, views: list[View]) -> None:
        for view in views:
            html = view.html
            assert html.count("<caption>") == html.count("<table>")
            assert html.count("<tr>") <= len(re.findall(r"<th scope=\"(?:row|col)\"", html))

    def test_every_picture_can_be_heard(self, views: list[View]) -> None:
        for view in views:
            hidden = view.html.count('" aria-hidden="true"><use')  # the pieces for paper repeat what was said
            assert view.html.count("<svg ") - hidden == view.html.count("<desc>")

    def test_a_picture_too_large_for_a_page_is_there_in_pieces_for_paper(self, views: list[View]) -> None:
        assert any('<div class="pieces broad" aria-hidden="true">' in view.html for view in views)

    def test_a_title_is_all_that_repr_shows(self) -> None:
        assert not any(value in repr(show(answer()).reveal()) for value in SAID)


class TestMasking:
    """A date of birth that nobody may see by accident."""

    def test_the_childs_values_are_kept_back(self) -> None:
        bundle = show(answer())._repr_mimebundle_()

        assert not any(value in text for value in SAID for text in bundle.values())

    def test_and_shown_when_asked_for(self) -> None:
        bundle = show(answer()).reveal()._repr_mimebundle_()

        assert all(SAID[0] in text for text in bundle.values())


class TestEnable:
    """Once in a notebook is enough."""

    def test_with_a_policy_and_a_day_processes_and_rules_are_drawn(self) -> None:
        known: dict[Any, Any] = {}
        formatter = SimpleNamespace(for_type=known.__setitem__)
        shell = SimpleNamespace(display_formatter=SimpleNamespace(mimebundle_formatter=formatter))

        enable(council(), on=ON, shell=shell)

        assert "<svg" in known[Process](council().processes["emigration"])["text/html"]
        assert "<svg" in known[Rule](council().rules[0])["text/html"]

    def test_it_is_an_extension_of_ipython(self) -> None:
        known: dict[Any, Any] = {}
        formatter = SimpleNamespace(for_type=known.__setitem__)
        shell = SimpleNamespace(display_formatter=SimpleNamespace(mimebundle_formatter=formatter))

        load_ipython_extension(shell)

        assert set(known[Process](council().processes["emigration"])) == FORMS

    def test_outside_a_notebook_it_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))

        with pytest.raises(RuntimeError, match="show"):
            enable()


class TestByThemselves:
    """A notebook shows what ends a cell, without being told anything."""

    @pytest.mark.parametrize(
        "thing",
        [
            answer(),
            standing(),
            council(),
            council().as_of(ON),
            council().calendars.authority("east_sussex"),
            council().processes["emigration"],
            council().rules[0],
            answer().why("cme_local"),
            what_if(CHILD, council(), on=ON, finding="cme_local", wanted=Verdict.FAILS),
            check_policy(load_policy("england")),
        ],
        ids=lambda thing: type(thing).__name__,
    )
    def test_each_has_every_form(self, thing: Any) -> None:  # noqa: ANN401 - a thing of each class
        assert set(thing._repr_mimebundle_(include=None, exclude=None)) == FORMS

    def test_a_child_is_not_shown(self) -> None:
        bundle = answer()._repr_mimebundle_()

        assert [word for word in SAID for form in bundle.values() if word in form] == []

    def test_a_process_without_its_policy_is_a_table_and_with_it_a_picture(self) -> None:
        process = council().processes["emigration"]

        assert "<table>" in show(process).html
        assert "<svg" not in show(process).html
        assert "<svg" in show(process, policy=council()).html

    def test_a_rule_without_its_policy_says_its_condition_as_the_file_has_it(self) -> None:
        rule = council().as_of(ON).findings["cme_local"]

        assert rule.text in " ".join(show(rule).text.split())


class TestRefusals:
    """What cannot be shown is refused."""

    def test_a_stranger_is_refused(self) -> None:
        with pytest.raises(TypeError, match="nothing is known"):
            show(7)


def test_markup_in_a_policys_words_stays_words() -> None:
    from cme_rules.render.blocks import Document, Para, Table
    from cme_rules.render.html import write_html
    from cme_rules.render.markdown import write_markdown

    document = Document((Para("<b>a|b</b>"), Table(caption="<i>", columns=("a|b",), rows=(("<c>",),))))

    assert "<b>" not in write_html(document)
    assert "\\|" in write_markdown(document)
