"""Explanations are sentences: they name the paragraph, the law and the readings, and keep the child's values back."""

import re

import pytest

from cme_rules import UnknownName, assess
from cme_rules.engine.sentences import because, joined
from cme_rules.render import explain_action, explain_finding, explain_refusal, explanation
from tests.render.given import CANARY, ON, SAID, answer, council, standing

CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")


class TestShort:
    """Two or three sentences: the answer, what made it, and what stays with a person."""

    def test_a_finding_that_holds_says_why(self) -> None:
        said = explain_finding(answer(), "cme_local")

        assert said.startswith("Yes. On 15 June 2026 the child is missing education by the council's definition")
        assert "(paragraph 2.1)" in said
        assert (
            "because:\n\n- the child is of school age, on no roll and not educated otherwise\n- the child has" in said
        )

    def test_a_finding_that_fails_says_why_not(self) -> None:
        said = explain_finding(answer(on_school_roll=True), "cme_statutory").replace("\n", " ")

        assert said.startswith("No.")
        assert "because the child is on a school roll" in said

    def test_an_unknown_says_what_is_not_known_and_whom_to_ask(self) -> None:
        said = explain_finding(answer(on_school_roll=None), "cme_statutory").replace("\n", " ")

        assert said.startswith("We cannot say whether the child is missing education by the statutory test")
        assert "we do not know whether the child is on a school roll" in said
        assert "Ask school admissions, the school or the Children Missing Education team whether" in said

    def test_an_overdue_action_says_who_must_do_what_and_when_it_was_due(self) -> None:
        said = explain_action(answer(), "home_visit_after_order").replace("\n", " ")

        assert "must visit the home after an order (paragraph 8a)" in said
        assert "Its last day was 11 June 2026: it is overdue." in said

    def test_in_full_it_says_how_the_day_was_counted(self) -> None:
        said = explain_action(answer(), "home_visit_after_order", form="full").replace("\n", " ")

        assert "By: The end of the time for the home visit after an order (15 days), counted from the day" in said

    def test_an_action_that_has_not_arisen_says_that_it_does_not_have_to_be_done(self) -> None:
        said = explain_action(answer(order_made=False), "home_visit_after_order").replace("\n", " ")

        assert said.startswith(
            "No. Under paragraph 8a, the Legal and Interventions Officer, CME team does not have to "
        )

    def test_a_rule_of_other_times_is_said_not_to_be_judged(self) -> None:
        assert "is not judged on 15 June 2026" in explain_finding(answer(), "removal_2006_a").replace("\n", " ")

    def test_a_name_the_policy_never_gives_is_refused(self) -> None:
        with pytest.raises(UnknownName):
            explain_finding(answer(), "no_such_finding")

    def test_another_form_is_refused(self) -> None:
        with pytest.raises(ValueError, match="short"):
            explain_finding(answer(), "cme_local", form="long")


class TestFull:
    """The whole way: steps, questions, law, readings, what would change it."""

    said = explain_finding(answer(), "cme_local", form="full").replace("\n", " ")

    def test_the_law_of_the_day_is_named(self) -> None:
        assert "in force on 15 June 2026" in self.said

    def test_readings_are_named_with_their_paragraph(self) -> None:
        assert "2.1: Four weeks are 28 days; the last day of education is not counted." in self.said

    def test_what_would_change_it_is_said(self) -> None:
        assert "The child is on a school roll (school admissions" in self.said

    def test_law_that_is_enacted_and_waits_is_not_said_to_be_in_force(self) -> None:
        result = assess({"date_of_birth": CANARY}, council(), on=ON, preview=("cwsa2026",))
        said = explain_finding(result, "preliminary_notice_required", form="full").replace("\n  ", " ")

        assert "enacted, and NOT in force on 15 June 2026" in said

    def test_what_differs_from_it_is_said(self) -> None:
        assert "It differs from another rule" in self.said


@pytest.mark.parametrize("style", ["text", "markdown", "html"])
class TestEveryStyle:
    """Text, Markdown and HTML say the same and keep the same back."""

    def test_no_code_word_is_said(self, style: str) -> None:
        result = answer()
        for name in [*list(result)[:40], "home_visit_after_order"]:
            said = explanation(result, name).in_style(style)
            assert CODE.findall(re.sub(r"<[^>]*>", "", said)) == []

    def test_the_childs_values_are_kept_back(self, style: str) -> None:
        result = answer()
        for name in ("cme_local", "of_compulsory_school_age", "cme_statutory"):
            assert not any(value in explanation(result, name).in_style(style) for value in SAID)

    def test_and_shown_when_asked_for(self, style: str) -> None:
        assert SAID[0] in explanation(answer(), "of_compulsory_school_age").reveal().in_style(style)


def test_another_style_is_refused() -> None:
    with pytest.raises(ValueError, match="markdown"):
        explain_finding(answer(), "cme_local", style="pdf")


def test_a_refused_event_says_why_and_what_could_happen_instead() -> None:
    refused = standing().history.refused[0]

    said = explain_refusal(refused, council()).replace("\n", " ")

    assert said.startswith("No. “The authority is not satisfied, and thinks it expedient that the child attend school”")
    assert "The first day on which it may be recorded is" in said
    assert "What could happen here:" in said
    assert "28 September" not in said


def test_long_reasons_can_be_heard_apart() -> None:
    assert because(["it is late", "it is dark"]) == "because it is late and it is dark"
    assert because(["a, b", "c", "d"]) == "because a, b, because c, and because d"
    assert joined(["a, b", "c"], "or") == "a, b, or c"
    assert joined(["one"]) == "one"


def test_every_finding_and_action_of_the_day_can_be_explained() -> None:
    result = answer()

    assert all(explanation(result, rule.name, form="short").text for rule in result.law.rules if rule.in_force(ON))
