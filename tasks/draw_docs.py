"""Write the pages and pictures of the documentation that are made from the policies and the code, never by hand.

`docs/conf.py` calls `draw` whenever the documentation is built; run by itself, it writes to the folder it is given.
"""

import inspect
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import cme_rules
import cme_rules.render
from cme_rules import Policy, load_policy
from cme_rules.cli import run
from cme_rules.conditions.words import say
from cme_rules.policy.loading.find import policy_folder, shipped_policies
from cme_rules.processes.case import read_case
from cme_rules.processes.position import position
from cme_rules.render import process_picture, rule_picture, timeline_picture, year_picture
from cme_rules.render.blocks import Document, Table
from cme_rules.render.markdown import write_markdown

ROOT = Path(__file__).parents[1]
ON = date(2026, 6, 15)


def draw(out: Path) -> None:
    """Write everything into a folder; a file that would not change is left alone, so that Sphinx reads it once."""
    policies = {name: load_policy(name) for name in shipped_policies()}
    pages: dict[str, str] = {}
    for name, policy in policies.items():
        own = f"{policy.title} (`{name}`)"
        pages[f"facts-{name}.md"] = f"# Facts: {name}\n\n{_intro(own, FACTS)}{_facts(policy)}"
        pages[f"findings-{name}.md"] = f"# Findings and actions: {name}\n\n{_intro(own, FINDINGS)}{_rules(policy)}"
        pages[f"numbers-{name}.md"] = f"# Numbers: {name}\n\n{_intro(own, NUMBERS)}{_numbers(policy)}"
    pages["policies.md"] = _policies(policies)
    pages["processes-drawn.md"] = _processes(policies["east_sussex"])
    pages["api.md"] = "\n".join(_api())
    pages |= _pictures(policies["east_sussex"])
    for name, text in pages.items():
        _write(out / name, text)


def draw_pages(out: Path) -> None:
    """Write each policy as a page of its own, with its cases and checks, into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for name in shipped_policies():
        run(["policy", "page", str(policy_folder(name)), "--out", str(out / f"{name}.html")])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


FACTS = "What a caller may say about a child. A fact left out is not known; for a day, `false` says never."
FINDINGS = "What the policy finds and asks for, under the number of the paragraph, with the condition in words."
NUMBERS = "Every number of the policy, with its unit and since when it applies."


def _intro(own: str, words: str) -> str:
    return f"{own}, with what it takes over from the policy it extends.\n{words}\n\n"


def _table(caption: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    listed = tuple(rows)
    return write_markdown(Document((Table(caption=caption, columns=columns, rows=listed),))) + "\n" if listed else ""


def _facts(policy: Policy) -> str:
    topics: dict[str, list[tuple[str, ...]]] = {}
    for fact in policy.facts.values():
        who = ", ".join(policy.roles[role].title for role in fact.knows)
        kind = f"one of {', '.join(fact.kind.words)}" if fact.kind.words else str(fact.kind)
        row = (fact.name, kind, fact.ask, who, fact.pack)
        topics.setdefault(fact.topic or "other", []).append(row)
    columns = ("Fact", "Kind", "Question", "Who would know", "Policy")
    tables = (
        f"## {topic.replace('_', ' ').capitalize()}\n\n{_table(f'{len(rows)} facts', columns, rows)}"
        for topic, rows in topics.items()
    )
    return "\n".join(tables)


def _rules(policy: Policy) -> str:
    def rows(chosen: Iterable[cme_rules.policy.model.rules.Rule]) -> Iterator[tuple[str, ...]]:
        for rule in chosen:
            days = f"{rule.since}{f' to {rule.until}' if rule.until else ''}"
            force = (rule.not_commenced and "not yet") or days
            yield (rule.name, rule.title, rule.paragraph, force, say(rule.when, policy.phrases))

    columns = ("Name", "Title", "Paragraph", "In force", "When")
    findings = _table("Findings", columns, rows(rule for rule in policy.rules if rule.finding))
    actions = _table("Actions", columns, rows(rule for rule in policy.rules if rule.duty))
    return f"## Findings\n\n{findings}\n## Actions\n\n{actions}"


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
    lines += ["What is dashed, and marked “put together by us”, no source states.", ""]
    for process in policy.processes.values():
        lines += [f"## {process.title}", "", ":::{image} " + f"process-{process.id}.svg"]
        lines += [f":alt: The process as states and events; the same as a table in the page of policy {policy.id}"]
        lines += [":::", ""]
    return "\n".join(lines)


def _pictures(policy: Policy) -> dict[str, str]:
    case = json.loads((ROOT / "examples" / "cases" / "order.json").read_text(encoding="utf-8"))
    process = policy.processes["school_attendance_order"]
    found = position(read_case(case, process, policy), on=date(2026, 11, 27), policy=policy)
    drawn = {f"process-{name}.svg": process_picture(policy, name) for name in policy.processes}
    drawn["rule-cme_local.svg"] = rule_picture(policy, "cme_local", on=ON)
    drawn["timeline.svg"] = timeline_picture(found, reveal=True)
    drawn["year.svg"] = year_picture(policy.calendars.authority("east_sussex"), date(2025, 11, 1))
    return drawn


def _api() -> Iterator[str]:
    yield "# The API\n\nThe names of the front door, `cme_rules`, and of what shows things, `cme_rules.render`."
    yield "What begins with an underscore, and any module not named here, may change.\n"
    for module in (cme_rules, cme_rules.render):
        yield f"## {module.__name__}\n"
        for name in module.__all__:
            yield from _thing(f"{module.__name__}.{name}", getattr(module, name))


def _thing(name: str, thing: object) -> Iterator[str]:
    """A name with its signature and docstring, and for a class its public methods."""
    yield f"### {name}\n"
    if callable(thing):
        yield f"```text\n{name.rsplit('.', 1)[1]}{_signature(thing)}\n```\n"
    yield from _docstring(inspect.getdoc(thing) if callable(thing) else "")
    if inspect.isclass(thing):
        for own, member in vars(thing).items():
            said = inspect.getdoc(member)
            if not own.startswith("_") and said and (callable(member) or isinstance(member, property)):
                called = f"{own}{_signature(member)}" if callable(member) else own
                yield f"- `{called}`: {said.splitlines()[0]}"
        yield ""


def _signature(thing: Callable[..., object]) -> str:
    try:
        return str(inspect.signature(thing)).replace("cme_rules.", "").replace("datetime.date", "date")
    except (TypeError, ValueError):
        return ""


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
    draw(Path(sys.argv[1]))
