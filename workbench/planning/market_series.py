"""What one security's bars tell by themselves: trend, range, gaps, volume, turnover, days at the limit.

Bars are unadjusted: a dividend or split looks like a gap and like a fall. Source: product.md (market), seeds 000
(several time frames, volume against price) and 003 (ATR, volume and turnover).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from workbench.domain.market import Bar
from workbench.domain.money import ONE, ZERO
from workbench.domain.reference import ReferenceTables
from workbench.engine.price_rules import limits_after
from workbench.errors import ReferenceGapError

ATR_DAYS = 14
FRAMES: tuple[tuple[str, int, int], ...] = (("day", 5, 20), ("week", 5, 10), ("month", 3, 6))
"""Time frame, bars of the short and of the long moving average."""
RECENT, WINDOW = 5, 20
"""Bars that are recent, and bars looked at in all, for volume against price."""


def daily(bars: Sequence[Bar], code: str) -> tuple[Bar, ...]:
    """Return one security's daily bars with trading, by day; suspended days and minute bars are left out."""
    return tuple(sorted((one for one in bars if one.code == code and one.time is None and one.volume > ZERO),
                        key=lambda one: one.date))  # fmt: skip


def aggregate(bars: Sequence[Bar], frame: str) -> tuple[Bar, ...]:
    """Join daily bars to calendar weeks (Monday to Sunday) or months; the first and last may be incomplete.

    Args:
        bars: one security's daily bars by day.
        frame: ``day`` (unchanged), ``week`` or ``month``.

    A joined bar carries the date of its last day; its turnover is None where one day's is unknown.
    """
    keys: dict[str, Callable[[date], tuple[int, ...]]] = {
        "day": lambda day: (day.toordinal(),),
        "week": lambda day: tuple(day.isocalendar())[:2],
        "month": lambda day: (day.year, day.month),
    }
    key = keys[frame]
    joined: dict[tuple[int, ...], Bar] = {}
    for bar in bars:
        before = joined.get(key(bar.date))
        joined[key(bar.date)] = bar if before is None else _joined(before, bar)
    return tuple(joined.values())


def _joined(first: Bar, then: Bar) -> Bar:
    amount = None if first.amount is None or then.amount is None else first.amount + then.amount
    return replace(
        first,
        date=then.date,
        high=max(first.high, then.high),
        low=min(first.low, then.low),
        close=then.close,
        volume=first.volume + then.volume,
        amount=amount,
    )


def moving_average(bars: Sequence[Bar], length: int) -> Decimal | None:
    """Return the mean close in yuan of the last ``length`` bars, not rounded; None where there are fewer."""
    return None if len(bars) < length else sum((bar.close for bar in bars[-length:]), ZERO) / length


@dataclass(frozen=True, slots=True)
class Trend:
    """Where the last close stands against two moving averages."""

    frame: str
    """``day``, ``week`` or ``month``."""
    short: int
    long: int
    """Bars of each average."""
    close: Decimal | None
    short_mean: Decimal | None
    long_mean: Decimal | None
    direction: str
    """``up``: close > short > long; ``down``: close < short < long; ``sideways``; ``cannot_tell``: too few bars."""
    bars: int
    """Bars of this frame; fewer than ``long`` cannot tell."""


def trend(bars: Sequence[Bar], frame: str, short: int, long: int) -> Trend:
    """Return the trend of daily bars in one time frame.

    Args:
        bars: one security's daily bars by day.
        frame: ``day``, ``week`` or ``month``.
        short: bars of the short moving average.
        long: bars of the long one.
    """
    joined = aggregate(bars, frame)
    quick, slow = moving_average(joined, short), moving_average(joined, long)
    close = joined[-1].close if joined else None
    if close is None or quick is None or slow is None:
        direction = "cannot_tell"
    elif close > quick > slow:
        direction = "up"
    elif close < quick < slow:
        direction = "down"
    else:
        direction = "sideways"
    return Trend(frame, short, long, close, quick, slow, direction, len(joined))


def true_ranges(bars: Sequence[Bar]) -> tuple[Decimal, ...]:
    """Return each bar's true range in yuan: max(H - L, |H - C'|, |L - C'|); the first bar, without C', H - L."""
    if not bars:
        return ()
    rest = (
        max(bar.high - bar.low, abs(bar.high - before.close), abs(bar.low - before.close))
        for before, bar in pairwise(bars)
    )
    return (bars[0].high - bars[0].low, *rest)


def average_true_range(bars: Sequence[Bar], length: int = ATR_DAYS) -> Decimal | None:
    """Return Wilder's average true range in yuan, not rounded; None with fewer than ``length`` bars.

    The first is the mean of ``length`` true ranges, each next ``(previous x (length - 1) + range) / length``.
    """
    ranges = true_ranges(bars)
    if length < 1 or len(ranges) < length:
        return None
    found = sum(ranges[:length], ZERO) / length
    for one in ranges[length:]:
        found = (found * (length - 1) + one) / length
    return found


def divergence(bars: Sequence[Bar], recent: int = RECENT, window: int = WINDOW) -> str:
    """Say whether volume went with the price.

    ``top``: the highest close of the last ``window`` bars lies in the last ``recent``, on a smaller mean volume than
    the bars before it. ``bottom``: the same of the lowest close (the selling dries up). ``confirmed``: such a close on
    no smaller volume. ``none``: no new extreme. ``cannot_tell``: fewer than ``window`` bars.
    """
    if len(bars) < window or not 0 < recent < window:
        return "cannot_tell"
    looked, last = bars[-window:], bars[-recent:]
    earlier = looked[:-recent]
    thin = sum((bar.volume for bar in last), ZERO) * len(earlier) < sum((bar.volume for bar in earlier), ZERO) * recent
    if max(bar.close for bar in last) > max(bar.close for bar in earlier):
        return "top" if thin else "confirmed"
    if min(bar.close for bar in last) < min(bar.close for bar in earlier):
        return "bottom" if thin else "confirmed"
    return "none"


def turnover_rate(bars: Sequence[Bar], outstanding: Decimal | None) -> Decimal | None:
    """Return the mean daily turnover, volume / shares outstanding, a fraction; None where the shares are unknown."""
    if not bars or outstanding is None or outstanding <= ZERO:
        return None
    return sum((bar.volume for bar in bars), ZERO) / len(bars) / outstanding


@dataclass(frozen=True, slots=True)
class Gaps:
    """Opening gaps: the day's open outside the range of the bar before."""

    up: int
    down: int
    largest_up: Decimal | None
    """Largest open / previous close - 1 of the gaps up, a fraction; None without any."""
    largest_down: Decimal | None
    """Most negative of the gaps down."""
    days: int
    """Openings looked at."""


def gaps(bars: Sequence[Bar]) -> Gaps:
    """Count the openings above the previous high or below the previous low."""
    pairs = list(pairwise(bars))
    up = [bar.open / before.close - ONE for before, bar in pairs if bar.open > before.high]
    down = [bar.open / before.close - ONE for before, bar in pairs if bar.open < before.low]
    return Gaps(len(up), len(down), max(up, default=None), min(down, default=None), len(pairs))


@dataclass(frozen=True, slots=True)
class Limits:
    """Days that closed at the price limit."""

    up: tuple[date, ...]
    down: tuple[date, ...]
    known: int
    """Days whose limits are known: a bar on the trading day before and an entry in the tables."""
    beyond: tuple[date, ...]
    """Days that left the limits: a new listing, another status, or an ex-dividend day, unmarked in unadjusted bars."""


def limit_days(bars: Sequence[Bar], tables: ReferenceTables, status: str = "NORMAL") -> Limits:
    """Return the days on which the close stood at a price limit of the exchange.

    Args:
        bars: one security's daily bars by day.
        tables: the dated price limits and the trading calendar.
        status: ``NORMAL``, ``ST`` or ``DELISTING_PERIOD``.
    """
    up: list[date] = []
    down: list[date] = []
    beyond: list[date] = []
    known = 0
    for before, bar in pairwise(bars):
        try:
            follows = tables.calendar.previous(bar.date) == before.date
        except ReferenceGapError:
            continue
        bounds = limits_after(before, status, bar.date, tables) if follows else None
        if bounds is None:
            continue
        known += 1
        if bar.low < bounds[0] or bar.high > bounds[1]:
            beyond.append(bar.date)
        elif bar.close in bounds:
            (down if bar.close == bounds[0] else up).append(bar.date)
    return Limits(tuple(up), tuple(down), known, tuple(beyond))


@dataclass(frozen=True, slots=True)
class Drawdown:
    """Largest fall of closes from a peak to a later low."""

    fall: Decimal
    """Fraction, positive; zero where the price never fell."""
    peak: date
    low: date


def largest_drawdown(bars: Sequence[Bar]) -> Drawdown | None:
    """Return the largest ``1 - close / highest close before``; None without bars."""
    if not bars:
        return None
    peak, worst = bars[0], Drawdown(ZERO, bars[0].date, bars[0].date)
    for bar in bars:
        if bar.close > peak.close:
            peak = bar
        fall = ONE - bar.close / peak.close
        if fall > worst.fall:
            worst = Drawdown(fall, peak.date, bar.date)
    return worst
