"""The calculators of risk alone: recovery, position cap, leveraged loss, concentration, drift, one share's price.

Source: domain specification, section 6 (worked examples) and ``../shared/seeds``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from workbench.domain.money import ONE, ZERO, cents
from workbench.engine.conventions import Position, assets_at_line, breached, fall_to, ratio, repayment_to_restore
from workbench.errors import UsageError

LOT = 100
MONTH = 30
"""Days of a month where a monthly rate is counted by the day."""


def recovery(drawdown: Decimal) -> Decimal:
    """Return the rise x / (1 - x) that makes good a fall of x, both fractions.

    Raises:
        UsageError: unless 0 <= x < 1.
    """
    if not ZERO <= drawdown < ONE:
        raise UsageError(
            "a drawdown lies between 0 and 1",
            next_step="Write 20 % as 0.2.",
            what_zh="回撤应在 0 和 1 之间",
            next_step_zh="20% 请写成 0.2。",
        )
    return drawdown / (ONE - drawdown)


def position_cap(capital: Decimal, risk: Decimal, leverage: Decimal, stop: Decimal) -> Decimal:
    """Return the largest position C x R / (L x S) in yuan.

    Args:
        capital: own capital in yuan.
        risk: fraction of capital that may be lost.
        leverage: total over own capital.
        stop: fall at which the position is sold, a fraction.

    Raises:
        UsageError: where leverage or stop is not positive.
    """
    if leverage <= ZERO or stop <= ZERO:
        raise UsageError(
            "leverage and stop must be above 0",
            next_step="Write a 10 % stop as 0.1.",
            what_zh="杠杆和止损必须大于 0",
            next_step_zh="10% 的止损请写成 0.1。",
        )
    return cents(capital * risk / (leverage * stop))


def leveraged_loss(capital: Decimal, leverage: Decimal, fall: Decimal) -> tuple[Decimal, Decimal]:
    """Return the loss C x L x p in yuan, rounded, and its part of the own capital (L x p).

    Args:
        capital: own capital in yuan.
        leverage: total over own capital.
        fall: fall of the holdings, a fraction.
    """
    return cents(capital * leverage * fall), leverage * fall


@dataclass(frozen=True, slots=True)
class Share:
    """One security in total assets."""

    code: str
    part: Decimal
    """Fraction of total assets."""
    excess: Decimal
    """Yuan above the limit where the proceeds stay in the account."""
    excess_repaying: Decimal
    """Yuan to sell where the proceeds repay debt: (V - L x A) / (1 - L)."""


def concentration(values: Mapping[str, Decimal], cash: Decimal, limit: Decimal) -> list[Share]:
    """Return each security's part of total assets and what the limit requires to be sold, the largest first.

    Args:
        values: code -> market value in yuan.
        cash: cash in yuan.
        limit: most of total assets in one security, a fraction.

    Raises:
        UsageError: a limit that is not between 0 and 1, or no assets.
    """
    assets = cash + sum(values.values(), ZERO)
    if not ZERO < limit < ONE or assets <= ZERO:
        raise UsageError(
            "a limit lies between 0 and 1, and there must be assets",
            next_step="Write for example --limit 30%.",
            what_zh="上限应在 0 和 1 之间，且总资产须大于 0",
            next_step_zh="例如写 --limit 30%。",
        )
    rows = []
    for code, value in sorted(values.items(), key=lambda item: -item[1]):
        over = max(ZERO, value - limit * assets)
        rows.append(Share(code, value / assets, cents(over), cents(over / (ONE - limit))))
    return rows


def drift_days(
    convention: str, line: Decimal, position: Position, monthly_rate: Decimal, months: int
) -> tuple[int | None, list[tuple[int, Decimal, Decimal | None]]]:
    """Return after how many days interest alone crosses the line, and (month, debt, ratio) month by month.

    A day costs a thirtieth of a month. None where the line does not move with the debt, or not within 50 years.
    """
    daily = position.financing * monthly_rate / MONTH

    def after(days: int) -> Position:
        return Position(position.assets, position.debt + daily * days, position.financing, position.margin)

    def crossed(days: int) -> bool:
        return breached(position.assets, assets_at_line(convention, line, after(days)))

    longest = 50 * 12 * MONTH
    found: int | None = None
    if crossed(0):
        found = 0
    elif crossed(longest):
        low, high = 0, longest
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if crossed(middle) else (middle, high)
        found = high
    stands = [after(month * MONTH) for month in range(months + 1)]
    return found, [(month, cents(one.debt), ratio(convention, one)) for month, one in enumerate(stands)]


@dataclass(frozen=True, slots=True)
class ShareAtLine:
    """One security against the line."""

    price: Decimal | None
    """Price in yuan at which total assets reach the line; None where cash alone stands above it."""
    fall: Decimal | None
    """Fall of the price to it, a fraction; negative: already below."""
    cash_needed: Decimal
    """Cash that restores the line now, in yuan; zero above it."""
    to_sell: Decimal | None
    """Shares to sell and repay with, in whole lots; None where selling cannot help; zero above the line."""


def share_at_line(
    shares: Decimal, price: Decimal, cash: Decimal, position: Position, convention: str, line: Decimal
) -> ShareAtLine:
    """Return the price of the one security held that reaches the line.

    Args:
        shares: number held.
        price: price now in yuan.
        cash: cash in yuan.
        position: debt, financing and margin; its assets are not used.
        convention: how the line is measured.
        line: the line.

    Raises:
        UsageError: no shares or no price.
    """
    if shares <= ZERO or price <= ZERO:
        raise UsageError(
            "shares and price must be above 0",
            next_step="Write for example 20000 --price 18.5.",
            what_zh="股数和价格必须大于 0",
            next_step_zh="例如写 20000 --price 18.5。",
        )
    account = Position(cash + shares * price, position.debt, position.financing, position.margin)
    at_line = assets_at_line(convention, line, account)
    at = (at_line - cash) / shares
    sale = repayment_to_restore(convention, line, account)
    lots = None if sale is None else (sale / price / LOT).to_integral_value(ROUND_CEILING) * LOT
    needed = max(ZERO, cents(at_line - account.assets))
    if at <= ZERO:
        return ShareAtLine(None, None, needed, lots)
    return ShareAtLine(at, fall_to(price, at), needed, None if lots is None else min(lots, shares))
