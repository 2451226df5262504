"""A child that shows what a proof found: in words, and as facts where they could be worked out."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from cme_rules.conditions.judge import judge
from cme_rules.conditions.nodes import Node
from cme_rules.conditions.words import say
from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.verify.search import Search

__all__ = ["Witness", "witness"]


@frozen(kw_only=True)
class Witness:
    """An invented child: how it stands in words, its facts as TOML would give them, the day, and whether it is real.

    `real` says that the condition was judged with these facts, and does hold.
    """

    on: date
    words: str
    facts: Mapping[str, str] = field(factory=dict)
    real: bool = False

    def __str__(self) -> str:
        """The child in words, then the facts as a case could give them."""
        given = ", ".join(f"{name} = {value}" for name, value in self.facts.items())
        return f"\n    on {self.on}, when {self.words}\n    given = {{ {given} }}"


def witness(search: Search, tree: Node, moment: Moment) -> Witness:
    """The child a search found, judged once more by the plain reading of the language."""
    phrases = moment.law.phrases
    clauses = [say(atom, phrases, denied=not truth) for atom, truth in search.cell.items()]
    given = search.facts or {}
    real = search.facts is not None and judge(tree, Scope(moment=moment, facts=given)) is Verdict.HOLDS
    shown = {name: _as_toml(value) for name, value in given.items()}
    return Witness(on=moment.today, words="; ".join(clauses) or "anything is the case", facts=shown, real=real)


def _as_toml(value: object) -> str:
    if value is NEVER or isinstance(value, bool):
        return "true" if value is True else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else f'"{value}"'
