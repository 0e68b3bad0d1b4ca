"""What the exchange a security trades at allows it: daily price limit, tick, lot.

Source: ``../shared/facts/price_limits.csv`` through the reference tables, and ``../shared/facts/trading_rules.json``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from workbench.domain.money import CENT, MILL
from workbench.domain.reference import ReferenceTables
from workbench.engine.instruments import board_of, is_bond, is_fund, market_of


def daily_limit(tables: ReferenceTables, code: str, day: date, *, st: bool = False) -> Decimal | None:
    """Return the daily price limit of a share, a fraction; None where the tables hold none.

    The tables hold none for funds and bonds. Days without a limit (new listings, relisting, the first of a delisting
    period) are not known from the code: the reader must give the limit for them.

    Args:
        tables: dated tables.
        code: six digits.
        day: the trading day.
        st: whether the share is under risk warning (ST, *ST).
    """
    if is_fund(code) or is_bond(code):
        return None
    limit = tables.limit_at(market_of(code), board_of(code), "ST" if st else "NORMAL", day)
    return None if limit is None else limit.rate


def tick_of(code: str) -> Decimal:
    """Return the smallest price step in yuan: 0.001 for funds and bonds, else 0.01."""
    return MILL if is_fund(code) or is_bond(code) else CENT


def lot_of(code: str) -> int:
    """Return the least quantity of an order to sell in shares: 200 on the STAR market, else 100."""
    return 200 if board_of(code) == "STAR" else 100
