"""The higher line that some contracts apply before long holidays.

A contract rarely says from which day. The last trading day before the break surely counts; the days before it may, and
what rests on them is only ``possible``. Source: domain specification, section 3 (``holiday_uplift``); the articles name
the Spring Festival and the National Day, a week without trading.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from workbench.domain.reference import TradingCalendar
from workbench.engine.account import Account
from workbench.errors import ReferenceGapError

LONG_BREAK = timedelta(days=6)
"""Least distance between two trading days around a long holiday; a weekend has 3, one with a day added 4."""
WINDOW = 5
"""Trading days before the break on which the higher line may apply."""
LOOSER = frozenset({"loss_over_margin"})
"""Conventions in which a lower figure is the stricter line."""


def days_to_break(calendar: TradingCalendar, day: date) -> int | None:
    """Return how many trading days are left before a long break, 0 on the last one; None where none is near."""
    try:
        current = day if calendar.is_open(day) else calendar.after(day, 1)
        for left in range(WINDOW):
            following = calendar.after(current, 1)
            if following - current >= LONG_BREAK:
                return left
            current = following
    except ReferenceGapError:
        return None
    return None


def uplifted_line(account: Account, day: date) -> tuple[Decimal, bool] | None:
    """Return the liquidation line for long holidays and whether it surely applied on ``day``.

    None where the contract has none, it is no stricter, or no long holiday is near.
    """
    uplift, agreed = account.terms.number("holiday_uplift"), account.terms.number("liquidation_line")
    if uplift is None or agreed is None:
        return None
    stricter = uplift < agreed if account.terms.text("line_convention") in LOOSER else uplift > agreed
    left = days_to_break(account.tables.calendar, day) if stricter else None
    return None if left is None else (uplift, left == 0)
