"""A cushion that grows with volatility, held against the contract's fixed line.

Article 000 names a dynamic margin model without a formula, so the rule is our own:
cushion = k x daily volatility x sqrt(days to act) x value, k the normal quantile of a confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.money import ONE, ZERO, cents
from workbench.engine.conventions import Position
from workbench.errors import UsageError
from workbench.planning.guards import inside, positive
from workbench.planning.normal import quantile
from workbench.planning.stress import Contract, cushion


@dataclass(frozen=True, slots=True)
class DynamicMargin:
    """What the volatility asks for beside what the contract leaves; amounts in yuan, rounded half up."""

    fall: Decimal
    """k x daily volatility x sqrt(days): fall of the holdings to be survived, a fraction."""
    needed: Decimal
    """Value x fall."""
    cushion: Decimal
    """Total assets above the assets at the line; negative: breached already."""
    missing: Decimal
    """Needed minus cushion, not below 0: to be freed by selling or repaying, not by borrowing."""
    fall_to_line: Decimal
    """Fall of the holdings that reaches the line, a fraction; negative: breached already."""
    deviations: Decimal
    """That fall in standard deviations of the days to act."""


def dynamic_margin(
    value: Decimal, daily_volatility: Decimal, confidence: Decimal, days: int, account: Position, contract: Contract
) -> DynamicMargin:
    """Return the cushion that volatility asks for, and how far the contract's line is in the same measure.

    Example: 300 000 at 2 % a day, 95 % and 4 days: 1.645 x 2 % x 2 = 6.58 %, 19 737 yuan.

    Args:
        value: market value of the holdings in yuan.
        daily_volatility: standard deviation of the daily return, a fraction.
        confidence: strictly between 0.5 and 1.
        days: trading days it takes to act.
        account: total assets, debt, financing and margin in yuan.
        contract: how the line is measured.

    Raises:
        UsageError: a figure out of range.
    """
    positive(value, "the value", "市值")
    positive(daily_volatility, "the daily volatility", "日波动率")
    positive(Decimal(days), "the days to act", "处置天数")
    inside(confidence, "the confidence", "置信水平")
    if 2 * confidence <= ONE:
        raise UsageError(
            "a confidence of one half or less asks for no cushion",
            next_step="Use for example 99%.",
            what_zh="置信水平不超过一半时谈不上安全垫",
            next_step_zh="例如用 99%。",
        )
    spread = daily_volatility * Decimal(days).sqrt()
    fall = quantile(confidence) * spread
    left = cushion(account, contract)
    return DynamicMargin(
        fall=fall,
        needed=cents(value * fall),
        cushion=cents(left),
        missing=max(ZERO, cents(value * fall) - cents(left)),
        fall_to_line=left / value,
        deviations=left / value / spread,
    )
