"""The registers of children who do not exist."""

import subprocess
import sys
from datetime import date

import pyarrow.compute as pc
import pytest

from cme_rules import testing
from cme_rules.batch import assess_register
from cme_rules.errors import CallError
from cme_rules.testing import register, stress_register
from tests.batch.given import ON, SUSSEX

COUNTY = register(40_000, seed=1, on=ON, policy=SUSSEX)


class TestRegister:
    """As a council might hold it."""

    def test_the_same_seed_gives_the_same_children(self) -> None:
        again = register(500, seed=9, on=ON, policy=SUSSEX)

        assert again == register(500, seed=9, on=ON, policy=SUSSEX)
        assert again != register(500, seed=8, on=ON, policy=SUSSEX)

    def test_no_row_is_bad(self) -> None:
        assert assess_register(COUNTY, SUSSEX, on=ON).bad_rows.num_rows == 0

    @pytest.mark.parametrize(
        ("finding", "least", "most"),
        [
            ("persistently_absent", 17.0, 21.5),
            ("severely_absent", 1.4, 2.6),
            ("cme_statutory", 1.2, 2.6),
            ("of_compulsory_school_age", 85.0, 95.0),
        ],
    )
    def test_the_shares_are_about_the_published_ones(self, finding: str, least: float, most: float) -> None:
        counts = {row["finding"]: row for row in assess_register(COUNTY, SUSSEX, on=ON).counts.to_pylist()}

        assert least <= 100 * counts[finding]["holds"] / COUNTY.num_rows <= most

    def test_half_of_a_countys_children_missing_education_have_no_first_day(self) -> None:
        missing = COUNTY.filter(
            pc.and_(pc.invert(COUNTY["on_school_roll"]), pc.equal(COUNTY["education_otherwise"], "none"))
        )

        assert 0.4 < missing["last_day_of_education"].null_count / missing.num_rows < 0.65

    @pytest.mark.parametrize("tier", ["county", "large_county", "england"])
    def test_each_tier_has_figures(self, tier: str) -> None:
        assert register(100, seed=1, on=ON, policy=SUSSEX, tier=tier).num_rows == 100

    def test_another_tier_is_refused(self) -> None:
        with pytest.raises(CallError, match="figures for county, large_county, england"):
            register(100, seed=1, on=ON, policy=SUSSEX, tier="village")


class TestStressRegister:
    """Every fact of a policy in every state."""

    def test_it_has_every_fact_unknown_in_about_a_third_of_the_rows(self) -> None:
        made = stress_register(2_000, seed=1, on=ON, policy=SUSSEX)

        assert SUSSEX.facts.keys() <= set(made.column_names)
        assert 0.25 < made["in_area"].null_count / 2_000 < 0.35

    def test_no_row_is_bad(self) -> None:
        made = stress_register(2_000, seed=1, on=date(2025, 3, 3), policy=SUSSEX)

        assert assess_register(made, SUSSEX, on=ON).bad_rows.num_rows == 0


def test_the_room_of_made_up_things_has_no_others() -> None:
    with pytest.raises(AttributeError, match="no attribute 'registers_of_mine'"):
        testing.registers_of_mine  # noqa: B018 - asking is the test


def test_without_the_extra_a_register_says_what_to_install() -> None:
    code = "import sys; sys.modules['pyarrow'] = None; from cme_rules.testing import register"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "install the extra 'batch' of this library" in done.stderr
