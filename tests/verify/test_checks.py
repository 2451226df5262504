from datetime import date
from pathlib import Path

import pytest

from cme_rules.errors import PolicyFault
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from cme_rules.verify import search
from cme_rules.verify.checks import Checks, check_policy
from cme_rules.verify.completion import Completion
from cme_rules.verify.conflicts import conflicts
from cme_rules.verify.proof import Proof
from tests.toy import FILES, write_toy

NONE_ASKED = Completion(policy="tiny", rules=0, exact=0, weaker=(), open_rules=(), ways=0)


def no_solver(*_: object) -> object:
    """Stands in for a solver that is not installed."""
    raise ImportError


def checked(tmp_path: Path, rules: str, **changes: str) -> Checks:
    return check_policy(load_policy(write_toy(tmp_path, shire__rules__9_more=rules, **changes)))


def finding(name: str, when: str, *, more: str = "") -> str:
    """A rule on paragraph 4, which is made an encoded one."""
    return (
        f'["5/{name}"]\ntitle = "{name}"\nfinding = "{name}"\nwords = "the child is {name}"\n'
        f"when = '{when}'\n{more}\n"
    )


def pair(one: str, other: str) -> str:
    return finding("one", one, more='excludes = ["other"]') + finding("other", other)


def exclusion(checks: Checks) -> Proof:
    (proof,) = [proof for proof in checks.of("excludes") if "5/one" in proof.rules]
    return proof


def verdict_on(checks: Checks, about: str, name: str = "one") -> str:
    (proof,) = [proof for proof in checks.of(about) if proof.rules == (f"5/{name}",)]
    return proof.answer


class TestExclusion:
    """Findings said to exclude one another never hold together, whatever the child."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("on_roll", "not on_roll"),
            ("on_roll and in_area", "in_area and not on_roll"),
            ('schooling == "home"', 'schooling in ("none", "tutor")'),
            ("out_for >= long", "out_for < long"),
            ("happened(called)", "not happened(called)"),
            ("happened(called)", "called > on"),
            ("passed(last_day(long, called))", "on <= last_day(long, called)"),
            ("gone", "settled"),
            ("rate(sessions_absent, sessions_possible) >= often", "rate(sessions_absent, sessions_possible) < often"),
            ("sessions_absent == 0", "sessions_absent >= 1"),
            ("days_since(called) >= long", "called > last_taught and not happened(called)"),
            ("called < last_taught", "called >= last_taught"),
            ("school_days_from(absence_began) >= reported", "absence_began > on"),
            ("known(called)", "on_roll and not on_roll"),
        ],
    )
    def test_what_cannot_be_together_is_proved(self, tmp_path: Path, one: str, other: str) -> None:
        assert exclusion(checked(tmp_path, pair(one, other))).answer == "proved"

    @pytest.mark.parametrize(
        ("one", "other", "shown"),
        [
            ("on_roll", "in_area", "on_roll = true, in_area = true"),
            ("on_roll", 'schooling != "none"', 'schooling = "home"'),
            ("out_for >= long", "out_for <= long", "last_taught = "),
            ("not happened(called)", "not happened(last_taught)", "called = "),
            ("rate(sessions_absent, sessions_possible) >= often", "on_roll", "sessions_absent = "),
            ("sessions_absent <= 1", "sessions_absent >= 1", "sessions_absent = 1"),
            ("age(date_of_birth) >= years", "year_group(date_of_birth) < years", "date_of_birth = "),
        ],
    )
    def test_what_can_be_together_is_shown_with_a_child(self, tmp_path: Path, one: str, other: str, shown: str) -> None:
        years = (
            '[years]\ntitle = "Years"\nunit = "year"\nparagraph = "2"\nvalues = [{ since = 2022-01-01, value = 5 }]\n'
        )
        parameters = FILES["shire/parameters.toml"] + years
        ages = (
            "[[school_age]]\nsince = 2000-01-01\nstart_age = 5\n"
            'prescribed_days = ["08-31"]\nend_age = 16\nleaving_weekday = "friday"\nleaving_month = 6\n'
            'school_year_starts = "09-01"\nparagraph = "a.1"\n'
        )
        checks = checked(tmp_path, pair(one, other), shire__parameters=parameters, land__school_age=ages)
        proof = exclusion(checks)

        assert proof.answer == "broken"
        assert shown in str(proof)
        assert "(paragraphs 5 and 5)" in str(proof)
        assert not checks.passed

    def test_a_child_that_could_not_be_worked_out_leaves_the_question_open(self, tmp_path: Path) -> None:
        checks = checked(tmp_path, pair("days_between(called, last_taught) >= long", "called < last_taught"))

        assert exclusion(checks).answer == "open"
        assert "it looks as if they could when" in str(exclusion(checks))
        assert checks.passed

    def test_too_many_cells_leave_the_question_open(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search, "MOST_CELLS", 2)
        monkeypatch.setattr(search, "solved", no_solver)

        checks = checked(tmp_path, pair("on_roll and in_area", "not on_roll and in_area"))

        assert exclusion(checks).answer == "open"
        assert "cells" in str(exclusion(checks))

    def test_rules_never_in_force_together_exclude_one_another(self, tmp_path: Path) -> None:
        rules = finding("one", "on_roll", more='until = 2022-12-31\nexcludes = ["other"]')
        checks = checked(tmp_path, rules + finding("other", "on_roll", more="since = 2023-01-01"))

        assert exclusion(checks).answer == "proved"

    def test_each_version_of_a_number_is_tried(self, tmp_path: Path) -> None:
        parameters = FILES["shire/parameters.toml"].replace(
            "values = [{ since = 2022-01-01, value = 28 }]",
            "values = [{ since = 2022-01-01, until = 2023-12-31, value = 5 }, { since = 2024-01-01, value = 28 }]",
        )
        rules = pair("out_for >= long", "out_for < time_to_call")

        proof = exclusion(checked(tmp_path, rules, shire__parameters=parameters))

        assert proof.answer == "broken"
        assert proof.witness is not None
        assert proof.witness.on < date(2024, 1, 1)


class TestConstants:
    """No rule is dead, and none holds for every child without saying so."""

    @pytest.mark.parametrize(
        "when",
        [
            "on_roll and not on_roll",
            'schooling == "none" and schooling == "home"',
            "out_for >= long and out_for < time_to_call",
            "happened(called) and called > on",
        ],
    )
    def test_a_dead_rule_is_told(self, tmp_path: Path, when: str) -> None:
        checks = checked(tmp_path, finding("one", when))

        assert verdict_on(checks, "dead") == "broken"
        assert "5/one can never hold" in str(checks.of("dead", "broken")[0])

    def test_a_dead_rule_of_law_that_is_still_to_come_is_told(self, tmp_path: Path) -> None:
        checks = checked(tmp_path, finding("one", "fast_track and not gone", more='not_commenced = "reform"'))

        assert verdict_on(checks, "dead") == "broken"

    @pytest.mark.parametrize("when", ["on_roll or not on_roll", 'schooling in ("none", "home", "tutor")'])
    def test_a_rule_that_holds_for_every_child_is_told(self, tmp_path: Path, when: str) -> None:
        checks = checked(tmp_path, finding("one", when))

        assert verdict_on(checks, "always") == "broken"

    def test_a_rule_written_without_a_condition_means_it(self, tmp_path: Path) -> None:
        checks = checked(tmp_path, finding("one", "True"))

        assert not [proof for proof in checks.proofs if proof.rules == ("5/one",)]

    def test_what_is_known_need_not_fail(self, tmp_path: Path) -> None:
        checks = checked(tmp_path, finding("one", "known(called)"))

        assert [proof.about for proof in checks.proofs if proof.rules == ("5/one",)] == ["dead"]
        assert verdict_on(checks, "dead") == "proved"

    def test_a_rule_counted_in_a_calendar_that_is_not_there_is_not_dead(self, tmp_path: Path) -> None:
        rules = finding("one", "school_days_from(absence_began) >= reported", more="until = 2023-01-01")

        assert verdict_on(checked(tmp_path, rules), "dead") == "proved"

    def test_too_many_cells_leave_it_open(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search, "MOST_CELLS", 1)
        monkeypatch.setattr(search, "solved", no_solver)

        assert verdict_on(checked(tmp_path, finding("one", "on_roll and in_area")), "dead") == "open"

    def test_every_rule_of_the_toy_is_alive(self, policy: Policy) -> None:
        checks = check_policy(policy)

        assert checks.passed
        assert checks.figures()["dead_proved"] == len(policy.rules)


class TestNotes:
    """What deserves a look is listed and fails nothing."""

    def test_a_rule_in_force_on_a_source_that_is_not_is_listed(self, policy: Policy) -> None:
        notes = [note for note in check_policy(policy).notes if note.about == "source"]

        assert [note.place for note in notes] == ["3"]
        assert "2023-12-31, the last day of old_guide" in notes[0].text

    def test_a_rule_that_ends_with_its_source_is_not(self, tmp_path: Path) -> None:
        text = FILES["shire/rules/3_absence.toml"].replace('cites = ["g.1"]', 'cites = ["g.1"]\nuntil = 2023-12-31')
        checks = checked(tmp_path, "", shire__rules__3_absence=text)

        assert not [note for note in checks.notes if note.about == "source"]

    def test_what_replaced_the_source_is_named(self, tmp_path: Path) -> None:
        head = FILES["land/policy.toml"].replace("until = 2023-12-31", 'until = 2023-12-31\nreplaced_by = "act"')
        (note,) = [note for note in checked(tmp_path, "", land__policy=head).notes if note.about == "source"]

        assert note.text.endswith("it was replaced by act")

    def test_rules_and_numbers_whose_source_was_not_seen_are_listed(self, policy: Policy) -> None:
        notes = [note for note in check_policy(policy).notes if note.about == "unverified"]

        assert [note.place for note in notes] == ["5", "reported"]

    def test_warnings_of_the_calendars_are_listed(self, policy: Policy) -> None:
        odd = PolicyFault(file="shire/calendars/shire.toml", line=6, key="year", problem="only one INSET day")
        whole = PolicyFault(file="shire/calendars/shire.toml", key="", problem="an odd file")

        notes = [note for note in check_policy(policy, warnings=(odd, whole)).notes if note.about == "calendar"]

        assert [note.place for note in notes] == ["shire/calendars/shire.toml:6", "shire/calendars/shire.toml"]
        assert [note.text for note in notes] == ["year: only one INSET day", "an odd file"]


class TestData:
    """The same as plain data."""

    def test_what_is_not_proved_is_there_with_its_sentence(self, tmp_path: Path) -> None:
        data = checked(tmp_path, pair("on_roll", "in_area")).to_dict()

        assert not data["passed"]
        assert [entry["about"] for entry in data["not_proved"]] == ["excludes"]
        assert data["figures"]["excludes_broken"] == 1


class TestConflicts:
    """Where a rule says that it differs from another, both sides are listed with source and rank."""

    def test_both_sides_are_there_and_the_statute_is_the_higher(self, policy: Policy) -> None:
        (found,) = conflicts(policy)

        assert (found.this.name, found.this.rank) == ("long_gone", "council_policy")
        assert (found.other.name, found.other.source) == ("gone", "The Schooling Act")
        assert (found.how, found.higher) == ("the Act sets no time", "other")

    @pytest.mark.parametrize(("rank", "higher"), [("statute", "neither"), ("guidance", "this")])
    def test_which_is_higher_goes_by_rank(self, tmp_path: Path, rank: str, higher: str) -> None:
        land = FILES["land/policy.toml"].replace('rank = "statute"', f'rank = "{rank}"')
        shire = FILES["shire/policy.toml"].replace('rank = "council_policy"', 'rank = "statute"')
        (found,) = conflicts(load_policy(write_toy(tmp_path, land__policy=land, shire__policy=shire)))

        assert found.higher == higher
        assert found.to_dict()["this"]["paragraph"] == "2"

    def test_the_days_on_which_both_stand_are_given(self, policy: Policy) -> None:
        (found,) = conflicts(policy)

        assert (found.since, found.until) == (date(2022, 1, 1), None)
        assert found.to_dict()["since"] == "2022-01-01"

    @staticmethod
    def versions(text: str) -> str:
        """The other rule in three versions: one before the policy, one beside it, and a last one under `text`."""
        old = FILES["land/rules/1_act.toml"]
        rule = old[old.index('["a.1"]') : old.index('\n["a.3"]')]
        first = rule.replace('["a.1"]', '["a.1/first"]') + "until = 2021-12-31\n\n"
        second = rule.replace('["a.1"]', '["a.1/second"]') + "since = 2022-01-01\nuntil = 2024-12-31\n\n"
        last = rule.replace('["a.1"]', text) + "since = 2025-01-01\n\n"
        return old.replace(rule, first + second + last)

    def test_versions_of_one_paragraph_are_one_and_those_of_other_days_are_left_out(self, tmp_path: Path) -> None:
        (found,) = conflicts(load_policy(write_toy(tmp_path, land__rules__1_act=self.versions('["a.1"]'))))

        assert (found.other.rule, found.since, found.until) == ("a.1", date(2022, 1, 1), None)

    def test_another_paragraph_is_another_difference_with_its_own_days(self, tmp_path: Path) -> None:
        one, other = conflicts(load_policy(write_toy(tmp_path, land__rules__1_act=self.versions('["g.1/new"]'))))

        assert (one.other.rule, one.since, one.until) == ("a.1/second", date(2022, 1, 1), date(2024, 12, 31))
        assert (other.other.rule, other.since, other.until) == ("g.1/new", date(2025, 1, 1), None)

    def test_what_comes_round_may_differ_too(self) -> None:
        found = [each for each in conflicts(load_policy("east_sussex")) if each.this.name == "absence_reports"]

        assert [(each.other.paragraph, each.until) for each in found] == [
            ("reg.2006.12(1)", date(2024, 8, 18)),
            ("reg.2024.13(7)", None),
        ]

    def test_every_difference_between_the_council_and_the_law_is_listed(self) -> None:
        found = conflicts(load_policy("east_sussex"))

        assert {each.this.paragraph for each in found} == {
            "1.5b",
            "2.1",
            "4.2",
            "5.cme",
            "7.4b",
            "9b",
            "A3.note",
            "A4.n1",
            "A6",
        }
        assert {each.higher for each in found} == {"other"}


def action(name: str, when: str, *, force: str = "must", more: str = "") -> str:
    return (
        f'["5/{name}"]\ntitle = "{name}"\naction = "{name}"\nforce = "{force}"\nrole = "clerk"\n'
        f"when = '{when}'\n{more}\n"
    )


def promise(checks: Checks, about: str) -> Proof:
    (proof,) = [proof for proof in checks.of(about) if proof.rules[0] == "5/one"]
    return proof


class TestLeavingNobodyOut:
    """A decision said to cover everybody, or everybody of a sort, has a rule for each."""

    @pytest.mark.parametrize(
        ("one", "other", "of"),
        [
            ("on_roll", "not on_roll", ""),
            ("on_roll and in_area", "not on_roll and in_area", 'of = "in_area"'),
            ("out_for >= long", "out_for < long", 'of = "happened(last_taught)"'),
            ("settled", "not settled and in_area", 'of = "in_area"'),
        ],
    )
    def test_a_decision_without_a_gap_is_proved(self, tmp_path: Path, one: str, other: str, of: str) -> None:
        covers = f"covers = {{ among = ['other']{', ' if of else ''}{of} }}"
        checks = checked(tmp_path, finding("one", one, more=covers) + finding("other", other))

        assert promise(checks, "covers").answer == "proved"

    def test_a_gap_is_told_with_the_child_that_falls_into_it(self, tmp_path: Path) -> None:
        rules = finding("one", "out_for > long", more="covers = { among = ['other'], of = 'happened(last_taught)' }")
        checks = checked(tmp_path, rules + finding("other", "out_for < long"))

        said = str(promise(checks, "covers"))

        assert not checks.passed
        assert "5/one is said to leave nobody out together with 5/other" in said
        assert "paragraphs 5 and 5" in said
        assert "last_taught = " in said

    def test_an_action_may_be_among_those_that_cover(self, tmp_path: Path) -> None:
        rules = finding("one", "on_roll", more="covers = { among = ['other'] }") + action("other", "not on_roll")

        assert promise(checked(tmp_path, rules), "covers").answer == "proved"


class TestAskingForNoLess:
    """A rule said to ask for no less than another holds wherever that does, as strongly and as soon."""

    def test_a_wider_rule_asks_for_no_less(self, tmp_path: Path) -> None:
        rules = finding("one", "on_roll or in_area", more="at_least = 'other'") + finding("other", "in_area")

        assert promise(checked(tmp_path, rules), "at_least").answer == "proved"

    def test_a_narrower_one_does_and_the_child_is_told(self, tmp_path: Path) -> None:
        rules = finding("one", "in_area and on_roll", more="at_least = 'other'") + finding("other", "in_area")

        proof = promise(checked(tmp_path, rules), "at_least")

        assert proof.answer == "broken"
        assert "given = { in_area = true, on_roll = false }" in str(proof)
        assert "5/one is said to ask for no less than 5/other, and does (paragraphs 5 and 5)" in str(proof)

    def test_a_longer_time_asks_for_less_than_the_law(self, tmp_path: Path) -> None:
        rules = finding("one", "out_for > long", more="at_least = 'other'") + finding("other", "out_for >= long")

        assert promise(checked(tmp_path, rules), "at_least").answer == "broken"

    @pytest.mark.parametrize(
        ("mine", "other", "answer"),
        [
            ("must", "must", "proved"),
            ("must", "should", "proved"),
            ("should", "must", "broken"),
            ("may", "consider", "broken"),
            ("must", "must_not", "broken"),
        ],
    )
    def test_a_duty_is_no_weaker(self, tmp_path: Path, mine: str, other: str, answer: str) -> None:
        rules = action("one", "in_area", force=mine, more="at_least = 'other'") + action(
            "other", "in_area", force=other
        )

        assert promise(checked(tmp_path, rules), "at_least").answer == answer

    @pytest.mark.parametrize(
        ("mine", "answer"),
        [
            ("due = { within = 'time_to_call', of = 'last_taught' }", "proved"),
            ("due = { within = 'long', of = 'last_taught' }", "broken"),
            ("due = { within = 'time_to_call', of = 'called' }", "broken"),
            ("", "broken"),
        ],
    )
    def test_a_duty_is_no_later(self, tmp_path: Path, mine: str, answer: str) -> None:
        rules = action("one", "in_area", more=f"at_least = 'other'\n{mine}")
        rules += action("other", "in_area", more="due = { within = 'time_to_call', of = 'last_taught' }")

        assert promise(checked(tmp_path, rules), "at_least").answer == answer

    def test_a_finding_is_no_duty(self, tmp_path: Path) -> None:
        rules = finding("one", "in_area", more="at_least = 'other'") + action("other", "in_area")

        assert "5/other is a duty, and this is none" in str(promise(checked(tmp_path, rules), "at_least"))


class TestEveryPartMatters:
    """No part of a condition could be left out without some child noticing."""

    @pytest.mark.parametrize(
        ("when", "idle"),
        [
            ("on_roll and (on_roll or in_area)", "on_roll or in_area"),
            ("in_area and out_for >= long and happened(last_taught)", "happened(last_taught)"),
            ("not (on_roll and in_area) or not on_roll", "not on_roll"),
            ("gone and not on_roll", "not on_roll"),
        ],
    )
    def test_an_idle_part_is_told(self, tmp_path: Path, when: str, idle: str) -> None:
        checks = checked(tmp_path, finding("one", when))

        assert verdict_on(checks, "irrelevant") == "broken"
        assert idle in str(promise(checks, "irrelevant"))

    @pytest.mark.parametrize(
        "when",
        [
            "on_roll and in_area",
            "on_roll or not in_area and out_for >= long",
            "on_roll and in_area or not on_roll and happened(called)",
            "known(called) and on_roll",
            "happened(absence_began) and school_days_from(absence_began) >= reported",
        ],
    )
    def test_parts_that_each_decide_something_are_proved_to(self, tmp_path: Path, when: str) -> None:
        assert verdict_on(checked(tmp_path, finding("one", when)), "irrelevant") == "proved"


class TestProcesses:
    """A process that cannot be gone through fails the check of its policy."""

    def test_a_fault_of_a_process_fails_the_check_and_is_told(self) -> None:
        fault = PolicyFault(file="tiny/processes/x.toml", key="state.lost", problem="no events lead to this state")
        checks = Checks(policy="tiny", rules=0, proofs=(), processes=1, process_faults=(fault,), completion=NONE_ASKED)

        assert not checks.passed
        assert checks.to_dict()["process_faults"] == [str(fault)]
        assert checks.figures()["process_faults"] == 1

    def test_the_shipped_processes_are_looked_at_and_sound(self) -> None:
        checks = check_policy(load_policy("east_sussex"))

        assert checks.processes == 6
        assert not checks.process_faults
