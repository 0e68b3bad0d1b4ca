"""Was the value at risk right? Exceedances in a rolling window beside the expected number, and Kupiec's test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from workbench.domain.money import ONE, ZERO
from workbench.errors import UsageError
from workbench.planning.guards import inside
from workbench.planning.normal import quantile
from workbench.planning.returns import DayReturn
from workbench.planning.value_at_risk import deviation, mean, tail

SIGNIFICANCE: Final = Decimal("0.05")
"""Below this probability the number of exceedances is called incompatible with the confidence."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """How often one-day losses exceeded the value at risk told the evening before."""

    method: str
    """``historical`` or ``normal``."""
    window: int
    """Returns behind each value at risk."""
    days: int
    """Days tested."""
    exceedances: tuple[date, ...]
    expected: Decimal
    """Days x (1 - confidence)."""
    statistic: Decimal
    """Kupiec's likelihood ratio, chi-square with one degree of freedom."""
    probability: Decimal
    """Probability of a ratio at least as large where the model is right."""

    @property
    def rejected(self) -> bool:
        """Whether the number of exceedances speaks against the model at 5 %: too many or too few."""
        return self.probability < SIGNIFICANCE


def backtest(returns: Sequence[DayReturn], confidence: Decimal, window: int, method: str = "historical") -> Backtest:
    """Return the exceedances of the one-day value at risk, each told from the ``window`` returns before the day.

    Args:
        returns: daily returns, rising by day.
        confidence: strictly between 0 and 1.
        window: returns behind each figure.
        method: ``historical`` or ``normal``.

    Raises:
        UsageError: no day left to test, or a window without a case in the tail.
    """
    inside(confidence, "the confidence", "置信水平")
    days = len(returns) - window
    if days < 1 or window * (ONE - confidence) < ONE:
        raise UsageError(
            f"a window of {window} returns out of {len(returns)} leaves {max(days, 0)} days to test",
            next_step="Give a longer price file, or a window that leaves days and has a case in its tail.",
            what_zh=f"共 {len(returns)} 个收益率，窗口 {window}，只剩 {max(days, 0)} 天可检验",
            next_step_zh="请提供更长的行情，或调整窗口使其既留出检验天数、尾部又至少有一个样本。",
        )
    told = _historical if method == "historical" else _normal
    exceeded = [
        returns[at].day
        for at in range(window, len(returns))
        if -returns[at].total > told([one.total for one in returns[at - window : at]], confidence)
    ]
    ratio, probability = kupiec(len(exceeded), days, ONE - confidence)
    return Backtest(method, window, days, tuple(exceeded), days * (ONE - confidence), ratio, probability)


def kupiec(exceeded: int, days: int, rate: Decimal) -> tuple[Decimal, Decimal]:
    """Return Kupiec's proportion-of-failures ratio and its probability.

    LR = -2 ln[(1-p)^(T-x) p^x] + 2 ln[(1-x/T)^(T-x) (x/T)^x]; the chi-square tail with one degree of freedom is
    erfc(sqrt(LR / 2)).

    Args:
        exceeded: x, days on which the loss was larger.
        days: T, days tested.
        rate: p, the rate expected, strictly between 0 and 1.

    Source: Kupiec, Techniques for verifying the accuracy of risk measurement models, Journal of Derivatives 1995.
    """
    seen = Decimal(exceeded) / days
    ratio = 2 * (_log_likelihood(exceeded, days, seen) - _log_likelihood(exceeded, days, rate))
    ratio = max(ZERO, ratio)
    return ratio, Decimal(math.erfc((ratio / 2).sqrt()))


def _log_likelihood(exceeded: int, days: int, rate: Decimal) -> Decimal:
    kept = days - exceeded
    return (kept * (ONE - rate).ln() if kept else ZERO) + (exceeded * rate.ln() if exceeded else ZERO)


def _historical(changes: Sequence[Decimal], confidence: Decimal) -> Decimal:
    losses = sorted(-change for change in changes)
    return losses[tail(losses, confidence)[0]]


def _normal(changes: Sequence[Decimal], confidence: Decimal) -> Decimal:
    return quantile(confidence) * deviation(changes) - mean(changes)
