"""Was it the market, the sector or the stock: least squares before the event, and the move around it in parts.

All sums are exact decimals, so that another machine gives the same digits. Source: product.md (market), seed 000
(systemic fall, sector rotation or the single stock's own event).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from workbench.domain.market import Bar
from workbench.domain.money import ONE, ZERO
from workbench.errors import UsageError

LEAST_DAYS = 20
"""Returns that a fit needs at least; with fewer it is not made."""
ALIKE = Decimal("0.000001")
"""Part of the sector's variance the market leaves unexplained, below which the two cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A straight line through returns: ``y = alpha + beta x + residual``."""

    alpha: Decimal
    """Return per day at x = 0, a fraction."""
    beta: Decimal
    r_squared: Decimal | None
    """Part of the variance of y explained; None where y does not move at all."""
    deviation: Decimal
    """Standard deviation of the residuals with n - 2 degrees of freedom (n - 3 with a sector), a fraction per day."""
    days: int
    """Returns used."""

    def residual(self, x: Decimal, y: Decimal) -> Decimal:
        """Return what the line leaves unexplained of one day, a fraction."""
        return y - self.alpha - self.beta * x


def fit(x: Sequence[Decimal], y: Sequence[Decimal], estimated: int = 2) -> Fit | None:
    """Return the least-squares line; None where x does not move or the pairs leave no residual.

    Args:
        x: returns of the index, fractions.
        y: returns of the stock on the same days.
        estimated: figures estimated from these days; 3 where y itself is what an earlier line left.
    """
    count = len(x)
    if count != len(y) or count <= estimated:
        return None
    mean_x, mean_y = sum(x, ZERO) / count, sum(y, ZERO) / count
    xx = sum(((one - mean_x) ** 2 for one in x), ZERO)
    if xx == ZERO:
        return None
    xy = sum(((one - mean_x) * (two - mean_y) for one, two in zip(x, y, strict=True)), ZERO)
    yy = sum(((two - mean_y) ** 2 for two in y), ZERO)
    beta = xy / xx
    alpha = mean_y - beta * mean_x
    left = sum(((two - alpha - beta * one) ** 2 for one, two in zip(x, y, strict=True)), ZERO)
    return Fit(alpha, beta, None if yy == ZERO else ONE - left / yy, (left / (count - estimated)).sqrt(), count)


def common_returns(*series: Sequence[Bar]) -> tuple[tuple[date, ...], tuple[tuple[Decimal, ...], ...]]:
    """Return the days on which every series traded, from the second on, and each series' simple returns between them.

    Args:
        series: daily bars of one security each, by day.
    """
    closes: list[Mapping[date, Decimal]] = [{bar.date: bar.close for bar in one} for one in series]
    days = sorted(set.intersection(*(set(one) for one in closes))) if closes else []
    pairs = list(pairwise(days))
    return tuple(days[1:]), tuple(tuple(one[b] / one[a] - ONE for a, b in pairs) for one in closes)


@dataclass(frozen=True, slots=True)
class Window:
    """Days of the estimate and of the event."""

    event: date
    estimate: int = 60
    """Most returns of the estimate; they end before the event's window."""
    before: int = 5
    """Trading days before the event that belong to its window."""
    after: int = 1
    """Trading days after it, where there are bars."""


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The move around the event in parts: ``total = market + sector + own``, sums of daily returns."""

    start: date
    end: date
    """Last day of the event's window, included."""
    total: Decimal
    market: Decimal
    """beta x index, a fraction."""
    sector: Decimal | None
    """What the sector did beyond the market, times the stock's answer to it; None without a sector series."""
    own: Decimal
    """The rest: the stock's own move, its usual drift included."""
    abnormal: Decimal
    """Own move without the usual drift (alpha x days): the cumulative abnormal return."""
    score: Decimal | None
    """Abnormal move / (residual deviation x sqrt(days)); beyond about 2 it is unusual. None without deviation."""
    fit: Fit
    """Stock against index before the event."""
    sector_beta: Decimal | None
    driver: str
    """``market``, ``sector``, ``stock``: the part with more than half of the move; else ``mixed``."""


def decompose(
    stock: Sequence[Bar], index: Sequence[Bar], window: Window, sector: Sequence[Bar] | None = None
) -> Decomposition:
    """Split the stock's move around an event into market, sector and own part.

    The sector enters with what the market leaves of it (its residual against the index), so that no move is counted
    twice and the parts add up exactly.

    Args:
        stock: daily bars of the stock by day.
        index: daily bars of the market index.
        window: event day and lengths in trading days.
        sector: daily bars of the sector's index; None: no sector part.

    Raises:
        UsageError: too few common days before or around the event, an index that does not move, or a sector that
            moves exactly as the market.
    """
    days, returns = common_returns(stock, index, *([sector] if sector is not None else []))
    usual, around = _stretches(days, window)
    y, x = returns[0], returns[1]
    line = fit(x[usual], y[usual])
    if line is None:
        raise _still()
    total, market = sum(y[around], ZERO), line.beta * sum(x[around], ZERO)
    left, beside, answer = line, None, None
    if sector is not None:
        beside, answer, left = _sector_part(returns, usual, around, line)
    count = around.stop - around.start
    own = total - market - (beside or ZERO)
    abnormal = own - line.alpha * count
    spread = left.deviation * Decimal(count).sqrt()
    score, driver = abnormal / spread if spread else None, _driver(total, market, beside or ZERO, own)
    ends = days[around.start], days[around.stop - 1]
    return Decomposition(*ends, total, market, beside, own, abnormal, score, line, answer, driver)


def _stretches(days: Sequence[date], window: Window) -> tuple[slice, slice]:
    """Return the returns of the estimate and those around the event."""
    at = bisect_left(days, window.event)
    first = max(0, at - window.before)
    usual = slice(max(0, first - window.estimate), first)
    known = usual.stop - usual.start
    if known < LEAST_DAYS or at >= len(days):
        raise _too_few(known, at < len(days), window.event)
    return usual, slice(first, min(len(days), at + window.after + 1))


def _sector_part(
    returns: Sequence[Sequence[Decimal]], usual: slice, around: slice, line: Fit
) -> tuple[Decimal, Decimal, Fit]:
    """Return the sector's part of the move, the stock's answer to the sector, and the fit that is left."""
    y, x, z = returns
    against = fit(x[usual], z[usual])
    if against is None or (against.r_squared is not None and ONE - against.r_squared < ALIKE):
        raise UsageError(
            "the sector moves exactly as the market: the two cannot be told apart",
            next_step="Give the bars of another sector index, or none.",
            what_zh="行业指数与大盘走势完全相同，无法区分",
            next_step_zh="请换一个行业指数，或不提供。",
        )
    beyond = [against.residual(a, b) for a, b in zip(x[usual], z[usual], strict=True)]
    rest = [line.residual(a, b) for a, b in zip(x[usual], y[usual], strict=True)]
    answer = fit(beyond, rest, estimated=3)
    if answer is None:
        raise _still()
    moved = sum((against.residual(a, b) for a, b in zip(x[around], z[around], strict=True)), ZERO)
    return answer.beta * moved, answer.beta, answer


def _driver(total: Decimal, market: Decimal, sector: Decimal, own: Decimal) -> str:
    for name, part in (("market", market), ("sector", sector), ("stock", own)):
        if total and part / total > Decimal("0.5"):
            return name
    return "mixed"


def _too_few(before: int, event_known: bool, event: date) -> UsageError:
    if not event_known:
        return UsageError(
            f"there are no common bars on or after {event}",
            next_step="Import bars of the stock and the index that reach past the event.",
            what_zh=f"{event} 及以后没有共同的行情",
            next_step_zh="请导入个股和指数直到事件之后的日线。",
        )
    return UsageError(
        f"only {before} common daily returns lie before the event; {LEAST_DAYS} are needed",
        next_step=f"Import bars that begin at least {LEAST_DAYS - before} trading days earlier.",
        what_zh=f"事件之前只有 {before} 个共同的日收益率，至少需要 {LEAST_DAYS} 个",
        next_step_zh=f"请导入至少再早 {LEAST_DAYS - before} 个交易日的日线。",
    )


def _still() -> UsageError:
    return UsageError(
        "the index does not move at all: no beta can be computed",
        next_step="Check the file with the index's bars.",
        what_zh="指数行情没有任何变动，无法计算贝塔",
        next_step_zh="请检查指数行情文件。",
    )
