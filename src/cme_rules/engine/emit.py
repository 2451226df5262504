"""Writing a law's rules as one Python function, so that an assessment costs microseconds.

Every condition becomes two plain expressions: one true exactly where it holds, one true exactly where it fails. A
missing fact is None and makes neither true, so UNKNOWN needs no test of its own, and `and` and `or` stop as early
as they can. The source speaks of constants by number (K0, K1 …); what they are on a day is filled in later, so the
function is written once for a law and serves every day on which that law stands.
"""

from attrs import field, frozen

from cme_rules.conditions.judge import OPPOSITE
from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or, names_in
from cme_rules.engine.invert import date_in, is_partial, trend
from cme_rules.policy.model.policy import Law, Policy

__all__ = ["Atom", "Program", "expand", "write"]


@frozen
class Atom:
    """A part of the source answered by constants of the day: which names it speaks of, and how it is answered."""

    node: Node
    key: str
    inverted: bool
    names: tuple[str, ...]


@frozen(kw_only=True)
class Program:
    """The source of a law's function, the atoms whose constants it needs, and what each result stands for.

    `slots` holds (rule id, part), where part is "when" or "discharged".
    """

    source: str
    atoms: tuple[Atom, ...]
    slots: tuple[tuple[str, str], ...]


def write(law: Law) -> Program:
    """The program of a law: one function `run` taking facts by name and giving True, False or None a slot."""
    writer = _Writer(law)
    slots, results = [], []
    for rule in law.rules:
        slots.append((rule.id, "when"))
        results.append(writer.local(rule.name, rule.when))
        if rule.duty and rule.duty.discharged is not None:
            slots.append((rule.id, "discharged"))
            results.append(writer.local(f"{rule.name}_discharged", rule.duty.discharged))
    names = ", ".join(f"{name}=None" for name in law.policy.facts)
    body = [*writer.lines, f"return ({', '.join(results)}{',' if len(results) == 1 else ''})"]
    source = f"def run({names}):\n" + "\n".join(f"    {line}" for line in body) + "\n"
    return Program(source=source, atoms=tuple(writer.atoms.values()), slots=tuple(slots))


def expand(node: Node, policy: Policy) -> Node:
    """The tree with every definition that is not a yes or no written out."""
    match node:
        case Name(name=name):
            definition = policy.definitions.get(name)
            if definition is None or definition.kind.base is Base.BOOL:
                return node
            return expand(definition.means, policy)
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(expand(argument, policy) for argument in arguments))
        case Compare(operator=operator, left=left, right=right):
            return Compare(operator, expand(left, policy), expand(right, policy))
        case OneOf(item=item, words=words):
            return OneOf(expand(item, policy), words)
        case _:
            return node


_Rails = tuple[str, str]
_ALWAYS: _Rails = ("True", "False")
_NEITHER: _Rails = ("False", "False")


@frozen(eq=False)
class _Writer:
    """Collects the lines of the function and the atoms they use; each definition and finding becomes one local."""

    law: Law
    lines: list[str] = field(factory=list)
    atoms: dict[Node, Atom] = field(factory=dict)
    locals: dict[str, str] = field(factory=dict)

    def local(self, name: str, node: Node) -> str:
        """The local variable holding a tree's answer, written on first need."""
        if name not in self.locals:
            holds, fails = self.rails(node)
            self.locals[name] = f"r_{name}"
            self.lines.append(f"r_{name} = True if {holds} else False if {fails} else None")
        return self.locals[name]

    def rails(self, node: Node) -> _Rails:
        """The two expressions of a tree: where it holds, where it fails."""
        match node:
            case Not(operand=operand):
                holds, fails = self.rails(operand)
                return fails, holds
            case And(operands=operands):
                return self._joined(operands, "and", "or")
            case Or(operands=operands):
                return self._joined(operands, "or", "and")
            case Literal(value=value):
                return _ALWAYS if value else _ALWAYS[::-1]
            case Name(name=name):
                return self._named(name)
            case _:
                return self._atom(expand(node, self.law.policy))

    def _joined(self, operands: tuple[Node, ...], holding: str, failing: str) -> _Rails:
        rails = [self.rails(operand) for operand in operands]
        holds = f" {holding} ".join(holds for holds, _ in rails)
        fails = f" {failing} ".join(fails for _, fails in rails)
        return f"({holds})", f"({fails})"

    def _named(self, name: str) -> _Rails:
        policy = self.law.policy
        if name in policy.facts:
            return name, f"{name} is False"
        if name in policy.definitions:
            local = self.local(name, policy.definitions[name].means)
        elif name in self.law.findings:
            local = self.local(name, self.law.findings[name].when)
        else:
            return _ALWAYS[::-1]
        return local, f"{local} is False"

    def _atom(self, node: Node) -> _Rails:
        """A comparison or call: answered by a turning date where there is one, written out where it is plain."""
        policy = self.law.policy
        known = _of_known(node)
        if known:
            return f"{known} is not None", "False"
        name = date_in(node, policy)
        if name and trend(node, policy):
            return self._dated(node, name)
        plain = self._plain(node)
        return plain or self._asked(node)

    def _key(self, node: Node, *, inverted: bool) -> str:
        if node not in self.atoms:
            facts = tuple(name for name in names_in(node) if name not in self.law.policy.parameters)
            self.atoms[node] = Atom(node, f"K{len(self.atoms)}", inverted, facts)
        return self.atoms[node].key

    def _dated(self, node: Node, name: str) -> _Rails:
        key = self._key(node, inverted=True)
        if is_partial(node, self.law.policy):
            early, late = f"{key}_first <= {name} <= {key}_low", f"{key}_high <= {name} <= {key}_last"
        else:
            early, late = f"{name} <= {key}_low", f"{name} > {key}_low"
        rising = trend(node, self.law.policy) > 0
        holds, fails = (late, early) if rising else (early, late)
        return f"({name} and {holds})", f"({name} is NEVER or {name} and {fails})"

    def _plain(self, node: Node) -> _Rails | None:
        """A word among words, or a number or a rate against a number of the day: written out in full."""
        policy = self.law.policy
        match node:
            case OneOf(item=Name(name=name), words=words):
                return f"{name} in {words!r}", f"({name} is not None and {name} not in {words!r})"
            case Compare(operator=("==" | "!=") as sign, left=Name(name=name), right=Literal(value=str() as word)):
                return _of_word(name, sign, word)
            case Compare(operator=sign, left=Name(name=name), right=Name(name=parameter)) if self._number(parameter):
                if name in policy.facts and policy.facts[name].kind.base is Base.INT:
                    return _of_number(name, sign, self.number(parameter))
            case Compare(
                operator=sign,
                left=Call(function="rate", arguments=(Name(name=part), Name(name=whole))),
                right=Name(name=parameter),
            ) if self._number(parameter):
                return _of_rate(part, whole, sign, self.number(parameter))
        return None

    def _number(self, parameter: str) -> bool:
        return self.law.parameters.get(parameter) is not None

    def number(self, parameter: str) -> str:
        """The constant that holds a parameter's count."""
        return f"P_{parameter}"

    def _asked(self, node: Node) -> _Rails:
        """Anything else: the plain reading of the language is asked, once all its facts are known."""
        key = self._key(node, inverted=False)
        facts = self.atoms[node].names
        local = f"a_{key}"
        if local not in self.locals:
            self.locals[local] = local
            given = " or ".join(f"{name} is None" for name in facts) or "False"
            self.lines.append(f"{local} = None if {given} else {key}({', '.join(facts)})")
        return local, f"{local} is False"


def _of_known(node: Node) -> str:
    match node:
        case Call(function="known", arguments=(Name(name=name),)):
            return name
        case _:
            return ""


def _of_word(name: str, sign: str, word: str) -> _Rails:
    same, other = f"{name} == {word!r}", f"({name} is not None and {name} != {word!r})"
    return (same, other) if sign == "==" else (other, same)


def _of_number(name: str, sign: str, constant: str) -> _Rails:
    return tuple(  # type: ignore[return-value]
        f"({name} is not None and {name} {operator} {constant})" for operator in (sign, OPPOSITE[sign])
    )


def _of_rate(part: str, whole: str, sign: str, constant: str) -> _Rails:
    return tuple(  # type: ignore[return-value]
        f"({whole} and {part} is not None and {part} * 100 {operator} {constant} * {whole})"
        for operator in (sign, OPPOSITE[sign])
    )
