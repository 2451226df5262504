"""Occurrences as an iCalendar file that other programs read back."""

from datetime import date

import pytest

from cme_rules import CallError, load_policy, occurrences
from cme_rules.adapters import schedule_icalendar
from cme_rules.adapters.icalendar import ical_events
from cme_rules.adapters.schedule_icalendar import occurrences_to_ical

COUNCIL = load_policy("east_sussex")


def written(schedule: str, first: date, last: date) -> bytes:
    return occurrences_to_ical(occurrences(COUNCIL, first, last, schedule=schedule), COUNCIL)


def test_each_window_is_read_back_with_both_its_ends() -> None:
    (event,) = ical_events(written("cme_panel", date(2026, 6, 1), date(2026, 6, 30)))

    assert (event.first, event.last) == (date(2026, 6, 1), date(2026, 6, 30))
    assert event.summary == "CME Panel (June 2026)"
    assert event.categories == ("cme_panel",)


def test_reports_of_a_term_are_numbered() -> None:
    events = ical_events(written("absence_reports", date(2026, 6, 1), date(2026, 6, 30)))

    assert [event.summary.rpartition("(")[2] for event in events] == [
        "summer 2025/26, no. 1)",
        "summer 2025/26, no. 2)",
    ]


def test_days_no_calendar_covers_are_marked_as_not_known() -> None:
    (event,) = ical_events(written("absence_reports", date(2030, 6, 1), date(2030, 6, 30)))

    assert event.summary.startswith("Not known: ")


def test_the_same_occurrences_give_the_same_bytes() -> None:
    assert written("mace_east", date(2026, 1, 1), date(2026, 3, 1)) == written(
        "mace_east", date(2026, 1, 1), date(2026, 3, 1)
    )


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(schedule_icalendar, "import_module", missing)
    with pytest.raises(CallError, match="extra 'ical'"):
        occurrences_to_ical([], COUNCIL)
