"""Why an event of a case was not taken, from when it may be, and what could happen instead."""

from collections.abc import Iterator

from cme_rules.engine.sentences import day, noted, sentence, spaced
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Process
from cme_rules.processes.machine import Refused
from cme_rules.render.asking import asked_of_each
from cme_rules.render.blocks import Block, Bullets, Document, Heading, Para
from cme_rules.render.view import View

__all__ = ["explain_refusal"]


def explain_refusal(refused: Refused, policy: Policy, *, form: str = "short", style: str = "text") -> str:
    """Why an event of a case was not taken, from when it may be, and what to ask; "full" adds what it rests on.

    The case's own days are left out.

    Raises ValueError for another form or style.
    """
    if form not in ("short", "full"):
        msg = f"form: expected 'short' or 'full', found {form!r}"
        raise ValueError(msg)
    process = _process_of(refused, policy)
    title = f"Not taken: {_title(refused.event.name, process)}"
    blocks = tuple(_refusal(refused, process, policy))
    rests = tuple(_on_paper(refused, policy)) if form == "full" else ()
    return View(title=title, make=lambda _: Document((*blocks, *rests))).in_style(style)


def _process_of(refused: Refused, policy: Policy) -> Process | None:
    """The process the event was meant for: the one that knows its state, and the event where it is known at all."""
    known = [each for each in policy.processes.values() if refused.state in each.states]
    return next((each for each in known if refused.event.name in each.events), known[0] if known else None)


def _title(event: str, process: Process | None) -> str:
    return process.events[event].title if process and event in process.events else spaced(event)


def _refusal(refused: Refused, process: Process | None, policy: Policy) -> Iterator[Block]:
    said = f"“{_title(refused.event.name, process)}” cannot be recorded here"
    cited = policy.cite(refused.paragraph) if refused.paragraph else ""
    yield Para(sentence(f"{noted(said, cited)}, because {refused.reason}"), strong="No.")
    if refused.first_lawful_day:
        yield Para(f"The first day on which it may be recorded is {day(refused.first_lawful_day)}.")
    for question in asked_of_each(refused.missing, policy):
        yield Para(question)
    if refused.possible:
        yield Para("What could happen here:")
        yield Bullets(tuple(sentence(_title(name, process)) for name in refused.possible))


def _on_paper(refused: Refused, policy: Policy) -> Iterator[Block]:
    if refused.paragraph:
        yield Heading("What it rests on")
        yield Bullets((f"{policy.cite(refused.paragraph)}: {sentence(policy.paragraphs[refused.paragraph].gist)}",))
