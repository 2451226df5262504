"""The caseworker's stories: on each key day the library answers as the story says, and the pages say the same."""

from functools import cache

import pytest

from cme_rules import load_policy
from tasks.write_stories import FOLDER, PAGES, Answer, answers, pages, read_story

STORIES = {path.stem: read_story(path) for path in sorted(FOLDER.glob("*.toml"))}


@cache
def days(name: str) -> tuple[Answer, ...]:
    story = STORIES[name]
    return tuple(answers(story, load_policy(story.policy)))


@pytest.mark.parametrize("name", STORIES)
class TestStory:
    """Every answer a story names, on the day it names it."""

    def test_findings_and_actions_stand_as_told(self, name: str) -> None:
        for answer in days(name):
            expected = {**answer.day.get("then", {}), **answer.day.get("status", {})}
            found = {each: answer.standing(each) for each in expected}

            assert (answer.day["on"], found) == (answer.day["on"], expected)

    def test_due_days_are_as_told(self, name: str) -> None:
        for answer in days(name):
            due = {each.id: each.due for each in answer.result.actions}

            assert {each: due.get(each) for each in answer.day.get("due", {})} == answer.day.get("due", {})

    def test_what_is_unknown_asks_for_the_facts_told(self, name: str) -> None:
        for answer in days(name):
            for finding, facts in answer.day.get("asked", {}).items():
                assert [fact.name for fact in answer.result[finding].missing] == facts

    def test_the_case_stands_where_it_is_told_to(self, name: str) -> None:
        for answer in days(name):
            day, at = answer.day, answer.position
            refused = {event: first for event, first in answer.refused.items() if event in day.get("refused", {})}
            assert (at.state.id if at and "state" in day else None) == day.get("state")
            assert refused == day.get("refused", {})
            overdue = [clock.id for clock in at.overdue] if at and "overdue" in day else []
            assert overdue == day.get("overdue", [])
            lawful = {each.event: each.first_lawful_day for each in at.next} if at else {}
            assert {each: lawful.get(each) for each in day.get("next", {})} == day.get("next", {})

    def test_the_next_turns_come_on_the_days_told(self, name: str) -> None:
        for answer in days(name):
            found = [{"name": each.name, "on": each.on, "after": each.after} for each in answer.ahead]

            assert sorted(found, key=str) == sorted(answer.day.get("ahead", []), key=str)

    def test_removal_is_answered_as_told(self, name: str) -> None:
        for answer in days(name):
            told = answer.day.get("removal")
            if told is not None and answer.removal is not None:
                assert [each.name for each in answer.removal.applying] == told["applies"]
                assert answer.removal.first_day == told.get("first_day")

    def test_an_inspection_finds_the_children_told(self, name: str) -> None:
        for answer in days(name):
            if answer.inspection is not None:
                assert dict(answer.inspection.holds) == {key: tuple(who) for key, who in answer.day["found"].items()}
                open_of = {key: list(who) for key, who in answer.inspection.unknown.items() if who}
                assert open_of == answer.day["open"]
                assert answer.inspection.faults == ()


def test_there_are_five_of_them() -> None:
    assert len(STORIES) == 5


def test_the_pages_of_the_documentation_are_up_to_date() -> None:
    stale = [path.name for path, text in pages() if path.read_text(encoding="utf-8") != text]

    assert stale == [], "run `python tasks/write_stories.py`"
    assert {path.stem for path in PAGES.glob("*.md")} == {*STORIES, "index"}
