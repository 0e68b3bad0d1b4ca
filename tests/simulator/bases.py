"""The legal bases of a case from its rows and findings, by the identity of domain specification sections 9 and 12."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.simulator.model import CHARGE_KINDS, TRADE_FEE_CODES, TRADE_KINDS, Finding, Posting
from tests.simulator.tables import DAY, ZERO, cents, lpr

BOOK_CODES = frozenset({"AMT-ARITH", "CASH-MISSING", "ROW-DUP"})
"""Findings on what a trade brought: they change the trading result, not the charges."""
SILENT_CODES = frozenset({"BAL-BREAK", "BAL-OPEN", "PRIN-MISMATCH", "QTY-BREAK", "ROW-GAP", "CON-MATH"})
"""Findings that touch neither charges nor trading result."""


@dataclass(frozen=True, slots=True)
class Bases:
    """Allowed charges and settlement of every basis, in yuan."""

    overcharged: Decimal
    values: dict[str, tuple[Decimal, Decimal]]

    @property
    def truth(self) -> dict[str, dict[str, str]]:
        """The bases as truth.json lists them."""
        return {
            name: {"allowed": f"{allowed:.2f}", "settlement": f"{settlement:.2f}"}
            for name, (allowed, settlement) in self.values.items()
        }


def _delta(findings: Sequence[Finding], codes: frozenset[str]) -> Decimal:
    return sum((f.delta for f in findings if f.code in codes and f.delta is not None), ZERO)


def lpr4_accrual(rows: Sequence[Posting], signed_on: date, as_of: date) -> Decimal:
    """Interest at four times LPR-1Y on what remains owed, every payment set off on its day; rounded once.

    Days run from the first row to ``as_of``, not included. A payment meets what accrued before its day; the rest of it
    reduces the principal from that day on; the principal never falls below zero.
    """
    daily = 4 * lpr(signed_on) / 365
    principal = accrued = unpaid = ZERO
    day = rows[0].date
    while day <= as_of:
        today = [row for row in rows if row.date == day]
        principal += sum((r.net for r in today if r.kind in {"drawdown", "principal_repaid"}), ZERO)
        paid = -sum((r.net for r in today if r.kind in CHARGE_KINDS), ZERO)
        excess = max(ZERO, paid - unpaid)
        unpaid = max(ZERO, unpaid - paid)
        principal = max(ZERO, principal - excess)
        if day < as_of:
            accrued += principal * daily
            unpaid += principal * daily
        day += DAY
    return cents(accrued)


def compute_bases(
    rows: Sequence[Posting],
    findings: Sequence[Finding],
    *,
    off_exchange: bool,
    signed_on: date,
    as_of: date,
    positions_value: Decimal = ZERO,
    withheld: Decimal = ZERO,
) -> Bases:
    """Settle the account on every basis that applies to its kind."""
    money = sum((r.net for r in rows if r.kind in {"margin_in", "margin_out"}), ZERO)
    posted_trading = sum((r.net for r in rows if r.kind in TRADE_KINDS | {"dividend", "dividend_tax"}), ZERO)
    posted = -sum((r.net for r in rows if r.kind in CHARGE_KINDS), ZERO) + withheld
    fees_over = _delta(findings, TRADE_FEE_CODES)
    other = frozenset(f.code for f in findings) - TRADE_FEE_CODES - BOOK_CODES - SILENT_CODES
    charges_over = _delta(findings, other)
    true_trading = posted_trading + fees_over + book_over_signed(findings)
    contracted = posted - charges_over
    values = {
        "as_stated": (posted + fees_over, money + posted_trading + positions_value - posted),
        "as_contracted": (contracted, money + true_trading + positions_value - contracted),
    }
    if off_exchange:
        capped = min(lpr4_accrual(rows, signed_on, as_of), contracted)
        values["lpr4"] = (capped, money + true_trading + positions_value - capped)
        values["void"] = (ZERO, money + true_trading + positions_value)
    return Bases(charges_over + fees_over, values)


def book_over_signed(findings: Sequence[Finding]) -> Decimal:
    """What the books keep from the client on trades, in yuan: missing proceeds, wrong nets, doubled purchases.

    All of them are planted to the client's harm, so their sizes add up, whatever the sign of stated minus expected.
    """
    total = ZERO
    for finding in findings:
        if finding.delta is None or finding.code not in BOOK_CODES:
            continue
        total += abs(finding.delta)
    return total
