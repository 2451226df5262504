"""A policy's trees as Polars expressions, for `bench_batch.py`: one calendar, a layer of columns for each step."""

from datetime import date

import polars as pl
import pyarrow as pa

from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Node, Not, OneOf, Or
from cme_rules.engine.assess import assessor
from cme_rules.engine.emit import expand
from cme_rules.engine.invert import date_in, is_partial, trend, turning
from cme_rules.policy.model.policy import Policy

__all__ = ["query_of"]

UNKNOWN = pl.lit(None, pl.Boolean)


def query_of(table: pa.Table, policy: Policy, on: date) -> pl.LazyFrame:
    """Every finding of a policy on a day: dates compared with the day's turning points, findings in layers."""
    frame = pl.from_arrow(table)
    moment = assessor(policy, on=on).moment
    law, given = moment.law, set(frame.columns)
    done: dict[str, int] = {}
    layers: list[dict[str, pl.Expr]] = []

    def named(name: str) -> tuple[pl.Expr, int]:
        if name in policy.facts:
            return (pl.col(name) if name in given else UNKNOWN), 0
        below = policy.definitions.get(name) or law.findings.get(name)
        if below is None:
            return pl.lit(value=False), 0
        if name not in done:
            tree = below.means if name in policy.definitions else below.when
            text, depth = written(tree)
            layers.extend({} for _ in range(depth + 1 - len(layers)))
            layers[depth][f"_{name}"] = text
            done[name] = depth + 1
        return pl.col(f"_{name}"), done[name]

    def written(node: Node) -> tuple[pl.Expr, int]:
        match node:
            case Not(operand=operand):
                text, depth = written(operand)
                return ~text, depth
            case And(operands=operands) | Or(operands=operands):
                parts = [written(operand) for operand in operands]
                joined = parts[0][0]
                for part, _ in parts[1:]:
                    joined = joined & part if isinstance(node, And) else joined | part
                return joined, max(depth for _, depth in parts)
            case Literal(value=value):
                return pl.lit(value=bool(value)), 0
            case Name(name=name):
                return named(name)
            case _:
                return atom(expand(node, policy)), 0

    def atom(node: Node) -> pl.Expr:
        name = date_in(node, policy)
        if name and trend(node, policy):
            return dated(node, name) if name in given else UNKNOWN
        match node:
            case Compare(
                operator=sign, left=Call(function="rate", arguments=(Name(name=part), Name(name=whole))), right=Name()
            ):
                some = pl.when(pl.col(whole) > 0).then(pl.col(whole)) * law.parameters[node.right.name]  # type: ignore[union-attr,operator]
                return pl.col(part) * 100 >= some if sign == ">=" else pl.col(part) * 100 < some
            case Compare(operator=sign, left=Name(name=fact), right=Literal(value=word)) if fact in given:
                return pl.col(fact) == word if sign == "==" else pl.col(fact) != word
            case Compare(operator=sign, left=Name(name=fact), right=Name(name=number)) if fact in given:
                value = law.parameters.get(number)
                if value is None:
                    return UNKNOWN
                return pl.col(fact) >= value if sign == ">=" else pl.col(fact) < value
            case OneOf(item=Name(name=fact), words=words) if fact in given:
                return pl.col(fact).is_in(list(words))
            case Compare(left=Name(name="notice_deadline")):
                return pl.col("notice_deadline") >= pl.col("notice_served") + pl.duration(days=14)
        return UNKNOWN

    def dated(node: Node, name: str) -> pl.Expr:
        turn = turning(node, moment)
        text = pl.col(name) > turn.low if trend(node, policy) > 0 else pl.col(name) <= turn.low
        if is_partial(node, policy):
            return pl.when(pl.col(name).is_between(turn.first, turn.last)).then(text)
        return text

    for finding in law.findings:
        named(finding)
    query = frame.lazy()
    for layer in layers:
        query = query.with_columns(**layer)
    return query.select(pl.col(f"_{name}").alias(name) for name in law.findings)
