"""truth.json in the shape of the shared acceptance cases, from what the simulation knows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.simulator.bases import compute_bases, lpr4_accrual
from tests.simulator.model import CHARGE_KINDS, Deal, SimCase
from tests.simulator.tables import ZERO, lpr

CLEARLY = Decimal("1.03")


def plain(value: Decimal) -> str:
    """Write a number without trailing zeros or exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _funding(deal: Deal) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    if deal.platform:
        terms["platform"] = deal.platform
    if deal.leverage_convention and deal.printed_leverage is None:
        multiple = deal.financing / deal.margin
        terms["leverage"] = plain(multiple + (deal.leverage_convention == "total_over_margin"))
        terms["leverage_convention"] = deal.leverage_convention
    return terms


def _interest(deal: Deal) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    if deal.rate is not None:
        terms["rate"], terms["rate_period"] = plain(deal.rate), deal.rate_period
    for key in ("rate_type", "rate_reset", "day_count", "broken_month", "sell_scope", "sell_order"):
        if getattr(deal, key) is not None:
            terms[key] = getattr(deal, key)
    if deal.spread_bp is not None:
        terms["rate_spread_bp"] = str(deal.spread_bp)
    if deal.settlement != "weekly":
        terms["settlement"] = deal.settlement
    if deal.settlement_day:
        terms["settlement_day"] = str(deal.settlement_day)
    if deal.count_rule:
        terms["count_rule"] = "first_not_last"
    if deal.no_compounding:
        terms["compounding"] = "none"
    return terms


def _charges(deal: Deal) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    if deal.management_fee is not None:
        terms["management_fee"] = plain(deal.management_fee)
        terms["management_fee_period"] = deal.management_period
    if deal.profit_share is not None:
        terms["profit_share"] = plain(deal.profit_share)
    if deal.late_rate is not None:
        terms |= {"late_fee_rate": plain(deal.late_rate), "late_fee_base": "overdue_interest"}
        if deal.late_grace:
            terms["late_grace_days"] = str(deal.late_grace)
    if deal.penalty_uplift is not None:
        terms["penalty_uplift"] = plain(deal.penalty_uplift)
    if deal.breach_penalty is not None:
        terms |= {"breach_penalty": plain(deal.breach_penalty), "breach_base": deal.breach_base}
    return terms


def terms_of(deal: Deal) -> dict[str, Any]:
    """Canonical terms that the contract states."""
    terms: dict[str, Any] = {
        "contract_no": deal.contract_no,
        "signed_on": deal.signed_on.isoformat(),
        "client": deal.client,
        "financier": deal.financier,
        "margin": plain(deal.margin),
        "financing": plain(deal.financing),
        "account": deal.account,
        "term_start": deal.term_start.isoformat(),
        "term_end": deal.term_end.isoformat(),
        **_funding(deal),
        **_interest(deal),
        "commission_rate": plain(deal.commission_rate),
        "commission_min": plain(deal.commission_min),
        "commission_inclusive": deal.commission_inclusive,
        **_charges(deal),
        "line_convention": deal.line_convention,
        "warning_line": plain(deal.warning_line),
        "liquidation_line": plain(deal.liquidation_line),
        "notice_required": deal.notice_required,
    }
    if deal.notice_required:
        terms |= {"notice_methods": list(deal.notice_methods), "topup_deadline": deal.topup}
    return terms


def _yearly(deal: Deal) -> Decimal:
    factor = {"day": 360, "trading_day": 240, "month": 12, "year": 1}
    return (deal.rate or ZERO) * factor.get(deal.rate_period or "year", 1)


def _structural(case: SimCase, contracted: Decimal, charged: Decimal) -> list[dict[str, Any]]:
    deal, codes = case.deal, {f.code for f in case.findings}
    found: list[dict[str, Any]] = [{"code": "CON-CLAUSE", "optional": True}]
    if deal.kind == "off_exchange":
        cap = 4 * lpr(deal.signed_on)
        accrual = lpr4_accrual(case.postings, deal.signed_on, case.postings[-1].date)
        found.append({"code": "CON-VOID"})
        sure = _yearly(deal) > cap * CLEARLY
        found.append({"code": "CON-USURY"} if sure else {"code": "CON-USURY", "optional": True})
        over = min(contracted, charged) > accrual * CLEARLY
        found.append({"code": "INT-CAP"} if over else {"code": "INT-CAP", "optional": True})
    spare = [
        ("INT-PREDEDUCT", deal.settlement == "prepaid_monthly"),
        ("LATE-STACK", deal.late_rate is not None),
        ("PEN-EXCESS", "PEN-BREACH" in codes),
        ("LIQ-GRACE", "LIQ-NOTICE" in codes),
        ("LIQ-CONTROL", False),
    ]
    return found + [{"code": code, "optional": True} for code, applies in spare if applies]


def truth_of(case: SimCase) -> dict[str, Any]:
    """Everything check.py compares."""
    deal, rows = case.deal, case.postings
    as_of = rows[-1].date
    last = {bar.code: bar.close for bar in case.bars if bar.date <= as_of}
    value = sum((last[code] * quantity for code, quantity in case.positions.items()), ZERO)
    bases = compute_bases(
        rows,
        case.findings,
        off_exchange=deal.kind == "off_exchange",
        signed_on=deal.signed_on,
        as_of=as_of,
        positions_value=value,
        withheld=case.withheld,
    )
    charged = -sum((r.net for r in rows if r.kind in CHARGE_KINDS), ZERO)
    ordered = sorted(case.findings, key=lambda f: (f.date is None, f.date or as_of, f.code))
    return {
        "name": case.name,
        "kind": deal.kind,
        "as_of": as_of.isoformat(),
        "terms": terms_of(deal),
        "units": {"management_fee": "yuan"} if deal.management_fee and deal.management_unit == "yuan" else {},
        "lines": [row.truth for i, row in enumerate(rows) if not case.cuts or not 0 < case.cuts[0] - i <= case.gap],
        "closing_cash": f"{rows[-1].balance:.2f}",
        "findings": [finding.truth for finding in ordered],
        "structural": _structural(case, bases.values["as_contracted"][0], charged),
        "overcharged": f"{bases.overcharged:.2f}",
        "bases": bases.truth if case.bases_known else {},
        "difficulty": [deal.product, *case.notes, *sorted({f.code for f in case.findings})],
    }
