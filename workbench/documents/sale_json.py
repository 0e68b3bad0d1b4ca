"""The timeline and the forced sale as JSON, beyond what ``audit --json`` prints: ``workbench margin --json``."""

from __future__ import annotations

from typing import Any

from workbench.documents.json_values import iso, money, ratio
from workbench.domain.counterfactual import Counterfactual
from workbench.domain.liquidation import Damage, Ground, Holding, LiquidationTest, Plausibility, Proposal, RiskSnapshot
from workbench.domain.margin import MarginDay, MarginEvent, MarginMinute
from workbench.domain.money import price_text

PLACES = 6
"""Decimals of a ratio that has more."""


def day_to_json(day: MarginDay) -> dict[str, Any]:
    """Return one trading day with its lines, its distance and the prices it lacks."""
    return {
        "date": iso(day.date),
        "assets": None if day.state == "unknown" else money(day.assets),
        "debt": money(day.debt),
        "ratio": ratio(day.ratio),
        "state": day.state,
        "lines": {name: money(amount) for name, amount in day.lines.items()},
        "distance": money(day.distance),
        "fall_to_line": ratio(day.fall, PLACES),
        "low_assets": money(day.low_assets),
        "uplifted": day.uplifted,
        "missing": list(day.missing),
        "stale": [{"code": one.code, "price_date": iso(one.day), "source": one.source} for one in day.stale],
    }


def minute_to_json(minute: MarginMinute) -> dict[str, Any]:
    """Return one minute of the timeline."""
    return {
        "at": iso(minute.at),
        "assets": money(minute.assets),
        "low_assets": money(minute.low_assets),
        "ratio": ratio(minute.ratio, PLACES),
        "state": minute.state,
    }


def event_to_json(event: MarginEvent) -> dict[str, Any]:
    """Return what happened on the timeline."""
    return {
        "at": iso(event.at),
        "kind": event.kind,
        "line": event.line,
        "amount": money(event.amount),
        "told": ratio(event.told),
        "day": iso(event.day),
        "convention": event.convention,
        "computed": ratio(event.computed, PLACES),
        "agrees": event.agrees,
    }


def test_to_json(test: LiquidationTest, lang: str) -> dict[str, Any]:
    """Return a test with its reason, what would settle it and the figures it rests on."""
    return {
        "code": test.code,
        "verdict": test.verdict.value,
        "why": test.why_zh if lang == "zh" else test.why_en,
        "needs": (test.needs_zh if lang == "zh" else test.needs_en) or None,
        "figures": [{"name": one.name, "value": money(one.value), "date": iso(one.day)} for one in test.figures],
    }


def ground_to_json(one: Ground, lang: str) -> dict[str, Any]:
    """Return a ground for the sale."""
    why = one.why_zh if lang == "zh" else one.why_en
    return {"name": one.name, "term": one.term, "verdict": one.verdict.value, "why": why, "lines": list(one.lines)}


def otherwise_to_json(row: Counterfactual) -> dict[str, Any]:
    """Return another course of the sale."""
    return {
        "theory": row.theory,
        "rests_on": row.rests_on,
        "supported_by": list(row.supported_by),
        "verdict": row.verdict.value if row.verdict else None,
        "price": row.price,
        "date": iso(row.day),
        "actual": money(row.actual),
        "otherwise": money(row.otherwise),
        "difference": money(row.difference),
        "formula": row.formula,
        "missing": list(row.missing),
    }


def damage_to_json(one: Damage, lang: str) -> dict[str, Any]:
    """Return what one theory is worth."""
    return {
        "code": one.code,
        "verdict": one.verdict.value,
        "lowest": money(one.lowest),
        "highest": money(one.highest),
        "basis": one.basis_zh if lang == "zh" else one.basis_en,
        "missing": list(one.missing),
    }


def market_to_json(found: Plausibility, lang: str) -> dict[str, Any]:
    """Return every fill held against the market."""
    return {
        "fills": found.fills,
        "priced": found.priced,
        "impossible": found.bad,
        "rate": ratio(found.rate, PLACES),
        "list": [
            {
                "line": one.line,
                "rule": one.rule,
                "doubtful": one.doubtful,
                "why": one.why_zh if lang == "zh" else one.why_en,
            }
            for one in found.impossible
        ],
        "unchecked": dict(found.unchecked),
    }


def proposal_to_json(one: Proposal, lang: str) -> dict[str, Any]:
    """Return a sale that looks forced."""
    why = one.why_zh if lang == "zh" else one.why_en
    return {"line": one.line, "grounds": list(one.grounds), "strong": one.strong, "why": why}


def snapshot_to_json(after: RiskSnapshot | None) -> dict[str, Any] | None:
    """Return what was left after the last forced sale."""
    if after is None:
        return None
    return {
        "date": iso(after.day),
        "cash": money(after.cash),
        "debt": money(after.debt),
        "exposure": money(after.exposure),
        "assets": money(after.assets),
        "equity": money(after.equity),
        "unrealised": money(after.unrealised),
        "assets_at_line": money(after.at_line),
        "fall_to_line": ratio(after.fall, PLACES),
        "holdings": [_holding(one) for one in after.holdings],
    }


def _holding(one: Holding) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "quantity": ratio(one.quantity),
        "cost": None if one.cost is None else price_text(one.cost),
        "price": None if one.price is None else price_text(one.price),
        "price_date": iso(one.price_day),
        "value": money(one.value),
        "unrealised": money(one.unrealised),
        "price_at_line": None if one.liquidation_price is None else price_text(one.liquidation_price),
    }
