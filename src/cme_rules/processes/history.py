"""What happened in a case, event after event: taken, or refused and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Process
from cme_rules.processes.case import CaseEvent
from cme_rules.processes.machine import Refused, Standing, Taken, begin, step

__all__ = ["History", "replay"]


@frozen(kw_only=True)
class History:
    """Every event of a case in the order given, with what came of it, and where the case stands after them."""

    process: Process
    start: Standing
    steps: tuple[Taken | Refused, ...]

    @property
    def standing(self) -> Standing:
        """Where the case stands: after the last event that was taken."""
        return self.taken[-1].standing if self.taken else self.start

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The events that were taken."""
        return tuple(each for each in self.steps if isinstance(each, Taken))

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The events that were refused."""
        return tuple(each for each in self.steps if isinstance(each, Refused))


def replay(
    process: Process, events: Iterable[CaseEvent], *, policy: Policy, facts: Mapping[str, Any] | None = None
) -> History:
    """Take the events one after another, each from where the last one taken led.

    The history of the first few events is the beginning of the history of them all.
    """
    start = standing = begin(process, facts)
    steps: list[Taken | Refused] = []
    for event in events:
        made = step(process, standing, event, policy=policy)
        steps.append(made)
        standing = made.standing if isinstance(made, Taken) else standing
    return History(process=process, start=start, steps=tuple(steps))
