"""A put bought on a holding: contracts, cost, floor, break-even and what is left at expiry.

Source: article 000 (认沽买入保护性看跌, and no second bet with leverage).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbench.domain.money import ONE, ZERO, cents
from workbench.planning.guards import not_negative, positive
from workbench.planning.notes import (
    ARITHMETIC,
    NO_SINGLE_STOCK,
    OPTION_ACCOUNT,
    OWN_RISK,
    TOO_SMALL,
    Note,
    borrowed,
)

ETF_OPTION_MULTIPLIER: Final = 10_000
"""Units of the ETF behind one contract at the Shanghai and Shenzhen exchanges."""
MOVES: Final = tuple(Decimal(text) for text in ("-0.3", "-0.2", "-0.1", "-0.05", "0", "0.05", "0.1"))
"""Moves of the ETF to expiry that the payoff table shows."""


@dataclass(frozen=True, slots=True)
class PayoffRow:
    """One price of the ETF at expiry, in yuan."""

    move: Decimal
    """Move of the ETF from today's price, a fraction."""
    price: Decimal
    """ETF at expiry, unrounded."""
    unhedged: Decimal
    """Holding without the put: V (1 + beta x move), never below 0."""
    payoff: Decimal
    """What the puts pay: contracts x multiplier x max(0, strike - price)."""
    hedged: Decimal
    """Holding plus payoff minus cost."""


@dataclass(frozen=True, slots=True)
class ProtectivePut:
    """A put on a holding; amounts in yuan, rounded half up to the cent."""

    contracts: int
    """Whole contracts, rounded down: never more than the holding."""
    cost: Decimal
    """Premium of all contracts, without commission."""
    covered: Decimal
    """Part of the holding's value behind the contracts."""
    uncovered: Decimal
    """Part that still falls with the market."""
    floor: Decimal
    """Least value of the covered part at expiry, after cost, where it moves exactly by its beta."""
    break_even: Decimal | None
    """ETF price at expiry at which the covered part has earned the cost back; None without a contract."""
    rows: tuple[PayoffRow, ...]
    missing_cash: Decimal
    """Own money lacking to pay the premium; zero where it suffices."""
    affordable: int
    """Contracts that own money pays."""
    refused: tuple[Note, ...]
    """Reasons against the whole plan; empty where there is none."""
    access: tuple[Note, ...]
    """Who may trade it, and what it does not cover."""


def protective_put(
    holding: Decimal,
    spot: Decimal,
    strike: Decimal,
    premium: Decimal,
    own_cash: Decimal,
    *,
    beta: Decimal = ONE,
    multiplier: int = ETF_OPTION_MULTIPLIER,
    moves: Sequence[Decimal] = MOVES,
) -> ProtectivePut:
    """Return the put that protects a holding without ever exceeding it.

    Contracts = floor(V beta / (S x multiplier)); covered = contracts x multiplier x S / beta;
    floor = covered - contracts x multiplier x (S - K) - cost; break-even = S + premium.

    Args:
        holding: market value in yuan, of the ETF itself (beta 1) or of shares that move with it.
        spot: ETF price now, yuan.
        strike: exercise price, yuan.
        premium: yuan for one unit.
        own_cash: own money, not borrowed, that may be spent, in yuan.
        beta: how far the holding moves with the ETF.
        multiplier: units behind one contract.
        moves: moves of the ETF for the payoff table, fractions.

    Raises:
        UsageError: a figure that is not above 0 (own money: not below 0).
    """
    positive(holding, "the holding", "持仓市值")
    positive(spot, "the spot price", "现价")
    positive(strike, "the strike", "行权价")
    positive(premium, "the premium", "权利金")
    positive(beta, "beta", "贝塔")
    not_negative(own_cash, "own money", "自有资金")
    contracts = int(holding * beta / (spot * multiplier))
    units = contracts * multiplier
    cost = cents(units * premium)
    covered = units * spot / beta
    missing = max(ZERO, cost - own_cash)
    return ProtectivePut(
        contracts=contracts,
        cost=cost,
        covered=cents(covered),
        uncovered=cents(holding) - cents(covered),
        floor=cents(covered - units * (spot - strike) - cost),
        break_even=spot + premium if contracts else None,
        rows=tuple(_row(holding, beta, spot, strike, units, cost, move) for move in moves),
        missing_cash=missing,
        affordable=min(contracts, int(own_cash / (multiplier * premium))),
        refused=_refused(contracts, missing),
        access=(NO_SINGLE_STOCK, OPTION_ACCOUNT, OWN_RISK, ARITHMETIC),
    )


def _row(
    holding: Decimal, beta: Decimal, spot: Decimal, strike: Decimal, units: int, cost: Decimal, move: Decimal
) -> PayoffRow:
    price = spot * (ONE + move)
    unhedged = cents(max(ZERO, holding * (ONE + beta * move)))
    payoff = cents(units * max(ZERO, strike - price))
    return PayoffRow(move, price, unhedged, payoff, unhedged + payoff - cost)


def _refused(contracts: int, missing: Decimal) -> tuple[Note, ...]:
    if not contracts:
        return (TOO_SMALL,)
    return (borrowed(missing, "权利金", "premium"),) if missing else ()
