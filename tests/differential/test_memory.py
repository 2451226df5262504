"""One engine for very many children keeps nothing of them: the process does not grow."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.differential.children import SCALE
from tests.toy import write_toy

ROOT = Path(__file__).parents[2]
EVALUATIONS = 100_000
"""And a million in the nightly session."""

PROGRAM = """\
import resource, sys
from datetime import date
from cme_rules.adapters.durable import DurableEngine
from cme_rules.policy.loading.load import load_policy
from tests.differential.children import children

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)

policy, on, count = load_policy(sys.argv[1]), date(2026, 3, 9), int(sys.argv[2])
some = list(children(policy, on, count=500))
with DurableEngine(policy, on=on) as engine:
    for child in some * 4:
        engine.slots(child)
    before = peak()
    for number in range(count):
        engine.slots(some[number % len(some)])
print(peak() - before)
"""


@pytest.mark.slow
def test_memory_stays_flat_over_very_many_children(tmp_path: Path) -> None:
    folder = write_toy(tmp_path)
    arguments = [sys.executable, "-W", "error", "-c", PROGRAM, str(folder), str(EVALUATIONS * SCALE)]

    done = subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.stderr == ""
    assert float(done.stdout) < 2  # MiB; a child kept would be some 20 KiB
