"""A process as lines: one for each way a step can be taken, refused, or left open."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from cme_rules.adapters.durable.compile import Compiler
from cme_rules.adapters.durable.lines import FromCase, Line, Program, Test
from cme_rules.conditions.nodes import Name
from cme_rules.policy.model.policy import Law
from cme_rules.policy.model.processes import Process, Transition

__all__ = ["EARLY", "LATE", "OPEN", "CaseProgram", "Move", "compile_process"]

OPEN, EARLY, LATE = "open", "early", "late"
"""How a day stands to the clocks a transition waits for."""


@frozen(kw_only=True)
class Move:
    """A transition and the keys that say what the engine makes of it.

    `fits` holds where state, event and guard fit, and fails where the guard does. `taken`, `early` and `late` hold
    where it fits and the day is so; `clocks` is the attribute that tells how the day is, empty where none bounds it.
    """

    transition: Transition
    fits: str
    taken: str
    early: str = ""
    late: str = ""
    clocks: str = ""


@frozen(kw_only=True, eq=False)
class CaseProgram:
    """A process as lines, and the keys its steps are told by and read from.

    `state`, `event` and `in_order` are told; `closed`, `behind` and `here` are concluded: the case is over, the event
    is dated before the one taken last, and, a key for each state, some transition of it waits for the event.
    """

    program: Program
    moves: Mapping[tuple[str, str], tuple[Move, ...]]
    state: str
    event: str
    in_order: str
    closed: str
    behind: str
    here: Mapping[str, str]


def compile_process(process: Process, law: Law) -> CaseProgram:
    """The lines of a process by the law of a day, with whatever of that law its guards speak of."""
    return _Maker(compiler=Compiler(law=law)).made(process)


@frozen(kw_only=True, eq=False)
class _Maker:
    compiler: Compiler
    moves: dict[tuple[str, str], tuple[Move, ...]] = field(factory=dict)

    def made(self, process: Process) -> CaseProgram:
        state, event, order = (self.compiler.source(FromCase(name)) for name in ("state", "event", "in order"))
        for each in process.transitions:
            where = (_is(state, each.state), _is(event, each.event))
            self.moves[each.state, each.event] = (
                *self.moves.get((each.state, each.event), ()),
                self._move(each, where),
            )
        over = [(_is(state, each.id),) for each in process.states.values() if each.final]
        closed = self._any("closed", over)
        here = {name: self._any("here", self._pairs(state, event, name)) for name in process.states}
        behind = self._any("behind", [(_is(order, value=False),)])
        return CaseProgram(
            program=self.compiler.program(),
            moves=self.moves,
            state=state,
            event=event,
            in_order=order,
            closed=closed,
            behind=behind,
            here=here,
        )

    def _pairs(self, state: str, event: str, name: str) -> list[tuple[Test, ...]]:
        """Each event that some transition of a state waits for."""
        return [(_is(state, name), _is(event, what)) for where, what in self.moves if where == name]

    def _move(self, transition: Transition, where: tuple[Test, ...]) -> Move:
        guard = self.compiler.rails(transition.when) if transition.when is not None else None
        fits = self._key(f"{transition.id} fits")
        self._line(fits, (*where, guard[0]) if guard else where)
        if guard:
            self._line(fits, (*where, guard[1]), holds=False)
        if not (transition.not_before or transition.not_after):
            return Move(transition=transition, fits=fits, taken=fits)
        clocks = self.compiler.source(FromCase(f"clocks of {transition.state} {fits}"))
        keys = {how: self._any(how, [(_is(fits, value=True), _is(clocks, how))]) for how in (OPEN, EARLY, LATE)}
        return Move(
            transition=transition, fits=fits, taken=keys[OPEN], early=keys[EARLY], late=keys[LATE], clocks=clocks
        )

    def _any(self, what: str, ways: Iterable[tuple[Test, ...]]) -> str:
        """A key that holds where any of some sets of tests is met."""
        key = self._key(what)
        for tests in ways:
            self._line(key, tests)
        return key

    def _line(self, key: str, tests: tuple[Test, ...], *, holds: bool = True) -> None:
        self.compiler.lines.append(Line(key=key, holds=holds, tests=tests))

    def _key(self, what: str) -> str:
        return self.compiler.fresh("m", Name(what))


def _is(key: str, value: bool | str) -> Test:  # noqa: FBT001 - an attribute's value
    return Test(key, "==", value, Name(key), holds=True)
