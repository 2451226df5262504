"""Write the pages of docs/stories from examples/stories: each story told with the library's answer on each key day.

Run from the root of the repository: `python tasks/write_stories.py`. With `--check` nothing is written, and the exit
status is 1 where a page is not up to date. The tests run the same stories and compare what is expected.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen

from cme_rules import Assessment, Policy, assess, inspect_register, load_policy, next_change, removal
from cme_rules.engine.inspection import Inspection
from cme_rules.engine.removal import Removal
from cme_rules.engine.sentences import day as said
from cme_rules.engine.when_next import Change
from cme_rules.processes.case import read_case
from cme_rules.processes.machine import Refused
from cme_rules.processes.position import Position, position

__all__ = ["FOLDER", "PAGES", "Answer", "Story", "answers", "page", "pages", "read_story"]

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "examples" / "stories"
PAGES = ROOT / "docs" / "stories"
LISTS = ("register", "allocated", "off_roll")
VERDICTS = {"holds": "yes", "fails": "no", "unknown": "not known"}


@frozen(kw_only=True)
class Story:
    """A story as its file tells it."""

    name: str
    title: str
    about: str
    policy: str
    process: str
    facts: Mapping[str, Any]
    days: tuple[Mapping[str, Any], ...]


@frozen(kw_only=True)
class Answer:
    """What the library answers on one day of a story; parts the day does not ask for are None or empty."""

    day: Mapping[str, Any]
    result: Assessment
    ahead: tuple[Change, ...]
    position: Position | None = None
    removal: Removal | None = None
    inspection: Inspection | None = None
    learnt: tuple[str, ...] = field(default=())

    def standing(self, name: str) -> str:
        """The verdict of a finding, or the status of an action."""
        if name in self.result:
            return self.result[name].verdict.value
        by_id = {each.id: each.status.value for each in self.result.actions}
        possible = {each.id for each in self.result.possible_actions}
        return by_id.get(name, "possible" if name in possible else "absent")

    @property
    def refused(self) -> Mapping[str, date | None]:
        """The events refused so far, each with its first lawful day."""
        steps = self.position.history.steps if self.position else ()
        return {each.event.name: each.first_lawful_day for each in steps if isinstance(each, Refused)}


def read_story(path: Path) -> Story:
    """One story file."""
    data = tomllib.loads(path.read_text("utf-8"))
    return Story(
        name=path.stem,
        title=data["title"],
        about=data["about"],
        policy=data["policy"],
        process=data.get("process", ""),
        facts=data.get("facts", {}),
        days=tuple(data["day"]),
    )


def answers(story: Story, policy: Policy) -> Iterator[Answer]:
    """The library's answer on each day: what is learnt stays known, and events are added one after another."""
    facts, events = dict(story.facts), []
    for day in story.days:
        facts |= day.get("learn", {})
        events += day.get("events", [])
        names = [each["name"] for each in day.get("ahead", [])]
        stands = _position(story, facts, events, policy, on=day["on"]) if events else None
        child = {**_told_by(stands, policy), **facts}
        yield Answer(
            day=day,
            result=assess(child, policy, on=day["on"]),
            ahead=_first_of_each(next_change(child, policy, on=day["on"], names=names)) if names else (),
            position=stands,
            removal=removal(child, policy, on=day["on"]) if "removal" in day else None,
            inspection=_inspection(day, policy) if "register" in day else None,
            learnt=tuple(day.get("learn", {})),
        )


def _told_by(stands: Position | None, policy: Policy) -> dict[str, Any]:
    """The facts that the events of the case have told."""
    known = stands.history.standing.facts if stands else {}
    return {name: value for name, value in known.items() if name in policy.facts}


def _first_of_each(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    first: dict[str, Change] = {}
    for each in changes:
        first.setdefault(each.name, each)
    return tuple(first.values())


def _position(
    story: Story, facts: Mapping[str, Any], events: list[Mapping[str, Any]], policy: Policy, *, on: date
) -> Position:
    """Where the case stands, its events read in the light of what is known on the day."""
    process = policy.processes[story.process]
    return position(read_case({"facts": facts, "events": events}, process, policy), on=on, policy=policy)


def _inspection(day: Mapping[str, Any], policy: Policy) -> Inspection:
    register, allocated, off_roll = (day[name] for name in LISTS)
    return inspect_register(register, allocated, off_roll, policy, on=day["on"])


def page(story: Story, policy: Policy) -> str:
    """The story as a page of the documentation."""
    head = [
        "<!-- Written by tasks/write_stories.py from examples/stories: change the story, not this page. -->",
        f"# {story.title}",
        story.about.strip(),
        f"By the policy of `{policy.id}`. The child and the dates are invented.",
    ]
    parts = [*head, *("\n\n".join(_told(answer)) for answer in answers(story, policy))]
    return "\n\n".join(parts) + "\n"


def _told(answer: Answer) -> Iterator[str]:
    day = answer.day
    yield f"## {said(day['on'])}"
    yield day["what"]
    if answer.learnt:
        yield f"Now known: {', '.join(f'`{name}`' for name in answer.learnt)}."
    findings = list(day.get("then", {}))
    if findings:
        yield _table(["finding", "answer", "paragraphs"], [_finding(name, answer) for name in findings])
        differing = [answer.result[name] for name in findings if answer.standing(name) == "holds"]
        yield from (f"`{each.name}` may differ: {each.conflict}." for each in differing if each.conflict)
    actions = [each for each in answer.result.actions if each.id in day.get("status", {})]
    actions += [each for each in answer.result.possible_actions if each.id in day.get("status", {})]
    if actions:
        yield _table(
            ["to do", "who", "status", "by", "paragraphs"],
            [
                [
                    each.title,
                    answer.result.law.policy.roles[each.role].title,
                    f"{each.force.value.replace('_', ' ')}: {answer.standing(each.id)}",
                    said(each.due) if each.due else "",
                    ", ".join(each.paragraphs),
                ]
                for each in actions
            ],
        )
    asked = [fact for name in day.get("asked", {}) for fact in answer.result[name].missing]
    if asked:
        yield f"To ask: {' '.join(dict.fromkeys(fact.question for fact in asked))}"
    yield from _further(answer)


def _further(answer: Answer) -> Iterator[str]:
    if answer.position:
        yield from _of_position(answer.position, answer)
    if answer.removal:
        yield from _of_removal(answer.removal)
    if answer.inspection:
        yield from _of_inspection(answer.inspection)
    for each in answer.ahead:
        now, then = (VERDICTS.get(word, word) for word in (each.before, each.after))
        yield f"If nothing else happens, `{each.name}` turns from {now} to {then} on {said(each.on)}: {each.because}."


def _finding(name: str, answer: Answer) -> list[str]:
    found = answer.result[name]
    return [f"{found.title} (`{name}`)", VERDICTS[found.verdict.value], ", ".join(found.paragraphs)]


def _of_position(found: Position, answer: Answer) -> Iterator[str]:
    yield f"The case stands at: {found.state.title}."
    dated = [each for each in answer.day.get("events", []) if each["event"] in answer.refused]
    for event in dated:
        first = answer.refused[event["event"]]
        yield f"Refused: `{event['event']}`" + (f", not lawful before {said(first)}." if first else ".")
    if found.overdue:
        yield f"Overdue: {'; '.join(clock.title for clock in found.overdue)}."
    waiting = [each for each in found.next if each.first_lawful_day and each.first_lawful_day > found.on]
    if waiting:
        steps = (f"{each.title} (from {said(each.first_lawful_day)})" for each in waiting if each.first_lawful_day)
        yield f"Not yet lawful: {'; '.join(dict.fromkeys(steps))}."


def _of_removal(found: Removal) -> Iterator[str]:
    applying = ", ".join(f"{each.title} ({each.paragraphs[0]})" for each in found.applying) or "none"
    first = f" The name could go from {said(found.first_day)}, if nothing else happens." if found.first_day else ""
    yield f"Grounds for taking the name off the roll: {applying}.{first}"
    for local, law in found.differences:
        if law and local.verdict is not law.verdict:
            verdicts = VERDICTS[local.verdict.value], VERDICTS[law.verdict.value]
            yield f"The council's rule says {verdicts[0]}, the law {verdicts[1]}: {local.conflict}."


def _of_inspection(found: Inspection) -> Iterator[str]:
    rows = [
        [title, ", ".join(found.holds[name]) or "none", ", ".join(found.unknown[name]) or "none"]
        for name, title in found.titles.items()
    ]
    yield _table(["finding", "children", "not known of"], rows)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with what it should hold: one a story, and the list of them."""
    stories = [read_story(path) for path in sorted(FOLDER.glob("*.toml"))]
    for story in stories:
        yield PAGES / f"{story.name}.md", page(story, load_policy(story.policy))
    contents = "\n".join(story.name for story in stories)
    yield (
        PAGES / "index.md",
        (
            "<!-- Written by tasks/write_stories.py from examples/stories: change the stories, not this page. -->\n\n"
            "# Stories\n\nFive children as a caseworker meets them, with the library's answer on each key day.\n\n"
            f"```{{toctree}}\n:maxdepth: 1\n\n{contents}\n```\n"
        ),
    )


def main() -> int:
    """Write the pages, or check them; the exit status."""
    stale = [path for path, text in pages() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        print("\n".join(f"not up to date: {path.name}" for path in stale) or "all pages are up to date")
        return 1 if stale else 0
    PAGES.mkdir(exist_ok=True)
    for path, text in pages():
        path.write_text(text, encoding="utf-8")
    print(f"wrote {len(stale)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
