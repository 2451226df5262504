"""What can be proved of a policy before any child is assessed, and what deserves a look."""

from collections.abc import Iterator
from typing import Any

from attrs import asdict, field, frozen

from cme_rules.conditions.nodes import And, Call, Literal, Node, walk
from cme_rules.errors import PolicyFault
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.rules import Rule
from cme_rules.processes.checks import check_processes
from cme_rules.verify.cells import written_out
from cme_rules.verify.search import MOST_CELLS, Outcome, Search, look_for
from cme_rules.verify.standing import standing_moments
from cme_rules.verify.witness import Witness, witness

__all__ = ["Checks", "Note", "Proof", "check_policy"]


@frozen(kw_only=True)
class Proof:
    """One question put to every cell, and its answer: "proved", "broken" or "open" (with the reason).

    `about` is "excludes", "dead" or "always"; `rules` the ids of the rules it concerns; `witness` the child that
    breaks it.
    """

    about: str
    rules: tuple[str, ...]
    paragraphs: tuple[str, ...]
    answer: str
    cells: int
    reason: str = ""
    witness: Witness | None = None

    def __str__(self) -> str:
        """The answer in a sentence or two, with the child that breaks it."""
        said = _SAID[self.about].format(*self.rules, *self.paragraphs)
        if self.answer == "broken":
            return f"{said}{self.witness or ''}"
        return f"{said}: {self.answer}{f', {self.reason}' if self.reason else ''}"


_SAID = {
    "excludes": "{0} and {1} are said to exclude one another, and may hold together (paragraphs {2} and {3})",
    "dead": "{0} can never hold: its condition is dead (paragraph {1})",
    "always": "{0} holds for every child: its condition decides nothing (paragraph {1})",
}


@frozen(kw_only=True)
class Note:
    """Something to look at that is not wrong in itself: a source out of force, a rule whose source was not seen."""

    about: str
    place: str
    text: str


@frozen(kw_only=True)
class Checks:
    """Everything the checks of a policy found. They fail only where a proof is broken."""

    policy: str
    rules: int
    proofs: tuple[Proof, ...]
    notes: tuple[Note, ...] = field(default=())
    processes: int = 0
    process_faults: tuple[PolicyFault, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether no proof is broken and every process can be gone through."""
        return not self.process_faults and all(proof.answer != "broken" for proof in self.proofs)

    def of(self, about: str, answer: str = "") -> tuple[Proof, ...]:
        """The proofs of one sort, of one answer if it is given."""
        return tuple(proof for proof in self.proofs if proof.about == about and answer in ("", proof.answer))

    def figures(self) -> dict[str, int]:
        """The figures a summary prints, by name."""
        counts = {f"{about}_{answer}": len(self.of(about, answer)) for about in _SAID for answer in _ANSWERS}
        notes = {
            about: sum(note.about == about for note in self.notes) for about in ("source", "unverified", "calendar")
        }
        cells = sum(proof.cells for proof in self.proofs)
        processes = {"processes": self.processes, "process_faults": len(self.process_faults)}
        return {"rules": self.rules, **counts, "cells": cells, **processes, **notes}

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        open_or_broken = [proof for proof in self.proofs if proof.answer != "proved"]
        return {
            "policy": self.policy,
            "passed": self.passed,
            "figures": self.figures(),
            "not_proved": [
                {"about": proof.about, "rules": list(proof.rules), "answer": proof.answer, "text": str(proof)}
                for proof in open_or_broken
            ],
            "process_faults": [str(fault) for fault in self.process_faults],
            "notes": [asdict(note) for note in self.notes],
        }


_ANSWERS = ("proved", "broken", "open")


def check_policy(policy: Policy, *, warnings: tuple[PolicyFault, ...] = ()) -> Checks:
    """Prove what is to be proved of a policy, and note what deserves a look.

    That a policy loads at all is checked by loading it. `warnings` are those of its calendars, if the caller has them.
    """
    proofs = [*_excludes(policy), *(proof for rule in policy.rules for proof in _constants(rule, policy))]
    notes = [*_sources(policy), *_unverified(policy), *(_of_calendar(warning) for warning in warnings)]
    return Checks(
        policy=policy.id,
        rules=len(policy.rules),
        proofs=tuple(proofs),
        notes=tuple(notes),
        processes=len(policy.processes),
        process_faults=check_processes(policy),
    )


def _excludes(policy: Policy) -> Iterator[Proof]:
    """Each pair of rules said to exclude one another, once: no child may have both."""
    asked: set[frozenset[str]] = set()
    for rule in policy.rules:
        for name in rule.excludes:
            for other in policy.rules:
                pair = frozenset((rule.id, other.id))
                if other.name == name and pair not in asked and other is not rule:
                    asked.add(pair)
                    yield _never_together(rule, other, policy)


def _never_together(one: Rule, other: Rule, policy: Policy) -> Proof:
    both = And((one.when, other.when))
    about: dict[str, Any] = {"about": "excludes", "rules": (one.id, other.id)}
    about["paragraphs"] = (one.paragraph, other.paragraph)
    cells, left_open = 0, ""
    for moment in standing_moments((one, other), policy):
        search = look_for(written_out(both, moment.law), wanted=True, moment=moment)
        cells += search.cells
        if search.outcome is Outcome.FOUND:
            child = witness(search, both, moment)
            if child.real:
                return Proof(**about, answer="broken", cells=cells, witness=child)
            left_open = f"it looks as if they could when {child.words}, but no such child was worked out"
        elif search.outcome is Outcome.TOO_MANY:
            left_open = f"there are more than {MOST_CELLS:,} cells"
    return Proof(**about, answer="open" if left_open else "proved", cells=cells, reason=left_open)


def _constants(rule: Rule, policy: Policy) -> Iterator[Proof]:
    """That a rule can hold, and that it can fail; a rule written as always true says so itself."""
    if isinstance(rule.when, Literal):
        return
    asks = [("dead", True)] if _asks_what_is_known(rule.when) else [("dead", True), ("always", False)]
    for about, wanted in asks:
        yield _can_be(rule, policy, about=about, wanted=wanted)


def _asks_what_is_known(node: Node) -> bool:
    """`known` never fails, so a rule that uses it may hold or be unknown and nothing else."""
    return any(isinstance(part, Call) and part.function == "known" for part in walk(node))


def _can_be(rule: Rule, policy: Policy, *, about: str, wanted: bool) -> Proof:
    searches: list[Search] = []
    for moment in standing_moments((rule,), policy):
        searches.append(look_for(written_out(rule.when, moment.law), wanted=wanted, moment=moment))
        if searches[-1].outcome is Outcome.FOUND:
            break
    outcomes = {search.outcome for search in searches}
    answer = "proved" if Outcome.FOUND in outcomes else "open" if Outcome.TOO_MANY in outcomes else "broken"
    return Proof(
        about=about,
        rules=(rule.id,),
        paragraphs=(rule.paragraph,),
        answer=answer if searches else "open",
        cells=sum(search.cells for search in searches),
        reason=f"there are more than {MOST_CELLS:,} cells" if answer == "open" else "",
    )


def _sources(policy: Policy) -> Iterator[Note]:
    """Rules that stay in force when a source they rest on does not."""
    for rule in policy.rules:
        for name in dict.fromkeys(rule.paragraphs):
            source = policy.sources[policy.paragraphs[name].source]
            if rule.not_commenced or source.until is None or (rule.until and rule.until <= source.until):
                continue
            instead = f"; it was replaced by {source.replaced_by}" if source.replaced_by else ""
            text = f"in force after {source.until}, the last day of {source.id}, which {name} stands in{instead}"
            yield Note(about="source", place=rule.id, text=text)


def _unverified(policy: Policy) -> Iterator[Note]:
    for rule in policy.rules:
        if rule.unverified:
            yield Note(about="unverified", place=rule.id, text=f"rule {rule.name}: its source was not seen")
    for parameter in policy.parameters.values():
        if parameter.unverified:
            yield Note(about="unverified", place=parameter.name, text="this number's source was not seen")


def _of_calendar(warning: PolicyFault) -> Note:
    place = f"{warning.file}:{warning.line}" if warning.line else warning.file
    return Note(
        about="calendar", place=place, text=f"{warning.key}: {warning.problem}" if warning.key else warning.problem
    )
