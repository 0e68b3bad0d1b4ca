"""Was the stop-loss kept? The person's own rule held against every position, day by day.

A position is open from its first purchase to the sale of its last share. It breaches the rule on the first day whose
close lies below average cost x (1 - x); the rule is kept where the client sold all of it by the close of the next
trading day (shares bought on the day cannot be sold before). Source: seed 000 (止损执行), product.md (rhythm).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.lines import SALES, TRADES, Line, LineKind
from workbench.domain.money import ONE, ZERO, cents
from workbench.domain.reference import TradingCalendar
from workbench.engine.aftermath import NO_LOT, lot_after
from workbench.engine.prices import Prices
from workbench.errors import UsageError


@dataclass(frozen=True, slots=True)
class Stop:
    """One position against the rule."""

    code: str
    opened: date
    closed: date | None
    """Day the last share was sold; None: still held."""
    verdict: str
    """``kept``, ``broken`` or ``cannot_tell`` (days without a bar of it)."""
    breached: date | None
    """First day that closed below the stop; None: none is known."""
    stop_price: Decimal | None
    """Average cost x (1 - rule) that day, in yuan."""
    beyond: Decimal | None
    """What holding on cost, in yuan before fees: stop price x shares - what they brought (or the last close); negative:
    it brought more. None where the rule was not broken or a price is missing."""
    unpriced: int
    """Trading days held without a bar."""


@dataclass(frozen=True, slots=True)
class StopReview:
    """All positions against the rule."""

    rule: Decimal
    """Fraction below average cost."""
    stops: tuple[Stop, ...]

    def count(self, verdict: str) -> int:
        """Return how many positions have a verdict."""
        return sum(stop.verdict == verdict for stop in self.stops)

    @property
    def beyond(self) -> Decimal:
        """Sum of what the broken ones cost, in yuan, where known."""
        return sum((stop.beyond for stop in self.stops if stop.beyond is not None), ZERO)


@dataclass(frozen=True, slots=True)
class _Position:
    """One position with its trades in order."""

    code: str
    trades: tuple[Line, ...]
    closed: date | None


def review_stops(lines: Sequence[Line], prices: Prices, calendar: TradingCalendar, rule: Decimal) -> StopReview:
    """Hold every position against a stop-loss rule.

    Args:
        lines: the ledger in posting order.
        prices: the daily bars.
        calendar: the trading days.
        rule: fraction below average cost at which the person wanted to sell, for example 0.08.

    Raises:
        UsageError: a rule that is not between 0 and 1.
    """
    if not ZERO < rule < ONE:
        raise UsageError(
            "a stop-loss lies between 0 and 1",
            next_step="Write 8 % below cost as 0.08 or 8%.",
            what_zh="止损比例应在 0 和 1 之间",
            next_step_zh="低于成本 8% 请写 0.08 或 8%。",
        )
    last = max((line.date for line in lines), default=None)
    if last is None:
        return StopReview(rule, ())
    found = (_judged(one, prices, calendar, rule, last) for one in _positions(lines))
    return StopReview(rule, tuple(sorted(found, key=lambda stop: (stop.opened, stop.code))))


def _positions(lines: Sequence[Line]) -> Iterator[_Position]:
    """Yield every position; sales of what was not bought in the ledger open none."""
    trades: dict[str, list[Line]] = {}
    counts: dict[str, Decimal] = {}
    for line in lines:
        if line.kind not in TRADES or not line.code or not line.quantity or not line.price:
            continue
        code, sold = line.code, line.kind in SALES
        if sold and code not in trades:
            continue
        trades.setdefault(code, []).append(line)
        counts[code] = counts.get(code, ZERO) + (-line.quantity if sold else line.quantity)
        if counts[code] <= ZERO:
            yield _Position(code, tuple(trades.pop(code)), line.date)
            counts.pop(code)
    for code, left in trades.items():
        yield _Position(code, tuple(left), None)


def _judged(position: _Position, prices: Prices, calendar: TradingCalendar, rule: Decimal, last: date) -> Stop:
    code, opened = position.code, position.trades[0].date
    days = calendar.between(opened, position.closed or last)
    held = days[:-1] if position.closed else days
    unpriced = sum(prices.bar(code, day) is None for day in held)
    at = _breach(position, prices, held, rule)
    if at is None:
        verdict = "cannot_tell" if unpriced else "kept"
        return Stop(code, opened, position.closed, verdict, None, None, None, unpriced)
    day, price, count = at
    index = days.index(day)
    in_time = position.closed is not None and position.closed <= days[min(index + 1, len(days) - 1)]
    forced = any(line.kind is LineKind.FORCED_SELL and line.date > day for line in position.trades)
    if in_time and not forced:
        verdict = "cannot_tell" if unpriced else "kept"
        return Stop(code, opened, position.closed, verdict, day, price, None, unpriced)
    if index + 1 >= len(days) and position.closed is None:
        # The ledger ends on the day of the breach: there was no next trading day to sell on.
        return Stop(code, opened, None, "cannot_tell", day, price, None, unpriced)
    beyond = _beyond(position, prices, day, price, count, last)
    return Stop(code, opened, position.closed, "broken", day, price, beyond, unpriced)


def _breach(
    position: _Position, prices: Prices, days: Sequence[date], rule: Decimal
) -> tuple[date, Decimal, Decimal] | None:
    """Return the first day that closed below the stop, the stop price, and the shares held then."""
    lot, at = NO_LOT, 0
    for day in days:
        while at < len(position.trades) and position.trades[at].date <= day:
            lot = lot_after(lot, position.trades[at])
            at += 1
        bar = prices.bar(position.code, day)
        if bar is None or not lot.quantity:
            continue
        stop = lot.cost / lot.quantity * (ONE - rule)
        if bar.close < stop:
            return day, stop, lot.quantity
    return None


def _beyond(
    position: _Position, prices: Prices, day: date, stop: Decimal, count: Decimal, last: date
) -> Decimal | None:
    """Return stop price x shares minus what these shares brought later, or their value at the last close."""
    left, brought = count, ZERO
    for line in position.trades:
        if line.date > day and line.kind in SALES and left > ZERO and line.quantity and line.price:
            sold = min(left, line.quantity)
            left, brought = left - sold, brought + sold * line.price
    price = prices.close(position.code, last)
    if left > ZERO and price is None:
        return None
    return cents(stop * count - brought - left * (price or ZERO))
