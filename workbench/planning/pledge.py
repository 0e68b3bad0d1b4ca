"""Liquid assets offered as security: what they cover, and by how much they may fall.

Source: seed 000 (以优质流动资产作为临时质押，换取较宽松的追加保证金周期).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.money import ONE, ZERO, cents
from workbench.errors import UsageError


@dataclass(frozen=True, slots=True)
class Pledge:
    """One asset given as security; it stays the pledgor's until the creditor may realise it."""

    name: str
    quantity: Decimal
    price: Decimal
    """Yuan a unit."""
    haircut: Decimal
    """Part of the price (0-1) that the creditor does not count."""

    def __post_init__(self) -> None:
        if self.quantity < ZERO or self.price < ZERO or not ZERO <= self.haircut < ONE:
            raise UsageError(
                f"the pledge {self.name} does not fit",
                next_step="Quantity and price must not be below 0, the haircut lies from 0 to below 1.",
                what_zh=f"质押物“{self.name}”不合适",
                next_step_zh="数量、价格不小于 0，折扣在 0 到 1 之间。",
            )


@dataclass(frozen=True, slots=True)
class Cover:
    """Security against a debt, in yuan."""

    market: Decimal
    value: Decimal
    """Market value after haircuts."""
    ratio: Decimal
    """Value over debt."""
    uncovered: Decimal
    """Debt that the value does not cover; zero where it covers all."""
    fall: Decimal | None
    """Fall of all prices at which the value just covers the debt, a fraction; None: it does not cover it now."""


def cover(pledges: Sequence[Pledge], debt: Decimal) -> Cover:
    """Return what pledged assets cover: value = sum of quantity x price x (1 - haircut), ratio = value / debt.

    Args:
        pledges: what is offered as security.
        debt: yuan, above zero.

    Raises:
        UsageError: no debt.
    """
    if debt <= ZERO:
        raise UsageError("there is no debt to cover", next_step="Give it in yuan.", what_zh="没有需要担保的债务")
    market = cents(sum((one.quantity * one.price for one in pledges), ZERO))
    value = cents(sum((one.quantity * one.price * (ONE - one.haircut) for one in pledges), ZERO))
    fall = ONE - debt / value if value >= debt else None
    return Cover(market, value, value / debt, max(ZERO, debt - value), fall)
