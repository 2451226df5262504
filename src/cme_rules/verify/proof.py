"""One question put to every cell, and its answer."""

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from cme_rules.conditions.nodes import Node
from cme_rules.engine.moment import Moment
from cme_rules.verify.cells import written_out
from cme_rules.verify.search import MOST_CELLS, Outcome, look_for
from cme_rules.verify.witness import Witness, witness

__all__ = ["ABOUT", "ANSWERS", "Proof", "holds_for_nobody"]

_SAID = {
    "excludes": "{0} and {1} are said to exclude one another, and may hold together (paragraphs {2} and {3})",
    "covers": "{0} is said to leave nobody out together with {1}, and there is a child for whom none holds "
    "(paragraphs {2} and {3})",
    "at_least": "{0} is said to ask for no less than {1}, and does (paragraphs {2} and {3})",
    "dead": "{0} can never hold: its condition is dead (paragraph {1})",
    "always": "{0} holds for every child: its condition decides nothing (paragraph {1})",
    "irrelevant": "{0} has a part without which it is the same for every child (paragraph {1})",
}
ABOUT = tuple(_SAID)
"""The sorts of question, in the order in which they are told."""

ANSWERS = ("proved", "broken", "open")
"""What may come of one."""


@frozen(kw_only=True)
class Proof:
    """One question put to every cell, and its answer: "proved", "broken" or "open" (with the reason).

    `about` is one of `ABOUT`; `rules` the ids of the rules it concerns; `witness` the child that breaks it.
    """

    about: str
    rules: tuple[str, ...]
    paragraphs: tuple[str, ...]
    answer: str
    cells: int = 0
    reason: str = ""
    witness: Witness | None = None

    def __str__(self) -> str:
        """The answer in a sentence or two, with the child that breaks it."""
        said = _SAID[self.about].format(*self.rules, *self.paragraphs)
        if self.answer == "broken":
            return f"{said}{f': {self.reason}' if self.reason else ''}{self.witness or ''}"
        return f"{said}: {self.answer}{f', {self.reason}' if self.reason else ''}"


def holds_for_nobody(about: str, tree_of: Iterable[tuple[Node, Moment]], **named: Any) -> Proof:  # noqa: ANN401
    """The proof that a condition holds for no child, on any of the days it is put to; `named` are the proof's others.

    Each is first asked with the findings it names taken to be free: that can only let more children in, and is often
    enough. It is broken only by a child that was worked out, and judged once more by the plain reading of the language.
    """
    cells, left_open = 0, ""
    for tree, moment in tree_of:
        search = look_for(tree, wanted=True, moment=moment)
        cells += search.cells
        if search.outcome is not Outcome.NONE:
            search = look_for(written_out(tree, moment.law), wanted=True, moment=moment)
            cells += search.cells
        if search.outcome is Outcome.FOUND:
            child = witness(search, tree, moment)
            if child.real:
                return Proof(about=about, answer="broken", cells=cells, witness=child, **named)
            left_open = f"it looks as if they could when {child.words}, but no such child was worked out"
        elif search.outcome is Outcome.TOO_MANY:
            left_open = f"there are more than {MOST_CELLS:,} cells"
    return Proof(about=about, answer="open" if left_open else "proved", cells=cells, reason=left_open, **named)
