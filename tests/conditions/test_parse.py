"""Text to tree: what the language lets through, and what it says of the rest."""

import pytest

from cme_rules.conditions.kinds import BOOL, DATE, Base, Kind, counted_in, one_of
from cme_rules.conditions.nodes import And, Call, Compare, Literal, Name, Not, OneOf, Or, Today
from cme_rules.conditions.parse import DEEPEST, LONGEST, names_used, parse, parse_condition
from cme_rules.errors import ConditionError

WORDS = {
    "on_roll": BOOL,
    "in_area": BOOL,
    "left": DATE,
    "began": DATE,
    "absent": counted_in("session"),
    "possible": counted_in("session"),
    "attempts": counted_in("attempt"),
    "education": one_of("none", "home"),
    "school": Kind(Base.TEXT),
    "four_weeks": Kind(Base.SPAN, unit="calendar_day", counted="after"),
    "twenty_days": Kind(Base.SPAN, unit="school_day", counted="beginning_with"),
    "tenth": counted_in("percent"),
}


class TestWhatParses:
    """Every form the language has, and the tree it becomes."""

    @pytest.mark.parametrize(
        ("text", "tree"),
        [
            ("on_roll", Name("on_roll")),
            ("not on_roll", Not(Name("on_roll"))),
            ("on_roll and in_area", And((Name("on_roll"), Name("in_area")))),
            ("on_roll or not in_area", Or((Name("on_roll"), Not(Name("in_area"))))),
            ("True", Literal(value=True)),
            ("left <= on", Compare("<=", Name("left"), Today())),
            ("education == 'none'", Compare("==", Name("education"), Literal("none"))),
            ("education in ('none', 'home')", OneOf(Name("education"), ("none", "home"))),
            ("education in ['none']", OneOf(Name("education"), ("none",))),
            ("education not in ('none',)", Not(OneOf(Name("education"), ("none",)))),
            ("known(school)", Call("known", (Name("school"),))),
            ("happened(left)", Call("happened", (Name("left"),))),
            ("attempts >= 1", Compare(">=", Name("attempts"), Literal(1))),
            ("days_since(left) >= four_weeks", Compare(">=", Call("days_since", (Name("left"),)), Name("four_weeks"))),
            (
                "rate(absent, possible) >= tenth",
                Compare(">=", Call("rate", (Name("absent"), Name("possible"))), Name("tenth")),
            ),
        ],
    )
    def test_each_form_becomes_its_tree(self, text: str, tree: object) -> None:
        assert parse_condition(text, WORDS) == tree

    def test_line_breaks_and_spaces_do_not_matter(self) -> None:
        assert parse_condition("on_roll\n     and   in_area", WORDS) == parse_condition("on_roll and in_area", WORDS)

    def test_an_expression_gives_its_kind(self) -> None:
        _, kind = parse("days_since(left)", WORDS)

        assert kind == counted_in("calendar_day", "after")

    def test_names_come_in_reading_order_without_functions_or_the_day(self) -> None:
        assert names_used("passed(left) and on >= began and left <= on") == ("left", "began")


class TestWhatIsRefused:
    """Each refusal says what is wrong and points at the place."""

    @pytest.mark.parametrize(
        ("text", "problem", "under"),
        [
            ("on_rol and in_area", "'on_rol' is not declared; did you mean 'on_roll'?", "on_rol"),
            ("zzz", "'zzz' is not declared", "zzz"),
            ("attempts >= 5", "a number other than 0 and 1 is a parameter: name it in parameters.toml", "5"),
            ("attempts >= 1.0", "a number other than 0 and 1 is a parameter: name it in parameters.toml", "1.0"),
            ("foo(left)", "'foo' is not a function", "foo"),
            ("hapened(left)", "'hapened' is not a function; did you mean 'happened'?", "hapened"),
            ("on.real", "only and, or, not, comparisons, in (…), names and functions are allowed here", "on"),
            ("left + began", "only and, or, not, comparisons, in (…), names and functions are allowed here", "left"),
            ("happened(left, began)", "happened() takes 1 values, in order", "happened"),
            ("happened(day=left)", "happened() takes 1 values, in order", "happened"),
            ("happened(on_roll)", "happened() expects date here, found bool", "on_roll"),
            ("known(four_weeks)", "known() takes the name of a fact", "four_weeks"),
            ("rate(absent, attempts) >= 0", "rate() was given numbers of different units: attempt and session", "r"),
            ("rate(absent, possible) > tenth", "a rate is rounded down, so it compares only with >= and <", "tenth"),
            ("tenth < rate(absent, possible)", "write the rate on the left of the comparison", "rate"),
            ("left >= on_roll", "date does not compare with bool", "on_roll"),
            ("absent >= attempts", "int (session) does not compare with int (attempt)", "attempts"),
            ("on_roll == in_area", "a yes or a no is not compared: write the name, or not and the name", "in_area"),
            ("education > 'none'", "text has no order: use == or !=", "'none'"),
            ("education == 'nun'", "'nun' is not one of none, home", "'nun'"),
            ("school == 'x'", "this text is free: only a fact with a closed list of words can be compared", "'x'"),
            ("education in 'none'", 'after `in` write a list of words: ("a", "b")', "'none'"),
            ("education in ()", "the list after `in` is empty", "()"),
            ("education in (school,)", "expected a quoted word", "school"),
            ("absent in ('a',)", "int (session) does not compare with text", "'a'"),
            ("began <= left <= on", "one comparison at a time: join two with `and`", "began"),
            ("left is began", "compare with == != < <= > >= or in (…)", "left"),
            ("absent and on_roll", "expected a yes or a no, found int (session)", "absent"),
            ("left", "a condition is a yes or a no; this gives date", "left"),
            ("x" * (LONGEST + 1), f"a condition has at most {LONGEST} characters", "x"),
        ],
    )
    def test_the_problem_is_named_and_pointed_at(self, text: str, problem: str, under: str) -> None:
        with pytest.raises(ConditionError) as fault:
            parse_condition(text, WORDS)

        assert fault.value.problem == problem
        assert fault.value.text[fault.value.column :].startswith(under)

    def test_what_is_not_python_is_said_with_a_caret(self) -> None:
        with pytest.raises(ConditionError) as fault:
            parse_condition("on_roll and", WORDS)

        assert str(fault.value).splitlines()[1:] == ["    on_roll and", "    " + " " * fault.value.column + "^"]

    def test_a_character_that_cannot_stand_in_python_is_refused_not_crashed_on(self) -> None:
        with pytest.raises(ConditionError, match="does not parse"):
            parse_condition("on_roll \x00", WORDS)

    def test_half_a_character_is_refused_not_crashed_on(self) -> None:
        with pytest.raises(ConditionError, match="does not parse"):
            parse_condition("education == '\ud800'", WORDS)

    def test_depth_is_refused_not_crashed_on(self) -> None:
        with pytest.raises(ConditionError, match="does not parse"):
            parse_condition("(" * 1900 + "on_roll" + ")" * 1900, WORDS)

    def test_conditions_may_stand_inside_one_another(self) -> None:
        assert names_used("not " * (DEEPEST - 1) + "on_roll") == ("on_roll",)
        assert parse_condition("not " * (DEEPEST - 1) + "on_roll", WORDS) is not None

    def test_but_not_so_deep_that_reading_them_would_run_out_of_room(self) -> None:
        with pytest.raises(ConditionError, match=f"this is more than {DEEPEST} deep"):
            parse_condition("not " * DEEPEST + "on_roll", WORDS)
        with pytest.raises(ConditionError, match=f"this is more than {DEEPEST} deep"):
            parse_condition("not " * 990 + "on_roll", WORDS)

    def test_the_caret_counts_characters_not_bytes(self) -> None:
        with pytest.raises(ConditionError) as fault:
            parse_condition("education == 'é' and zzz", {**WORDS, "education": one_of("é", "è")})

        assert fault.value.text[fault.value.column :] == "zzz"


class TestUnitsAndCounting:
    """Twenty school days are not twenty days, and a count from the day after is not one from the day."""

    @pytest.mark.parametrize(
        "text",
        [
            "days_since(left) >= twenty_days",
            "school_days_since(left) >= twenty_days",
            "school_days_from(left) >= four_weeks",
        ],
    )
    def test_counts_of_different_units_or_conventions_do_not_compare(self, text: str) -> None:
        with pytest.raises(ConditionError, match="does not compare with span"):
            parse_condition(text, WORDS)

    def test_a_count_compares_with_a_span_counted_the_same_way(self) -> None:
        assert isinstance(parse_condition("school_days_from(left) >= twenty_days", WORDS), Compare)
