"""Another reading of an unclear paragraph is declared beside the policy, and can be run against it."""

from datetime import date
from pathlib import Path

import pytest

from cme_rules import Verdict, assess, load_policy
from cme_rules.errors import BrokenPolicy
from cme_rules.verify.diff.compare import compare
from tests.toy import write_toy

READINGS = """\
[longer]
title = "Long is five weeks"
paragraph = "2"

[longer.changes.long]
values = [{ since = 2022-01-01, value = 35 }]

[anywhere]
title = "The child may live anywhere"
paragraph = "2"

[anywhere.changes.2]
when = "not on_roll and out_for >= long"

[anywhere.changes.out_for]
words = "the days without teaching"
"""


@pytest.fixture
def shire(tmp_path: Path) -> Path:
    return write_toy(tmp_path, shire__readings=READINGS)


def fault(folder: Path, *readings: str) -> str:
    with pytest.raises(BrokenPolicy) as broken:
        load_policy(folder, readings=readings)
    return str(broken.value)


class TestReadingOtherwise:
    """The policy is put together anew with what the reading changes; without one it is as its files say."""

    def test_a_policy_tells_its_other_readings(self, shire: Path) -> None:
        policy = load_policy(shire)

        assert [(each.id, each.paragraph, each.changes) for each in policy.other_readings.values()] == [
            ("longer", "2", ("long",)),
            ("anywhere", "2", ("2", "out_for")),
        ]
        assert policy.read_as == ()
        assert policy.parameters["long"].values[0].value == 28

    def test_a_number_a_rule_and_a_definition_can_be_read_otherwise(self, shire: Path) -> None:
        policy = load_policy(shire, readings=("longer", "anywhere"))

        assert policy.parameters["long"].values[0].value == 35
        assert "in_area" not in next(rule.text for rule in policy.rules if rule.id == "2")
        assert policy.definitions["out_for"].phrase.words == "the days without teaching"
        assert policy.read_as == ("longer", "anywhere")

    def test_the_answer_follows_the_reading(self, shire: Path) -> None:
        facts = {"in_area": True, "on_roll": False, "schooling": "none", "last_taught": date(2026, 2, 10)}
        taken, other = (load_policy(shire, readings=readings) for readings in ((), ("longer",)))

        assert assess(facts, taken, on=date(2026, 3, 10))["long_gone"].verdict is Verdict.HOLDS
        assert assess(facts, other, on=date(2026, 3, 10))["long_gone"].verdict is Verdict.FAILS

    def test_two_readings_are_compared_like_two_policies(self, shire: Path) -> None:
        found = compare(load_policy(shire), load_policy(shire, readings=("longer",)), on=date(2026, 3, 10))

        assert (found.first, found.second) == ("shire", "shire read with longer")
        assert {region.first for region in found.regions} == {"long_gone", "call_home"}
        assert [str(change) for change in found.changes] == [
            "changed: number long: values: 28 from 2022-01-01 → 35 from 2022-01-01"
        ]

    def test_every_reading_of_the_shipped_policy_loads_and_changes_somebody(self) -> None:
        policy = load_policy("east_sussex")

        assert len(policy.other_readings) >= 4
        for reading in policy.other_readings:
            other = load_policy("east_sussex", readings=(reading,))
            assert compare(policy, other, on=date(2026, 3, 20)).regions, reading


class TestFaults:
    """A reading is read as strictly as what it replaces."""

    def test_an_unknown_reading_is_told_with_those_there_are(self, shire: Path) -> None:
        assert "there is no reading 'shorter'; the policy has: longer, anywhere" in fault(shire, "shorter")

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ('[x]\ntitle = "t"\nparagraph = "2"\n', "a reading changes something"),
            ('[x]\ntitle = "t"\nparagraph = "2"\nchanges = 1\n', "expected tables by name"),
            ('[x]\ntitle = "t"\nparagraph = "99"\n[x.changes.long]\nunit = "week"\n', "stands in no source.toml"),
            (
                '[x]\ntitle = "t"\nparagraph = "2"\n[x.changes.lang]\nunit = "week"\n',
                "'lang' is no rule, definition or",
            ),
            ('[x]\nparagraph = "2"\n[x.changes.long]\nunit = "week"\n', "the key 'title' is missing"),
        ],
    )
    def test_a_slip_in_a_reading_is_told_when_the_policy_is_loaded(
        self, tmp_path: Path, text: str, problem: str
    ) -> None:
        said = fault(write_toy(tmp_path, shire__readings=text))

        assert problem in said
        assert "shire/readings.toml" in said

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ('long]\nunits = "week"', "this key is not known; did you mean 'unit'"),
            ('long]\nunit = "session"', "is not counted out in days"),
            ('2]\nwhen = "not on_rol"', "did you mean 'on_roll'"),
        ],
    )
    def test_what_it_changes_is_checked_when_it_is_asked_for(self, tmp_path: Path, change: str, problem: str) -> None:
        text = f'[x]\ntitle = "t"\nparagraph = "2"\n[x.changes.{change}\n'
        folder = write_toy(tmp_path, shire__readings=text)

        assert load_policy(folder).other_readings
        assert problem in fault(folder, "x")
