"""A small pack with calendars, to be broken one line at a time."""

from pathlib import Path

from cme_rules.policy.loading.calendars import LoadedCalendars, read_calendars

LAND = """\
schema = 1
id = "land"
source = "https://land.example"
read = 2026-11-23
published_through = 2026-12-31

[[year]]
year = 2025
count = 2
days = [2025-12-25, 2025-12-26]

[[year]]
year = 2026
count = 1
days = [2026-05-04]
"""

SHIRE = """\
schema = 1
id = "shire"
bank_holidays = "land"

[[year]]
label = "2025/26"
coverage = [2025-09-01, 2026-08-31]
status = "agreed"
source = "https://shire.example/terms"
read = 2026-11-23
open_days = 72
pupil_days = 71
inset = [2025-09-03]

[[year.term]]
name = "Term 1"
first = 2025-09-03
last = 2025-10-24
days = 38
weekdays = ["Wednesday", "Friday"]

[[year.term]]
name = "Term 2"
first = 2025-11-03
last = 2025-12-18
days = 34
"""

NEXT_YEAR = """
[[year]]
label = "2026/27"
coverage = [2026-09-01, 2026-12-31]
status = "proposed"
source = "https://shire.example/next"
read = 2026-11-23
open_days = 10

[[year.term]]
name = "Term 1"
first = 2026-09-07
last = 2026-09-18
"""

SCHOOL = """\
schema = 1
id = "the-school"
base = "shire"

[[year]]
label = "2025/26"
status = "agreed"
source = "https://school.example"
read = 2026-11-23
open_days = 67
closed = [{ first = 2025-10-20, last = 2025-10-24, reason = "two weeks" }]
"""


def edited(text: str, old: str, new: str) -> str:
    """The text with one place changed, which must be there."""
    assert old in text
    return text.replace(old, new, 1)


def loaded(folder: Path, *, shire: str = SHIRE, land: str = LAND, **schools: str) -> LoadedCalendars:
    """The calendars of a pack with these files; a school's file is named by its keyword, with hyphens."""
    here = folder / "pack" / "calendars"
    (here / "schools").mkdir(parents=True)
    (here / "bank_holidays.toml").write_text(land, encoding="utf-8")
    (here / "shire.toml").write_text(shire, encoding="utf-8")
    for name, text in schools.items():
        (here / "schools" / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return read_calendars([folder / "pack"])
