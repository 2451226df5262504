from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cme_rules.domain.attendance import Mark, Session, absence_figures, continuous_absence, percent_of, reaches
from cme_rules.domain.codes import AttendanceCode, CodeClass, CodeSet
from cme_rules.errors import CallError
from tests.domain.given import CODE_SETS, CODES_2006, CODES_2024, day_of, days_of

FIRST = date(2026, 9, 7)
LAST = date(2026, 12, 18)
NEW_CODES = sorted(CODES_2024.classes)


def absence(*codes: str, first: date = FIRST) -> tuple[int, bool, bool] | None:
    """The absence after so many days: the number of its first day (0 is `FIRST`), and its two flags."""
    found = continuous_absence(days_of(first, *codes), CODE_SETS, on=LAST)
    if found is None:
        return None
    return (found.began - first).days, found.all_unexplained, found.authorised_at_any_time


class TestCodesOfEngland:
    """SI 2024/208 reg 10 from 19 August 2024, and the guidance before."""

    def test_the_sets_follow_each_other_without_a_gap(self) -> None:
        for earlier, later in pairwise(CODE_SETS):
            assert earlier.until is not None
            assert (later.since - earlier.until).days == 1

    @pytest.mark.parametrize(
        ("codes", "counts_as"),
        [
            ("/ \\ L", CodeClass.PRESENT),
            ("B K P V W", CodeClass.ATTENDING),
            ("C C1 C2 E I J1 M R S T", CodeClass.AUTHORISED),
            ("G N O U", CodeClass.UNAUTHORISED),
            ("D Q X Y1 Y2 Y3 Y4 Y5 Y6 Y7", CodeClass.NOT_POSSIBLE),
            ("Z #", CodeClass.NOT_COLLECTED),
        ],
    )
    def test_each_code_of_2024_counts_as_the_national_figures_have_it(self, codes: str, counts_as: CodeClass) -> None:
        assert {code for code, kind in CODES_2024.classes.items() if kind is counts_as} == set(codes.split())

    @pytest.mark.parametrize(
        ("codes", "counts_as"),
        [
            ("/ \\ L", CodeClass.PRESENT),
            ("B D J P V W", CodeClass.ATTENDING),
            ("C E F H I M R S T", CodeClass.AUTHORISED),
            ("G N O U", CodeClass.UNAUTHORISED),
            ("X Y", CodeClass.NOT_POSSIBLE),
            ("Z #", CodeClass.NOT_COLLECTED),
        ],
    )
    def test_each_older_code_counts_as_it_did_then(self, codes: str, counts_as: CodeClass) -> None:
        assert {code for code, kind in CODES_2006.classes.items() if kind is counts_as} == set(codes.split())

    def test_only_g_n_and_o_are_unexplained_and_u_is_late(self) -> None:
        for code_set in CODE_SETS:
            assert set(code_set.unexplained) == {"G", "N", "O"}
            assert set(code_set.came_late) == {"U"}


class TestFigures:
    """Sessions possible, and sessions missed, allowed or not."""

    def test_each_session_counts_once(self) -> None:
        marks = days_of(FIRST, "/ \\", "I", "O", "U \\", "B", "X", "#", "Y4")
        figures = absence_figures(marks, CODE_SETS, on=LAST, since=FIRST)
        assert (figures.possible, figures.absent, figures.authorised, figures.unauthorised) == (10, 5, 2, 3)
        assert figures.percent == 50

    def test_both_ends_of_the_time_are_included_and_nothing_beyond(self) -> None:
        marks = days_of(FIRST, "O", "O", "O", "O")
        second, third = date(2026, 9, 8), date(2026, 9, 9)
        assert absence_figures(marks, CODE_SETS, on=third, since=second).possible == 4

    def test_without_a_session_there_is_no_percentage(self) -> None:
        assert absence_figures([], CODE_SETS, on=LAST, since=FIRST).percent is None

    @pytest.mark.parametrize(
        ("code", "before", "after"), [("D", (1, 0), (0, 0)), ("J1", None, (1, 1)), ("H", (1, 1), None)]
    )
    def test_a_mark_is_read_under_the_set_of_its_own_day(
        self, code: str, before: tuple[int, int] | None, after: tuple[int, int] | None
    ) -> None:
        for day, expected in ((date(2024, 8, 18), before), (date(2024, 8, 19), after)):
            marks = [Mark(day, Session.AM, code)]
            if expected is None:
                with pytest.raises(CallError):
                    absence_figures(marks, CODE_SETS, on=day, since=day)
            else:
                figures = absence_figures(marks, CODE_SETS, on=day, since=day)
                assert (figures.possible, figures.absent) == expected

    @pytest.mark.parametrize(("absent", "persistent"), [(18, False), (19, True), (20, True)])
    def test_ten_in_a_hundred_is_reached_exactly(self, absent: int, persistent: bool) -> None:  # noqa: FBT001
        assert reaches(10, absent, 190) is persistent
        percent = percent_of(absent, 190)
        assert percent is not None
        assert (percent >= 10) is persistent

    @given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 100))
    def test_percent_rounded_down_and_exact_comparison_never_differ(self, part: int, whole: int, least: int) -> None:
        percent = percent_of(part, whole)
        assert percent is not None
        assert (percent >= least) == reaches(least, part, whole) == (part / whole * 100 >= least - 1e-9)


class TestContinuousAbsence:
    """SI 2024/208 reg 9(1)(i): no code but G, N and O, in every session of an unbroken absence."""

    def test_no_marks_and_a_pupil_who_attends_are_no_absence(self) -> None:
        assert continuous_absence([], CODE_SETS, on=LAST) is None
        assert absence("O", "O", "/ \\") is None

    def test_it_begins_on_the_first_day_no_session_of_which_was_attended(self) -> None:
        assert absence("/ \\", "O", "G", "N") == (1, True, False)
        assert absence("/ O", "O", "O") == (1, True, False)
        assert absence("O \\", "O", "O") == (1, True, False)

    def test_an_afternoon_missed_is_no_school_day_of_absence(self) -> None:
        assert absence("/ \\", "/ O") is None

    @pytest.mark.parametrize("code", ["/", "L", "K", "V", "P", "W", "B", "U"])
    def test_coming_late_or_being_taught_elsewhere_ends_it(self, code: str) -> None:
        assert absence("O", f"O {code}", "O") == (2, True, False)

    @pytest.mark.parametrize("code", ["C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"])
    def test_leave_or_illness_leaves_it_unbroken_but_not_unexplained(self, code: str) -> None:
        assert absence("/ \\", "O", f"O {code}", "O") == (1, False, True)

    @pytest.mark.parametrize("code", ["D", "Q", "X", "Y1", "Y2", "Y3", "Y5", "Y6", "Y7"])
    def test_a_session_that_was_not_possible_leaves_it_unbroken_but_not_unexplained(self, code: str) -> None:
        assert absence("/ \\", "O", f"O {code}", "O") == (1, False, False)

    @pytest.mark.parametrize("code", ["Y4", "Z", "#"])
    def test_a_session_called_off_or_not_collected_is_passed_over(self, code: str) -> None:
        assert absence("/ \\", code, "O", code, f"{code} O", "O", code) == (2, True, False)
        assert absence(code, code) is None

    def test_it_may_run_over_the_day_the_codes_changed(self) -> None:
        marks = [*day_of(date(2024, 7, 18), "/ \\"), *day_of(date(2024, 7, 19), "H"), *day_of(date(2024, 9, 2), "O")]
        found = continuous_absence(marks, CODE_SETS, on=LAST)
        assert found is not None
        assert found.began == date(2024, 7, 19)
        assert not found.all_unexplained
        assert found.authorised_at_any_time
        assert found.unexplained_since == date(2024, 9, 2)

    def test_it_says_from_when_it_was_unexplained(self) -> None:
        found = continuous_absence(days_of(FIRST, "/ \\", "I", "I O", "O", "O"), CODE_SETS, on=LAST)
        assert found is not None
        assert found.unexplained_since == date(2026, 9, 10)
        explained = continuous_absence(days_of(FIRST, "/ \\", "O", "I"), CODE_SETS, on=LAST)
        assert explained is not None
        assert explained.unexplained_since is None

    def test_it_says_whether_its_beginning_was_seen(self) -> None:
        seen = continuous_absence(days_of(FIRST, "/ \\", "O"), CODE_SETS, on=LAST)
        unseen = continuous_absence(days_of(FIRST, "#", "O"), CODE_SETS, on=LAST)
        assert seen is not None
        assert unseen is not None
        assert seen.beginning_seen
        assert not unseen.beginning_seen

    def test_later_marks_are_not_looked_at(self) -> None:
        marks = days_of(FIRST, "/ \\", "O", "/ \\")
        assert continuous_absence(marks, CODE_SETS, on=date(2026, 9, 8)) is not None
        assert continuous_absence(marks, CODE_SETS, on=date(2026, 9, 9)) is None

    @given(st.lists(st.sampled_from(NEW_CODES), max_size=12), st.randoms(use_true_random=False))
    def test_the_order_in_which_marks_are_given_makes_no_difference(self, codes: list[str], chance: object) -> None:
        marks = days_of(FIRST, *codes)
        shuffled = list(marks)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        assert continuous_absence(shuffled, CODE_SETS, on=LAST) == continuous_absence(marks, CODE_SETS, on=LAST)

    @given(st.lists(st.sampled_from(NEW_CODES), max_size=12))
    def test_a_day_of_attendance_ends_every_absence(self, codes: list[str]) -> None:
        assert absence(*codes, "/ \\") is None
        assert absence(*codes, "/ \\", "O") == (len(codes) + 1, True, False)


class TestRefusals:
    """What cannot be read is named by its place, never by what stands there."""

    @pytest.mark.parametrize("code", ["H", "canary", "/\\"])
    def test_a_code_the_set_does_not_know_is_refused_with_the_codes_it_knows(self, code: str) -> None:
        marks = [*days_of(FIRST, "/ \\"), Mark(date(2026, 9, 8), Session.AM, code)]
        with pytest.raises(CallError, match=r"number 3 .* the set since 2024-08-19: # / B C C1") as caught:
            absence_figures(marks, CODE_SETS, on=LAST, since=FIRST)
        assert "canary" not in str(caught.value)
        assert "2026" not in str(caught.value)

    @pytest.mark.parametrize("sets", [(CODES_2006,), (), CODE_SETS[:1]])
    def test_a_day_no_set_covers_is_refused(self, sets: tuple[CodeSet, ...]) -> None:
        with pytest.raises(CallError, match="number 1 in order is of a day without a code set; there are sets for"):
            continuous_absence(days_of(FIRST, "O"), sets, on=LAST)

    def test_a_day_before_the_first_set_is_refused_though_the_last_has_no_end(self) -> None:
        with pytest.raises(CallError, match="2006-09-01 to 2024-08-18, 2024-08-19 to now"):
            continuous_absence(days_of(date(2006, 8, 31), "O"), CODE_SETS, on=LAST)

    def test_two_marks_for_one_session_are_refused(self) -> None:
        with pytest.raises(CallError, match="two for the same session"):
            continuous_absence([*day_of(FIRST, "O"), Mark(FIRST, Session.PM, "/")], CODE_SETS, on=LAST)

    def test_a_moment_is_not_a_day(self) -> None:
        moment = datetime(2026, 9, 7, 9, 0)  # noqa: DTZ001 - a moment is what is refused
        with pytest.raises(CallError, match=r"Mark\.day"):
            Mark(moment, Session.AM, "/")
        with pytest.raises(CallError, match="on: "):
            continuous_absence([], CODE_SETS, on=moment)
        with pytest.raises(CallError, match="since: "):
            absence_figures([], CODE_SETS, on=LAST, since=moment)

    def test_a_session_and_a_code_have_their_types(self) -> None:
        with pytest.raises(CallError, match=r"Mark\.session: one of Session\.AM, Session\.PM was expected, found str"):
            Mark(FIRST, "AM", "/")  # type: ignore[arg-type]
        with pytest.raises(CallError, match=r"Mark\.code: text was expected, found an empty text"):
            Mark(FIRST, Session.AM, "")


class TestCodeSets:
    """A set of codes is refused when it contradicts itself."""

    def test_a_code_may_not_stand_twice(self) -> None:
        twice = (AttendanceCode("/", CodeClass.PRESENT), AttendanceCode("/", CodeClass.UNAUTHORISED))
        with pytest.raises(CallError, match="2024-08-19: a code stands there twice"):
            CodeSet(since=date(2024, 8, 19), codes=twice)

    @pytest.mark.parametrize("short_list", ["unexplained", "came_late", "not_held"])
    def test_the_short_lists_name_codes_of_the_set(self, short_list: str) -> None:
        with pytest.raises(CallError, match=f"{short_list} names 'O', which is none of them"):
            CodeSet(since=date(2024, 8, 19), codes=(), **{short_list: ("O",)})  # type: ignore[arg-type]

    def test_it_may_last_one_day_and_not_less(self) -> None:
        day, before = date(2024, 8, 19), date(2024, 8, 18)
        assert CodeSet(since=day, until=day, codes=()).covers(day)
        with pytest.raises(CallError, match="until was expected to be no earlier day"):
            CodeSet(since=day, until=before, codes=())

    def test_lists_are_kept_as_tuples(self) -> None:
        code_set = CodeSet(since=LAST, codes=[AttendanceCode("O", CodeClass.UNAUTHORISED)], unexplained=["O"])
        assert hash(code_set) == hash(CodeSet(since=LAST, codes=code_set.codes, unexplained=("O",)))

    def test_sets_and_codes_can_be_keys(self) -> None:
        assert len({CODES_2006, CODES_2024, CODES_2006}) == 2
