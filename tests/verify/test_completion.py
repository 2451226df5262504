"""Three values against every completion of the unknown facts."""

from datetime import date
from itertools import product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cme_rules import load_policy
from cme_rules.conditions.judge import evaluate
from cme_rules.conditions.nodes import And, Name, Node, Not, Or
from cme_rules.conditions.parse import parse_condition
from cme_rules.engine.assess import assessor
from cme_rules.engine.scope import Scope
from cme_rules.policy.model.policy import Policy
from cme_rules.verify.completion import weaker_than_completion
from cme_rules.verify.partial import partly
from tests.toy import FILES, write_toy

ON = date(2026, 3, 9)
LEAVES = st.sampled_from([Name("a"), Name("b"), Name("c")])
TREES = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        below.map(Not),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=7,
)


def with_settled(root: Path, when: str) -> Policy:
    """The toy with another condition for what is settled."""
    text = FILES["shire/rules/2_gone.toml"]
    changed = text.replace("""when = 'on_roll or schooling != "none"'""", f"when = '{when}'").replace(
        'excludes = ["settled"]\n', ""
    )
    assert changed != text
    return load_policy(write_toy(root, shire__rules__2_gone=changed))


def test_a_fact_that_stands_once_leaves_no_gap(policy: Policy) -> None:
    found = weaker_than_completion(policy, on=ON)

    assert (found.rules, found.exact, found.weaker, found.open_rules) == (found.rules, found.rules, (), ())


def test_x_or_not_x_is_told_with_what_would_settle_it(tmp_path: Path) -> None:
    policy = with_settled(tmp_path, "(on_roll and in_area) or (not on_roll and in_area)")

    (place,) = weaker_than_completion(policy, on=ON).weaker

    assert (place.rule, place.answer, place.unknown) == ("2/settled", True, ("on_roll",))
    assert place.words == "the child lives in the area"
    assert place.rewritten == "on_roll and in_area or not on_roll and in_area or in_area"
    assert "2/settled is unknown without on_roll, and holds whatever it is, when" in str(place)


def test_the_rewritten_condition_does_settle_it(tmp_path: Path) -> None:
    policy = with_settled(tmp_path, "(on_roll and in_area) or (not on_roll and in_area)")
    (place,) = weaker_than_completion(policy, on=ON).weaker
    moment = assessor(policy, on=ON).moment
    facts = Scope(moment=moment, facts={"in_area": True})

    assert evaluate(moment.law.findings["settled"].when, facts) is None
    assert evaluate(parse_condition(place.rewritten, policy.vocabulary), facts) is True


def test_an_answer_that_always_fails_is_told_too(tmp_path: Path) -> None:
    policy = with_settled(tmp_path, "on_roll and in_area and (not on_roll or not in_area)")

    found = weaker_than_completion(policy, on=ON).weaker

    assert {place.answer for place in found} == {False}


@given(TREES, st.dictionaries(st.sampled_from([Name("a"), Name("b"), Name("c")]), st.booleans()))
def test_going_part_by_part_agrees_with_trying_everything(tree: Node, known: dict[Node, bool]) -> None:
    answer, still_open = partly(tree, known)
    names = [name for name in (Name("a"), Name("b"), Name("c")) if name not in known]
    everything = {
        partly(tree, {**known, **dict(zip(names, values, strict=True))})[0]
        for values in product([True, False], repeat=len(names))
    }

    assert None not in everything
    assert answer is None or everything == {answer}
    assert (still_open is None) == (answer is not None)
