"""The second engine: one law, open in the engine, for as many children as there are."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from cme_rules.adapters.durable.answers import Answers
from cme_rules.adapters.durable.compile import compile_law
from cme_rules.adapters.durable.lines import Program
from cme_rules.adapters.durable.opened import Opened
from cme_rules.adapters.durable.session import Firing, c_module
from cme_rules.adapters.durable.sources import told
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.engine.assess import assessor, facts_of
from cme_rules.engine.facts import check_facts
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Law, Policy

if TYPE_CHECKING:
    from cme_rules.domain.children import Child

__all__ = ["DurableEngine"]


class DurableEngine:
    """A law put to durable-rules: `assess(facts)` gives the verdict of every rule, with proofs.

    Made for a day and used for many children, in a `with` block or with `close()` at the end. Threads may share it: one
    at a time is served. After a fault, and in a forked process, the rulesets are opened anew by themselves.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        on: date,
        preview: Iterable[str] = (),
        calendar: SchoolCalendar | None = None,
        compiler: Callable[[Law], Program] = compile_law,
    ) -> None:
        """Compile the law of a day and open it; the arguments are those of `assess`.

        `compiler` stands in for the one that makes the lines, so that tests can break it.
        Raises EngineUnavailable where durable-rules cannot be imported, EngineCompileError where the law is beyond
        what the engine bears, and CallError as `assess` does.
        """
        module = c_module()
        self._policy = policy
        self._preview = tuple(preview)
        self._calendar = calendar
        self.program = compiler(policy.as_of(on, preview=self._preview))
        self._told = told(self.program)
        self._opened = Opened(self.program, module)

    @property
    def law(self) -> Law:
        """The law it judges by."""
        return self.program.law

    @property
    def on(self) -> date:
        """The day it judges."""
        return self.law.on

    def __repr__(self) -> str:
        """The policy, the day, and how many lines it became."""
        law = self.law
        return f"DurableEngine({law.policy.id!r}, on={law.on.isoformat()}, lines={len(self.program.lines)})"

    def assess(self, child: "Mapping[str, Any] | Child") -> Answers:
        """The verdict of every rule on a child: a mapping of flat facts, or a Child, as for `assess`.

        Raises CallError for facts the policy does not declare, and EngineRunError where the engine fails.
        """
        scope = self._scope(child)
        known, firings = self._opened.run(self._told.of(scope))
        answers = [None if (truth := known.get(root)) is None else bool(truth) for root in self.program.roots]
        return Answers(
            program=self.program,
            slots=dict(zip(self.program.slots, answers, strict=True)),
            scope=scope,
            firings=_by_key(firings),
        )

    def slots(self, child: "Mapping[str, Any] | Child") -> Mapping[tuple[str, str], bool | None]:
        """Only the answers, by rule id and part: what a comparison needs."""
        return self.assess(child).slots

    def _scope(self, child: "Mapping[str, Any] | Child") -> Scope:
        """The child's facts, checked, and the day as its school sees it."""
        on = self.law.on
        facts = check_facts(facts_of(child, self._policy, on=on), self._policy)
        school = facts.get("school", "")
        moment = assessor(self._policy, on=on, preview=self._preview, school=school, calendar=self._calendar).moment
        return Scope(moment=moment, facts=facts)

    def close(self) -> None:
        """Give the engine's memory back; calling it twice does no harm, using the engine afterwards is refused."""
        self._opened.close()

    def __enter__(self) -> Self:
        """The engine itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()


def _by_key(firings: Iterable[Firing]) -> Mapping[str, tuple[Firing, ...]]:
    found: dict[str, list[Firing]] = {}
    for firing in firings:
        found.setdefault(firing.line.key, []).append(firing)
    return {key: tuple(several) for key, several in found.items()}
