"""Answers that can be read aloud: what was found, why or why not, on what law, and what would change it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cme_rules.domain.verdict import Status, Verdict
from cme_rules.engine.readings import readings_of
from cme_rules.engine.result import Action, MissingFact
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.processes.machine import Refused
from cme_rules.render.asking import asked, people
from cme_rules.render.blocks import Block, Bullets, Document, Heading, Para
from cme_rules.render.changes import changes_of
from cme_rules.render.reasons import Reason, made_by, reasons_for
from cme_rules.render.sentences import FORCE, day, joined, sentence, under, whether
from cme_rules.render.view import View

if TYPE_CHECKING:
    from cme_rules.engine.assessment import Assessment

__all__ = ["explain_action", "explain_finding", "explain_refusal", "explanation"]


def explain_finding(
    result: "Assessment", name: str, *, form: str = "short", style: str = "text", reveal: bool = False
) -> str:
    """A finding in sentences: the answer and what made it; with `form="full"` the whole way, the law and our readings.

    `style` is "text", "markdown" or "html". The child's values are left out unless `reveal`.

    Raises UnknownName for a name the policy never gives, and ValueError for another form or style.
    """
    found = explanation(result, name, form=form)
    return (found.reveal() if reveal else found).in_style(style)


def explain_action(
    result: "Assessment", name: str, *, form: str = "short", style: str = "text", reveal: bool = False
) -> str:
    """An action in sentences: who must do what by when, or why nobody has to; otherwise as `explain_finding`."""
    return explain_finding(result, name, form=form, style=style, reveal=reveal)


def explain_refusal(refused: Refused, policy: Policy, *, style: str = "text") -> str:
    """Why an event of a case was not taken, from when it may be, and what to ask. The case's own days are left out."""
    title = f"Not taken: {refused.event.name.replace('_', ' ')}"
    blocks = tuple(_refusal(refused, policy))
    return View(title=title, make=lambda _: Document(blocks)).in_style(style)


def explanation(result: "Assessment", name: str, *, form: str = "full") -> View:
    """The explanation of a finding or an action, to be shown in a notebook or written in any style.

    Raises UnknownName for a name the policy never gives, and ValueError for another form.
    """
    if form not in ("short", "full"):
        msg = f"form: expected 'short' or 'full', found {form!r}"
        raise ValueError(msg)
    rule = next((each for each in result.law.rules if each.name == name), None)
    if rule is None:
        return _out_of_force(result, name)
    write: Callable[..., Iterator[Block]] = _short if form == "short" else _full
    return View(title=rule.title, make=lambda reveal: Document(tuple(write(result, rule, reveal=reveal))))


def _out_of_force(result: "Assessment", name: str) -> View:
    finding = result[name]
    waiting = finding.preview and result.law.policy.previews[finding.preview].title
    why = (
        f"it waits in law that is enacted and not in force: {waiting}"
        if waiting
        else "the law of that day has no such rule"
    )
    text = f"{finding.title} {under(finding.paragraphs)} is not judged on {day(result.on)}, because {why}."
    return View(title=finding.title, make=lambda _: Document((Para(text, strong="No."),)))


def _short(result: "Assessment", rule: Rule, *, reveal: bool) -> Iterator[Block]:
    yield _answer(result, rule, reveal=reveal)
    missing = _missing(result, rule)
    if missing:
        yield Para(" ".join(asked(fact, result.law.policy) for fact in missing[:_FEW]))
    if rule.judgement:
        yield Para(sentence(rule.judgement), strong="For a person to decide:")


_FEW = 3
"""Questions a short explanation puts."""


def _missing(result: "Assessment", rule: Rule) -> tuple[MissingFact, ...]:
    if rule.finding:
        return result[rule.finding].missing
    return next((each.missing for each in result.possible_actions if each.id == rule.name), ())


def _answer(result: "Assessment", rule: Rule, *, reveal: bool) -> Para:
    """The answer with its paragraph, and what made it."""
    verdict = result.why(rule.name).verdict
    made = made_by(reasons_for(rule, result.scope, reveal=reveal))
    where = under((rule.paragraph,))
    if rule.duty:
        return _of_duty(result, rule, verdict, made)
    about = rule.phrase.words or rule.title
    if verdict is Verdict.UNKNOWN:
        return Para(f"whether {whether(about)} {where}, {made}.", strong="We cannot say")
    said = about if verdict is Verdict.HOLDS else rule.phrase.denied
    made = f", {made}" if made else ""
    strong = "Yes." if verdict is Verdict.HOLDS else "No."
    return Para(sentence(f"{_on(result)} {said} {where}{made}"), strong=strong)


def _on(result: "Assessment") -> str:
    return f"On {day(result.on)}"


def _of_duty(result: "Assessment", rule: Rule, verdict: Verdict, made: str) -> Para:
    assert rule.duty is not None  # noqa: S101 - asked only of a rule that sets a duty
    who, force = people((rule.duty.role,), result.law.policy), FORCE[rule.duty.force]
    what = f"{rule.title[:1].lower()}{rule.title[1:]} {under((rule.paragraph,))}"
    if verdict is Verdict.UNKNOWN:
        return Para(f"whether {who} {force} do this: {what}, {made}.", strong="We cannot say")
    if verdict is Verdict.FAILS:
        return Para(f"Nothing is asked of {who} here: {what}, {made}.", strong="No.")
    action = next(each for each in result.actions if each.id == rule.name)
    made = f" This has arisen {made}." if made else ""
    return Para(f"{sentence(who)[:-1]} {force} do this: {what}. {_when(action)}{made}", strong="Yes.")


def _when(action: Action) -> str:
    """Where an action stands, as a sentence."""
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
        case _:
            return sentence(f"no day is set for it: {action.undated}" if action.undated else "no day is set for it")


_MAY_MOVE = ("proposed", "assumed", "projected")


def _full(result: "Assessment", rule: Rule, *, reveal: bool) -> Iterator[Block]:
    yield Heading(rule.title, 1)
    yield _answer(result, rule, reveal=reveal)
    steps = [text for reason in reasons_for(rule, result.scope, reveal=reveal) for text in _told(reason)]
    if steps:
        yield Heading("How that was reached")
        yield Bullets(tuple(dict.fromkeys(steps)))
    missing = _missing(result, rule)
    if missing:
        yield Heading("What to ask")
        yield Bullets(tuple(asked(fact, result.law.policy) for fact in missing))
    yield from _duty_parts(rule)
    yield from _on_paper(rule, result.law)
    yield from changes_of(result, rule, reveal=reveal)


def _told(reason: Reason) -> Iterator[str]:
    """A sentence for each thing that was made so by others, from the top down."""
    if reason.below:
        where = f" {under((reason.paragraph,))}" if reason.paragraph else ""
        yield sentence(f"{reason.clause}{where}, {made_by(reason.below)}")
        for each in reason.below:
            yield from _told(each)


def _duty_parts(rule: Rule) -> Iterator[Block]:
    if rule.weigh:
        yield Heading("What to weigh")
        yield Bullets(tuple(sentence(each) for each in rule.weigh))
    if rule.duty and rule.duty.if_not:
        yield Para(sentence(rule.duty.if_not), strong="If it is not done:")
    if rule.judgement:
        yield Para(sentence(rule.judgement), strong="For a person to decide:")


def _on_paper(rule: Rule, law: Law) -> Iterator[Block]:
    """The paragraphs, the law of the day, and each reading."""
    yield Heading("What it rests on")
    yield Bullets(tuple(_paragraph(name, law) for name in dict.fromkeys(rule.paragraphs)))
    if rule.conflict:
        yield Para(sentence(rule.conflict), strong="It differs from another rule:")
    if rule.unverified:
        yield Para("The source of this rule was not seen by those who wrote it down.", strong="Not checked.")
    readings = readings_of(rule, law)
    if readings:
        yield Heading("How we read it")
        yield Bullets(tuple(f"{each.paragraph}: {sentence(each.text)}" for each in readings))


def _paragraph(name: str, law: Law) -> str:
    paragraph = law.policy.paragraphs[name]
    source = law.policy.sources[paragraph.source]
    standing = "in force" if source.in_force(law.on) else "NOT in force"
    return f"{name}, {sentence(paragraph.gist)} ({source.title}; {standing} on {day(law.on)}.)"


def _refusal(refused: Refused, policy: Policy) -> Iterator[Block]:
    where = f" {under((refused.paragraph,))}" if refused.paragraph else ""
    yield Para(f"This event was not taken{where}: {sentence(refused.reason)}", strong="No.")
    if refused.first_lawful_day:
        yield Para(f"The first day on which it may be is {day(refused.first_lawful_day)}.")
    if refused.missing:
        yield Para(" ".join(asked(fact, policy) for fact in refused.missing))
    if refused.possible:
        names = joined([name.replace("_", " ") for name in refused.possible], "or")
        yield Para(sentence(f"what could happen here instead: {names}"))
