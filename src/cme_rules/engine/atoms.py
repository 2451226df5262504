"""What a rule asks of a child's facts directly, as Python: one expression an atom, True, False or None.

Every such expression begins the same way: not known if a fact is missing, no if an event never happened. What
follows is a comparison with a constant of the day; where there is no such comparison, the plain reading is asked.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

from attrs import field, frozen

from cme_rules.calendars.spans import Unit
from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.kinds import DATE, Base
from cme_rules.conditions.nodes import Call, Compare, Literal, Name, Node, OneOf, Today, names_in, walk
from cme_rules.engine.invert import OneDate, date_in, is_partial, trend, turning
from cme_rules.engine.moment import Moment
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.facts import EARLIEST
from cme_rules.policy.model.policy import Law

__all__ = ["Atoms", "Constant", "unanswerable"]

BY_SCHOOL_AGE = frozenset({"school_age_begins", "school_age_ends", "year_group"})

_EVEN_UNITS = frozenset({Unit.CALENDAR_DAY.value, Unit.WEEK.value})
"""Units in which a span is as long from one day as from another."""

_LONGEST = 10_000
"""Weeks or days of a span that is added to a date without a look at the calendar's end."""


@frozen(kw_only=True, eq=False, repr=False)
class Constant:
    """A name in the source whose value depends on the day: what it answers, and in which way.

    `how` is "turning" (the last date before an answer turns, with the first and last date that have one as
    `key_first` and `key_last`), "length" (of a span) or "asked" (the plain reading, as a function of `names`).
    """

    key: str
    node: Node
    how: str
    names: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The names it goes by in the source."""
        return (self.key, f"{self.key}_first", f"{self.key}_last") if self.how == "turning" else (self.key,)

    def values(self, moment: Moment) -> dict[str, Any]:
        """What the constant is on a day."""
        if self.how == "turning":
            turn = turning(self.node, moment)
            return dict(zip(self.parts, (turn.low, turn.first, turn.last), strict=True))
        return {self.key: self._length(moment) if self.how == "length" else _asker(self.node, self.names, moment)}

    def _length(self, moment: Moment) -> timedelta:
        """How far a span reaches: as far from any day as from the first that a child's date can be."""
        reached = cast("date", evaluate(self.node, OneDate(moment, self.names[0], EARLIEST)))
        return reached - EARLIEST


def _asker(node: Node, names: tuple[str, ...], moment: Moment) -> Callable[..., object]:
    """A function that puts an atom's known facts to the plain reading of the language."""

    def ask(*values: object) -> object:
        return evaluate(node, Scope(moment=moment, facts=dict(zip(names, values, strict=True))))

    return ask


@frozen(eq=False, repr=False)
class Atoms:
    """Writes the atoms of one law and collects the constants they need, one for all atoms of the same shape."""

    law: Law
    constants: dict[Node, Constant] = field(factory=dict)

    def write(self, node: Node) -> str:
        """The expression of an atom whose definitions are written out: a call, a comparison, a word of a list."""
        facts = [name for name in names_in(node) if name in self.law.policy.facts]
        if isinstance(node, Call) and node.function == "known":
            return _given(facts, "True")
        if unanswerable(node, self.law):
            return "None"
        text = self._of_words(node) or self._of_numbers(node) or self._of_dates(node)
        if not text:
            names = tuple(facts)
            return _given(names, f"{self._constant(node, node, 'asked', names)}({', '.join(names)})")
        never = [name for name in facts if self._can_be_never(name)]
        return _given(facts, f"False if {_any(never, 'is NEVER')} else {text}" if never else text)

    def _can_be_never(self, name: str) -> bool:
        spec = self.law.policy.facts[name]
        return spec.kind == DATE and spec.can_be_never

    def _of_words(self, node: Node) -> str:
        match node:
            case OneOf(item=Name(name=name), words=words):
                return f"{name} in {words!r}"
            case Compare(operator=("==" | "!=") as sign, left=Name(name=name), right=Literal(value=str() as word)):
                return f"{name} {sign} {word!r}"
            case _:
                return ""

    def _of_numbers(self, node: Node) -> str:
        match node:
            case Compare(operator=sign, left=left, right=right):
                number = self._number(right)
            case _:
                return ""
        match left:
            case Name(name=name) if number and self._is_int(name):
                return f"{name} {sign} {number}"
            case Call(function="rate", arguments=(Name(name=part), Name(name=whole))) if number:
                return f"{part} * 100 {sign} {number} * {whole} if {whole} > 0 else None"
            case Call(function="days_between", arguments=(Name(name=first), Name(name=last))) if number:
                return f"({last} - {first}).days {sign} {number}"
            case _:
                return ""

    def _is_int(self, name: str) -> bool:
        return name in self.law.policy.facts and self.law.policy.facts[name].kind.base is Base.INT

    def _number(self, node: Node) -> str:
        """A number written out, or the constant that holds a parameter's count."""
        match node:
            case Literal(value=int() as value):
                return str(value)
            case Name(name=name) if name in self.law.parameters:
                return f"P_{name}"
            case _:
                return ""

    def _of_dates(self, node: Node) -> str:
        match node:
            case Call(function="happened", arguments=(Name(name=name),)):
                return f"{name} <= ON"
            case Call(function="passed", arguments=(Name(name=name),)):
                return f"{name} < ON"
            case Compare(operator=sign, left=left, right=right):
                one, other = self._day(left), self._day(right)
                if one and other:
                    return f"{one} {sign} {other}"
        name = date_in(node, self.law.policy)
        return (self._turning(node, name) or self._equal(node, name)) if name else ""

    def _equal(self, node: Node, name: str) -> str:
        """'Equal to' as 'at least and at most', where each of these turns once as the date moves later."""
        if not isinstance(node, Compare) or node.operator not in ("==", "!="):
            return ""
        if node.operator == "!=" and is_partial(node, self.law.policy):
            return ""  # `not` of what no calendar can count would read as a yes: the plain reading is asked instead
        sides = [self._turning(Compare(sign, node.left, node.right), name) for sign in (">=", "<=")]
        both = " and ".join(f"({side})" for side in sides)
        return (both if node.operator == "==" else f"not ({both})") if all(sides) else ""

    def _day(self, node: Node) -> str:
        """A date fact, the day assessed, or the end of an even span from a date fact."""
        match node:
            case Today():
                return "ON"
            case Name(name=name) if name in self.law.policy.facts and self.law.policy.facts[name].kind == DATE:
                return name
            case Call(function=("last_day" | "first_day_after"), arguments=(Name(name=span), Name(name=name))):
                shape = _unnamed(node, name)
                return f"{name} + {self._constant(shape, node, 'length', (name,))}" if self._is_even(span) else ""
            case _:
                return ""

    def _is_even(self, span: str) -> bool:
        """Whether a span is as long from one day as from another, and ends in the years a date can have."""
        parameter = self.law.policy.parameters[span]
        return parameter.unit in _EVEN_UNITS and all(dated.value <= _LONGEST for dated in parameter.values)

    def _turning(self, node: Node, name: str) -> str:
        """An answer that turns once as its one date moves later."""
        policy = self.law.policy
        if not trend(node, policy):
            return ""
        key = self._constant(_unnamed(node, name), node, "turning", (name,))
        sign = ">" if trend(node, policy) > 0 else "<="
        partly = f" if {key}_first <= {name} <= {key}_last else None" if is_partial(node, policy) else ""
        return f"{name} {sign} {key}{partly}"

    def _constant(self, shape: Node, node: Node, how: str, names: tuple[str, ...]) -> str:
        if shape not in self.constants:
            self.constants[shape] = Constant(key=f"K{len(self.constants)}", node=node, how=how, names=names)
        return self.constants[shape].key


def unanswerable(node: Node, law: Law) -> bool:
    """Whether the law of the day lacks a number, or the rules of school age, that an atom needs."""
    ages = any(isinstance(part, Call) and part.function in BY_SCHOOL_AGE for part in walk(node))
    lacking = any(law.parameters.get(name, 0) is None for name in names_in(node))
    return lacking or (ages and law.school_age is None)


def _unnamed(node: Node, name: str) -> Node:
    """The tree without its fact's name: what two atoms of the same shape share."""
    match node:
        case Name(name=found) if found == name:
            return Name("")
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(_unnamed(argument, name) for argument in arguments))
        case Compare(operator=operator, left=left, right=right):
            return Compare(operator, _unnamed(left, name), _unnamed(right, name))
        case _:
            return node


def _given(facts: list[str] | tuple[str, ...], text: str) -> str:
    return f"None if {_any(facts, 'is None')} else {text}" if facts else text


def _any(names: list[str] | tuple[str, ...], test: str) -> str:
    return " or ".join(f"{name} {test}" for name in names)
