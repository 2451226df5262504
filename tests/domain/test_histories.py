from datetime import date

import pytest

from cme_rules.domain.checks import as_tuple
from cme_rules.domain.children import Stay
from cme_rules.domain.histories import History, current, ended_before, in_order
from cme_rules.errors import CallError

FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)


class TestWhatAListCovers:
    """Only a list declared whole says that what it lacks did not happen."""

    def test_an_undeclared_list_covers_nothing(self) -> None:
        assert not History([Stay(FIRST)]).covers(FIRST)
        assert not History().covers(FIRST)

    def test_a_complete_list_covers_everything(self) -> None:
        assert History(complete=True).covers(date.min, date.max)

    def test_both_bounds_are_included(self) -> None:
        known = History[Stay](known_from=SECOND, known_until=SECOND)
        assert [known.covers(day) for day in (FIRST, SECOND, THIRD)] == [False, True, False]
        assert not known.covers(SECOND, THIRD)
        assert not known.covers(FIRST, SECOND)

    def test_a_list_known_from_a_day_goes_on_for_good(self) -> None:
        assert History(known_from=SECOND).covers(SECOND, date.max)

    def test_a_complete_list_may_have_a_last_day(self) -> None:
        known = History[Stay](complete=True, known_until=SECOND)
        assert known.covers(date.min, SECOND)
        assert not known.covers(date.min, THIRD)

    def test_bounds_that_make_no_sense_are_refused(self) -> None:
        with pytest.raises(CallError, match="known_from or complete"):
            History(known_until=FIRST)
        with pytest.raises(CallError, match="on or after known_from"):
            History(known_from=SECOND, known_until=FIRST)
        with pytest.raises(CallError, match=r"History\.complete: True or False was expected, found str"):
            History(complete="yes")  # type: ignore[arg-type]

    @pytest.mark.parametrize("nothing", [None, 3, "canary"])
    def test_entries_are_a_list(self, nothing: object) -> None:
        with pytest.raises(CallError, match="a list was expected") as caught:
            as_tuple(nothing)  # type: ignore[arg-type]
        assert "canary" not in str(caught.value)


class TestPeriods:
    """First and last day of a period both belong to it."""

    def test_a_period_is_current_from_its_first_day_to_its_last(self) -> None:
        stay = [Stay(SECOND, ended=SECOND)]
        assert [bool(current(stay, day)) for day in (FIRST, SECOND, THIRD)] == [False, True, False]
        assert [bool(ended_before(stay, day)) for day in (FIRST, SECOND, THIRD)] == [False, False, True]

    def test_without_a_last_day_it_goes_on(self) -> None:
        assert current([Stay(FIRST)], date.max)
        assert not ended_before([Stay(FIRST)], date.max)

    def test_the_latest_begun_comes_last(self) -> None:
        later, earlier = Stay(SECOND), Stay(FIRST)
        assert current([later, earlier], THIRD) == in_order([later, earlier]) == (earlier, later)

    def test_an_end_before_the_beginning_is_refused(self) -> None:
        assert Stay(FIRST, ended=FIRST).ended == FIRST
        with pytest.raises(CallError, match=r"Stay\.ended: a day on or after its beginning") as caught:
            Stay(SECOND, ended=FIRST)
        assert "2026" not in str(caught.value)
