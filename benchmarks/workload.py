"""What the engines are compared on: some rules of both packs, as a policy of its own, and made-up children."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from sys import intern
from typing import Any

from attrs import evolve

from cme_rules.conditions.kinds import Base
from cme_rules.engine.assess import assess
from cme_rules.engine.readings import facts_behind
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.rules import Rule

__all__ = ["ON", "answers_of_ours", "children", "policy_of_the_slice"]

ON = date(2026, 3, 20)
"""A Friday in term, inside every calendar."""

_SECTIONS = (
    "s.8", "s.436A", "s.437(1)", "s.437(2)", "s.437(3)", "guidance.absence", "reg.2024.9", "s.434", "1.5a", "1.5b",
    "2.1", "2.2a", "2.3", "2.4", "2.5", "8a", "A4.n1", "A6",
)  # fmt: skip
_ELSEWHERE = frozenset({"8a2", "2.5+"})


def policy_of_the_slice() -> Policy:
    """The council's policy cut down to the slice, with the facts those rules can turn on and no others."""
    whole = load_policy("east_sussex")
    law = whole.as_of(ON)
    rules = tuple(rule for rule in law.rules if _chosen(rule.id))
    facts = {name for rule in rules for name in _facts(rule, law)}
    return evolve(whole, rules=rules, facts={name: whole.facts[name] for name in whole.facts if name in facts})


def _chosen(name: str) -> bool:
    section = name.split("/", maxsplit=1)[0]
    return section not in _ELSEWHERE and any(section == wanted or section.startswith(wanted) for wanted in _SECTIONS)


def _facts(rule: Rule, law: Law) -> frozenset[str]:
    duty = rule.duty
    limits = [limit.of for limit in (duty.due, duty.not_before) if limit] if duty else []
    done = facts_behind(duty.discharged, law) if duty and duty.discharged is not None else frozenset()
    return facts_behind(rule.when, law) | done | set(limits)


def children(policy: Policy, count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Children as a register has them: some of whom little is known, most with the usual facts, a few with nearly all.

    Every one of them is somebody: no policy says anything of a child of whom nothing at all is known.
    """
    chance = random.Random(seed)  # noqa: S311 - made-up children, not secrets
    kinds = (_hardly_known, _on_a_roll, _missing, _leaving, _well_known)
    return [chance.choices(kinds, (15, 35, 25, 15, 10))[0](policy, chance) for _ in range(count)]


def _hardly_known(policy: Policy, chance: random.Random) -> dict[str, Any]:
    return _some(policy, chance, ("date_of_birth", "in_area", "on_school_roll"), 0.8)


def _on_a_roll(policy: Policy, chance: random.Random) -> dict[str, Any]:
    usual = ("date_of_birth", "in_area", "on_school_roll", "sessions_possible", "sessions_absent", "boarder", "bullied",
             "fails_to_attend_regularly", "attendance_difficulty", "school_kind", "registered_at_another_school",
             "expected_to_attend_again", "permanently_excluded", "gypsy_roma_traveller", "migrant_family")  # fmt: skip
    return {**_some(policy, chance, usual, 0.9), "on_school_roll": True}


def _missing(policy: Policy, chance: random.Random) -> dict[str, Any]:
    usual = ("date_of_birth", "in_area", "education_otherwise", "education_otherwise_assessed", "last_day_of_education",
             "notice_served", "notice_deadline", "parent_satisfied_authority", "attendance_expedient", "order_made",
             "home_visit_after_order", "home_education_registered", "home_education_contact_attempts", "referred",
             "home_education_responded", "newly_arrived_in_area", "response_started")  # fmt: skip
    return {**_some(policy, chance, usual, 0.85), "on_school_roll": False}


def _leaving(policy: Policy, chance: random.Random) -> dict[str, Any]:
    usual = ("date_of_birth", "in_area", "absence_began", "absence_all_unauthorised", "location_known", "off_rolled",
             "contact_from_parents", "sickness_or_unavoidable_cause", "emigration_notified", "departure_date",
             "joint_enquiries_made", "departure_confirmed", "destination_address_known", "long_gap_before_departure",
             "removal_wanted_from", "leave_ended", "returned_from_leave", "agreed_will_not_attend_again",
             "boarder")  # fmt: skip
    return {**_some(policy, chance, usual, 0.9), "on_school_roll": True}


def _well_known(policy: Policy, chance: random.Random) -> dict[str, Any]:
    return _some(policy, chance, tuple(policy.facts), 0.9)


def _some(policy: Policy, chance: random.Random, names: tuple[str, ...], share: float) -> dict[str, Any]:
    # Interned, as names written in a program are: Python finds such keywords faster, and by hand that counts.
    return {intern(name): _value(policy.facts[name], chance) for name in names if chance.random() < share}


def _value(spec: FactSpec, chance: random.Random) -> object:
    """A value that fits the fact; dates lie near the distances that rules count, and some never happened."""
    match spec.kind.base:
        case Base.BOOL:
            return chance.random() < 0.4
        case Base.INT:
            return chance.randrange(4 if spec.kind.unit != "session" else 190)
        case Base.TEXT:
            return chance.choice(spec.kind.words or ("somewhere",))
        case _ if spec.name == "date_of_birth":
            return ON - timedelta(days=chance.randrange(4 * 365, 17 * 365))
        case _:
            return False if chance.random() < 0.2 else ON - timedelta(days=chance.randrange(-20, 60))


def answers_of_ours(policy: Policy, child: Mapping[str, Any]) -> tuple[dict[str, bool | None], list[tuple[Any, ...]]]:
    """Ours in the form in which the others are compared: verdicts as True, False, None; actions with their days."""
    result = assess(child, policy, on=ON)
    truths = {"holds": True, "fails": False, "unknown": None}
    verdicts = {name: truths[verdict.value] for name, verdict in result.verdicts().items()}
    return verdicts, sorted(
        (each.id, each.due, each.first_lawful_day, each.status.value == "discharged") for each in result.actions
    )
