"""Whether each fact of each rule has a case in which that fact alone leaves the rule unknown."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import define, field, frozen

from cme_rules.conditions.nodes import Call, Node, names_in
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.verify.cells import Variable, atoms_of, variables_of, written_out
from cme_rules.verify.exercise import Exercised
from cme_rules.verify.partial import partly
from cme_rules.verify.standing import standing_moments

__all__ = ["UnknownRow", "can_leave_open", "unknown_rows"]

_MOST_CELLS = 2**10
"""Cells looked at before a fact is taken to matter."""


@frozen(kw_only=True)
class UnknownRow:
    """A rule, a fact that can by itself leave it unknown, and whether a case shows that.

    The case expects the rule to be unknown, and nothing else is wanting there than this fact.
    """

    rule: str
    name: str
    fact: str
    met: bool


def unknown_rows(policy: Policy, seen: Exercised) -> tuple[UnknownRow, ...]:
    """A row for every rule and every fact behind it, in the policy's order.

    A fact that is proved never to leave its rule unknown by itself has no row.
    """
    return tuple(row for rule in policy.rules for row in _rows(rule, policy, seen))


def _rows(rule: Rule, policy: Policy, seen: Exercised) -> Iterator[UnknownRow]:
    met = seen.alone[rule.id]
    open_facts = can_leave_open(rule, (fact for fact in seen.facts_of[rule.id] if fact not in met), policy)
    for fact in seen.facts_of[rule.id]:
        if fact in met or fact in open_facts:
            yield UnknownRow(rule=rule.id, name=rule.name, fact=fact, met=fact in met)


def can_leave_open(rule: Rule, facts: Iterable[str], policy: Policy) -> frozenset[str]:
    """Those of the facts without which a rule can be unknown while all else is known, or which are not settled."""
    wanted, found = set(facts), set[str]()
    for moment in standing_moments((rule,), policy) if wanted else ():
        tree = written_out(rule.when, moment.law)
        variables = variables_of((tree,), moment)
        found |= {fact for fact in wanted - found if _stays_open(tree, fact, variables)}
    return frozenset(found)


def _stays_open(tree: Node, fact: str, variables: tuple[Variable, ...]) -> bool:
    withheld = {atom: _without(atom) for atom in atoms_of(tree) if fact in names_in(atom)}
    others = [variable for variable in variables if withheld.keys().isdisjoint(_atoms(variable))]
    return _Hunt(tree=tree, variables=others).stays_open(withheld)


def _without(atom: Node) -> bool | None:
    """What an atom is without one of its facts: not known, unless it asks just that."""
    return False if isinstance(atom, Call) and atom.function == "known" else None


def _atoms(variable: Variable) -> tuple[Node, ...]:
    return tuple(atom for choice in variable.choices[:1] for atom in choice.atoms)


@define(kw_only=True)
class _Hunt:
    """Settles the other facts one by one until the answer is decided, or until nothing is left to settle."""

    tree: Node
    variables: list[Variable]
    left: int = _MOST_CELLS
    _home: dict[Node, Variable] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._home = {atom: variable for variable in self.variables for atom in _atoms(variable)}

    def stays_open(self, settled: Mapping[Node, bool | None]) -> bool:
        """Whether some way to know all the rest leaves the tree without an answer."""
        self.left -= 1
        answer, still_open = partly(self.tree, settled)
        if answer is not None:
            return False
        if still_open is None or self.left < 0:
            return True
        return any(self.stays_open({**settled, **choice}) for choice in self._choices(still_open))

    def _choices(self, atom: Node) -> Iterator[Mapping[Node, bool | None]]:
        for choice in self._home[atom].choices:
            if None not in choice.atoms.values():
                yield choice.atoms
