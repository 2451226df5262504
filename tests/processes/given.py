"""A small process, and ways to break it."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cme_rules import load_policy
from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.processes import load_processes
from cme_rules.policy.model.policy import Policy
from cme_rules.policy.model.processes import Process
from cme_rules.processes.case import CaseEvent

__all__ = ["MONDAY", "SMALL", "day", "england", "event", "faults_in", "layered", "small"]

MONDAY = date(2026, 1, 5)

SMALL = """
title     = "A notice and what follows"
paragraph = "s.437(1)"
basis     = "stated"
starts    = "doubt"

[state.doubt]
title = "There is a doubt"
owner = "local_authority"
on.notice_served = "running"

[state.running]
title = "The notice runs"
owner = "parent"
on.answered = [
    { to = "closed", when = "answer_good", not_after = "period" },
    { when = "not answer_good", not_after = "period" },
]
on.order_made = { to = "ordered", not_before = ["period", "stated_time"], force = "must" }

[state.ordered]
title   = "The order is made"
owner   = "parent"
duties  = ["inform_named_school"]
implies = { order_in_force = true }
on.visited = {}
on.order_revoked = { to = "closed", when = "satisfactory_arrangements_made" }

[state.closed]
title = "Closed"
final = true

[timer.period]
title  = "The period of the notice"
starts = "notice_served"
runs   = "sao_notice_period"
stops  = ["order_made"]

[timer.stated_time]
title  = "The time the notice states"
starts = "notice_served"
until  = "notice_deadline"
stops  = ["order_made"]

[timer.visit]
title   = "The visit"
starts  = "order_made"
runs    = "school_choice_period"
expects = ["visited"]
if_not  = "the visit is still owed"

[event.notice_served]
title = "A notice is served"
by    = "local_authority"
fact  = "notice_served"
tells = ["notice_deadline"]

[event.answered]
title = "The parent answers"
by    = "parent"

[event.answered.attributes.answer_good]
type  = "bool"
ask   = "Is the answer good?"
words = "the answer is good"

[event.order_made]
title = "The order is made"
by    = "local_authority"
fact  = "order_made"
tells = ["named_school_maintained"]

[event.visited]
title = "Somebody visits"
by    = "local_authority"

[event.order_revoked]
title = "The order is revoked"
by    = "local_authority"
fact  = "order_revoked"
"""


@cache
def england() -> Policy:
    return load_policy("england")


def layered(*texts: str, name: str = "notice") -> tuple[dict[str, Process], tuple[PolicyFault, ...]]:
    """The processes of a chain of packs, each holding one file of this name."""
    with TemporaryDirectory() as place:
        packs = []
        for number, text in enumerate(texts):
            folder = Path(place) / f"pack_{number}"
            (folder / "processes").mkdir(parents=True)
            (folder / "processes" / f"{name}.toml").write_text(text, encoding="utf-8")
            packs.append((folder.name, folder))
        return load_processes(packs, england())


def faults_in(*texts: str) -> list[str]:
    """What is wrong with a process, without the place where it is wrong."""
    return [fault.problem for fault in layered(*texts)[1]]


def small(*changes: tuple[str, str], more: str = "") -> Process:
    """The small process with some of its text replaced and some added."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    made, faults = layered(text + more)
    assert faults == ()
    return made["notice"]


def day(number: int) -> date:
    """The day so many days after Monday the fifth of January 2026."""
    return MONDAY + timedelta(days=number)


def event(name: str, number: int, **says: object) -> CaseEvent:
    return CaseEvent(name, day(number), says)
