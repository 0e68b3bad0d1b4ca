"""The review as JSON: ``workbench review --json``, and what the market calculators print."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from workbench.documents.json_values import iso, money, ratio
from workbench.planning.attribution import Attribution
from workbench.planning.exposure import Exposure
from workbench.planning.market import Conclusion, MarketReview
from workbench.planning.market_factors import Decomposition
from workbench.planning.market_series import Gaps, Limits, Trend
from workbench.planning.rhythm import AddOn, Frequency, Holding, Rhythm
from workbench.planning.rules import Rule
from workbench.planning.stops import StopReview

PLACES = 6
"""Decimals of a ratio that has more."""


def attribution_to_json(found: Attribution) -> dict[str, Any]:
    """Return the parts of the change; null where a part cannot be told."""
    other = found.otherwise
    return {
        "paid_in": money(found.paid_in),
        "taken_out": money(found.taken_out),
        "left": money(found.left),
        "change": money(found.change),
        "disputed": money(found.disputed),
        "parts": [
            {"code": part.code, "amount": money(part.amount), "disputed": money(part.disputed)} for part in found.parts
        ],
        "leverage": None
        if found.leverage is None
        else {"own_money": money(found.leverage.own_money), "borrowed": money(found.leverage.borrowed)},
        "forced_sale": None
        if other is None
        else {
            "theory": other.theory,
            "price": other.price,
            "date": iso(other.day),
            "verdict": None if other.verdict is None else other.verdict.value,
            "rests_on": other.rests_on,
            "formula": other.formula,
            "difference": money(other.difference),
        },
        "warned": iso(found.warned),
    }


def rhythm_to_json(found: Rhythm) -> dict[str, Any]:
    """Return how the account was traded."""
    return {
        "frequency": _frequency(found.frequency),
        "holding": _holding(found.holding),
        "add_ons": [_add_on(one) for one in found.add_ons],
        "exposure": [_exposure(one) for one in found.exposures],
        "later_purchases": [
            {
                "event": one.turn.name,
                "date": iso(one.turn.day),
                "lines": list(one.lines),
                "amount": money(one.amount),
            }
            for one in found.later
        ],
        "phases": [
            {"from": one.start, "to": one.end, "until": iso(one.until), "change": money(one.change)}
            for one in found.phases
        ],
        "stop_loss": None if found.stops is None else _stops(found.stops),
    }


def _frequency(found: Frequency) -> dict[str, Any]:
    return {
        "fills": found.fills,
        "orders": found.orders,
        "trading_days": found.days,
        "active_days": found.active,
        "orders_per_day": ratio(found.per_day, PLACES),
        "orders_per_week": ratio(found.per_week, PLACES),
        "busiest_day": None if found.busiest is None else {"date": iso(found.busiest[0]), "orders": found.busiest[1]},
        "busiest_week": None
        if found.busiest_week is None
        else {"from": iso(found.busiest_week[0]), "orders": found.busiest_week[1]},
    }


def _holding(found: Holding) -> dict[str, Any]:
    names = ("mean", "median", "winners", "losers")
    return {"pieces": found.pieces, **{f"{name}_days": ratio(getattr(found, name), 1) for name in names}}


def _add_on(one: AddOn) -> dict[str, Any]:
    return {
        "line": one.line,
        "date": iso(one.day),
        "code": one.code,
        "quantity": ratio(one.quantity),
        "price": ratio(one.price),
        "average_cost": ratio(one.average, 4),
        "against_cost": ratio(one.against_cost, PLACES),
        "trading_days_since": one.since,
    }


def _exposure(one: Exposure) -> dict[str, Any]:
    return {
        "date": iso(one.day),
        "assets": money(one.assets),
        "own": money(one.own),
        "leverage": ratio(one.leverage, 4),
        "state": one.state,
        "largest": one.largest,
        "largest_part": ratio(one.largest_part, PLACES),
    }


def _stops(found: StopReview) -> dict[str, Any]:
    verdicts = ("kept", "broken", "cannot_tell")
    return {
        "rule": ratio(found.rule),
        **{verdict: found.count(verdict) for verdict in verdicts},
        "beyond": money(found.beyond),
        "positions": [
            {
                "code": one.code,
                "opened": iso(one.opened),
                "closed": iso(one.closed),
                "verdict": one.verdict,
                "breached": iso(one.breached),
                "stop_price": ratio(one.stop_price, 4),
                "beyond": money(one.beyond),
                "days_without_bar": one.unpriced,
            }
            for one in found.stops
        ],
    }


def rule_to_json(rule: Rule) -> dict[str, Any]:
    """Return one rule for next time."""
    figure: Decimal | None = rule.figure
    return {
        "code": rule.code,
        "figure": money(figure) if rule.unit == "yuan" else ratio(figure),
        "unit": rule.unit,
        "formula": rule.formula,
        "fact": {"zh": rule.fact_zh, "en": rule.fact_en},
        "needs": {"zh": rule.needs_zh, "en": rule.needs_en},
    }


def market_to_json(found: MarketReview) -> dict[str, Any]:
    """Return one security around the event."""
    return {
        "code": found.code,
        "bars": found.bars,
        "trends": [trend_to_json(one) for one in found.trends],
        "atr": ratio(found.atr, PLACES),
        "atr_part": ratio(found.atr_part, PLACES),
        "divergence": found.divergence,
        "turnover": ratio(found.turnover, PLACES),
        "gaps": gaps_to_json(found.gaps),
        "limits": limits_to_json(found.limits),
        "decomposition": None if found.decomposition is None else decomposition_to_json(found.decomposition),
        "conclusion": conclusion_to_json(found.conclusion),
    }


def trend_to_json(one: Trend) -> dict[str, Any]:
    """Return a trend with its averages."""
    return {
        "frame": one.frame,
        "short": one.short,
        "long": one.long,
        "bars": one.bars,
        "close": ratio(one.close),
        "short_mean": ratio(one.short_mean, 4),
        "long_mean": ratio(one.long_mean, 4),
        "direction": one.direction,
    }


def gaps_to_json(one: Gaps) -> dict[str, Any]:
    """Return the opening gaps."""
    return {
        "up": one.up,
        "down": one.down,
        "largest_up": ratio(one.largest_up, PLACES),
        "largest_down": ratio(one.largest_down, PLACES),
        "days": one.days,
    }


def limits_to_json(one: Limits) -> dict[str, Any]:
    """Return the days that closed at a price limit."""
    days = {name: [iso(day) for day in getattr(one, name)] for name in ("up", "down", "beyond")}
    return {**days, "known": one.known}


def decomposition_to_json(one: Decomposition) -> dict[str, Any]:
    """Return the move around the event in parts, with the fit it rests on."""
    return {
        "from": iso(one.start),
        "to": iso(one.end),
        "total": ratio(one.total, PLACES),
        "market": ratio(one.market, PLACES),
        "sector": ratio(one.sector, PLACES),
        "own": ratio(one.own, PLACES),
        "abnormal": ratio(one.abnormal, PLACES),
        "score": ratio(one.score, 4),
        "driver": one.driver,
        "fit": {
            "alpha": ratio(one.fit.alpha, 8),
            "beta": ratio(one.fit.beta, PLACES),
            "sector_beta": ratio(one.sector_beta, PLACES),
            "r_squared": ratio(one.fit.r_squared, PLACES),
            "deviation": ratio(one.fit.deviation, 8),
            "days": one.fit.days,
        },
    }


def conclusion_to_json(one: Conclusion) -> dict[str, Any]:
    """Return what the figures support, with reason, weakness and what is missing."""
    return {
        "verdict": one.verdict,
        "why": {"zh": one.why_zh, "en": one.why_en},
        "weakness": {"zh": one.weakness_zh, "en": one.weakness_en},
        "needs": {"zh": one.needs_zh, "en": one.needs_en},
    }
