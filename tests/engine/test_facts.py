"""Facts as a caller gives them: what is taken, what is refused, and that no value is repeated."""

from datetime import date, datetime
from typing import Any

import pytest

from cme_rules.domain.never import NEVER
from cme_rules.engine.facts import check_facts, facts_from_json, facts_to_json, read_facts
from cme_rules.errors import CallError
from cme_rules.policy.loading.load import load_policy

ENGLAND = load_policy("england")


class TestTaking:
    """Each fact of its declared kind."""

    def test_facts_that_fit_are_taken_as_they_are(self) -> None:
        facts = {
            "in_area": True,
            "date_of_birth": date(2014, 5, 2),
            "education_otherwise": "none",
            "sessions_absent": 3,
        }

        assert check_facts(facts, ENGLAND) == facts

    def test_a_fact_that_is_none_is_left_out(self) -> None:
        assert check_facts({"in_area": None, "died": None}, ENGLAND) == {}

    def test_false_for_a_date_says_that_it_never_happened(self) -> None:
        assert check_facts({"died": False}, ENGLAND) == {"died": NEVER}

    def test_never_itself_may_be_given(self) -> None:
        assert check_facts({"died": NEVER}, ENGLAND) == {"died": NEVER}

    def test_free_text_is_taken(self) -> None:
        assert check_facts({"school": "100001"}, ENGLAND) == {"school": "100001"}

    def test_the_mapping_given_stays_as_it_was(self) -> None:
        facts = {"died": False, "in_area": None}
        check_facts(facts, ENGLAND)

        assert facts == {"died": False, "in_area": None}

    def test_the_row_holds_the_facts_in_the_order_of_the_policy(self) -> None:
        known, row = read_facts({"died": False, "in_area": True, "sessions_absent": None}, ENGLAND)

        assert len(row) == len(ENGLAND.facts)
        assert {name: value for name, value in zip(ENGLAND.facts, row, strict=True) if value is not None} == known


class TestRefusing:
    """Every fault at once, by the names of facts only."""

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"in_area": 1}, "fact in_area: expected true or false, found a number"),
            ({"in_area": "yes"}, "fact in_area: expected true or false, found text"),
            ({"died": True}, "fact died: expected a date"),
            ({"died": datetime(2026, 1, 1)}, "fact died: expected a date"),  # noqa: DTZ001 - a moment is what is refused
            ({"died": date(1899, 12, 31)}, "fact died: expected a date from 1900"),
            ({"died": date(2200, 1, 1)}, "fact died: expected a date from 1900"),
            ({"date_of_birth": False}, "fact date_of_birth: expected a date: this cannot be 'never'"),
            ({"education_otherwise": "pigeon"}, "fact education_otherwise: expected one of none"),
            ({"sessions_absent": -1}, "fact sessions_absent: expected at least 0"),
            ({"sessions_absent": True}, "fact sessions_absent: expected a whole number, found true or false"),
            ({"in_aera": True}, "fact in_aera: policy 'england' declares no such fact; did you mean in_area?"),
            ({"in_aera": None}, "declares no such fact"),
            ({"Aged 12, of 3 Long Lane": True}, "fact (not a name)"),
        ],
    )
    def test_a_fact_that_does_not_fit_is_named(self, facts: dict[str, Any], said: str) -> None:
        with pytest.raises(CallError, match=r"^fact ") as refused:
            check_facts(facts, ENGLAND)

        assert said in str(refused.value)

    def test_every_fault_is_told_and_no_value_is(self) -> None:
        with pytest.raises(CallError) as refused:
            check_facts({"in_area": "Mill House", "died": "Tuesday", "on_school_roll": True}, ENGLAND)

        assert str(refused.value).count("\n") == 1
        assert "Mill House" not in str(refused.value)
        assert "Tuesday" not in str(refused.value)

    def test_the_first_and_last_dates_of_all_are_still_taken(self) -> None:
        for day in (date(1900, 1, 1), date(2199, 12, 31)):
            assert check_facts({"died": day}, ENGLAND) == {"died": day}


class TestJson:
    """Days are text there."""

    def test_a_day_becomes_a_date(self) -> None:
        assert facts_from_json({"died": "2026-01-31"}, ENGLAND) == {"died": date(2026, 1, 31)}

    @pytest.mark.parametrize("text", ["2026-02-31", "20260131", "yesterday!"])
    def test_what_is_no_day_is_left_for_the_check(self, text: str) -> None:
        assert facts_from_json({"died": text}, ENGLAND) == {"died": text}

    def test_facts_that_are_no_dates_stay_as_they_are(self) -> None:
        given = {"education_otherwise": "none", "in_area": True, "stranger": "2026-01-31", "died": False}

        assert facts_from_json(given, ENGLAND) == given

    def test_out_and_in_again_gives_the_same_facts(self) -> None:
        known = check_facts({"died": False, "date_of_birth": date(2014, 5, 2), "in_area": True}, ENGLAND)

        assert check_facts(facts_from_json(facts_to_json(known), ENGLAND), ENGLAND) == known
