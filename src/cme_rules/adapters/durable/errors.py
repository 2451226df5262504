"""What can go wrong with the second engine. No message holds anything of a child: only rule ids and codes."""

import sys

from cme_rules.errors import CmeRulesError

__all__ = [
    "EngineCompileError",
    "EngineDisagreement",
    "EngineRunError",
    "EngineUnavailable",
    "why_unavailable",
]

_NEWEST = (3, 12)
"""The newest Python the last release of durable-rules can be built for."""


class EngineUnavailable(CmeRulesError, ImportError):
    """durable-rules is not installed, or this Python cannot load it; the rest of the library works without it."""


class EngineCompileError(CmeRulesError):
    """A law cannot be put to the engine within the limits it is known to bear."""


class EngineRunError(CmeRulesError):
    """The engine failed on the way to an answer. Its rulesets are thrown away and made anew at the next call."""


class EngineDisagreement(CmeRulesError):
    """The two engines differ; `rules` holds the ids of the rules, and nothing else is said of the child."""

    def __init__(self, policy: str, rules: tuple[str, ...]) -> None:
        """Keep the policy's id and the ids of the rules the engines differ on."""
        super().__init__(policy, rules)
        self.policy = policy
        self.rules = rules

    def __str__(self) -> str:
        """The policy and the rules."""
        return f"the two engines differ on policy {self.policy!r}, rules: {', '.join(self.rules)}"


def why_unavailable() -> str:
    """What to tell somebody whose Python has no durable-rules, and what still works."""
    if sys.version_info[:2] > _NEWEST:
        why = (
            f"durable-rules has no release for Python {sys.version_info[0]}.{sys.version_info[1]}: "
            f"its last one cannot be loaded after {_NEWEST[0]}.{_NEWEST[1]}"
        )
    else:
        why = "durable-rules cannot be imported: install the extra 'durable' of this library (it needs a C compiler)"
    return f"{why}. Only this second engine is missing; assess() and all else work without it"
