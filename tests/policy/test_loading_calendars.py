from datetime import date
from pathlib import Path

import holidays
import pytest

from cme_rules.calendars.days import Certainty, DayKind, Session
from cme_rules.errors import CallError, OutsideCoverage
from cme_rules.policy.loading.calendars import load_calendars, read_calendars
from tests.policy.calendar_files import LAND, NEXT_YEAR, SCHOOL, SHIRE, edited, loaded

POLICIES = Path(__file__).parents[2] / "policies"
SHIPPED = [POLICIES / "england", POLICIES / "east_sussex"]


def faults(found: object) -> list[str]:
    return [str(fault) for fault in found.faults]  # type: ignore[attr-defined]


BROKEN_AUTHORITY = {
    "a total that the dates do not give": (
        "open_days = 72",
        "open_days = 73",
        "11: year[2025/26].open_days: the dates give 72 open days, not 73",
    ),
    "pupil days that they do not give": (
        "pupil_days = 71",
        "pupil_days = 72",
        "12: year[2025/26].pupil_days: the dates give 71 pupil days, not 72",
    ),
    "a term's days that they do not give": (
        "days = 38",
        "days = 37",
        "19: year[2025/26].term[Term 1].days: 2025-09-03 to 2025-10-24 has 38 open days, not 37",
    ),
    "terms that overlap": (
        "first = 2025-11-03",
        "first = 2025-10-24",
        "24: year[2025/26].term[Term 2].first: Term 2 begins on 2025-10-24, but Term 1 before it runs to 2025-10-24",
    ),
    "a term outside the coverage": (
        "last = 2025-12-18",
        "last = 2026-12-18",
        (
            "25: year[2025/26].term[Term 2].last: Term 2 has a day, 2026-12-18, outside the coverage "
            "2025-09-01 to 2026-08-31"
        ),
    ),
    "a term that ends before it begins": (
        "last = 2025-12-18",
        "last = 2025-10-30",
        "25: year[2025/26].term[Term 2].last: Term 2 ends on 2025-10-30, before it begins on 2025-11-03",
    ),
    "a weekday that is not the date's": (
        '"Wednesday"',
        '"Tuesday"',
        "17: year[2025/26].term[Term 1].first: 2025-09-03 is a Wednesday, but its weekday is given as 'Tuesday'",
    ),
    "an INSET day that is no open day": (
        "inset = [2025-09-03]",
        "inset = [2025-09-03, 2025-10-27]",
        "13: year[2025/26].inset: the INSET day 2025-10-27 is not an open day",
    ),
    "a moment for a day": (
        "first = 2025-09-03",
        "first = 2025-09-03T08:45:00",
        (
            "17: year[2025/26].term[Term 1].first: expected a date such as 2026-11-23, without quotes, "
            "found a date with a time\n    write the day as 2026-11-23: no quotes, no time"
        ),
    ),
    "a number in quotes": (
        "open_days = 72",
        'open_days = "72"',
        (
            "11: year[2025/26].open_days: expected a whole number, found text\n"
            "    write digits without quotes and without a decimal point: 28"
        ),
    ),
    "a key that is not known": (
        "days = 38",
        "dayz = 38",
        "19: year[2025/26].term[Term 1].dayz: this key is not known; did you mean 'days'?\n    write days",
    ),
    "a key that is missing": (
        'status = "agreed"\n',
        "",
        "5: year[2025/26].status: the key 'status' is missing\n    add status = …",
    ),
    "a status that is not known": (
        '"agreed"',
        '"sure"',
        "8: year[2025/26].status: 'sure' is none of actual, agreed, proposed, adopted, assumed",
    ),
    "half a coverage": (
        "coverage = [2025-09-01, 2026-08-31]",
        "coverage = [2025-09-01]",
        (
            "7: year[2025/26].coverage: a first and a last day are expected, found 1 days\n"
            "    coverage = [2025-09-01, 2026-08-31]"
        ),
    ),
    "a coverage that is no list": (
        "coverage = [2025-09-01, 2026-08-31]",
        "coverage = 2025-09-01",
        "7: year[2025/26].coverage: expected a list in square brackets",
    ),
    "a coverage before the bank holidays listed": (
        "coverage = [2025-09-01, 2026-08-31]",
        "coverage = [2024-09-01, 2026-08-31]",
        "7: year[2025/26].coverage: the bank holidays are listed from 2025-01-01 on only",
    ),
    "a table where a list of tables belongs": (
        SHIRE[SHIRE.index("[[year]]") :],
        '[year]\nlabel = "2025/26"\n',
        "5: year: expected a list of tables: write [[year]] above each of them",
    ),
    "no year": (SHIRE[SHIRE.index("[[year]]") :], "", "1: year: there is no school year in it"),
    "no TOML": (
        'label = "2025/26"',
        "label = 2025/26",
        (
            "6: this is not TOML: Expected newline or end of document after a statement (at line 6, column 13)\n"
            "    words go in quotes; dates are written 2026-11-23; yes and no are true and false"
        ),
    ),
    "bank holidays that are not there": (
        '"land"',
        '"lnad"',
        "3: bank_holidays: there is no list of bank holidays 'lnad'; there is land",
    ),
    "an id that is not the file's": (
        'id = "shire"',
        'id = "shrie"',
        "2: id: the id is 'shrie', but the file is called shire.toml",
    ),
    "a schema of another time": ("schema = 1", "schema = 2", "1: schema: schema 2 is not known; expected 1"),
    "weekdays that are none": (
        "schema = 1",
        'weekdays = "monday"\nschema = 1',
        "1: weekdays: a first and a last weekday are expected, as mon-fri: 'monday'",
    ),
    "a closure on a day that is not open": (
        "days = 34",
        'days = 34\n\n[[closure]]\nfirst = 2025-10-25\nreason = "snow"',
        "29: closure[2025-10-25]: it closes 2025-10-25, which is not open: remove a change that is stale",
    ),
    "a closure outside the coverage": (
        "days = 34",
        'days = 34\n\n[[closure]]\nfirst = 2027-10-25\nreason = "snow"',
        (
            "28: closure[2027-10-25]: these days do not fit the calendar: calendar 'shire' covers 2025-09-01 to "
            "2026-08-31; add the school year 2027/28 to pack/calendars/shire.toml"
        ),
    ),
    "a closure of a session that is none": (
        "days = 34",
        'days = 34\n\n[[closure]]\nfirst = 2025-12-18\nreason = "snow"\nsessions = ["am"]',
        '31: closure[2025-12-18].sessions: expected ["AM"], ["PM"] or ["AM", "PM"]',
    ),
    "a closure without a reason": (
        "days = 34",
        "days = 34\n\n[[closure]]\nfirst = 2025-12-18",
        "28: closure[2025-12-18].reason: the key 'reason' is missing\n    add reason = …",
    ),
    "closing a closed day": (
        "inset = [2025-09-03]",
        "inset = [2025-09-03]\nclosed = [{ first = 2025-10-27 }]",
        "14: year[2025/26].closed[2025-10-27]: it closes 2025-10-27, which is not open: remove a change that is stale",
    ),
    "opening an open day": (
        "inset = [2025-09-03]",
        "inset = [2025-09-03]\nopened = [{ first = 2025-10-24 }]",
        (
            "14: year[2025/26].opened[2025-10-24]: it opens 2025-10-24, which is open already: "
            "remove a change that is stale"
        ),
    ),
    "closing for a kind that is none": (
        "inset = [2025-09-03]",
        'inset = [2025-09-03]\nclosed = [{ first = 2025-10-24, kind = "holiday" }]',
        (
            "14: year[2025/26].closed[2025-10-24].kind: 'holiday' is none of break, occasional, disaggregated, "
            "closure_planned"
        ),
    ),
    "a change without a day": (
        "inset = [2025-09-03]",
        'inset = [2025-09-03]\nclosed = [{ reason = "x" }]',
        "14: year[2025/26].closed[1].first: the key 'first' is missing\n    add first = …",
    ),
}

BROKEN_BANK_HOLIDAYS = {
    "a count that is not theirs": (
        "count = 2",
        "count = 3",
        "9: year[2025].count: 2 days are listed, but the count says 3",
    ),
    "days out of order": (
        "2025-12-25, 2025-12-26",
        "2025-12-26, 2025-12-25",
        "10: year[2025].days: 2025-12-25 stands after 2025-12-26: list the days in order, each once",
    ),
    "a day of another year": ("2026-05-04", "2025-05-05", "15: year[2026].days: 2025-05-05 is not in 2026"),
    "a day at a weekend": (
        "2026-05-04",
        "2026-05-03",
        "15: year[2026].days: 2026-05-03 is at a weekend: list the substitute day only",
    ),
    "a substitute that is not listed": (
        "days = [2026-05-04]",
        "days = [2026-05-04]\nsubstitute = [2026-05-05]",
        "16: year[2026].substitute: 2026-05-05 is not among the days",
    ),
    "years with a gap": (
        "year = 2026\ncount = 1\ndays = [2026-05-04]",
        "year = 2027\ncount = 0\ndays = []",
        "13: year[2027].year: 2027 follows 2025: years go one by one",
    ),
    "another horizon than the last year's": (
        "2026-12-31",
        "2027-12-31",
        "5: published_through: the list ends on 2026-12-31, not on 2027-12-31",
    ),
    "no year": (LAND[LAND.index("[[year]]") :], "", "1: year: there is no [[year]] in it"),
    "a year of the wrong type": (
        "year = 2026",
        'year = "2026"',
        (
            "13: year[2026].year: expected a whole number, found text\n"
            "    write digits without quotes and without a decimal point: 28"
        ),
    ),
    "no TOML": (
        "count = 2",
        "count = ",
        (
            "9: this is not TOML: Invalid value (at line 9, column 9)\n"
            "    words go in quotes; dates are written 2026-11-23; yes and no are true and false"
        ),
    ),
}

BROKEN_SCHOOL = {
    "no authority of that name": (
        'base = "shire"',
        'base = "coast"',
        "3: base: there is no authority's calendar 'coast'; there is shire",
    ),
    "a year the authority does not have": (
        '"2025/26"',
        '"2024/25"',
        (
            "6: year[2024/25].label: there is no year '2024/25' to change in the authority's calendar, "
            "and no [[year.term]] here"
        ),
    ),
    "a name that is not the file's": (
        'id = "the-school"',
        'id = "a-school"',
        "2: id: the file is called the-school.toml, after neither its id nor its URN",
    ),
    "a total that the changes do not give": (
        "open_days = 67",
        "open_days = 72",
        "10: year[2025/26].open_days: the dates give 67 open days, not 72",
    ),
    "no TOML": (
        "schema = 1",
        "schema",
        (
            "1: this is not TOML: Expected '=' after a key in a key/value pair (at line 1, column 7)\n"
            "    words go in quotes; dates are written 2026-11-23; yes and no are true and false"
        ),
    ),
    "no id": ('id = "the-school"\n', "", "1: id: the key 'id' is missing\n    add id = …"),
}


class TestBrokenFiles:
    """Each breakage has one message: the file, the line, the key, what was expected and what was found."""

    def test_the_unbroken_files_have_no_fault(self, tmp_path: Path) -> None:
        found = loaded(tmp_path, shire=SHIRE + NEXT_YEAR, the_school=SCHOOL)

        assert (found.faults, found.warnings) == ((), ())

    @pytest.mark.parametrize(("old", "new", "message"), BROKEN_AUTHORITY.values(), ids=BROKEN_AUTHORITY)
    def test_an_authoritys_file(self, tmp_path: Path, old: str, new: str, message: str) -> None:
        found = loaded(tmp_path, shire=edited(SHIRE, old, new))

        assert faults(found)[:1] == [f"pack/calendars/shire.toml:{message}"]
        assert found.calendars.authorities == ()

    @pytest.mark.parametrize(("old", "new", "message"), BROKEN_BANK_HOLIDAYS.values(), ids=BROKEN_BANK_HOLIDAYS)
    def test_a_list_of_bank_holidays(self, tmp_path: Path, old: str, new: str, message: str) -> None:
        found = loaded(tmp_path, land=edited(LAND, old, new), the_school=SCHOOL)

        assert faults(found) == [f"pack/calendars/bank_holidays.toml:{message}"]
        assert found.calendars.working is None

    @pytest.mark.parametrize(("old", "new", "message"), BROKEN_SCHOOL.values(), ids=BROKEN_SCHOOL)
    def test_a_schools_file(self, tmp_path: Path, old: str, new: str, message: str) -> None:
        found = loaded(tmp_path, the_school=edited(SCHOOL, old, new))

        assert faults(found) == [f"pack/calendars/schools/the-school.toml:{message}"]
        assert found.calendars.schools == ()

    def test_all_faults_come_at_once(self, tmp_path: Path) -> None:
        broken = edited(edited(SHIRE, "open_days = 72", "open_days = 73"), "days = 34", "days = 35")
        found = loaded(tmp_path, shire=broken, land=LAND + "[[year]]\nyear = 2027\n", the_school="schema = 1\n")

        assert [fault.key for fault in found.faults] == [
            "year[2027].count",
            "year[2027].days",
            "id",
            "base",
        ]
        assert [fault.key for fault in loaded(tmp_path / "again", shire=broken, the_school="base = 1\n").faults] == [
            "year[2025/26].open_days",
            "year[2025/26].term[Term 2].days",
            "schema",
            "id",
            "base",
        ]

    def test_a_gap_between_years(self, tmp_path: Path) -> None:
        found = loaded(tmp_path, shire=SHIRE + edited(NEXT_YEAR, "2026-09-01", "2026-09-02"))

        assert faults(found) == [
            (
                "pack/calendars/shire.toml:30: year[2026/27].coverage: it covers days from 2026-09-02, "
                "but 2025/26 before it ends on 2026-08-31: no gap and no overlap is allowed"
            )
        ]

    def test_two_files_for_one_school(self, tmp_path: Path) -> None:
        twin = edited(SCHOOL, "base", 'urn = "t-100001"\nbase')
        found = loaded(tmp_path, t_100001=twin, the_school=SCHOOL)

        assert [fault.problem for fault in found.faults] == ["another school's file has the id 'the-school'"]

    def test_without_bank_holidays_every_weekday_in_term_is_open(self, tmp_path: Path) -> None:
        assert loaded(tmp_path, shire=edited(SHIRE, 'bank_holidays = "land"\n', "")).faults == ()

    def test_nothing_is_read_where_there_are_no_calendars(self, tmp_path: Path) -> None:
        calendars, found = load_calendars([tmp_path])

        assert (calendars.authorities, calendars.schools, calendars.working, found) == ((), (), None, ())


class TestRemarks:
    """What is unusual may be right: it is said, not refused."""

    def test_another_number_of_inset_days_than_expected(self, tmp_path: Path) -> None:
        found = loaded(tmp_path, shire=edited(SHIRE, "schema = 1", "schema = 1\nexpect_inset = 5"))

        assert found.faults == ()
        assert [str(each) for each in found.warnings] == [
            "pack/calendars/shire.toml:14: year[2025/26].inset: 1 INSET days, listed or left to schools; 5 expected"
        ]

    def test_inset_days_left_to_schools_count_as_expected(self, tmp_path: Path) -> None:
        text = edited(SHIRE, "schema = 1", "schema = 1\nexpect_inset = 5")
        found = loaded(tmp_path, shire=edited(text, "inset =", "inset_left_to_schools = 4\ninset ="))

        assert found.warnings == ()

    def test_a_term_of_unusual_length(self, tmp_path: Path) -> None:
        found = loaded(tmp_path, shire=edited(SHIRE, "schema = 1", "schema = 1\nexpect_term_days = [10, 35]"))

        assert [each.problem for each in found.warnings] == ["Term 1 has 38 open days; 10 to 35 expected"]

    def test_a_year_beyond_the_bank_holidays_announced_is_projected(self, tmp_path: Path) -> None:
        found = loaded(tmp_path, shire=SHIRE + edited(NEXT_YEAR, "2026-12-31", "2027-08-31"))
        shire = found.calendars.authority("shire")

        assert [each.problem for each in found.warnings] == [
            "bank holidays are announced to 2026-12-31 only: this year counts as projected"
        ]
        assert shire.certainty(date(2026, 9, 7), date(2026, 9, 7)) is Certainty.PROJECTED
        assert shire.certainty(date(2025, 9, 7), date(2025, 9, 7)) is Certainty.PUBLISHED


class TestSchools:
    """A school is its authority's calendar with changes, or dates of its own; only a bound one follows by itself."""

    def test_a_year_changes_the_authoritys(self, tmp_path: Path) -> None:
        own = loaded(tmp_path, the_school=SCHOOL).calendars.for_school("the-school")

        assert not own.is_school_day(date(2025, 10, 20))
        assert own.is_school_day(date(2025, 9, 3))  # the authority's INSET day is not this school's
        assert own.explain(date(2025, 10, 20)).label == "two weeks"

    def test_a_year_with_terms_of_its_own_stands_by_itself(self, tmp_path: Path) -> None:
        own = edited(NEXT_YEAR, "open_days = 10", "open_days = 10\ninset_known = false")
        text = SCHOOL[: SCHOOL.index("[[year]]")] + own
        cal = loaded(tmp_path, the_school=text).calendars.for_school("the-school")

        assert (cal.first, cal.last) == (date(2026, 9, 1), date(2026, 12, 31))
        assert cal.certainty(cal.first, cal.last) is Certainty.ASSUMED

    def test_a_school_bound_to_its_authority_has_its_other_years_too(self, tmp_path: Path) -> None:
        text = edited(SCHOOL, 'base = "shire"', 'base = "shire"\nfollows_base = true')
        calendars = loaded(tmp_path, shire=SHIRE + NEXT_YEAR, the_school=text).calendars
        cal = calendars.for_school("the-school")

        assert (cal.first, cal.last) == (date(2025, 9, 1), date(2026, 12, 31))
        assert cal.is_school_day(date(2026, 9, 7))
        assert not cal.is_school_day(date(2025, 10, 20))
        assert cal.name == "the-school"

    def test_a_later_year_of_its_own_follows_its_authoritys(self, tmp_path: Path) -> None:
        text = edited(SCHOOL, 'base = "shire"', 'base = "shire"\nfollows_base = true') + NEXT_YEAR
        cal = loaded(tmp_path, the_school=text).calendars.for_school("the-school")

        assert cal.last == date(2026, 12, 31)

    def test_the_second_year_of_the_authority_can_be_changed(self, tmp_path: Path) -> None:
        text = SCHOOL.replace("2025/26", "2026/27").replace("open_days = 67", "open_days = 9")
        text = text.replace("2025-10-20, last = 2025-10-24", "2026-09-18")
        text = edited(text, 'base = "shire"', 'base = "shire"\nfollows_base = true')
        cal = loaded(tmp_path, shire=SHIRE + NEXT_YEAR, the_school=text).calendars.for_school("the-school")

        assert cal.school_days_between(date(2026, 9, 1), date(2026, 12, 31)) == 9
        assert cal.school_days_between(date(2025, 9, 1), date(2026, 8, 31)) == 71

    def test_a_bound_school_may_have_closures_only(self, tmp_path: Path) -> None:
        text = SCHOOL[: SCHOOL.index("[[year]]")] + (
            'follows_base = true\n[[closure]]\nfirst = 2025-12-18\nsessions = ["PM"]\nreason = "boiler"\n'
        )
        cal = loaded(tmp_path, the_school=text).calendars.for_school("the-school")

        assert cal.sessions(date(2025, 12, 18)) == {Session.AM}
        assert cal.explain(date(2025, 12, 18)).kind is DayKind.PARTLY_CLOSED

    def test_a_year_that_leaves_a_gap_after_the_authoritys_is_refused(self, tmp_path: Path) -> None:
        text = edited(SCHOOL, 'base = "shire"', 'base = "shire"\nfollows_base = true')
        text += edited(NEXT_YEAR, "2026-09-01", "2026-09-02")

        assert faults(loaded(tmp_path, the_school=text)) == [
            (
                "pack/calendars/schools/the-school.toml:6: year: its years and its authority's leave a gap: calendar "
                "'the-school' covers 2025-09-01 to 2026-08-31; add the school year 2026/27 to "
                "pack/calendars/schools/the-school.toml"
            )
        ]


class TestBankHolidaysOfEngland:
    """The list that comes with the library, against the rules that the `holidays` package knows."""

    BANK = load_calendars(SHIPPED)[0].working

    @pytest.mark.parametrize("year", range(2018, 2029))
    def test_every_year_is_what_the_holidays_package_has(self, year: int) -> None:
        known = holidays.country_holidays("GB", subdiv="ENG", years=year)

        assert self.BANK is not None
        assert [day for day in self.BANK.bank_holidays.days if day.year == year] == sorted(
            day for day in known if day.weekday() < 5
        )

    def test_the_days_that_others_miss(self) -> None:
        assert self.BANK is not None
        for day in (date(2020, 5, 8), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2026, 12, 28)):
            assert not self.BANK.is_working_day(day)
        for day in (date(2020, 5, 4), date(2022, 5, 30)):
            assert self.BANK.is_working_day(day)

    def test_beyond_the_list_there_is_no_answer_unless_it_is_asked_for(self) -> None:
        assert self.BANK is not None
        with pytest.raises(OutsideCoverage, match=r"2029 to england/calendars/bank_holidays\.toml"):
            self.BANK.is_working_day(date(2029, 1, 2))

    def test_asked_for_it_is_marked_as_projected(self) -> None:
        working = read_calendars(SHIPPED, projected_through=date(2030, 12, 31)).calendars.working

        assert working is not None
        assert working.last == date(2030, 12, 31)
        assert not working.is_working_day(date(2030, 4, 19))
        assert working.certainty(date(2028, 12, 1), date(2028, 12, 31)) is Certainty.PUBLISHED
        assert working.certainty(date(2028, 12, 1), date(2029, 1, 1)) is Certainty.PROJECTED

    def test_a_projection_that_is_not_needed_or_has_no_rule_changes_nothing(self, tmp_path: Path) -> None:
        assert read_calendars(SHIPPED, projected_through=date(2026, 1, 1)).calendars.working == self.BANK
        loaded(tmp_path)
        without_rule = read_calendars([tmp_path / "pack"], projected_through=date(2030, 1, 1)).calendars.working

        assert without_rule is not None
        assert without_rule.last == date(2026, 12, 31)

    def test_a_rule_may_name_a_whole_country(self, tmp_path: Path) -> None:
        loaded(tmp_path, land=edited(LAND, "[[year]]", 'rule = ["GB"]\n\n[[year]]'))
        working = read_calendars([tmp_path / "pack"], projected_through=date(2027, 12, 31)).calendars.working

        assert working is not None
        assert not working.is_working_day(date(2027, 12, 27))


class TestEastSussex:
    """The council's term dates, each year with its standing."""

    CALENDARS, FAULTS = load_calendars(SHIPPED)
    CAL = CALENDARS.authority("east_sussex")
    RINGMER = CALENDARS.for_school("kings-academy-ringmer")

    def test_the_files_have_no_fault_and_nothing_odd(self) -> None:
        assert self.FAULTS == ()
        assert read_calendars(SHIPPED).warnings == ()

    def test_five_school_years_are_covered_without_a_gap(self) -> None:
        assert (self.CAL.first, self.CAL.last) == (date(2021, 9, 1), date(2026, 8, 31))

    @pytest.mark.parametrize(
        ("label", "open_days", "certainty"),
        [
            ("2021/22", 195, Certainty.PROPOSED),
            ("2022/23", 193, Certainty.PROPOSED),
            ("2023/24", 195, Certainty.ASSUMED),
            ("2024/25", 195, Certainty.ASSUMED),
            ("2025/26", 195, Certainty.PROPOSED),
        ],
    )
    def test_each_year_adds_up_and_says_how_sure_it_is(self, label: str, open_days: int, certainty: Certainty) -> None:
        year = next(year for year in self.CAL.years if year.label == label)
        found = self.CAL.school_days_between(year.first, year.last)

        assert found + self.CAL.days_of(DayKind.INSET, year.first, year.last) == open_days
        assert self.CAL.certainty(year.first, year.last) is certainty
        assert year.source.startswith("https://")
        assert year.read == date(2026, 11, 23)

    def test_twenty_school_days_across_christmas(self) -> None:
        assert self.CAL.nth_school_day(date(2025, 12, 15), 20) == date(2026, 1, 23)

    def test_twenty_school_days_across_half_term(self) -> None:
        assert self.CAL.nth_school_day(date(2025, 10, 13), 20) == date(2025, 11, 14)

    def test_a_count_across_the_summer_of_2026_has_no_answer_yet(self) -> None:
        with pytest.raises(OutsideCoverage) as refused:
            self.CAL.nth_school_day(date(2026, 6, 29), 20)

        assert str(refused.value) == (
            "calendar 'east_sussex' covers 2021-09-01 to 2026-08-31; "
            "add the school year 2026/27 to east_sussex/calendars/east_sussex.toml"
        )

    def test_the_academy_has_its_own_inset_days_and_its_own_october(self) -> None:
        assert self.CAL.is_school_day(date(2023, 12, 1))
        assert not self.RINGMER.is_school_day(date(2023, 12, 1))
        assert self.CAL.is_school_day(date(2024, 10, 21))
        assert not self.RINGMER.is_school_day(date(2024, 10, 21))
        assert self.RINGMER.is_school_day(date(2025, 7, 24))

    def test_the_academys_years_add_up(self) -> None:
        years = [(date(2023, 9, 1), date(2024, 8, 31)), (date(2024, 9, 1), date(2025, 8, 31))]

        assert [self.RINGMER.school_days_between(*year) for year in years] == [190, 192]
        assert [self.RINGMER.certainty(*year) for year in years] == [Certainty.PUBLISHED, Certainty.ASSUMED]

    def test_its_last_term_ends_when_it_ends(self) -> None:
        term = self.RINGMER.term(date(2025, 7, 24))

        assert term is not None
        assert (term.name, term.last) == ("Term 6", date(2025, 7, 24))

    def test_years_the_academy_has_not_published_are_not_made_up(self) -> None:
        with pytest.raises(OutsideCoverage, match="kings-academy-ringmer"):
            self.RINGMER.is_school_day(date(2025, 9, 3))

    def test_another_school_follows_the_council_only_if_somebody_says_so(self) -> None:
        with pytest.raises(CallError, match="assume_authority=True"):
            self.CALENDARS.for_school("100000")
        assumed = self.CALENDARS.for_school("100000", assume_authority=True)

        assert assumed.certainty(date(2025, 9, 3), date(2025, 9, 3)) is Certainty.ASSUMED
