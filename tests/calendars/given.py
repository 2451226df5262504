"""A small school year and a working calendar that the tests of this room share."""

from datetime import date

from cme_rules.calendars.days import Certainty, SchoolYear, Term
from cme_rules.calendars.school import SchoolCalendar
from cme_rules.calendars.working import BankHolidays, WorkingCalendar

AUTUMN = Term(name="Term 1", half_term_of="autumn", first=date(2025, 9, 3), last=date(2025, 10, 24))
WINTER = Term(name="Term 2", half_term_of="autumn", first=date(2025, 11, 3), last=date(2025, 12, 19))
SPRING = Term(name="Term 3", half_term_of="spring", first=date(2026, 1, 5), last=date(2026, 2, 13))
SUMMER = Term(name="Term 5", half_term_of="summer", first=date(2026, 4, 13), last=date(2026, 5, 22))
NEXT_AUTUMN = Term(name="Term 1", half_term_of="autumn", first=date(2026, 9, 2), last=date(2026, 10, 23))

YEAR = SchoolYear(
    label="2025/26",
    first=date(2025, 9, 1),
    last=date(2026, 8, 31),
    terms=(AUTUMN, WINTER, SPRING, SUMMER),
    certainty=Certainty.PUBLISHED,
    source="the council's page",
)
NEXT_YEAR = SchoolYear(
    label="2026/27",
    first=date(2026, 9, 1),
    last=date(2027, 8, 31),
    terms=(NEXT_AUTUMN,),
    certainty=Certainty.PROPOSED,
    source="a consultation",
)
INSET = date(2025, 9, 3)
MAY_DAY = date(2026, 5, 4)
CHRISTMAS = (date(2025, 12, 25), date(2025, 12, 26))


def school(*years: SchoolYear, name: str = "the_shire") -> SchoolCalendar:
    """The calendar of these years, by default 2025/26 and 2026/27."""
    return SchoolCalendar.from_terms(
        name, years or (YEAR, NEXT_YEAR), inset=[INSET], bank_holidays=[MAY_DAY, *CHRISTMAS], file="the_shire.toml"
    )


def working() -> WorkingCalendar:
    """The working days of 2025 and 2026, of which the last quarter is a projection."""
    return WorkingCalendar(
        bank_holidays=BankHolidays(
            id="the_land",
            first=date(2025, 1, 1),
            published_through=date(2026, 9, 30),
            projected_through=date(2026, 12, 31),
            days=(*CHRISTMAS, MAY_DAY, date(2026, 12, 25)),
            file="bank_holidays.toml",
        )
    )
