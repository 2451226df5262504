"""`cme-rules calendar`: school days counted, found and explained."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from cme_rules.cli.options import day

if TYPE_CHECKING:
    from cme_rules.calendars.days import SchoolYear
    from cme_rules.calendars.school import SchoolCalendar
    from cme_rules.policy.model.policy import Policy

__all__ = ["add", "calendar", "count", "show"]


class _Day(click.ParamType[date]):  # click's types are made by inheriting from its own
    """A day typed as 2026-11-23."""

    name = "DAY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002
        """The day, or a fault that does not repeat what was typed."""
        return value if isinstance(value, date) else day(str(value))


_DAY = _Day()


@click.group()
@click.option("--policy", "policy_name", required=True, metavar="P", help="A policy's name, or the path of its folder.")
@click.option("--school", metavar="URN", default="", help="A school with its own calendar; otherwise the authority's.")
@click.option(
    "--assume-authority", is_flag=True, help="For a school without a calendar of its own, take the authority's dates."
)
@click.pass_context
def calendar(ctx: click.Context, policy_name: str, school: str, *, assume_authority: bool) -> None:
    """Count, find and explain school days. Both ends of a range are counted; days are written 2026-11-23."""
    from cme_rules.cli.policies import policy_named

    ctx.obj = _chosen(policy_named(policy_name), school, assume_authority=assume_authority)


def _chosen(policy: "Policy", school: str, *, assume_authority: bool) -> "SchoolCalendar":
    if school:
        return policy.calendars.for_school(school, assume_authority=assume_authority, authority=policy.calendar)
    if not policy.calendar:
        msg = (
            f"policy {policy.id!r} has no school calendar of its own: give --school, or a policy that names a calendar"
        )
        raise click.UsageError(msg)
    return policy.calendars.authority(policy.calendar)


@calendar.command()
@click.argument("first", metavar="FROM", type=_DAY)
@click.argument("last", metavar="TO", type=_DAY)
@click.pass_obj
def count(chosen: "SchoolCalendar", first: date, last: date) -> None:
    """Count the school days from FROM to TO, both ends counted."""
    days, sessions = chosen.school_days_between(first, last), chosen.sessions_between(first, last)
    sure = chosen.certainty(first, last).value
    click.echo(f"{_several(days, 'school day')} ({_several(sessions, 'session')}) from {first} to {last}, both counted")
    click.echo(f"  calendar {chosen.name}, {sure}")


@calendar.command(context_settings={"ignore_unknown_options": True})
@click.argument("start", metavar="DAY", type=_DAY)
@click.argument("number", metavar="N", type=int)
@click.pass_obj
def add(chosen: "SchoolCalendar", start: date, number: int) -> None:
    """Find the Nth school day after DAY, which is not counted itself; N is 1 or more."""
    found = chosen.school_day_after(start, number)
    sure = chosen.certainty(start, found).value
    click.echo(f"{found} ({found:%A}), the {_nth(number)} school day after {start}")
    click.echo(f"  calendar {chosen.name}, {sure}")


@calendar.command()
@click.argument("what", metavar="[DAY|YEAR]", required=False)
@click.pass_obj
def show(chosen: "SchoolCalendar", what: str | None) -> None:
    """Explain a DAY, set out a school YEAR such as 2025/26, or list the years the calendar covers."""
    if what is None:
        click.echo("\n".join(_years(chosen)))
        return
    year = next((year for year in chosen.years if what in (year.label, year.label[:4])), None)
    if year is not None:
        click.echo("\n".join(_year(chosen, year)))
        return
    try:
        click.echo("\n".join(_explained(chosen, day(what))))
    except click.BadParameter:
        labels = ", ".join(year.label for year in chosen.years)
        msg = f"expected a day such as 2026-11-23, or one of the school years {labels}"
        raise click.UsageError(msg) from None


def _years(chosen: "SchoolCalendar") -> Iterator[str]:
    yield f"calendar {chosen.name}, {chosen.first} to {chosen.last}"
    for year in chosen.years:
        days = chosen.school_days_between(year.first, year.last)
        yield f"  {year.label}: {_several(days, 'school day')} from {year.first} to {year.last}, {year.certainty.value}"


def _year(chosen: "SchoolCalendar", year: "SchoolYear") -> Iterator[str]:
    from cme_rules.calendars.days import DayKind

    yield f"calendar {chosen.name}, school year {year.label}, {year.certainty.value}"
    for term in year.terms:
        days = chosen.school_days_between(term.first, term.last)
        yield f"  {term.name}: {term.first} to {term.last}, {_several(days, 'school day')}"
    for kind in (DayKind.INSET, DayKind.OCCASIONAL, DayKind.CLOSURE_PLANNED, DayKind.CLOSURE_EMERGENCY):
        number = chosen.days_of(kind, year.first, year.last)
        if number:
            yield f"  {kind.value.replace('_', ' ')}: {_several(number, 'day')}"
    yield f"  in all: {_several(chosen.school_days_between(year.first, year.last), 'school day')}"
    for note in chosen.notes:
        if year.first <= note.first <= year.last:
            yield f"  {note.first}{f' to {note.last}' if note.last != note.first else ''}: {note.text}"
    yield f"  source: {year.source}{f', read {year.read}' if year.read else ''}"


def _explained(chosen: "SchoolCalendar", wanted: date) -> Iterator[str]:
    found = chosen.explain(wanted)
    kind = found.kind.value.replace("_", " ")
    yield f"{wanted} ({wanted:%A}): {kind}"
    if found.label != kind:
        yield f"  {found.label}"
    if found.term:
        yield f"  in {found.term.name}, {found.term.first} to {found.term.last}"
    if found.sessions:
        yield f"  sessions: {' and '.join(sorted(half.value for half in found.sessions))}"
    yield f"  calendar {chosen.name}{f', school year {found.school_year}' if found.school_year else ''}"
    yield f"  {found.certainty.value}{f', by {found.source}' if found.source else ''}"


def _several(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _nth(number: int) -> str:
    """An ordinal: 1st, 2nd, 3rd, 4th … 11th … 21st."""
    tens = 10 < number % 100 < 20  # noqa: PLR2004 - eleventh to nineteenth
    return f"{number}{'th' if tens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
