"""Value at risk and expected shortfall, by history and by the normal curve.

Historical quantile: the empirical distribution inverted without interpolation (NumPy's ``inverted_cdf``), so that the
value at risk is the loss of one real day, which can be named. Source: article 000 (VAR与情景压力测试).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final

from workbench.domain.money import ONE, ZERO, cents, percent
from workbench.errors import UsageError
from workbench.planning.guards import inside, positive
from workbench.planning.normal import density, quantile
from workbench.planning.notes import Note
from workbench.planning.returns import DayReturn, over_horizon

MOST_HORIZON: Final = 20
"""Days; beyond them a past of a year or two holds too few separate stretches."""
WEAK_NORMAL: Final = Note(
    "normal_is_thin",
    "正态法假定涨跌服从正态分布、各日独立；A股有肥尾和连续跌停，实际损失常比它大，跌停时还卖不出去。",
    "The normal curve assumes thin tails and independent days; mainland shares have fat tails and chains of limit-down"
    " days, on which losses exceed it and nothing can be sold.",
)
WEAK_HISTORY: Final = Note(
    "history_is_past",
    "历史法只知道文件里的日子，没有发生过的跌法它看不见。",
    "The historical figure knows only the days in the file; a fall that did not happen there is invisible to it.",
)


@dataclass(frozen=True, slots=True)
class ValueAtRisk:
    """What may be lost; amounts in yuan, losses positive, rounded half up to the cent (negative: a gain)."""

    method: str
    """``historical`` or ``normal``."""
    confidence: Decimal
    horizon: int
    """Trading days."""
    value_at_risk: Decimal
    """Loss that is not exceeded with the confidence."""
    expected_shortfall: Decimal
    """Mean loss in the part of cases beyond it."""
    observations: int
    day: date | None
    """Last day of the stretch whose loss it is; None for the normal curve."""
    weakness: Note


def historical(returns: Sequence[DayReturn], value: Decimal, confidence: Decimal, horizon: int = 1) -> ValueAtRisk:
    """Return the k-th smallest loss of n, k = ceil(n c), and the mean of the worst part 1 - c.

    ES = (sum of losses after k + (k - n c) x loss k) / (n (1 - c)): the loss at the quantile counts with the part of it
    that lies in the tail. Over several days the stretches are compounded and overlap; days are not scaled.

    Args:
        returns: daily returns.
        value: market value in yuan.
        confidence: c, strictly between 0 and 1.
        horizon: trading days, 1 to 20.

    Raises:
        UsageError: out of range, or fewer than 1 / (1 - c) stretches: then no case lies in the tail.
    """
    _check(value, confidence, horizon)
    changes = over_horizon(tuple(returns), horizon)
    if len(changes) * (ONE - confidence) < ONE:
        raise _too_short(len(changes), confidence, horizon)
    losses = sorted((-change, day) for day, change in changes)
    at, shortfall = tail([loss for loss, _ in losses], confidence)
    loss, day = losses[at]
    return ValueAtRisk(
        "historical",
        confidence,
        horizon,
        cents(loss * value),
        cents(shortfall * value),
        len(losses),
        day,
        WEAK_HISTORY,
    )


def tail(losses: Sequence[Decimal], confidence: Decimal) -> tuple[int, Decimal]:
    """Return the place of the quantile in rising losses (from 0), and the mean of the worst part 1 - c."""
    count = len(losses)
    rank = int((count * confidence).to_integral_value(ROUND_CEILING))
    beyond = sum(losses[rank:], ZERO) + (rank - count * confidence) * losses[rank - 1]
    return rank - 1, beyond / (count * (ONE - confidence))


def normal(returns: Sequence[DayReturn], value: Decimal, confidence: Decimal, horizon: int = 1) -> ValueAtRisk:
    """Return VaR = V (z s sqrt h - m h) and ES = V (s sqrt h f(z) / (1 - c) - m h).

    m and s are mean and sample deviation (n - 1) of the daily returns, z is the normal quantile of c, f the density.

    Args:
        returns: daily returns, at least two.
        value: market value in yuan.
        confidence: c, strictly between 0 and 1.
        horizon: h, trading days, 1 to 20.

    Raises:
        UsageError: out of range, or fewer than two returns.
    """
    _check(value, confidence, horizon)
    if len(returns) < 2:  # noqa: PLR2004 - a deviation takes two
        raise _too_short(len(returns), confidence, horizon)
    changes = [one.total for one in returns]
    middle = mean(changes) * horizon
    spread = deviation(changes) * Decimal(horizon).sqrt()
    z = quantile(confidence)
    return ValueAtRisk(
        "normal",
        confidence,
        horizon,
        cents(value * (z * spread - middle)),
        cents(value * (spread * density(z) / (ONE - confidence) - middle)),
        len(changes),
        None,
        WEAK_NORMAL,
    )


def mean(changes: Sequence[Decimal]) -> Decimal:
    """Return the arithmetic mean."""
    return sum(changes, ZERO) / len(changes)


def deviation(changes: Sequence[Decimal]) -> Decimal:
    """Return the sample standard deviation, divisor n - 1."""
    return covariance(changes, changes).sqrt()


def covariance(one: Sequence[Decimal], other: Sequence[Decimal]) -> Decimal:
    """Return the sample covariance of two series of equal length, divisor n - 1."""
    middle, centre = mean(one), mean(other)
    summed = sum(((x - middle) * (y - centre) for x, y in zip(one, other, strict=True)), ZERO)
    return summed / (len(one) - 1)


def _check(value: Decimal, confidence: Decimal, horizon: int) -> None:
    positive(value, "the value", "市值")
    inside(confidence, "the confidence", "置信水平")
    if not 1 <= horizon <= MOST_HORIZON:
        raise UsageError(
            f"a horizon of {horizon} days is out of range",
            next_step=f"Use 1 to {MOST_HORIZON} trading days.",
            what_zh=f"持有期 {horizon} 天超出范围",
            next_step_zh=f"请用 1 至 {MOST_HORIZON} 个交易日。",
        )


def _too_short(count: int, confidence: Decimal, horizon: int) -> UsageError:
    needed = max(2, int((ONE / (ONE - confidence)).to_integral_value(ROUND_CEILING)))
    return UsageError(
        f"{count} unbroken stretches of {horizon} days say nothing at {percent(confidence)}: {needed} are needed,"
        f" {needed - count} more",
        next_step="Give a longer price file or a lower confidence.",
        what_zh=f"只有 {count} 段连续 {horizon} 日收益，置信水平 {percent(confidence)} 至少要 {needed} 段，"
        f"还差 {needed - count} 段",
        next_step_zh="请提供更长的行情，或降低置信水平。",
    )
