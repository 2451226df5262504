"""What the second engine says of one child: a verdict for every rule, with proofs."""

from collections.abc import Mapping

from attrs import field, frozen

from cme_rules.adapters.durable.lines import Program
from cme_rules.adapters.durable.proofs import Proof, Prover
from cme_rules.adapters.durable.session import Firing
from cme_rules.conditions.judge import verdict
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.missing import missing_from
from cme_rules.engine.result import MissingFact
from cme_rules.engine.scope import Scope
from cme_rules.errors import UnknownName
from cme_rules.policy.model.rules import Rule

__all__ = ["Answers"]


@frozen(kw_only=True, eq=False)
class Answers:
    """The engine's verdicts on one child: `answers["cme_local"]` is a Verdict; actions go by their ids.

    `slots` holds the same answers as True, False or None, by rule id and part ("when", or "discharged" for what shows
    a duty done): the form in which the two engines are compared.
    """

    program: Program
    slots: Mapping[tuple[str, str], bool | None] = field(repr=False)
    _scope: Scope = field(repr=False)
    _firings: Mapping[str, tuple[Firing, ...]] = field(repr=False)

    def __getitem__(self, name: str) -> Verdict:
        """The verdict of a finding, or whether an action has arisen.

        Raises UnknownName for a name the day's law does not give.
        """
        return verdict(self.slots[self._rule(name).id, "when"])

    def verdicts(self) -> dict[str, Verdict]:
        """Every finding's verdict, by name, in the policy's order: the same as Assessment.verdicts()."""
        return {name: verdict(self.slots[rule.id, "when"]) for name, rule in self.program.law.findings.items()}

    def missing(self, name: str) -> tuple[MissingFact, ...]:
        """The facts that would settle an unknown. The engine cannot know them: they come from the plain reading."""
        return missing_from(self._rule(name).when, self._scope)

    def proof(self, name: str, *, reveal: bool = False) -> Proof | None:
        """The first chain of firings behind a verdict, HOLDS or FAILS; None where it is UNKNOWN."""
        found = self.proofs(name, reveal=reveal)
        return found[0] if found else None

    def proofs(self, name: str, *, reveal: bool = False) -> tuple[Proof, ...]:
        """Every chain of firings that ends in a finding's or an action's verdict; none where it is UNKNOWN.

        The child's values are left out unless `reveal`.
        """
        rule = self._rule(name)
        slot = (rule.id, "when")
        if self.slots[slot] is None:
            return ()
        prover = Prover(program=self.program, firings=self._firings, facts=self._scope.facts, reveal=reveal)
        root = dict(zip(self.program.slots, self.program.roots, strict=True))[slot]
        return prover.proofs(root, _words(rule, holds=self.slots[slot] is True), rule.paragraph)

    def _rule(self, name: str) -> Rule:
        law = self.program.law
        for rule in law.rules:
            if rule.name == name:
                return rule
        msg = f"the law of {law.on} in policy {law.policy.id!r} has no finding or action {name!r}"
        raise UnknownName(msg)


def _words(rule: Rule, *, holds: bool) -> str:
    if rule.duty:
        return f"{rule.title}: {'has arisen' if holds else 'has not arisen'}"
    return rule.phrase.words if holds else rule.phrase.denied
