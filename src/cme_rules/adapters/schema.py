"""JSON Schemas (draft 2020-12) of what goes into an assessment and what comes out, for programs that check both."""

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from cme_rules.conditions.kinds import Base
from cme_rules.domain.verdict import Force, Status, Verdict
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy

__all__ = ["assessment_schema", "facts_schema"]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_FACT_DAY = {"type": "string", "format": "date", "pattern": r"^(19|20|21)\d{2}-\d{2}-\d{2}$"}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_TRUTH = {"type": "boolean"}
_NULL = {"type": "null"}


def facts_schema(policy: Policy) -> dict[str, Any]:
    """The schema of a child's flat facts by a policy: nothing is required, and null says that a fact is unknown."""
    return {
        "$schema": _DRAFT,
        "title": f"The facts about a child that policy {policy.id} can use",
        "description": "As at the close of the day assessed. A fact that is left out, or null, is unknown.",
        "type": "object",
        "properties": {name: _fact(fact) for name, fact in policy.facts.items()},
        "additionalProperties": False,
    }


def _fact(fact: FactSpec) -> dict[str, Any]:
    return {"description": fact.ask, **_value(fact)}


def _value(fact: FactSpec) -> dict[str, Any]:
    match fact.kind.base:
        case Base.BOOL:
            return {"type": ["boolean", "null"]}
        case Base.INT:
            lowest = {} if fact.minimum is None else {"minimum": fact.minimum}
            return {"type": ["integer", "null"], "title": f"a number ({fact.kind.unit})", **lowest}
        case Base.DATE:
            never = [{"const": False, "description": "known not to have happened"}] if fact.can_be_never else []
            return {"anyOf": [_FACT_DAY, *never, _NULL]}
        case Base.TEXT:
            if fact.kind.words is None:
                return {"type": ["string", "null"], "minLength": 1}
            return {"enum": [*fact.kind.words, None]}
        case Base.SPAN:  # pragma: no cover - no fact is a span
            return {}
        case _:
            assert_never(fact.kind.base)


def assessment_schema(policy: Policy | None = None) -> dict[str, Any]:
    """The schema of an assessment as JSON; with a policy, of that policy's findings and actions only.

    `reference` or `line` names the child in a file of many; `facts` is there only where values were asked for.
    """
    findings = {rule.finding: None for rule in policy.rules if rule.finding} if policy else {}
    actions = list(dict.fromkeys(rule.duty.action for rule in policy.rules if rule.duty)) if policy else []
    named: dict[str, Any] = {"propertyNames": {"enum": list(findings)}} if policy else {}
    parts: dict[str, Any] = {
        "policy": {"const": policy.id} if policy else _TEXT,
        "on": {**_DAY, "description": "The day assessed; the facts are as at its close."},
        "law_as_of": {**_DAY, "description": "The day whose law was applied."},
        "preview": {**_TEXTS, "description": "Enacted law judged by though it is not in force."},
        "findings": {"type": "object", "additionalProperties": _finding(), **named},
        "actions": {"type": "array", "items": _action(actions)},
        "possible_actions": {"type": "array", "items": _action(actions)},
        "missing": {"type": "array", "items": _record(name=_TEXT, question=_TEXT, knows=_TEXTS)},
        "readings": {"type": "array", "items": _record(paragraph=_TEXT, text=_TEXT)},
    }
    extra = {
        "reference": {"type": ["string", "integer"], "description": "The caller's own name for the child."},
        "line": {"type": "integer", "minimum": 1, "description": "The line of a child without a reference."},
        "facts": {"type": "object", "description": "The facts as given, where values were asked for."},
    }
    whose = f" by policy {policy.id}" if policy else ""
    return {"$schema": _DRAFT, "title": f"The assessment of a child{whose}", **_record(parts, extra)}


def _finding() -> dict[str, Any]:
    return _record(
        verdict=_one_of(verdict.value for verdict in Verdict),
        title=_TEXT,
        paragraphs={**_TEXTS, "minItems": 1},
        because={**_TEXTS, "description": "The clauses that made the verdict."},
        missing={**_TEXTS, "description": "The facts that would settle an unknown, or why it cannot be settled."},
        judgement={**_TEXT, "description": "What stays with a person whatever the verdict."},
        conflict=_TEXT,
        unverified=_TRUTH,
        preview=_TEXT,
    )


def _action(ids: list[str]) -> dict[str, Any]:
    day_or_none = {"anyOf": [_DAY, _NULL]}
    return _record(
        id={"enum": ids} if ids else _TEXT,
        title=_TEXT,
        role=_TEXT,
        force=_one_of(force.value for force in Force),
        due={**day_or_none, "description": "The last day for it, included."},
        first_lawful_day={**day_or_none, "description": "The first day on which it may be done."},
        status=_one_of(status.value for status in Status),
        certainty=_TEXT,
        undated={**_TEXT, "description": "Why there is no last day."},
        trigger=_one_of(verdict.value for verdict in Verdict),
        paragraphs={**_TEXTS, "minItems": 1},
        weigh=_TEXTS,
        judgement=_TEXT,
        conflict=_TEXT,
        if_not=_TEXT,
        unverified=_TRUTH,
        preview=_TEXT,
        missing=_TEXTS,
    )


def _one_of(words: Iterable[str]) -> dict[str, Any]:
    return {"enum": list(words)}


def _record(
    required: Mapping[str, Any] | None = None,
    optional: Mapping[str, Any] | None = None,
    **parts: Any,  # noqa: ANN401 - a schema is plain JSON
) -> dict[str, Any]:
    """An object with exactly these parts."""
    needed = {**(required or {}), **parts}
    return {
        "type": "object",
        "properties": {**needed, **(optional or {})},
        "required": list(needed),
        "additionalProperties": False,
    }
