"""An assessment as plain data: the stable form other programs read."""

from typing import TYPE_CHECKING, Any

from cme_rules.engine.result import Action, Finding, MissingFact

if TYPE_CHECKING:
    from cme_rules.engine.assessment import Assessment

__all__ = ["unload"]


def unload(result: "Assessment") -> dict[str, Any]:
    """The dict of an assessment: text, lists and dicts only; days as YYYY-MM-DD; nothing of the child's facts."""
    return {
        "policy": result.law.policy.id,
        "on": result.on.isoformat(),
        "law_as_of": result.on.isoformat(),
        "preview": list(result.law.preview),
        "findings": {name: _finding(finding, result) for name, finding in result.findings.items()},
        "actions": [_action(each) for each in result.actions],
        "possible_actions": [_action(each) for each in result.possible_actions],
        "missing": [_missing(fact) for fact in result.missing],
        "readings": [{"paragraph": reading.paragraph, "text": reading.text} for reading in result.readings],
    }


def _finding(finding: Finding, result: "Assessment") -> dict[str, Any]:
    return {
        "verdict": finding.verdict.value,
        "title": finding.title,
        "paragraphs": list(finding.paragraphs),
        "because": list(result.because(finding.name)),
        "missing": [fact.name or fact.question for fact in finding.missing],
        "judgement": finding.judgement,
        "conflict": finding.conflict,
        "unverified": finding.unverified,
        "preview": finding.preview,
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "title": action.title,
        "role": action.role,
        "force": action.force.value,
        "due": action.due.isoformat() if action.due else None,
        "first_lawful_day": action.first_lawful_day.isoformat() if action.first_lawful_day else None,
        "status": action.status.value,
        "certainty": action.certainty,
        "undated": action.undated,
        "trigger": action.trigger.value,
        "paragraphs": list(action.paragraphs),
        "weigh": list(action.weigh),
        "judgement": action.judgement,
        "conflict": action.conflict,
        "if_not": action.if_not,
        "unverified": action.unverified,
        "preview": action.preview,
        "missing": [fact.name or fact.question for fact in action.missing],
    }


def _missing(fact: MissingFact) -> dict[str, Any]:
    return {"name": fact.name, "question": fact.question, "knows": list(fact.knows)}
