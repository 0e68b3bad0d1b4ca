"""Prices of the holdings: imported bars by day, else the statement's own trades, never a figure in between.

Source: domain specification, section 7 (timeline).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbench.domain.lines import TRADES
from workbench.domain.margin import StalePrice
from workbench.domain.market import Bar
from workbench.domain.money import ZERO
from workbench.engine.account import Account


@dataclass(frozen=True, slots=True)
class Prices:
    """Daily bars by code and day, with the statement's own marks where there are none."""

    bars: Mapping[tuple[str, date], Bar]
    marks: Mapping[str, tuple[tuple[date, Decimal], ...]]
    """Code -> (day, last traded price) rising."""
    closes: Mapping[str, tuple[tuple[date, Decimal], ...]]

    def bar(self, code: str, day: date) -> Bar | None:
        """Return the day's bar, None where none was imported."""
        return self.bars.get((code, day))

    def last(self, code: str, day: date) -> tuple[date, Decimal, str] | None:
        """Return the last price on or before ``day``: its day, yuan and source (``bar`` before ``trade``)."""
        for source, table in (("bar", self.closes), ("trade", self.marks)):
            known = table.get(code, ())
            index = bisect_right(known, day, key=lambda entry: entry[0])
            if index:
                return *known[index - 1], source
        return None

    def close(self, code: str, day: date) -> Decimal | None:
        """Return the last price in yuan on or before ``day``, None where there is none."""
        last = self.last(code, day)
        return last[1] if last else None

    def stale(self, codes: Iterable[str], day: date) -> tuple[StalePrice, ...]:
        """Return the codes whose price of ``day`` is an earlier one, with its day and source."""
        known = ((code, last) for code in codes if (last := self.last(code, day)) is not None)
        return tuple(StalePrice(code, last[0], last[2]) for code, last in known if last[0] < day)

    def low(self, code: str, day: date) -> Decimal | None:
        """Return the day's low in yuan, None without a bar."""
        bar = self.bars.get((code, day))
        return bar.low if bar else None

    def covers(self, code: str) -> bool:
        """Tell whether any bar of the code was imported."""
        return code in self.closes


def build_prices(account: Account) -> Prices:
    """Index the bars and the statement's own trade prices."""
    daily = {(bar.code, bar.date): bar for bar in account.facts.bars if bar.time is None}
    daily |= _from_minutes(account.facts.bars, daily)
    closes: dict[str, list[tuple[date, Decimal]]] = {}
    for (code, day), bar in sorted(daily.items()):
        closes.setdefault(code, []).append((day, bar.close))
    marks: dict[str, list[tuple[date, Decimal]]] = {}
    for line in account.lines:
        if line.kind in TRADES and line.code and line.price:
            marks.setdefault(line.code, []).append((line.date, line.price))
    return Prices(
        daily,
        {code: tuple(entries) for code, entries in marks.items()},
        {code: tuple(entries) for code, entries in closes.items()},
    )


def _from_minutes(bars: tuple[Bar, ...], daily: Mapping[tuple[str, date], Bar]) -> dict[tuple[str, date], Bar]:
    built: dict[tuple[str, date], Bar] = {}
    for bar in sorted((one for one in bars if one.time), key=lambda one: (one.code, one.date, one.time)):
        key = (bar.code, bar.date)
        if key in daily:
            continue
        day = built.get(key)
        built[key] = (
            replace(bar, time=None)
            if day is None
            else replace(
                day,
                high=max(day.high, bar.high),
                low=min(day.low, bar.low),
                close=bar.close,
                volume=day.volume + bar.volume,
                amount=(day.amount or ZERO) + (bar.amount or ZERO),
            )
        )
    return built


def market_value(shares: Mapping[str, Decimal], prices: Prices, day: date, *, at_low: bool = False) -> Decimal | None:
    """Return the value of holdings in yuan at the close (or the low), None where a price is missing."""
    value = ZERO
    for code, count in shares.items():
        price = prices.low(code, day) if at_low else None
        price = price if price is not None else prices.close(code, day)
        if price is None:
            return None
        value += count * price
    return value
