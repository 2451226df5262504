"""Values go to other processes and come back the same; what is compiled is compiled anew there."""

import copy
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cme_rules import Child, Counted, Span, Unit, load_policy
from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.engine.assessment import Assessment
from cme_rules.errors import OutsideCoverage
from cme_rules.policy.model.policy import Policy

ON = date(2026, 3, 20)
GONE: dict[str, Any] = {
    "date_of_birth": date(2014, 5, 2), "in_area": True, "on_school_roll": False, "education_otherwise": "none",
    "last_day_of_education": date(2026, 1, 9), "place_offered": False,
}  # fmt: skip


def pickled(value: Any) -> Any:  # noqa: ANN401 - any value
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own


Again = Callable[[Any], Any]
again = pytest.mark.parametrize("again", [pickled, copy.copy, copy.deepcopy])


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("east_sussex")


@pytest.fixture
def result(policy: Policy) -> Assessment:
    found = assess(GONE, policy, on=ON)
    found.explain()  # everything that is remembered is there now
    return found


@again
def test_a_policy_answers_as_before_though_it_has_been_used(policy: Policy, result: Assessment, again: Again) -> None:
    assert assess(GONE, again(policy), on=ON).to_dict() == result.to_dict()


@again
def test_an_assessment_can_still_be_asked_everything(result: Assessment, again: Again) -> None:
    copied = again(result)

    assert copied.explain() == result.explain()
    assert copied.explain("cme_local", reveal=True) == result.explain("cme_local", reveal=True)
    assert copied.to_dict() == result.to_dict()


@again
def test_values_are_equal_to_their_copies(result: Assessment, policy: Policy, again: Again) -> None:
    values = (
        result["cme_local"], result.actions, result.missing, result.readings, Verdict.HOLDS, NEVER,
        Span(3, Unit.WEEK, Counted.AFTER), policy.calendars, Child(date_of_birth=date(2014, 5, 2)),
    )  # fmt: skip

    for value in values:
        assert again(value) == value
    assert again(NEVER) is NEVER


def test_a_calendar_that_does_not_reach_says_so_in_another_process_too(policy: Policy) -> None:
    with pytest.raises(OutsideCoverage) as fault:
        policy.calendars.authority("east_sussex").is_school_day(date(2040, 1, 1))

    sent = pickled(fault.value)

    assert (str(sent), sent.first, sent.file) == (str(fault.value), fault.value.first, fault.value.file)
