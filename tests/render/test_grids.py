"""A grid: two facts varied, the finding beside each other."""

from datetime import date

import pytest

from cme_rules import CallError, Verdict
from cme_rules.render import grid
from tests.render.given import CHILD, ON, SAID, council

DAYS = (date(2026, 5, 18), date(2026, 5, 19), None)


class TestGrid:
    """The day before the threshold and the day of it, on a roll and not."""

    made = grid(
        council(), CHILD, over={"last_day_of_education": DAYS, "on_school_roll": (True, False)}, on=ON,
        finding="cme_local",
    )  # fmt: skip

    def test_the_first_fact_goes_down_and_the_second_across(self) -> None:
        yes, no, unknown = Verdict.HOLDS, Verdict.FAILS, Verdict.UNKNOWN

        assert self.made.verdicts == ((no, yes), (no, no), (no, unknown))

    def test_it_reads_as_a_table(self) -> None:
        assert self.made.table.columns == ("the last day of education", "yes", "no")
        assert self.made.table.rows[0] == ("18 May 2026", "No", "Yes")

    def test_the_picture_says_in_words_what_it_shows(self) -> None:
        assert self.made.svg.count(">Yes<") == 1
        assert "18 May 2026: No, Yes" in self.made.svg

    def test_nothing_of_the_base_is_shown(self) -> None:
        bundle = self.made._repr_mimebundle_()

        assert not any(value in text for value in SAID for text in (*bundle.values(), repr(self.made), str(self.made)))


def test_the_day_itself_can_be_varied() -> None:
    made = grid(council(), CHILD, over={"on": (date(2026, 5, 28), date(2026, 5, 29))}, finding="cme_local")

    assert made.verdicts == ((Verdict.FAILS,), (Verdict.HOLDS,))
    assert made.table.columns[0] == "the day asked about"


def test_never_is_told_from_no() -> None:
    made = grid(council(), CHILD, over={"order_made": (False,), "ehcp": (False,)}, on=ON, finding="cme_local")

    assert made.table.rows[0][0] == "never"
    assert made.table.columns[1] == "no"


def test_three_facts_are_too_many() -> None:
    with pytest.raises(CallError, match="one or two"):
        grid(council(), {}, over={"in_area": [True], "ehcp": [True], "sen": [True]}, on=ON, finding="cme_local")


def test_a_day_is_needed() -> None:
    with pytest.raises(CallError, match="day"):
        grid(council(), {}, over={"in_area": [True]}, finding="cme_local")
