"""The same pictures as Mermaid text."""

from cme_rules.render import process_mermaid, rule_mermaid
from tests.render.given import ON, council


class TestProcess:
    """A process as a state diagram."""

    text = process_mermaid(council(), "emigration")

    def test_it_begins_and_ends(self) -> None:
        assert self.text.startswith("stateDiagram-v2\n")
        assert "[*] --> s0" in self.text
        assert self.text.count("--> [*]") == 3

    def test_what_was_put_together_is_dashed_and_says_so(self) -> None:
        assert "classDef madeByUs stroke-dasharray" in self.text
        assert "class s0 madeByUs" in self.text
        assert "(put together by us)" in self.text

    def test_no_label_holds_a_sign_that_means_something(self) -> None:
        labels = [line.split(": ", 1)[1] for line in self.text.splitlines() if "-->" in line and ": " in line]

        assert [label for label in labels if any(sign in label for sign in ";#{}|:")] == []


def test_a_rule_is_a_flowchart_of_questions() -> None:
    text = rule_mermaid(council(), "cme_statutory", on=ON)

    assert text.startswith("flowchart TD\n")
    assert "-->|yes|" in text
    assert "-->|no|" in text
