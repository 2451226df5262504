import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cme_rules.adapters.schema import assessment_schema, facts_schema
from cme_rules.engine.assess import assess
from cme_rules.engine.facts import check_facts, facts_from_json
from cme_rules.errors import CallError
from cme_rules.policy.loading.load import load_policy
from cme_rules.policy.model.policy import Policy
from tests.toy import write_toy

ROOT = Path(__file__).parents[2]
CHILDREN = [json.loads(line) for line in (ROOT / "examples" / "children.jsonl").read_text("utf-8").splitlines()]
GIVEN: list[object] = [
    True,
    False,
    None,
    0,
    1,
    -1,
    1.5,
    "",
    "none",
    "2026-03-09",
    "2026-3-9",
    "1066-10-14",
    "20260309",
    [],
    {},
]


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(write_toy(tmp_path_factory.mktemp("toy")))


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    policy = load_policy("east_sussex")
    return [
        assess(facts_from_json(child["facts"], policy), policy, on=date(2026, 6, 15), preview=preview).to_dict()
        for child in CHILDREN
        for preview in ((), tuple(policy.previews))
    ]


def faults(schema: dict[str, Any], data: object) -> list[str]:
    return [fault.message for fault in Draft202012Validator(schema).iter_errors(data)]


def committed() -> Iterator[tuple[str, dict[str, Any]]]:
    """The schemas that lie in the repository, by file."""
    yield "assessment.json", assessment_schema()
    for name in ("east_sussex", "england"):
        yield f"facts.{name}.json", facts_schema(load_policy(name))


class TestCommitted:
    """The schemas in the repository are those the code makes: `cme-rules schema` writes them."""

    @pytest.mark.parametrize(
        ("name", "schema"), list(committed()), ids=lambda part: part if isinstance(part, str) else ""
    )
    def test_each_is_the_one_the_code_makes(self, name: str, schema: dict[str, Any]) -> None:
        assert json.loads((ROOT / "schemas" / name).read_text("utf-8")) == schema

    @pytest.mark.parametrize(
        ("name", "schema"), list(committed()), ids=lambda part: part if isinstance(part, str) else ""
    )
    def test_each_is_a_schema(self, name: str, schema: dict[str, Any]) -> None:
        Draft202012Validator.check_schema(schema)
        assert schema["title"], name


class TestFacts:
    """What the schema lets through is what the policy takes."""

    @pytest.mark.parametrize("value", GIVEN, ids=repr)
    def test_schema_and_policy_agree_on_every_fact_and_value(self, toy: Policy, value: object) -> None:
        for name in toy.facts:
            sound = not faults(facts_schema(toy), {name: value})
            try:
                check_facts(facts_from_json({name: value}, toy), toy)
                taken = True
            except CallError:
                taken = False
            assert sound is taken, name

    def test_a_fact_the_policy_does_not_have_is_refused(self, toy: Policy) -> None:
        assert faults(facts_schema(toy), {"shoe_size": 4})

    def test_every_fact_carries_its_question(self, toy: Policy) -> None:
        assert facts_schema(toy)["properties"]["called"]["description"] == "When was the family called?"

    @pytest.mark.parametrize("child", CHILDREN, ids=lambda child: child["reference"])
    def test_the_examples_are_sound(self, child: dict[str, Any]) -> None:
        assert faults(facts_schema(load_policy("east_sussex")), child["facts"]) == []


class TestAssessments:
    """What comes out fits the schema, and the schema is strict enough to notice a slip."""

    def test_every_example_fits(self, answers: list[dict[str, Any]]) -> None:
        for schema in (assessment_schema(), assessment_schema(load_policy("east_sussex"))):
            assert [fault for answer in answers for fault in faults(schema, answer)] == []

    def test_it_fits_beside_a_reference_a_line_or_the_facts(self, toy: Policy) -> None:
        answer = assess({}, toy, on=date(2026, 3, 10)).to_dict()

        extras: list[dict[str, object]] = [{"reference": "a"}, {"reference": 3}, {"line": 1}, {"facts": {}}]
        for more in extras:
            assert faults(assessment_schema(toy), more | answer) == []

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (("policy",), "other"),
            (("on",), "10 March 2026"),
            (("findings", "gone", "verdict"), "maybe"),
            (("findings", "gone", "paragraphs"), []),
            (("findings", "another"), {}),
            (("findings", "gone", "note"), ""),
            (("missing",), None),
        ],
    )
    def test_a_slip_is_noticed(self, toy: Policy, path: tuple[str, ...], value: object) -> None:
        answer = assess({}, toy, on=date(2026, 3, 10)).to_dict()
        place: Any = answer
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

        assert faults(assessment_schema(toy), answer)
