from datetime import date

import pytest

from cme_rules.domain.enrolments import Enrolment, EnrolmentKind, enrolment_facts
from cme_rules.domain.histories import History

FIRST, LAST, AFTER = date(2021, 9, 3), date(2026, 10, 9), date(2026, 10, 10)
LEFT = Enrolment("100001", FIRST, ended=LAST)


class TestOnSchoolRoll:
    """A registered pupil from the first day on roll to the last."""

    @pytest.mark.parametrize(
        ("on", "on_roll"), [(FIRST, True), (LAST, True), (AFTER, False), (date(2021, 9, 2), False)]
    )
    def test_first_and_last_day_are_on_roll(self, on: date, on_roll: bool) -> None:  # noqa: FBT001
        assert enrolment_facts(History([LEFT], complete=True), on)["on_school_roll"] is on_roll

    def test_having_left_one_school_does_not_say_there_is_no_other(self) -> None:
        assert enrolment_facts(History([LEFT]), AFTER) == {}

    def test_one_place_is_enough_to_be_on_roll(self) -> None:
        assert enrolment_facts(History([LEFT]), LAST) == {"on_school_roll": True, "school": "100001"}

    def test_nothing_on_file_says_nothing_unless_the_file_is_whole(self) -> None:
        assert enrolment_facts(History(), AFTER) == {}
        assert enrolment_facts(History(known_from=AFTER), AFTER) == {"on_school_roll": False}
        assert enrolment_facts(History(known_from=AFTER), LAST) == {}


class TestSchool:
    """The school whose calendar applies."""

    MAIN = Enrolment("100001", FIRST, kind=EnrolmentKind.MAIN)
    OTHER = Enrolment("100002", FIRST, kind=EnrolmentKind.SUBSIDIARY)

    def test_of_two_places_the_main_one_counts(self) -> None:
        assert enrolment_facts(History([self.OTHER, self.MAIN]), LAST)["school"] == "100001"

    def test_two_places_of_one_kind_leave_it_open(self) -> None:
        two = History([Enrolment("100001", FIRST), Enrolment("100002", FIRST)])
        assert "school" not in enrolment_facts(two, LAST)

    def test_the_school_that_asks_comes_first(self) -> None:
        facts = enrolment_facts(History([self.OTHER, self.MAIN]), LAST, school="100002")
        assert facts == {"on_school_roll": True, "school": "100002", "registered_at_another_school": True}

    def test_that_there_is_no_other_school_needs_the_whole_file(self) -> None:
        assert "registered_at_another_school" not in enrolment_facts(History([self.MAIN]), LAST, school="100001")
        whole = History([self.MAIN], complete=True)
        assert enrolment_facts(whole, LAST, school="100001")["registered_at_another_school"] is False
