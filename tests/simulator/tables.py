"""Dated facts the generator needs: trading days, LPR, statutory rates.

They are copies, so that truth does not depend on the product's loader.

Source: domain specification, sections 4 and 5; facts/lpr_changes.csv, facts/trading_days.csv, facts/fees.csv.
"""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
CENT = Decimal("0.01")
ZERO = Decimal(0)
DAY = timedelta(days=1)


def cents(value: Decimal) -> Decimal:
    """Round half up to the cent."""
    return value.quantize(CENT, ROUND_HALF_UP)


def mult(value: int | str | Decimal, factor: int | str | Decimal) -> Decimal:
    """Multiply two numbers and round half up to the cent."""
    return cents(Decimal(value) * Decimal(factor))


@cache
def trading_days() -> tuple[date, ...]:
    """Exchange sessions from 2020 on, ascending."""
    with (DATA / "trading_days.csv").open(encoding="utf-8") as handle:
        return tuple(date.fromisoformat(row["date"]) for row in csv.DictReader(handle))


@cache
def _lpr_table() -> tuple[tuple[date, Decimal, Decimal], ...]:
    with (DATA / "lpr_changes.csv").open(encoding="utf-8") as handle:
        return tuple(
            (date.fromisoformat(row["date"]), Decimal(row["lpr_1y"]) / 100, Decimal(row["lpr_5y"]) / 100)
            for row in csv.DictReader(handle)
        )


def lpr(day: date, tenor: str = "1y") -> Decimal:
    """Loan prime rate in force on a day, as a yearly fraction; a publication counts from its own day."""
    table = _lpr_table()
    index = bisect_right([row[0] for row in table], day) - 1
    if index < 0:
        raise ValueError(f"no LPR on {day}")
    _, one_year, five_years = table[index]
    return one_year if tenor == "1y" else five_years


def is_trading(day: date) -> bool:
    """Tell whether the exchanges are open."""
    days = trading_days()
    index = bisect_left(days, day)
    return index < len(days) and days[index] == day


def trading_from(day: date) -> date:
    """Return the first session on or after a day."""
    return trading_days()[bisect_left(trading_days(), day)]


def trading_shift(day: date, steps: int) -> date:
    """Return the session ``steps`` after the one on or before ``day``."""
    return trading_days()[bisect_right(trading_days(), day) - 1 + steps]


def sessions(start: date, end: date) -> int:
    """Count sessions from ``start`` (included) to ``end`` (excluded)."""
    return bisect_left(trading_days(), end) - bisect_left(trading_days(), start)


def stamp_rate(day: date) -> Decimal:
    """Stamp duty on a sale of shares, as a fraction of turnover."""
    return Decimal("0.0005") if day >= date(2023, 8, 28) else Decimal("0.001")


def transfer_rate(day: date) -> Decimal:
    """Transfer fee of either side, as a fraction of turnover (Shanghai and Shenzhen from 2015-08-01)."""
    return Decimal("0.00001") if day >= date(2022, 4, 29) else Decimal("0.00002")


def handling_rate(day: date) -> Decimal:
    """Exchange handling fee, as a fraction of turnover (Shanghai and Shenzhen from 2015-08-01)."""
    return Decimal("0.0000341") if day >= date(2023, 8, 28) else Decimal("0.0000487")


REGULATORY_RATE = Decimal("0.00002")
"""Regulatory fee, as a fraction of turnover."""
