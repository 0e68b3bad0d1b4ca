"""What is left after the last forced sale: exposure, unrealised result, and the price that reaches the line next.

Source: domain specification, sections 6 and 7; average cost runs over the ledger's own purchases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.dates import DAY
from workbench.domain.lines import SALES, TRADES, Line
from workbench.domain.liquidation import Holding, RiskSnapshot
from workbench.domain.money import ZERO, cents
from workbench.engine.account import Account
from workbench.engine.accrual import InterestBook
from workbench.engine.conventions import Position
from workbench.engine.margin import contract_margin, debt_on, line_assets
from workbench.engine.prices import Prices, market_value


@dataclass(frozen=True, slots=True)
class Lot:
    """A holding by its purchases."""

    quantity: Decimal
    cost: Decimal
    """Yuan in all, at average cost, before fees."""
    name: str


NO_LOT = Lot(ZERO, ZERO, "")


def lots_before(lines: Iterable[Line], end: date) -> Mapping[str, Lot]:
    """Return code -> holding from the trades dated before ``end``; a code sold beyond its purchases is left out."""
    lots: dict[str, Lot] = {}
    for line in lines:
        if line.date < end and line.code:
            lots[line.code] = lot_after(lots.get(line.code, NO_LOT), line)
    return {code: lot for code, lot in lots.items() if lot.quantity > ZERO}


def lot_after(lot: Lot, line: Line) -> Lot:
    """Return a holding at average cost after one more line of its security; anything but a priced trade leaves it."""
    if line.kind not in TRADES or not line.quantity or not line.price:
        return lot
    name = line.name or lot.name
    if line.kind in SALES:
        sold = min(line.quantity, lot.quantity)
        kept = lot.cost - lot.cost / lot.quantity * sold if lot.quantity else ZERO
        return Lot(lot.quantity - sold, kept, name)
    return Lot(lot.quantity + line.quantity, lot.cost + line.quantity * line.price, name)


def build_aftermath(
    account: Account, book: InterestBook | None, prices: Prices, last_sale: date
) -> RiskSnapshot | None:
    """Return the account at the end of the last forced sale's day, None where no line stands by then.

    Args:
        account: the running account.
        book: its interest, for the debt of the day.
        prices: bars and the statement's own marks.
        last_sale: day of the last forced fill.
    """
    next_day = last_sale + DAY
    stand = account.replay.before(next_day)
    if stand is None:
        return None
    debt = cents(debt_on(account, book, last_sale, stand.principal))
    value = market_value(stand.shares, prices, last_sale)
    assets = None if value is None else cents(stand.cash + value)
    position = Position(assets or ZERO, debt, stand.principal, contract_margin(account))
    at_line = line_assets(account, position, last_sale).get("liquidation") if stand.principal > ZERO else None
    lots = lots_before(account.lines, next_day)
    holdings = []
    for code, count in sorted(stand.shares.items()):
        last, lot = prices.last(code, last_sale), lots.get(code)
        cost = lot.cost / lot.quantity if lot is not None and lot.quantity == count else None
        holdings.append(
            Holding(
                code,
                lot.name if lot else "",
                count,
                cost,
                last[1] if last else None,
                last[0] if last else None,
                _price_at_line(last[1] if last else None, count, assets, at_line),
            )
        )
    return RiskSnapshot(
        last_sale,
        cents(stand.cash),
        debt,
        tuple(holdings),
        None if value is None else cents(value),
        assets,
        None if at_line is None else cents(at_line),
    )


def _price_at_line(
    price: Decimal | None, count: Decimal, assets: Decimal | None, at_line: Decimal | None
) -> Decimal | None:
    """Return the price at which one holding alone brings the account to the line; None where it would be negative."""
    if price is None or assets is None or at_line is None or count <= ZERO:
        return None
    at = price - (assets - at_line) / count
    return at if at >= ZERO else None
