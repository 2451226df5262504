from datetime import date

import pytest

from cme_rules.domain.enrolments import Enrolment
from cme_rules.domain.histories import History
from cme_rules.domain.home_education import (
    EducationOtherwise,
    OtherwiseKind,
    Suitability,
    last_day_of_education,
    otherwise_facts,
)
from cme_rules.errors import CallError

LEFT, BEGAN, SEEN, ENDED, ON = (
    date(2026, 3, 27),
    date(2026, 4, 13),
    date(2026, 6, 1),
    date(2026, 10, 9),
    date(2026, 11, 23),
)
AT_HOME = EducationOtherwise(OtherwiseKind.HOME_EDUCATION, BEGAN)
SCHOOL = Enrolment("100001", date(2021, 9, 3), ended=LEFT)
NO_SCHOOL: History[Enrolment] = History(complete=True)
NOTHING_ELSE: History[EducationOtherwise] = History(complete=True)


def assessed(found: Suitability, *, ended: date | None = None) -> EducationOtherwise:
    return EducationOtherwise(OtherwiseKind.HOME_EDUCATION, BEGAN, ended=ended, assessed=found, assessed_on=SEEN)


class TestEducationOtherwise:
    """Home education and other ways, and what was found of them."""

    def test_none_needs_the_whole_file(self) -> None:
        assert otherwise_facts(History(), ON) == {}
        assert otherwise_facts(NOTHING_ELSE, ON) == {"education_otherwise": "none"}

    @pytest.mark.parametrize("kind", OtherwiseKind)
    def test_each_kind_has_its_word(self, kind: OtherwiseKind) -> None:
        assert otherwise_facts(History([EducationOtherwise(kind, BEGAN)]), ON) == {"education_otherwise": kind.value}

    def test_of_two_ways_the_later_counts(self) -> None:
        tuition = EducationOtherwise(OtherwiseKind.TUITION, SEEN)
        assert otherwise_facts(History([tuition, AT_HOME]), ON)["education_otherwise"] == "tuition"

    def test_not_assessed_needs_the_whole_file_or_a_word(self) -> None:
        assert "education_otherwise_assessed" not in otherwise_facts(History([AT_HOME]), ON)
        assert otherwise_facts(History([AT_HOME], complete=True), ON)["education_otherwise_assessed"] == "not_assessed"
        said = EducationOtherwise(OtherwiseKind.HOME_EDUCATION, BEGAN, assessed=Suitability.NOT_ASSESSED)
        assert otherwise_facts(History([said]), ON)["education_otherwise_assessed"] == "not_assessed"

    def test_a_finding_is_known_from_its_own_day(self) -> None:
        file = History([assessed(Suitability.UNSUITABLE)])
        assert otherwise_facts(file, SEEN)["education_otherwise_assessed"] == "unsuitable"
        assert "education_otherwise_assessed" not in otherwise_facts(file, date(2026, 5, 31))

    def test_a_finding_has_a_day_and_a_day_has_a_finding(self) -> None:
        home = OtherwiseKind.HOME_EDUCATION
        for found, day in ((Suitability.SUITABLE, None), (None, SEEN), (Suitability.NOT_ASSESSED, SEEN)):
            with pytest.raises(CallError, match="assessed_on"):
                EducationOtherwise(home, BEGAN, assessed=found, assessed_on=day)


class TestLastDayOfEducation:
    """The latest end of any education, when none goes on."""

    def test_it_is_the_latest_end_of_either_kind(self) -> None:
        at_school = History([SCHOOL], complete=True)
        at_home = History([assessed(Suitability.SUITABLE, ended=ENDED)], complete=True)
        assert last_day_of_education(at_school, NOTHING_ELSE, ON) == LEFT
        assert last_day_of_education(at_school, at_home, ON) == ENDED

    def test_on_that_day_itself_education_still_went_on(self) -> None:
        file = History([SCHOOL], complete=True)
        assert last_day_of_education(file, NOTHING_ELSE, LEFT) is None
        assert last_day_of_education(file, NOTHING_ELSE, date(2026, 3, 28)) == LEFT

    def test_one_file_is_not_enough(self) -> None:
        assert last_day_of_education(History([SCHOOL], complete=True), History(), ON) is None
        assert last_day_of_education(History([SCHOOL]), NOTHING_ELSE, ON) is None

    def test_files_must_reach_back_to_the_day_found(self) -> None:
        for known_from, expected in ((LEFT, LEFT), (date(2026, 3, 28), None)):
            file = History([SCHOOL], known_from=known_from)
            assert last_day_of_education(file, NOTHING_ELSE, ON) == expected

    def test_a_child_never_in_education_has_no_last_day(self) -> None:
        assert last_day_of_education(NO_SCHOOL, NOTHING_ELSE, ON) is False
        assert last_day_of_education(History(known_from=LEFT), NOTHING_ELSE, ON) is None

    def test_while_education_goes_on_there_is_no_last_day_yet(self) -> None:
        assert last_day_of_education(History(), History([assessed(Suitability.SUITABLE)]), ON) is None

    @pytest.mark.parametrize("entry", [AT_HOME, assessed(Suitability.UNSUITABLE)])
    def test_education_nobody_found_suitable_leaves_it_open(self, entry: EducationOtherwise) -> None:
        assert last_day_of_education(NO_SCHOOL, History([entry], complete=True), ON) is None
