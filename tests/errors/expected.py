"""What loading says of each broken policy of `tests.policy.test_load`: file, line, key, what is wrong, what to do."""

__all__ = ["EXPECTED"]

EXPECTED = {
    "a key that is not known": (
        "tiny/facts.toml:4: on_roll.kows: this key is not known; did you mean 'knows'?\n    write knows"
    ),
    "a key nothing is like": (
        "tiny/roles.toml:2: team.zzz: this key is not known; this table may hold: title, organisation, "
        "paragraph, acts\n"
        "    take the key out, or write one of those that are known"
    ),
    "a key left out": ("tiny/facts.toml:1: on_roll.ask: the key 'ask' is missing\n    add ask = …"),
    "text where a list belongs": (
        "tiny/facts.toml:4: on_roll.knows: expected a list of texts, found text\n"
        '    write a list in brackets, each item in quotes: ["one", "two"]'
    ),
    "text where a number belongs": (
        "tiny/parameters.toml:7: long_out.values[0].value: expected a whole number, found text\n"
        "    write digits without quotes and without a decimal point: 28"
    ),
    "a yes where text belongs": (
        'tiny/facts.toml:3: on_roll.ask: expected text in quotes, found true or false\n    put the text in quotes: "…"'
    ),
    "a number with a decimal point": (
        "tiny/facts.toml:26: letters.minimum: expected a whole number, found a number with a decimal point\n"
        "    write digits without quotes and without a decimal point: 28"
    ),
    "a time where a day belongs": (
        "tiny/policy.toml:4: since: expected a date such as 2026-11-23, without quotes, found a date with a time\n"
        "    write the day as 2026-11-23: no quotes, no time"
    ),
    "a day in quotes": (
        "tiny/policy.toml:4: since: expected a date such as 2026-11-23, without quotes, found text\n"
        "    write the day as 2026-11-23: no quotes, no time"
    ),
    "something that is no table": (
        "tiny/roles.toml:1: team: expected a table of keys and values\n"
        "    put a heading in brackets above it, and its keys below"
    ),
    "another schema": (
        "tiny/policy.toml:1: schema: schema 2 is not known; expected 1\n"
        "    write schema = 1, or use the library the policy was written for"
    ),
    "an id unlike its folder": (
        "tiny/policy.toml:2: id: the id is 'huge' and the folder is 'tiny': expected the same name\n"
        '    write id = "tiny", or rename the folder to huge'
    ),
    "a rank nobody has": (
        "tiny/policy.toml:9: sources: 'gospel' is not one of statute, regulations, statutory_guidance, "
        "guidance, council_policy, school_practice\n"
        "    write one of these words as it stands, in quotes"
    ),
    "a source that ends first": (
        "tiny/policy.toml:9: sources: source 'book' ends before it begins\n"
        "    `until` is the last day in force: put it after `since`"
    ),
    "a source twice": (
        "tiny/policy.toml:20: sources: source 'book' is already declared\n"
        "    give the second one another id; rules cite a source by its id"
    ),
    "a file nothing reads": (
        "tiny/facst.toml: nothing reads this\n"
        "    known: attendance_codes, directory, facts, parameters, policy, readings, roles, school_age, source, terms"
    ),
    "a folder nothing reads": (
        "tiny/rulez: nothing reads this\n    known: calendars, cases, definitions, processes, rules"
    ),
    "a paragraph of no kind": (
        "tiny/source.toml:6: 2: 'chore' is not one of definition, finding, duty, permission, judgement, "
        "schedule, process, register_check, directory, context\n"
        "    write one of these words as it stands, in quotes"
    ),
    "a paragraph in no state": (
        "tiny/source.toml:1: 1: status 'done' is not one of encoded, context\n"
        "    encoded where something is computed from it, context where nothing is"
    ),
    "a context without a reason": (
        "tiny/source.toml:12: 3: a context paragraph says why nothing is computed: add `why`\n"
        '    add why = "…": one line on why nothing is computed'
    ),
    "a paragraph of no source": (
        "tiny/source.toml:9: 2.source: source 'moon' is not declared in policy.toml\n"
        "    declare it under [[sources]] in policy.toml, or name one that is there"
    ),
    "a citation of nothing": (
        "tiny/source.toml:10: 2.cites: paragraph '9' stands in no source.toml\n"
        '    add ["9"] to source.toml, or cite a paragraph that is there'
    ),
    "a fact of no type": (
        "tiny/facts.toml:2: on_roll.type: 'maybe' is not one of bool, int, date, text, span\n"
        "    write one of these words as it stands, in quotes"
    ),
    "a number without a unit": (
        "tiny/facts.toml:20: letters.unit: a number names its unit\n"
        '    add unit = "…", such as "session" or "calendar_day"'
    ),
    "a unit without a number": (
        'tiny/facts.toml:3: on_roll.unit: only a number has a unit\n    take `unit` out, or write type = "int"'
    ),
    "a fact with a bad name": (
        "tiny/facts.toml:35: On Roll: 'On Roll' cannot be a name in a condition: use small letters and underscores\n"
        "    such as on_school_roll"
    ),
    "a fact named like a function": (
        "tiny/facts.toml:35: rate: 'rate' is a word of the condition language: choose another name\n"
        "    such as absence_rate in place of rate"
    ),
    "a role nobody declared": (
        "tiny/facts.toml:4: on_roll.knows: role 'ghost' is not declared in roles.toml\n"
        "    add [ghost] with a title to roles.toml, or name a role that is there"
    ),
    "a span that does not say how it is counted": (
        "tiny/parameters.toml:1: long_out.counted: a span of calendar_days says how it is counted: "
        "beginning_with, after or clear\n"
        '    add counted = "beginning_with" where the first day counts, else "after"'
    ),
    "a span counted in no known way": (
        "tiny/parameters.toml:4: long_out.counted: 'roughly' is not one of beginning_with, after, clear\n"
        "    write one of these words as it stands, in quotes"
    ),
    "a bare number counted out": (
        "tiny/parameters.toml:12: enough_letters.counted: a number of letter is not counted out in days\n"
        "    take `counted` out: it belongs to spans of days, weeks and months"
    ),
    "no value at all": (
        "tiny/parameters.toml:7: long_out.values: a parameter has at least one dated value\n"
        "    write values = [{ since = 2026-09-01, value = 28 }]"
    ),
    "a span of nothing": (
        "tiny/parameters.toml:7: long_out.values: a span counts from 1 upwards, and no number is negative\n"
        "    write the number of days, weeks or months, 1 or more"
    ),
    "a value that ends first": (
        "tiny/parameters.toml:13: enough_letters.values: the value since 2020-01-01 ends before it begins\n"
        "    `until` is the last day of the value: put it after `since`"
    ),
    "values that overlap": (
        "tiny/parameters.toml:13: enough_letters.values: the values since 2020-01-01 and since "
        "2025-01-01 overlap: end the earlier with `until`\n"
        "    `until` is the last day of the value, included"
    ),
    "a number in no paragraph": (
        "tiny/parameters.toml:5: long_out.paragraph: paragraph '9' stands in no source.toml\n"
        '    add ["9"] to source.toml, or cite a paragraph that is there'
    ),
    "a definition that does not parse": (
        "tiny/definitions/out.toml:2: days_out.means: 'lft' is not declared; did you mean 'left'?\n"
        "    days_since(lft)\n"
        "               ^\n"
        "    write left, or declare the name you meant"
    ),
    "a definition in no paragraph": (
        "tiny/definitions/out.toml:4: days_out.paragraph: paragraph '9' stands in no source.toml\n"
        '    add ["9"] to source.toml, or cite a paragraph that is there'
    ),
    "a definition with a fact's name": (
        "tiny/definitions/out.toml:12: on_roll: 'on_roll' is already a fact, a finding or a parameter\n"
        "    choose another name: each name stands for one thing"
    ),
    "a definition of itself": (
        "tiny/definitions/out.toml:13: round.means: 'round' is not declared\n"
        "    round\n"
        "    ^\n"
        "    declare round in facts.toml, parameters.toml or definitions/, or mend the fault there"
    ),
    "a rule that gives nothing": (
        "tiny/rules/1_out.toml:1: 1: a rule gives exactly one of finding, action, schedule; found none\n"
        "    write `finding` for a yes or no, `action` for a duty, `schedule` for what recurs"
    ),
    "a rule that gives two things": (
        "tiny/rules/1_out.toml:1: 1: a rule gives exactly one of finding, action, schedule; found finding and action\n"
        "    write `finding` for a yes or no, `action` for a duty, `schedule` for what recurs"
    ),
    "a rule that never applies": (
        "tiny/rules/1_out.toml:1: 1.when: a rule says when it applies: the key 'when' is missing\n"
        '    add when = "…"; a rule that always applies says when = "True"'
    ),
    "a finding without words": (
        "tiny/rules/1_out.toml:1: 1.words: a finding has words, so that it can stand in a sentence\n"
        '    add words = "the child …", a clause that can follow "because"'
    ),
    "an action nobody does": (
        "tiny/rules/2_visit.toml:1: 2.role: an action has a role and a force: who must, should or may do it\n"
        '    add role = "…" and force = "must", "should", "may" or "consider"'
    ),
    "an action of an unknown role": (
        "tiny/rules/2_visit.toml:5: 2.role: role 'ghost' is not declared in roles.toml\n"
        "    add [ghost] with a title to roles.toml, or name a role that is there"
    ),
    "an action of no force": (
        "tiny/rules/2_visit.toml:4: 2.force: 'might' is not one of must, must_not, should, may, consider\n"
        "    write one of these words as it stands, in quotes"
    ),
    "a limit that is no span": (
        "tiny/rules/2_visit.toml:7: 2.due: 'enough_letters' is not a parameter with a span of time\n"
        "    name one of parameters.toml whose unit is days, weeks or months"
    ),
    "a limit of no date": (
        "tiny/rules/2_visit.toml:7: 2.due: 'on_roll' is not a date: a span is set running by a dated fact\n"
        "    name a fact or definition of type date"
    ),
    "a discharge that does not parse": (
        "tiny/rules/2_visit.toml:8: 2.discharged: 'visitd' is not declared; did you mean 'visited'?\n"
        "    happened(visitd)\n"
        "             ^\n"
        "    write visited, or declare the name you meant"
    ),
    "a condition with a number": (
        "tiny/rules/1_out.toml:5: 1.when: a number other than 0 and 1 is a parameter: name it in parameters.toml\n"
        "    not on_roll and letters >= 3\n"
        "                               ^\n"
        "    a number stands once, with its unit and its paragraph"
    ),
    "known() of a definition": (
        "tiny/rules/1_out.toml:5: 1.when: known() takes the name of a fact\n"
        "    name one of facts.toml: only a fact is given or not given"
    ),
    "a rule that ends first": (
        "tiny/rules/1_out.toml:6: 1.until: the rule ends on 2019-01-01, before it begins on 2020-01-01\n"
        "    `until` is the last day in force: put it after `since`"
    ),
    "a rule in no paragraph": (
        "tiny/rules/1_out.toml:1: 9: this paragraph stands in no source.toml\n"
        "    a rule's key is its paragraph's id, or that id, a slash and a word"
    ),
    "a rule for a mere context": (
        "tiny/rules/1_out.toml:1: 3: this paragraph is marked context, and here is a rule for it\n"
        '    write status = "encoded" in source.toml, or move the rule'
    ),
    "a rule that cites nothing": (
        "tiny/rules/1_out.toml:6: 1.cites: paragraph '9' stands in no source.toml\n"
        '    add ["9"] to source.toml, or cite a paragraph that is there'
    ),
    "a conflict with nothing": (
        "tiny/rules/1_out.toml:1: 1: there is no finding or action 'ghost'\n"
        "    name one that some rule gives; spelling counts"
    ),
    "half a conflict": (
        "tiny/rules/1_out.toml:6: 1.conflict: conflicts_with and conflict stand together: with what, "
        "and how they differ\n"
        "    add the one that is missing"
    ),
    "an exclusion of nothing": (
        "tiny/rules/1_out.toml:1: 1: there is no finding or action 'ghost'\n"
        "    name one that some rule gives; spelling counts"
    ),
    "a preview nobody declared": (
        "tiny/rules/1_out.toml:6: 1.not_commenced: preview 'x' is not declared in policy.toml\n"
        '    add [[previews]] with id = "x" to policy.toml'
    ),
    "a finding with a fact's name": (
        "tiny/rules/1_out.toml:3: 1.finding: 'on_roll' is already a fact or a parameter\n"
        "    choose another name: each name stands for one thing"
    ),
    "a finding given twice on one day": (
        "tiny/rules/1_out.toml:8: 1/again: 'out_of_school' is already given by '1' on the same days: date them apart\n"
        "    end the earlier rule with `until` and begin the later with `since`"
    ),
    "an action with a finding's name": (
        "tiny/rules/2_visit.toml:3: 2.action: 'out_of_school' is already the name of a finding, a "
        "definition or a number\n"
        "    choose another name for the action"
    ),
    "the same paragraph key in two files": (
        "tiny/rules/3_more.toml:1: 1: '1' already stands in tiny/rules/1_out.toml\n"
        '    put a word after a slash, such as ["1/again"], or join the two'
    ),
    "findings defined by one another": (
        "tiny/rules/1_out.toml:8: 1/a: these are defined by one another: a → b → a\n"
        "    write one of them without the others"
    ),
    "a number with no value yet": (
        "tiny/rules/1_out.toml:5: 1.when: in force since 2020-01-01, but parameter 'long_out' has no "
        "value before 2021-01-01\n"
        "    begin a value of long_out earlier, or the rule later"
    ),
    "law that is not in force, relied on": (
        "tiny/rules/2_visit.toml:1: 2: 'out_of_school' is enacted and not in force: only its own preview may use it\n"
        "    add the same `not_commenced`, or use the law that is in force"
    ),
    "a finding not given yet, relied on": (
        "tiny/rules/2_visit.toml:1: 2: in force since 2020-01-01, but uses 'out_of_school', in force since 2022-01-01\n"
        "    add since = 2022-01-01 to this rule, or begin out_of_school earlier"
    ),
    "a finding no longer given, relied on": (
        "tiny/rules/2_visit.toml:1: 2: uses 'out_of_school', which ends on 2022-01-01, and stays in force after it\n"
        "    add until = 2022-01-01 to this rule, or let a later rule give out_of_school"
    ),
}
"""The whole message of the fault each is about, by what is broken."""
