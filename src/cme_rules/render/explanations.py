"""Answers that can be read aloud: what was found, why or why not, on what law, and what would change it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cme_rules.domain.verdict import Verdict
from cme_rules.engine.readings import readings_of
from cme_rules.engine.reasons import Answer, Reason, answer_to, made_by
from cme_rules.engine.result import MissingFact
from cme_rules.engine.sentences import day, is_long, noted, sentence, whether
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Rule
from cme_rules.render.asking import asked, asked_of_each
from cme_rules.render.blocks import Block, Bullets, Document, Heading, Para
from cme_rules.render.changes import changes_of
from cme_rules.render.duties import duty_said, when_due
from cme_rules.render.policies import limits_of
from cme_rules.render.view import View

if TYPE_CHECKING:
    from cme_rules.engine.assessment import Assessment

__all__ = ["explain_action", "explain_finding", "explanation"]


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
    finding, policy = result[name], result.law.policy
    waiting = finding.preview and policy.previews[finding.preview].title
    why = (
        f"it waits in law that is enacted and not in force: {waiting}"
        if waiting
        else "the law of that day has no such rule"
    )
    about = noted(finding.title, policy.cite(finding.paragraphs[0]))
    text = f"{about} is not judged on {day(result.on)}, because {why}."
    return View(title=finding.title, make=lambda _: Document((Para(text, strong="No."),)))


def _short(result: "Assessment", rule: Rule, *, reveal: bool) -> Iterator[Block]:
    yield from _answer(result, rule, reveal=reveal)
    questions = asked_of_each(_missing(result, rule), result.law.policy)
    if len(questions) == 1:
        yield Para(questions[0])
    elif questions:
        yield Para("To settle this:")
        yield _listed(questions, "questions")
    if rule.judgement:
        yield Para(sentence(rule.judgement), strong="For a person to decide:")


_FEW = 5
"""Things a short explanation lists."""


def _listed(items: list[str], what: str, most: int = _FEW) -> Bullets:
    """A list of a few things, and how many more there are."""
    more = len(items) - most
    return Bullets(tuple(items) if more <= 1 else (*items[:most], f"{more} other {what}"))


def _missing(result: "Assessment", rule: Rule) -> tuple[MissingFact, ...]:
    if rule.finding:
        return result[rule.finding].missing
    return next((each.missing for each in result.possible_actions if each.id == rule.name), ())


def _answer(result: "Assessment", rule: Rule, *, reveal: bool) -> Iterator[Block]:
    """The answer with its paragraph, and what made it: in one sentence where it can be heard, else as a list."""
    answer = answer_to(rule, result.scope, reveal=reveal)
    strong, said = _said(result, rule, answer)
    made = made_by(answer.reasons) or _as_said(answer)
    if not _is_too_long(answer.reasons):
        yield Para(f"{said}, {made}.", strong=strong)
    elif answer.verdict is Verdict.UNKNOWN:
        yield Para(f"{said}, because we do not know whether:", strong=strong)
        yield _listed([whether(each.shown) for each in answer.reasons], "things")
    else:
        yield Para(f"{said}, because:", strong=strong)
        yield Bullets(tuple(each.shown for each in answer.reasons))
    if rule.duty and answer.verdict is Verdict.HOLDS:
        due = when_due(next(each for each in result.actions if each.id == rule.name))
        yield from (Para(due),) if due else ()


def _as_said(answer: Answer) -> str:
    """Why, of an answer that is itself a fact."""
    return "because nobody has told us" if answer.verdict is Verdict.UNKNOWN else "because that is what we were told"


def _is_too_long(reasons: tuple[Reason, ...]) -> bool:
    """Whether the reasons cannot be heard apart in one sentence."""
    return len(reasons) > 1 and (len(reasons) > _IN_A_ROW or any(is_long(each.shown) for each in reasons))


_IN_A_ROW = 4
"""Plain reasons that one sentence holds."""


def _said(result: "Assessment", rule: Rule, answer: Answer) -> tuple[str, str]:
    """How an answer begins: the words that matter most, and the answer as a clause with its paragraph."""
    cited = result.law.policy.cite(rule.paragraph)
    if rule.duty:
        return duty_said(rule, answer.verdict, result.law.policy)
    if answer.verdict is Verdict.UNKNOWN:
        return "We cannot say", noted(f"whether {whether(answer.said)}", cited)
    strong = "Yes." if answer.verdict is Verdict.HOLDS else "No."
    return strong, noted(f"On {day(result.on)} {answer.said}", cited)


def _full(result: "Assessment", rule: Rule, *, reveal: bool) -> Iterator[Block]:
    yield Heading(rule.title, 1)
    yield from _answer(result, rule, reveal=reveal)
    reasons = answer_to(rule, result.scope, reveal=reveal).reasons
    steps = [text for reason in reasons for text in _told(reason, result.law)]
    if steps:
        yield Heading("How that was reached")
        yield Bullets(tuple(dict.fromkeys(steps)))
    missing = _missing(result, rule)
    if missing:
        yield Heading("What to ask")
        yield Bullets(tuple(asked(fact, result.law.policy) for fact in missing))
    yield from _duty_parts(rule, result.law)
    yield from _on_paper(rule, result.law)
    yield from changes_of(result, rule, reveal=reveal)


def _told(reason: Reason, law: Law) -> Iterator[str]:
    """A sentence for each thing that was made so by others, from the top down."""
    if reason.below:
        said = noted(reason.clause, reason.paragraph and law.policy.cite(reason.paragraph))
        yield sentence(f"{said}, {made_by(reason.below)}")
        for each in reason.below:
            yield from _told(each, law)


def _duty_parts(rule: Rule, law: Law) -> Iterator[Block]:
    if rule.weigh:
        yield Heading("What to weigh")
        yield Bullets(tuple(sentence(each) for each in rule.weigh))
    yield from (Para(text, strong=strong) for strong, text in limits_of(rule, law.phrases))
    if rule.judgement:
        yield Para(sentence(rule.judgement), strong="For a person to decide:")


def _on_paper(rule: Rule, law: Law) -> Iterator[Block]:
    """The paragraphs, the law of the day, and each reading."""
    yield Heading("What it rests on")
    yield Bullets(tuple(_paragraph(name, rule, law) for name in dict.fromkeys(rule.paragraphs)))
    if rule.conflict:
        yield Para(sentence(rule.conflict), strong="It differs from another rule:")
    if rule.unverified:
        yield Para("The source of this rule was not seen by those who wrote it down.", strong="Not checked.")
    readings = readings_of(rule, law)
    if readings:
        yield Heading("How we read it")
        yield Bullets(
            tuple(f"{_first_big(law.policy.cite(each.paragraph))}: {sentence(each.text)}" for each in readings)
        )


def _paragraph(name: str, rule: Rule, law: Law) -> str:
    paragraph = law.policy.paragraphs[name]
    source = law.policy.sources[paragraph.source]
    standing = "in force" if source.in_force(law.on) else "NOT in force"
    if rule.not_commenced and name == rule.paragraph:
        standing = "enacted, and NOT in force"
    cited = _first_big(law.policy.cite(name))
    return f"{cited}: {sentence(paragraph.gist)} Source: {source.title}; {standing} on {day(law.on)}."


def _first_big(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
