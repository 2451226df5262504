from datetime import date, datetime

import pytest

from cme_rules.domain.events import Event, event_facts
from cme_rules.errors import CallError

FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)


class TestEvents:
    """Each gives its day, once it is known."""

    def test_an_event_is_known_from_the_day_it_happens(self) -> None:
        order = [Event("order_made", SECOND)]
        assert event_facts(order, FIRST) == {}
        assert event_facts(order, SECOND) == {"order_made": SECOND}

    def test_a_day_agreed_before_is_known_from_the_day_it_was_agreed(self) -> None:
        start = [Event("place_start_date", THIRD, known_on=SECOND)]
        assert event_facts(start, FIRST) == {}
        assert event_facts(start, SECOND) == {"place_start_date": THIRD}

    def test_what_was_learned_last_counts(self) -> None:
        moved = [Event("place_start_date", FIRST, known_on=THIRD), Event("place_start_date", THIRD, known_on=SECOND)]
        assert event_facts(moved, SECOND) == {"place_start_date": THIRD}
        assert event_facts(moved, THIRD) == {"place_start_date": FIRST}

    def test_that_it_never_happened_must_be_said(self) -> None:
        order = [Event("order_made", SECOND)]
        assert event_facts(order, FIRST, all_known=["order_made"]) == {"order_made": False}
        assert event_facts(order, SECOND, all_known=["order_made"]) == {"order_made": SECOND}

    def test_a_moment_is_not_a_day(self) -> None:
        moment = datetime(2026, 9, 7, 9, 0)  # noqa: DTZ001 - a moment is what is refused
        with pytest.raises(CallError, match=r"Event\.day"):
            Event("order_made", moment)
        with pytest.raises(CallError, match=r"Event\.known_on"):
            Event("order_made", FIRST, known_on=moment)
