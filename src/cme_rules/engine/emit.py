"""Writing a law's rules as one Python function, so that an assessment costs microseconds.

The function takes the facts in the policy's order and gives True, False or None for every rule. Each atom, rule and
definition is judged once, into a local variable, and each line can be read: where it holds, where it fails, else not
known. What the constants (ON, K0, K1 …) are on a day is filled in later, so the source is written and compiled once
for a law and serves every day on which that law stands.
"""

from collections.abc import Iterable, Iterator, Mapping

from attrs import Factory, field, frozen

from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or
from cme_rules.engine.atoms import Atoms, Constant
from cme_rules.engine.rails import Rails, answer, both, either, of_answer, opposite
from cme_rules.policy.model.policy import Law, Policy

__all__ = ["Program", "expand", "write"]


@frozen(kw_only=True, eq=False, repr=False)
class Program:
    """The source of a law's function, the constants it needs, and what each result stands for.

    `slots` holds (rule id, part), where part is "when" or "discharged": the findings as `Law.findings` has them, then
    the duties as `Law.duties` has them, then everything else. With `ALL` the function gives, instead of the slots, all
    that it judged on the way; `places` tells for a tree or atom of the law, by its identity, where its answer stands.
    """

    source: str
    constants: tuple[Constant, ...]
    slots: tuple[tuple[str, str], ...]
    places: Mapping[int, int]


def write(law: Law) -> Program:
    """The program of a law: `make(constants)` gives the function `run(facts)`, and `verdicts` names its answers."""
    plan = _Plan(law)
    slots = {(rule, part): plan.value(node) for rule, part, node in _slots(law, plan)}
    lines = [f"{target.local} = {target.text or answer(plan.rails(node))}" for node, target in plan.targets.items()]
    more = tuple(dict.fromkeys(plan.locals.values()))
    names = ", ".join(f"{name}=None" for name in law.policy.facts)
    lines += [f"if ALL: return {_tuple(more)}", f"return {_tuple(slots.values())}"]
    body = "\n".join(f"        {line}" for line in lines)
    constants = tuple(plan.atoms.constants.values())
    given = ", ".join(_constants(law, constants))
    source = f"def make({given}):\n    def run({names}, ALL=False):\n{body}\n    return run\n{_verdicts(law)}"
    place = {local: place for place, local in enumerate(more)}
    places = {node: place[local] for node, local in plan.locals.items()}
    return Program(source=source, constants=constants, slots=tuple(slots), places=places)


def _verdicts(law: Law) -> str:
    """A function that fills a dict of verdicts, every one UNKNOWN so far, from the answers of the findings."""
    lines = [f"if answers[{place}] is not None: said[{name!r}] = HOLDS if answers[{place}] else FAILS"
             for place, name in enumerate(law.findings)]  # fmt: skip
    return "\n    ".join(["def verdicts(answers, said, HOLDS, FAILS):", *lines, "return said\n"])


def _tuple(names: Iterable[str]) -> str:
    return f"({''.join(f'{name}, ' for name in names)})"


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


@frozen(eq=False, repr=False)
class _Target:
    """Something that gets a local variable; for an atom, the expression that answers it."""

    local: str
    text: str = ""


@frozen(eq=False, repr=False)
class _Plan:
    """What is to be judged for a law: each tree and each atom once, and nothing used before it is judged."""

    law: Law
    targets: dict[Node, _Target] = field(factory=dict)
    locals: dict[int, str] = field(factory=dict)
    atoms: Atoms = field(init=False, default=Factory(lambda plan: Atoms(plan.law), takes_self=True))

    def value(self, node: Node) -> str:
        """The expression that holds a tree's answer: a local variable, a fact, or an answer written out."""
        means = self._meaning(node)
        if isinstance(means, Name):
            return self.locals.setdefault(id(node), means.name)
        if isinstance(means, Literal):
            return str(means.value)
        if id(means) not in self.locals:
            self.locals[id(means)] = self._local(means)
        return self.locals.setdefault(id(node), self.locals[id(means)])

    def _meaning(self, node: Node) -> Node:
        """The tree behind a name, through names of names; a finding the law of the day has not is a plain no."""
        while isinstance(node, Name) and node.name not in self.law.policy.facts:
            definition, rule = self.law.policy.definitions.get(node.name), self.law.findings.get(node.name)
            node = definition.means if definition else rule.when if rule else Literal(value=False)
        return node

    def _local(self, node: Node) -> str:
        """The local variable of a tree or an atom, planned when it is first met, after whatever it uses."""
        if node not in self.targets:
            text = ""
            if isinstance(node, And | Or | Not):
                self.rails(node)
            else:
                text = self.atoms.write(expand(node, self.law.policy))
            self.targets[node] = _Target(f"R{len(self.targets)}", text)
        return self.targets[node].local

    def rails(self, node: Node) -> Rails:
        """The two expressions of a tree: where it holds, where it fails."""
        match node:
            case Not(operand=operand):
                return opposite(self.rails(operand))
            case And(operands=operands):
                return both([self.rails(operand) for operand in operands])
            case Or(operands=operands):
                return either([self.rails(operand) for operand in operands])
            case _:
                return of_answer(self.value(node))


def _slots(law: Law, plan: _Plan) -> list[tuple[str, str, Node]]:
    """What the function gives; before that, everything is planned in the law's own order."""
    for rule in law.rules:
        plan.value(rule.when)
    findings = tuple(law.findings.values())
    named = {rule.id for rule in findings}
    shadowed = [rule for rule in law.rules if rule.finding and rule.id not in named]
    done = [(rule.id, "discharged", rule.duty.discharged) for rule in law.duties if rule.duty]
    return [
        *((rule.id, "when", rule.when) for rule in (*findings, *law.duties, *shadowed)),
        *((rule, part, node) for rule, part, node in done if node is not None),
    ]


def _constants(law: Law, constants: Iterable[Constant]) -> Iterator[str]:
    yield from ("NEVER", "ON")
    yield from (f"P_{name}" for name in law.parameters)
    for constant in constants:
        yield from constant.parts
