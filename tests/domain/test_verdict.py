import pytest

from cme_rules.domain.never import NEVER
from cme_rules.domain.verdict import Verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_neither_true_nor_false(verdict: Verdict) -> None:
    with pytest.raises(TypeError, match="compare it"):
        bool(verdict)


def test_never_is_no_day() -> None:
    assert not NEVER
