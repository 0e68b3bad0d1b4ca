"""Price histories for the tests: a fixed random walk of a fat-tailed market, and single series by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from workbench.planning.returns import DayReturn, History

START = date(2024, 1, 1)


def closes(*prices: str, start: date = START) -> dict[date, Decimal]:
    """Return closes of successive days."""
    return {start + timedelta(days=at): Decimal(price) for at, price in enumerate(prices)}


def walk(days: int, seed: int = 7, codes: tuple[str, ...] = ("600519", "000858", "300750")) -> History:
    """Return closes of codes that share a market and have a tail each."""
    random = Random(seed)  # noqa: S311 - nothing secret is drawn
    history: dict[str, dict[date, Decimal]] = {code: {} for code in codes}
    price = dict.fromkeys(codes, 100.0)
    for at in range(days):
        market = random.gauss(0, 0.012)
        for place, code in enumerate(codes):
            own = random.gauss(0, 0.01 * (place + 1)) * (3 if random.random() < 0.03 else 1)
            price[code] *= max(0.8, 1 + market + own) if at else 1
            history[code][START + timedelta(days=at)] = round(Decimal(price[code]), 3)
    return history


def returns_of(*changes: str) -> tuple[DayReturn, ...]:
    """Return successive daily returns of one security."""
    return tuple(
        DayReturn(START + timedelta(days=at + 1), START + timedelta(days=at), Decimal(text), {"600519": Decimal(text)})
        for at, text in enumerate(changes)
    )
