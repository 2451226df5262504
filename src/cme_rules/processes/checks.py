"""What every process must have: a way to every state, a way out of each but the last, one answer to each event."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from cme_rules.errors import PolicyFault
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Process, State, Transition
from cme_rules.processes.exclusive import can_both_hold
from cme_rules.processes.sight import seen_by

__all__ = [
    "ambiguous",
    "check_process",
    "check_processes",
    "clocks_not_running",
    "idle_parts",
    "no_way_out",
    "unheld",
    "unknown_names",
    "unreachable",
]

_Check = Callable[[Process, Policy], Iterator[PolicyFault]]


def check_processes(policy: Policy) -> tuple[PolicyFault, ...]:
    """Everything wrong with the processes of a policy, file by file."""
    return tuple(fault for process in policy.processes.values() for fault in check_process(process, policy))


def check_process(process: Process, policy: Policy) -> tuple[PolicyFault, ...]:
    """Everything wrong with one process."""
    checks: tuple[_Check, ...] = (
        unreachable, no_way_out, unheld, ambiguous, clocks_not_running, idle_parts, unknown_names,
    )  # fmt: skip
    return tuple(fault for check in checks for fault in check(process, policy))


def _fault(process: Process, key: str, problem: str, remedy: str = "") -> PolicyFault:
    return PolicyFault(file=process.files[-1], key=key, problem=f"process {process.id}: {problem}", remedy=remedy)


def _reached(process: Process, *, without: Iterable[str] = ()) -> set[str]:
    """The states some run of events leads to, when certain events never happen."""
    barred, found, waiting = set(without), set[str](), [process.starts]
    while waiting:
        name = waiting.pop()
        if name not in found and name in process.states:
            found.add(name)
            waiting += [each.to for each in process.states[name].transitions if each.event not in barred]
    return found


def unreachable(process: Process, policy: Policy) -> Iterator[PolicyFault]:
    """States to which no events lead."""
    del policy
    reached = _reached(process)
    for name in process.states:
        if name not in reached:
            yield _fault(process, f"state.{name}", "no events lead to this state")


def no_way_out(process: Process, policy: Policy) -> Iterator[PolicyFault]:
    """No final state at all, a final state that goes on, and states from which no final state can be reached."""
    del policy
    finals = {state.id for state in process.states.values() if state.final}
    if not finals:
        yield _fault(process, "", "no state is final", "a case must be able to end: mark a state with final = true")
        return
    ending = _lead_to(finals, process)
    for state in process.states.values():
        if state.final and state.transitions:
            yield _fault(process, f"state.{state.id}", "this state is final, and events lead out of it")
        elif state.id not in ending:
            yield _fault(process, f"state.{state.id}", "no events lead from this state to a final one")


def _lead_to(finals: set[str], process: Process) -> set[str]:
    """The states from which some final state can be reached."""
    found, grew = set(finals), True
    while grew:
        more = {each.state for each in process.transitions if each.to in found} - found
        found |= more
        grew = bool(more)
    return found


def unheld(process: Process, policy: Policy) -> Iterator[PolicyFault]:
    """Waiting states that nobody owns and in which no clock bears on anything."""
    del policy
    for state in process.states.values():
        if not (state.final or state.owners or _clocked(state, process)):
            remedy = "say who acts with `owner`, or which clock it waits for"
            yield _fault(process, f"state.{state.id}", "this state waits for nobody and for no clock", remedy)


def _clocked(state: State, process: Process) -> bool:
    expected = {event for timer in process.timers.values() for event in timer.expects}
    return any(each.not_before or each.not_after or each.event in expected for each in state.transitions)


def ambiguous(process: Process, policy: Policy) -> Iterator[PolicyFault]:
    """Pairs of transitions of one state and event whose guards are not proved to exclude each other."""
    vocabulary = seen_by(process, policy).vocabulary
    for state in process.states.values():
        for one, other in combinations(state.transitions, 2):
            if one.event == other.event and can_both_hold(one.when, other.when, vocabulary) is not False:
                key = f"state.{state.id}.on.{one.event}"
                yield _fault(process, key, f"two steps may both fit: {_shown(one)}; {_shown(other)}")


def _shown(transition: Transition) -> str:
    return f"to {transition.to} when {transition.text or 'always'}"


def clocks_not_running(process: Process, policy: Policy) -> Iterator[PolicyFault]:
    """Transitions that wait for a clock which some way to their state never sets running."""
    del policy
    for timer in process.timers.values():
        reached = _reached(process, without=timer.starts)
        for each in process.transitions:
            if timer.id in (*each.not_before, *each.not_after) and each.state in reached:
                problem = f"it waits for clock {timer.id}, and some events lead here without starting it"
                yield _fault(process, f"state.{each.state}.on.{each.event}", problem)


def idle_parts(process: Process, policy: Policy) -> Iterator[PolicyFault]:
    """Events that no state takes, and clocks that bear on nothing."""
    del policy
    used = {each.event for each in process.transitions}
    for name in process.events:
        if name not in used:
            yield _fault(process, f"event.{name}", "no state takes this event")
    waited_for = {name for each in process.transitions for name in (*each.not_before, *each.not_after)}
    for timer in process.timers.values():
        if timer.id not in waited_for and not timer.expects:
            yield _fault(process, f"timer.{timer.id}", "nothing waits for this clock, and it expects nothing")


def unknown_names(process: Process, policy: Policy) -> Iterator[PolicyFault]:
    """Duties, roles, and processes handed over to, that the policy does not have."""
    actions = {rule.name for rule in policy.rules if rule.duty}
    for state in process.states.values():
        key = f"state.{state.id}"
        yield from _missing(process, key, "action", state.duties, actions)
        yield from _missing(process, key, "role", state.owners, policy.roles)
        yield from _missing(process, key, "process", state.then, policy.processes)
        for each in state.transitions:
            yield from _missing(process, f"{key}.on.{each.event}", "role", each.roles, policy.roles)
            if not each.roles:
                yield _fault(process, f"{key}.on.{each.event}", "nobody is said to do this", "name a role in `by`")


def _missing(
    process: Process, key: str, kind: str, names: Iterable[str], known: Iterable[str]
) -> Iterator[PolicyFault]:
    listed = set(known)
    for name in names:
        if name not in listed:
            yield _fault(process, key, f"the policy has no {kind} {name!r}")
