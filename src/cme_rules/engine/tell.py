"""An assessment as text for a person: what holds, what is due, what is not known and who would know it."""

from collections.abc import Iterator
from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING, Any

from cme_rules.domain.verdict import Force, Status, Verdict
from cme_rules.engine.readings import facts_behind
from cme_rules.engine.reasons import Reason, answer_to
from cme_rules.engine.result import Action, Finding, MissingFact
from cme_rules.engine.sentences import day, noted, sentence, whether
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Rule

if TYPE_CHECKING:
    from cme_rules.engine.assessment import Assessment

__all__ = ["in_words", "tell", "touched"]

_Notes = dict[Any, Any]
_WIDTH = 100
_SAID = {Verdict.HOLDS: "yes", Verdict.FAILS: "no", Verdict.UNKNOWN: "not known"}
_STATUS = {
    Status.DUE: "due",
    Status.OVERDUE: "OVERDUE",
    Status.UPCOMING: "not before",
    Status.DISCHARGED: "done",
    Status.UNDATED: "no date set",
}
_FORCE = {
    Force.MUST: "must",
    Force.MUST_NOT: "must not",
    Force.SHOULD: "should",
    Force.MAY: "may",
    Force.CONSIDER: "is to consider",
}


def in_words(verdict: Verdict) -> str:
    """A verdict as a person says it: yes, no, not known."""
    return _SAID[verdict]


def tell(result: "Assessment", name: str = "", *, reveal: bool = False) -> str:
    """The whole answer, or why one finding or action is as it is when it is named.

    A name that a program would ask by stands in square brackets behind the words it stands for.
    """
    lines = _one(result, name, reveal=reveal) if name else _all(result)
    return "\n".join(lines)


def _all(result: "Assessment") -> Iterator[str]:
    law, findings, notes = result.law, result.findings, result.assessor.moment.notes
    yield f"{law.policy.title}, on {day(law.on)}"
    yield from _of_verdict(findings, Verdict.HOLDS, "Yes", notes)
    unasked = _unasked(result)
    open_ones = {name: finding for name, finding in findings.items() if name not in unasked}
    yield from _of_verdict(open_ones, Verdict.UNKNOWN, "Not known", notes)
    denied = [finding.title for finding in findings.values() if finding.verdict is Verdict.FAILS]
    yield from ("", "No", _wrapped("; ".join(denied))) if denied else ()
    titles = [findings[name].title for name in unasked]
    yield from ("", "Nothing was said that bears on", _kept("; ".join(titles), notes)) if unasked else ()
    yield from _doing(result.actions, "Actions", law)
    possible = [each for each in result.possible_actions if touched(each.id, result)]
    yield from _doing(tuple(possible), "Actions that may have arisen", law)
    asked = dict.fromkeys(fact for finding in open_ones.values() for fact in finding.missing)
    yield from _asking(tuple(asked), law, notes)
    yield from ("", "Our readings", *(_kept(f"{each.paragraph}: {each.text}", notes) for each in result.readings))


def _unasked(result: "Assessment") -> list[str]:
    """The unknown findings of which not one fact was given: to list every question would bury the ones that matter."""
    unknown = [name for name, verdict in result.verdicts().items() if verdict is Verdict.UNKNOWN]
    return [name for name in unknown if not touched(name, result)]


def touched(name: str, result: "Assessment") -> bool:
    """Whether any fact behind a finding or action was given."""
    behind: dict[str, frozenset[str]] = result.assessor.moment.notes.setdefault("behind", {})
    if name not in behind:
        behind[name] = facts_behind(result.rule(name).when, result.law)
    return not behind[name].isdisjoint(result.facts)


def _of_verdict(findings: dict[str, Finding], verdict: Verdict, heading: str, notes: _Notes) -> Iterator[str]:
    chosen = [finding for finding in findings.values() if finding.verdict is verdict]
    if not chosen:
        return
    yield from ("", heading)
    for finding in chosen:
        yield _kept(f"{finding.title} ({', '.join(finding.paragraphs)}) [{finding.name}]{_marks(finding)}", notes)
        if finding.judgement:
            yield _kept(f"for a person to decide: {finding.judgement}", notes, deeper=True)


def _marks(thing: Finding | Action) -> str:
    marks = []
    if thing.preview:
        marks.append("enacted, not in force")
    if thing.unverified:
        marks.append("source not seen")
    if thing.conflict:
        marks.append(f"differs: {thing.conflict}")
    return f" [{'; '.join(marks)}]" if marks else ""


def _doing(actions: tuple[Action, ...], heading: str, law: Law) -> Iterator[str]:
    if not actions:
        return
    yield from ("", heading)
    for each in sorted(actions, key=lambda action: (action.due or date.max, action.id)):
        yield _wrapped(f"{_when(each)}: {_who(each.role, law)} {_FORCE[each.force]}: {_task(each)}{_marks(each)}")
        if each.weigh:
            yield _wrapped(f"to weigh: {'; '.join(each.weigh)}", deeper=True)


def _task(action: Action) -> str:
    return f"{action.title} ({', '.join(action.paragraphs)})"


def _when(action: Action) -> str:
    said = _STATUS[action.status]
    if action.status is Status.UPCOMING and action.first_lawful_day:
        return f"{said} {day(action.first_lawful_day)}"
    if action.status in (Status.DUE, Status.OVERDUE) and action.due:
        return f"{said} by {day(action.due)}" if action.status is Status.DUE else f"{said} since {day(action.due)}"
    return said


def _who(role: str, law: Law) -> str:
    known = law.policy.roles.get(role)
    return known.title if known else role.replace("_", " ")


def _asking(missing: tuple[MissingFact, ...], law: Law, notes: _Notes) -> Iterator[str]:
    if not missing:
        return
    yield from ("", "To ask")
    for fact in missing:
        who = ", ".join(_who(role, law) for role in fact.knows)
        yield _kept(f"{fact.question} ({who}) [{fact.name}]" if fact.name else sentence(fact.question), notes)


def _one(result: "Assessment", name: str, *, reveal: bool) -> Iterator[str]:
    rule, law, notes = result.rule(name), result.law, result.assessor.moment.notes
    answer = answer_to(rule, result.scope, reveal=reveal)
    yield f"{rule.title}, on {day(result.on)}: {in_words(answer.verdict)}"
    said = answer.said
    if answer.verdict is Verdict.UNKNOWN:
        said = f"we cannot say whether {whether(said)}"
    yield from (
        "",
        f"{said[:1].upper()}{noted(said[1:], law.policy.cite(rule.paragraph))}{_since(answer.reasons, answer.verdict)}",
    )
    yield from (line for each in answer.reasons for line in _made(each, 0, law))
    yield from _law_behind(rule.paragraphs, law, notes)
    if answer.verdict is Verdict.UNKNOWN and name in result:
        yield from _asking(result[name].missing, law, notes)
    yield from _closing(rule, result)


def _closing(rule: Rule, result: "Assessment") -> list[str]:
    """Our readings, and what is left to a person: the same for every child."""
    notes = result.assessor.moment.notes
    kept: dict[str, list[str]] = notes.setdefault("closing", {})
    if rule.id not in kept:
        readings = result[rule.finding].readings if rule.finding else rule.readings
        lines = ["", "Our readings", *(_kept(text, notes) for text in readings)] if readings else []
        lines += ["", _kept(f"For a person to decide: {rule.judgement}", notes)] if rule.judgement else []
        kept[rule.id] = lines
    return kept[rule.id]


def _made(reason: Reason, depth: int, law: Law) -> Iterator[str]:
    """A reason, and below it what made it so in turn."""
    words = whether(reason.shown) if reason.verdict is Verdict.UNKNOWN else reason.shown
    since = _since(reason.below, reason.verdict) if reason.below else ""
    yield f"{'  ' * depth}- {noted(words, reason.paragraph and law.policy.cite(reason.paragraph))}{since}"
    for below in reason.below:
        yield from _made(below, depth + 1, law)


def _since(reasons: tuple[Reason, ...], verdict: Verdict) -> str:
    """How a clause goes on to its reasons; without any, it is what was said of the child, or what nobody said."""
    if verdict is Verdict.UNKNOWN:
        return ", because we do not know whether" if reasons else ", because nobody has said"
    return ", because" if reasons else ", because we were told so"


def _law_behind(paragraphs: tuple[str, ...], law: Law, notes: _Notes) -> list[str]:
    """The paragraphs with their sources, and a warning where a source is no longer, or not yet, in force."""
    kept: dict[tuple[str, ...], list[str]] = notes.setdefault("law behind", {})
    if paragraphs not in kept:
        kept[paragraphs] = ["", "Rests on", *_cited(paragraphs, law, notes)]
    return kept[paragraphs]


def _cited(paragraphs: tuple[str, ...], law: Law, notes: _Notes) -> Iterator[str]:
    for name in paragraphs:
        paragraph = law.policy.paragraphs[name]
        source = law.policy.sources[paragraph.source]
        stale = "" if source.in_force(law.on) else f" [not in force on {day(law.on)}]"
        yield _kept(f"{name}: {paragraph.gist} ({source.title}{stale})", notes)


def _kept(text: str, notes: _Notes, *, deeper: bool = False) -> str:
    """A text that says nothing of the child, wrapped once for everybody."""
    kept: dict[tuple[str, bool], str] = notes.setdefault("wrapped", {})
    if (text, deeper) not in kept:
        kept[text, deeper] = _wrapped(text, deeper=deeper)
    return kept[text, deeper]


def _wrapped(text: str, *, deeper: bool = False) -> str:
    indent = "      " if deeper else "  "
    return fill(text, width=_WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
