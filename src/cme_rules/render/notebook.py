"""What a notebook shows of the library's values, and what `show(thing)` gives to look at anywhere.

A rule and a process cannot say to which policy they belong. `enable(policy, on=…)` tells the notebook, once for all.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.engine.assessment import Assessment
from cme_rules.engine.explain import Step
from cme_rules.engine.sentences import VERDICT, day, sentence, spaced
from cme_rules.engine.what_if import WhatIf
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.processes import Process
from cme_rules.policy.model.rules import Rule
from cme_rules.processes.position import Position
from cme_rules.render.alone import process_alone, rule_alone
from cme_rules.render.assessments import assessment_document, position_document
from cme_rules.render.blocks import Bullets, Document, Heading, Para, Table
from cme_rules.render.policies import calendar_document, policy_document, process_document, rule_document
from cme_rules.render.reports import report_document
from cme_rules.render.view import View

if TYPE_CHECKING:
    from datetime import date

__all__ = ["enable", "load_ipython_extension", "show"]


def show(thing: Any, *, policy: Policy | None = None, on: "date | None" = None) -> View:  # noqa: ANN401 - see below
    """Something of the library's, ready to be looked at: `.text`, `.markdown`, `.html`, and `.reveal()`.

    Shows an Assessment, a Position, a Step, a WhatIf, a Policy, a Law, a SchoolCalendar, and any report with
    `to_dict`. A Process is drawn where its `policy` is given, and a Rule where its `policy` and a day, `on`, are.

    Raises TypeError for anything else.
    """
    match thing:
        case Assessment():
            return View(title=repr(thing), make=lambda reveal: assessment_document(thing, reveal=reveal))
        case Position():
            return View(title=thing.case.process.title, make=lambda reveal: position_document(thing, reveal=reveal))
        case Process() if policy:
            return View(title=thing.title, make=lambda _: process_document(thing, policy))
        case Rule() if policy and on:
            return View(title=thing.title, make=lambda _: rule_document(thing, policy.as_of(on)))
        case Process():
            return View(title=thing.title, make=lambda _: process_alone(thing))
        case Rule():
            return View(title=thing.title, make=lambda _: rule_alone(thing))
        case _:
            return _plain(thing)


def _plain(thing: Any) -> View:  # noqa: ANN401 - whatever `show` was given
    """Things in which there is nothing of a child to hide, and which need nothing beside them."""
    makers: dict[type, Callable[[Any], Document]] = {
        Policy: policy_document,
        Law: _of_law,
        SchoolCalendar: calendar_document,
        Step: _of_step,
        WhatIf: _of_what_if,
    }
    make = makers.get(type(thing))
    if make is None and hasattr(thing, "to_dict"):
        make = report_document
    if make is None:
        msg = f"nothing is known about showing a {type(thing).__name__}"
        raise TypeError(msg)
    document = make(thing)
    return View(title=type(thing).__name__, make=lambda _: document)


def _of_law(law: Law) -> Document:
    rows = tuple((rule.title, rule.paragraph, rule.name, "finding" if rule.finding else "action") for rule in law.rules)
    table = Table(caption="Rules in force", columns=("Rule", "Paragraph", "Name", "Gives"), rows=rows)
    return Document((Heading(f"{law.policy.title}, as of {day(law.on)}", 1), table))


def _of_step(step: Step) -> Document:
    rows: list[tuple[str, str, str]] = []
    _steps(step, 0, rows)
    classes = {"Yes": "yes", "No": "no", "Not known": "unknown"}
    columns = ("Step", "Answer", "Paragraph")
    return Document((Table(caption=sentence(step.words), columns=columns, rows=tuple(rows), classes=classes),))


def _steps(step: Step, depth: int, rows: list[tuple[str, str, str]]) -> None:
    value = f" ({step.value})" if step.value else ""
    rows.append((f"{'– ' * depth}{step.words}{value}", VERDICT[step.verdict], step.paragraph))
    for below in step.steps:
        _steps(below, depth + 1, rows)


def _of_what_if(found: WhatIf) -> Document:
    title = f"{spaced(found.finding)}: {VERDICT[found.now].lower()} now, {VERDICT[found.wanted].lower()} if"
    ways = tuple(sentence(way.words) for way in found.ways)
    none = Para(f"No change of up to {found.most} facts gives that answer.")
    return Document((Heading(title), Bullets(ways) if ways else none))


def enable(policy: Policy | None = None, *, on: "date | None" = None, shell: Any = None) -> None:  # noqa: ANN401 - IPython's
    """Have a notebook draw processes by a policy, and rules by the law of a day. Call it once, in the first cell.

    Everything else shows itself, and a process or a rule as a table where nothing is said of its policy.

    Raises RuntimeError outside IPython.
    """
    formatter = (shell or _shell()).display_formatter.mimebundle_formatter
    bundle = _Bundle(policy=policy, on=on)
    for each in (Process, Rule):
        formatter.for_type(each, bundle)


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 - IPython's shell
    """What `%load_ext cme_rules.render` does: `enable()`."""
    enable(shell=shell)


@frozen(kw_only=True)
class _Bundle:
    """What a notebook is told to make of whatever a cell ends with."""

    policy: Policy | None
    on: "date | None"

    def __call__(self, thing: Any) -> dict[str, str]:  # noqa: ANN401 - as above
        return show(thing, policy=self.policy, on=self.on)._repr_mimebundle_()


def _shell() -> Any:  # noqa: ANN401 - IPython may be absent
    running = sys.modules.get("IPython")  # a notebook has imported it; nobody else needs it
    found = running.get_ipython() if running else None
    if found is None:
        msg = "enable() works inside a notebook or IPython; elsewhere use show(thing)"
        raise RuntimeError(msg)
    return found
