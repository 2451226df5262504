"""What to do about a fault: a line of advice for each sort, so that a message ends with the next step."""

import re
from collections.abc import Iterable

from attrs import evolve

from cme_rules.errors import PolicyFault

__all__ = ["advised"]

_REMEDIES: tuple[tuple[str, str], ...] = (
    (r"^this key is not known; did you mean '(\w+)'", "write {0}"),
    (r"^this key is not known", "take the key out, or write one of those that are known"),
    (r"^the key '(\w+)' is missing", "add {0} = …"),
    (r"^expected a list of texts", 'write a list in brackets, each item in quotes: ["one", "two"]'),
    (r"^expected text in quotes", 'put the text in quotes: "…"'),
    (r"^expected a whole number", "write digits without quotes and without a decimal point: 28"),
    (r"^expected true or false", "write true or false, without quotes"),
    (r"^expected a date such as", "write the day as 2026-11-23: no quotes, no time"),
    (r"^expected a table of keys", "put a heading in brackets above it, and its keys below"),
    (r"^schema .* is not known", "write schema = 1, or use the library the policy was written for"),
    (r"^the id is '(\w+)' and the folder is '(\w+)'", 'write id = "{1}", or rename the folder to {0}'),
    (r"^source '(.*)' ends before it begins", "`until` is the last day in force: put it after `since`"),
    (r"^source '(.*)' is already declared", "give the second one another id; rules cite a source by its id"),
    (r"^source '.*' is not declared", "declare it under [[sources]] in policy.toml, or name one that is there"),
    (r"^paragraph '(.*)' stands in no source", 'add ["{0}"] to source.toml, or cite a paragraph that is there'),
    (r"^status '.*' is not one of", "encoded where something is computed from it, context where nothing is"),
    (r"^a context paragraph says why", 'add why = "…": one line on why nothing is computed'),
    (r"^'.*' is not one of (.*)$", "write one of these words as it stands, in quotes"),
    (r"^a number names its unit", 'add unit = "…", such as "session" or "calendar_day"'),
    (r"^only a number has a unit", 'take `unit` out, or write type = "int"'),
    (r"cannot be a name in a condition", "such as on_school_roll"),
    (r"is a word of the condition language", "such as absence_rate in place of rate"),
    (r"^role '(.*)' is not declared", "add [{0}] with a title to roles.toml, or name a role that is there"),
    (
        r"^a span of .* says how it is counted",
        'add counted = "beginning_with" where the first day counts, else "after"',
    ),
    (r"is not counted out in days", "take `counted` out: it belongs to spans of days, weeks and months"),
    (r"^a parameter has at least one dated value", "write values = [{{ since = 2026-09-01, value = 28 }}]"),
    (r"^a span counts from 1 upwards", "write the number of days, weeks or months, 1 or more"),
    (r"^the value since .* ends before it begins", "`until` is the last day of the value: put it after `since`"),
    (r"^the values since .* overlap", "`until` is the last day of the value, included"),
    (r"^'.*' is not declared; did you mean '(\w+)'", "write {0}, or declare the name you meant"),
    (r"^'(.*)' is not declared", "declare {0} in facts.toml, parameters.toml or definitions/, or mend the fault there"),
    (
        r"^'(.*)' is already declared in pack '(.*)'",
        "take it out: a policy has what it extends; or choose another name",
    ),
    (r"^'(.*)' is already a fact", "choose another name: each name stands for one thing"),
    (r"^'(.*)' is already the name of", "choose another name for the action"),
    (r"^'(.*)' already stands in (.*)$", 'put a word after a slash, such as ["{0}/again"], or join the two'),
    (
        r"^a rule gives exactly one of",
        "write `finding` for a yes or no, `action` for a duty, `schedule` for what recurs",
    ),
    (r"^a rule says when it applies", 'add when = "…"; a rule that always applies says when = "True"'),
    (r"^a finding has words", 'add words = "the child …", a clause that can follow "because"'),
    (r"^an action has a role and a force", 'add role = "…" and force = "must", "should", "may" or "consider"'),
    (r"is not a parameter with a span of time", "name one of parameters.toml whose unit is days, weeks or months"),
    (r"is not a date: a span is set running", "name a fact or definition of type date"),
    (r"^a number other than 0 and 1 is a parameter", "a number stands once, with its unit and its paragraph"),
    (r"^known\(\) takes the name of a fact", "name one of facts.toml: only a fact is given or not given"),
    (r"^the rule ends on .*, before it begins", "`until` is the last day in force: put it after `since`"),
    (r"^this paragraph is marked context", 'write status = "encoded" in source.toml, or move the rule'),
    (r"^expected a role of roles", "write the id of a role of roles.toml, in quotes"),
    (r"^there is no finding or action '(.*)'", "name one that some rule gives; spelling counts"),
    (r"^conflicts_with and conflict stand together", "add the one that is missing"),
    (r"^preview '(.*)' is not declared", 'add [[previews]] with id = "{0}" to policy.toml'),
    (r"^'.*' is already given by", "end the earlier rule with `until` and begin the later with `since`"),
    (r"^these are defined by one another", "write one of them without the others"),
    (r"^in force since .*, but parameter '(.*)' has no value", "begin a value of {0} earlier, or the rule later"),
    (
        r"is enacted and not in force: only its own preview",
        "add the same `not_commenced`, or use the law that is in force",
    ),
    (
        r"^in force since .*, but uses '(.*)', in force since (.*)$",
        "add since = {1} to this rule, or begin {0} earlier",
    ),
    (r"^uses '(.*)', which ends on (\S+),", "add until = {1} to this rule, or let a later rule give {0}"),
    (r"^extends a policy that extends this one", "take `extends` out of one of the two"),
    (r"^there is no policy '(.*)'", "put the folder {0} beside this one, or extend a shipped policy"),
    (r"^calendar '(.*)' is not in calendars", "add calendars/{0}.toml, or name a calendar that is there"),
    (r"^state '(.*)' is not declared", "add [state.{0}], or name a state that is there"),
    (r"^only what is reconstructed is drawn from", 'take `drawn_from` out, or write basis = "reconstructed"'),
    (
        r"declares no such fact",
        "a case gives facts of facts.toml; the days and statuses it expects stand under due, status …",
    ),
    (r"has no (finding|action|finding or action) of this name", "name one that some rule of the policy gives"),
    (r"^this file has no base '(.*)'", "add [base.{0}] with the facts it shares, or name one that is there"),
    (r"^a case's name is a sentence", "write three words or more: what the child is, and what follows"),
    (r"^expected one of (.*)$", "write one of these words in quotes"),
    (r"^expected a list of (\d+) values", "a row has a value for each of the columns, in their order"),
    (
        r"^the dates give (\d+) open days",
        "compare terms, holidays and INSET days with the source; then write {0} if it agrees",
    ),
    (r"is none of ", "write one of these words in quotes"),
    (r"ends on .*, before it begins", "put the last day after the first"),
    (r"^there is no list of bank holidays '(.*)'", "name one that is there, or add it"),
    (r"is not an open day", "an INSET day is a weekday in term on which no pupil comes"),
    (r"^this does not parse", "write it in the condition language: names, and or not, comparisons, functions"),
    (r"^there is no function|is not a function", "the functions are listed in the reference of the condition language"),
    (r"^the rules of school age do not fit", "compare them with a school_age.toml that loads"),
    (r"^this set of codes does not fit", "compare it with an attendance_codes.toml that loads"),
)

_OF_A_CONDITION = "the caret shows the place; a condition has names, and or not, comparisons, in (…) and the functions"


def advised(faults: Iterable[PolicyFault]) -> tuple[PolicyFault, ...]:
    """The faults, each that has no remedy of its own with the advice for its sort."""
    return tuple(fault if fault.remedy else evolve(fault, remedy=_remedy(fault.problem)) for fault in faults)


def _remedy(problem: str) -> str:
    line = problem.split("\n", maxsplit=1)[0]
    for pattern, advice in _REMEDIES:
        found = re.search(pattern, line)
        if found:
            return advice.format(*found.groups())
    return _OF_A_CONDITION if problem.rstrip().endswith("^") else ""
