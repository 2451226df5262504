"""Three-valued answers as plain Python: a pair of expressions, one true where it holds, one true where it fails.

Neither is true where the answer is not known, so that UNKNOWN needs no test of its own.
"""

from collections.abc import Iterable

__all__ = ["ALWAYS", "NEITHER", "Rails", "answer", "both", "either", "of_answer", "opposite"]

Rails = tuple[str, str]
"""(true where it holds, true where it fails), as source."""

ALWAYS: Rails = ("True", "False")
NEITHER: Rails = ("False", "False")
_WRITTEN = {"True": ALWAYS, "False": ("False", "True"), "None": NEITHER}


def opposite(rails: Rails) -> Rails:
    """It holds where the other fails.

    >>> opposite(("a", "a is False"))
    ('a is False', 'a')
    """
    return rails[1], rails[0]


def both(parts: Iterable[Rails]) -> Rails:
    """All of them: one that fails is enough to fail.

    >>> both([("a", "a is False"), ("b", "b is False")])
    ('(a and b)', '(a is False or b is False)')
    """
    rails = tuple(parts)
    return _every(holds for holds, _ in rails), _some(fails for _, fails in rails)


def either(parts: Iterable[Rails]) -> Rails:
    """At least one of them: one that holds is enough to hold.

    >>> either([("a", "a is False"), ("False", "False")])
    ('a', 'False')
    """
    return opposite(both(opposite(rails) for rails in parts))


def of_answer(value: str) -> Rails:
    """The rails of an expression that is itself True, False or None.

    >>> of_answer("None")
    ('False', 'False')
    """
    return _WRITTEN.get(value, (value, f"{value} is False"))


def answer(rails: Rails) -> str:
    """The expression that is True, False or None as the rails say, as short as it can be.

    >>> answer(("(a and b)", "False"))
    'True if (a and b) else None'
    """
    holds, fails = rails
    if rails == of_answer(holds):
        return holds
    if "True" in rails:
        return "True" if holds == "True" else "False"
    otherwise = "None" if fails == "False" else f"False if {fails} else None"
    return otherwise if holds == "False" else f"True if {holds} else {otherwise}"


def _every(parts: Iterable[str]) -> str:
    return _joined(parts, "and", idle="True", decisive="False")


def _some(parts: Iterable[str]) -> str:
    return _joined(parts, "or", idle="False", decisive="True")


def _joined(parts: Iterable[str], joint: str, *, idle: str, decisive: str) -> str:
    """The parts joined, each once; what cannot matter is left out, and what decides stands alone."""
    kept = [part for part in dict.fromkeys(parts) if part != idle]
    if decisive in kept:
        return decisive
    if len(kept) < 2:  # noqa: PLR2004 - nothing to join
        return kept[0] if kept else idle
    return f"({f' {joint} '.join(kept)})"
