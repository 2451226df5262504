"""What can be proved of a policy before any child is assessed, and what deserves a look."""

from collections.abc import Iterator
from typing import Any

from attrs import asdict, field, frozen

from cme_rules.domain.shown import mimebundle
from cme_rules.errors import PolicyFault
from cme_rules.policy.model.policy import Policy
from cme_rules.processes.checks import check_processes
from cme_rules.verify.completion import Completion, weaker_ever
from cme_rules.verify.promises import at_least, covers, excludes
from cme_rules.verify.proof import ABOUT, ANSWERS, Proof
from cme_rules.verify.relevance import constants, irrelevant

__all__ = ["Checks", "Note", "check_policy"]


@frozen(kw_only=True)
class Note:
    """Something to look at that is not wrong in itself: a source out of force, a rule whose source was not seen."""

    about: str
    place: str
    text: str


@frozen(kw_only=True)
class Checks:
    """Everything the checks of a policy found. They fail only where a proof is broken.

    `completion` tells where three-valued judging is weaker than trying every completion: that is told, and no failure.
    """

    _repr_mimebundle_ = mimebundle

    policy: str
    rules: int
    proofs: tuple[Proof, ...]
    notes: tuple[Note, ...] = field(default=())
    processes: int = 0
    readings: int = 0
    process_faults: tuple[PolicyFault, ...] = ()
    completion: Completion

    @property
    def passed(self) -> bool:
        """Whether no proof is broken and every process can be gone through."""
        return not self.process_faults and all(proof.answer != "broken" for proof in self.proofs)

    def of(self, about: str, answer: str = "") -> tuple[Proof, ...]:
        """The proofs of one sort, of one answer if it is given."""
        return tuple(proof for proof in self.proofs if proof.about == about and answer in ("", proof.answer))

    def figures(self) -> dict[str, int]:
        """The figures a summary prints, by name."""
        counts = {f"{about}_{answer}": len(self.of(about, answer)) for about in ABOUT for answer in ANSWERS}
        notes = {
            about: sum(note.about == about for note in self.notes) for about in ("source", "unverified", "calendar")
        }
        cells = sum(proof.cells for proof in self.proofs)
        processes = {"processes": self.processes, "process_faults": len(self.process_faults)}
        weaker = {
            "completion_exact": self.completion.exact,
            "completion_weaker": len(self.completion.weaker_rules),
            "completion_open": len(self.completion.open_rules),
        }
        return {
            "rules": self.rules,
            **counts,
            "cells": cells,
            **weaker,
            **processes,
            "readings": self.readings,
            **notes,
        }

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
            "weaker_than_completion": [asdict(place) for place in self.completion.weaker],
            "completion_open": list(self.completion.open_rules),
            "process_faults": [str(fault) for fault in self.process_faults],
            "notes": [asdict(note) for note in self.notes],
        }


def check_policy(policy: Policy, *, warnings: tuple[PolicyFault, ...] = ()) -> Checks:
    """Prove what is to be proved of a policy, and note what deserves a look.

    That a policy loads at all is checked by loading it. `warnings` are those of its calendars, if the caller has them.
    """
    proofs = (*excludes(policy), *covers(policy), *at_least(policy), *constants(policy), *irrelevant(policy))
    notes = [*_sources(policy), *_unverified(policy), *(_of_calendar(warning) for warning in warnings)]
    return Checks(
        policy=policy.id,
        rules=len(policy.rules),
        proofs=proofs,
        notes=tuple(notes),
        processes=len(policy.processes),
        readings=len(policy.other_readings),
        process_faults=check_processes(policy),
        completion=weaker_ever(policy),
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
