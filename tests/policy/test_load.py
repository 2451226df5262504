"""Loading a policy: what comes through the door, and what is turned away with a reason."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cme_rules.calendars.spans import Counted, Span, Unit
from cme_rules.domain.verdict import Verdict
from cme_rules.engine.assess import assess
from cme_rules.errors import BrokenPolicy, CallError, UnknownPolicy
from cme_rules.policy.loading.find import policies_folder, policy_folder, shipped_policies
from cme_rules.policy.loading.load import load_policy
from tests.policy.packs import TINY, added, edited, write_pack

ON = date(2026, 1, 29)


def faults_of(pack: Path) -> list[str]:
    """Every fault of a policy that should not load, a text each."""
    with pytest.raises(BrokenPolicy) as broken:
        load_policy(pack)
    return [str(fault) for fault in broken.value.faults]


class TestAWholePolicy:
    """Everything in the folder becomes one frozen value."""

    def test_it_judges_and_sets_duties(self, tmp_path: Path) -> None:
        policy = load_policy(write_pack(tmp_path))
        result = assess({"on_roll": False, "left": date(2026, 1, 1)}, policy, on=ON)

        assert result["out_of_school"].verdict is Verdict.HOLDS
        assert [(action.id, action.due) for action in result.actions] == [("visit", date(2026, 1, 29))]

    def test_a_path_as_text_will_do(self, tmp_path: Path) -> None:
        assert load_policy(str(write_pack(tmp_path))).id == "tiny"

    def test_parameters_are_dated(self, tmp_path: Path) -> None:
        policy = load_policy(write_pack(tmp_path))

        assert policy.as_of(date(2024, 12, 31)).parameters["enough_letters"] == 2
        assert policy.as_of(date(2025, 1, 1)).parameters["enough_letters"] == 3
        assert policy.as_of(date(2019, 12, 31)).parameters["enough_letters"] is None
        assert policy.as_of(ON).parameters["long_out"] == Span(28, Unit.CALENDAR_DAY, Counted.AFTER)

    def test_a_rule_begins_and_ends_on_its_days(self, tmp_path: Path) -> None:
        ending = edited("rules/2_visit.toml", 'title = "Visit"', 'title = "Visit"\nuntil = 2026-01-29')
        policy = load_policy(write_pack(tmp_path, ending))

        assert [rule.id for rule in policy.as_of(date(2020, 1, 1)).rules] == ["1", "2"]
        assert [rule.id for rule in policy.as_of(ON).rules] == ["1", "2"]
        assert [rule.id for rule in policy.as_of(date(2026, 1, 30)).rules] == ["1"]
        assert not policy.as_of(date(2019, 12, 31)).rules

    def test_a_council_stands_on_a_nation(self, tmp_path: Path) -> None:
        write_pack(tmp_path)
        head = TINY["policy.toml"].replace('"tiny"', '"village"').replace('source = "book"', 'source = "leaflet"')
        files: dict[str, str | None] = dict.fromkeys(TINY)
        files["policy.toml"] = head.replace('id = "book"', 'id = "leaflet"') + "\n"
        files["policy.toml"] = str(files["policy.toml"]).replace("scope", 'extends = "tiny"\nscope')
        files["source.toml"] = '["v.1"]\ngist = "g"\nkind = "finding"\nstatus = "encoded"\n'
        files["rules/1.toml"] = '["v.1"]\ntitle = "t"\nfinding = "worse"\nwords = "w"\nwhen = "out_of_school"\n'
        policy = load_policy(write_pack(tmp_path, files, name="village"))

        assert policy.packs == ("tiny", "village")
        assert [rule.name for rule in policy.rules] == ["out_of_school", "visit", "worse"]

    def test_rules_come_in_the_order_they_are_printed_in(self, tmp_path: Path) -> None:
        tenth = '["1/ten"]\ntitle = "t"\nfinding = "ten"\nwords = "w"\nwhen = "on_roll"\n'
        pack = write_pack(tmp_path, {"rules/10_last.toml": tenth, "rules/app_1.toml": tenth.replace("ten", "app")})

        assert [rule.name for rule in load_policy(pack).rules] == ["out_of_school", "visit", "ten", "app"]

    def test_a_finding_comes_before_the_rules_that_use_it(self, tmp_path: Path) -> None:
        early = '["1/zero"]\ntitle = "t"\nfinding = "zero"\nwords = "w"\nwhen = "out_of_school and on_roll"\n'

        policy = load_policy(write_pack(tmp_path, {"rules/0_first.toml": early}))

        assert [rule.name for rule in policy.rules] == ["out_of_school", "zero", "visit"]

    def test_a_repr_tells_how_much_there_is(self, tmp_path: Path) -> None:
        policy = load_policy(write_pack(tmp_path))

        assert repr(policy) == "Policy('tiny', rules=2, facts=5)"
        assert repr(policy.as_of(ON)) == "Law('tiny', on=2026-01-29, rules=2)"

    def test_a_datetime_is_not_a_day(self, tmp_path: Path) -> None:
        from datetime import datetime

        with pytest.raises(CallError, match="expected a date without a time, found datetime"):
            load_policy(write_pack(tmp_path)).as_of(datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test

    def test_an_undeclared_preview_is_named_with_those_there_are(self, tmp_path: Path) -> None:
        with pytest.raises(CallError, match="preview 'x' is not declared by policy 'tiny'; it has: new_law"):
            load_policy(write_pack(tmp_path)).as_of(ON, preview=("x",))


class TestFinding:
    """Where policies are looked for."""

    def test_the_shipped_ones_are_listed(self) -> None:
        assert {"east_sussex", "england"} <= set(shipped_policies())
        assert policy_folder("england") == (policies_folder() / "england").resolve()

    def test_one_that_is_not_there_is_said_with_those_that_are(self) -> None:
        with pytest.raises(UnknownPolicy) as fault:
            load_policy("atlantis")

        assert str(fault.value).startswith("there is no policy 'atlantis'")
        assert "east_sussex, england" in str(fault.value)

    def test_a_name_no_folder_can_have_is_told_in_short(self) -> None:
        with pytest.raises(UnknownPolicy) as fault:
            load_policy("x" * 5_000)

        assert len(str(fault.value)) < 300

    @pytest.mark.parametrize("name", [None, 3, b"england", ["england"]])
    def test_what_is_neither_a_name_nor_a_path_is_refused(self, name: Any) -> None:  # noqa: ANN401 - what is refused
        with pytest.raises(CallError, match="by its name or the path of its folder"):
            load_policy(name)

    def test_a_folder_without_a_policy_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownPolicy, match=r"no folder of that name holds a policy\.toml"):
            load_policy(tmp_path)

    def test_a_name_beside_comes_before_a_shipped_one(self, tmp_path: Path) -> None:
        write_pack(tmp_path, name="england")

        assert policy_folder("england", beside=tmp_path) == (tmp_path / "england").resolve()


BROKEN: dict[str, tuple[dict[str, str | None], list[str]]] = {
    "a word without quotes": (
        edited("facts.toml", 'type = "bool"', "type = bool"),
        ["tiny/facts.toml:2: this is not TOML", "words go in quotes"],
    ),
    "a key that is not known": (
        edited("facts.toml", "knows", "kows"),
        ["tiny/facts.toml:4: on_roll.kows: this key is not known; did you mean 'knows'?"],
    ),
    "a key nothing is like": (
        edited("roles.toml", "title", 'zzz = "x"\ntitle'),
        ["tiny/roles.toml:2: team.zzz: this key is not known; this table may hold: title, organisation"],
    ),
    "a key left out": (
        edited("facts.toml", 'ask = "Is the child on a roll?"\n', ""),
        ["tiny/facts.toml:1: on_roll.ask: the key 'ask' is missing"],
    ),
    "text where a list belongs": (
        edited("facts.toml", 'knows = ["team"]', 'knows = "team"'),
        ["tiny/facts.toml:4: on_roll.knows: expected a list of texts, found text"],
    ),
    "text where a number belongs": (
        edited("parameters.toml", "value = 28", 'value = "28"'),
        ["tiny/parameters.toml:7: long_out.values[0].value: expected a whole number, found text"],
    ),
    "a yes where text belongs": (
        edited("facts.toml", 'ask = "Is the child on a roll?"', "ask = true"),
        ["tiny/facts.toml:3: on_roll.ask: expected text in quotes, found true or false"],
    ),
    "a number with a decimal point": (
        edited("facts.toml", "minimum = 0", "minimum = 0.5"),
        ["letters.minimum: expected a whole number, found a number with a decimal point"],
    ),
    "a time where a day belongs": (
        edited("policy.toml", "since = 2020-01-01\nsource", "since = 2020-01-01T00:00:00\nsource"),
        ["tiny/policy.toml:4: since: expected a date such as 2026-11-23, without quotes, found a date with a time"],
    ),
    "a day in quotes": (
        edited("policy.toml", "since = 2020-01-01\nsource", 'since = "2020-01-01"\nsource'),
        ["since: expected a date such as 2026-11-23, without quotes, found text"],
    ),
    "something that is no table": (
        edited("roles.toml", '[team]\ntitle = "The team"', 'team = "The team"'),
        ["tiny/roles.toml", "team: expected a table of keys and values"],
    ),
    "another schema": (edited("policy.toml", "schema = 1", "schema = 2"), ["schema 2 is not known; expected 1"]),
    "an id unlike its folder": (
        edited("policy.toml", 'id = "tiny"', 'id = "huge"'),
        ["the id is 'huge' and the folder is 'tiny': expected the same name"],
    ),
    "a parent that is not there": (
        edited("policy.toml", "scope", 'extends = "atlantis"\nscope'),
        ["extends: there is no policy 'atlantis'"],
    ),
    "a parent that is its child": (
        edited("policy.toml", "scope", 'extends = "tiny"\nscope'),
        ["extends: extends a policy that extends this one"],
    ),
    "a calendar that is not there": (
        edited("policy.toml", "scope", 'calendar = "moon"\nscope'),
        ["calendar 'moon' is not in calendars/; it holds: none"],
    ),
    "a rank nobody has": (
        edited("policy.toml", '"council_policy"', '"gospel"'),
        ["'gospel' is not one of statute, regulations, statutory_guidance"],
    ),
    "a source that ends first": (
        edited("policy.toml", 'rank = "council_policy"', 'rank = "council_policy"\nuntil = 2019-01-01'),
        ["source 'book' ends before it begins"],
    ),
    "a source twice": (
        added("policy.toml", '[[sources]]\nid = "book"\ntitle = "x"\nrank = "statute"'),
        ["source 'book' is already declared"],
    ),
    "a file nothing reads": ({"facst.toml": ""}, ["tiny/facst.toml: nothing reads this", "known: attendance_codes"]),
    "a folder nothing reads": ({"rulez/1.toml": ""}, ["tiny/rulez: nothing reads this"]),
    "a paragraph of no kind": (
        edited("source.toml", 'kind = "duty"', 'kind = "chore"'),
        ["'chore' is not one of definition, finding, duty"],
    ),
    "a paragraph in no state": (
        edited("source.toml", 'status = "encoded"', 'status = "done"'),
        ["status 'done' is not one of encoded, context"],
    ),
    "a context without a reason": (
        edited("source.toml", 'why = "it asks nothing of anybody"', ""),
        ["a context paragraph says why nothing is computed: add `why`"],
    ),
    "a paragraph of no source": (
        edited("source.toml", 'kind = "duty"', 'kind = "duty"\nsource = "moon"'),
        ["source 'moon' is not declared in policy.toml"],
    ),
    "a citation of nothing": (edited("source.toml", 'cites = ["1"]', 'cites = ["9"]'), ["paragraph '9' stands in no"]),
    "a fact of no type": (
        edited("facts.toml", 'type = "bool"', 'type = "maybe"'),
        ["tiny/facts.toml:2: on_roll.type: 'maybe' is not one of bool, int, date, text, span"],
    ),
    "a number without a unit": (edited("facts.toml", 'unit = "letter"\n', ""), ["a number names its unit"]),
    "a unit without a number": (
        edited("facts.toml", 'type = "bool"', 'type = "bool"\nunit = "day"'),
        ["only a number has a unit"],
    ),
    "a fact with a bad name": (
        added("facts.toml", '["On Roll"]\ntype = "bool"\nask = "?"\nknows = []\nwords = "w"'),
        ["'On Roll' cannot be a name in a condition: use small letters and underscores"],
    ),
    "a fact named like a function": (
        added("facts.toml", '[rate]\ntype = "bool"\nask = "?"\nknows = []\nwords = "w"'),
        ["'rate' is a word of the condition language: choose another name"],
    ),
    "a role nobody declared": (
        edited("facts.toml", '"team"', '"ghost"'),
        ["on_roll.knows: role 'ghost' is not declared in roles.toml"],
    ),
    "a span that does not say how it is counted": (
        edited("parameters.toml", 'counted = "after"\n', ""),
        ["a span of calendar_days says how it is counted: beginning_with, after or clear"],
    ),
    "a span counted in no known way": (
        edited("parameters.toml", '"after"', '"roughly"'),
        ["'roughly' is not one of beginning_with, after, clear"],
    ),
    "a bare number counted out": (
        edited("parameters.toml", 'unit = "letter"', 'unit = "letter"\ncounted = "after"'),
        ["a number of letter is not counted out in days"],
    ),
    "no value at all": (
        edited("parameters.toml", "values = [{ since = 2020-01-01, value = 28 }]", "values = []"),
        ["a parameter has at least one dated value"],
    ),
    "a span of nothing": (edited("parameters.toml", "value = 28", "value = 0"), ["a span counts from 1 upwards"]),
    "a value that ends first": (
        edited("parameters.toml", "until = 2024-12-31", "until = 2019-12-31"),
        ["the value since 2020-01-01 ends before it begins"],
    ),
    "values that overlap": (
        edited("parameters.toml", "until = 2024-12-31, ", ""),
        ["the values since 2020-01-01 and since 2025-01-01 overlap: end the earlier with `until`"],
    ),
    "a number in no paragraph": (
        edited("parameters.toml", 'paragraph = "1"', 'paragraph = "9"'),
        ["long_out.paragraph: paragraph '9' stands in no source.toml"],
    ),
    "a definition that does not parse": (
        edited("definitions/out.toml", "days_since(left)", "days_since(lft)"),
        ["'lft' is not declared; did you mean 'left'?", "^"],
    ),
    "a definition in no paragraph": (
        edited("definitions/out.toml", 'paragraph = "1"', 'paragraph = "9"'),
        ["days_out.paragraph: paragraph '9' stands in no source.toml"],
    ),
    "a definition with a fact's name": (
        added("definitions/out.toml", '[on_roll]\nmeans = "on_roll"\nwords = "w"\nparagraph = "1"'),
        ["'on_roll' is already a fact, a finding or a parameter"],
    ),
    "a definition of itself": (
        added("definitions/out.toml", '[round]\nmeans = "round"\nwords = "w"\nparagraph = "1"'),
        ["'round' is not declared"],
    ),
    "a rule that gives nothing": (
        edited("rules/1_out.toml", 'finding = "out_of_school"\n', ""),
        ["a rule gives exactly one of finding, action, schedule; found none"],
    ),
    "a rule that gives two things": (
        edited("rules/1_out.toml", "finding", 'action = "x"\nfinding'),
        ["a rule gives exactly one of finding, action, schedule; found finding and action"],
    ),
    "a rule that never applies": (
        edited("rules/1_out.toml", 'when = "not on_roll and out_long"\n', ""),
        ["a rule says when it applies: the key 'when' is missing"],
    ),
    "a finding without words": (
        edited("rules/1_out.toml", 'words = "the child is out of school"\n', ""),
        ["a finding has words, so that it can stand in a sentence"],
    ),
    "an action nobody does": (
        edited("rules/2_visit.toml", 'role = "team"\n', ""),
        ["an action has a role and a force: who must, should or may do it"],
    ),
    "an action of an unknown role": (
        edited("rules/2_visit.toml", '"team"', '"ghost"'),
        ["role 'ghost' is not declared in roles.toml"],
    ),
    "an action of no force": (
        edited("rules/2_visit.toml", '"must"', '"might"'),
        ["'might' is not one of must, must_not, should, may, consider"],
    ),
    "a limit that is no span": (
        edited("rules/2_visit.toml", '"long_out"', '"enough_letters"'),
        ["'enough_letters' is not a parameter with a span of time"],
    ),
    "a limit of no date": (
        edited("rules/2_visit.toml", 'of = "left"', 'of = "on_roll"'),
        ["'on_roll' is not a date: a span is set running by a dated fact"],
    ),
    "a discharge that does not parse": (
        edited("rules/2_visit.toml", "happened(visited)", "happened(visitd)"),
        ["2.discharged: 'visitd' is not declared; did you mean 'visited'?"],
    ),
    "a condition with a number": (
        edited("rules/1_out.toml", "out_long", "letters >= 3"),
        ["tiny/rules/1_out.toml:5: 1.when: a number other than 0 and 1 is a parameter", "^"],
    ),
    "known() of a definition": (
        edited("rules/1_out.toml", "out_long", "known(out_long)"),
        ["known() takes the name of a fact"],
    ),
    "a rule that ends first": (
        edited("rules/1_out.toml", "reading", "until = 2019-01-01\nreading"),
        ["1.until: the rule ends on 2019-01-01, before it begins on 2020-01-01"],
    ),
    "a rule in no paragraph": (
        edited("rules/1_out.toml", '["1"]', '["9"]'),
        ["this paragraph stands in no source.toml", "a rule's key is its paragraph's id"],
    ),
    "a rule for a mere context": (
        edited("rules/1_out.toml", '["1"]', '["3"]'),
        ["this paragraph is marked context, and here is a rule for it"],
    ),
    "a rule that cites nothing": (
        edited("rules/1_out.toml", "reading", 'cites = ["9"]\nreading'),
        ["1.cites: paragraph '9' stands in no source.toml"],
    ),
    "a conflict with nothing": (
        edited("rules/1_out.toml", "reading", 'conflicts_with = "ghost"\nconflict = "c"\nreading'),
        ["there is no finding or action 'ghost'"],
    ),
    "a schedule that differs from nothing": (
        edited(
            "rules/1_out.toml",
            '["1"]',
            '["2/panel"]\ntitle = "A panel"\nschedule = "panel"\nevery = "month"\nrole = "team"\n'
            'conflicts_with = "ghost"\nconflict = "c"\n\n["1"]',
        ),
        ["2/panel: there is no finding or action 'ghost'"],
    ),
    "half a conflict": (
        edited("rules/1_out.toml", "reading", 'conflict = "c"\nreading'),
        ["conflicts_with and conflict stand together: with what, and how they differ"],
    ),
    "an exclusion of nothing": (
        edited("rules/1_out.toml", "reading", 'excludes = ["ghost"]\nreading'),
        ["there is no finding or action 'ghost'"],
    ),
    "a preview nobody declared": (
        edited("rules/1_out.toml", "reading", 'not_commenced = "x"\nreading'),
        ["preview 'x' is not declared in policy.toml"],
    ),
    "a finding with a fact's name": (
        edited("rules/1_out.toml", '"out_of_school"', '"on_roll"'),
        ["'on_roll' is already a fact or a parameter"],
    ),
    "a finding given twice on one day": (
        added("rules/1_out.toml", TINY["rules/1_out.toml"].replace('["1"]', '["1/again"]')),
        ["'out_of_school' is already given by '1' on the same days: date them apart"],
    ),
    "an action with a finding's name": (
        edited("rules/2_visit.toml", 'action = "visit"', 'action = "out_of_school"'),
        ["2.action: 'out_of_school' is already the name of a finding, a definition or a number"],
    ),
    "the same paragraph key in two files": (
        {"rules/3_more.toml": TINY["rules/1_out.toml"]},
        ["'1' already stands in tiny/rules/1_out.toml"],
    ),
    "findings defined by one another": (
        added(
            "rules/1_out.toml",
            '["1/a"]\ntitle = "t"\nfinding = "a"\nwords = "w"\nwhen = "b"\n'
            '["1/b"]\ntitle = "t"\nfinding = "b"\nwords = "w"\nwhen = "a"\n',
        ),
        ["these are defined by one another: "],
    ),
    "a number with no value yet": (
        edited("parameters.toml", "{ since = 2020-01-01, value = 28 }", "{ since = 2021-01-01, value = 28 }"),
        ["in force since 2020-01-01, but parameter 'long_out' has no value before 2021-01-01"],
    ),
    "law that is not in force, relied on": (
        edited("rules/1_out.toml", "reading", 'not_commenced = "new_law"\nreading'),
        ["'out_of_school' is enacted and not in force: only its own preview may use it"],
    ),
    "a finding not given yet, relied on": (
        edited("rules/1_out.toml", "reading", "since = 2022-01-01\nreading"),
        ["in force since 2020-01-01, but uses 'out_of_school', in force since 2022-01-01"],
    ),
    "a finding no longer given, relied on": (
        edited("rules/1_out.toml", "reading", "until = 2022-01-01\nreading"),
        ["uses 'out_of_school', which ends on 2022-01-01, and stays in force after it"],
    ),
    "no policy.toml worth the name": ({"policy.toml": "= nothing"}, ["tiny/policy.toml:1: this is not TOML"]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_policy_says_where_and_what(what: str, tmp_path: Path) -> None:
    changes, expected = BROKEN[what]

    told = "\n".join(faults_of(write_pack(tmp_path, changes)))

    for text in expected:
        assert text in told


def test_a_file_that_is_not_utf_8_is_said_so(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / "roles.toml").write_bytes(b"\xff\xfe")

    assert "tiny/roles.toml: this is not UTF-8 text\n    save the file as UTF-8" in faults_of(pack)


def test_a_file_that_is_a_folder_is_no_file(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"terms.toml": None, "terms.toml/x": ""})

    assert load_policy(pack).terms == {}


def test_all_faults_of_a_folder_come_at_once(tmp_path: Path) -> None:
    changes = {
        **edited("facts.toml", 'type = "bool"', 'type = "maybe"'),
        **edited("parameters.toml", 'counted = "after"\n', ""),
        **edited("rules/1_out.toml", "out_long", "zzz"),
    }

    with pytest.raises(BrokenPolicy) as broken:
        load_policy(write_pack(tmp_path, changes))

    files = {fault.file for fault in broken.value.faults}
    assert files == {"tiny/facts.toml", "tiny/parameters.toml", "tiny/rules/1_out.toml"}
    assert str(broken.value).startswith(f"policy 'tiny' has {len(broken.value.faults)} faults:\n")


def test_a_file_of_a_process_that_cannot_be_read_is_told_with_the_rest(tmp_path: Path) -> None:
    changes = {**edited("parameters.toml", 'counted = "after"\n', ""), "processes/order.toml": "title = "}

    with pytest.raises(BrokenPolicy) as broken:
        load_policy(write_pack(tmp_path, changes))

    assert {fault.file for fault in broken.value.faults} == {"tiny/parameters.toml", "tiny/processes/order.toml"}


@pytest.mark.parametrize("file", ["parameters.toml", "facts.toml", "roles.toml", "source.toml", "policy.toml"])
def test_a_file_that_is_not_toml_is_one_fault_and_not_one_for_every_name_in_it(file: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenPolicy) as broken:
        load_policy(write_pack(tmp_path, {file: "[unfinished"}))

    assert [fault.file for fault in broken.value.faults] == [f"tiny/{file}"]


def test_two_files_that_are_not_toml_are_both_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenPolicy) as broken:
        load_policy(write_pack(tmp_path, {"facts.toml": "[unfinished", "calendars/a.toml": "= x"}))

    assert [fault.file for fault in broken.value.faults] == ["tiny/facts.toml", "tiny/calendars/a.toml"]
