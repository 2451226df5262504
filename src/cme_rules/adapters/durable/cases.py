"""Case events replayed on the second engine: the same process, taken by firings instead of by the pure machine.

Each event is asked about in a session of its own, which is deleted afterwards. The engine has no truth maintenance:
what it concluded of a state would outlive the state, and an event out of turn would wait inside and act later.
"""

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self

from attrs import evolve, field, frozen

from cme_rules.adapters.durable.case_lines import EARLY, LATE, OPEN, CaseProgram, Move, compile_process
from cme_rules.adapters.durable.opened import Opened
from cme_rules.adapters.durable.session import c_module
from cme_rules.adapters.durable.sources import Scalar, Told, told
from cme_rules.engine.scope import Scope
from cme_rules.errors import ProcessError
from cme_rules.policy.model.policy import Law, Policy
from cme_rules.policy.model.processes import Process, Transition
from cme_rules.processes.case import CaseEvent
from cme_rules.processes.history import History
from cme_rules.processes.machine import Refusal, Standing, Taken, begin, window
from cme_rules.processes.machine import told as what_is_told
from cme_rules.processes.sight import scope

__all__ = ["CaseRun", "CaseRuntime", "CaseStep", "case_differences"]


@frozen(kw_only=True)
class CaseStep:
    """What came of an event: the transition that was taken, or the kind of refusal."""

    event: CaseEvent = field(repr=False)
    state: str
    transition: Transition | None = None
    refusal: Refusal | None = None


@frozen(kw_only=True)
class CaseRun:
    """Every event of a case in the order given, and where the case stands after them."""

    process: Process
    steps: tuple[CaseStep, ...]
    standing: Standing


@frozen
class _Ready:
    """A process compiled by a law and open in the engine; it serves every day on which that law stands."""

    lines: CaseProgram
    told: Told
    opened: Opened


class CaseRuntime:
    """A process on durable-rules: `replay(events)` takes them one after another, or refuses them and says why.

    The engine judges the guards and decides what becomes of an event. How the event's day stands to the clocks is
    worked out beforehand, as it is for the pure machine: the engine's own timers know only seconds from now.
    """

    def __init__(self, process: Process, policy: Policy) -> None:
        """Prepare a process of a policy.

        Raises EngineUnavailable where durable-rules cannot be imported.
        """
        self._module = c_module()
        self._process = process
        self._policy = policy
        self._ready: dict[object, _Ready] = {}

    def replay(self, events: Iterable[CaseEvent], *, facts: Mapping[str, Any] | None = None) -> CaseRun:
        """Take the events one after another, each from where the last one taken led.

        Raises ProcessError for an event the process does not declare, EngineRunError where the engine fails, and
        EngineCompileError where the process is beyond what it bears.
        """
        standing, steps = begin(self._process, facts), []
        for event in events:
            step = self._step(standing, event)
            steps.append(step)
            if step.transition is not None:
                standing = _moved(self._process, standing, event, step.transition)
        return CaseRun(process=self._process, steps=tuple(steps), standing=standing)

    def _step(self, standing: Standing, event: CaseEvent) -> CaseStep:
        if event.name not in self._process.events:
            msg = f"process {self._process.id!r} has no event of this name"
            raise ProcessError(msg)
        seen = scope(self._process, self._policy, what_is_told(self._process, standing, event), event.on)
        ready = self._by(seen.moment.law)
        moves = ready.lines.moves.get((standing.state, event.name), ())
        clocks = {move.clocks: self._day(move, standing, seen) for move in moves if move.clocks}
        known, _ = ready.opened.run(
            ready.told.of(seen)
            | {key: how for key, how in clocks.items() if how}
            | {ready.lines.state: standing.state, ready.lines.event: event.name}
            | {ready.lines.in_order: standing.latest is None or event.on >= standing.latest}
        )
        came = _came_of(ready.lines, standing.state, moves, known)
        if isinstance(came, Refusal):
            return CaseStep(event=event, state=standing.state, refusal=came)
        return CaseStep(event=event, state=standing.state, transition=came)

    def _day(self, move: Move, standing: Standing, seen: Scope) -> str:
        """How the day stands to a transition's clocks; nothing where that cannot be told."""
        allowed = window(self._process, move.transition, standing, seen)
        if allowed.why:
            return ""
        if allowed.first is not None and seen.today < allowed.first:
            return EARLY
        return LATE if allowed.last is not None and seen.today > allowed.last else OPEN

    def _by(self, law: Law) -> _Ready:
        """The process by a law: compiled once for all days with the same rules and numbers."""
        standing = (tuple(rule.id for rule in law.rules), tuple(law.parameters.values()))
        if standing not in self._ready:
            lines = compile_process(self._process, law)
            made = _Ready(lines, told(lines.program), Opened(lines.program, self._module))
            if self._ready.setdefault(standing, made) is not made:
                made.opened.close()  # another thread was quicker
        return self._ready[standing]

    def close(self) -> None:
        """Give the engine's memory back."""
        while self._ready:
            self._ready.popitem()[1].opened.close()

    def __enter__(self) -> Self:
        """The runtime itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()


def _came_of(
    lines: CaseProgram, state: str, moves: tuple[Move, ...], known: Mapping[str, Scalar]
) -> Transition | Refusal:
    """What the engine concluded of an event, read in the order in which a case would be refused."""
    for key, refusal in ((lines.closed, Refusal.CLOSED), (lines.behind, Refusal.BEFORE_PREVIOUS)):
        if known.get(key):
            return refusal
    if not known.get(lines.here[state]):
        return Refusal.NOT_HERE
    fit = [move for move in moves if known.get(move.fits) is True]
    if not fit:
        return Refusal.NOT_MET if all(known.get(move.fits) is False for move in moves) else Refusal.NOT_KNOWN
    return _in_time(fit[0], known) if len(fit) == 1 else Refusal.AMBIGUOUS


def _in_time(move: Move, known: Mapping[str, Scalar]) -> Transition | Refusal:
    if known.get(move.taken):
        return move.transition
    if known.get(move.early):
        return Refusal.TOO_EARLY
    return Refusal.TOO_LATE if known.get(move.late) else Refusal.NOT_KNOWN


def _moved(process: Process, standing: Standing, event: CaseEvent, taken: Transition) -> Standing:
    """Where the case stands after a transition: reckoned here, so that the pure machine's reckoning is checked too."""
    spec, timers = process.events[event.name], process.timers.values()
    dated = {spec.fact: event.on} if spec.fact else {}
    overtaken = set(spec.forgets).union(spec.attributes)
    known = {name: value for name, value in standing.told.items() if name not in overtaken}
    begun = {timer.id for timer in timers if event.name in timer.starts}
    ended = {timer.id for timer in timers if event.name in timer.expects or event.name in timer.stops}
    stays = taken.to == taken.state and standing.since is not None
    return evolve(
        standing,
        state=taken.to,
        since=standing.since if stays else event.on,
        latest=event.on,
        told={**known, **dated, **spec.gives, **event.says},
        started={**standing.started, **dict.fromkeys(begun, event.on)},
        running=frozenset() if process.states[taken.to].final else frozenset((standing.running - ended) | begun),
    )


def case_differences(history: History, run: CaseRun) -> tuple[str, ...]:
    """The names of the events of which the two machines made different things; `standing` where they end apart."""
    pairs = zip(history.steps, run.steps, strict=True)
    differing = [made.event.name for made, other in pairs if _kind(made) != (other.transition or other.refusal)]
    return tuple(differing) if history.standing == run.standing else (*differing, "standing")


def _kind(made: object) -> object:
    return made.transition if isinstance(made, Taken) else getattr(made, "refusal", None)
