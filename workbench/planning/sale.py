"""What one sale brings: proceeds after the haircut, fees, statutory charges and tax, each rounded by itself.

Source: domain specification, section 5; seed 000 (评估转换成本与税费).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.lines import Line, LineKind
from workbench.domain.money import ONE, ZERO, cents
from workbench.domain.reference import ReferenceTables
from workbench.domain.source import Source
from workbench.engine.trade_charges import statutory
from workbench.planning.assets import Asset, AssetKind

_STATUTORY = ("stamp_duty", "transfer_fee")
"""Handling and regulatory fees stand inside the commission, as most brokers quote it."""


@dataclass(frozen=True, slots=True)
class Proceeds:
    """Figures of one sale in yuan, rounded to the cent."""

    value: Decimal
    """Quantity x price before the haircut."""
    gross: Decimal
    """Value after the haircut: what the buyer pays."""
    fees: Decimal
    """Commission or other fee, at least the minimum."""
    tax: Decimal
    """Stamp duty and transfer fee on shares, and the tax rate given for the asset."""

    @property
    def haircut_loss(self) -> Decimal:
        """Value given up to sell in time."""
        return self.value - self.gross

    @property
    def cost(self) -> Decimal:
        """Haircut loss + fees + tax."""
        return self.haircut_loss + self.fees + self.tax

    @property
    def net(self) -> Decimal:
        """Cash that is left."""
        return self.gross - self.fees - self.tax


@dataclass(frozen=True, slots=True)
class Sellable:
    """One asset as the choice of sales sees it: what one unit costs and brings, in yuan."""

    step: Decimal
    """Units a lot."""
    odd: Decimal
    """Units of the odd rest; zero: none."""
    most: Decimal
    """Units that may be sold."""
    price: Decimal
    gross: Decimal
    """Proceeds before fees and tax."""
    tax: Decimal
    """Tax and statutory charges."""
    fee: Decimal
    """Fee by its rate."""
    fee_min: Decimal
    """Least fee in yuan once anything is sold."""


def proceeds(asset: Asset, quantity: Decimal, day: date, tables: ReferenceTables) -> Proceeds:
    """Return what selling a quantity brings.

    value = quantity x price; gross = value x (1 - haircut); fees = max(gross x fee rate, minimum);
    tax = gross x tax rate, and for shares stamp duty and transfer fee in force on the day of sale.

    Args:
        asset: what is sold.
        quantity: how much of it; zero costs nothing.
        day: day of the sale.
        tables: the dated statutory charges.

    Raises:
        ReferenceGapError: a day before the tables begin.
    """
    if not quantity:
        return Proceeds(ZERO, ZERO, ZERO, ZERO)
    value = cents(quantity * asset.price)
    gross = cents(quantity * asset.price * (ONE - asset.haircut))
    rate, least = asset.fee
    fees = max(cents(gross * rate), cents(least))
    tax = cents(gross * asset.tax_rate)
    if asset.kind is AssetKind.SHARE:
        line = Line("", Source("", ""), day, LineKind.SELL, gross, code=asset.code, quantity=quantity)
        tax += sum((statutory(item, line, gross, tables)[0] for item in _STATUTORY), ZERO)
    return Proceeds(value, gross, fees, tax)
