"""A child in a few lines, for files that hold many: what holds and why, what is to be done by when, what to ask."""

from collections.abc import Iterator
from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING

from cme_rules.domain.verdict import Force, Status, Verdict
from cme_rules.engine.tell import touched

if TYPE_CHECKING:
    from cme_rules.engine.assessment import Assessment
    from cme_rules.engine.result import Action

__all__ = ["in_brief", "open_questions"]

_WIDTH = 100
_MOST_ASKED = 12
_FORCE = {Force.MUST_NOT: "must not", Force.CONSIDER: "is to consider"}


def in_brief(result: "Assessment") -> Iterator[str]:
    """The findings that hold, each with its reasons; the actions, the most pressing first; what is not known."""
    for name, verdict in result.verdicts().items():
        if verdict is Verdict.HOLDS:
            rule = result.law.findings[name]
            because = "; ".join(result.because(name))
            yield _wrapped(f"yes: {name}: {rule.title} ({', '.join(rule.paragraphs)}), because {because}")
    for action in sorted(result.actions, key=lambda each: (each.due or date.max, each.id)):
        yield _wrapped(_said(action, result))
    unknown = open_questions(result)
    if unknown:
        yield _wrapped(f"not known: {', '.join(unknown)}")
        asked = dict.fromkeys(fact.name for name in unknown for fact in result[name].missing if fact.name)
        more = f" and {len(asked) - _MOST_ASKED} more" if len(asked) > _MOST_ASKED else ""
        yield _wrapped(f"to ask: {', '.join(list(asked)[:_MOST_ASKED])}{more}")


def open_questions(result: "Assessment") -> list[str]:
    """The unknown findings on which something given bears: the others would bury them."""
    unknown = [name for name, verdict in result.verdicts().items() if verdict is Verdict.UNKNOWN]
    return [name for name in unknown if touched(name, result)]


def _said(action: "Action", result: "Assessment") -> str:
    role = result.law.policy.roles.get(action.role)
    who = role.title if role else action.role.replace("_", " ")
    force = _FORCE.get(action.force, action.force.value)
    return f"{_when(action)}: {who} {force}: {action.title} ({', '.join(action.paragraphs)})"


def _when(action: "Action") -> str:
    match action.status:
        case Status.DUE | Status.OVERDUE if action.due:
            return f"{'OVERDUE since' if action.status is Status.OVERDUE else 'due by'} {action.due}"
        case Status.UPCOMING if action.first_lawful_day:
            return f"not before {action.first_lawful_day}"
        case Status.DISCHARGED:
            return "done"
        case _:
            return "no date set"


def _wrapped(text: str) -> str:
    return fill(text, width=_WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)
