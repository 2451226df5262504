"""A report of the room above is laid out from the data it tells."""

import pytest

from cme_rules.domain.shown import mimebundle
from cme_rules.render.reports import report_document
from cme_rules.render.text import write_text
from cme_rules.verify.checks import Checks
from cme_rules.verify.coverage import Coverage
from cme_rules.verify.diff.model import Diff


@pytest.mark.parametrize("report", [Checks, Coverage, Diff])
def test_each_report_tells_its_data_and_shows_itself(report: type) -> None:
    assert hasattr(report, "to_dict")
    assert getattr(report, "_repr_mimebundle_") is mimebundle  # noqa: B009 - a type checker knows no such name of `type`


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
