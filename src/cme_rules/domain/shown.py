"""What a notebook makes of a value of the library, fetched when a notebook asks.

The room that draws stands above the core, which may not import it. So it is fetched by name, here and nowhere else;
without a notebook it is never loaded.
"""

from importlib import import_module
from typing import Any

__all__ = ["mimebundle"]

_DRAWS = "cme_rules.render.notebook"


def mimebundle(thing: Any, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ANN401 - any of ours
    """The value as text, Markdown and HTML, with a child's values left out: what IPython calls `_repr_mimebundle_`."""
    del include, exclude
    bundle: dict[str, str] = import_module(_DRAWS).show(thing)._repr_mimebundle_()
    return bundle
