from pathlib import Path

import pytest

from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.cases import read_cases
from cme_rules.verify.coverage import Coverage, RuleRow, coverage
from cme_rules.verify.thresholds import ThresholdRow
from tests.toy import CASES, FILES, write_toy


@pytest.fixture(scope="module")
def found(policy: Policy, folder: Path) -> Coverage:
    return coverage(policy, read_cases(policy, folder))


def measured(tmp_path: Path, cases: str, **changes: str) -> Coverage:
    folder = write_toy(tmp_path, shire__cases__2_gone=cases, **changes)
    policy = load_policy(folder)
    return coverage(policy, read_cases(policy, folder))


def rule(found: Coverage, name: str) -> RuleRow:
    return next(row for row in found.rules if row.name == name)


def threshold(found: Coverage, parameter: str) -> ThresholdRow:
    return next(row for row in found.thresholds if parameter in row.parameters)


class TestParagraphs:
    """Every paragraph has a row; one said to be encoded has something under it."""

    def test_every_paragraph_has_a_row_in_order(self, found: Coverage) -> None:
        assert [row.id for row in found.paragraphs] == ["a.1", "a.2", "a.3", "g.1", "2", "3", "4", "5"]

    def test_rules_cases_and_readings_are_counted(self, found: Coverage) -> None:
        row = next(row for row in found.paragraphs if row.id == "2")

        assert (row.rules, row.others, row.cases, row.readings, row.verified) == (3, 3, 3, 2, True)

    def test_a_rule_whose_source_was_not_seen_marks_its_paragraph(self, found: Coverage) -> None:
        assert [row.id for row in found.paragraphs if not row.verified] == ["5"]

    def test_a_paragraph_encoded_by_nothing_fails(self, tmp_path: Path) -> None:
        source = FILES["shire/source.toml"] + '\n["6"]\ngist = "x"\nkind = "duty"\nstatus = "encoded"\n'
        found = measured(tmp_path, CASES, shire__source=source)

        assert [row.id for row in found.empty] == ["6"]
        assert not found.passed
        assert not found.complete

    @pytest.mark.parametrize(
        ("file", "more"),
        [
            ("roles", '[panel]\ntitle = "A panel"\nparagraph = "6"\n'),
            ("terms", '[CME]\nmeaning = "children missing education"\nparagraph = "6"\n'),
            ("directory", '[contacts.office]\nname = "The office"\nparagraph = "6"\n'),
        ],
    )
    def test_a_role_a_term_or_a_contact_encodes_a_paragraph(self, tmp_path: Path, file: str, more: str) -> None:
        source = FILES["shire/source.toml"] + '\n["6"]\ngist = "x"\nkind = "directory"\nstatus = "encoded"\n'
        changes = {f"shire__{file}": more, "shire__source": source}

        assert measured(tmp_path, CASES, **changes).passed


class TestRules:
    """A rule has a case that expects it to hold and one that expects it to fail."""

    def test_expectations_are_counted_by_verdict(self, found: Coverage) -> None:
        row = rule(found, "long_gone")

        assert (row.holds, row.fails, row.unknown, row.lacks) == (1, 1, 1, ())

    def test_a_status_is_an_expectation_of_what_sets_the_action_off(self, found: Coverage) -> None:
        row = rule(found, "call_home")

        assert (row.holds, row.fails, row.unknown) == (1, 1, 1)

    def test_an_action_never_expected_to_be_discharged_lacks_that(self, found: Coverage) -> None:
        assert rule(found, "call_home").lacks == ("discharged",)

    def test_a_rule_only_judged_on_the_way_is_not_covered(self, found: Coverage) -> None:
        assert rule(found, "settled").lacks == ("holds", "fails")

    def test_a_rule_expected_to_be_out_of_force_is_not_expected_to_fail(self, found: Coverage) -> None:
        assert rule(found, "fast_track").lacks == ("fails",)

    def test_a_day_expected_of_an_action_expects_it_to_arise(self, tmp_path: Path) -> None:
        only_due = CASES.replace(', call_home = "holds" }', " }").replace('status = { call_home = "overdue" }\n', "")

        assert rule(measured(tmp_path, only_due), "call_home").holds == 1

    def test_what_is_missing_is_expected_to_be_unknown(self, tmp_path: Path) -> None:
        only_missing = CASES.replace('then = { long_gone = "unknown" }\n', "")

        assert rule(measured(tmp_path, only_missing), "long_gone").unknown == 1

    def test_a_rule_without_a_condition_need_not_fail(self, tmp_path: Path) -> None:
        text = FILES["shire/rules/3_absence.toml"].replace(
            'when = "school_days_from(absence_began) >= reported"', 'when = "True"'
        )

        assert rule(measured(tmp_path, CASES, shire__rules__3_absence=text), "reportable").lacks == ("holds",)


class TestThresholds:
    """A number is met just below, at and above, on the side where the answer turns by the nearest value."""

    def test_all_three_sides_are_met(self, found: Coverage) -> None:
        assert threshold(found, "often").lacks == ()

    def test_a_side_that_is_not_met_is_told(self, found: Coverage) -> None:
        assert threshold(found, "long").lacks == ("above",)

    def test_two_below_is_not_just_below(self, tmp_path: Path) -> None:
        found = measured(tmp_path, CASES.replace('100, 9, "fails"', '100, 8, "fails"'))

        assert threshold(found, "often").lacks == ("below",)

    def test_far_above_is_above(self, tmp_path: Path) -> None:
        found = measured(tmp_path, CASES.replace('100, 11, "holds"', '100, 90, "holds"'))

        assert threshold(found, "often").lacks == ()

    def test_a_number_no_case_comes_near_lacks_every_side(self, found: Coverage) -> None:
        assert threshold(found, "reported").lacks == ("below", "at", "above")

    @staticmethod
    def calls(*days: int) -> str:
        """Cases of a call that is due on 20 February; `out_for` is short, so that it arises at once."""
        return "".join(
            f'[[case]]\nname = "A call on day {day}"\nparagraph = "2"\non = 2026-02-{day}\n'
            "given = { in_area = true, on_roll = false, schooling = 'none', last_taught = 2026-02-10 }\n"
            f'status = {{ call_home = "{"overdue" if day > 20 else "due"}" }}\n'
            for day in days
        )

    @pytest.mark.parametrize(
        ("days", "lacks"),
        [
            ((19, 20, 21), ()),
            ((12, 20, 21), ()),
            ((20, 21), ("below",)),
            ((19, 21), ("at",)),
            ((19, 20, 22), ("above",)),
            ((), ("below", "at", "above")),
        ],
    )
    def test_a_time_limit_is_met_before_on_and_right_after_its_last_day(
        self, tmp_path: Path, days: tuple[int, ...], lacks: tuple[str, ...]
    ) -> None:
        found = measured(tmp_path, self.calls(*days) or CASES)

        assert threshold(found, "time_to_call").lacks == lacks

    def test_a_first_lawful_day_is_met_on_it_and_on_the_day_before(self, tmp_path: Path) -> None:
        rules = FILES["shire/rules/2_gone.toml"].replace("due = { within", "not_before = { after")
        early = self.calls(20, 21).replace('"due"', '"upcoming"').replace('"overdue"', '"due"')

        assert threshold(measured(tmp_path / "a", early, shire__rules__2_gone=rules), "time_to_call").lacks == (
            "above",
        )
        late = early + self.calls(24).replace('"overdue"', '"due"')
        assert threshold(measured(tmp_path / "b", late, shire__rules__2_gone=rules), "time_to_call").lacks == ()

    def test_a_limit_that_no_known_day_sets_running_is_not_met(self, tmp_path: Path) -> None:
        unknown = self.calls(20).replace(", last_taught = 2026-02-10", "").replace('"due"', '"possible"')

        assert threshold(measured(tmp_path, unknown), "time_to_call").lacks == ("below", "at", "above")

    def test_a_limit_that_runs_outside_the_calendar_is_not_met(self, tmp_path: Path) -> None:
        numbers = FILES["shire/parameters.toml"]
        at = numbers.index("[time_to_call]")
        counted = numbers[:at] + numbers[at:].replace('unit = "calendar_day"', 'unit = "school_day"', 1)
        far = self.calls(20).replace("2026-02", "2035-02").replace('"due"', '"undated"')

        assert threshold(measured(tmp_path, far, shire__parameters=counted), "time_to_call").lacks == (
            "below",
            "at",
            "above",
        )

    @pytest.mark.parametrize(
        ("when", "days", "lacks"),
        [
            ("passed(last_day(long, last_taught))", (10, 11), ("below",)),
            ("passed(last_day(long, last_taught))", (9, 10, 11), ()),
            ("passed(last_day(long, last_taught))", (9, 10, 12), ("above",)),
            ("on >= last_day(long, last_taught)", (9, 10, 12), ()),
            ("long <= out_for", (9, 10, 12), ()),
            ("long < out_for", (9, 10, 12), ("above",)),
            ("out_for == long", (9, 10, 11), ()),
            ("out_for == long", (8, 10, 11), ("below",)),
        ],
    )
    def test_which_side_must_be_near_follows_from_the_sign(
        self, tmp_path: Path, when: str, days: tuple[int, ...], lacks: tuple[str, ...]
    ) -> None:
        rules = FILES["shire/rules/2_gone.toml"].replace('when = "gone and out_for >= long"', f'when = "{when}"')
        cases = "".join(
            f'[[case]]\nname = "A case on day {day}"\nparagraph = "2"\non = 2026-03-{day:02}\n'
            'given = { last_taught = 2026-02-10 }\nthen = { long_gone = "holds" }\n'
            for day in days
        )

        found = measured(tmp_path, cases, shire__rules__2_gone=rules)

        assert threshold(found, "long").lacks == lacks

    def test_what_never_happened_stands_on_no_side(self, tmp_path: Path) -> None:
        found = measured(tmp_path, CASES.replace("last_taught = 2026-02-10", "last_taught = false"))

        assert threshold(found, "long").lacks == ("below", "at", "above")


class TestUnknowns:
    """Every fact that can by itself leave a rule unknown has a case in which it does."""

    @staticmethod
    def rows(found: Coverage, name: str) -> dict[str, bool]:
        return {row.fact: row.met for row in found.unknowns if row.name == name}

    def test_each_fact_behind_each_rule_has_a_row(self, found: Coverage) -> None:
        assert self.rows(found, "long_gone") == {
            "in_area": False,
            "on_roll": False,
            "schooling": False,
            "last_taught": True,
        }

    def test_what_one_rule_has_another_still_lacks(self, found: Coverage) -> None:
        assert self.rows(found, "call_home")["last_taught"]
        assert not self.rows(found, "gone").get("schooling", False)

    def test_a_case_in_which_two_facts_are_wanting_shows_neither(self, tmp_path: Path) -> None:
        nothing_known = CASES.replace('base = "local_child"\non = 2026-03-09\nthen', "on = 2026-03-09\nthen")
        nothing_known = nothing_known.replace('["last_taught"]', '["in_area", "on_roll", "schooling", "last_taught"]')

        assert not any(self.rows(measured(tmp_path, nothing_known), "long_gone").values())

    def test_a_settled_case_shows_every_fact_it_says_it_needs(self, tmp_path: Path) -> None:
        more = 'unknown_without = { long_gone = ["in_area", "on_roll", "schooling"] }\n'
        text = CASES.replace('status = { call_home = "overdue" }\n', f'status = {{ call_home = "overdue" }}\n{more}')

        assert all(self.rows(measured(tmp_path, text), "long_gone").values())

    @pytest.mark.parametrize(
        ("when", "facts"),
        [
            ("on_roll or (on_roll and in_area)", ["on_roll"]),
            ("on_roll and (in_area or not in_area)", ["on_roll", "in_area"]),
            ("on_roll and known(last_taught)", ["on_roll"]),
            ("on_roll and out_for >= long", ["on_roll", "last_taught"]),
        ],
    )
    def test_a_fact_that_never_leaves_its_rule_open_by_itself_is_not_asked_for(
        self, tmp_path: Path, when: str, facts: list[str]
    ) -> None:
        rules = FILES["shire/rules/2_gone.toml"].replace("gone and out_for >= long", when)
        found = measured(tmp_path, CASES, shire__rules__2_gone=rules)

        assert list(self.rows(found, "long_gone")) == facts

    def test_what_is_lacking_keeps_the_policy_from_being_complete(self, found: Coverage) -> None:
        assert len(found.unknowns_lacking) == found.figures()["unknowns_lacking"] > 0
        assert not found.complete


class TestData:
    """The same as plain data."""

    def test_figures_and_rows_agree(self, found: Coverage) -> None:
        data = found.to_dict()

        assert data["figures"]["rules_lacking"] == sum(bool(row["lacks"]) for row in data["rules"])
        assert data["figures"]["paragraphs"] == len(data["paragraphs"])
        assert (data["passed"], data["complete"]) == (True, False)
