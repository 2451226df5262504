"""What a policy's page is put together from: what stands under a paragraph besides rules, its looks, its search."""

import re
from collections.abc import Iterator

from cme_rules.conditions.words import say
from cme_rules.engine.sentences import day, sentence, spaced
from cme_rules.policy.model.facts import Parameter
from cme_rules.policy.model.policy import Policy
from cme_rules.render.blocks import Block, Para
from cme_rules.render.policies import conditions

__all__ = ["PAGE_STYLE", "SEARCH", "anchor", "paragraph_readings", "things_under"]


def anchor(name: str) -> str:
    """A name as the end of an address on the page.

    >>> anchor("reg.9(1)")
    'p-reg-9-1'
    """
    return "p-" + re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")


def things_under(paragraph: str, policy: Policy) -> Iterator[Block]:
    """The definitions, numbers, schedules, roles and terms that stand under a paragraph."""
    for definition in policy.definitions.values():
        words = definition.phrase.words
        if definition.paragraph == paragraph and say(definition.means, policy.phrases) != words:
            yield from conditions("Means:", definition.means, policy, begins=f"{words}: ")
    for number in policy.parameters.values():
        if number.paragraph == paragraph:
            yield Para(_number(number), strong="Number:")
    for schedule in policy.schedules:
        if schedule.paragraph == paragraph:
            yield Para(sentence(schedule.title), strong="Comes round:")
    for role in policy.roles.values():
        if role.paragraph == paragraph:
            yield Para(sentence(f"{role.title}{': ' + role.acts if role.acts else ''}"), strong="Who:")
    for term in policy.terms.values():
        if term.paragraph == paragraph:
            yield Para(sentence(f"{term.term}: {term.meaning}"), strong="Term:")


def _number(number: Parameter) -> str:
    """A number with its values over time, its unit and how it is counted."""
    values = []
    for dated in number.values:
        until = f" to {day(dated.until)}" if dated.until else ""
        values.append(f"{_of_unit(dated.value, number.unit)} from {day(dated.since)}{until}")
    counted = f", counted {spaced(number.counted.value)} the day it runs from" if number.counted else ""
    return sentence(f"{number.title}: {'; '.join(values)}{counted}")


def _of_unit(count: int, unit: str) -> str:
    if unit == "percent":
        return f"{count} per cent"
    return f"{count} {spaced(unit)}{'' if count == 1 else 's'}"


def paragraph_readings(paragraph: str, policy: Policy) -> Iterator[str]:
    """What we took a paragraph to mean, wherever that is written down."""
    found: list[str] = []
    for rule in policy.rules:
        found += rule.readings if rule.paragraph == paragraph else ()
    for schedule in policy.schedules:
        found += schedule.readings if schedule.paragraph == paragraph else ()
    found += [each.reading for each in policy.definitions.values() if each.paragraph == paragraph]
    found += [each.reading for each in policy.parameters.values() if each.paragraph == paragraph]
    found += [each.reading for each in policy.school_ages if each.paragraph == paragraph]
    yield from dict.fromkeys(sentence(text) for text in found if text)


PAGE_STYLE = """
.cme-page{max-width:76em;margin:0 auto;padding:0 1.2em 4em}
.cme-page .skip{position:absolute;left:-999em}
.cme-page .skip:focus{position:static}
.cme-page .search{position:sticky;top:0;background:#fff;padding:.6em 0;border-bottom:2px solid #0b0c0c;z-index:1}
.cme-page .search label{font-weight:700;margin-right:.6em}
.cme-page .search input{font:inherit;padding:.3em;border:2px solid #0b0c0c;width:20em;max-width:100%}
.cme-page .search p{display:inline;margin-left:1em}
.cme-page article{border-top:1px solid #b1b4b6;padding:.2em 0 1em}
.cme-page .gist{font-size:1.08em}
.cme-page .name,.cme-page small{margin:.1em 0;color:#383f43;font-weight:400}
.cme-page h4{margin:.9em 0 .2em}
.cme-page .sides{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2em}
.cme-page .sides p,.cme-page .sides li{overflow-wrap:anywhere}
@media screen and (max-width:48em){.cme-page .sides{grid-template-columns:minmax(0,1fr);gap:0}}
@page{size:A4;margin:16mm}
@page cme-across{size:A4 landscape;margin:10mm}
@media print{.cme-page{font-size:9.5pt;max-width:none;padding:0}
 .cme-page .search,.cme-page .skip{display:none}.cme-page h2,.cme-page h3,.cme-page h4{break-after:avoid}
.cme-page .sides{gap:1em}
}
"""

SEARCH = """
const box=document.getElementById("words"),shown=document.getElementById("shown");
const all=[...document.querySelectorAll("article.paragraph")];
const texts=all.map(each=>each.textContent.toLowerCase());
box.addEventListener("input",()=>{
  const words=box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count=0;
  all.forEach((each,i)=>{const fits=words.every(w=>texts[i].includes(w));each.hidden=!fits;count+=fits;});
  document.querySelectorAll("section.source").forEach(s=>{
    s.hidden=words.length>0&&!s.querySelector("article:not([hidden])");});
  shown.textContent=words.length?`${count} of ${all.length} paragraphs`:"";
});
"""
