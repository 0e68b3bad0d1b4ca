"""In which order to reduce what is left, and how far: the riskiest yuan first, the illiquid before the liquid.

Source: article 000 (优先处置波动大但流动性差的头寸，保留流动性高的核心资产；按优先级清理高风险头寸).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import Final

from workbench.domain.money import ZERO, cents
from workbench.engine.conventions import Position, repayment_to_restore
from workbench.planning.guards import inside, not_negative, positive
from workbench.planning.stress import Contract, line_assets

LOT: Final = 100
ALIKE: Final = Decimal("0.000001")
"""Marginal risks closer than this, in yuan per yuan, count as a tie."""


@dataclass(frozen=True, slots=True)
class Residual:
    """One position left."""

    code: str
    quantity: int
    price: Decimal
    """Yuan."""
    marginal: Decimal | None = None
    """Yuan of value at risk for one yuan of it; None: no price history."""
    average_volume: Decimal | None = None
    """Shares the whole market trades a day; None: unknown."""


@dataclass(frozen=True, slots=True)
class Sale:
    """One proposed sale."""

    code: str
    quantity: int
    """Whole lots, or all of the position."""
    value: Decimal
    """Quantity x price in yuan, before costs."""
    days: int | None
    """Trading days it takes at the share of the volume; None: volume unknown."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """A list of sales down to a target; amounts in yuan."""

    order: tuple[str, ...]
    """All codes, the first to be sold first."""
    sales: tuple[Sale, ...]
    wanted: Decimal
    """Value to be sold."""
    missing: Decimal
    """What selling everything still leaves of it; zero where the target is met."""
    ties: tuple[tuple[str, str], ...]
    """Neighbours in the order whose risk is alike: liquidity, then the code, decided."""
    unknown_risk: tuple[str, ...]
    """Codes without price history: sold last, because nothing is known of their risk."""
    unknown_volume: tuple[str, ...]
    """Codes whose days to sell cannot be told."""


def to_exposure(
    positions: Sequence[Residual], target: Decimal, share_of_volume: Decimal, core: Sequence[str] = ()
) -> Reduction:
    """Return the sales that bring the value of the positions down to ``target`` yuan.

    Args:
        positions: what is left.
        target: value to keep at most, in yuan.
        share_of_volume: part of the market's daily volume that can be sold without pressing the price, in (0, 1].
        core: codes to be kept as long as possible.

    Raises:
        UsageError: a figure out of range.
    """
    not_negative(target, "the target", "目标市值")
    total = sum((one.quantity * one.price for one in positions), ZERO)
    return _sell(positions, max(ZERO, total - target), share_of_volume, core)


def to_line(
    positions: Sequence[Residual],
    account: Position,
    contract: Contract,
    share_of_volume: Decimal,
    core: Sequence[str] = (),
) -> Reduction | Decimal:
    """Return the sales whose proceeds, repaid, restore a ratio; or the cash needed where repaying cannot restore it.

    Above the line there is nothing to sell, in any convention.

    Args:
        positions: what is left.
        account: total assets, debt, financing and margin in yuan.
        contract: the ratio to restore, in its convention.
        share_of_volume: part of the market's daily volume that can be sold, in (0, 1].
        core: codes to be kept as long as possible.

    Raises:
        UsageError: a figure out of range, or a convention or line that cannot be solved.
    """
    lacking = max(ZERO, cents(line_assets(account, contract) - account.assets))
    amount = repayment_to_restore(contract.convention, contract.line, account)
    if amount is None and lacking:
        return lacking
    return _sell(positions, amount or ZERO, share_of_volume, core)


def days_to_sell(quantity: int, average_volume: Decimal | None, share_of_volume: Decimal) -> int | None:
    """Return the whole trading days a sale takes: ceil(quantity / (volume x share)); None where volume is unknown."""
    if not average_volume:
        return None
    return int((quantity / (average_volume * share_of_volume)).to_integral_value(ROUND_CEILING))


def _sell(positions: Sequence[Residual], wanted: Decimal, share_of_volume: Decimal, core: Sequence[str]) -> Reduction:
    inside(share_of_volume, "the share of volume", "占成交量比例", with_one=True)
    for one in positions:
        positive(Decimal(one.quantity), f"the quantity of {one.code}", f"{one.code} 的数量")
        positive(one.price, f"the price of {one.code}", f"{one.code} 的价格")
    days = {one.code: days_to_sell(one.quantity, one.average_volume, share_of_volume) for one in positions}
    ordered = sorted(positions, key=lambda one: _rank(one, days, core))
    left, sales = wanted, []
    for one in ordered:
        if left <= ZERO:
            break
        count = min(one.quantity, int((left / one.price / LOT).to_integral_value(ROUND_CEILING)) * LOT)
        sold = cents(count * one.price)
        left -= sold
        sales.append(Sale(one.code, count, sold, days_to_sell(count, one.average_volume, share_of_volume)))
    return Reduction(
        order=tuple(one.code for one in ordered),
        sales=tuple(sales),
        wanted=cents(wanted),
        missing=max(ZERO, cents(left)),
        ties=tuple(
            (one.code, other.code)
            for one, other in pairwise(ordered)
            if _level(one, core) == _level(other, core) and one.marginal is not None
        ),
        unknown_risk=tuple(one.code for one in ordered if one.marginal is None),
        unknown_volume=tuple(one.code for one in ordered if days[one.code] is None),
    )


def _level(one: Residual, core: Sequence[str]) -> tuple[bool, bool, Decimal]:
    """Return what decides first: core last, unknown risk late, the larger marginal risk early (to ``ALIKE``)."""
    risk = ZERO if one.marginal is None else -one.marginal.quantize(ALIKE)
    return one.code in core, one.marginal is None, risk


def _rank(one: Residual, days: Mapping[str, int | None], core: Sequence[str]) -> tuple[bool, bool, Decimal, int, str]:
    """Return the place in the order; among equals what takes longer to sell comes first, unknown volume last."""
    return *_level(one, core), -(days[one.code] or 0), one.code
