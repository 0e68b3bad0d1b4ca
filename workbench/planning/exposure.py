"""Leverage and concentration through time, on the days of the margin timeline.

Source: product.md (rhythm: leverage over time), seeds 001 and 002 (single security).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.audit import Audit
from workbench.domain.margin import MarginDay
from workbench.domain.money import ZERO
from workbench.engine.account import Account
from workbench.engine.prices import Prices
from workbench.engine.timeline import day_ends


@dataclass(frozen=True, slots=True)
class Exposure:
    """Leverage and concentration at the close of one day."""

    day: date
    assets: Decimal
    """Cash and holdings in yuan."""
    own: Decimal
    """Assets - debt in yuan; interest accrued and not yet posted is debt."""
    state: str
    """State of the margin timeline."""
    largest: str | None
    """Code of the largest holding; None without one."""
    largest_part: Decimal | None
    """Its part of total assets, a fraction."""

    @property
    def leverage(self) -> Decimal | None:
        """Assets / own money; None where no own money is left."""
        return self.assets / self.own if self.own > ZERO else None


def exposures(audit: Audit, account: Account, prices: Prices) -> tuple[Exposure, ...]:
    """Return every day of the margin timeline whose holdings all have a price."""
    known = {day.date: day for day in audit.margin.days if not day.missing}
    return tuple(_exposure(known[day], stand.shares, prices) for day, stand in day_ends(account, tuple(known)))


def _exposure(day: MarginDay, shares: Mapping[str, Decimal], prices: Prices) -> Exposure:
    values = {code: count * (prices.close(code, day.date) or ZERO) for code, count in shares.items()}
    largest = max(values, key=lambda code: values[code], default=None)
    part = None if largest is None or not day.assets else values[largest] / day.assets
    return Exposure(day.date, day.assets, day.assets - day.debt, day.state, largest, part)
