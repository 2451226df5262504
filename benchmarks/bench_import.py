"""How long until the first answer: importing, loading a policy, and one child on the command line.

Every line starts a fresh Python, turn by turn with a bare one; what counts is the median over the rounds, as time by
the clock and as time of the processor. Modules are compiled beforehand, as an installed package has them. The package
measured is the one this Python imports: run by the Python of an environment that holds a wheel, it measures the wheel.
The exit status is 1 where a start takes more bare Pythons than the bound.

    python benchmarks/bench_import.py [--json] [--quick]
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 5 if "--quick" in sys.argv else 21
CHILD = '{"date_of_birth": "2014-05-02", "in_area": true, "on_school_roll": false, "education_otherwise": "none"}'
LOAD = "from cme_rules import load_policy; load_policy({!r})"
ANSWER = """
from datetime import date
from cme_rules import load_policy, assess
assess({{}}, load_policy({!r}), on=date(2026, 3, 20))
"""
CLI = "from cme_rules.cli import main; main()"

AT_MOST = {"import cme_rules": 5.0, "first answer, england": 20.0}
"""How many bare Pythons a start may take: wider than what is measured, because a busy machine moves the ratios."""


def main() -> int:
    """Start them turn by turn, print, and give the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        child = Path(folder) / "child.json"
        child.write_text(CHILD, encoding="utf-8")
        starts = _starts(child)
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = folder
        for round_ in range(ROUNDS + 1):
            for name, arguments in starts.items():
                took = _started(arguments, environment)
                if round_:  # the first one compiles
                    times[name].append(took)
    bare = times["a bare Python"]
    report = {
        name: {
            "wall_ms": median(wall for wall, _ in took),
            "cpu_ms": median(cpu for _, cpu in took),
            "times_bare": median(cpu / base for (_, cpu), (_, base) in zip(took, bare, strict=True)),
        }
        for name, took in times.items()
    }
    if "--json" in sys.argv:
        print(json.dumps({"starts": report, "python": platform.python_version()}, indent=1))
    else:
        _show(report)
    return _status(report)


def _starts(child: Path) -> dict[str, list[str]]:
    """What is started, each with its arguments to Python."""
    asked = ["assess", str(child), "--on", "2026-03-20", "--policy"]
    return {
        "a bare Python": ["-c", "pass"],
        "import attrs": ["-c", "import attrs"],
        "import cme_rules": ["-c", "import cme_rules"],
        "… load_policy, assess": ["-c", "from cme_rules import load_policy, assess"],
        "load england": ["-c", LOAD.format("england")],
        "load east_sussex": ["-c", LOAD.format("east_sussex")],
        "load and assess, england": ["-c", ANSWER.format("england")],
        "first answer, england": ["-c", CLI, *asked, "england"],
        "first answer, east_sussex": ["-c", CLI, *asked, "east_sussex"],
    }


def _started(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor for one start."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 - our own arguments
    wall, after = perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1_000, cpu * 1_000


def _show(report: dict[str, dict[str, float]]) -> None:
    base = report["a bare Python"]
    print(f"Milliseconds, median of {ROUNDS}; Python {platform.python_version()}")
    print(f"\n{'':28}{'clock':>9}{'processor':>12}{'over bare':>12}{'to bare':>10}")
    for name, row in report.items():
        over = row["cpu_ms"] - base["cpu_ms"]
        print(f"{name:28}{row['wall_ms']:>9.0f}{row['cpu_ms']:>12.0f}{over:>12.0f}{row['times_bare']:>9.1f}x")


def _status(report: dict[str, dict[str, float]]) -> int:
    late = [name for name, bound in AT_MOST.items() if report[name]["times_bare"] > bound]
    for name in late:
        print(f"{name}: more than {AT_MOST[name]} bare Pythons", file=sys.stderr)
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
