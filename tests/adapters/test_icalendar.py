import subprocess
import sys
from datetime import date

import pytest
from attrs import evolve

from cme_rules.adapters import icalendar as ical
from cme_rules.adapters.icalendar import Ends, Event, calendar_to_ical, ical_events, ical_to_calendar
from cme_rules.calendars.days import SchoolYear
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.errors import CalendarError, CallError, InconsistentCalendar
from tests.calendars.given import CHRISTMAS, INSET, MAY_DAY, NEXT_YEAR, YEAR, school

CAL = school()
BANK_HOLIDAYS = (*CHRISTMAS, MAY_DAY)
EMPTY = evolve(YEAR, terms=())
INCLUSIVE_TERM = ("DTSTART;VALUE=DATE:20250903", "DTEND;VALUE=DATE:20251024", "SUMMARY:Term 1")


def document(*lines: str) -> str:
    """An iCalendar file with one event of these lines."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]
    )


def read_back(
    text: bytes, *, year: SchoolYear = EMPTY, open_days: int = 132, ends: Ends = Ends.EXCLUSIVE
) -> SchoolCalendar:
    return ical_to_calendar(text, year=year, open_days=open_days, ends=ends, bank_holidays=BANK_HOLIDAYS)


class TestThereAndBack:
    """What is written is read again, under either reading of ends, as long as it is the same one."""

    @pytest.mark.parametrize("ends", Ends)
    def test_a_year_comes_back_with_its_terms_and_inset_days(self, ends: Ends) -> None:
        back = read_back(calendar_to_ical(CAL, ends=ends), ends=ends)

        assert [(term.name, term.first, term.last) for term in back.years[0].terms] == [
            (term.name, term.first, term.last) for term in YEAR.terms
        ]
        assert back.same_days(school(YEAR))
        assert not back.is_school_day(INSET)

    def test_each_year_of_a_longer_calendar_can_be_read_by_itself(self) -> None:
        back = read_back(calendar_to_ical(CAL), year=evolve(NEXT_YEAR, terms=()), open_days=38)

        assert (back.first, back.last) == (NEXT_YEAR.first, NEXT_YEAR.last)

    def test_the_same_calendar_gives_the_same_bytes(self) -> None:
        assert calendar_to_ical(CAL) == calendar_to_ical(school())

    def test_closures_are_written_with_their_reason(self) -> None:
        events = ical_events(calendar_to_ical(CAL.closed(date(2026, 1, 8), date(2026, 1, 8), reason="snow")))

        assert Event(
            first=date(2026, 1, 8), last=date(2026, 1, 8), summary="Closed: snow", categories=("Closure",)
        ) in events  # fmt: skip


class TestEnds:
    """The standard leaves the last day out; publishers disagree; the total of open days proves who is right."""

    TERM = document("DTSTART;VALUE=DATE:20250903", "DTEND;VALUE=DATE:20251025", "SUMMARY:Term 1")

    @pytest.mark.parametrize(("ends", "last"), [(Ends.EXCLUSIVE, 24), (Ends.INCLUSIVE, 25)])
    def test_the_reading_is_stated(self, ends: Ends, last: int) -> None:
        assert ical_events(self.TERM, ends=ends)[0].last == date(2025, 10, last)

    def test_a_term_that_would_end_on_a_saturday_gives_the_wrong_reading_away(self) -> None:
        with pytest.raises(InconsistentCalendar) as wrong:
            read_back(calendar_to_ical(CAL), ends=Ends.INCLUSIVE)

        assert wrong.value.faults == (
            "read with ends inclusive, Term 1 ends at a weekend, on 2025-10-25; with ends exclusive it would be right",
        )

    def test_so_does_a_day_too_many(self) -> None:
        thursday = evolve(YEAR, terms=(evolve(YEAR.terms[0], last=date(2025, 10, 23)),))

        with pytest.raises(InconsistentCalendar) as wrong:
            read_back(calendar_to_ical(school(thursday)), open_days=37, ends=Ends.INCLUSIVE)

        assert wrong.value.faults == (
            "read with ends inclusive, the terms have 38 open days, not 37; with ends exclusive it would be right",
        )

    def test_so_does_a_day_too_few(self) -> None:
        with pytest.raises(InconsistentCalendar, match=r"the terms have 37 open days, not 38; with ends inclusive"):
            ical_to_calendar(document(*INCLUSIVE_TERM), year=EMPTY, open_days=38)

    def test_so_does_an_event_that_would_end_before_it_begins(self) -> None:
        with pytest.raises(CalendarError, match="an event ends before it begins, read with ends exclusive: perhaps"):
            read_back(calendar_to_ical(CAL, ends=Ends.INCLUSIVE))

    @pytest.mark.parametrize("ends", Ends)
    def test_a_total_that_neither_reading_gives(self, ends: Ends) -> None:
        with pytest.raises(InconsistentCalendar, match=r"read with ends .*, the terms have \d+ open days, not 200$"):
            ical_to_calendar(document(*INCLUSIVE_TERM), year=EMPTY, open_days=200, ends=ends)

    def test_a_total_that_the_other_reading_cannot_even_have(self) -> None:
        with pytest.raises(InconsistentCalendar, match=r"the terms have 132 open days, not 200$"):
            read_back(calendar_to_ical(CAL, ends=Ends.INCLUSIVE), open_days=200, ends=Ends.INCLUSIVE)

    def test_an_event_without_an_end_is_one_day_long(self) -> None:
        assert ical_events(document("DTSTART;VALUE=DATE:20250903"))[0].last == date(2025, 9, 3)

    def test_an_event_may_give_its_length_instead(self) -> None:
        assert ical_events(document("DTSTART;VALUE=DATE:20250903", "DURATION:P2D"))[0].last == date(2025, 9, 4)


class TestWords:
    """Terms and INSET days are told by their words, unless the caller knows better."""

    @pytest.mark.parametrize(
        ("summary", "term", "inset"),
        [
            ("Autumn term", True, False),
            ("October half term", False, False),
            ("Half-term break", False, False),
            ("INSET day", False, True),
            ("Staff training", False, True),
            ("Sports day", False, False),
        ],
    )
    def test_the_words(self, summary: str, *, term: bool, inset: bool) -> None:
        event = Event(first=INSET, last=INSET, summary=summary)

        assert (ical.is_term(event), ical.is_inset(event)) == (term, inset)

    def test_an_inset_day_named_after_its_term_is_still_an_inset_day(self) -> None:
        one = document("DTSTART;VALUE=DATE:20250903", "DTEND;VALUE=DATE:20251025", "SUMMARY:Term 1")
        two = document("DTSTART;VALUE=DATE:20250903", "SUMMARY:Autumn term INSET")
        both = one.replace("END:VCALENDAR", "") + two[two.index("BEGIN:VEVENT") :]

        assert ical_to_calendar(both, year=EMPTY, open_days=38).school_days_between(INSET, INSET) == 0

    def test_the_callers_own_words(self) -> None:
        text = document("DTSTART;VALUE=DATE:20250903", "DTEND;VALUE=DATE:20251025", "SUMMARY:Half 1")
        read = ical_to_calendar(
            text, year=EMPTY, open_days=38, terms_are=lambda event: event.summary.startswith("Half")
        )

        assert read.years[0].terms[0].name == "Half 1"


class TestWhatIsRefused:
    """One clear message each."""

    def test_what_is_not_icalendar(self) -> None:
        with pytest.raises(CalendarError, match="this is not an iCalendar file of all-day events that can be read"):
            ical_events("Term 1: 3 September to 24 October")

    def test_events_without_a_day(self) -> None:
        with pytest.raises(CalendarError, match="this is not an iCalendar file of all-day events that can be read"):
            ical_events(document("SUMMARY:no start"))

    def test_events_whose_day_cannot_be_read(self) -> None:
        with pytest.raises(CalendarError, match="an event does not begin and end with whole days"):
            ical_events(document("DTSTART;VALUE=DATE:2025"))

    def test_events_with_times(self) -> None:
        with pytest.raises(
            CalendarError, match=r"an event does not begin and end with whole days: only all-day events \(VALUE=DATE\)"
        ):
            ical_events(document("DTSTART:20250903T084500Z", "DTEND:20250903T150000Z"))

    def test_events_that_repeat(self) -> None:
        with pytest.raises(CalendarError, match="an event repeats: list each of its days"):
            ical_events(document("DTSTART;VALUE=DATE:20250903", "RRULE:FREQ=WEEKLY"))

    def test_no_terms_at_all(self) -> None:
        with pytest.raises(InconsistentCalendar, match="the year has no term"):
            ical_to_calendar(document("DTSTART;VALUE=DATE:20250903", "SUMMARY:x"), year=EMPTY, open_days=1)

    def test_the_extra_is_named_where_it_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "icalendar", None)

        with pytest.raises(CallError, match="install the extra 'ical' of this library"):
            calendar_to_ical(CAL)


def test_the_adapter_is_imported_without_the_extra() -> None:
    code = "import sys, cme_rules.adapters.icalendar; print('icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
