"""European options by Black, Scholes and Merton: price, greeks, implied volatility.

The model assumes constant volatility, continuous trading and no price limits. Chinese ETFs have price limits and gaps:
its figures compare quotes, they do not promise one. The ETF and index options of the mainland exchanges are European.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from workbench.domain.money import ONE, ZERO, plain
from workbench.errors import UsageError
from workbench.planning.guards import positive
from workbench.planning.normal import cumulative, density

DAYS: Final = 365
"""Calendar days of a year in theta and in the time to expiry."""
POINTS: Final = 100
"""Vega and rho are told per percentage point."""
LEAST_VOLATILITY: Final = Decimal("0.0001")
MOST_VOLATILITY: Final = Decimal(10)
PRECISION: Final = Decimal("1e-12")
"""Width of the bracket at which an implied volatility counts as found."""


class Right(StrEnum):
    """What the buyer may do at expiry."""

    CALL = "call"
    PUT = "put"


@dataclass(frozen=True, slots=True)
class Option:
    """One European option with what the model needs."""

    right: Right
    spot: Decimal
    """Price of the underlying, yuan a unit."""
    strike: Decimal
    """Exercise price, yuan a unit."""
    years: Decimal
    """Time to expiry in years: calendar days / 365."""
    rate: Decimal
    """Riskless rate a year, continuously compounded, a fraction."""
    volatility: Decimal
    """Standard deviation of the log return a year, a fraction."""
    dividend_yield: Decimal = ZERO
    """Dividends a year, continuous, a fraction."""


@dataclass(frozen=True, slots=True)
class Valuation:
    """Price and greeks of one unit, unrounded."""

    price: Decimal
    """Yuan."""
    delta: Decimal
    """Change of the price for one yuan of the underlying."""
    gamma: Decimal
    """Change of delta for one yuan of the underlying."""
    vega: Decimal
    """Yuan for one percentage point of volatility."""
    theta: Decimal
    """Yuan for one calendar day that passes."""
    rho: Decimal
    """Yuan for one percentage point of the riskless rate."""


def value(option: Option) -> Valuation:
    """Return price and greeks of one unit.

    A call is worth S e^(-qT) N(d1) - K e^(-rT) N(d2), a put K e^(-rT) N(-d2) - S e^(-qT) N(-d1), with
    d1 = (ln(S/K) + (r - q + v^2/2) T) / (v sqrt T), d2 = d1 - v sqrt T. Nothing is rounded.

    Source: Black and Scholes 1973, Merton 1973 (dividend yield).

    Raises:
        UsageError: where spot, strike, time or volatility is not above 0.
    """
    _check(option)
    spot, strike, years, volatility = option.spot, option.strike, option.years, option.volatility
    root = years.sqrt()
    spread = volatility * root
    d1 = ((spot / strike).ln() + (option.rate - option.dividend_yield + volatility**2 / 2) * years) / spread
    sign = 1 if option.right is Right.CALL else -1
    held, paid = (-option.dividend_yield * years).exp(), strike * (-option.rate * years).exp()
    in_shares, in_cash = held * cumulative(sign * d1), paid * cumulative(sign * (d1 - spread))
    bell = held * density(d1)
    decay = -spot * bell * volatility / (2 * root)
    carry = sign * (option.dividend_yield * spot * in_shares - option.rate * in_cash)
    return Valuation(
        price=sign * (spot * in_shares - in_cash),
        delta=sign * in_shares,
        gamma=bell / (spot * spread),
        vega=spot * bell * root / POINTS,
        theta=(decay + carry) / DAYS,
        rho=sign * years * in_cash / POINTS,
    )


def implied_volatility(option: Option, price: Decimal) -> Decimal:
    """Return the volatility at which the model gives ``price``, by halving a bracket from 0.01 % to 1000 %.

    Args:
        option: the option; its own volatility is not used.
        price: quoted premium, yuan a unit.

    Raises:
        UsageError: a price that no volatility gives (below the discounted exercise value, or above any value).
    """
    low, high = LEAST_VOLATILITY, MOST_VOLATILITY
    least, most = (value(replace(option, volatility=end)).price for end in (low, high))
    if not least < price < most:
        bounds = tuple(plain(end.quantize(Decimal("0.0001"))) for end in (least, most))
        raise UsageError(
            f"no volatility gives a premium of {plain(price)}: it lies between {bounds[0]} and {bounds[1]}",
            next_step="Check premium, spot, strike and days to expiry.",
            what_zh=f"没有任何波动率对应权利金 {plain(price)}：应在 {bounds[0]} 与 {bounds[1]} 之间",
            next_step_zh="请核对权利金、现价、行权价和到期天数。",
        )
    while high - low > PRECISION:
        middle = (low + high) / 2
        low, high = (middle, high) if value(replace(option, volatility=middle)).price < price else (low, middle)
    return (low + high) / 2


def _check(option: Option) -> None:
    positive(option.spot, "the spot price", "现价")
    positive(option.strike, "the strike", "行权价")
    positive(option.years, "the time to expiry", "到期时间")
    positive(option.volatility, "the volatility", "波动率")
    if max(abs(option.rate), abs(option.dividend_yield)) >= ONE:
        raise UsageError(
            "rate and dividend yield are fractions a year",
            next_step="Write 2 % as 2% or 0.02.",
            what_zh="利率和股息率应为年化小数",
            next_step_zh="2% 请写成 2% 或 0.02。",
        )
