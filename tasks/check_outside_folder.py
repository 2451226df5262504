"""Put a council's own folder, outside the repository, through every tool of an installed cme_rules.

Run it from anywhere with the Python that has the library installed:

    python tasks/check_outside_folder.py [folder to write into]

The council is invented. Its folder extends a shipped policy by name, as a real one would. Where pytest is installed
its cases are run under that as well.
"""

import io
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path

import cme_rules
from cme_rules.cli import run

ROOT = Path(__file__).resolve().parents[1]

FILES = {
    "policy.toml": """\
schema = 1
id = "dale"
title = "Dale: children missing education"
extends = "england"
since = 2025-09-01
source = "dale_policy"
scope = "Dale Council and the schools of its area"

[[sources]]
id = "dale_policy"
title = "Dale Council's policy on children missing education"
rank = "council_policy"
since = 2025-09-01
""",
    "source.toml": """\
["D1"]
gist = "a child of school age on no roll for two weeks is missing education in Dale"
kind = "definition"
status = "encoded"

["D2"]
gist = "the welfare officer calls on the family within ten days"
kind = "duty"
status = "encoded"
""",
    "parameters.toml": """\
[dale_wait]
title = "The time out of education after which Dale acts"
unit = "calendar_day"
counted = "after"
paragraph = "D1"
values = [{ since = 2025-09-01, value = 14 }]

[dale_call]
title = "Time to call on the family"
unit = "calendar_day"
counted = "after"
paragraph = "D2"
values = [{ since = 2025-09-01, value = 10 }]
""",
    "roles.toml": """\
[welfare_officer]
title = "Education welfare officer"

[clerk]
title = "Clerk"
""",
    "facts.toml": """\
[dale_called]
type = "date"
ask = "When did the officer call on the family?"
knows = ["welfare_officer"]
words = "the call on the family"
""",
    "rules/1_dale.toml": """\
["D1"]
title = "Missing education in Dale"
finding = "dale_missing"
words = "the child is missing education in Dale"
when = "in_area and of_compulsory_school_age and not on_school_roll and days_since(last_day_of_education) >= dale_wait"

["D2"]
title = "Call on the family"
action = "dale_call_on_family"
force = "must"
role = "welfare_officer"
when = "dale_missing"
at_least = "dale_missing"
due = { within = "dale_call", of = "last_day_of_education" }
discharged = "happened(dale_called)"
""",
    "readings.toml": """\
[three_weeks]
title = "Dale waits three weeks"
paragraph = "D1"

[three_weeks.changes.dale_wait]
values = [{ since = 2025-09-01, value = 21 }]
""",
    "cases/dale.toml": """\
[base.child]
in_area = true
date_of_birth = 2014-05-02
on_school_roll = false
last_day_of_education = 2026-03-01

[[case]]
name = "Fourteen days out are enough"
paragraph = "D1"
base = "child"
on = 2026-03-15
then = { dale_missing = "holds" }
due = { dale_call_on_family = 2026-03-11 }
status = { dale_call_on_family = "overdue" }
role = { dale_call_on_family = "welfare_officer" }
force = { dale_call_on_family = "must" }

[[case]]
name = "Thirteen days out are not enough"
paragraph = "D1"
base = "child"
on = 2026-03-14
then = { dale_missing = "fails" }
status = { dale_call_on_family = "absent" }

[[case]]
name = "A child on a roll is not missing"
paragraph = "D1"
base = "child"
on = 2026-03-15
given = { on_school_roll = true }
then = { dale_missing = "fails" }

[[case]]
name = "A child of another area is not Dale's"
paragraph = "D1"
base = "child"
on = 2026-03-15
given = { in_area = false }
then = { dale_missing = "fails" }

[[case]]
name = "A child below school age is not missing"
paragraph = "D1"
base = "child"
on = 2026-03-15
given = { date_of_birth = 2023-05-02 }
then = { dale_missing = "fails" }

[[case]]
name = "Without the last day of education nothing can be told"
paragraph = "D1"
base = "child"
on = 2026-03-15
given = { last_day_of_education = "unknown" }
then = { dale_missing = "unknown" }
missing = { dale_missing = ["last_day_of_education"] }

[[case]]
name = "A call made on the day itself is a call made"
paragraph = "D2"
base = "child"
on = 2026-03-15
given = { dale_called = 2026-03-15 }
status = { dale_call_on_family = "discharged" }

[[case]]
name = "The policy binds from its first day and the call is due from then"
paragraph = "D2"
base = "child"
on = 2025-09-01
given = { last_day_of_education = 2025-08-01 }
then = { dale_missing = "holds", dale_call_on_family = "holds" }

[[case]]
name = "The day before its first day the policy binds nobody"
paragraph = "D1"
on = 2025-08-31
then = { dale_missing = "not_in_force", dale_call_on_family = "not_in_force" }
""",
}

COMMANDS = (
    ("policy", "show", "{dale}"),
    ("policy", "check", "{dale}"),
    ("policy", "test", "{dale}"),
    ("policy", "coverage", "{dale}"),
    ("policy", "coverage", "{dale}", "--format", "html"),
    ("policy", "mutants", "{dale}", "--quiet", "--workers", "1"),
    ("policy", "diff", "england", "{dale}", "--finding", "cme_statutory=dale_missing", "--on", "2026-03-15"),
    ("policy", "diff", "{dale}", "{dale}", "--reading", "three_weeks", "--on", "2026-03-15"),
    ("policy", "page", "{dale}", "--out", "{dale}.html"),
)


def main(root: Path) -> int:
    """Write the folder, run every command on it, and say how each ended."""
    if Path(cme_rules.__file__).is_relative_to(ROOT / "src"):
        print("cme_rules comes from the repository: install the wheel first")
        return 2
    dale = root / "dale"
    for name, text in FILES.items():
        path = dale / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    failed = 0
    for command in COMMANDS:
        arguments = [part.format(dale=dale) for part in command]
        out = io.StringIO()
        with redirect_stdout(out):
            status = run(arguments)
        failed += status != 0
        print(f"{' '.join(command[:2])}: {'ok' if status == 0 else f'exit status {status}'}")
        if status != 0:
            print(out.getvalue())
    failed += not _cases_under_pytest(dale)
    return 1 if failed else 0


def _cases_under_pytest(dale: Path) -> bool:
    """Whether the folder's cases pass under pytest, which finds the plugin by itself."""
    if find_spec("pytest") is None:
        print("pytest: not installed, left out")
        return True
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(dale)]
    done = subprocess.run(command, check=False, cwd=dale, capture_output=True, text=True)  # noqa: S603 - our own words
    found = f"{FILES['cases/dale.toml'].count('[[case]]')} passed" in done.stdout
    print(f"pytest: {'ok' if found else 'FAILED'}")
    print("" if found else done.stdout, end="")
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(Path(made)))
