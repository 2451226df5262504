"""From the text of a condition to its tree, checked name by name and kind by kind.

Python's own parser reads the text; a whitelist then lets through the few forms the language has. Whatever else
Python would allow (calls of anything, attributes, arithmetic, digits) is refused with a caret under the place.
"""

import ast

from cme_rules.conditions.functions import ANY, FUNCTIONS, Signature
from cme_rules.conditions.kinds import BOOL, DATE, Base, Kind, Vocabulary
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, Today
from cme_rules.errors import ConditionError

__all__ = ["DEEPEST", "LONGEST", "names_used", "one_line", "parse", "parse_condition"]

LONGEST = 4000
"""Characters a condition may have: far more than a person could check against a paragraph."""

DEEPEST = 40
"""Conditions a condition may have inside one another: a deeper one wants definitions with names of their own."""

_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ORDERS = frozenset({"<", "<=", ">", ">="})
_TODAY = "on"


def one_line(text: str) -> str:
    """The text with line breaks and runs of spaces folded, as it is parsed and shown."""
    return " ".join(text.split())


def names_used(text: str) -> tuple[str, ...]:
    """The declared names a condition mentions, in reading order, before anything is checked.

    Raises ConditionError where the text is not even Python.
    """
    tree = _syntax(one_line(text))
    called = {id(part.func) for part in ast.walk(tree) if isinstance(part, ast.Call)}
    found = [part for part in ast.walk(tree) if isinstance(part, ast.Name) and id(part) not in called]
    found.sort(key=lambda part: part.col_offset)
    return tuple(dict.fromkeys(part.id for part in found if part.id != _TODAY))


def parse_condition(text: str, vocabulary: Vocabulary) -> Node:
    """The tree of a condition that must be a yes or a no.

    Raises ConditionError with a caret: not the language, an undeclared name, kinds that do not fit.

    >>> from cme_rules.conditions.kinds import BOOL
    >>> parse_condition("not on_school_roll", {"on_school_roll": BOOL})
    Not(operand=Name(name='on_school_roll'))
    """
    node, kind = parse(text, vocabulary)
    if kind.base is not Base.BOOL:
        raise ConditionError(one_line(text), 0, f"a condition is a yes or a no; this gives {kind}")
    return node


def parse(text: str, vocabulary: Vocabulary) -> tuple[Node, Kind]:
    """The tree of any expression of the language, with the kind of value it gives."""
    line = one_line(text)
    tree = _syntax(line)  # first: what cannot stand in Python cannot be pointed at either
    return _Reader(line, vocabulary).read(tree)


def _syntax(line: str) -> ast.expr:
    if len(line) > LONGEST:
        raise ConditionError(line[:60] + "…", 0, f"a condition has at most {LONGEST} characters")
    try:
        return ast.parse(line, mode="eval").body
    except SyntaxError as fault:
        column = max(0, min((fault.offset or 1) - 1, len(line)))
        raise ConditionError(line, column, f"this does not parse: {fault.msg}") from None
    except (ValueError, RecursionError, MemoryError):
        problem = "this does not parse: too deep, or a character that cannot stand here"
        raise ConditionError(line[:60], 0, problem) from None


class _Reader:
    """Walks Python's tree once; holds the text for the carets and the vocabulary for the names."""

    def __init__(self, line: str, vocabulary: Vocabulary) -> None:
        self._line = line
        self._bytes = line.encode()
        self._vocabulary = vocabulary
        self._level = 0

    def _refuse(self, place: ast.expr, problem: str) -> ConditionError:
        column = len(self._bytes[: place.col_offset].decode())
        return ConditionError(self._line, column, problem)

    def read(self, part: ast.expr) -> tuple[Node, Kind]:
        self._level += 1
        if self._level > DEEPEST:
            raise self._refuse(part, f"this is more than {DEEPEST} deep: give an inner part a name, as a definition")
        found = self._read(part)
        self._level -= 1
        return found

    def _read(self, part: ast.expr) -> tuple[Node, Kind]:
        match part:
            case ast.BoolOp():
                return self._joined(part), BOOL
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self._truth(operand)), BOOL
            case ast.Compare():
                return self._compared(part), BOOL
            case ast.Call():
                return self._called(part)
            case ast.Name():
                return self._named(part)
            case ast.Constant():
                return self._written(part)
            case _:
                raise self._refuse(part, "only and, or, not, comparisons, in (…), names and functions are allowed here")

    def _truth(self, part: ast.expr) -> Node:
        node, kind = self.read(part)
        if kind.base is not Base.BOOL:
            raise self._refuse(part, f"expected a yes or a no, found {kind}")
        return node

    def _joined(self, part: ast.BoolOp) -> Node:
        operands = tuple(self._truth(value) for value in part.values)
        return And(operands) if isinstance(part.op, ast.And) else Or(operands)

    def _named(self, part: ast.Name) -> tuple[Node, Kind]:
        if part.id == _TODAY:
            return Today(), DATE
        if part.id not in self._vocabulary:
            raise self._refuse(part, f"{part.id!r} is not declared{_nearest(part.id, self._vocabulary)}")
        return Name(part.id), self._vocabulary[part.id]

    def _written(self, part: ast.Constant) -> tuple[Node, Kind]:
        value = part.value
        if isinstance(value, bool):
            return Literal(value), BOOL
        if isinstance(value, int) and value in (0, 1):
            return Literal(value), Kind(Base.INT)
        if isinstance(value, str):
            return Literal(value), Kind(Base.TEXT, words=(value,))
        raise self._refuse(part, "a number other than 0 and 1 is a parameter: name it in parameters.toml")

    def _compared(self, part: ast.Compare) -> Node:
        if len(part.ops) != 1:
            raise self._refuse(part, "one comparison at a time: join two with `and`")
        operator, right = part.ops[0], part.comparators[0]
        if isinstance(operator, ast.In | ast.NotIn):
            chosen = self._chosen(part.left, right)
            return Not(chosen) if isinstance(operator, ast.NotIn) else chosen
        sign = _OPERATORS.get(type(operator))
        if sign is None:
            raise self._refuse(part, "compare with == != < <= > >= or in (…)")
        return self._balanced(part.left, sign, right)

    def _balanced(self, left: ast.expr, sign: str, right: ast.expr) -> Node:
        one, one_kind = self.read(left)
        other, other_kind = self.read(right)
        problem = _unlike(one_kind, other_kind) or _unordered(one_kind, sign)
        if not problem and sign not in (">=", "<") and _orders_only(one, other):
            problem = "a rate is rounded down, so it compares only with >= and <"
        if not problem and _orders_only(other):
            problem = "write the rate on the left of the comparison"
        if problem:
            raise self._refuse(right, problem)
        return Compare(sign, one, other)

    def _chosen(self, item: ast.expr, options: ast.expr) -> Node:
        node, kind = self.read(item)
        if not isinstance(options, ast.Tuple | ast.List):
            raise self._refuse(options, 'after `in` write a list of words: ("a", "b")')
        words = tuple(self._word(option, kind) for option in options.elts)
        if not words:
            raise self._refuse(options, "the list after `in` is empty")
        return OneOf(node, words)

    def _word(self, option: ast.expr, kind: Kind) -> str:
        node, word_kind = self.read(option)
        problem = _unlike(kind, word_kind)
        if problem or not isinstance(node, Literal) or not isinstance(node.value, str):
            raise self._refuse(option, problem or "expected a quoted word")
        return node.value

    def _called(self, part: ast.Call) -> tuple[Node, Kind]:
        name = part.func.id if isinstance(part.func, ast.Name) else ""
        signature = FUNCTIONS.get(name)
        if signature is None:
            raise self._refuse(part, f"{name or 'this'!r} is not a function{_nearest(name, FUNCTIONS)}")
        if part.keywords or len(part.args) != len(signature.takes):
            raise self._refuse(part, f"{name}() takes {len(signature.takes)} values, in order")
        pairs = [self.read(argument) for argument in part.args]
        for place, (node, kind), wanted in zip(part.args, pairs, signature.takes, strict=True):
            problem = _unfit(node, kind, wanted)
            if problem:
                raise self._refuse(place, f"{name}() {problem}")
        self._same_units(part, signature, [kind for _, kind in pairs])
        return Call(name, tuple(node for node, _ in pairs)), signature.gives

    def _same_units(self, part: ast.Call, signature: Signature, kinds: list[Kind]) -> None:
        units = {kind.unit for kind in kinds if kind.base is Base.INT}
        if len(units) > 1:
            listed = " and ".join(sorted(str(unit) for unit in units))
            raise self._refuse(part, f"{signature.name}() was given numbers of different units: {listed}")


def _unfit(node: Node, kind: Kind, wanted: Kind) -> str:
    if wanted is ANY:
        return "" if isinstance(node, Name) and kind.base is not Base.SPAN else "takes the name of a fact"
    return "" if kind.base is wanted.base else f"expects {wanted} here, found {kind}"


def _unlike(one: Kind, other: Kind) -> str:
    """Why two kinds do not compare, or nothing. A span compares by its count, with numbers counted as it is."""
    bases = {Base.INT if kind.base is Base.SPAN else kind.base for kind in (one, other)}
    units = {kind.unit for kind in (one, other) if kind.unit}
    counted = {kind.counted for kind in (one, other) if kind.counted}
    if len(bases) > 1 or len(units) > 1 or len(counted) > 1:
        return f"{one} does not compare with {other}"
    return _unlisted(one, other) if one.base is Base.TEXT else ""


def _unlisted(one: Kind, other: Kind) -> str:
    known, given = (one, other) if one.words is None or len(one.words) > 1 else (other, one)
    if known.words is None:
        return "this text is free: only a fact with a closed list of words can be compared"
    strange = [word for word in given.words or () if word not in known.words]
    return f"{strange[0]!r} is not one of {', '.join(known.words)}" if strange else ""


def _unordered(kind: Kind, sign: str) -> str:
    if kind.base is Base.BOOL:
        return "a yes or a no is not compared: write the name, or not and the name"
    ordered = kind.base in (Base.INT, Base.DATE, Base.SPAN)
    return f"{kind} has no order: use == or !=" if sign in _ORDERS and not ordered else ""


def _orders_only(*nodes: Node) -> bool:
    return any(isinstance(node, Call) and FUNCTIONS[node.function].orders_only for node in nodes)


def _nearest(name: str, known: object) -> str:
    """A hint at the declared name the writer probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault needs it, and importing it is slow

    close = get_close_matches(name, list(known), n=1)  # type: ignore[call-overload]
    return f"; did you mean {close[0]!r}?" if close else ""
