"""A whole answer, and a case's standing, as tables: what was found, what is due, what to ask."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Status, Verdict
from cme_rules.engine.readings import facts_behind
from cme_rules.engine.reasons import answer_to, made_by
from cme_rules.engine.result import Action, Finding
from cme_rules.engine.sentences import FORCE, STATUS, VERDICT, day, joined, sentence
from cme_rules.policy.model.policy import Policy
from cme_rules.processes.position import Next, Position
from cme_rules.render.asking import asked, people
from cme_rules.render.blocks import Block, Bullets, Document, Fold, Heading, Para, Picture, Table
from cme_rules.render.timeline import draw_timeline

if TYPE_CHECKING:
    from cme_rules.engine.assessment import Assessment

__all__ = ["assessment_document", "position_document"]

CLASSES = {"Yes": "yes", "No": "no", "Not known": "unknown"}


def assessment_document(result: "Assessment", *, reveal: bool = False) -> Document:
    """An assessment as tables. The child's facts are a table of their own, and only with `reveal`."""
    return Document(tuple(_of_assessment(result, reveal=reveal)))


def _of_assessment(result: "Assessment", *, reveal: bool) -> Iterator[Block]:
    policy, found = result.law.policy, list(result.findings.values())
    untouched = {each.name for each in found if each.verdict is Verdict.UNKNOWN and not _touched(each.name, result)}
    shown = [each for each in found if each.verdict is not Verdict.FAILS and each.name not in untouched]
    yield Heading(f"{policy.title}, on {day(result.on)}", 1)
    if reveal:
        yield _facts(result)
    yield _findings("Findings that hold or are not known", shown, result)
    fails = [each for each in found if each.verdict is Verdict.FAILS]
    if fails:
        yield Fold(
            summary=f"{len(fails)} findings do not hold", blocks=(_findings("Findings that fail", fails, result),)
        )
    if untouched:
        yield Para(f"Nothing was said that bears on {len(untouched)} other findings.")
    if result.actions:
        yield _actions("Actions that have arisen", result.actions, policy)
    yield from _questions(shown, policy)


def _questions(found: list[Finding], policy: Policy) -> Iterator[Block]:
    """What to ask whom, and how many answers wait for it: first what most of them wait for."""
    waiting = Counter(fact for each in found for fact in each.missing if fact.name)
    rows = tuple(
        (fact.question, sentence(people(fact.knows, policy))[:-1], str(count)) for fact, count in waiting.most_common()
    )
    if not rows:
        return
    columns = ("Question", "Who would know", "Findings that wait for it")
    yield Table(caption="What to ask first", columns=columns, rows=rows[:_MOST_ASKED])
    if rows[_MOST_ASKED:]:
        table = Table(caption="What else to ask", columns=columns, rows=rows[_MOST_ASKED:])
        yield Fold(summary=f"{len(rows) - _MOST_ASKED} more questions", blocks=(table,))


_MOST_ASKED = 10
"""Questions that are not folded away."""


def _touched(name: str, result: "Assessment") -> bool:
    """Whether any fact behind a finding was given."""
    return not facts_behind(result.law.findings[name].when, result.law).isdisjoint(result.facts)


def _findings(caption: str, found: list[Finding], result: "Assessment") -> Table:
    rows = [
        (
            each.title,
            VERDICT[each.verdict],
            _made(each, result),
            result.law.policy.cite(each.paragraphs[0]),
        )
        for each in found
    ]
    columns = ("Finding", "Answer", "Because", "Where it stands")
    return Table(caption=caption, columns=columns, rows=tuple(rows), classes=CLASSES)


def _made(finding: Finding, result: "Assessment") -> str:
    made = made_by(answer_to(result.law.findings[finding.name], result.scope).reasons)
    return sentence(made.removeprefix("because ").replace(", because ", ", ").replace(", and because ", ", and "))


def _actions(caption: str, actions: tuple[Action, ...], policy: Policy) -> Table:
    ordered = sorted(actions, key=lambda each: (each.due or date.max, each.id))
    rows = tuple(
        (
            each.title,
            policy.roles[each.role].title if each.role in policy.roles else each.role,
            FORCE[each.force],
            _standing(each),
            policy.cite(each.paragraphs[0]),
        )
        for each in ordered
    )
    return Table(caption=caption, columns=("Action", "Who", "Force", "By when", "Where it stands"), rows=rows)


def _standing(each: Action) -> str:
    if each.status is Status.UPCOMING and each.first_lawful_day:
        return f"not before {day(each.first_lawful_day)}"
    if each.due and each.status in (Status.DUE, Status.OVERDUE):
        return f"{STATUS[each.status]}, last day {day(each.due)}"
    return STATUS[each.status]


def _facts(result: "Assessment") -> Table:
    policy = result.law.policy
    rows = tuple((policy.facts[name].ask, _value(value), name) for name, value in result.facts.items())
    return Table(caption="What was given", columns=("Question", "Answer", "Name in a program"), rows=rows)


def _value(value: Any) -> str:  # noqa: ANN401 - a fact's value is of the kind its policy declares
    if value is NEVER:
        return "never"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day(value) if isinstance(value, date) else str(value).replace("_", " ")


def position_document(found: Position, *, reveal: bool = False) -> Document:
    """Where a case stands, as tables and a line of time. The case's own days are there only with `reveal`."""
    return Document(tuple(_of_position(found, reveal=reveal)))


def _of_position(found: Position, *, reveal: bool) -> Iterator[Block]:
    yield Heading(f"{found.case.process.title}, on {day(found.on)}", 1)
    owners = joined([_role(role, found.policy) for role in found.state.owners])
    yield Para(sentence(found.state.title), strong="Stands at:")
    if owners:
        yield Para(sentence(owners), strong="Waits for:")
    svg = draw_timeline(found, reveal=reveal)
    yield Picture(svg=svg, words=f"{len(found.history.taken)} events were taken, {len(found.history.refused)} refused.")
    rows = tuple(
        (each.title, joined([_role(role, found.policy) for role in each.roles]), FORCE[each.force], _lawful(each))
        for each in found.next
    )
    if rows:
        yield Table(caption="What may happen next", columns=("Event", "Who", "Force", "From when"), rows=rows)
    questions = dict.fromkeys(fact for each in found.next for fact in each.missing)
    if questions:
        yield Heading("What to ask")
        yield Bullets(tuple(asked(fact, found.policy) for fact in questions))


def _role(role: str, policy: Policy) -> str:
    return policy.roles[role].title if role in policy.roles else role.replace("_", " ")


def _lawful(each: Next) -> str:
    until = f", until {day(each.last_lawful_day)}" if each.last_lawful_day else ""
    if each.why:
        return f"day not known: {each.why}{until}"
    if each.verdict is Verdict.UNKNOWN:
        return f"not known whether it may{until}"
    if each.first_lawful_day and not each.lawful_now:
        return f"from {day(each.first_lawful_day)}{until}"
    return f"now{until}"
