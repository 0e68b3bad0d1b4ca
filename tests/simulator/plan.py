"""What a case is to contain, decided before the first day is simulated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.simulator.model import Deal

FORCED_CODES = (
    "LIQ-EARLY",
    "LIQ-NOTICE",
    "LIQ-GRACE",
    "LIQ-OVERSELL",
    "LIQ-PRICE",
    "LIQ-HALT",
    "LIQ-T1",
    "LIQ-RESIDUAL",
)
INTEREST_CODES = (
    "INT-RATE",
    "INT-BASIS",
    "INT-DAYS",
    "INT-START",
    "INT-PRINCIPAL",
    "INT-PRINCIPAL-REPAID",
    "INT-COMPOUND",
    "INT-FLOAT",
)
OTHER_CODES = (
    "INT-DUP",
    "INT-AFTER",
    "INT-PREDEDUCT",
    "LATE-RATE",
    "LATE-BASE",
    "LATE-DAYS",
    "PEN-BREACH",
    "PEN-EXCESS",
    "FEE-UNLISTED",
    "FEE-RATE",
    "FEE-MIN",
    "FEE-STAMP",
    "FEE-TRANSFER",
    "FEE-DUP",
    "FEE-MGMT",
    "FEE-SHARE",
    "BAL-BREAK",
    "BAL-OPEN",
    "ROW-DUP",
    "ROW-GAP",
    "QTY-BREAK",
    "AMT-ARITH",
    "CASH-MISSING",
    "PRIN-MISMATCH",
    "LIQ-AFTER",
    "SIM-FILL",
    "CON-MATH",
)
ALL_CODES = INTEREST_CODES + OTHER_CODES + FORCED_CODES
TIMED_CODES = ("LIQ-ORDER",)
"""Mistakes that only the clocks of the fills prove; no layout of ours prints them, so a perfect reading must know."""
"""``INT-PRINCIPAL-REPAID`` is the variant of ``INT-PRINCIPAL`` that needs a partial repayment."""


@dataclass(slots=True)
class Plan:
    """Everything about a case that is not chance of the market."""

    deal: Deal
    codes: tuple[str, ...] = ()
    forced: bool = False
    ending: str = "closed"
    """``closed``, or ``open``: the account still runs when the statement ends."""
    busy: float = 0.25
    repay_part: bool = False
    second_tranche: bool = False
    late: bool = False
    split: bool = False
    """Two statement files instead of one."""
    stocks: int = 3
    style: str | None = None
    """How remarks print periods; None draws one."""


NEEDS: tuple[tuple[frozenset[str], str, Decimal | str | int | bool], ...] = (
    (frozenset({"FEE-MGMT", "FEE-DUP", "LIQ-AFTER"}), "management_fee", Decimal("0.002")),
    (frozenset({"LATE-RATE", "LATE-BASE", "LATE-DAYS"}), "late_rate", Decimal("0.001")),
    (frozenset({"LATE-DAYS"}), "late_grace", 1),
    (frozenset({"PEN-BREACH", "PEN-EXCESS"}), "breach_penalty", Decimal("0.08")),
    (frozenset({"FEE-SHARE"}), "profit_share", Decimal("0.2")),
    (frozenset({"LIQ-NOTICE", "LIQ-GRACE", "LIQ-EARLY"}), "notice_required", True),
    (frozenset({"INT-COMPOUND"}), "no_compounding", True),
)
"""Mistakes, the clause they offend against, and what it says where the deal has none."""


def _fit_deal(random: Random, deal: Deal, codes: tuple[str, ...]) -> None:
    """Give the deal the clauses that a planted mistake offends against."""
    for offenders, name, value in NEEDS:
        if offenders & set(codes) and not getattr(deal, name):
            setattr(deal, name, value)
    if "LIQ-OVERSELL" in codes:
        deal.sell_scope = "to_restore"
    elif any(code.startswith("LIQ-") for code in codes) and deal.sell_scope == "to_restore":
        deal.sell_scope = "all"
    if "LIQ-ORDER" in codes:
        deal.sell_order = "largest_loss_first"
    if "LIQ-GRACE" in codes:
        deal.topup = "T+2 15:00"
    if "CON-MATH" in codes:
        multiple = deal.financing / deal.margin + (deal.leverage_convention == "total_over_margin")
        deal.printed_leverage = multiple + random.choice((1, 2))


def fits(code: str, deal: Deal) -> bool:
    """Tell whether a mistake can be planted into a deal at all."""
    off = deal.kind == "off_exchange"
    monthly = deal.day_count == "MONTH"
    prepaid = deal.settlement == "prepaid_monthly"
    many = deal.settlement != "at_maturity"
    rules = {
        "INT-RATE": deal.rate is not None,
        "INT-BASIS": deal.day_count in {"ACT/365", "ACT/360", "30/360", "MONTH"},
        "INT-DAYS": not monthly and deal.day_count != "30/360",
        "INT-START": not monthly and deal.day_count != "30/360" and not deal.settlement_day,
        "INT-PRINCIPAL-REPAID": many and not (monthly or deal.day_count == "30/360"),
        "INT-COMPOUND": many and not prepaid,
        "INT-FLOAT": deal.rate_type == "lpr_1y",
        "INT-DUP": many,
        "INT-AFTER": not prepaid,
        "INT-PREDEDUCT": off and not prepaid and many,
        "LATE-RATE": many and deal.settlement != "weekly",
        "LATE-BASE": many and deal.settlement != "weekly",
        "LATE-DAYS": many and deal.settlement != "weekly",
        "PEN-BREACH": off,
        "PEN-EXCESS": off,
        "FEE-MGMT": off,
        "FEE-DUP": off,
        "FEE-SHARE": off,
        "LIQ-AFTER": off,
        "CON-MATH": off,
        "LIQ-OVERSELL": deal.line_convention in {"assets_over_debt", "equity_over_debt"},
    }
    return rules.get(code, True)


def make_plan(random: Random, deal: Deal, codes: tuple[str, ...], *, force: bool = False) -> Plan:
    """Choose the course of the case so that the mistakes have their occasion."""
    _fit_deal(random, deal, codes)
    forced = bool(set(codes) & {*FORCED_CODES, *TIMED_CODES}) or (not codes and (random.random() < 0.25 or force))
    if forced and not codes and deal.sell_scope == "to_restore":
        deal.sell_scope = "all"
    if forced and random.random() < 0.3:
        deal.sell_order = "largest_loss_first"
    closing = {"INT-AFTER", "LIQ-AFTER", "FEE-SHARE", "BAL-BREAK"} & set(codes)
    ending = (
        "open"
        if not forced and not closing and deal.settlement != "at_maturity" and random.random() < 0.2
        else "closed"
    )
    if "QTY-BREAK" in codes:
        ending = "open" if deal.settlement != "at_maturity" else "closed"
    straight = deal.day_count in {"MONTH", "30/360"} or deal.settlement == "at_maturity"
    quiet = not codes and not forced
    return Plan(
        deal,
        codes,
        forced,
        ending,
        random.uniform(0.08, 0.4),
        repay_part="INT-PRINCIPAL-REPAID" in codes or (quiet and not straight and random.random() < 0.3),
        second_tranche=quiet and not straight and deal.management_fee is None and random.random() < 0.15,
        late=any(c.startswith("LATE-") for c in codes)
        or (quiet and bool(deal.late_rate) and fits("LATE-RATE", deal) and random.random() < 0.5),
        split=quiet and random.random() < 0.15,
        stocks=random.randint(2, 4),
    )
