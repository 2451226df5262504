from pathlib import Path

import pytest

from cme_rules import BrokenPolicy, load_policy
from cme_rules.conditions.kinds import Base
from cme_rules.policy.model.processes import Basis, Process
from tests.processes.given import SMALL, faults_in, layered

ADDITION = """
extends    = "notice"
paragraph  = "s.437(3)"
basis      = "reconstructed"
drawn_from = "experience"
"""


def with_(old: str, new: str) -> list[str]:
    """The faults of the small process with some of its text replaced."""
    assert old in SMALL
    return faults_in(SMALL.replace(old, new))


def added(text: str) -> Process:
    made, faults = layered(SMALL, ADDITION + text)
    assert faults == ()
    return made["notice"]


class TestReading:
    """A file becomes a process."""

    def test_what_is_left_out_is_taken_from_around_it(self) -> None:
        process = layered(SMALL)[0]["notice"]
        (step,) = process.states["doubt"].transitions

        assert (step.to, step.roles, step.pack, step.id) == (
            "running",
            ("local_authority",),
            "pack_0",
            "state.doubt.notice_served",
        )
        assert step.grounds == process.grounds
        assert repr(process) == "Process('notice', states=4, events=5)"

    def test_a_step_without_a_target_stays(self) -> None:
        (visit,) = layered(SMALL)[0]["notice"].states["ordered"].on("visited")

        assert visit.to == "ordered"

    def test_a_basis_of_its_own_drops_what_the_part_around_it_was_drawn_from(self) -> None:
        process = added('[state.ordered]\nduties = ["make_order"]\non.answered = { to = "closed", basis = "stated" }\n')
        (step,) = process.states["ordered"].on("answered")

        assert (step.grounds.basis, step.grounds.drawn_from, step.grounds.paragraph) == (Basis.STATED, "", "s.437(3)")

    def test_attributes_of_every_kind(self) -> None:
        text = SMALL.replace(
            "[event.answered.attributes.answer_good]",
            '[event.answered.attributes.how]\ntype = "text"\none_of = ["well", "ill"]\nask = "How?"\nwords = "how"\n'
            '[event.answered.attributes.when]\ntype = "date"\nask = "When?"\nwords = "when"\n'
            "[event.answered.attributes.answer_good]",
        )
        attributes = layered(text)[0]["notice"].attributes

        assert attributes["how"].kind.words == ("well", "ill")
        assert attributes["when"].kind.base is Base.DATE


class TestAdditions:
    """A policy adds to the process of the policy it extends, and takes nothing away."""

    def test_duties_events_and_states(self) -> None:
        process = added(
            '[state.ordered]\nduties = ["make_order"]\nimplies = { ehcp = false }\non.met = "meeting"\n'
            '[state.meeting]\ntitle = "A meeting"\nowner = "parent"\non.order_revoked = "closed"\n'
            '[event.met]\ntitle = "They meet"\nby = "parent"\n'
            '[timer.met]\ntitle = "Time to meet"\nstarts = "order_made"\nruns = "sao_notice_period"\n'
            'expects = ["met"]\n'
        )

        assert process.packs == ("pack_0", "pack_1")
        assert process.states["ordered"].duties == ("inform_named_school", "make_order")
        assert process.states["ordered"].implies == {"order_in_force": True, "ehcp": False}
        assert process.states["meeting"].grounds.drawn_from == "experience"
        assert process.title == "A notice and what follows"

    def test_an_event_may_overtake_more(self) -> None:
        process = added('[event.visited]\nforgets = ["ehcp", "answer_good"]\n')

        assert process.events["visited"].forgets == ("ehcp", "answer_good")
        assert process.events["visited"].title == "Somebody visits"

    def test_a_group_gives_its_states_what_they_share(self) -> None:
        process = added(
            '[group.open]\nstates = ["doubt", "running"]\nduties = ["make_order"]\nimplies = { ehcp = false }\n'
            'on.visited = "closed"\n'
        )

        for name in ("doubt", "running"):
            (step,) = process.states[name].on("visited")
            assert (step.declared, step.state, step.to) == ("group.open", name, "closed")
            assert process.states[name].implies == {"ehcp": False}
        assert process.states["ordered"].on("visited")[0].declared == "state.ordered"

    def test_a_later_policy_may_join_a_group(self) -> None:
        grouped = SMALL + '[group.open]\nstates = ["doubt"]\non.visited = {}\n'
        made, faults = layered(grouped, ADDITION + '[group.open]\nstates = ["running", "doubt"]\n')

        assert faults == ()
        assert made["notice"].states["running"].on("visited")[0].pack == "pack_0"

    def test_what_a_state_says_goes_before_its_group(self) -> None:
        text = SMALL + '[group.late]\nstates = ["doubt", "ordered"]\non.visited = "closed"\n'
        process = layered(text)[0]["notice"]

        assert process.states["ordered"].on("visited")[0].to == "ordered"
        assert process.states["doubt"].on("visited")[0].to == "closed"

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (
                '[state.doubt]\ntitle = "No doubt"\n',
                "to a state of the process below only duties, events and facts are added",
            ),
            (
                '[state.doubt]\non.notice_served = "closed"\n',
                "the process below already says what this event does here",
            ),
            ('[state.new]\nowner = "parent"\n', "a state has a title"),
            ('[event.visited]\ntitle = "Again"\n', "to an event of the process below only `forgets` is added"),
            ('[event.visited]\nforgets = ["weather"]\n', "fact 'weather' is not declared"),
            ('[event.rain]\nby = "parent"\n', "an event has a title"),
            (
                '[timer.visit]\ntitle = "Again"\nstarts = "visited"\nruns = "sao_notice_period"\n',
                "'visit' is already declared by the process below",
            ),
        ],
    )
    def test_it_changes_nothing(self, text: str, problem: str) -> None:
        assert problem in faults_in(SMALL, ADDITION + text)

    def test_it_changes_no_group(self) -> None:
        grouped = SMALL + '[group.open]\nstates = ["doubt"]\non.visited = {}\n'
        said = "the process below already says what this event does here"

        assert faults_in(grouped, ADDITION + '[group.open]\nstates = []\non.visited = "closed"\n') == [said]
        assert faults_in(grouped, ADDITION + '[state.doubt]\non.visited = "closed"\n') == [f"{said} (group open)"]

    def test_there_must_be_something_to_add_to(self) -> None:
        assert faults_in(ADDITION) == ["no policy below has a process of this name"]

    def test_a_second_process_of_the_name_must_say_that_it_adds(self) -> None:
        assert faults_in(SMALL, SMALL) == ["a policy below has a process 'notice'"]

    def test_it_adds_to_the_process_of_its_own_name(self) -> None:
        assert faults_in(SMALL, ADDITION.replace('"notice"', '"other"')) == [
            "the file is called 'notice' and extends another process"
        ]


class TestFaults:
    """Every fault is found, and said with what was expected."""

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ('basis     = "stated"', 'basis = "guessed"', "'guessed' is not one of stated, reconstructed"),
            (
                'basis     = "stated"',
                'basis = "reconstructed"',
                "what is reconstructed says from what: add `drawn_from`",
            ),
            (
                'basis     = "stated"',
                'basis = "stated"\ndrawn_from = "air"',
                "only what is reconstructed is drawn from something",
            ),
            ('"s.437(1)"', '"s.999"', "paragraph 's.999' stands in no source.toml"),
            ('starts    = "doubt"', 'starts = "nowhere"', "state 'nowhere' is not declared"),
            (
                'title     = "A notice and what follows"',
                "",
                "a process has a title, a paragraph, and the state it starts in",
            ),
            ('on.notice_served = "running"', 'on.notice_served = "nowhere"', "state 'nowhere' is not declared"),
            ('on.notice_served = "running"', 'on.rain = "running"', "event 'rain' is not declared"),
            ('on.notice_served = "running"', "on = 3", "expected events, each with a state or a table"),
            ('on.notice_served = "running"', "on.notice_served = 3", "expected a table of keys and values"),
            (
                "on.visited = {}",
                'on.visited = { force = "might" }',
                "'might' is not one of must, must_not, should, may, consider",
            ),
            ("on.visited = {}", 'on.visited = { not_before = "lunch" }', "clock 'lunch' is not declared"),
            ("on.visited = {}", 'on.visited = { who = "stranger" }', "role 'stranger' is not declared"),
            ("on.visited = {}", 'on.visited = { tto = "closed" }', "this key is not known; did you mean 'to'?"),
            (
                "on.visited = {}",
                'on.visited = { when = "notice_served" }',
                "expected an expression that gives a bool, found date",
            ),
            ('owner = "parent"\non.answered', 'owner = "stranger"\non.answered', "role 'stranger' is not declared"),
            (
                'by    = "local_authority"\nfact  = "notice_served"',
                'by = "stranger"',
                "role 'stranger' is not declared",
            ),
            ('fact  = "notice_served"', 'fact  = "ehcp"', "'ehcp' is not a date fact of the policy"),
            ('fact  = "notice_served"', 'fact  = "weather"', "'weather' is not a date fact of the policy"),
            ('["notice_deadline"]', '["weather"]', "'weather' is not a fact of the policy"),
            ("{ order_in_force = true }", "{ weather = true }", "weather: this is not a fact of the policy"),
            ("{ order_in_force = true }", '{ order_in_force = "yes" }', "order_in_force: expected true or false"),
            ("{ order_in_force = true }", "3", "expected a table of facts and values"),
            ('type  = "bool"', 'type  = "int"', "'int' is not one of bool, date, text"),
            (
                'type  = "bool"',
                'kind  = "bool"',
                "this key is not known; this table may hold: type, ask, words, not_words, one_of",
            ),
            (
                "attributes.answer_good]",
                "attributes.ehcp]",
                "'ehcp' already means something, or cannot be a name: choose another",
            ),
            (
                "[event.answered.attributes.answer_good]\ntype",
                "attributes = 3\n[event.other]\ntype",
                "expected a table for each attribute",
            ),
            (
                'starts = "notice_served"\nruns   = "sao_notice_period"',
                'starts = "notice_served"',
                "a clock has exactly one of runs, until, opens; found none",
            ),
            (
                'runs   = "sao_notice_period"',
                'runs = "sao_notice_period"\nopens = "notice_served"',
                "a clock has exactly one of runs, until, opens; found runs, opens",
            ),
            ('"sao_notice_period"', '"substantial"', "'substantial' is not a parameter with a span of time"),
            (
                '"sao_notice_period"',
                '"persistent_absence_rate"',
                "'persistent_absence_rate' is not a parameter with a span of time",
            ),
            ('until  = "notice_deadline"', 'until  = "ehcp"', "expected an expression that gives a date, found bool"),
            ('expects = ["visited"]', 'expects = ["rain"]', "event 'rain' is not declared"),
        ],
    )
    def test_said(self, old: str, new: str, problem: str) -> None:
        assert problem in with_(old, new)

    def test_a_guard_that_does_not_parse_is_shown_with_its_place(self) -> None:
        (said,) = with_("on.visited = {}", 'on.visited = { when = "ehcp andd order_in_force" }')

        assert said.startswith("this does not parse")
        assert said.endswith("^")

    def test_a_group_with_a_state_that_is_not_there(self) -> None:
        assert faults_in(SMALL + '[group.open]\nstates = ["nowhere"]\n') == ["state 'nowhere' is not declared"]

    def test_parts_that_are_no_tables(self) -> None:
        assert "expected tables of keys and values" in faults_in("timer = 3\n" + SMALL.split("[timer.period]")[0])

    def test_a_part_that_is_no_table(self) -> None:
        assert "expected a table of keys and values" in faults_in(SMALL + "[timer]\nlunch = 3\n")

    def test_a_file_that_is_not_toml(self) -> None:
        (said,) = faults_in("title = ")

        assert said.startswith("this is not TOML")

    def test_several_at_once_each_with_its_line(self) -> None:
        text = SMALL.replace('on.notice_served = "running"', 'on.notice_served = "nowhere"').replace(
            "visited = {}", "rain = {}"
        )
        faults = layered(text)[1]

        assert [(fault.key, fault.line) for fault in faults] == [
            ("state.ordered.on.rain", text.splitlines().index("[state.ordered]") + 1),
            ("state.doubt", text.splitlines().index("[state.doubt]") + 1),
        ]


class TestPolicy:
    """A policy brings its processes, and is broken by a broken one."""

    def test_the_shipped_ones(self) -> None:
        assert set(load_policy("england").processes) == {"school_attendance_order"}
        assert set(load_policy("east_sussex").processes) == {
            "emigration",
            "home_education_declaration",
            "off_roll_logging",
            "referral_inbound",
            "referral_outbound",
            "school_attendance_order",
        }

    def test_a_broken_one_breaks_the_policy(self, tmp_path: Path) -> None:
        folder = tmp_path / "mini"
        (folder / "processes").mkdir(parents=True)
        (folder / "policy.toml").write_text(
            'schema = 1\nid = "mini"\ntitle = "Mini"\nextends = "england"\nsince = 2026-01-01\nsource = "ea1996"\n'
        )
        (folder / "processes" / "notice.toml").write_text(SMALL.replace('starts    = "doubt"', 'starts = "nowhere"'))

        with pytest.raises(BrokenPolicy, match=r"mini/processes/notice\.toml.*state 'nowhere' is not declared"):
            load_policy(folder)

    @pytest.mark.parametrize("name", ["england", "east_sussex"])
    def test_whatever_is_reconstructed_says_from_what(self, name: str) -> None:
        for process in load_policy(name).processes.values():
            found = [process.grounds, *(each.grounds for each in process.transitions)]
            found += [each.grounds for each in process.states.values()]
            found += [each.grounds for each in process.events.values()]
            found += [each.grounds for each in process.timers.values()]
            for each in found:
                assert (each.basis is Basis.RECONSTRUCTED) is bool(each.drawn_from)
