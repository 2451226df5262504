"""Children missing education, as policy kept as data: facts about a child on a day in, findings and actions out.

>>> from datetime import date
>>> policy = load_policy("england")
>>> child = {"date_of_birth": date(2014, 5, 2), "in_area": True, "on_school_roll": False, "education_otherwise": "none"}
>>> assess(child, policy, on=date(2026, 11, 23))["cme_statutory"].verdict
<Verdict.HOLDS: 'holds'>

A fact left out is unknown, never a no:

>>> assess({}, policy, on=date(2026, 11, 23))["cme_statutory"].verdict
<Verdict.UNKNOWN: 'unknown'>
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cme_rules.calendars.collection import Calendars
    from cme_rules.calendars.school import SchoolCalendar
    from cme_rules.calendars.spans import Counted, Deadline, Span, Unit, deadline
    from cme_rules.calendars.working import WorkingCalendar
    from cme_rules.domain.children import Child
    from cme_rules.domain.never import NEVER
    from cme_rules.domain.verdict import Force, Status, Verdict
    from cme_rules.engine.assess import assess, facts_of
    from cme_rules.engine.assessment import Assessment
    from cme_rules.engine.inspection import inspect_register
    from cme_rules.engine.removal import removal
    from cme_rules.engine.result import Action, Finding, MissingFact
    from cme_rules.engine.schedules import occurrences
    from cme_rules.engine.what_if import what_if
    from cme_rules.engine.when_next import next_change
    from cme_rules.errors import (
        BrokenPolicy,
        CalendarError,
        CallError,
        CmeRulesError,
        OutsideCoverage,
        PolicyFault,
        UnknownName,
        UnknownPolicy,
    )
    from cme_rules.policy.loading.find import shipped_policies
    from cme_rules.policy.loading.load import load_policy
    from cme_rules.policy.model.policy import Law, Policy

__all__ = [
    "NEVER",
    "Action",
    "Assessment",
    "BrokenPolicy",
    "CalendarError",
    "Calendars",
    "CallError",
    "Child",
    "CmeRulesError",
    "Counted",
    "Deadline",
    "Finding",
    "Force",
    "Law",
    "MissingFact",
    "OutsideCoverage",
    "Policy",
    "PolicyFault",
    "SchoolCalendar",
    "Span",
    "Status",
    "Unit",
    "UnknownName",
    "UnknownPolicy",
    "Verdict",
    "WorkingCalendar",
    "assess",
    "deadline",
    "facts_of",
    "inspect_register",
    "load_policy",
    "next_change",
    "occurrences",
    "removal",
    "shipped_policies",
    "what_if",
]

_ROOMS = MappingProxyType(
    {
        "NEVER": "domain.never",
        "Action": "engine.result",
        "Assessment": "engine.assessment",
        "BrokenPolicy": "errors",
        "CalendarError": "errors",
        "Calendars": "calendars.collection",
        "CallError": "errors",
        "Child": "domain.children",
        "CmeRulesError": "errors",
        "Counted": "calendars.spans",
        "Deadline": "calendars.spans",
        "Finding": "engine.result",
        "Force": "domain.verdict",
        "Law": "policy.model.policy",
        "MissingFact": "engine.result",
        "OutsideCoverage": "errors",
        "Policy": "policy.model.policy",
        "PolicyFault": "errors",
        "SchoolCalendar": "calendars.school",
        "Span": "calendars.spans",
        "Status": "domain.verdict",
        "Unit": "calendars.spans",
        "UnknownName": "errors",
        "UnknownPolicy": "errors",
        "Verdict": "domain.verdict",
        "WorkingCalendar": "calendars.working",
        "assess": "engine.assess",
        "deadline": "calendars.spans",
        "facts_of": "engine.assess",
        "inspect_register": "engine.inspection",
        "load_policy": "policy.loading.load",
        "next_change": "engine.when_next",
        "occurrences": "engine.schedules",
        "removal": "engine.removal",
        "shipped_policies": "policy.loading.find",
        "what_if": "engine.what_if",
    }
)
"""Where each name of the front door lives. It is fetched on first use, so that `import cme_rules` costs little."""


def __getattr__(name: str) -> object:
    """Fetch a name of the front door from its room."""
    if name not in _ROOMS:
        msg = f"module 'cme_rules' has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(import_module(f"cme_rules.{_ROOMS[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The names of the front door."""
    return __all__
