"""Tables of the review report: where the loss came from, how the account was traded, what the market did, rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.documents.amounts import Amount, Bound, amount, day_text
from workbench.documents.blocks import Runs, Table, plain_runs
from workbench.documents.labels import Labels
from workbench.documents.tables import blank_if_empty, cell, strong
from workbench.domain.money import ZERO, percent, plain
from workbench.planning.attribution import Attribution
from workbench.planning.liquidity import Plan
from workbench.planning.market import MarketReview
from workbench.planning.offers import OfferSummary
from workbench.planning.rhythm import Rhythm
from workbench.planning.rules import Rule
from workbench.planning.stress import Outcome
from workbench.planning.value_at_risk import ValueAtRisk

ALWAYS = frozenset({"realised", "forced_sale", "interest"})
"""Parts shown even where they are nothing."""
BAR = 13
"""Squares of the longest bar."""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the report shows beyond the audit; None or empty where the case does not tell."""

    attribution: Attribution
    rhythm: Rhythm
    rules: tuple[Rule, ...]
    market: tuple[MarketReview, ...]
    measures: tuple[ValueAtRisk, ...] = ()
    stress: tuple[Outcome, ...] = ()
    offers: OfferSummary | None = None
    plan: Plan | None = None
    """Sales that raise the amount the person named; None where none was named."""


@dataclass(frozen=True, slots=True)
class ReviewTables:
    """Builders that the report's template calls by name."""

    facts: ReviewFacts
    labels: Labels

    @property
    def change(self) -> Amount:
        """What became of the client's own money, in yuan."""
        return Amount(self.facts.attribution.change, "review change")

    @property
    def identity(self) -> Bound:
        """The change as a sum of three figures of the platform's books."""
        one = self.facts.attribution
        parts = [Amount(value, "review").text for value in (one.left, one.taken_out, one.paid_in, one.change)]
        return Bound(self._word("identity").format(*parts), "review change")

    def parts(self) -> Table | None:
        """The parts of the change, with a bar each; they add up to the cent."""
        shown = [part for part in self.facts.attribution.parts if part.amount or part.code in ALWAYS]
        longest = max((abs(part.amount) for part in shown if part.amount), default=ZERO)
        rows: list[tuple[Runs, ...]] = [
            (
                cell(self._name("review_part", part.code)),
                cell(amount(part.amount, f"review {part.code}") if part.amount is not None else self._word("unknown")),
                cell(amount(part.disputed, f"review {part.code} disputed")) if part.disputed else plain_runs(""),
                plain_runs(_bar(part.amount, longest)),
            )
            for part in shown
        ]
        total, disputed = self.change, Amount(self.facts.attribution.disputed, "review disputed")
        rows.append((strong(self._word("together")), strong(total), strong(disputed), plain_runs("")))
        return self._table(("part", "amount", "over_contract", "weight"), rows, "lrrl", (2.6, 1.4, 1.4, 2.6))

    def phases(self) -> Table | None:
        """What the client's money did between the events."""
        rows = [
            (
                cell(self._name("review_turn", one.start)),
                cell(self._name("review_turn", one.end)),
                blank_if_empty("" if one.until is None else self._day(one.until)),
                cell(Amount(one.change, f"review phase {one.start}")),
            )
            for one in self.facts.rhythm.phases
        ]
        return self._table(("from", "to", "until", "amount"), rows, "lllr", (1.4, 1.4, 1.4, 1.4))

    def habits(self) -> tuple[Bound, ...]:
        """Sentences about how the account was traded."""
        rhythm, words = self.facts.rhythm, self.labels.groups["review"]
        often, held = rhythm.frequency, rhythm.holding
        found = [words["frequency"].format(often.fills, often.orders, often.active, often.days, _short(often.per_week))]
        if held.pieces:
            found.append(words["holding"].format(*(_short(x) for x in (held.mean, held.winners, held.losers))))
        found.append(words["add_ons"].format(len(rhythm.add_ons), len(rhythm.below_cost)))
        peak, dense = rhythm.peak, rhythm.densest
        if peak is not None:
            found.append(words["peak"].format(_short(peak.leverage), self._day(peak.day)))
        if dense is not None and dense.largest_part is not None:
            part = percent(round(dense.largest_part, 4))
            found.append(words["densest"].format(dense.largest, part, self._day(dense.day)))
        for one in (later for later in rhythm.later if later.lines):
            event, spent = self._name("review_turn", one.turn.name), Amount(one.amount, "review later").text
            found.append(words["later"].format(event, self._day(one.turn.day), len(one.lines), spent))
        if rhythm.stops is not None:
            stops = rhythm.stops
            beyond = Amount(stops.beyond or ZERO, "review stops").text
            counts = (stops.count("kept"), stops.count("broken"))
            found.append(words["stops"].format(percent(stops.rule), *counts, beyond))
        return tuple(Bound(text, "review rhythm") for text in found)

    def market(self) -> Table | None:
        """One row a security: trends, range, volume, what the figures support and why; None without bars."""
        rows = []
        for one in self.facts.market:
            end = one.conclusion
            why = self.labels.pick(end.needs_zh or f"{end.why_zh} {end.weakness_zh}",
                                   end.needs_en or f"{end.why_en} {end.weakness_en}")  # fmt: skip
            trends = self.labels.pick("、", ", ").join(
                self._name("market_trend", trend.direction) for trend in one.trends
            )
            share = "" if one.atr_part is None else percent(round(one.atr_part, 4))
            verdict = self._name("market_verdict", end.verdict)
            rows.append(
                (cell(one.code), cell(trends), blank_if_empty(share), cell(verdict), cell(Bound(why, "market")))
            )
        return (
            self._table(("code", "trend", "atr", "supports", "why"), rows, "llrll", (0.9, 1.6, 0.9, 1, 4))
            if rows
            else None
        )

    def rules(self) -> Table | None:
        """Rules for next time: the figure, its formula and the fact of the case it rests on."""
        rows = [
            (
                cell(self._name("review_rule", one.code)),
                strong(self._figure(one)),
                blank_if_empty(Bound(one.formula, "rule")),
                cell(Bound(self.labels.pick(one.fact_zh + one.needs_zh, f"{one.fact_en} {one.needs_en}"), "rule")),
            )
            for one in self.facts.rules
        ]
        return self._table(("rule_name", "limit", "formula", "fact"), rows, "lrll", (1.5, 1.2, 2.4, 3.2))

    def risk(self) -> Table | None:
        """What falls would do to what is left; None where nothing is left or the line is unknown."""
        rows = [
            (
                cell(self.labels.pick(one.scenario.text_zh, one.scenario.text_en)),
                cell(amount(one.loss, "stress loss")),
                cell(amount(one.assets, "stress assets")),
                cell(self._word({True: "reached", False: "not_reached", None: "unknown"}[one.reached])),
            )
            for one in self.facts.stress
        ]
        return (
            self._table(("scenario", "loss", "left_assets", "line_reached"), rows, "lrrl", (2.4, 1.3, 1.4, 1))
            if rows
            else None
        )

    def measures(self) -> tuple[Bound, ...]:
        """Value at risk of what is left, in sentences."""
        words = self.labels.groups["review"]
        return tuple(
            Bound(
                words[one.method].format(
                    percent(one.confidence),
                    one.horizon,
                    Amount(one.value_at_risk, "risk").text,
                    Amount(one.expected_shortfall, "risk").text,
                ),
                "risk",
            )
            for one in self.facts.measures
        )

    def offers(self) -> Table | None:
        """The log of offers; None without any."""
        log = self.facts.offers
        rows = [
            (
                cell(Bound(self._day(one.date), "offer")),
                cell(self._word(one.by.value)),
                cell(Amount(one.amount, "offer")),
                blank_if_empty(Bound(" ".join(part for part in (one.terms, one.note) if part), "offer")),
                blank_if_empty(Bound("" if one.evidence is None else f"S{one.evidence}", "offer")),
            )
            for one in (log.offers if log else ())
        ]
        return (
            self._table(("date", "side", "amount", "terms", "proof"), rows, "llrll", (1.3, 1, 1.3, 3, 0.8))
            if rows
            else None
        )

    def cash(self) -> Table | None:
        """Sales that raise the amount named; None where none was named."""
        plan = self.facts.plan
        if plan is None:
            return None
        rows = [
            (
                cell(Bound(one.asset.name, "asset")),
                cell(Bound(plain(one.sold), "plan")),
                cell(Amount(one.proceeds.gross, "plan")),
                cell(Amount(one.proceeds.cost, "plan")),
                cell(Amount(one.proceeds.net, "plan")),
                cell(Bound(self._day(one.available), "plan")),
            )
            for one in plan.sales
        ]
        return self._table(
            ("asset", "quantity", "gross", "cost_of_sale", "net", "available"),
            rows,
            "lrrrrl",
            (1.6, 1, 1.3, 1.2, 1.3, 1.4),
        )

    @property
    def shortfall(self) -> Amount | None:
        """What the plan misses, in yuan; None without a plan or where it misses nothing."""
        plan = self.facts.plan
        return Amount(plan.shortfall, "plan shortfall") if plan is not None and plan.shortfall else None

    def _figure(self, rule: Rule) -> str | Amount:
        if rule.figure is None:
            return self._word("unknown")
        if rule.unit == "yuan":
            return Amount(rule.figure, f"rule {rule.code}")
        text = percent(round(rule.figure, 4)) if rule.unit == "fraction" else plain(rule.figure)
        return Bound(self._word(rule.unit).format(text), "rule")

    def _name(self, group: str, code: str) -> str:
        return self.labels.name(group, code)

    def _word(self, key: str) -> str:
        return self.labels.groups["review"][key]

    def _day(self, day: date) -> str:
        return day_text(day, self.labels.lang)

    def _table(
        self, heads: Sequence[str], rows: Sequence[tuple[Runs, ...]], align: str, widths: tuple[float, ...]
    ) -> Table | None:
        sides = {"l": "left", "r": "right"}
        names = tuple(plain_runs(self.labels.name("head", key)) for key in heads)
        return Table(names, tuple(rows), tuple(sides[one] for one in align), widths) if rows else None


def _bar(value: Decimal | None, longest: Decimal) -> str:
    """Return a bar of squares: full ones for a loss, empty ones for a gain."""
    if not value or not longest:
        return ""
    count = max(1, int(abs(value) / longest * BAR))
    return ("■" if value < ZERO else "□") * count


def _short(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:.2f}"
