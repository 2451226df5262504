"""Who must, should or may do what by when, as sentences; and what is so when nobody has to."""

from types import MappingProxyType

from cme_rules.domain.verdict import Force, Status, Verdict
from cme_rules.engine.result import Action
from cme_rules.engine.sentences import FORCE, day, lowered, noted, sentence
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.render.asking import people

__all__ = ["duty_said", "when_due"]

_NOT = MappingProxyType(
    {
        Force.MUST: "does not have to",
        Force.MUST_NOT: "is not forbidden to",
        Force.SHOULD: "need not",
        Force.MAY: "is not allowed to",
        Force.CONSIDER: "does not have to consider whether to",
    }
)
_WEIGHS = ("consider ", "decide ", "judge ", "weigh ")
"""How a task begins that is itself to consider something."""
_MAY_MOVE = ("proposed", "assumed", "projected")


def duty_said(rule: Rule, verdict: Verdict, policy: Policy) -> tuple[str, str]:
    """How the answer to a duty begins: the words that matter most, and who has to do what, with its paragraph."""
    assert rule.duty is not None  # noqa: S101 - asked only of a rule that sets a duty
    who, force, cited = people((rule.duty.role,), policy), rule.duty.force, policy.cite(rule.paragraph)
    task = lowered(rule.title)
    forced, spared = FORCE[force], _NOT[force]
    if force is Force.CONSIDER and task.startswith(_WEIGHS):
        forced, spared = "is to", "does not have to"
    if verdict is Verdict.HOLDS:
        return "Yes.", noted(sentence(f"{who} {forced} {task}")[:-1], cited)
    if verdict is Verdict.FAILS:
        return "No.", f"Under {cited}, {who} {spared} {task}"
    return "We cannot say", noted(f"whether {who} {forced} {task}", cited)


def when_due(action: Action) -> str:
    """Where an action stands, as a sentence; nothing where no day could be set, because nothing has to be done."""
    match action.status:
        case Status.DISCHARGED:
            return "It is done."
        case Status.UPCOMING if action.first_lawful_day:
            last = f" and the last is {day(action.due)}" if action.due else ""
            return f"The first lawful day for it is {day(action.first_lawful_day)}{last}."
        case Status.OVERDUE if action.due:
            return f"Its last day was {day(action.due)}: it is overdue."
        case Status.DUE if action.due:
            provisional = f" That day is {action.certainty}: it may move." if action.certainty in _MAY_MOVE else ""
            return f"Its last day is {day(action.due)}.{provisional}"
        case Status.UNDATED if action.force in (Force.MAY, Force.MUST_NOT):
            return ""
        case _:
            return sentence(f"no day is set for it: {action.undated}" if action.undated else "no day is set for it")
