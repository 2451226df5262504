"""A graph as Mermaid text, for places that draw it themselves: README files, wikis, notebooks."""

import re
from collections.abc import Iterator

from cme_rules.render.graph import Box, Graph

__all__ = ["as_flowchart", "as_state_diagram"]

_RISKY = re.compile(r'[";#<>{}|`:\[\]]')
_REPLACED = {'"': "'", ";": ",", ":": " -", "[": "(", "]": ")", "{": "(", "}": ")"}


def as_state_diagram(graph: Graph) -> str:
    """A process as a Mermaid state diagram; what was put together is dashed, and says so."""
    return "\n".join(_states(graph)) + "\n"


def as_flowchart(graph: Graph) -> str:
    """A rule's questions as a Mermaid flowchart."""
    return "\n".join(_questions(graph)) + "\n"


def _states(graph: Graph) -> Iterator[str]:
    names = {box.id: f"s{place}" for place, box in enumerate(graph.boxes)}
    yield "stateDiagram-v2"
    yield "    classDef madeByUs stroke-dasharray: 6 4"
    for box in graph.boxes:
        yield f'    state "{_label(box)}" as {names[box.id]}'
        if box.first:
            yield f"    [*] --> {names[box.id]}"
    for arrow in graph.arrows:
        yield f"    {names[arrow.source]} --> {names[arrow.target]}: {_safe('<br>'.join(arrow.lines))}"
    for box in graph.boxes:
        if box.kind == "end":
            yield f"    {names[box.id]} --> [*]"
        if box.dashed:
            yield f"    class {names[box.id]} madeByUs"


def _questions(graph: Graph) -> Iterator[str]:
    names = {box.id: f"q{place}" for place, box in enumerate(graph.boxes)}
    yield "flowchart TD"
    for box in graph.boxes:
        begin, end = ('(["', '"])') if box.kind == "end" else ('["', '"]')
        yield f"    {names[box.id]}{begin}{_label(box)}{end}"
    for arrow in graph.arrows:
        said = f"|{_safe('<br>'.join(arrow.lines))}|" if arrow.lines else ""
        yield f"    {names[arrow.source]} -->{said} {names[arrow.target]}"


def _label(box: Box) -> str:
    return _safe("<br>".join((box.heading, *box.lines)))


def _safe(text: str) -> str:
    """A text without the signs that mean something in Mermaid; breaks between lines stay."""
    return "<br>".join(_RISKY.sub(lambda found: _REPLACED.get(found[0], ""), part) for part in text.split("<br>"))
