"""The command line, `cme-rules`: children and calendars assessed, and the policy itself put under test."""

from collections.abc import Sequence

__all__ = ["main", "run"]


_MADE_AT_START = 200_000
"""Objects that are made before the garbage among them is looked for: the start of a command makes hardly any."""


def main() -> None:
    """Run the command line as a program: `cme-rules`, with the arguments it was started with."""
    import gc
    import sys

    gc.set_threshold(_MADE_AT_START)
    status = run(sys.argv[1:])
    gc.freeze()  # Python looks once more before it ends: what is still there ends with it
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command and give back its exit status: 0 answered, 1 a check or test failed, 2 a wrong call or input.

    Whatever goes wrong is one readable message on standard error, without a traceback and without a child's data.
    """
    from cme_rules.cli.app import app
    from cme_rules.cli.faults import guarded

    return guarded(app, arguments)
