"""Which holding carries the risk: marginal and component value at risk on the covariance of daily returns.

By Euler's rule the components of the deviation add up to it: nothing is left over, nothing counted twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.money import ZERO, cents
from workbench.errors import UsageError
from workbench.planning.guards import inside
from workbench.planning.normal import quantile
from workbench.planning.returns import DayReturn
from workbench.planning.value_at_risk import covariance

Covariances = Mapping[tuple[str, str], Decimal]
"""Pair of codes, both orders -> covariance of their daily returns."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One holding's part of the portfolio's one-day normal value at risk, mean taken as zero."""

    code: str
    value: Decimal
    """Market value in yuan, rounded to the cent."""
    marginal: Decimal
    """Yuan of value at risk for one yuan more of it, unrounded; below 0 it offsets the others."""
    component: Decimal
    """Value x marginal, in yuan, rounded; over all holdings they make the whole (to their rounding)."""
    share: Decimal
    """Component over the whole, a fraction."""


def covariances(returns: Sequence[DayReturn]) -> Covariances:
    """Return the sample covariances (n - 1) of every pair of codes.

    Raises:
        UsageError: fewer than two returns.
    """
    if len(returns) < 2:  # noqa: PLR2004 - a covariance takes two
        raise UsageError(
            f"{len(returns)} returns make no covariance",
            next_step="Give a longer price file.",
            what_zh=f"只有 {len(returns)} 个收益率，算不出协方差",
            next_step_zh="请提供更长的行情。",
        )
    series = {code: [one.by_code[code] for one in returns] for code in returns[0].by_code}
    found: dict[tuple[str, str], Decimal] = {}
    for one, moves in series.items():
        for other, others in series.items():
            known = found.get((other, one))
            found[one, other] = covariance(moves, others) if known is None else known
    return found


def contributions(
    values: Mapping[str, Decimal], covariance_of: Covariances, confidence: Decimal
) -> tuple[Contribution, ...]:
    """Return each holding's marginal and component value at risk, the largest marginal first, ties by code.

    marginal(i) = z x sum over j of cov(i, j) v(j) / s, s = sqrt(v' C v); component(i) = v(i) x marginal(i).

    Args:
        values: code -> market value in yuan.
        covariance_of: covariances of all pairs of these codes.
        confidence: strictly between 0 and 1.

    Raises:
        UsageError: holdings without any variance, or a confidence out of range.
    """
    inside(confidence, "the confidence", "置信水平")
    pulls = {
        code: sum((covariance_of[code, other] * value for other, value in values.items()), ZERO) for code in values
    }
    variance = sum((value * pulls[code] for code, value in values.items()), ZERO)
    if variance <= ZERO:
        raise UsageError(
            "the holdings have no variance in these prices",
            next_step="Give prices that moved.",
            what_zh="这些行情里持仓没有波动",
            next_step_zh="请提供有涨跌的行情。",
        )
    z, spread = quantile(confidence), variance.sqrt()
    rows = [
        Contribution(
            code,
            cents(value),
            z * pulls[code] / spread,
            cents(z * value * pulls[code] / spread),
            value * pulls[code] / variance,
        )
        for code, value in values.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.marginal, row.code)))
