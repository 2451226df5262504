"""Histories and mutants: which history notices a slip in a process, and the one that is wanting where none does."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice, product
from typing import Any

from attrs import evolve, field, frozen

from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import Node, names_in
from cme_rules.domain.never import NEVER
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Process, Timer, Transition
from cme_rules.processes.case import Case, CaseEvent
from cme_rules.processes.checks import check_process
from cme_rules.processes.position import position
from cme_rules.verify.histories import HistoryCase, wrong_with
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.positions import ABSENT, said_of
from cme_rules.verify.written import as_toml as written

__all__ = ["Track", "Trial", "broken_process", "killing_history", "wanting_history"]

_MOST_GUESSES = 48
_A_DAY = timedelta(days=1)
_OF_STATES = ("duties.", "implies.", "then")


@frozen(kw_only=True)
class Trial:
    """An invented case on a day, with everything the policy says of it."""

    case: Case = field(repr=False)
    on: date
    said: Mapping[str, object] = field(repr=False)


@frozen(eq=False)
class Track:
    """A policy and its histories, with the trials they make worked out once for all mutants of a process.

    `seeds` are further histories whose cases are worth trying, such as those of the policy it extends.
    """

    policy: Policy
    histories: tuple[HistoryCase, ...]
    seeds: tuple[HistoryCase, ...] = ()
    _trials: dict[str, tuple[Trial, ...]] = field(factory=dict, init=False, repr=False)
    _states: dict[str, frozenset[str]] = field(factory=dict, init=False, repr=False)

    def of(self, process: Process) -> tuple[HistoryCase, ...]:
        """The histories of one process."""
        return tuple(each for each in self.histories if each.case.process.id == process.id)

    def through(self, old: Process, new: Process) -> Iterator[HistoryCase]:
        """The histories that pass where a process was changed; to the others it is the same."""
        steps, clocks, states = _changes(old, new)
        places = {each.state for each in steps} | states
        starts = {name for timer in clocks for name in timer.starts}
        for history in self.of(old):
            begun = {each.name for each in history.case.events}
            if begun & starts or places & self._passed(history):
                yield history

    def _passed(self, history: HistoryCase) -> frozenset[str]:
        """The states a history passes through."""
        if history.name not in self._states:
            told = position(history.case, on=history.on, policy=self.policy).history
            states = (told.start.state, *(each.standing.state for each in told.taken))
            self._states[history.name] = frozenset(states)
        return self._states[history.name]

    def trials(self, process: Process) -> tuple[Trial, ...]:
        """The cases of a process's histories after each of their events, each once, as the policy sees them."""
        if process.id not in self._trials:
            cases = {_key(case): (case, on) for case, on in self._beginnings(process)}
            self._trials[process.id] = tuple(self.tried(case, on) for case, on in cases.values())
        return self._trials[process.id]

    def _beginnings(self, process: Process) -> Iterator[tuple[Case, date]]:
        for history in (*self.histories, *self.seeds):
            events = history.case.events
            if history.case.process.id == process.id:
                yield evolve(history.case, process=process, events=()), events[0].on if events else history.on
                for count, last in enumerate(events, start=1):
                    yield evolve(history.case, process=process, events=events[:count]), last.on

    def tried(self, case: Case, on: date) -> Trial:
        """What the policy says of a case on a day."""
        return Trial(case=case, on=on, said=said_of(position(case, on=on, policy=self.policy)))


def _key(case: Case) -> str:
    return repr((dict(case.facts), [(each.name, each.on, dict(each.says)) for each in case.events]))


def killing_history(mutant: Mutant, track: Track) -> str:
    """The first history that the mutant's process does not bear out."""
    process = _process(mutant)
    for history in track.through(track.policy.processes[process.id], process):
        case = evolve(history.case, process=process)
        if next(wrong_with(evolve(history, case=case), track.policy), None):
            return history.name
    return ""


def broken_process(mutant: Mutant, track: Track) -> str:
    """The first thing wrong with the mutant's process by itself: a state nothing leads to, two steps that both fit."""
    return next((str(fault) for fault in check_process(_process(mutant), track.policy)), "")


def _process(mutant: Mutant) -> Process:
    return mutant.policy.processes[mutant.touches[0]]


def wanting_history(mutant: Mutant, track: Track) -> str:
    """A history that would notice a slip, written out to be pasted; nothing where none was found near those there."""
    process, old = _process(mutant), track.policy.processes[mutant.touches[0]]
    for trial in _worth_trying(old, process, track):
        case = evolve(trial.case, process=process)
        other = said_of(position(case, on=trial.on, policy=track.policy))
        keys = tuple(dict.fromkeys(key for key in (*trial.said, *other) if trial.said.get(key) != other.get(key)))
        if keys:
            return _as_toml(trial, _enough(keys, trial, mutant), mutant, old)
    return ""


def _enough(keys: tuple[str, ...], trial: Trial, mutant: Mutant) -> tuple[str, ...]:
    """What is worth expecting: of a slip in a state all that belongs to it, of another the plainest that differs."""
    if mutant.kind == "state":
        return tuple(dict.fromkeys((*keys, *(key for key in trial.said if key.startswith(_OF_STATES)))))
    plainest = tuple(key for key in keys if key in ("refused", "state"))
    return plainest or keys


def _worth_trying(old: Process, new: Process, track: Track) -> Iterator[Trial]:
    """The trials in the states that changed, then those with one more event: one that a changed step or clock takes."""
    steps, clocks, states = _changes(old, new)
    places = {each.state for each in steps} | states
    near = [each for each in track.trials(old) if clocks or each.said["state"] in places]
    yield from near
    names = dict.fromkeys([each.event for each in steps])
    names |= dict.fromkeys(name for timer in clocks for name in (*timer.starts, *timer.stops, *timer.expects))
    for trial in near:
        for name in names:
            for case in _one_more(trial, name, _guards(steps, name, old), track.policy):
                yield track.tried(case, case.events[-1].on)


def _changes(old: Process, new: Process) -> tuple[list[Transition], list[Timer], set[str]]:
    """The steps, the clocks and the states that are not the same."""
    steps = [one for one, other in zip(old.transitions, new.transitions, strict=True) if one != other]
    clocks = [timer for name, timer in old.timers.items() if timer != new.timers[name]]
    return steps, clocks, {name for name, state in old.states.items() if state != new.states[name]}


def _guards(steps: Iterable[Transition], event: str, process: Process) -> tuple[Node, ...]:
    found = [each.when for each in steps if each.event == event and each.when is not None]
    return tuple(found) or tuple(each.when for each in process.transitions if each.event == event and each.when)


def _one_more(trial: Trial, event: str, guards: tuple[Node, ...], policy: Policy) -> Iterator[Case]:
    """The case with one more event, on its last day and the next, with every guess at the facts its guards ask for."""
    specs = {**policy.facts, **trial.case.process.attributes}
    names = [name for name in dict.fromkeys(n for guard in guards for n in _names(guard, policy)) if name in specs]
    for on in (trial.on, trial.on + _A_DAY):
        values = [_guesses(specs[name], on) for name in names]
        for guess in islice(product(*values), _MOST_GUESSES):
            guessed = {name: value for name, value in zip(names, guess, strict=True) if value is not None}
            yield _with(trial.case, CaseEvent(event, on), guessed, policy)


def _names(tree: Node, policy: Policy) -> Iterator[str]:
    """The names of a tree and of the definitions it uses."""
    for name in names_in(tree):
        yield name
        if name in policy.definitions:
            yield from _names(policy.definitions[name].means, policy)


def _with(case: Case, event: CaseEvent, guessed: Mapping[str, Any], policy: Policy) -> Case:
    """The case with one more event; each fact guessed at is told now, or where it was told, or was known all along."""
    now = {name: value for name, value in guessed.items() if name in case.process.events[event.name].says}
    rest = {name: value for name, value in guessed.items() if name not in now}
    said_before = {name for each in case.events for name in each.says}
    given = {name: value for name, value in rest.items() if name not in said_before and name in policy.facts}
    told = tuple(evolve(each, says={n: rest.get(n, v) for n, v in each.says.items()}) for each in case.events)
    last = evolve(event, says=now)
    return evolve(case, facts={**case.facts, **given}, events=(*told, last))


def _guesses(spec: FactSpec, on: date) -> tuple[Any, ...]:
    match spec.kind.base:
        case Base.BOOL:
            return (True, False)
        case Base.TEXT:
            return spec.kind.words or (None,)
        case Base.DATE:
            return (on, on - _A_DAY, NEVER)
        case _:
            return (None,)


def _as_toml(trial: Trial, keys: tuple[str, ...], mutant: Mutant, process: Process) -> str:
    """The history as cases/histories_*.toml has it; its sentence and its answers are for a person to check."""
    state = process.states[str(trial.said["state"])]
    lines = [
        f"# It would notice, in {mutant.place}: {mutant.words}",
        "[[history]]",
        f'name    = "{_sentence(keys, trial, process)}"',
        f'process = "{process.id}"',
        f"on      = {trial.on}",
        *([f"facts   = {{ {_table(trial.case.facts)} }}"] if trial.case.facts else []),
        "events  = [",
        *(f"    {{ {_table({'event': each.name, 'on': each.on, **each.says})} }}," for each in trial.case.events),
        "]",
        f'state   = "{state.id}"',
        *_expected(keys, trial.said),
    ]
    return "\n".join(lines) + "\n"


def _sentence(keys: tuple[str, ...], trial: Trial, process: Process) -> str:
    """A sentence that names the history: where the case stands, and what is to be seen there."""
    place = _lower(process.states[str(trial.said["state"])].title)
    if keys[0].startswith(_OF_STATES) or not trial.case.events:
        return f"What belongs to this state: {place}"
    last = process.events[trial.case.events[-1].name].title
    if keys[0].startswith("due."):
        runs = "runs" if keys[0] in trial.said else "has stopped"
        clock = _lower(process.timers[keys[0].removeprefix("due.")].title)
        return f"{last}: the clock {runs} ({clock})"
    ended = "is refused" if "refused" in keys and trial.said["refused"] else "is taken"
    return f"{last}: it {ended}, and {place}"


def _lower(title: str) -> str:
    """A title within a sentence; an abbreviation stays as it is."""
    return (title if title[1:2].isupper() else title[:1].lower() + title[1:]).replace('"', "'")


def _table(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {written(value)}" for name, value in values.items())


def _expected(keys: tuple[str, ...], said: Mapping[str, object]) -> Iterator[str]:
    """What to expect, group by group; where something should not be there at all, that."""
    named: dict[str, list[str]] = {}
    for key in keys:
        group, _, name = key.partition(".")
        if name and (group, key in said) == ("next", False):
            named.setdefault("not_next", []).append(written(name))
        elif name:
            value = written(said.get(key, ABSENT[group]))
            named.setdefault(group, []).append(f"{name} = {value}")
    for group, parts in named.items():
        joined = ", ".join(parts)
        yield f"{group} = [{joined}]" if group == "not_next" else f"{group} = {{ {joined} }}"
    if "then" in keys:
        yield f"then = {_listed(said['then'])}"
    yield from _always(said)


def _always(said: Mapping[str, object]) -> Iterator[str]:
    """The refusals and the clocks overdue or kept late, which a history tells in full."""
    refused: Any = said["refused"]
    if refused:
        yield f"refused = [{', '.join(f'[{written(name)}, {written(why)}]' for name, why in refused)}]"
    for key in ("overdue", "late"):
        names: Any = said[key]
        if names:
            yield f"{key} = {_listed(names)}"


def _listed(names: Any) -> str:  # noqa: ANN401 - names, as the position says them
    return f"[{', '.join(map(written, names))}]"
