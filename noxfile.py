"""What a developer runs: `nox` for the everyday sessions, `nox -l` for all of them.

Versions of Python, dependencies and groups are read from pyproject.toml, so that they stand in one place.
"""

import re
import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
OLDEST = PYTHONS[0]
CORE_TESTS = [
    *(f"tests/{room}" for room in ("domain", "calendars", "conditions", "policy", "engine", "processes")),
    "tests/test_contracts.py",
    *(f"src/cme_rules/{room}" for room in ("domain", "calendars", "conditions", "engine", "processes")),
]
PYODIDE = "314"
"""The release of Pyodide tried: CPython 3.14 in a browser."""

STATED = ("england", "east_sussex")  # the nation's slips are tried with a council's calendar and cases
PACKS = sorted(folder.parent.name for folder in ROOT.glob("policies/*/policy.toml"))

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "venv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "typing", "layers", f"tests-{OLDEST}", "policies"]


def group(name: str) -> list[str]:
    """The requirements of a dependency group."""
    return list(nox.project.dependency_groups(PROJECT, name))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the whole suite, doctests included; every warning is an error."""
    session.install("-e", ".[test]")
    session.run("pytest", "-W", "error", "-n", "auto", *session.posargs)


@nox.session(python=OLDEST)
def coverage(session: nox.Session) -> None:
    """Run the core's own tests with branch coverage; every branch of the core must be taken."""
    session.install("-e", ".[test]")
    session.run("coverage", "erase")
    session.run("pytest", "-W", "error", "-n", "auto", "--cov", "--cov-report=", *CORE_TESTS, *session.posargs)
    session.run("coverage", "report", f"--include={','.join(PROJECT['tool']['cme-rules']['core'])}", "--fail-under=100")


@nox.session(python=OLDEST)
def properties(session: nox.Session) -> None:
    """Run the property tests with many more examples than the ordinary run takes."""
    session.install("-e", ".[test]")
    session.run("pytest", "-m", "hypothesis", "-n", "auto", "--hypothesis-profile=thorough", *session.posargs)


@nox.session(python=OLDEST)
def lint(session: nox.Session) -> None:
    """Check style and formatting; `nox -s lint -- --fix` mends what can be mended."""
    session.install(*group("lint"))
    fix = "--fix" in session.posargs
    session.run("ruff", "check", *(["--fix"] if fix else []), ".")
    session.run("ruff", "format", *([] if fix else ["--check"]), ".")


@nox.session(python=OLDEST)
def typing(session: nox.Session) -> None:
    """Check the types of the library, its tests and this file."""
    session.install("-e", ".[batch,write]", *group("typing"))
    session.run("mypy", *session.posargs)


@nox.session(python=OLDEST)
def layers(session: nox.Session) -> None:
    """Check that each room imports only what stands below it, and that the core stays pure."""
    session.install("-e", ".", *group("lint"))
    session.run("lint-imports", "--no-cache", *session.posargs)


@nox.session(python=OLDEST)
def policies(session: nox.Session) -> None:
    """Check every policy, run its cases and see that they leave nothing open; slips in the main two must be noticed."""
    session.install("-e", ".")
    for pack in PACKS:
        session.run("cme-rules", "policy", "check", "--policy", pack)
        session.run("cme-rules", "policy", "test", "--policy", pack)
        session.run("cme-rules", "policy", "coverage", pack, "--strict")
    session.run("cme-rules", "policy", "mutants", *STATED, "--quiet")


@nox.session(python=[PYTHONS[0], PYTHONS[1]])
def durable(session: nox.Session) -> None:
    """Compare the second engine with ours; durable-rules needs a compiler and does not import on 3.13."""
    session.install("-e", ".[durable,test]")
    session.run("pytest", "-W", "error", "-n", "auto", "tests/adapters/durable", "tests/differential", *session.posargs)


@nox.session(python=OLDEST)
def batch(session: nox.Session) -> None:
    """Compare the columns of a whole register with the scalar engine, cell by cell."""
    session.install("-e", ".[batch,test]", *group("frames"))
    session.run("pytest", "-W", "error", "-n", "auto", "tests/batch", "src/cme_rules/batch", *session.posargs)


@nox.session(python=OLDEST)
def million(session: nox.Session) -> None:
    """Compare a million rows of each policy with the scalar engine, cell by cell."""
    session.install("-e", ".[batch,test]")
    rows = {"CME_RULES_SCALE": "5"}
    session.run("pytest", "-W", "error", "-n", "auto", "tests/batch/test_packs.py", *session.posargs, env=rows)


@nox.session(python=OLDEST)
def spark(session: nox.Session) -> None:
    """Run the recipe for Spark over a million rows on this machine, which has to have Java 17 or later."""
    session.install("-e", ".[batch,test]", *group("spark"))
    session.run("pytest", "-W", "error", "tests/batch/test_spark_cluster.py", *session.posargs)


@nox.session(python=OLDEST)
def nightly(session: nox.Session) -> None:
    """Take ten times as many children, case histories and properties as the ordinary run does."""
    session.install("-e", ".[batch,durable,test]")
    many = ("pytest", "-W", "error", "-n", "auto", "--hypothesis-profile=thorough")
    session.run(*many, "tests/differential", "tests/batch", "tests/engine", env={"CME_RULES_SCALE": "10"})


@nox.session(python=OLDEST)
@nox.parametrize("how", ["wheel", "editable", "checkout"])
def installs(session: nox.Session, how: str) -> None:
    """Find the policies from a wheel with no source beside it, an editable install and a plain checkout.

    With the wheel, a council's folder outside the repository goes through every tool, the pytest plugin among them.
    """
    elsewhere = Path(session.create_tmp())
    env = {"PYTHONPATH": str(ROOT / "src") if how == "checkout" else ""}
    if how == "wheel":
        shutil.rmtree(elsewhere / "wheels", ignore_errors=True)
        session.run("pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(elsewhere / "wheels"), str(ROOT))
        session.install("--force-reinstall", *map(str, (elsewhere / "wheels").glob("*.whl")))
    elif how == "editable":
        session.install("-e", ".")
    else:
        session.install(*PROJECT["project"]["dependencies"])
    with session.chdir(elsewhere):
        session.run("python", str(ROOT / "tasks" / "check_install.py"), how, env=env)
        if how == "wheel":
            session.install("pytest")
            session.run("python", str(ROOT / "tasks" / "check_outside_folder.py"))


@nox.session(python=OLDEST)
def pyodide(session: nox.Session) -> None:
    """Answer for the example children in a browser's Python, and compare with this one; needs Node.js and npm."""
    place = Path(session.create_tmp()).resolve()
    shutil.rmtree(place / "packages", ignore_errors=True)
    session.install(str(ROOT))
    session.run("pip", "install", "--quiet", "--target", str(place / "packages"), str(ROOT))
    if compiled := sorted(path.name for path in (place / "packages").rglob("*.so")):
        session.error(f"a browser's Python takes pure-Python packages only; these hold compiled code: {compiled}")
    session.run("npm", "install", "--silent", "--no-save", "--prefix", str(place), f"pyodide@{PYODIDE}", external=True)
    words = ("assess", "--policy", "east_sussex", "--on", "2026-06-15", "children.jsonl")
    engine, check = str(place / "node_modules" / "pyodide"), str(ROOT / "tasks" / "check_pyodide.mjs")
    with session.chdir(ROOT / "examples"):
        here = session.run("cme-rules", *words, silent=True)
        there = session.run("node", check, engine, str(place / "packages"), ".", *words, silent=True, external=True)
    if here != there:
        session.error("a browser's Python does not answer as this one does")
    session.log(f"the same {len(str(here).splitlines())} lines in a browser's Python")


@nox.session(python=OLDEST)
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error, and nothing is fetched."""
    session.install("-e", ".", *group("docs"))
    shutil.rmtree(ROOT / "docs" / "_build", ignore_errors=True)
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-b", "html", "docs", "docs/_build/html", *session.posargs)


@nox.session(python=OLDEST)
def snippets(session: nox.Session) -> None:
    """Run every snippet of the documentation, those too that need a web framework or a library of frames."""
    session.install("-e", ".[test]", *group("snippets"))
    session.run("pytest", "-q", "tests/docs", "tests/adapters/test_frames.py", *session.posargs)


@nox.session(python=OLDEST)
def notebooks(session: nox.Session) -> None:
    """Run every notebook of the documentation from its first cell to its last."""
    session.install("-e", ".[notebooks]")
    for source in sorted(ROOT.glob("docs/notebooks/*.md")):
        made = Path(session.create_tmp()) / f"{source.stem}.ipynb"
        session.run("jupytext", "--to", "ipynb", "--output", str(made), str(source))
        session.run("jupyter-execute", str(made))


@nox.session(python=OLDEST)
def pages(session: nox.Session) -> None:
    """Look at generated pages and pictures in headless Chromium; without it, say so, and fail where CI is set."""
    session.install("-e", ".", *group("pages"))
    session.run("python", "tasks/check_pages.py", *session.posargs)


@nox.session(python=OLDEST)
def bench(session: nox.Session) -> None:
    """Run every benchmark; `nox -s bench -- calendars` runs those with that word in their name."""
    session.install("-e", ".[durable]", *group("bench"))
    for script in sorted(ROOT.glob("benchmarks/bench_*.py")):
        if not session.posargs or any(word in script.name for word in session.posargs):
            session.run("python", str(script))


@nox.session(python=OLDEST)
def release(session: nox.Session) -> None:
    """Put the changelog together and build what is released: `nox -s release -- 0.2.0`."""
    version = session.posargs[0] if session.posargs else ""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        session.error("say which version: nox -s release -- 0.2.0")
    session.install(*group("release"))
    session.run("towncrier", "build", "--yes", "--version", version)
    session.run("python", "-m", "build")
