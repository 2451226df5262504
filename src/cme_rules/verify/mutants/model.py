"""What a mutant is, and what became of it."""

from collections import Counter
from typing import Any

from attrs import field, frozen

from cme_rules.policy.model.policy import Policy

__all__ = ["CASE", "EQUIVALENT", "KINDS", "LOAD", "PROOF", "SURVIVED", "Fate", "Mutant", "Mutants"]

KINDS = (
    "threshold", "comparison", "dropped", "exception", "negated", "joined", "word", "function",
    "unit", "counted", "date", "role", "force", "discharge", "due",
    "step", "guard", "clock", "state",
)  # fmt: skip
"""The sorts of slip that are tried, in the order in which they are told."""

LOAD, CASE, PROOF = "load", "case", "proof"
"""What killed a mutant: loading it, one of the policy's cases or histories, one of its proofs."""

SURVIVED = "survived"
"""Nothing told the mutant from the policy."""

EQUIVALENT = "equivalent"
"""The mutant answers as the policy does for every child: proved over all cells, so nothing could kill it."""


@frozen(kw_only=True)
class Mutant:
    """A policy with one slip in it. `place` is the rule, definition or number it was made in; `words` say what it is.

    `touches` names what was changed: findings, actions, definitions, numbers, or a process.
    """

    kind: str
    place: str
    paragraph: str
    words: str
    touches: tuple[str, ...]
    policy: Policy = field(repr=False)

    def __str__(self) -> str:
        """Where the slip is and what it is."""
        return f"{self.place}: {self.words}"


@frozen(kw_only=True)
class Fate:
    """What became of a mutant: `ended` says what killed it, if anything did, `by` which fault, case or proof.

    A survivor's `case` is the case that is wanting, written out to be pasted, where one was found.
    """

    kind: str
    place: str
    paragraph: str
    words: str
    ended: str
    by: str = ""
    case: str = ""

    @property
    def killed(self) -> bool:
        """Whether something told the mutant from the policy."""
        return self.ended in (LOAD, CASE, PROOF)


@frozen(kw_only=True)
class Mutants:
    """All the mutants of a policy and what became of each."""

    policy: str
    fates: tuple[Fate, ...]

    @property
    def survivors(self) -> tuple[Fate, ...]:
        """The mutants that nothing killed and that are not known to be equivalent."""
        return tuple(fate for fate in self.fates if fate.ended == SURVIVED)

    @property
    def score(self) -> float:
        """The percentage killed of those that can be killed; 100 where there are none."""
        killed = sum(fate.killed for fate in self.fates)
        mortal = killed + len(self.survivors)
        return 100 * killed / mortal if mortal else 100.0

    def figures(self) -> dict[str, Any]:
        """The figures a summary prints, by name; `kinds` counts the mutants of each kind and those that survived."""
        ended = Counter(fate.ended for fate in self.fates)
        made = Counter(fate.kind for fate in self.fates)
        left = Counter(fate.kind for fate in self.survivors)
        return {
            "mutants": len(self.fates),
            "score": round(self.score, 1),
            **{name: ended[name] for name in (LOAD, CASE, PROOF, EQUIVALENT, SURVIVED)},
            "kinds": {kind: {"mutants": made[kind], "survived": left[kind]} for kind in KINDS if made[kind]},
        }

    def to_dict(self) -> dict[str, Any]:
        """The figures and the survivors as plain data."""
        told = ("kind", "place", "paragraph", "words", "case")
        survivors = [{name: getattr(fate, name) for name in told} for fate in self.survivors]
        equivalent = [str(fate.place) + ": " + fate.words for fate in self.fates if fate.ended == EQUIVALENT]
        return {"policy": self.policy, "figures": self.figures(), "survivors": survivors, "equivalent": equivalent}
