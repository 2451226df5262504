"""May a name come off the roll: which grounds apply, which could, which fail and why, and from which day.

What is a ground, what bars one, what has to be sent and what a local policy adds is said by the policy, in the
`group` of its rules. Facts are as at the close of the day, so a name goes on the day after a ground first applies.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen

from cme_rules.calendars.school import SchoolCalendar
from cme_rules.conditions.judge import evaluate, verdict
from cme_rules.conditions.nodes import Name
from cme_rules.conditions.words import say
from cme_rules.domain.verdict import Force, Verdict
from cme_rules.engine.due import action
from cme_rules.engine.grounds import Ground, findings_in, grounds_in
from cme_rules.engine.scope import Scope
from cme_rules.engine.sentences import day
from cme_rules.engine.standing import ABSENT, standing_of
from cme_rules.engine.tell import in_words
from cme_rules.engine.when_next import a_year_after, stretch_of
from cme_rules.errors import CallError
from cme_rules.policy.model.policy import Law, Policy, as_day
from cme_rules.policy.model.rules import Group, Rule

if TYPE_CHECKING:
    from cme_rules.domain.children import Child

__all__ = ["Removal", "Step", "removal"]


@frozen(kw_only=True)
class Step:
    """Something that must, must not, should or may be done around a removal, and where it stands on the day.

    `status` is the action's, or "possible" where a missing fact decides whether it arises, or "absent". `when` says
    what sets it off and `limit` by when, in words, so that a step still to come can be planned; `contents` says what
    something that is sent has to hold.
    """

    id: str
    title: str
    role: str
    force: Force
    status: str
    paragraphs: tuple[str, ...]
    when: str
    limit: str = ""
    due: date | None = None
    first_lawful_day: date | None = None
    if_not: str = ""
    contents: tuple[str, ...] = ()
    conflict: str = ""
    judgement: str = ""
    readings: tuple[str, ...] = ()


@frozen(kw_only=True)
class Removal:
    """The answer for one name on one day, `verdict` first: must it come off, by some ground of the day's law.

    `bars` are findings that stand against grounds, `acts` what the law says of the name, `returns` what has to be
    sent to the authority and by when. `local` and `local_steps` are the local policy's own; where one of them differs
    from the law it says how. `sources` names the law the grounds stand in.
    """

    on: date
    verdict: Verdict
    grounds: tuple[Ground, ...]
    bars: tuple[Ground, ...]
    acts: tuple[Step, ...]
    returns: tuple[Step, ...]
    local: tuple[Ground, ...]
    local_steps: tuple[Step, ...]
    sources: tuple[str, ...]

    @property
    def applying(self) -> tuple[Ground, ...]:
        """The grounds that apply."""
        return tuple(each for each in self.grounds if each.verdict is Verdict.HOLDS)

    @property
    def possible(self) -> tuple[Ground, ...]:
        """The grounds of which it is not known whether they apply: each says what is missing."""
        return tuple(each for each in self.grounds if each.verdict is Verdict.UNKNOWN)

    @property
    def failing(self) -> tuple[Ground, ...]:
        """The grounds that do not apply: each says why."""
        return tuple(each for each in self.grounds if each.verdict is Verdict.FAILS)

    @property
    def first_day(self) -> date | None:
        """The first day on which the name could be taken off if nothing else happens; None where none is in sight."""
        return min((each.first_day for each in self.grounds if each.first_day), default=None)

    @property
    def differences(self) -> tuple[tuple[Ground, Ground | None], ...]:
        """Each local finding that may differ from the law, with the ground it differs from where that is in force."""
        by_name = {each.name: each for each in self.grounds}
        return tuple((each, by_name.get(each.conflicts_with)) for each in self.local if each.conflict)

    def tell(self) -> str:
        """The answer as text for a person."""
        return "\n".join(_told(self))


def removal(
    child: "Mapping[str, Any] | Child",
    policy: Policy,
    *,
    on: date,
    until: date | None = None,
    preview: Iterable[str] = (),
    calendar: SchoolCalendar | None = None,
) -> Removal:
    """May this name be taken off the roll: the grounds of the day, what they want for, what follows, what is local.

    First days are looked for up to and including `until`, a year after `on` where it is left out.

    Raises CallError for faulty facts, a datetime, and a policy that has no rule on when a name must go.
    """
    last = as_day(until, "until") if until else a_year_after(on)
    stretch = stretch_of(child, policy, on=on, until=last, preview=preview, calendar=calendar)
    scope = stretch.scope(on)
    law = scope.moment.law
    due = [rule for rule in law.rules if rule.group is Group.DELETION_DUE]
    if not due:
        msg = f"policy {policy.id!r} has no rule of group {Group.DELETION_DUE.value!r} in force on this day"
        raise CallError(msg)
    grounds = grounds_in(stretch)
    return Removal(
        on=on,
        verdict=verdict(evaluate(due[0].when, scope)),
        grounds=grounds,
        bars=findings_in(stretch, Group.REMOVAL_BAR),
        acts=_steps(scope, Group.REMOVAL_ACT),
        returns=_steps(scope, Group.REMOVAL_RETURN),
        local=findings_in(stretch, Group.REMOVAL_LOCAL),
        local_steps=_steps(scope, Group.REMOVAL_LOCAL),
        sources=_sources(grounds, law),
    )


def _sources(grounds: tuple[Ground, ...], law: Law) -> tuple[str, ...]:
    paragraphs = [law.policy.paragraphs[each.paragraphs[0]] for each in grounds]
    return tuple(dict.fromkeys(law.policy.sources[each.source].title for each in paragraphs))


def _steps(scope: Scope, group: Group) -> tuple[Step, ...]:
    return tuple(_step(rule, scope) for rule in scope.moment.law.duties if rule.group is group)


def _step(rule: Rule, scope: Scope) -> Step:
    law, duty, status = scope.moment.law, rule.duty, standing_of(rule, scope)
    assert duty is not None  # noqa: S101 - the caller picks duties
    act = action(rule, verdict(evaluate(rule.when, scope)), discharged=False, scope=scope)
    arisen = status != ABSENT
    role = law.policy.roles[duty.role]
    return Step(
        id=duty.action,
        title=rule.title,
        role=role.title,
        force=duty.force,
        status=status,
        paragraphs=rule.paragraphs,
        when=say(rule.when, law.phrases),
        limit=_limit(rule, law),
        due=act.due if arisen else None,
        first_lawful_day=act.first_lawful_day if arisen else None,
        if_not=duty.if_not,
        contents=duty.contents,
        conflict=rule.conflict,
        judgement=rule.judgement,
        readings=rule.readings,
    )


def _limit(rule: Rule, law: Law) -> str:
    limit = rule.duty.due if rule.duty else None
    return f"{law.phrases[limit.span].words}, counted from {say(Name(limit.of), law.phrases)}" if limit else ""


def _told(found: Removal) -> Iterator[str]:
    yield f"The name must come off on {day(found.on)}: {in_words(found.verdict)} ({'; '.join(found.sources)})"
    if found.first_day:
        yield f"First day on which the name could go, if nothing else happens: {day(found.first_day)}"
    by_verdict = (("Apply", found.applying), ("Could apply", found.possible), ("Do not apply", found.failing))
    for heading, grounds in by_verdict:
        yield from ("", heading, *(line for each in grounds for line in _ground_lines(each))) if grounds else ()
    for heading, steps in (("The name", found.acts), ("To send", found.returns), ("Local steps", found.local_steps)):
        yield from ("", heading, *(line for each in steps for line in _step_lines(each))) if steps else ()
    if found.local:
        yield from ("", "Local findings", *(line for each in found.local for line in _ground_lines(each)))


def _ground_lines(each: Ground) -> Iterator[str]:
    yield f"- {each.title} ({', '.join(each.paragraphs)}): {in_words(each.verdict)}"
    if each.verdict is Verdict.UNKNOWN:
        yield f"    to ask: {'; '.join(dict.fromkeys(fact.question for fact in each.missing))}"
    elif each.verdict is Verdict.FAILS:
        yield f"    because {' and '.join(each.because)}"
    if each.holds_from and each.verdict is not Verdict.HOLDS:
        yield f"    if nothing else happens it applies at the close of {day(each.holds_from)}"
    elif each.earliest:
        yield f"    whatever else happens not before the close of {day(each.earliest)}"
    if each.conflict:
        yield f"    differs from {each.conflicts_with}: {each.conflict}"


def _step_lines(step: Step) -> Iterator[str]:
    by = f", by {day(step.due)}" if step.due else f", within {step.limit}" if step.limit else ""
    who = f"{step.role} {step.force.value.replace('_', ' ')}"
    yield f"- {who}: {step.title}{by} [{step.status}] ({', '.join(step.paragraphs)})"
    if step.contents:
        yield f"    it holds: {'; '.join(step.contents)}"
    if step.conflict:
        yield f"    differs: {step.conflict}"
