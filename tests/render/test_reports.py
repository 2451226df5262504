"""Reports of the room above are known by name alone: each name must be there, and can be laid out."""

from importlib import import_module

import pytest

from cme_rules.render.notebook import _ABOVE
from cme_rules.render.reports import report_document
from cme_rules.render.text import write_text


@pytest.mark.parametrize("name", _ABOVE)
def test_each_report_known_by_name_is_there_and_tells_its_data(name: str) -> None:
    module, _, own = name.rpartition(".")

    assert hasattr(getattr(import_module(module), own), "to_dict")


class Made:
    """A report with something of every sort in it."""

    def to_dict(self) -> dict[str, object]:
        """The data."""
        rows = [{"rule": "2.1", "holds": True, "lacks": ["fails"]}]
        return {
            "policy": "our_council",
            "passed": False,
            "figures": {"rules": 3},
            "rows": rows,
            "names": ["a"],
            "none": [],
        }


def test_a_report_is_laid_out_whatever_it_holds() -> None:
    text = write_text(report_document(Made()))

    assert text.startswith("Made: Our Council")
    assert "no" in text
    assert "None: none." in text
