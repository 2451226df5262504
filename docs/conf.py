"""How the documentation is built: Sphinx over Markdown, with nothing fetched."""

import tomllib
from pathlib import Path

_PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = _PROJECT["name"].replace("-", "_")
author = _PROJECT["authors"][0]["name"]
copyright = f"2026, {author}"  # noqa: A001 - the name Sphinx reads
version = release = _PROJECT["version"]

extensions = ["myst_parser", "sphinx_copybutton"]
exclude_patterns = ["_build"]
nitpicky = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

language = "en_GB"
html_theme = "furo"
html_title = f"{project} {version}"
html_copy_source = False
copybutton_exclude = ".linenos, .gp, .go"
