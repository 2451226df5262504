"""The answer for one child on one day: verdicts at once, everything else when asked for."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import compress
from typing import Any

from attrs import field, frozen

from cme_rules.conditions.judge import verdict
from cme_rules.domain.shown import mimebundle
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assessor import Assessor
from cme_rules.engine.due import action
from cme_rules.engine.explain import Step, clauses, trace
from cme_rules.engine.facts import in_order
from cme_rules.engine.missing import missing_from
from cme_rules.engine.readings import Reading, readings_of
from cme_rules.engine.result import Action, Finding, MissingFact
from cme_rules.engine.scope import Scope
from cme_rules.engine.tell import tell
from cme_rules.engine.unload import unload
from cme_rules.errors import UnknownName
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.rules import Rule

__all__ = ["Assessment"]

_KEPT = 10_000
"""Findings, and actions, remembered for one day and calendar."""

_VERDICTS: dict[bool | None, Verdict] = {True: Verdict.HOLDS, False: Verdict.FAILS, None: Verdict.UNKNOWN}


@frozen(kw_only=True, eq=False)
class Assessment:
    """What a policy says of one child on one day.

    `result["cme_local"]` is a Finding; `actions`, `missing` and `readings` are tuples; `explain()` is text for a
    person and `to_dict()` data for a program. The child's facts are kept for the explanations and shown by nothing
    unless `reveal=True` asks for them.
    """

    _repr_mimebundle_ = mimebundle

    assessor: Assessor
    facts: Mapping[str, Any] = field(repr=False)
    answers: tuple[bool | None, ...] = field(repr=False)

    def __repr__(self) -> str:
        """The policy, the day and how many findings hold or are unknown; nothing of the child."""
        verdicts = [verdict(self._answer(rule)) for rule in self.law.rules if rule.finding]
        counts = ", ".join(f"{each.value}={verdicts.count(each)}" for each in Verdict)
        return f"Assessment(policy={self.law.policy.id!r}, on={self.on.isoformat()}, {counts})"

    @property
    def law(self) -> Law:
        """The policy as it stood on the day."""
        return self.assessor.law

    @property
    def on(self) -> date:
        """The day assessed: the facts are as at its close."""
        return self.law.on

    @cached_property
    def scope(self) -> Scope:
        """The child's facts as a condition sees them."""
        judge = self.assessor
        everything = judge.run(*in_order(self.facts, self.law.policy), ALL=True)
        return Scope(moment=judge.moment, facts=self.facts, answers=everything, places=judge.places)

    def _answer(self, rule: Rule, part: str = "when") -> bool | None:
        return self.answers[self.assessor.slots[rule.id, part]]

    def __getitem__(self, name: str) -> Finding:
        """The finding of this name. One the law of the day does not have FAILS with `in_force=False`.

        Raises UnknownName (a KeyError) for a name the policy never gives.
        """
        rule = self.law.findings.get(name)
        if rule is not None:
            return self._finding(rule)
        return _out_of_force(name, self.law)

    def __iter__(self) -> Iterator[str]:
        """The names of the findings of the day, in the policy's order."""
        return iter(self.law.findings)

    def __contains__(self, name: object) -> bool:
        """Whether the law of the day has a finding of this name."""
        return name in self.law.findings

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """Every finding of the day's law, by name, in the policy's order."""
        return {name: self._finding(rule) for name, rule in self.law.findings.items()}

    def verdicts(self) -> dict[str, Verdict]:
        """Every finding's verdict, by name: the quick way to read them all."""
        judge = self.assessor  # a copy has room for all: filling a new dict would make it grow thrice
        return judge.verdicts(self.answers, judge.findings.copy(), Verdict.HOLDS, Verdict.FAILS)

    def _finding(self, rule: Rule) -> Finding:
        """A finding: but for the facts it misses, it is the same for every child."""
        answer = self._answer(rule)
        found = _VERDICTS[answer]
        missing = missing_from(rule.when, self.scope) if found is Verdict.UNKNOWN else ()
        kept: dict[Any, Finding] = self.assessor.moment.notes.setdefault("findings", {})
        key = (rule.id, answer, missing)
        finding = kept.get(key)
        if finding is None:
            if len(kept) >= _KEPT:
                kept.clear()
            finding = kept[key] = self._made(rule, found, missing)
        return finding

    def _made(self, rule: Rule, found: Verdict, missing: tuple[MissingFact, ...]) -> Finding:
        return Finding(
            name=rule.finding,
            verdict=found,
            title=rule.title,
            paragraphs=rule.paragraphs,
            missing=missing,
            readings=tuple(reading.text for reading in self._readings_of(rule)),
            judgement=rule.judgement,
            conflict=rule.conflict,
            unverified=rule.unverified,
            preview=rule.not_commenced,
        )

    def _readings_of(self, rule: Rule) -> tuple[Reading, ...]:
        kept: dict[str, tuple[Reading, ...]] = self.assessor.moment.notes.setdefault("readings", {})
        if rule.id not in kept:
            kept[rule.id] = readings_of(rule, self.law)
        return kept[rule.id]

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that have arisen, in the policy's order, with their days and where they stand."""
        judge, answers, facts = self.assessor, self.answers, self.facts
        kept: dict[Any, Action] = judge.moment.notes.setdefault("arisen", {})
        arisen = []
        for rule, slot, starts in compress(judge.duties, answers[len(judge.findings) :]):
            done = slot is not None and answers[slot] is True
            key = (rule.id, done, *map(facts.get, starts))
            found = kept.get(key)
            if found is None:
                if len(kept) >= _KEPT:
                    kept.clear()
                scope = Scope(moment=judge.moment, facts=facts)
                found = kept[key] = action(rule, Verdict.HOLDS, discharged=done, scope=scope)
            arisen.append(found)
        return tuple(arisen)

    @property
    def possible_actions(self) -> tuple[Action, ...]:
        """The actions that may have arisen: whether they have turns on a missing fact."""
        judge, scope = self.assessor, self.scope
        triggers = zip(judge.duties, self.answers[len(judge.findings) :], strict=False)
        possible = [(rule, self._is_done(done)) for (rule, done, _), trigger in triggers if trigger is None]
        return tuple(action(rule, Verdict.UNKNOWN, discharged=done, scope=scope) for rule, done in possible)

    def _is_done(self, slot: int | None) -> bool:
        return slot is not None and self.answers[slot] is True

    @property
    def missing(self) -> tuple[MissingFact, ...]:
        """The facts that would settle what is unknown, each once: findings first, then actions."""
        scope = self.scope
        unknown = [rule for rule in self.law.rules if self._answer(rule) is None]
        unknown.sort(key=lambda rule: rule.duty is not None)
        return tuple(dict.fromkeys(fact for rule in unknown for fact in missing_from(rule.when, scope)))

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Our readings behind the findings and actions that hold or are unknown, each once."""
        rules = [rule for rule in self.law.rules if self._answer(rule) is not False]
        return tuple(dict.fromkeys(reading for rule in rules for reading in self._readings_of(rule)))

    def why(self, name: str, *, reveal: bool = False) -> Step:
        """The way to one finding's or action's answer, step by step.

        Raises UnknownName for a name the day's law does not give.
        """
        return trace(self.rule(name), self.scope, reveal=reveal)

    def because(self, name: str) -> tuple[str, ...]:
        """The clauses that made one finding's or action's verdict, without the child's values."""
        return clauses(self.rule(name), self.scope)

    def rule(self, name: str) -> Rule:
        """The rule that gives a finding or sets an action.

        Raises UnknownName for a name the day's law does not give.
        """
        notes = self.assessor.moment.notes
        if "rules" not in notes:
            notes["rules"] = {rule.name: rule for rule in reversed(self.law.rules)}
        found: Rule | None = notes["rules"].get(name)
        if found is None:
            msg = f"the law of {self.on} in policy {self.law.policy.id!r} has no finding or action {name!r}"
            raise UnknownName(msg)
        return found

    def explain(self, name: str = "", *, reveal: bool = False) -> str:
        """Text for a person: one finding or action laid open, or, without a name, the whole answer.

        The child's values are left out unless `reveal`.
        """
        return tell(self, name, reveal=reveal)

    def to_dict(self) -> dict[str, Any]:
        """The stable form for a program: plain dicts, lists, text; days as YYYY-MM-DD."""
        return unload(self)


def _out_of_force(name: str, law: Law) -> Finding:
    elsewhere = [rule for rule in law.policy.rules if rule.finding == name]
    if not elsewhere:
        close = [known for known in law.findings if known.startswith(str(name)[:4])]
        hint = f"; it has {', '.join(close)}" if close else ""
        msg = f"policy {law.policy.id!r} has no finding {name!r}{hint}"
        raise UnknownName(msg)
    rule = elsewhere[-1]
    return Finding(
        name=name,
        verdict=Verdict.FAILS,
        title=rule.title,
        paragraphs=rule.paragraphs,
        in_force=False,
        preview=rule.not_commenced,
    )
