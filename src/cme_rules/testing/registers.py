"""Registers of children who do not exist, as large as a county's or a country's, spread as the published figures say.

The figures stand in `registers.toml` beside this file, each with its source. The same seed gives the same register.
"""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from attrs import field, frozen
from numpy.typing import NDArray

from cme_rules.batch.arrow import ArrowArray, ArrowTable
from cme_rules.conditions.kinds import Base
from cme_rules.errors import CallError
from cme_rules.policy.model.facts import FactSpec
from cme_rules.policy.model.policy import Policy, as_day

__all__ = ["register", "stress_register"]

_EPOCH = date(1970, 1, 1).toordinal()
_ARROW = {Base.BOOL: pa.bool_(), Base.INT: pa.int64(), Base.DATE: pa.date32(), Base.TEXT: pa.string()}
_DISTANCES = (0, 1, 2, 4, 5, 6, 9, 10, 11, 13, 14, 15, 16, 19, 20, 21, 27, 28, 29, 30, 40, 60, 200, 365, 400, 2000)
_BORN = (3 * 365, 19 * 365)
_MOST = 400
_ODD_ONE = 20
_SCHOOL_YEAR = 4 * 365 + 1
"""Days of age, at the least, of a child in Reception; a year more for each year group."""

Truths = NDArray[np.bool_]
Values = NDArray[Any] | bool | str


def register(
    rows: int | None = None, *, seed: int, on: date, policy: Policy, tier: str = "county", unknown: float = 0.02
) -> ArrowTable:
    """A register as a council might hold it, as an Arrow table: mostly uneventful children, some missing education.

    `tier` is "county", "large_county" or "england"; `rows` stands in for its number of children. Facts the policy does
    not declare are left out. Of every fact, a share `unknown` is not known, beside what the figures themselves leave
    unknown: a county that does not know since when for half of its children missing education.

    Raises CallError for a tier there are no figures for.
    """
    figures = tomllib.loads(files("cme_rules.testing").joinpath("registers.toml").read_text(encoding="utf-8"))
    if tier not in figures["tier"]:
        msg = f"there are figures for {', '.join(figures['tier'])}, not for another tier"
        raise CallError(msg)
    count = figures["tier"][tier]["rows"] if rows is None else rows
    made = _Children(
        count, as_day(on).toordinal() - _EPOCH, np.random.default_rng(seed), figures, figures["tier"][tier]
    )
    made.attend()
    made.miss_education()
    made.be_home_educated()
    return _table(made, policy, unknown)


@frozen(eq=False)
class _Children:
    """Children in the making: a column a fact, each with where it is known."""

    count: int
    today: int
    chance: np.random.Generator
    figures: dict[str, Any]
    tier: dict[str, Any]
    columns: dict[str, NDArray[Any]] = field(factory=dict)
    known: dict[str, Truths] = field(factory=dict)

    def some(self, percent: float, among: Truths | None = None) -> Truths:
        """A share of the children, or of some of them."""
        picked: Truths = self.chance.random(self.count) < percent / 100
        return picked if among is None else picked & among

    def say(self, name: str, values: Values, known: Truths | None = None) -> None:
        """Give a fact its values; where they are not known, what was said of it before stands."""
        where = np.ones(self.count, np.bool_) if known is None else known
        each = np.broadcast_to(values, self.count)
        if name not in self.columns:
            self.columns[name], self.known[name] = each.copy(), where.copy()
            return
        self.columns[name] = np.where(where, each, self.columns[name])
        self.known[name] |= where

    def one_of(self, shares: dict[str, float]) -> NDArray[Any]:
        """A word for each child, by shares that need not add up to a hundred."""
        weights = np.array(list(shares.values()), float)
        return self.chance.choice(list(shares), self.count, p=weights / weights.sum())

    def days_ago(self, first: int, last: int) -> NDArray[np.int64]:
        """A day for each child, so many days before today, both ends included."""
        return self.today - self.chance.integers(first, last + 1, self.count)

    def attend(self) -> None:
        """What is held of every child: born when, on a roll, how often absent, which needs and plans."""
        assumed = self.figures["assumed"]
        self.born(self.chance.integers(0, 12, self.count), np.ones(self.count, np.bool_))
        self.say("in_area", ~self.some(assumed["outside_area"]))
        self.say("on_school_roll", values=True)
        self.say("education_otherwise", "none")
        self.say("sen_support", self.some(assumed["sen_support"]))
        self.say("ehcp", self.some(assumed["ehcp"]))
        plans = {name: assumed[name] for name in ("child_in_need", "child_protection")}
        self.say("plan", self.one_of({"none": 100 - sum(plans.values()), **plans}))
        bands = np.array(self.figures["absence"]["bands"])
        band = self.chance.choice(len(bands), self.count, p=bands[:, 0] / bands[:, 0].sum())
        possible = self.chance.integers(100, 121, self.count)
        missed = bands[band, 1] + (bands[band, 2] - bands[band, 1]) * self.chance.random(self.count)
        self.say("sessions_possible", possible)
        self.say("sessions_absent", np.minimum((possible * missed).round(), possible).astype(np.int64))
        absent = self.some(assumed["absent_now"])
        self.say("absence_began", self.days_ago(0, 45), absent)
        for name, percent in (("absence_all_unauthorised", 30), ("location_known", 90), ("contact_from_parents", 80)):
            self.say(name, self.some(percent), absent)

    def born(self, years: NDArray[Any], who: Truths) -> None:
        """Birthdays for children in these year groups, Reception being 0."""
        age = _SCHOOL_YEAR + years * 365.25 + self.chance.integers(80, 445, self.count)
        self.say("date_of_birth", (self.today - age).astype(np.int64), who)

    def miss_education(self) -> None:
        """The children missing education: on no roll, since when if that is known, and why."""
        who = self.some(self.tier["missing"])
        years = np.array(self.tier["years"], float)
        self.born(self.chance.choice(12, self.count, p=years / years.sum()), who)
        self.say("on_school_roll", values=False, known=who)
        shares = np.array(self.tier["durations"], float)
        band = self.chance.choice(len(shares), self.count, p=shares / shares.sum())
        bounds = np.array([*self.figures["durations"]["bands"], [0, 0]])[band]
        since = self.today - self.chance.integers(bounds[:, 0], bounds[:, 1] + 1)
        self.say("last_day_of_education", since, who & (band < len(shares) - 1))
        reason = self.one_of(self.tier["reasons"])
        self.say("place_applied_for", self.days_ago(1, 60), who & (reason == "awaiting_outcome"))
        self.say("location_known", values=False, known=who & (reason == "moved_away"))
        self.say("newly_arrived_in_area", reason == "moved_in", who)
        failed = who & (reason == "unsuitable_home_education")
        self.say("education_otherwise", "home_education", failed)
        self.say("education_otherwise_assessed", "unsuitable", failed)
        self._pursued(failed)

    def _pursued(self, who: Truths) -> None:
        """Notices and orders for some of the children whose home education failed."""
        share = self.tier["missing"] / max(self.tier["home"], 0.01)
        noticed = self.some(min(100.0, self.tier["notices"] / max(share, 0.01) * 5), who)
        ordered = self.some(100 * self.tier["orders"] / self.tier["notices"], noticed)
        served = self.days_ago(20, 200)
        self.say("notice_served", served, noticed)
        self.say("notice_deadline", served + 15, noticed)
        self.say("order_made", served + 20, ordered & (served + 20 <= self.today))
        self.say("parent_satisfied_authority", values=False, known=noticed)

    def be_home_educated(self) -> None:
        """The home-educated, older than the rest, assessed or not."""
        home = self.figures["home"]
        who = self.some(self.tier["home"], self.columns["on_school_roll"])
        late = self.some(home["late_years"])
        years = np.where(late, self.chance.integers(10, 12, self.count), self.chance.integers(0, 10, self.count))
        self.born(years, who)
        self.say("on_school_roll", values=False, known=who)
        self.say("education_otherwise", "home_education", who)
        self.say("education_otherwise_assessed", self.one_of(home["assessed"]), who)
        self.say("home_education_declared", self.days_ago(1, 900), who)
        self.say("home_education_contact_attempts", self.chance.integers(0, 4, self.count), who)
        self.say("sen_support", self.some(home["sen"]), who)
        self.say("ehcp", self.some(home["ehcp"]), who)


def _table(made: _Children, policy: Policy, unknown: float) -> ArrowTable:
    columns = {"reference": pa.array(np.arange(1, made.count + 1))}
    for name, values in made.columns.items():
        if name in policy.facts:
            hidden = ~made.known[name] | (made.chance.random(made.count) < unknown)
            columns[name] = _column(values, hidden, policy.facts[name])
    return pa.table(columns)


def _column(values: NDArray[Any], hidden: Truths, spec: FactSpec) -> ArrowArray:
    if spec.kind.base is Base.DATE:
        return pa.array(values.astype(np.int32), pa.int32(), mask=hidden).cast(pa.date32())
    return pa.array(values, _ARROW[spec.kind.base], mask=hidden)


def stress_register(rows: int, *, seed: int, on: date, policy: Policy, unknown: float = 0.3) -> ArrowTable:
    """A register in which every fact of the policy takes every sort of value, so that every rule has work to do.

    Days lie at the distances that rules count; some events never happened (`<fact>_never`); schools are those the
    policy has calendars for and one it has none for. Each fact is unknown for a share `unknown` of the rows.
    """
    chance, today = np.random.default_rng(seed), as_day(on).toordinal() - _EPOCH
    columns: dict[str, Any] = {}
    schools = [*policy.calendars.by_school, "a school without a calendar"]
    for name, spec in policy.facts.items():
        hidden = chance.random(rows) < unknown
        columns[name] = _column(_any_values(spec, rows, chance, today, schools), hidden, spec)
        if spec.kind.base is Base.DATE and spec.can_be_never and f"{name}_never" not in policy.facts:
            never = chance.random(rows) < 1 / 7
            columns[name] = pa.compute.if_else(pa.array(never), pa.scalar(None, pa.date32()), columns[name])
            columns[f"{name}_never"] = pa.array(never)
    return pa.table(columns)


def _any_values(spec: FactSpec, rows: int, chance: np.random.Generator, today: int, schools: list[str]) -> NDArray[Any]:
    match spec.kind.base:
        case Base.BOOL:
            return chance.random(rows) < 1 / 2
        case Base.INT:
            return (spec.minimum or 0) + np.minimum(chance.geometric(0.05, rows) - 1, _MOST)
        case Base.DATE if spec.name == "date_of_birth":
            return today - chance.integers(*_BORN, rows)
        case Base.DATE:
            sign = np.where(chance.integers(0, _ODD_ONE, rows) == 0, -1, 1)
            return today - chance.choice(_DISTANCES, rows) * sign
        case _:
            return chance.choice(spec.kind.words or schools, rows)
