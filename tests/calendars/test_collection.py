import pickle

import pytest

from cme_rules.calendars.collection import Calendars, School
from cme_rules.calendars.days import Certainty
from cme_rules.errors import CallError
from tests.calendars.given import school, working

SHIRE = school()
OWN = school(name="the-school")
ALL = Calendars(
    authorities=(SHIRE,),
    schools=(School(id="the-school", urn="100001", authority="the_shire", calendar=OWN),),
    working=working(),
)


class TestSchools:
    """A school without dates of its own follows its authority only where somebody says so."""

    def test_a_school_is_found_by_its_urn_or_by_the_id_of_its_file(self) -> None:
        assert ALL.for_school("100001") is OWN
        assert ALL.for_school("the-school") is OWN

    def test_a_school_without_a_urn_is_found_by_its_id_only(self) -> None:
        without = Calendars(schools=(School(id="the-school", authority="the_shire", calendar=OWN),))

        assert without.by_school == {"the-school": OWN}

    def test_an_unknown_school_is_refused_with_two_ways_out_and_without_its_urn(self) -> None:
        with pytest.raises(CallError) as refused:
            ALL.for_school("199999")

        assert str(refused.value) == (
            "this school has no calendar of its own here: add schools/<URN>.toml beside the authority's calendar, "
            "or ask for the authority's dates with assume_authority=True and have them marked as assumed"
        )

    def test_the_authoritys_dates_may_be_assumed_and_are_then_marked(self) -> None:
        taken = ALL.for_school("199999", assume_authority=True)

        assert taken.same_days(SHIRE)
        assert taken.certainty(taken.first, taken.last) is Certainty.ASSUMED

    def test_a_school_with_dates_of_its_own_keeps_them(self) -> None:
        assert ALL.for_school("100001", assume_authority=True) is OWN

    def test_with_several_authorities_one_must_be_named(self) -> None:
        two = Calendars(authorities=(SHIRE, school(name="the_coast")))

        with pytest.raises(CallError, match="say which authority's calendar to assume: 'the_coast', 'the_shire'"):
            two.for_school("199999", assume_authority=True)
        assert two.for_school("199999", assume_authority=True, authority="the_coast").name == "the_coast"

    def test_with_no_authority_there_is_nothing_to_assume(self) -> None:
        with pytest.raises(CallError, match="say which authority's calendar to assume: none"):
            Calendars().for_school("199999", assume_authority=True)


class TestAuthorities:
    """Each by the id of its file."""

    def test_an_authority_is_found_by_its_id(self) -> None:
        assert ALL.authority("the_shire") is SHIRE

    def test_an_unknown_one_is_refused_with_those_there_are(self) -> None:
        with pytest.raises(CallError, match="no authority's calendar is called 'atlantis'; there is 'the_shire'"):
            ALL.authority("atlantis")


def test_it_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(ALL)) == ALL  # noqa: S301 — our own bytes
