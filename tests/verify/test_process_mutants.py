"""Slips put into a shipped process: which are made, which history notices them, and the history a survivor asks for."""

from pathlib import Path

import pytest

from cme_rules import load_policy
from cme_rules.policy.loading.find import policy_folder
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.histories import HistoryCase, read_histories, run_histories
from cme_rules.verify.mutants.model import Mutant
from cme_rules.verify.mutants.processes import of_processes
from cme_rules.verify.mutants.tracks import Track, broken_process, killing_history, wanting_history

DETAILS = "state.told.details_given when destination_address_known"


@pytest.fixture(scope="module")
def sussex() -> Policy:
    return load_policy("east_sussex")


@pytest.fixture(scope="module")
def histories(sussex: Policy) -> tuple[HistoryCase, ...]:
    return read_histories(sussex, policy_folder("east_sussex"))


@pytest.fixture(scope="module")
def emigration(sussex: Policy) -> tuple[Mutant, ...]:
    return tuple(each for each in of_processes(sussex) if each.touches == ("emigration",))


def slip(mutants: tuple[Mutant, ...], place: str, words: str) -> Mutant:
    (found,) = [each for each in mutants if each.place.startswith(f"emigration: {place}") and words in each.words]
    return found


class TestWhatIsMade:
    """A slip in every step, clock and state of the policy's own files."""

    def test_steps_guards_clocks_and_states_are_changed(self, emigration: tuple[Mutant, ...]) -> None:
        said = {f"{each.kind} {each.place}: {each.words}" for each in emigration}

        assert {
            "step emigration: state.on_roll.emigration_notified: to told became another state",
            "clock emigration: timer.departure: no longer stopped by departure_confirmed",
            "state emigration: state.told: duty off_roll_at_once forgotten",
            "state emigration: state.stays: on_school_roll no longer implied",
            "state emigration: state.off_rolled: no longer hands over to off_roll_logging",
        } <= said
        assert any(words.startswith("guard") and "guard dropped" in words for words in said)

    def test_what_a_final_state_stops_anyway_is_no_slip(self, emigration: tuple[Mutant, ...]) -> None:
        assert not [each for each in emigration if each.words == "no longer stopped by stays_here"]

    def test_the_nations_part_of_a_process_is_left_alone(self, sussex: Policy) -> None:
        places = {each.place for each in of_processes(sussex)}

        assert "school_attendance_order: timer.notice_period" not in places
        assert "school_attendance_order: timer.start_day" in places


class TestWhatKills:
    """A history, or the checks of the process itself."""

    def test_a_lost_guard_is_noticed_by_a_history(
        self, sussex: Policy, histories: tuple[HistoryCase, ...], emigration: tuple[Mutant, ...]
    ) -> None:
        lost = slip(emigration, DETAILS, "guard denied")

        assert "address" in killing_history(lost, Track(sussex, histories))

    def test_a_step_that_leads_nowhere_is_noticed_by_the_checks(
        self, sussex: Policy, emigration: tuple[Mutant, ...]
    ) -> None:
        lost = slip(emigration, DETAILS, "to leaving became")

        assert killing_history(lost, Track(sussex, ())) == ""
        assert "no events lead to this state" in broken_process(lost, Track(sussex, ()))


class TestTheWantingHistory:
    """A survivor comes with the history that would notice it, ready to be pasted."""

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            (DETAILS, "guard dropped"),
            ("state.leaving.departure_confirmed when long_gap", "not_before"),
            ("timer.departure", "stopped by departure_confirmed"),
            ("state.told", "ask_for_written_confirmation"),
        ],
    )
    def test_pasted_it_passes_and_kills(  # noqa: PLR0917 - pytest gives them by name
        self,
        sussex: Policy,
        histories: tuple[HistoryCase, ...],
        emigration: tuple[Mutant, ...],
        tmp_path: Path,
        place: str,
        words: str,
    ) -> None:
        survivor = slip(emigration, place, words)

        text = wanting_history(survivor, Track(sussex, (), seeds=histories))
        (tmp_path / "cases").mkdir()
        (tmp_path / "cases" / "histories_new.toml").write_text(text, encoding="utf-8")
        pasted = read_histories(sussex, tmp_path)

        assert [result.wrong for result in run_histories(sussex, pasted)] == [()]
        assert killing_history(survivor, Track(sussex, pasted)) == pasted[0].name
