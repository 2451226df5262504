"""Two engines on one question: the pure one answers, the other is compared with it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

from cme_rules.adapters.durable.errors import EngineDisagreement, EngineRunError
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.engine.assess import assess
from cme_rules.engine.assessment import Assessment
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Policy

if TYPE_CHECKING:
    from cme_rules.domain.children import Child

__all__ = ["PureEngine", "Second", "ShadowEngine", "differences"]


class Second(Protocol):
    """An engine to compare with: DurableEngine, or DurableWorker, which runs one in a process of its own."""

    @property
    def on(self) -> date:
        """The day it judges."""

    def slots(self, child: "Mapping[str, Any] | Child") -> Mapping[tuple[str, str], bool | None]:
        """Its answers, by rule id and part."""


@frozen(kw_only=True)
class PureEngine:
    """`assess` with everything but the child settled beforehand."""

    policy: Policy
    on: date
    preview: tuple[str, ...] = ()
    calendar: SchoolCalendar | None = None

    def assess(self, child: "Mapping[str, Any] | Child") -> Assessment:
        """The assessment of a child; what it raises is what `assess` raises."""
        return assess(child, self.policy, on=self.on, preview=self.preview, calendar=self.calendar)


class ShadowEngine:
    """Answers with the pure engine, and has the second one answer the same question.

    Where the two differ, or the second fails, `on_disagreement` is called with the error, which holds rule ids only;
    without one the error is raised. Give one in production: the answer then comes whatever the second engine does.
    """

    def __init__(
        self,
        pure: PureEngine,
        durable: Second,
        *,
        on_disagreement: Callable[[EngineDisagreement | EngineRunError], None] | None = None,
    ) -> None:
        """Set two engines side by side.

        Raises CallError where they are made for different days.
        """
        if pure.on != durable.on:
            msg = f"the engines are made for different days: {pure.on} and {durable.on}"
            raise CallError(msg)
        self._pure = pure
        self._durable = durable
        self._report = on_disagreement

    def assess(self, child: "Mapping[str, Any] | Child") -> Assessment:
        """The pure engine's assessment.

        Raises CallError as `assess` does; without `on_disagreement`, also EngineDisagreement and EngineRunError.
        """
        answer = self._pure.assess(child)
        wrong = self._wrong(answer, child)
        if wrong is not None and self._report is None:
            raise wrong
        if wrong is not None and self._report is not None:
            self._report(wrong)
        return answer

    def _wrong(
        self, answer: Assessment, child: "Mapping[str, Any] | Child"
    ) -> EngineDisagreement | EngineRunError | None:
        try:
            other = self._durable.slots(child)
        except EngineRunError as fault:
            return fault.with_traceback(None)
        differing = differences(answer, other)
        return EngineDisagreement(answer.law.policy.id, differing) if differing else None


def differences(answer: Assessment, other: Mapping[tuple[str, str], bool | None]) -> tuple[str, ...]:
    """The ids of the rules on which the second engine does not answer as the assessment does."""
    own = {slot: answer.answers[place] for slot, place in answer.assessor.slots.items()}
    slots: Iterable[tuple[str, str]] = [*own, *(slot for slot in other if slot not in own)]
    return tuple(
        dict.fromkeys(slot[0] for slot in slots if slot not in own or slot not in other or own[slot] is not other[slot])
    )
