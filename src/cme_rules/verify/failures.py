"""A failed case as text: paragraph, what was expected, the facts that mattered, and the policy's explanation."""

from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import indent
from typing import Any

from cme_rules.policy.model.policy import Policy
from cme_rules.verify.behind import facts_behind, rule_of
from cme_rules.verify.histories import HistoryResult
from cme_rules.verify.run import CaseResult, judged

__all__ = ["tell_failure", "tell_history"]


def tell_failure(result: CaseResult, policy: Policy) -> str:
    """What went wrong with one case. A case's child is invented, so its facts are shown."""
    return "\n".join(_lines(result, policy))


def tell_history(result: HistoryResult) -> str:
    """What went wrong with one history: what was expected of the position, and what was found."""
    history = result.history
    wrong = (f"  {each.about}: expected {each.expected}, found {each.found}" for each in result.wrong)
    return "\n".join([history.name, f"  {history.file}:{history.line}, {history.case.process.title}", *wrong])


def _lines(result: CaseResult, policy: Policy) -> Iterator[str]:
    case = result.case
    yield case.name
    yield f"  {case.place}, paragraph {case.paragraph}: {policy.paragraphs[case.paragraph].gist}"
    for wrong in result.mismatches:
        yield f"  {wrong.about} {wrong.name}: expected {wrong.expected}, found {wrong.found}"
    assessment = judged(policy, case)
    for name in dict.fromkeys(wrong.name for wrong in result.mismatches):
        rule = rule_of(assessment.law, name)
        if rule is None:
            yield f"  the law of {case.on} has no rule for {name}"
            continue
        yield from ("", f"  The facts behind {name}")
        yield from _facts(facts_behind(rule.when, assessment.law), case.given)
        yield from ("", indent(assessment.explain(name, reveal=True), "  "))


def _facts(names: tuple[str, ...], given: Mapping[str, Any]) -> Iterator[str]:
    known = [name for name in names if name in given]
    unknown = [name for name in names if name not in given]
    for name in known:
        yield f"    {name} = {_shown(given[name])}"
    if unknown:
        yield f"    not given: {', '.join(unknown)}"


def _shown(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else f'"{value}"'
