"""Whether the cases show that each part of a condition matters: true, false, and deciding the answer both ways.

A part decides where the answer would be the other one if it were the other way and all else stayed: what is called
modified condition/decision coverage. Only cases that expect an answer of a rule, or of one that rests on it, count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from attrs import asdict, frozen

from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.kinds import Base
from cme_rules.conditions.nodes import And, Literal, Node, Not, Or
from cme_rules.engine.assessment import Assessment
from cme_rules.engine.leaves import decided
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.behind import trees_behind
from cme_rules.verify.case import Case
from cme_rules.verify.exercise import Asserted, exercised
from cme_rules.verify.spelling import spelt

__all__ = ["Mcdc", "PartRow", "as_html", "mcdc"]


@frozen(kw_only=True)
class PartRow:
    """One part of one condition, and in how many cases it was true, false, and decided the answer either way.

    `place` is the rule, with "discharged" where it is what discharges it, or the definition.
    """

    place: str
    paragraph: str
    part: str
    true: int
    false: int
    decides_true: int
    decides_false: int

    @property
    def lacks(self) -> tuple[str, ...]:
        """What no case shows of it."""
        counts = {"true": self.true, "false": self.false}
        counts |= {"deciding, true": self.decides_true, "deciding, false": self.decides_false}
        return tuple(name for name, count in counts.items() if not count)


@frozen(kw_only=True)
class Mcdc:
    """Every part of every condition of a policy, in its order."""

    policy: str
    parts: tuple[PartRow, ...]

    @property
    def lacking(self) -> tuple[PartRow, ...]:
        """The parts of which something is not shown."""
        return tuple(row for row in self.parts if row.lacks)

    def figures(self) -> dict[str, Any]:
        """The figures a summary prints, by name; `decisive` counts the parts shown to decide both ways."""
        decisive = sum(bool(row.decides_true and row.decides_false) for row in self.parts)
        both = sum(bool(row.true and row.false) for row in self.parts)
        share = round(100 * decisive / len(self.parts), 1) if self.parts else 100.0
        return {"parts": len(self.parts), "both_ways": both, "decisive": decisive, "percent": share}

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        rows = [asdict(row) | {"lacks": list(row.lacks)} for row in self.parts]
        return {"policy": self.policy, "figures": self.figures(), "parts": rows}


def mcdc(policy: Policy, cases: Iterable[Case]) -> Mcdc:
    """What the cases of a policy show of the parts of its conditions."""
    conditions = list(_conditions(policy))
    places: dict[Node, list[int]] = defaultdict(list)
    for number, (_, _, tree) in enumerate(conditions):
        places[tree].append(number)
    seen: dict[tuple[int, Node], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    told = {(each.case.name, tree): each.result for each in exercised(policy, cases).asserted for tree in _trees(each)}
    for (_, tree), result in told.items():
        if tree in places:
            for part, shown in _shown(tree, result):
                for number in places[tree]:
                    counts = seen[number, part]
                    counts[:] = [count + more for count, more in zip(counts, shown, strict=True)]
    return Mcdc(policy=policy.id, parts=tuple(_rows(conditions, seen)))


_Condition = tuple[str, str, Node]


def _conditions(policy: Policy) -> Iterator[_Condition]:
    """(place, paragraph, tree) of every condition: rules, what discharges them, and definitions of a yes or no."""
    for rule in policy.rules:
        yield rule.id, rule.paragraph, rule.when
        if rule.duty and rule.duty.discharged is not None:
            yield f"{rule.id} discharged", rule.paragraph, rule.duty.discharged
    for definition in policy.definitions.values():
        if definition.kind.base is Base.BOOL:
            yield definition.name, definition.paragraph, definition.means


def _rows(conditions: list[_Condition], seen: Mapping[tuple[int, Node], list[int]]) -> Iterator[PartRow]:
    for number, (place, paragraph, tree) in enumerate(conditions):
        for part in dict.fromkeys(_parts(tree)):
            true, false, decides_true, decides_false = seen.get((number, part), (0, 0, 0, 0))
            yield PartRow(
                place=place, paragraph=paragraph, part=spelt(part), true=true, false=false,
                decides_true=decides_true, decides_false=decides_false,
            )  # fmt: skip


def _parts(tree: Node) -> Iterator[Node]:
    """The parts that `and`, `or` and `not` join; names of definitions and findings are parts like any other."""
    match tree:
        case Not(operand=operand):
            yield from _parts(operand)
        case And(operands=operands) | Or(operands=operands):
            for operand in operands:
                yield from _parts(operand)
        case Literal():
            return
        case _:
            yield tree


def _trees(asserted: Asserted) -> Iterator[Node]:
    """The conditions a case exercises by expecting an answer of a rule: its own, and those behind it."""
    law = asserted.result.law
    if asserted.verdict != "unknown":
        yield from dict.fromkeys(trees_behind(asserted.rule.when, law))
    duty = asserted.rule.duty
    if duty and duty.discharged is not None and asserted.status:
        yield from dict.fromkeys(trees_behind(duty.discharged, law))


def _shown(tree: Node, result: Assessment) -> Iterator[tuple[Node, tuple[int, int, int, int]]]:
    """Each part with what this one child shows of it: true, false, deciding true, deciding false."""
    answers: dict[Node, bool | None] = {part: _truth(evaluate(part, result.scope)) for part in _parts(tree)}
    if not answers or isinstance(tree, Literal):
        return
    whole = decided(tree, answers)
    for part, answer in answers.items():
        if answer is None:
            continue
        other = decided(tree, {**answers, part: not answer})
        decides = whole is not None and other is not None and whole is not other
        yield part, (int(answer), int(not answer), int(answer and decides), int(not answer and decides))


def _truth(value: object) -> bool | None:
    return None if value is None else bool(value)


def as_html(found: Mcdc) -> str:
    """A page of its own with a row for every part; those of which something is not shown are marked."""
    figures = found.figures()
    head = f"{escape(found.policy)}: {figures['decisive']} of {figures['parts']} parts shown to decide both ways"
    rows = "\n".join(_html_row(row) for row in found.parts)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{head}</title>\n'
        "<style>body{font:1rem/1.4 sans-serif;margin:2rem}td,th{padding:.2rem .6rem;text-align:left}"
        "tr.lacks{background:#fdf1d6}td.n{text-align:right}</style></head>\n"
        f"<body><h1>{head}</h1>\n<table><thead><tr><th>Where</th><th>Paragraph</th><th>Part</th><th>True</th>"
        "<th>False</th><th>Decides, true</th><th>Decides, false</th><th>Not shown</th></tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody></table></body></html>\n"
    )


def _html_row(row: PartRow) -> str:
    mark = ' class="lacks"' if row.lacks else ""
    texts = "".join(f"<td>{escape(text)}</td>" for text in (row.place, row.paragraph))
    counts = (row.true, row.false, row.decides_true, row.decides_false)
    numbers = "".join(f'<td class="n">{count}</td>' for count in counts)
    lacks = escape("; ".join(row.lacks))
    return f"<tr{mark}>{texts}<td><code>{escape(row.part)}</code></td>{numbers}<td>{lacks}</td></tr>"
