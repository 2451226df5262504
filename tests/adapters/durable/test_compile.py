"""From trees to lines: what the engine tests itself, what is judged beforehand, and how three values are carried."""

from pathlib import Path

import pytest

from cme_rules.adapters.durable.compile import WIDEST, compile_law
from cme_rules.adapters.durable.lines import Constant, FromAtom, FromFact, FromGiven, Line, Program, Source
from cme_rules.policy.loading.load import load_policy
from tests.adapters.durable.given import ON
from tests.differential.strategies import FACTS, PARAMETERS
from tests.toy import write_toy


def compiled(folder: Path, when: str, *, means: str = "") -> Program:
    """The lines of a policy with one finding, `found`, and perhaps one definition, `meant`."""
    rule = f'["2/f"]\ntitle = "F"\nfinding = "found"\nwords = "it is found"\nwhen = \'{when}\'\n'
    definition = f'[meant]\nmeans = \'{means}\'\nwords = "meant"\nparagraph = "2"\n' if means else ""
    files = {
        "land__facts": FACTS,
        "land__rules__1_act": "",
        "shire__parameters": PARAMETERS,
        "shire__definitions__2": definition,
        "shire__rules__2_gone": rule,
        "shire__rules__3_absence": "",
    }
    return compile_law(load_policy(write_toy(folder, **files)).as_of(ON))


def sources(program: Program) -> set[type[Source]]:
    return {type(source) for source in program.sources.values()}


def conclusions(program: Program) -> list[tuple[bool, int]]:
    """For each line, whether it concludes that its part holds, and how many tests it makes."""
    return [(line.holds, len(line.tests)) for line in program.lines]


class TestWhatTheEngineTestsItself:
    """Yes and no, words of a closed list, and numbers against numbers of the policy."""

    @pytest.mark.parametrize(
        "when",
        [
            "in_area",
            'schooling == "none"',
            'schooling != "none"',
            'schooling in ("home", "tutor")',
            "letters >= few",
            "few <= letters",
            "0 < letters",
        ],
    )
    def test_a_fact_against_a_constant_is_tested_by_the_engine(self, when: str, tmp_path: Path) -> None:
        assert sources(compiled(tmp_path, when)) == {FromFact}

    def test_a_definition_that_only_names_a_fact_is_seen_through(self, tmp_path: Path) -> None:
        assert sources(compiled(tmp_path, "meant >= few", means="letters")) == {FromFact}

    def test_whether_a_fact_was_given_is_told(self, tmp_path: Path) -> None:
        assert sources(compiled(tmp_path, "known(called)")) == {FromGiven}

    def test_always_and_never_are_tested_on_a_constant(self, tmp_path: Path) -> None:
        assert sources(compiled(tmp_path, "in_area or False")) == {FromFact, Constant}


class TestWhatIsJudgedBeforehand:
    """Dates, calendars, and arithmetic between facts."""

    @pytest.mark.parametrize(
        "when",
        [
            "happened(called)",
            "days_since(called) >= long",
            "school_days_from(absence_began) >= reported",
            "rate(sessions_absent, sessions_possible) >= often",
            "letters > sessions_absent",
            "called == on",
        ],
    )
    def test_it_becomes_an_atom(self, when: str, tmp_path: Path) -> None:
        assert sources(compiled(tmp_path, when)) == {FromAtom}

    def test_an_atom_knows_its_facts_also_by_way_of_definitions(self, tmp_path: Path) -> None:
        program = compiled(tmp_path, "meant >= long", means="days_since(called)")

        assert [source.names for source in program.sources.values() if isinstance(source, FromAtom)] == [("called",)]


class TestTheTwoRails:
    """A part is concluded to hold, or to fail, or neither."""

    def test_and_holds_by_one_line_and_fails_by_a_line_a_part(self, tmp_path: Path) -> None:
        assert conclusions(compiled(tmp_path, "in_area and on_roll")) == [(True, 2), (False, 1), (False, 1)]

    def test_or_fails_by_one_line_and_holds_by_a_line_a_part(self, tmp_path: Path) -> None:
        assert conclusions(compiled(tmp_path, "in_area or on_roll")) == [(False, 2), (True, 1), (True, 1)]

    def test_not_changes_the_rails_and_needs_no_line(self, tmp_path: Path) -> None:
        (holding, failing) = compiled(tmp_path, "not in_area").lines

        assert (holding.holds, [test.value for test in holding.tests]) == (True, [False])
        assert (failing.holds, [test.value for test in failing.tests]) == (False, [True])

    def test_a_word_not_in_the_list_fails_by_a_line_of_its_own(self, tmp_path: Path) -> None:
        (holds, _, fails, *_) = compiled(tmp_path, 'schooling in ("home", "none")').lines

        assert (holds.holds, fails.holds) == (True, False)

    def test_a_part_used_twice_is_concluded_once(self, tmp_path: Path) -> None:
        once = compiled(tmp_path / "a", "in_area and (on_roll or happened(called))")
        twice = compiled(tmp_path / "b", "(on_roll or happened(called)) and (on_roll or happened(called))")

        assert len({line.key for line in once.lines}) == len({line.key for line in twice.lines})

    def test_a_wide_condition_becomes_a_tree_of_narrow_ones(self, tmp_path: Path) -> None:
        counts = ("letters", "sessions_absent", "sessions_possible")
        parts = [
            f"{name} {sign} {number}" for name in counts for sign in ("<", "==", ">") for number in ("few", "0", "1")
        ]

        program = compiled(tmp_path, " or ".join(parts))

        assert len(parts) > 2 * WIDEST
        assert max(len(line.tests) for line in program.lines) == WIDEST

    def test_every_line_tests_only_what_stands_before_it(self) -> None:
        program = compile_law(load_policy("east_sussex").as_of(ON))
        seen = set(program.sources)
        used_unmade: list[Line] = []
        for line in program.lines:
            used_unmade += [line for test in line.tests if test.key not in seen]
            seen.add(line.key)

        assert used_unmade == []
