"""Slips put into the toy policy: which are made, what kills them, and the case a survivor asks for."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from cme_rules import load_policy
from cme_rules.conditions.kinds import BOOL, DATE
from cme_rules.conditions.parse import parse_condition
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.cases import read_cases
from cme_rules.verify.mutants.bench import Bench
from cme_rules.verify.mutants.kill import equivalent, killing_case, killing_fault
from cme_rules.verify.mutants.make import mutants_of
from cme_rules.verify.mutants.missing_case import as_toml, wanting_case
from cme_rules.verify.mutants.model import CASE, EQUIVALENT, LOAD, Fate, Mutant, Mutants
from cme_rules.verify.mutants.proofs import broken_proof
from cme_rules.verify.mutants.run import try_folder, try_mutants
from cme_rules.verify.mutants.touch import reach, users
from cme_rules.verify.mutants.trees import slips
from cme_rules.verify.run import run_cases
from cme_rules.verify.spelling import spelt
from tests.toy import CASES, write_toy

WORDS: dict[str, Any] = {"a": BOOL, "b": BOOL, "c": BOOL, "day": DATE}


def slipped(text: str) -> dict[str, list[str]]:
    """The trees each kind of slip makes of a condition, written out."""
    made: dict[str, list[str]] = {}
    for slip in slips(parse_condition(text, WORDS)):
        made.setdefault(slip.kind, []).append(spelt(slip.tree))
    return made


@pytest.fixture(scope="module")
def bench(folder: Path, policy: Policy) -> Bench:
    return Bench(policy, read_cases(policy, folder))


def mutant(policy: Policy, place: str, words: str) -> Mutant:
    """The one mutant of a place whose words hold a text."""
    (found,) = [each for each in mutants_of(policy) if each.place == place and words in each.words]
    return found


class TestSlipsInACondition:
    """Every part can be lost, denied or taken for another."""

    def test_a_part_is_dropped_denied_or_joined_otherwise(self) -> None:
        made = slipped("a and b")

        assert made["dropped"] == ["b", "a"]
        assert made["negated"] == ["not (a and b)", "not a and b", "a and not b"]
        assert made["joined"] == ["a or b"]

    def test_what_is_dropped_from_an_and_with_not_is_an_exception(self) -> None:
        assert slipped("a and not b")["exception"] == ["a"]

    def test_a_comparison_is_turned_round_and_moved_to_the_edge(self) -> None:
        assert slipped("day <= on")["comparison"] == ["day > on", "day < on"]

    def test_a_function_is_taken_for_its_neighbour(self) -> None:
        assert slipped("happened(day)")["function"] == ["passed(day)"]

    def test_each_slip_is_made_once(self) -> None:
        made = [tree for trees in slipped("a and a and (b or not c)").values() for tree in trees]

        assert len(made) == len(set(made))


class TestWhatIsMade:
    """A slip at every place of the policy's own folder."""

    def test_numbers_spans_dates_roles_and_duties_are_changed(self, policy: Policy) -> None:
        said = {f"{each.kind} {each.place}: {each.words}" for each in mutants_of(policy)}

        assert {
            "threshold long: 28 became 27",
            "threshold long: 28 became 29",
            "unit long: calendar_day became school_day",
            "counted long: after became beginning_with",
            "date policy.toml: since 2022-01-01, a day later",
            "discharge 2/call: nothing discharges it: happened(called)",
            "due 2/call: due dropped",
        } <= said
        assert any(words.startswith("role 2/call: clerk became") for words in said)
        assert "force 2/call: must became may" in said

    def test_what_it_extends_is_left_alone_unless_asked_for(self, policy: Policy, folder: Path) -> None:
        land = load_policy(folder.parent / "land")

        assert {each.place for each in mutants_of(policy)} & {"a.1", "often"} == set()
        assert {each.place for each in mutants_of(policy, pack=land)} >= {"a.1"}

    def test_a_slip_reaches_all_that_rests_on_it(self, policy: Policy) -> None:
        assert reach(["long"], users(policy)) == ("long", "long_gone", "call_home")


class TestWhatKills:
    """Loading, a case or a proof."""

    def test_a_count_of_another_kind_does_not_load(self, policy: Policy, bench: Bench) -> None:
        assert killing_fault(mutant(policy, "long", "calendar_day became"), bench).startswith("2: ")

    def test_a_number_that_begins_after_its_rule_does_not_load(self, policy: Policy, bench: Bench) -> None:
        assert "before long has a value" in killing_fault(mutant(policy, "long", "2022-01-01, a day later"), bench)

    def test_a_day_more_is_noticed_by_the_case_at_the_edge(self, policy: Policy, bench: Bench) -> None:
        assert killing_case(mutant(policy, "long", "became 29"), bench) == "Four weeks to the day are long enough"

    def test_two_findings_that_exclude_one_another_are_noticed_by_the_proof(self, policy: Policy, bench: Bench) -> None:
        both = mutant(policy, "2/settled", "denied: on_roll")

        assert broken_proof(both, bench) == "2 and 2/settled may hold together"

    def test_a_slip_that_changes_nothing_is_proved_to(self, policy: Policy, bench: Bench) -> None:
        early = mutant(policy, "long", "2022-01-01, a day earlier")

        assert equivalent(early, bench)
        assert not equivalent(mutant(policy, "long", "became 29"), bench)


class TestTheWantingCase:
    """A survivor comes with the case that would notice it."""

    def test_it_can_be_pasted_and_then_kills(self, tmp_path: Path) -> None:
        folder = write_toy(tmp_path, shire__cases__2_gone=CASES[: CASES.index("[[case]]")])
        policy = load_policy(folder)
        bench = Bench(policy, ())
        survivor = mutant(policy, "long", "became 29")

        found = wanting_case(survivor, bench)
        assert found is not None
        (folder / "cases" / "new.toml").write_text(as_toml(found, survivor, bench), encoding="utf-8")
        cases = tuple(case for case in read_cases(policy, folder) if case.file.endswith("new.toml"))

        assert [result.passed for result in run_cases(policy, cases)] == [True]
        assert killing_case(survivor, Bench(policy, cases)) == cases[0].name

    @pytest.mark.parametrize("kind", ["role", "force"])
    def test_who_acts_and_how_strongly_is_a_case_of_its_own(self, policy: Policy, kind: str) -> None:
        bench = Bench(policy, ())
        (survivor,) = [each for each in mutants_of(policy) if each.kind == kind]

        found = wanting_case(survivor, bench)

        assert found is not None
        assert found.told_by == (kind,)
        assert f"{kind} = {{ call_home = " in as_toml(found, survivor, bench)

    def test_its_name_says_what_it_is_about(self, policy: Policy) -> None:
        bench = Bench(policy, ())
        survivor = mutant(policy, "2/call", "nothing discharges it")

        found = wanting_case(survivor, bench)

        assert found is not None
        (case,) = tomllib.loads(as_toml(found, survivor, bench))["case"]
        assert case["name"].startswith("Call the family: done where")
        assert case["status"] == {"call_home": "discharged"}


class TestTheScore:
    """Killed, of those that can be."""

    def test_equivalent_mutants_do_not_count(self) -> None:
        ends = (CASE, LOAD, EQUIVALENT, "survived")
        fates = tuple(Fate(kind="date", place="x", paragraph="1", words="w", ended=end) for end in ends)
        found = Mutants(policy="toy", fates=fates)

        assert round(found.score) == 67
        assert found.figures()["kinds"] == {"date": {"mutants": 4, "survived": 1}}
        assert evolve(found, fates=()).score == 100
        assert found.to_dict()["equivalent"] == ["x: w"]

    def test_the_toy_is_tried_as_a_whole(self, policy: Policy, folder: Path) -> None:
        found = try_mutants(policy, read_cases(policy, folder))
        figures = found.figures()

        assert figures["case"] > figures["survived"]
        assert all(fate.case for fate in found.survivors if fate.kind in ("dropped", "negated"))
        assert try_folder(folder, workers=1).figures() == figures


@pytest.mark.slow
def test_both_shipped_policies_notice_more_than_nineteen_slips_in_twenty() -> None:
    from cme_rules.policy.loading.find import policy_folder

    england, sussex = policy_folder("england"), policy_folder("east_sussex")
    for found in (try_folder(england, through=sussex), try_folder(sussex)):
        assert found.score >= 95, [f"{fate.kind} {fate.place}: {fate.words}" for fate in found.survivors]
        assert {fate.kind for fate in found.fates} >= {"role", "force", "step", "guard", "clock", "state"}
