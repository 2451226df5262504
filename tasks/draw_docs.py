"""Write the pages and pictures of the documentation that are made from the policies and the code, never by hand.

`docs/conf.py` calls `draw` whenever the documentation is built; run by itself, it writes the picture of the README,
and everything else to the folder it is given.
"""

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path

from cme_rules import Policy, load_policy
from cme_rules.cli import run
from cme_rules.conditions.kinds import Base
from cme_rules.engine.sentences import day, spaced, titled
from cme_rules.policy.loading.find import policy_folder, shipped_policies
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.rules import Rule
from cme_rules.processes.case import read_case
from cme_rules.processes.position import position
from cme_rules.render import (
    inspection_mermaid,
    inspection_picture,
    process_mermaid,
    process_picture,
    rule_picture,
    timeline_picture,
    year_picture,
)
from cme_rules.render.blocks import Document, Table
from cme_rules.render.markdown import plain, write_markdown
from cme_rules.render.policies import rule_blocks

ROOT = Path(__file__).parents[1]
ON = date(2026, 6, 15)


def draw(out: Path) -> None:
    """Write everything into a folder; a file that would not change is left alone, so that Sphinx reads it once."""
    policies = {name: load_policy(name) for name in shipped_policies()}
    pages: dict[str, str] = {}
    for name, policy in policies.items():
        own, short = f"{policy.title} (`{name}`)", titled(name)
        pages[f"facts-{name}.md"] = f"# Facts: {short}\n\n{_intro(own, FACTS)}{_facts(policy)}"
        pages[f"findings-{name}.md"] = f"# Findings and actions: {short}\n\n{_intro(own, FINDINGS)}{_rules(policy)}"
        pages[f"numbers-{name}.md"] = f"# Numbers: {short}\n\n{_intro(own, NUMBERS)}{_numbers(policy)}"
    pages["policies.md"] = _policies(policies)
    pages["processes-drawn.md"] = _processes(policies["east_sussex"])
    pages["api.md"] = "\n".join(_api())
    pages |= _pictures(policies["east_sussex"])
    for name, text in pages.items():
        _write(out / name, text)


def draw_pages(out: Path) -> None:
    """Write each policy as a page of its own, with its cases and checks, and each process as pictures."""
    (out / "policies").mkdir(parents=True, exist_ok=True)
    for name in shipped_policies():
        run(["policy", "page", str(policy_folder(name)), "--out", str(out / "policies" / f"{name}.html")])
    for name, text in _process_pictures(load_policy("east_sussex")).items():
        _write(out / "pictures" / name, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


MODULES = (
    "cme_rules.processes.case",
    "cme_rules.processes.position",
    "cme_rules.engine.facts",
    "cme_rules.policy.model.queries",
    "cme_rules.adapters.frames",
    "cme_rules.adapters.registers",
    "cme_rules.adapters.schema",
)
"""What the how-to pages take from behind the front door."""
SPOKEN = {"__getitem__", "__iter__", "__contains__"}
INSPECTION = "register_inspection"
_NARROW = 84

FACTS = "What a caller may say about a child. A fact left out is not known; for a day, `false` says never."
FINDINGS = "What the policy finds and asks for, under the number of the paragraph, with the condition in words."
NUMBERS = "Every number of the policy, with its unit and since when it applies."


def _intro(own: str, words: str) -> str:
    return f"{own}, with what it takes over from the policy it extends.\n{words}\n\n"


def _table(caption: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    listed = tuple(rows)
    return write_markdown(Document((Table(caption=caption, columns=columns, rows=listed),))) + "\n" if listed else ""


def _facts(policy: Policy) -> str:
    topics: dict[str, list[str]] = {}
    for fact in policy.facts.values():
        who = ", ".join(policy.roles[role].title for role in fact.knows)
        lines = [f"`{fact.name}`", f": {plain(fact.ask)}", f"  *{_kind(fact)}*"]
        lines += [f"  Would know: {plain(who)}."] if who else []
        lines += [f"  From: {titled(fact.pack)}.", ""]
        topics.setdefault(fact.topic or "other", []).append("\n".join(lines))
    return "\n".join(part for topic, facts in topics.items() for part in (f"## {titled(topic)}\n", *facts))


def _kind(fact: FactSpec) -> str:
    if fact.kind.words:
        return f"One of: {', '.join(f'`{word}`' for word in fact.kind.words)}."
    said = {Base.BOOL: "Yes or no (`true`, `false`).", Base.DATE: "A day (`YYYY-MM-DD`).", Base.TEXT: "Text."}
    never = " `false` says never." if fact.kind.base is Base.DATE and fact.can_be_never else ""
    return said.get(fact.kind.base, f"A whole number ({plain(spaced(fact.kind.unit or 'count'))}).") + never


def _rules(policy: Policy) -> str:
    findings = "\n".join(_rule(rule, policy) for rule in policy.rules if rule.finding)
    actions = "\n".join(_rule(rule, policy) for rule in policy.rules if rule.duty)
    return f"## Findings\n\n{findings}\n\n## Actions\n\n{actions}"


def _rule(rule: Rule, policy: Policy) -> str:
    cited = policy.cite(rule.paragraph)
    blocks = write_markdown(Document(rule_blocks(rule, policy))).replace("\n", "\n  ")
    lines = [f"{plain(rule.title)} · `{rule.name}`", f": {plain(cited[:1].upper() + cited[1:])}. "]
    told = rule.not_commenced or rule.until  # the blocks say so
    return "\n".join([*lines, "" if told else f"  From {day(rule.since)}.", "", f"  {blocks}", ""])


def _numbers(policy: Policy) -> str:
    rows = (
        (
            number.name,
            number.title,
            number.paragraph,
            number.unit.replace("_", " "),
            number.counted.value.replace("_", " ") if number.counted else "",
            "; ".join(f"{dated.value} since {dated.since}" for dated in number.values),
        )
        for number in policy.parameters.values()
    )
    return _table("Numbers", ("Name", "Title", "Paragraph", "Unit", "Counted", "Values"), rows)


def _policies(policies: dict[str, Policy]) -> str:
    lines = ["# The policies as pages", ""]
    lines += [
        "Each policy on one page, to be read by whoever owns it: paragraph, rules in words, our readings, cases and"
    ]
    lines += ["checks side by side. The page searches, prints on A4, and needs no network.", ""]
    for name, policy in policies.items():
        size = f"{len(policy.paragraphs)} paragraphs, {len(policy.rules)} rules"
        lists = f"[facts](facts-{name}.md), [findings and actions](findings-{name}.md), [numbers](numbers-{name}.md)"
        lines.append(f'- <a href="../policies/{name}.html">{policy.title}</a>: {size}. Its {lists}.')
    lines += ["", "Make one of your own with `cme-rules policy page P --out FILE`."]
    return "\n".join(lines) + "\n"


def _processes(policy: Policy) -> str:
    lines = ["# The processes, drawn", ""]
    lines += ["Drawn from the same files that say what may happen next ([processes](../reference/processes.md))."]
    lines += ["The flowcharts of the policy's six appendices are lost; these stand in their place."]
    lines += ["What is dashed, and marked “put together by us”, no source states.", ""]
    titles = {process.id: process.title for process in policy.processes.values()} | {INSPECTION: "Register inspection"}
    for name, title in titles.items():
        file = f"../pictures/{name}"
        lines += [
            f"## {title}",
            "",
            f'<div role="region" aria-label="{title}, as a picture" tabindex="0" class="drawn">',
        ]
        lines += [f'<img src="{file}.svg" alt="{title}: the same in words is on the page of the policy"></div>', ""]
        lines += [f'<a href="{file}.svg">By itself</a>; <a href="{file}.mmd">as Mermaid</a>.', ""]
    lines += ["<style>.drawn{overflow-x:auto;background:#fff}.drawn img{max-width:none}</style>", ""]
    return "\n".join(lines)


def _process_pictures(policy: Policy) -> dict[str, str]:
    drawn = {f"{name}.svg": process_picture(policy, name) for name in policy.processes}
    drawn |= {f"{name}.mmd": process_mermaid(policy, name) for name in policy.processes}
    drawn[f"{INSPECTION}.svg"] = inspection_picture(policy, on=ON)
    drawn[f"{INSPECTION}.mmd"] = inspection_mermaid(policy, on=ON)
    return drawn


def timeline(policy: Policy) -> str:
    """The invented case of the examples as a line of time."""
    case = json.loads((ROOT / "examples" / "cases" / "order.json").read_text(encoding="utf-8"))
    process = policy.processes["school_attendance_order"]
    found = position(read_case(case, process, policy), on=date(2026, 11, 27), policy=policy)
    return timeline_picture(found, reveal=True)


def _pictures(policy: Policy) -> dict[str, str]:
    return {
        "rule-cme_local.svg": rule_picture(policy, "cme_local", on=ON),
        "timeline.svg": timeline(policy),
        "year.svg": year_picture(policy.calendars.authority("east_sussex"), date(2025, 11, 1)),
    }


def _api() -> Iterator[str]:
    yield "# The API\n\nThe names of the front door, `cme_rules`, of what shows things, `cme_rules.render`, and of the"
    yield "modules that the how-to pages use."
    yield "What begins with an underscore, and any module not named here, may change.\n"
    for name in ("cme_rules", "cme_rules.render", *MODULES):
        module = import_module(name)
        yield f"## {name}\n"
        if name in MODULES:
            yield from _docstring(inspect.getdoc(module))
        for own in module.__all__:
            yield from _thing(f"{name}.{own}", getattr(module, own))


def _thing(name: str, thing: object) -> Iterator[str]:
    """A name with its signature and docstring, and for a class its public methods."""
    yield f"### {name}\n"
    if callable(thing):
        yield f"```text\n{_laid_out(name.rpartition('.')[2] + _signature(thing))}\n```\n"
    yield from _docstring(inspect.getdoc(thing) if callable(thing) else inspect.getdoc(type(thing)))
    if inspect.isclass(thing):
        for own, member in vars(thing).items():
            said = inspect.getdoc(member)
            if (not own.startswith("_") or own in SPOKEN) and said and (callable(member) or _is_property(member)):
                called = f"{own}{_signature(member)}" if callable(member) else own
                yield f"- `{called}`: {said.splitlines()[0]}"
        yield ""


def _is_property(member: object) -> bool:
    return isinstance(member, property | cached_property)


def _signature(thing: Callable[..., object]) -> str:
    """How a thing is called, its types by their last names."""
    try:
        said = re.sub(r"\b(?:[A-Za-z_]+\.)+(?=[A-Za-z])", "", str(inspect.signature(thing)))
        return re.sub(r"<(\w+): [^>]*>", r"\1", said).replace("(self, ", "(").replace("(self)", "()")
    except (TypeError, ValueError):
        return ""


def _laid_out(signature: str) -> str:
    """A long signature with an argument a line."""
    if len(signature) <= _NARROW:
        return signature
    depth, parts = 0, [""]
    for sign in signature:
        depth += (sign in "([") - (sign in ")]")
        parts[-1] += sign
        if sign == "," and depth == 1:
            parts.append("   ")
    return "\n".join(parts)


def _docstring(text: str | None) -> Iterator[str]:
    """A docstring as Markdown: its examples fenced."""
    fenced = False
    for line in (text or "").splitlines():
        if line.startswith(">>>") and not fenced:
            yield "```python"
            fenced = True
        elif fenced and not line.strip():
            yield "```"
            fenced = False
        yield line
    if fenced:
        yield "```"
    yield ""


if __name__ == "__main__":
    # The one picture that is kept in the repository, because the README shows it where nothing is built.
    _write(ROOT / "docs" / "images" / "timeline.svg", timeline(load_policy("east_sussex")))
    if len(sys.argv) > 1:
        draw(Path(sys.argv[1]))
