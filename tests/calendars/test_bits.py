from datetime import date

from cme_rules.calendars.bits import bits_of, days_bits, edge, marked, moved, one_span, weekday_bits
from cme_rules.calendars.days import DayKind

MONDAY = date(2026, 3, 2)


def test_a_span_holds_both_its_ends() -> None:
    assert one_span(MONDAY, date(2026, 3, 3), date(2026, 3, 5)) == 0b11110 - 0b10000


def test_days_before_the_origin_are_left_out() -> None:
    assert one_span(MONDAY, date(2026, 2, 1), date(2026, 3, 3)) == 0b11
    assert one_span(MONDAY, date(2026, 2, 1), date(2026, 2, 2)) == 0
    assert days_bits(MONDAY, date(2026, 3, 3), [date(2026, 3, 1), date(2026, 3, 3), date(2026, 3, 4)]) == 0b10


def test_weekdays_repeat_every_seven_days() -> None:
    assert weekday_bits(MONDAY, 9, {5, 6}) == 0b001100000
    assert weekday_bits(date(2026, 3, 7), 9, {5, 6}) == 0b110000011


def test_a_mark_moves_a_day_from_one_kind_to_another() -> None:
    marks = marked((), DayKind.WEEKEND, 0b11)
    moved_marks = marked(marks, DayKind.INSET, 0b01)

    assert bits_of(moved_marks, DayKind.WEEKEND) == 0b10
    assert bits_of(moved_marks, DayKind.INSET) == 0b01
    assert marked(moved_marks, DayKind.BREAK, 0b11) == ()


def test_edges_are_the_first_and_the_last_day_of_a_set() -> None:
    assert edge(MONDAY, 0b1010, latest=False) == date(2026, 3, 3)
    assert edge(MONDAY, 0b1010, latest=True) == date(2026, 3, 5)


def test_days_can_be_seen_from_another_origin() -> None:
    assert moved(0b1, 2) == 0b100
    assert moved(0b100, -2) == 0b1
