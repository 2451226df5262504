"""What the domain's tests work with: the numbers and codes of the England policy, as TOML has them."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from cme_rules.domain.ages import SchoolAge
from cme_rules.domain.attendance import Mark, Session
from cme_rules.domain.codes import AttendanceCode, CodeClass, CodeSet

ENGLAND = Path(__file__).parents[2] / "policies" / "england"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _tables(file: str, key: str) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads((ENGLAND / file).read_text(encoding="utf-8"))[key]
    return tables


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _school_age(table: dict[str, Any]) -> SchoolAge:
    return SchoolAge(
        start_age=table["start_age"],
        prescribed_days=tuple(_month_day(day) for day in table["prescribed_days"]),
        end_age=table["end_age"],
        leaving_weekday=WEEKDAYS.index(table["leaving_weekday"]),
        leaving_month=table["leaving_month"],
        school_year_starts=_month_day(table["school_year_starts"]),
    )


def _code_set(table: dict[str, Any]) -> CodeSet:
    codes = table["codes"].items()
    return CodeSet(
        since=table["since"],
        until=table.get("until"),
        paragraph=table["paragraph"],
        codes=tuple(AttendanceCode(code, CodeClass(told["class"]), means=told["means"]) for code, told in codes),
        unexplained=tuple(table["unexplained"]),
        came_late=tuple(table["came_late"]),
        not_held=tuple(table["not_held"]),
    )


RULES = _school_age(_tables("school_age.toml", "school_age")[-1])
CODES_2006, CODES_2024 = CODE_SETS = tuple(_code_set(table) for table in _tables("attendance_codes.toml", "set"))


def day_of(day: date, codes: str) -> list[Mark]:
    """The marks of a day from "AM PM", or from one code for both."""
    morning, *afternoon = codes.split()
    return [Mark(day, Session.AM, morning), Mark(day, Session.PM, (afternoon or [morning])[0])]


def days_of(first: date, *codes: str) -> list[Mark]:
    """Marks for days that follow each other from the first, whatever their weekday."""
    return [
        mark for number, code in enumerate(codes) for mark in day_of(date.fromordinal(first.toordinal() + number), code)
    ]
