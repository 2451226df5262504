"""Every mutant of a policy."""

from cme_rules.policy.model.policy import Policy
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.mutants.numbers import of_numbers, of_school_ages
from cme_rules.verify.mutants.rules import of_definitions, of_rules, of_the_first_day

__all__ = ["mutants_of"]


def mutants_of(policy: Policy, *, pack: Policy | None = None) -> tuple[Mutant, ...]:
    """A policy's mutants, each with one slip in it, in the policy's order.

    Slips are made in what the policy's own folder holds, or, with `pack`, in what that policy's folder holds, which
    the policy extends: so a nation's rules are tried with a council's calendar and cases.
    """
    own = pack or policy
    packs = frozenset({own.id})
    return (
        *of_the_first_day(policy, own),
        *of_numbers(policy, packs),
        *of_school_ages(policy, packs),
        *of_definitions(policy, packs),
        *of_rules(policy, own),
    )
