from datetime import date
from typing import Any

import pytest

from cme_rules.domain.contacts import Contact, ContactAbout, contact_facts
from cme_rules.domain.histories import History
from cme_rules.errors import CallError

HOME, ABSENCE = ContactAbout.HOME_EDUCATION, ContactAbout.ABSENCE
BEFORE, SINCE, ON, AFTER = date(2026, 9, 6), date(2026, 9, 7), date(2026, 10, 5), date(2026, 10, 6)


def facts(*contacts: Contact, home: date | None = None, absent: date | None = None, **known: Any) -> dict[str, object]:  # noqa: ANN401
    return contact_facts(History(contacts, **known), ON, home_educated_since=home, absent_since=absent)


class TestHomeEducation:
    """How often the authority tried, and whether anybody answered."""

    def test_attempts_need_the_whole_list_and_a_single_answer_does_not(self) -> None:
        assert facts(Contact(SINCE, HOME, answered=False)) == {}
        assert facts(Contact(SINCE, HOME, answered=True)) == {"home_education_responded": True}

    def test_attempts_up_to_the_day_are_counted(self) -> None:
        contacts = [Contact(day, HOME, answered=False) for day in (SINCE, ON, AFTER)]
        assert facts(*contacts, complete=True) == {
            "home_education_contact_attempts": 2,
            "home_education_responded": False,
        }

    def test_only_the_present_home_education_counts(self) -> None:
        contacts = [Contact(BEFORE, HOME, answered=True), Contact(SINCE, HOME, answered=False)]
        expected = {"home_education_contact_attempts": 1, "home_education_responded": False}
        assert facts(*contacts, home=SINCE, known_from=SINCE) == expected

    def test_a_contact_by_the_parents_is_an_answer_and_no_attempt(self) -> None:
        told = facts(Contact(SINCE, HOME, from_parents=True), complete=True)
        assert told == {"home_education_contact_attempts": 0, "home_education_responded": True}

    def test_other_matters_are_not_about_home_education(self) -> None:
        told = facts(Contact(SINCE, ABSENCE, answered=True), Contact(ON, ContactAbout.OTHER), complete=True)
        assert told == {"home_education_contact_attempts": 0, "home_education_responded": False}


class TestAbsence:
    """Whether the parents were heard of since the absence began."""

    @pytest.mark.parametrize("about", ContactAbout)
    def test_any_answer_since_it_began_is_contact(self, about: ContactAbout) -> None:
        assert facts(Contact(SINCE, about, answered=True), absent=SINCE)["contact_from_parents"] is True

    @pytest.mark.parametrize("day", [BEFORE, AFTER])
    def test_an_answer_before_it_or_after_the_day_is_not(self, day: date) -> None:
        contact = Contact(day, ABSENCE, answered=True)
        assert facts(contact, absent=SINCE, known_from=SINCE)["contact_from_parents"] is False
        assert "contact_from_parents" not in facts(contact, absent=SINCE)

    def test_without_an_absence_nothing_is_said(self) -> None:
        assert "contact_from_parents" not in facts(Contact(SINCE, ABSENCE, answered=True), complete=True)


def test_parents_who_write_have_answered() -> None:
    assert Contact(SINCE, HOME, from_parents=True).answered
    with pytest.raises(CallError, match=r"Contact\.answered: True"):
        Contact(SINCE, HOME, from_parents=True, answered=False)
