"""Made-up children, cases and whole registers, for whoever tests a system or a policy against the library."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cme_rules.testing.registers import register, stress_register

__all__ = ["register", "stress_register"]


def __getattr__(name: str) -> object:
    """Registers when they are asked for: they need the extra `batch`, and the other modules of this room do not."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    import cme_rules.batch  # noqa: F401 - says which extra to install
    from cme_rules.testing import registers

    return getattr(registers, name)
