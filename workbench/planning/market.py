"""What the market supports for what is still held: wait, leave in part or hedge, or that it cannot be told.

Each conclusion carries its reason and its weakness; it is arithmetic on past prices and no advice, and none of them
ever means new borrowing. Source: seed 000 (market analysis; step 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.market import Bar
from workbench.domain.money import plain
from workbench.domain.reference import ReferenceTables
from workbench.errors import UsageError
from workbench.planning.market_factors import Decomposition, Window, decompose
from workbench.planning.market_series import (
    FRAMES,
    Gaps,
    Limits,
    Trend,
    average_true_range,
    daily,
    divergence,
    gaps,
    limit_days,
    trend,
    turnover_rate,
)

UNUSUAL = Decimal(2)
"""Score beyond which a stock's own move is called unusual: about 1 in 20 by chance on normal days."""
WEAK_FIT = Decimal("0.2")
"""R-squared below which the index explains little of the stock."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the figures support, with reason and weakness."""

    verdict: str
    """``wait``, ``partial_exit``, ``hedge`` or ``cannot_tell``."""
    why_zh: str
    why_en: str
    weakness_zh: str
    weakness_en: str
    needs_zh: str = ""
    """What would allow an answer; empty where there is one."""
    needs_en: str = ""


@dataclass(frozen=True, slots=True)
class MarketReview:
    """One security around the event."""

    code: str
    bars: int
    trends: tuple[Trend, ...]
    atr: Decimal | None
    """Wilder's ATR(14) at the last bar, yuan, not rounded."""
    atr_part: Decimal | None
    """ATR / last close, a fraction."""
    divergence: str
    turnover: Decimal | None
    gaps: Gaps
    limits: Limits
    decomposition: Decomposition | None
    conclusion: Conclusion


@dataclass(frozen=True, slots=True)
class Series:
    """Which bars belong together."""

    bars: tuple[Bar, ...]
    index: str | None = None
    """Code of the market index among the bars."""
    sector: str | None = None
    """Code of the sector index among the bars."""


def review_market(
    code: str, series: Series, event: date | None, tables: ReferenceTables, outstanding: Decimal | None = None
) -> MarketReview:
    """Look at one security: its trend and range by all its bars, and its move around the event in parts.

    Args:
        code: the security.
        series: bars of the stock and, where known, of index and sector.
        event: day of the forced sale or of the first crossing; None: no decomposition.
        tables: price limits and trading calendar.
        outstanding: shares outstanding; None: turnover unknown.
    """
    bars = daily(series.bars, code)
    trends = tuple(trend(bars, *frame) for frame in FRAMES)
    found, needs = _decomposed(bars, series, event)
    atr = average_true_range(bars)
    return MarketReview(
        code,
        len(bars),
        trends,
        atr,
        None if atr is None else atr / bars[-1].close,
        divergence(bars),
        turnover_rate(bars, outstanding),
        gaps(bars),
        limit_days(bars, tables),
        found,
        conclude(found, trends, needs),
    )


def _decomposed(
    bars: Sequence[Bar], series: Series, event: date | None
) -> tuple[Decomposition | None, tuple[str, str]]:
    if event is None:
        return None, ("需要强平日或触线日。", "The day of a forced sale or of a crossing is needed.")
    if series.index is None:
        return None, (
            "需要大盘指数日线：导入后用 --index 代码 指明。",
            "Daily bars of a market index are needed: import them and name the code with --index.",
        )
    index = daily(series.bars, series.index)
    sector = daily(series.bars, series.sector) if series.sector else None
    try:
        return decompose(bars, index, Window(event), sector), ("", "")
    except UsageError as problem:
        return None, (problem.text("zh"), problem.text("en"))


def conclude(found: Decomposition | None, trends: Sequence[Trend], needs: tuple[str, str] = ("", "")) -> Conclusion:
    """Return what the figures support.

    The stock's own unusual fall, or a fall that lasts on days and weeks without one main cause, supports leaving in
    part; a market or sector fall that lasts in the weeks supports a hedge; one that does not last, waiting.

    Args:
        found: the move around the event; None: cannot tell.
        trends: by day, week and month.
        needs: what is missing, in Chinese and English.
    """
    weekly = next((one for one in trends if one.frame == "week"), None)
    if found is None or weekly is None or weekly.direction == "cannot_tell":
        return _unknown(found, weekly, needs)
    down = weekly.direction == "down"
    if found.driver == "stock" and found.score is not None and abs(found.score) >= UNUSUAL:
        verdict = "partial_exit" if found.own < 0 else "wait"
    elif found.driver in ("market", "sector"):
        verdict = "hedge" if down else "wait"
    elif down and all(one.direction == "down" for one in trends if one.frame == "day"):
        verdict = "partial_exit"
    else:
        verdict = "wait"
    return Conclusion(verdict, *_why(found, weekly), *_weakness(found))


def _unknown(found: Decomposition | None, weekly: Trend | None, needs: tuple[str, str]) -> Conclusion:
    if found is not None and weekly is not None:
        short = max(0, weekly.long - weekly.bars)
        needs = (f"周线还差 {short} 根。", f"{short} more weekly bars are needed.")
    return Conclusion(
        "cannot_tell",
        "行情不足，无法判断是大盘、行业还是个股所致。",
        "The bars do not suffice to tell market, sector and stock apart.",
        "没有结论，就没有可依据的建议。",
        "Without a conclusion there is nothing to lean on.",
        *needs,
    )


_DRIVERS = {
    "market": ("主要随大盘", "mostly with the market"),
    "sector": ("主要随行业", "mostly with its sector"),
    "stock": ("主要是个股自身", "mostly by itself"),
    "mixed": ("没有单一主因", "for no single main cause"),
}
_DIRECTIONS = {"up": ("向上", "up"), "down": ("向下", "down"), "sideways": ("横盘", "sideways")}


def _points(part: Decimal) -> str:
    return f"{part * 100:.2f}%"


def _why(found: Decomposition, weekly: Trend) -> tuple[str, str]:
    driver, direction = _DRIVERS[found.driver], _DIRECTIONS[weekly.direction]
    sector = "" if found.sector is None else f"，行业 {_points(found.sector)}"
    beside = "" if found.sector is None else f", sector {_points(found.sector)}"
    zh = (
        f"{found.start} 至 {found.end} 涨跌 {_points(found.total)}：大盘 {_points(found.market)}{sector}，"
        f"自身 {_points(found.own)}，{driver[0]}；周线{direction[0]}。"
    )
    en = (
        f"{found.start} to {found.end} it moved {_points(found.total)}: market {_points(found.market)}{beside},"
        f" own {_points(found.own)}, {driver[1]}; the weeks point {direction[1]}."
    )
    return zh, en


def _weakness(found: Decomposition) -> tuple[str, str]:
    known = found.fit.r_squared
    share = "?" if known is None else plain(round(known, 2))
    weak = known is None or known < WEAK_FIT
    doubt_zh, doubt_en = ("，指数对它几乎没有解释力", ", so the index explains little of it") if weak else ("", "")
    days = found.fit.days
    zh = f"依据 {days} 个交易日，R² {share}{doubt_zh}；过去的关系不保证延续；不复权行情中除权日会显得像下跌。"
    en = (
        f"Rests on {days} days, R² {share}{doubt_en}; past relations need not last; unadjusted bars show an ex-dividend"
        " day as a fall."
    )
    return zh, en
