"""A whole policy as one page of its own: paragraph by paragraph, the rules in words, our readings, cases and checks.

What is known of the cases and checks is handed in: they belong to a room above this one.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from typing import TypeVar

from attrs import frozen

from cme_rules.engine.sentences import day, sentence, spaced
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.policy.model.sources import Paragraph
from cme_rules.render.blocks import Document, Para
from cme_rules.render.drawn import draw
from cme_rules.render.graph import Graph
from cme_rules.render.html import write_html, write_page, write_picture
from cme_rules.render.inspection_graph import inspection_graph
from cme_rules.render.page_parts import PAGE_STYLE, SEARCH, anchor, paragraph_readings, things_under
from cme_rules.render.policies import policy_document, rule_blocks
from cme_rules.render.process_graph import process_graph

__all__ = ["PageCase", "PageCheck", "policy_page"]


@frozen(kw_only=True)
class PageCase:
    """A test of the policy as the page tells it: its sentence, its day, and whether the policy answers as expected."""

    name: str
    paragraph: str
    on: date
    passed: bool


@frozen(kw_only=True)
class PageCheck:
    """Something the checks say of a rule or a paragraph: in words, and how it came out."""

    paragraph: str
    text: str
    answer: str


_Told = TypeVar("_Told", PageCase, PageCheck)


def policy_page(policy: Policy, *, cases: Iterable[PageCase] = (), checks: Iterable[PageCheck] = ()) -> str:
    """The page as HTML that needs nothing else: it searches, prints on A4, and fetches nothing."""
    tested, checked = _by_paragraph(cases), _by_paragraph(checks)
    body = [f"<style>{PAGE_STYLE}</style>", '<a class="skip" href="#paragraphs">Skip to the paragraphs</a>']
    body += ["<header>", write_html(policy_document(policy)), "</header>", _SEARCH_BOX, '<main id="paragraphs">']
    for source, listed in _sources(policy):
        heading = escape(policy.sources[source].title)
        body += [f'<section class="source" aria-label="{heading}"><h2>{heading}</h2>']
        for each in listed:
            body.extend(_paragraph(each, policy, tested.get(each.id, []), checked.get(each.id, [])))
        body.append("</section>")
    body += [*_processes(policy), "</main>"]
    return write_page(policy.title, "\n".join(body), script=SEARCH)


_SEARCH_BOX = (
    '<form class="search" role="search" onsubmit="return false"><label for="words">Search the paragraphs</label>'
    '<input id="words" type="search"><p id="shown" role="status"></p></form>'
)


def _by_paragraph(told: Iterable[_Told]) -> Mapping[str, list[_Told]]:
    found: dict[str, list[_Told]] = {}
    for each in told:
        found.setdefault(each.paragraph, []).append(each)
    return found


def _sources(policy: Policy) -> Iterator[tuple[str, list[Paragraph]]]:
    """The paragraphs source by source, those of the policy's own folder first."""
    found: dict[str, list[Paragraph]] = {}
    own_last = sorted(policy.paragraphs.values(), key=lambda each: each.pack != policy.id)
    for each in own_last:
        found.setdefault(each.source, []).append(each)
    yield from found.items()


def _paragraph(each: Paragraph, policy: Policy, cases: list[PageCase], checks: list[PageCheck]) -> Iterator[str]:
    rules = [rule for rule in policy.rules if rule.paragraph == each.id]
    yield f'<article class="paragraph" id="{anchor(each.id)}"><h3>{_number(each, policy)}</h3>'
    yield f'<p class="gist">{escape(sentence(each.gist))}</p><div class="sides"><div>'
    yield from (_rule(rule, policy) for rule in rules)
    yield write_html(Document(tuple(things_under(each.id, policy))))
    if not each.encoded:
        yield write_html(Document((Para(sentence(each.why), strong="Nothing is computed:"),)))
    yield "</div><div>"
    yield from _aside(each, policy, cases, checks)
    yield "</div></div></article>"


def _number(each: Paragraph, policy: Policy) -> str:
    """A paragraph's number as a heading; where it is cited in words, its id stands small beside it."""
    if policy.sources[each.source].cited:
        cited = policy.cite(each.id)
        return f"{escape(cited[:1].upper() + cited[1:])} <small>{escape(each.id)}</small>"
    return escape(f"{each.id} (printed as {each.printed_as})" if each.printed_as else each.id)


def _rule(rule: Rule, policy: Policy) -> str:
    blocks = tuple(block for block in rule_blocks(rule, policy) if not _is_reading(block))
    kind = "A finding" if rule.finding else "An action"
    named = f'<p class="name">{kind}; its name in a program is <code>{escape(rule.name)}</code></p>'
    return f"<h4>{escape(rule.title)}</h4>{named}{write_html(Document(blocks))}"


def _is_reading(block: object) -> bool:
    return isinstance(block, Para) and block.strong == "Our reading:"


def _aside(each: Paragraph, policy: Policy, cases: list[PageCase], checks: list[PageCheck]) -> Iterator[str]:
    """The other side of a paragraph: readings, cases, and what the checks say."""
    readings = tuple(paragraph_readings(each.id, policy))
    yield "<h4>How we read it</h4>"
    yield _listed(readings) if readings else "<p>As it stands.</p>"
    failed = [case for case in cases if not case.passed]
    yield "<h4>Cases</h4>"
    if cases:
        verdict = f"{len(failed)} of {len(cases)} FAIL" if failed else f"All {len(cases)} pass"
        items = tuple(f"{'Passes' if case.passed else 'FAILS'}: {case.name} ({day(case.on)})" for case in cases)
        yield f"<details><summary>{verdict}</summary>{_listed(items)}</details>"
    else:
        yield "<p>None.</p>"
    if checks:
        yield f"<h4>Checks</h4>{_listed(tuple(f'{spaced(check.answer)}: {check.text}' for check in checks))}"


def _listed(items: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def _processes(policy: Policy) -> Iterator[str]:
    graphs = {each.id: process_graph(each, policy) for each in policy.processes.values()}
    inspection = inspection_graph(policy.as_of(_latest(policy)))
    if inspection:
        graphs["register_inspection"] = inspection
    if graphs:
        yield '<section class="source" aria-label="Processes"><h2>Processes</h2>'
        for name, graph in graphs.items():
            yield from _drawn(name, graph)
        yield "</section>"


def _latest(policy: Policy) -> date:
    """The day on which the newest of the policy's rules began: the page shows the law as it came to stand."""
    return max((rule.since for rule in policy.rules if not rule.not_commenced), default=policy.since)


def _drawn(name: str, graph: Graph) -> Iterator[str]:
    """A picture for the screen, and the same in pieces for paper."""
    yield f'<article class="process" id="{anchor(name)}"><h3>{escape(graph.title)}</h3>'
    yield f"{write_picture(draw(graph), f'{graph.title}, as a picture')}</article>"
