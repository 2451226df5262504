"""Answers, policies, cases and calendars to look at: in words, as tables, as pictures and as a page."""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cme_rules.render.explanations import explain_action, explain_finding, explanation
    from cme_rules.render.grids import Grid, grid
    from cme_rules.render.notebook import enable, load_ipython_extension, show
    from cme_rules.render.pictures import (
        inspection_mermaid,
        inspection_picture,
        process_mermaid,
        process_picture,
        rule_mermaid,
        rule_picture,
        timeline_picture,
        year_picture,
    )
    from cme_rules.render.refusals import explain_refusal
    from cme_rules.render.view import View

__all__ = [
    "Grid",
    "View",
    "enable",
    "explain_action",
    "explain_finding",
    "explain_refusal",
    "explanation",
    "grid",
    "inspection_mermaid",
    "inspection_picture",
    "load_ipython_extension",
    "process_mermaid",
    "process_picture",
    "rule_mermaid",
    "rule_picture",
    "show",
    "timeline_picture",
    "year_picture",
]

_ROOMS = MappingProxyType(
    {
        "Grid": "grids",
        "View": "view",
        "enable": "notebook",
        "explain_action": "explanations",
        "explain_finding": "explanations",
        "explain_refusal": "refusals",
        "explanation": "explanations",
        "grid": "grids",
        "inspection_mermaid": "pictures",
        "inspection_picture": "pictures",
        "load_ipython_extension": "notebook",
        "process_mermaid": "pictures",
        "process_picture": "pictures",
        "rule_mermaid": "pictures",
        "rule_picture": "pictures",
        "show": "notebook",
        "timeline_picture": "pictures",
        "year_picture": "pictures",
    }
)


def __getattr__(name: str) -> object:
    """Fetch a name from its module on first use."""
    if name not in _ROOMS:
        msg = f"module 'cme_rules.render' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"cme_rules.render.{_ROOMS[name]}"), name)
