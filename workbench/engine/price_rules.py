"""What the day's prices allow a fill: range, price limit, suspension, volume and tick.

A rule answers broken, kept or untried, never a guess: untried says that a bar or a status is missing.
Source: domain specification, section 7; ``../shared/facts/legal.md`` section 8.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from workbench.domain.lines import Line
from workbench.domain.market import Bar
from workbench.domain.money import CENT, ONE, ZERO, plain
from workbench.domain.reference import ReferenceTables
from workbench.engine.instruments import board_of, is_bond, is_fund, market_of
from workbench.engine.market import BOARD_LOT, KEPT, UNTRIED, Answer, Market, Reason, broken
from workbench.engine.prices import Prices
from workbench.errors import ReferenceGapError

CENT_EXPONENT = -2
"""Exponent of a price printed to the cent, which may be the rounded mean of several fills."""
FINE_TICKS = ("200", "900")
"""B shares, quoted in 0.001."""


def bad_price(line: Line, prices: Prices) -> Reason | None:
    """Return why a fill could not have had its price that day, None where it could or no bar is known."""
    bar = prices.bar(line.code or "", line.date)
    if bar is None or line.price is None:
        return None
    slack = Decimal("0.005") if line.price.as_tuple().exponent == CENT_EXPONENT else ZERO
    if not bar.volume or bar.low - slack <= line.price <= bar.high + slack:
        return None
    price, low, high = plain(line.price), plain(bar.low), plain(bar.high)
    return (
        f"{line.code} {line.name or ''}成交价 {price} 元，当日最低 {low} 元、最高 {high} 元".replace("  ", " "),
        f"{line.code} filled at {price}, the day's range was {low} to {high}",
    )


def price_rule(line: Line, market: Market) -> Answer:
    """Inside the day's low and high."""
    bar = market.prices.bar(line.code or "", line.date)
    if bar is None or not bar.volume or line.price is None:
        return UNTRIED
    reason = bad_price(line, market.prices)
    return KEPT if reason is None else Answer(tried=True, reason=reason)


def limit_rule(line: Line, market: Market) -> Answer:
    """Inside the price limits of the day.

    Untried where the previous trading day has no bar, and where the bar itself left the limits: then the reference
    price was adjusted, or the security had none that day.
    """
    code = line.code or ""
    bounds = price_limits(line, market)
    bar = market.prices.bar(code, line.date)
    if bounds is None or line.price is None or bar is None:
        return UNTRIED
    low, high = bounds
    if not (low <= bar.low and bar.high <= high):
        return UNTRIED
    if low <= line.price <= high:
        return KEPT
    price, bottom, top = plain(line.price), plain(low), plain(high)
    return broken(
        f"{code} 成交价 {price} 元，超出当日涨跌停价 {bottom} 元至 {top} 元",
        f"{code} filled at {price}, beyond the day's price limits {bottom} to {top}",
    )


def price_limits(line: Line, market: Market) -> tuple[Decimal, Decimal] | None:
    """Return the lowest and highest price of the day in yuan, rounded half up to the cent; None where unknown."""
    code, tables = line.code or "", market.account.tables
    try:
        before = market.prices.bar(code, tables.calendar.previous(line.date))
    except ReferenceGapError:
        return None
    return None if before is None else limits_after(before, status_of(line.name or ""), line.date, tables)


def limits_after(before: Bar, status: str | None, day: date, tables: ReferenceTables) -> tuple[Decimal, Decimal] | None:
    """Return the lowest and highest price in yuan of the trading day after a bar; None where no limit is known.

    Args:
        before: bar of the trading day before.
        status: ``NORMAL``, ``ST`` or ``DELISTING_PERIOD``; None: a new listing.
        day: the trading day.
        tables: the dated price limits.
    """
    code = before.code
    if is_fund(code) or is_bond(code) or status is None:
        return None
    rule = tables.limit_at(market_of(code), board_of(code), status, day)
    if rule is None or not before.volume:
        return None
    low, high = ((before.close * (ONE + sign * rule.rate)).quantize(CENT, rounding=ROUND_HALF_UP) for sign in (-1, 1))
    return low, high


def status_of(name: str) -> str | None:
    """Return ``NORMAL``, ``ST`` or ``DELISTING_PERIOD`` by the printed name; None for a new listing (N, C)."""
    text = name.strip().upper()
    if text.startswith(("ST", "*ST", "S*ST", "SST")):
        return "ST"
    if "退" in text:
        return "DELISTING_PERIOD"
    new = len(text) > 1 and text[0] in "NC" and not text[1].isascii()
    return None if new else "NORMAL"


def halted_rule(line: Line, market: Market) -> Answer:
    """Traded at all that day."""
    if not market.prices.covers(line.code or ""):
        return UNTRIED
    if not halted_on(line, market.prices):
        return KEPT if market.prices.bar(line.code or "", line.date) else UNTRIED
    return broken(f"{line.code} 当日停牌", f"{line.code} did not trade that day")


def halted_on(line: Line, prices: Prices) -> bool:
    """Tell whether the imported bars show no trading in the security on the fill's day."""
    code = line.code or ""
    bar = prices.bar(code, line.date)
    if bar is not None:
        return bar.volume == ZERO
    days = [day for day, _ in prices.closes.get(code, ())]
    return bool(days) and days[0] < line.date < days[-1]


def volume_rule(line: Line, market: Market) -> Answer:
    """No more than the whole market traded that day."""
    bar = market.prices.bar(line.code or "", line.date)
    if bar is None or not bar.volume or not line.quantity:
        return UNTRIED
    if line.quantity <= bar.volume:
        return KEPT
    count, volume = plain(line.quantity), plain(bar.volume)
    return broken(
        f"{line.code} 成交 {count} 股，超过全市场当日成交量 {volume} 股",
        f"{count} shares of {line.code} exceed the whole market's {volume} of that day",
    )


def tick_rule(line: Line, market: Market) -> Answer:
    """In steps of a cent; a finer price may be the mean of several fills, so it is only asked about."""
    code = line.code or ""
    if line.price is None or not line.quantity or is_fund(code) or is_bond(code) or code.startswith(("200", "900")):
        return UNTRIED
    if line.price == line.price.quantize(CENT):
        return KEPT
    bar = market.prices.bar(code, line.date)
    if line.quantity > BOARD_LOT or (bar is not None and bar.close != bar.close.quantize(CENT)):
        return UNTRIED
    return broken(
        f"{code} 成交价 {plain(line.price)} 元不是最小价位 0.01 元的整数倍",
        f"{code} filled at {plain(line.price)}, no multiple of the tick of 0.01",
        doubtful=True,
    )
