"""How the documentation is built: Sphinx over Markdown, with nothing fetched."""

import sys
import tomllib
from pathlib import Path

from sphinx.application import Sphinx

_HERE = Path(__file__).parent
_PROJECT = tomllib.loads((_HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
sys.path.insert(0, str(_HERE.parent / "tasks"))

from draw_docs import draw, draw_pages  # noqa: E402 - the folder of tasks is no package

# Pages and pictures made from the policies and the code: written here, never kept in the repository.
draw(_HERE / "_generated")
draw_pages(_HERE / "_extra")

project = _PROJECT["name"].replace("-", "_")
author = _PROJECT["authors"][0]["name"]
copyright = f"2026, {author}"  # noqa: A001 - the name Sphinx reads
version = release = _PROJECT["version"]

extensions = ["myst_nb", "sphinx_copybutton"]
exclude_patterns = ["_build", "_extra"]
nitpicky = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"  # a notebook that does not run fails the build
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True


def setup(app: Sphinx) -> None:
    """Give the captions of the menu the level that every heading has to have; Sphinx leaves it out."""
    app.connect("build-finished", _say_levels)


def _say_levels(app: Sphinx, problem: Exception | None) -> None:
    if problem or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace('role="heading">', 'role="heading" aria-level="2">'), encoding="utf-8")


language = "en_GB"
html_theme = "furo"
html_title = f"{project} {version}"
html_copy_source = False
html_extra_path = ["_extra"]
copybutton_exclude = ".linenos, .gp, .go"
